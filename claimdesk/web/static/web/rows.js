// Lists by keyboard: j and k move, Enter opens, x chooses; and what is chosen shows in the bar below.
import { openInDialog } from './dialog.js';
import { isTyping } from './keys.js';

const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')];
const current = () => document.querySelector('[data-row].is-current');

function go(row) {
  if (!row) return;
  current()?.classList.remove('is-current');
  row.classList.add('is-current');
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function open(row) {
  const { url } = row.dataset;
  if (!url) return;
  if (row.dataset.rowDialog !== undefined) openInDialog(url, row);
  else window.location.assign(url);
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const all = rows();
  const at = all.indexOf(current());
  if (event.key === 'j') go(all[Math.min(at + 1, all.length - 1)]);
  else if (event.key === 'k') go(all[Math.max(at - 1, 0)]);
  else if (event.key === 'Enter' && event.target === current()) open(event.target);
  else if (event.key === 'x' && current()) current().querySelector('[name=ids]')?.click();
  else if (current()) {
    const button = current().querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) button.click();
  }
});

// A click anywhere in a row opens it, unless it meets something of its own or selects text.
document.addEventListener('click', (event) => {
  const row = event.target.closest('[data-row][data-url]');
  if (!row || event.target.closest('a, button, input, label, select, summary, form')) return;
  if (window.getSelection()?.toString()) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.url);
  else open(row);
});

const boxes = () => [...document.querySelectorAll('[data-row] [name=ids]')];

export function showChosen() {
  const bar = document.querySelector('[data-bulk]');
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  bar.hidden = chosen.length === 0;
  bar.querySelector('[data-chosen]').textContent = chosen.length;
  const everything = bar.querySelector('[name=everything]');
  if (everything && chosen.length === 0) everything.checked = false;
  const whole = document.querySelector('[data-choose-all]');
  if (whole) {
    whole.checked = chosen.length > 0 && chosen.length === all.length;
    whole.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
  all.forEach((box) => box.closest('[data-row]').classList.toggle('is-chosen', box.checked));
}

let last = null;
document.addEventListener('click', (event) => {
  const box = event.target.closest('[data-row] [name=ids]');
  if (!box) return;
  const all = boxes();
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
  }
  last = box;
  showChosen();
});
document.addEventListener('change', (event) => {
  if (event.target.matches('[data-choose-all]')) boxes().forEach((box) => { box.checked = event.target.checked; });
  if (event.target.matches('[data-choose-all], [name=ids]')) showChosen();
});

// A list that was asked for anew keeps the place and the choice.
const inner = 'a, button, input, summary';

export function keep() {
  const row = document.activeElement?.closest?.('[data-row]');
  return {
    row: current()?.id,
    focused: row?.id,
    at: row ? [...row.querySelectorAll(inner)].indexOf(document.activeElement) : -1,
    chosen: boxes().filter((box) => box.checked).map((box) => box.value),
  };
}

export function restore(state) {
  boxes().forEach((box) => { box.checked = state.chosen.includes(box.value); });
  const row = state.row && document.getElementById(state.row);
  row?.classList.add('is-current');
  if (row) row.tabIndex = -1;
  const focused = state.focused && document.getElementById(state.focused);
  if (focused) (focused.querySelectorAll(inner)[state.at] || focused).focus({ preventScroll: true });
  showChosen();
}

let kept = null;
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.target?.id === 'list') kept = keep();
});
document.addEventListener('htmx:afterSwap', () => {
  if (kept) restore(kept);
  kept = null;
});

showChosen();
