/* Runs while the header is read, before anything is drawn: that scripts run, and the scheme which the reader chose, else the system's. */
(() => {
  "use strict";
  const KEY = "normbook.scheme", dark = matchMedia("(prefers-color-scheme: dark)");
  const options = [...document.querySelectorAll(".md-option")];  // the system's scheme, light, dark
  const schemes = options.map((option) => option.dataset.mdColorMedia.match(/light|dark/)?.[0] ?? "");
  let kept = "";
  try { kept = localStorage.getItem(KEY) ?? ""; } catch { /* storage may be forbidden */ }

  const show = () => {
    const chosen = Math.max(0, schemes.indexOf(kept));
    const shown = options[schemes.indexOf(kept || (dark.matches ? "dark" : "light"))] ?? options[chosen];
    options[chosen].checked = true;
    options.forEach((option, i) => { option.nextElementSibling.hidden = i !== chosen; });  // the button that leads to the next scheme
    for (const name of ["mdColorScheme", "mdColorPrimary", "mdColorAccent"]) document.body.dataset[name] = shown.dataset[name];
  };

  document.documentElement.classList.replace("no-js", "js");
  if (!options.length) return;
  if (!schemes.includes(kept)) kept = "";
  options.forEach((option, i) => option.addEventListener("change", () => {
    kept = schemes[i];
    try { kept ? localStorage.setItem(KEY, kept) : localStorage.removeItem(KEY); } catch { /* as above */ }
    show();
  }));
  dark.addEventListener("change", show);
  show();
})();
