// A preview that follows the typing: a button with data-preview="frame" sends its form into that frame.
const PAUSE = 500;
let waiting;

document.addEventListener('input', (event) => {
  const button = event.target.form?.querySelector('button[data-preview]');
  if (!button) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    // A new frame, so that the browser's Back does not walk through every preview.
    const frame = document.getElementById(button.dataset.preview);
    const fresh = frame.cloneNode();
    fresh.removeAttribute('src');
    frame.replaceWith(fresh);
    button.form.requestSubmit(button);
  }, PAUSE);
});
