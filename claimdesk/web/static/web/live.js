// A visible page asks every few seconds whether a part has changed; the server answers 304 unless it has.
import { keep, restore } from './rows.js';

const tags = new Map();
document.querySelectorAll('[data-live-tag]').forEach((place) => {
  const part = place.querySelector('[data-live]');
  if (part) tags.set(part.dataset.live, place.dataset.liveTag);
});

async function ask(part) {
  const url = part.dataset.live;
  const headers = { 'HX-Request': 'true', 'HX-Target': part.id, 'HX-Current-URL': url, 'X-Live': 'true' };
  if (tags.has(url)) headers['If-None-Match'] = tags.get(url);
  const answer = await fetch(url, { headers, cache: 'no-store', redirect: 'manual' });
  if (answer.status === 304 || !answer.ok) return;
  const text = await answer.text();
  if (!part.isConnected || part.dataset.live !== url || isBusy(part)) return;
  tags.set(url, answer.headers.get('ETag') || '');
  const state = keep();
  window.htmx.swap(part, text, { swapStyle: 'outerHTML' });
  restore(state);
}

document.addEventListener('htmx:afterRequest', (event) => {
  const { target, xhr } = event.detail;
  const tag = xhr?.getResponseHeader('ETag');
  const part = tag && target?.id && document.getElementById(target.id);
  if (part?.dataset.live) tags.set(part.dataset.live, tag);
});

// Nothing is pulled away under somebody's hands.
function isBusy(part) {
  return part.querySelector('details[open], form[aria-busy], .htmx-request') !== null
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
