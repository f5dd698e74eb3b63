// The answer about cover beside the serial number, asked a moment after one has typed; without a line it is left alone.
const PAUSE = 600;
let waiting;
let asked = '';

const field = () => document.querySelector('[data-serial]');

function question(form) {
  const data = new FormData();
  data.set('serial', field().value);
  data.set('failed_on', form.querySelector('[data-failed-on]')?.value || '');
  data.set('meter', form.querySelector('[data-meter]')?.value || '');
  return data;
}

async function ask() {
  const { form } = field();
  const data = question(form);
  const words = new URLSearchParams(data).toString();
  if (words === asked || navigator.onLine === false) return;
  asked = words;
  data.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(field().dataset.check, { method: 'POST', body: data, redirect: 'manual' });
    if (answer.ok && words === asked) document.getElementById('cover').innerHTML = await answer.text();
  } catch {
    asked = ''; // no line: the next change asks again
  }
}

if (field().value && !document.getElementById('cover').textContent.trim()) ask();

document.addEventListener('input', (event) => {
  if (!event.target.matches('[data-serial], [data-failed-on], [data-meter]')) return;
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
