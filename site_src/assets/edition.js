/* What a source's page does besides being read. Without this file all corrections are shown and every fold can be opened by hand. */
(() => {
  "use strict";
  const { all, query, remember } = window.normbook;
  const WIDE = "(min-width: 60em)", NARROW = "(max-width: 44.9em)";

  /** Shows the corrections of the kinds that are checked, in the text and in the list; none checked means all. */
  const kinds = () => {
    const form = document.querySelector(".nb-kinds");
    if (!form) return;
    const boxes = all("input", form), status = form.querySelector("[role=status]");
    const notes = all(".nb-corrections > li");
    const marks = all(".nb-edition .nb-corr").map((mark) => [mark, all(".nb-why", mark).map((link) => document.getElementById(link.hash.slice(1)))]);
    const apply = () => {
      const asked = boxes.filter((box) => box.checked).map((box) => box.value);
      for (const note of notes) note.hidden = asked.length > 0 && !asked.includes(note.dataset.kind);
      for (const [mark, own] of marks) mark.classList.toggle("nb-off", own.length > 0 && own.every((note) => note.hidden));
      status.textContent = asked.length ? form.dataset.shown.replace("{shown}", notes.filter((note) => !note.hidden).length) : "";
      remember({ kind: asked.join(",") });
    };
    const asked = (query.get("kind") ?? "").split(",");
    for (const box of boxes) {
      box.checked = asked.includes(box.value);
      box.addEventListener("change", apply);
    }
    if (boxes.some((box) => box.checked)) apply();
  };

  /** On a wide screen the reports side by side need no fold. */
  const unfold = () => {
    if (matchMedia(WIDE).matches) for (const fold of all("details.nb-unfold")) fold.open = true;
  };

  /** On a phone two columns would follow each other sentence by sentence: there one text shows what was received and what is proposed. */
  const oneColumn = () => {
    const sides = document.querySelector('input[value="sides"]'), marked = document.querySelector('input[value="marked"]');
    if (sides?.checked && matchMedia(NARROW).matches) marked.checked = true;
  };

  oneColumn();
  kinds();
  unfold();
})();
