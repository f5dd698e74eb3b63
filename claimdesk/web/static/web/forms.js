// Forms are sent once; a summary of errors takes the focus; a button may ask first.
document.addEventListener('submit', (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
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

document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.detail.elt?.closest?.('form[data-once]');
  if (form) again(form);
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(again));

document.querySelector('[data-summary]')?.focus();

// A place to choose in the summary of errors leads to the field, also where a group of inputs stands for it.
document.addEventListener('change', (event) => {
  if (event.target.closest('[data-submit-on-change]')) event.target.form.requestSubmit();
});
