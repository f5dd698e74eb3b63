// Choosing lines of an order: whoever types a quantity wants the line; "All items" ticks them all.
document.addEventListener('input', (event) => {
  const box = event.target.matches('.quantity') && event.target.closest('tr')?.querySelector('.choose [type=checkbox]');
  if (box) box.checked = event.target.value.trim() !== '';
});

document.addEventListener('change', (event) => {
  if (event.target.name !== 'everything') return;
  event.target.form?.querySelectorAll('.claim-lines .choose [type=checkbox]').forEach((box) => { box.checked = event.target.checked; });
});
