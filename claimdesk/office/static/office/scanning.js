// Receiving by scanning: the field is empty and ready at once, scans are sent one after the other, none is lost.
const form = document.querySelector('[data-scan]');
const field = form.querySelector('[name=serial]');
const damaged = form.querySelector('[name=is_damaged]');
const results = document.getElementById('scans');
const failed = document.querySelector('[data-scan-failed]');
let last = Promise.resolve();

async function send(serial, isDamaged) {
  const body = new FormData(form);
  body.set('serial', serial);
  body.delete('is_damaged');
  if (isDamaged) body.set('is_damaged', 'on');
  const answer = await fetch(form.dataset.scan, { method: 'POST', body, headers: { 'HX-Request': 'true' } });
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
  const part = new DOMParser().parseFromString(await answer.text(), 'text/html');
  results.prepend(part.querySelector('li.alert'));
  document.getElementById('goods').replaceWith(part.getElementById('goods'));
  window.htmx.process(document.getElementById('goods'));
}

function tellFailure(serial) {
  const line = failed.content.cloneNode(true);
  line.querySelector('strong').textContent = serial;
  results.prepend(line);
}

function take(serial) {
  const isDamaged = damaged.checked;
  damaged.checked = false;
  last = last.then(() => send(serial, isDamaged)).catch(() => tellFailure(serial));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const serial = field.value.trim();
  field.value = '';
  field.focus();
  if (serial) take(serial);
});

document.addEventListener('close', () => field.focus(), true); // of a dialog

// The camera, where the browser reads barcodes itself; elsewhere there is no button.
const button = form.querySelector('[data-scan-camera]');
const video = form.querySelector('[data-scan-video]');
const OFTEN = 250;
const SAME = 4000;

async function look() {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.hidden = false;
  await video.play();
  const detector = new window.BarcodeDetector();
  const seen = new Map();
  const again = async () => {
    if (video.hidden) return;
    for (const code of await detector.detect(video).catch(() => [])) {
      if (Date.now() - (seen.get(code.rawValue) || 0) > SAME) take(code.rawValue);
      seen.set(code.rawValue, Date.now());
    }
    setTimeout(again, OFTEN);
  };
  again();
}

function stop() {
  video.hidden = true;
  video.srcObject.getTracks().forEach((track) => track.stop());
  field.focus();
}

if ('BarcodeDetector' in window && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener('click', () => (video.hidden ? look().catch(() => { button.hidden = true; }) : stop()));
}
