// Lists by keyboard: j and k move, Enter opens, x chooses; and what is chosen shows in the bar below.
import { openInDialog } from './dialog.js';
import { isTyping } from './keys.js';
import { boxes, current, go, keep, mark, restore, rows, showChosen } from './row_state.js';

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
  else if (event.key === 'b') toChosen(event);
  else press(event.key, current(), document.querySelector('main:has([data-review])'), document.getElementById('messages'));
});

// From any row to the bar for those chosen, without walking through the rows between.
function toChosen(event) {
  const button = document.querySelector('[data-bulk]:not([hidden]) button');
  if (!button) return;
  event.preventDefault();
  button.focus();
}

// A button, link or label with data-key is pressed by that key: in the dialog, the current row, the page of one thing with its head, the last message.
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
