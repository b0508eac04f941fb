/* The comparison shows the texts and themes that a reader chooses, and keeps the choice in the address. */
(() => {
  "use strict";
  const { all, query, remember } = window.normbook;
  for (const form of all("form.nb-filters")) {
    const rows = all("[data-theme]", document.getElementById(form.dataset.grid));
    const texts = all('input[name="texts"]', form), themes = all('input[name="theme"]', form);
    const status = form.querySelector(".nb-shown");
    const first = texts.filter((box) => box.checked).map((box) => box.value).join();
    const values = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);
    /** The ids that the address names, under any of some names of a parameter. */
    const asked = (...names) => (names.map((name) => query.get(name)).find((value) => value !== null) ?? "").split(",").filter(Boolean);
    const narrow = matchMedia("(max-width: 44.9em)").matches;
    let lost = [];

    /** On a phone a theme is folded to its name and the number of its texts; the style sheet ignores this on wider screens. */
    const fold = (row, folded) => {
      row.classList.toggle("nb-folded", folded);
      row.querySelector(".nb-unfold").setAttribute("aria-expanded", String(!folded));
    };

    /** Themes under which none of the texts shown has anything are hidden, unless a reader asked for them. */
    const apply = () => {
      const columns = new Set(texts.filter((box) => box.checked).map((box) => box.dataset.t)), only = new Set(values(themes));
      let shown = 0;
      for (const row of rows) {
        const filled = [...row.cells].filter((cell) => columns.has(cell.dataset.c) && !cell.classList.contains("nb-empty")).length;
        row.hidden = only.size ? !only.has(row.dataset.theme) : !filled;
        row.querySelector(".nb-unfold").textContent = form.dataset.here.replace("{n}", filled);
        shown += !row.hidden;
      }
      const told = { texts: columns.size, every: texts.length, themes: shown, all: rows.length };
      status.textContent = form.dataset.shown.replace(/\{(\w+)\}/g, (_, name) => told[name]) + (lost.length ? ` ${form.dataset.elsewhere} ${lost.join(", ")}` : "");
    };
    const keep = () => {
      const chosen = values(texts).join();
      remember({ texts: chosen === first ? "" : chosen || "none", theme: values(themes).join(), initiative: "" });
    };
    const change = () => { lost = []; apply(); keep(); };

    const wanted = asked("texts", "initiative"), about = asked("theme").filter((id) => themes.some((box) => box.value === id));
    for (const box of themes) box.checked = about.includes(box.value);
    if (wanted.length) {
      lost = wanted.filter((id) => id !== "none" && !texts.some((box) => box.value === id));
      if (wanted.includes("none") || lost.length < wanted.length) texts.forEach((box) => { box.checked = wanted.includes(box.value); });
    } else if (about.length) {  // a theme and no texts: those that have something under it
      const filled = new Set(rows.filter((row) => about.includes(row.dataset.theme)).flatMap((row) => [...row.cells].filter((cell) => cell.dataset.c && !cell.classList.contains("nb-empty")).map((cell) => cell.dataset.c)));
      texts.forEach((box) => { box.checked = filled.has(box.dataset.t); });
    }
    form.querySelector(".nb-themes").open = about.length > 0;
    form.querySelector(".nb-texts").open = matchMedia("(min-width: 60em)").matches;
    form.classList.add("nb-ready");
    for (const row of rows) {
      row.querySelector(".nb-unfold").addEventListener("click", () => fold(row, !row.classList.contains("nb-folded")));
      fold(row, narrow && `#${row.id}` !== location.hash && !about.includes(row.dataset.theme));
    }
    for (const box of themes) box.addEventListener("change", () => fold(rows.find((row) => row.dataset.theme === box.value), !box.checked && narrow));
    form.addEventListener("change", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(change));
    form.querySelector(".nb-every").addEventListener("click", () => { texts.forEach((box) => { box.checked = true; }); change(); });
    apply();
  }
})();
