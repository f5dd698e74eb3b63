// A visible page asks every few seconds whether a part has changed; the server answers 304 unless it has.
// After a deed the list beneath is asked for at once, and brings the deed's message.
import { keep, restore } from './row_state.js';

const tags = new Map();
document.querySelectorAll('[data-live-tag]').forEach((place) => {
  const part = place.querySelector('[data-live]');
  if (part) tags.set(part.dataset.live, place.dataset.liveTag);
});

const get = (part, url, more) => fetch(url, {
  headers: { 'HX-Request': 'true', 'HX-Target': part.id, 'HX-Current-URL': url, ...more },
  cache: 'no-store',
  redirect: 'manual',
});

function put(part, url, answer, text) {
  tags.set(url, answer.headers.get('ETag') || '');
  const state = keep();
  window.htmx.swap(part, text, { swapStyle: 'outerHTML' });
  restore(state);
}

async function ask(part) {
  const url = part.dataset.live;
  const answer = await get(part, url, { 'X-Live': 'true', ...tags.has(url) && { 'If-None-Match': tags.get(url) } });
  if (answer.status === 304 || !answer.ok) return;
  const text = await answer.text();
  if (!part.isConnected || part.dataset.live !== url || isBusy(part)) return;
  put(part, url, answer, text);
}

// One after the other: an answer whose list has been replaced meanwhile would be lost, with its message.
let waiting = 0;
let last = Promise.resolve();

export function refresh() {
  if (!document.getElementById('list')) return;
  waiting += 1;
  last = last.then(renew).catch(() => {}).finally(() => { waiting -= 1; });
}

async function renew() {
  const url = document.getElementById('list').dataset.list;
  const answer = await get({ id: 'list' }, url);
  if (answer.type === 'opaqueredirect') window.location.reload();
  else if (answer.ok) put(document.getElementById('list'), url, answer, await answer.text());
}

document.addEventListener('htmx:afterRequest', (event) => {
  const { target, xhr } = event.detail;
  const tag = xhr?.getResponseHeader('ETag');
  const part = tag && target?.id && document.getElementById(target.id);
  if (part?.dataset.live) tags.set(part.dataset.live, tag);
});

// Nothing is pulled away under somebody's hands.
function isBusy(part) {
  return waiting > 0
    || document.querySelector('.htmx-request') !== null
    || part.querySelector('details[open], form[aria-busy]') !== null
    || document.querySelector('#dialog-frame[open]') !== null && part.contains(document.activeElement);
}

function tick() {
  if (document.hidden) return;
  document.querySelectorAll('[data-live]').forEach((part) => {
    const seconds = Number(part.dataset.liveSeconds) || 5;
    const due = Number(part.dataset.liveDue) || 0;
    if (Date.now() < due) return;
    part.dataset.liveDue = String(Date.now() + seconds * 1000);
    ask(part).catch(() => {});
  });
}

setInterval(tick, 1000);
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  document.querySelectorAll('[data-live]').forEach((part) => { part.dataset.liveDue = '0'; });
  tick();
});
