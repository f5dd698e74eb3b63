// Paper is white: what is printed is light, whatever the screen is.
const page = document.documentElement;
let chosen = '';

addEventListener('beforeprint', () => {
  chosen = page.dataset.bsTheme;
  page.dataset.bsTheme = 'light';
});

addEventListener('afterprint', () => {
  page.dataset.bsTheme = chosen;
});
