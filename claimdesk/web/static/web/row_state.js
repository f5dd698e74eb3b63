// Which row of a list is current and which are chosen; both outlive the list's being asked for anew.
export const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')];
export const current = () => document.querySelector('[data-row].is-current');
export const boxes = () => [...document.querySelectorAll('[data-row] [name=ids]')];

export function mark(row) {
  current()?.classList.remove('is-current');
  row.classList.add('is-current');
  row.tabIndex = -1;
}

export function go(row) {
  if (!row) return;
  mark(row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

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
