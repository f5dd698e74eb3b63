// Jobs and lines of a claim, added and removed where one types, with or without a line to the server; and offers of
// parts and operations below their number. Without script the same buttons send the form.
const PAUSE = 250;
const form = document.getElementById('draft');
const changed = () => form.dispatchEvent(new Event('change', { bubbles: true }));

function blank(selector) {
  return document.querySelector(selector).content.firstElementChild.cloneNode(true);
}

// Names are places: jobs.0.lines.1.quantity. Whatever is added or removed, they are counted anew.
function rename(part, name) {
  const old = part.id;
  const attributes = ['id', 'name', 'for', 'value'];
  [part, ...part.querySelectorAll('*')].forEach((element) => attributes.forEach((attribute) => {
    const value = element.getAttribute(attribute);
    const isPlace = attribute !== 'value' || element.name === 'place';
    if (isPlace && (value === old || value?.startsWith(`${old}.`))) element.setAttribute(attribute, name + value.slice(old.length));
  }));
}

export function count() {
  form.querySelectorAll('[data-job]').forEach((job, number) => {
    rename(job, `jobs.${number}`);
    job.querySelector('[data-job-number]').textContent = number + 1;
    job.querySelectorAll('[data-line]').forEach((line, place) => rename(line, `${job.id}.lines.${place}`));
  });
}

export function addJob() {
  const job = blank('[data-blank-job]');
  form.querySelector('[data-jobs]').append(job);
  count();
  return job;
}

export function addLine(job, kind) {
  const line = blank(`[data-blank-line="${kind}"]`);
  job.querySelector('[data-lines]').append(line);
  count();
  return line;
}

const focusIn = (part) => part.querySelector('input:not([type=hidden]), textarea')?.focus();

form.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const job = button.closest('[data-job]');
  if (button.dataset.offer !== undefined) return take(button);
  if (button.dataset.addJob !== undefined) focusIn(addJob());
  else if (button.dataset.addLine) focusIn(addLine(job, button.dataset.addLine));
  else if (button.dataset.remove !== undefined) {
    const isJob = button.dataset.removeJob !== undefined;
    const next = isJob ? form.querySelector('[data-add-job]') : job.querySelector('[data-add-line]');
    (isJob ? job : button.closest('[data-line]')).remove();
    if (!form.querySelector('[data-job]')) addJob();
    count();
    next.focus();
  } else return;
  event.preventDefault();
  changed();
});

let waiting;
form.addEventListener('input', (event) => {
  if (!event.target.matches('[data-search]')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => search(event.target), PAUSE);
});

const offersOf = (field) => field.parentElement.querySelector('.offers');

async function search(field) {
  const offers = offersOf(field);
  if (field.value.trim().length < 2 || navigator.onLine === false) {
    offers.hidden = true;
    return;
  }
  const on = field.closest('[data-job]').querySelector('[data-failed-on]').value;
  const asked = field.value;
  try {
    const answer = await fetch(`${field.dataset.search}?${new URLSearchParams({ q: asked, on })}`, { redirect: 'manual' });
    if (!answer.ok || field.value !== asked || document.activeElement !== field) return;
    offers.innerHTML = await answer.text();
    offers.hidden = false;
  } catch {
    offers.hidden = true;
  }
}

function take(offer) {
  const line = offer.closest('[data-line]');
  const field = line.querySelector('[data-search]');
  field.value = offer.dataset.offer;
  line.querySelector('[data-description]').value = offer.dataset.name;
  offersOf(field).hidden = true;
  field.focus();
  changed();
}

form.addEventListener('keydown', (event) => {
  const offers = event.target.closest('.field')?.querySelector('.offers');
  if (!offers || offers.hidden) return;
  const buttons = [...offers.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1 };
  if (event.key === 'Escape') offers.hidden = true;
  else if (event.key in steps) buttons[Math.max(0, Math.min(steps[event.key], buttons.length - 1))]?.focus();
  else return;
  event.preventDefault();
});
document.addEventListener('focusin', (event) => {
  document.querySelectorAll('.offers:not([hidden])').forEach((offers) => {
    if (!offers.parentElement.contains(event.target)) offers.hidden = true;
  });
});
