// Keeps what is typed into a form marked data-draft: on this device at once, at the server a moment later. Where the
// line is bad it is sent when it is back; a closed tab loses nothing. What is kept bears the person's key, so that
// nobody else who signs in here is shown it. A save is sent anew under the same key until it is answered.
const PAUSE = 800;
const AGAIN = 15_000;
const KEPT_FOR_DAYS = 60;
const OWN = ['csrfmiddlewaretoken', 'customer_in_hand', 'version', 'key', 'save_key', 'place'];
const form = document.querySelector('[data-draft]');
const store = `claimdesk.draft.${form.dataset.draft}`;
const stateLine = document.querySelector('[data-draft-state]');

let kept = read() || { version: form.elements.version.value, typed: null, sent: null, saveKey: '' };
let waiting;
let sending = null;
let isStopped = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(store));
  } catch {
    return null;
  }
}

function write() {
  try {
    if (kept.typed || kept.sent) localStorage.setItem(store, JSON.stringify({ ...kept, at: Date.now() }));
    else localStorage.removeItem(store);
  } catch { /* a full or forbidden store: what is typed is sent all the same */ }
}

function forgetOld() {
  const oldest = Date.now() - KEPT_FOR_DAYS * 24 * 3600 * 1000;
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith('claimdesk.draft.')) continue;
    try {
      if (JSON.parse(localStorage.getItem(name)).at < oldest) localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
}

function say(state) {
  if (!stateLine) return;
  stateLine.dataset.is = state;
  stateLine.textContent = form.dataset[state] || '';
}

// What was typed, as pairs; hidden fields of the form itself are not.
const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && !OWN.includes(name));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function changed() {
  kept.typed = typed();
  write();
  clearTimeout(waiting);
  waiting = setTimeout(send, PAUSE);
}

function body() {
  const data = new FormData();
  OWN.forEach((name) => { if (form.elements[name]?.value) data.set(name, form.elements[name].value); });
  kept.sent.forEach(([name, value]) => data.append(name, value));
  data.set('version', kept.version);
  data.set('save_key', kept.saveKey);
  return data;
}

// One save at a time; whoever waits for it learns whether all that is typed is at the server.
export function send() {
  clearTimeout(waiting);
  sending ||= sendAll().finally(() => { sending = null; });
  return sending;
}

async function sendAll() {
  while (!isStopped && (kept.typed || kept.sent)) {
    if (!kept.sent) Object.assign(kept, { sent: kept.typed, saveKey: crypto.getRandomValues(new Uint32Array(4)).join('-') });
    write();
    say('saving');
    let answer;
    try {
      answer = await fetch(form.action, { method: 'POST', body: body(), headers: { 'HX-Request': 'true' }, redirect: 'manual' });
    } catch {
      say('kept');
      return false;
    }
    if (!await taken(answer)) return false;
  }
  return !isStopped;
}

async function taken(answer) {
  if (answer.type === 'opaqueredirect') return stop('signedOut');
  const text = await answer.text();
  if (answer.status >= 500) {
    say('kept');
    return false;
  }
  const page = new DOMParser().parseFromString(text, 'text/html');
  const conflict = page.querySelector('[data-conflict]');
  if (conflict) {
    show(conflict);
    return stop('changed');
  }
  const fresh = page.querySelector('[data-version]');
  if (!answer.ok || !fresh) return stop('refused');
  setVersion(fresh.dataset.version);
  const isAll = !kept.typed || same(kept.typed, kept.sent);
  Object.assign(kept, { sent: null, typed: isAll ? null : kept.typed });
  write();
  if (isAll) {
    page.querySelectorAll('[data-fresh]').forEach((part) => document.getElementById(part.id)?.replaceWith(document.importNode(part, true)));
    say('saved');
  }
  return true;
}

function stop(state) {
  isStopped = true;
  say(state);
  return false;
}

function setVersion(version) {
  kept.version = version;
  form.elements.version.value = version;
}

// Somebody else's change: theirs is shown beside what was typed; one's own goes over it only by the button.
function show(conflict) {
  document.getElementById('draft-conflict').replaceChildren(document.importNode(conflict, true));
  document.querySelector('[data-conflict]').focus();
}

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-take-theirs]')) {
    localStorage.removeItem(store);
    isStopped = true;
  } else if (event.target.closest('[data-keep-mine]')) {
    event.preventDefault();
    setVersion(document.querySelector('[data-conflict]').dataset.conflict);
    Object.assign(kept, { sent: null, typed: typed() });
    isStopped = false;
    document.getElementById('draft-conflict').replaceChildren();
    send();
  }
});

// What this device has kept comes back into the form; jobs and lines that the page has not are added first.
async function restore() {
  const pairs = kept.typed || kept.sent;
  if (!pairs) return;
  const lines = await import(form.dataset.lines);
  const values = new Map(pairs);
  const jobs = 1 + Math.max(0, ...pairs.map(([name]) => Number(/^jobs\.(\d+)\./.exec(name)?.[1] ?? 0)));
  const shown = () => [...form.querySelectorAll('[data-job]')];
  shown().slice(jobs).forEach((job) => job.remove());
  while (shown().length < jobs) lines.addJob();
  shown().forEach((job, number) => {
    job.querySelectorAll('[data-line]').forEach((line) => line.remove());
    for (let place = 0; values.has(`jobs.${number}.lines.${place}.kind`); place += 1) {
      lines.addLine(job, values.get(`jobs.${number}.lines.${place}.kind`));
    }
  });
  values.forEach((value, name) => { if (form.elements[name]) form.elements[name].value = value; });
  form.elements.version.value = kept.version;
  say('restored');
  send();
}

// Submitting waits until what is typed has arrived; without a line nothing is lost and nothing is sent twice.
form.addEventListener('submit', async (event) => {
  const button = event.submitter;
  if (form.dataset.goes !== undefined) return;
  event.preventDefault();
  if (form.dataset.waits !== undefined) return;
  form.dataset.waits = '';
  kept.typed = typed();
  const isThere = await send();
  delete form.dataset.waits;
  if (!isThere || button?.dataset.submitDraft === undefined) return;
  form.dataset.goes = '';
  form.elements.save_key.value = '';
  localStorage.removeItem(store);
  form.requestSubmit(button);
});
window.addEventListener('pageshow', () => { delete form.dataset.goes; });

form.addEventListener('input', changed);
form.addEventListener('change', changed);
document.addEventListener('claimdesk:attached', changed);
window.addEventListener('online', send);
document.addEventListener('visibilitychange', send);
setInterval(() => { if (kept.sent || kept.typed) send(); }, AGAIN);
try { forgetOld(); } catch { /* no store at all */ }
restore();
