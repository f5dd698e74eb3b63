// Messages: closed by their button; good news goes by itself; what was refused is said where one looks.
import { refresh } from './live.js';

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-dismiss]')) event.target.closest('.message').remove();
});

const SECONDS = 8;
const SECONDS_TO_UNDO = 40;
function fade() {
  document.querySelectorAll('#messages .alert-success, #messages .alert-info').forEach((message) => {
    if (message.dataset.fading !== undefined) return;
    message.dataset.fading = '';
    const seconds = message.querySelector('[data-undo]') ? SECONDS_TO_UNDO : SECONDS;
    setTimeout(() => {
      if (!message.matches(':hover, :focus-within')) message.remove();
      else delete message.dataset.fading;
    }, seconds * 1000);
  });
}
fade();
document.addEventListener('htmx:oobAfterSwap', fade);

const place = (element) => element?.closest?.('dialog')?.querySelector('[data-messages]') || document.getElementById('messages');

document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr, elt } = event.detail;
  const isPart = !/^\s*<!doctype/i.test(xhr.responseText);
  if (xhr.status < 400 || xhr.status === 422) {
    // A whole page where a part was wanted: the sign-in ran out, or the deed leads elsewhere.
    if (!isPart && xhr.status < 400) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
    return;
  }
  const target = place(elt);
  // What was refused is decided otherwise by now: the list beneath shows how.
  if (xhr.status === 409) refresh();
  if (isPart && xhr.responseText) {
    event.detail.shouldSwap = true;
    event.detail.target = target;
    event.detail.swapOverride = 'innerHTML';
  } else {
    event.detail.shouldSwap = false;
    say(target, xhr.status === 404 ? '404' : '');
  }
});

function say(target, about) {
  const message = document.createElement('div');
  message.className = 'alert alert-danger message';
  const text = document.createElement('p');
  text.textContent = about === '404' ? document.body.dataset.notFound : document.body.dataset.noAnswer;
  message.append(text);
  target.replaceChildren(message);
}

document.addEventListener('htmx:sendError', (event) => say(place(event.detail.elt), ''));
