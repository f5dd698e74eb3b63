// Deciding the lines of a warranty claim by keyboard: "a" fills in what the tables allow, Enter moves on.
const form = document.querySelector('[data-decision]');

function boxes() {
  return [...form.querySelectorAll('.decided-amount')];
}

// As the server reads it: a comma alone is a decimal point.
function read(text) {
  const plain = text.replace(/[\s\u00a0']/g, '');
  return Number(plain.includes('.') ? plain : plain.replace(',', '.'));
}

function showSum() {
  const sum = boxes().reduce((total, box) => total + read(box.value), 0);
  const { currency } = form.dataset;
  const words = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency });
  form.querySelector('[data-decided-sum]').textContent = Number.isNaN(sum) ? '–' : words.format(sum);
}

function fillAsAllowed() {
  boxes().forEach((box) => { box.value = box.dataset.within; });
  showSum();
  form.querySelector('[data-decide]').focus();
}

function moveOn(event) {
  if (event.key !== 'Enter' || !event.target.matches('.decided-amount, .decided-reason')) return;
  event.preventDefault();
  const all = boxes();
  const at = all.indexOf(event.target.closest('tr').querySelector('.decided-amount'));
  const next = all[at + 1] || form.querySelector('[data-decide]');
  next.focus();
  next.select?.();
}

if (form && form.querySelector('.decided-amount')) {
  const button = form.querySelector('[data-as-allowed]');
  button.hidden = false;
  button.addEventListener('click', fillAsAllowed);
  form.addEventListener('keydown', moveOn);
  form.addEventListener('input', showSum);
  showSum();
}
