// The upload control: files are dragged, pasted, taken by the camera, several at once. In a form marked
// data-attach they are sent at once, one after another, each showing how far it is; in any other form they
// stand in the file input and go with the form. Without script the file input is all there is.
const shown = (place) => place && place.offsetParent !== null;
const inputOf = (place) => place.querySelector('input[type=file][name]');
const listOf = (place) => place.querySelector('[data-upload-list]');

function ready(root) {
  root.querySelectorAll('[data-upload-more][hidden]').forEach((more) => {
    more.hidden = false;
    const form = more.closest('form');
    if (form.dataset.attach !== undefined) form.querySelector('[data-attach-button]').hidden = true;
  });
}

function line(place, name) {
  const row = document.createElement('li');
  const label = document.createElement('span');
  label.textContent = name;
  row.append(label);
  listOf(place).append(row);
  return row;
}

function add(place, files) {
  if (!files.length) return;
  const form = place.closest('form');
  if (form.dataset.attach !== undefined) {
    inputOf(place).value = '';
    for (const file of files) queue(place, form, file);
  } else {
    put(place, [...inputOf(place).files, ...files]);
  }
}

// What is chosen stands in the input itself, so that the form sends it as any other.
function put(place, files) {
  const held = new DataTransfer();
  files.forEach((file) => held.items.add(file));
  inputOf(place).files = held.files;
  list(place);
}

function list(place) {
  const { files } = inputOf(place);
  listOf(place).replaceChildren();
  [...files].forEach((file) => {
    const row = line(place, file.name);
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'btn btn-sm';
    remove.textContent = listOf(place).dataset.remove;
    remove.setAttribute('aria-label', `${remove.textContent}: ${file.name}`);
    remove.addEventListener('click', () => put(place, [...files].filter((other) => other !== file)));
    row.append(remove);
  });
}

let last = Promise.resolve();
function queue(place, form, file) {
  const row = line(place, file.name);
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', file.name);
  row.append(bar);
  last = last.then(() => send(place, form, file, row, bar));
}

function send(place, form, file, row, bar) {
  const data = new FormData(form);
  data.delete(inputOf(place).name);
  data.append(inputOf(place).name, file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('HX-Request', 'true');
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener('load', () => {
      if (request.status === 200) {
        row.remove();
        renew(form.dataset.attach, request.responseText);
      } else {
        fail(row, bar, said(request));
      }
    });
    request.addEventListener('error', () => fail(row, bar, `${file.name} ${listOf(place).dataset.failed}`));
    request.addEventListener('loadend', resolve);
    request.send(data);
  });
}

function parsed(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

function renew(subject, text) {
  const fresh = parsed(text).querySelector('[data-file-list]');
  document.querySelectorAll('[data-file-list]').forEach((old) => {
    if (old.dataset.fileList !== subject || !fresh) return;
    const copy = document.importNode(fresh, true);
    old.replaceWith(copy);
    window.htmx.process(copy);
  });
  document.dispatchEvent(new CustomEvent('claimdesk:attached'));
}

function said(request) {
  const page = parsed(request.responseText);
  const words = ['.invalid-feedback', '.message p', 'h1'].map((one) => page.querySelector(one)).find(Boolean);
  return words ? words.textContent.trim() : `${request.status}`;
}

function fail(row, bar, words) {
  bar.remove();
  row.classList.add('is-failed');
  row.textContent = words;
}

document.addEventListener('change', (event) => {
  const place = event.target.closest?.('[data-upload]');
  if (!place) return;
  if (event.target.matches('[data-upload-camera]')) {
    add(place, [...event.target.files]);
    event.target.value = '';
  } else if (place.closest('form').dataset.attach !== undefined) {
    add(place, [...event.target.files]);
  } else {
    list(place);
  }
});

const holdsFiles = (event) => [...event.dataTransfer?.types || []].includes('Files');
document.addEventListener('dragover', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault(); // a file that misses the place does not replace the page
  document.querySelectorAll('.upload.is-over').forEach((place) => place.classList.remove('is-over'));
  event.target.closest?.('[data-upload]')?.classList.add('is-over');
});
document.addEventListener('dragleave', (event) => event.target.closest?.('[data-upload]')?.classList.remove('is-over'));
document.addEventListener('drop', (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  const place = event.target.closest?.('[data-upload]');
  place?.classList.remove('is-over');
  if (place) add(place, [...event.dataTransfer.files]);
});

document.addEventListener('paste', (event) => {
  const files = [...event.clipboardData?.files || []];
  if (!files.length) return;
  const places = [...document.querySelectorAll('[data-upload]')].filter(shown);
  const place = document.activeElement?.closest?.('[data-upload]') || places.at(-1);
  if (!place) return;
  event.preventDefault();
  add(place, files);
});

document.addEventListener('htmx:afterSwap', () => ready(document));
ready(document);
