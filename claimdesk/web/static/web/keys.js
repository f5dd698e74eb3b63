// Keys of every page: "/" or Ctrl+K searches, "?" shows the keys.
export function isTyping(target) {
  return target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', (event) => {
  const k = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
  if (!k && (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))) return;
  if (k || event.key === '/') {
    const field = document.querySelector('[data-search-key]') || document.querySelector('[data-list-search]');
    if (field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  } else if (event.key === '?' && !document.querySelector('dialog[open]')) {
    document.getElementById('keys').showModal();
  }
});
