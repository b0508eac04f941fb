/* Remembers the reading chosen on a source's page. Everything works without it. */
(() => {
  const inputs = document.querySelectorAll('.nb-switch input[name="reading"]');
  if (!inputs.length) return;
  const key = "normbook.reading";
  let kept = null;
  try { kept = localStorage.getItem(key); } catch { /* storage may be forbidden */ }
  for (const input of inputs) {
    if (input.value === kept) input.checked = true;
    input.addEventListener("change", () => {
      try { localStorage.setItem(key, input.value); } catch { /* storage may be forbidden */ }
    });
  }
})();
