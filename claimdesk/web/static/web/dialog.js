// A link marked data-dialog opens its page in the dialog; without script it is a page of its own.
import { refresh } from './live.js';

const frame = document.getElementById('dialog-frame');
const body = document.getElementById('dialog');
let opener = null;

export function openInDialog(url, from) {
  opener = from || document.activeElement;
  body.setAttribute('aria-busy', 'true');
  window.htmx.ajax('GET', url, { target: body, source: body, swap: 'innerHTML' });
}

function show() {
  body.removeAttribute('aria-busy');
  if (!frame.open) frame.showModal();
  const first = ['[data-summary]', '[autofocus]', '#dialog-title'].map((one) => body.querySelector(one)).find(Boolean);
  first?.focus();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-dialog]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    openInDialog(link.href, link);
  } else if (event.target.closest('[data-close]')) {
    event.target.closest('dialog')?.close();
  } else if (event.target === frame) {
    frame.close();
  }
});

document.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target === body) show();
});

frame.addEventListener('close', () => {
  body.replaceChildren();
  const place = opener?.isConnected ? opener : document.getElementById(opener?.closest?.('[id]')?.id);
  if (place?.matches('[data-row]')) place.tabIndex = -1;
  place?.focus({ preventScroll: true });
  opener = null;
});

// A deed worked: the dialog closes, the page beneath asks for its changes, or gives way to another page.
document.addEventListener('claimdesk:done', (event) => {
  const list = document.getElementById('list');
  const to = new URL(event.detail.to || window.location.href, window.location.href);
  if (list && to.pathname === window.location.pathname) {
    frame.close();
    refresh();
  } else {
    window.location.assign(to);
    if (to.pathname === window.location.pathname && to.search === window.location.search) window.location.reload();
  }
});
