// Forms are sent once; a summary of errors takes the focus; a button may ask first.
document.addEventListener('click', (event) => {
  const question = event.target.closest?.('[data-confirm]')?.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.once === undefined) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  form.dataset.sent = '';
  form.setAttribute('aria-busy', 'true');
}, true);

function again(form) {
  delete form.dataset.sent;
  form.removeAttribute('aria-busy');
}

// A button that htmx sends is not sent again while its answer is awaited.
document.addEventListener('htmx:beforeRequest', (event) => {
  const { elt } = event.detail;
  if (!elt.matches?.('button')) return;
  if (elt.dataset.sent !== undefined) event.preventDefault();
  else elt.dataset.sent = '';
});

document.addEventListener('htmx:afterRequest', (event) => {
  const { elt } = event.detail;
  if (elt?.matches?.('button')) delete elt.dataset.sent;
  const form = elt?.closest?.('form[data-once]');
  if (form) again(form);
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(again));

document.querySelector('[data-summary]')?.focus();

document.addEventListener('change', (event) => {
  if (event.target.closest('[data-submit-on-change]')) event.target.form.requestSubmit();
});
