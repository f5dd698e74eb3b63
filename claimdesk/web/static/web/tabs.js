// A row of tabs that is wider than the screen shows the current one.
const MARGIN = 24;

document.querySelectorAll('.tabs [aria-current]').forEach((tab) => {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - MARGIN;
});
