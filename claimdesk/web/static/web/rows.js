// Lists by keyboard: j and k move, Enter opens, x chooses; and what is chosen shows in the bar below.
import { openInDialog } from './dialog.js';
import { isTyping } from './keys.js';

const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')];
const current = () => document.querySelector('[data-row].is-current');

function mark(row) {
  current()?.classList.remove('is-current');
  row.classList.add('is-current');
  row.tabIndex = -1;
}

function go(row) {
  if (!row) return;
  mark(row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

function open(row) {
  mark(row);
  const { url } = row.dataset;
  if (!url) return;
  if (row.dataset.rowDialog !== undefined) openInDialog(url, row);
  else window.location.assign(url);
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const dialog = document.querySelector('dialog[open]');
  if (dialog) {
    press(event.key, dialog);
    return;
  }
  const all = rows();
  const at = all.indexOf(current());
  if (event.key === 'j') go(all[Math.min(at + 1, all.length - 1)]);
  else if (event.key === 'k') go(all[Math.max(at - 1, 0)]);
  else if (event.key === 'Enter' && event.target === current()) open(event.target);
  else if (event.key === 'x' && current()) current().querySelector('[name=ids]')?.click();
  else press(event.key, current(), document.querySelector('main [data-review]'), document.getElementById('messages'));
});

// A button, link or label with data-key is pressed by that key: in the dialog, the current row, the page of a claim, the last message.
function press(key, ...places) {
  for (const place of places) {
    const button = [...place?.querySelectorAll(`[data-key="${CSS.escape(key)}"]`) || []].pop();
    if (button) {
      button.click();
      return;
    }
  }
}

// A click anywhere in a row opens it, unless it meets something of its own or selects text.
document.addEventListener('click', (event) => {
  const row = event.target.closest('[data-row][data-url]');
  if (row) mark(row);
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
  const all = rows();
  const at = all.indexOf(current());
  return {
    row: current()?.id,
    state: current()?.dataset.state,
    others: at < 0 ? [] : [...all.slice(at + 1), ...all.slice(0, at).reverse()].map((one) => one.id),
    focused: row?.id,
    at: row ? [...row.querySelectorAll(inner)].indexOf(document.activeElement) : -1,
    chosen: boxes().filter((box) => box.checked).map((box) => box.value),
  };
}

// The row that was current; where it is gone or has changed its state, the next one that has not.
function heir(state) {
  const row = state.row && document.getElementById(state.row);
  if (row && row.dataset.state === state.state) return row;
  const others = state.others.map((id) => document.getElementById(id));
  return others.find((one) => one && one.dataset.state === state.state) || row;
}

export function restore(state) {
  boxes().forEach((box) => { box.checked = state.chosen.includes(box.value); });
  const row = heir(state);
  if (row) mark(row);
  if (row && row.id !== state.row && !document.querySelector('dialog[open]')) {
    go(row);
    showChosen();
    return;
  }
  const focused = state.focused && document.getElementById(state.focused);
  if (focused) focused.tabIndex = -1;
  if (focused) (focused.querySelectorAll(inner)[state.at] || focused).focus({ preventScroll: true });
  showChosen();
}

let kept = null;
document.addEventListener('htmx:beforeSwap', (event) => {
  if (event.detail.target?.id !== 'list') return;
  event.detail.target = document.getElementById('list');
  kept = keep();
});
document.addEventListener('htmx:afterSwap', (event) => {
  if (event.target.id !== 'list') return;
  if (kept) restore(kept);
  kept = null;
});

showChosen();
