// Menus made of <details> close on Escape, on a click elsewhere, and when another one opens.
const open = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  open().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener('keydown', (event) => {
  const menu = event.target.closest?.('details.menu[open]');
  if (event.key === 'Escape' && menu) {
    menu.open = false;
    menu.querySelector('summary').focus();
    event.stopPropagation();
  }
  if (menu && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const items = [...menu.querySelectorAll('.menu-body a, .menu-body button, .menu-body input:not([type=hidden])')];
    const at = items.indexOf(document.activeElement);
    const next = event.key === 'ArrowDown' ? at + 1 : at - 1;
    items[(next + items.length) % items.length]?.focus();
    event.preventDefault();
  }
});

const wide = window.matchMedia('(min-width: 768px)');
const fold = () => {
  document.querySelectorAll('[data-folded-when-narrow]').forEach((part) => {
    part.open = wide.matches;
    part.dataset.folded = '';
  });
};
wide.addEventListener('change', fold);
fold();

// The colours change at once; the POST keeps them.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-theme-switch]');
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.bsTheme = theme;
  document.querySelectorAll('[data-theme-switch] button').forEach((button) => {
    button.setAttribute('aria-pressed', String(button.value === theme));
  });
  const data = new FormData(form);
  data.set('theme', theme);
  fetch(form.action, { method: 'POST', body: data, redirect: 'manual' });
});
