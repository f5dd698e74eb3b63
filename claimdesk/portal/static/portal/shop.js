// Steps of quantities; a cart that counts anew as soon as a quantity is another. All of it works without.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-step]');
  if (!button) return;
  const input = button.closest('.stepper').querySelector('input');
  const before = input.value;
  if (!before) input.value = input.min;
  else if (button.dataset.step === 'up') input.stepUp();
  else input.stepDown();
  if (input.value !== before) input.dispatchEvent(new Event('change', { bubbles: true }));
});

// On phones the shelves are folded away; they stand open without script.
if (window.matchMedia('(max-width: 991.98px)').matches) {
  document.querySelectorAll('.shelves').forEach((shelves) => { shelves.open = false; });
}
