/* The search: every entry is read, so it finds any words in any language, with no index. See docs/decisions/0015. */
(() => {
  "use strict";
  const { all, make, query, remember } = window.normbook;

  const PAGE = 40;
  const fold = (text) => text.normalize("NFKC").replace(/[‘’]/g, "'").toLowerCase();
  /** The entries that hold every word, the best first: an exact id, then the title, then the rest. */
  const found = (entries, asked) => {
    const words = fold(asked.q).split(/\s+/).filter(Boolean);
    const hits = [];
    for (const entry of entries) {
      if ((asked.type && entry.type !== asked.type) || (asked.theme && entry.id !== asked.theme && !entry.themes.includes(asked.theme))) continue;
      if (asked.initiative && entry.initiative !== asked.initiative) continue;
      const title = fold(`${entry.title} ${entry.native}`);
      entry.hay ??= `${title} ${entry.id} ${fold(entry.text)} ${fold(entry.quote)}`;
      if (!words.every((word) => entry.hay.includes(word))) continue;
      let score = words.join(" ") === entry.id ? 100 : 0;
      for (const word of words) score += (title.startsWith(word) ? 20 : 0) + (title.includes(word) ? 10 : 0) + (entry.id.includes(word) ? 5 : 0);
      hits.push([score, entry]);
    }
    return [words, hits.sort((a, b) => b[0] - a[0]).map((hit) => hit[1])];
  };

  /** The words around the first one that was asked for, with it marked. */
  const snippet = (text, words) => {
    const low = text.toLowerCase();
    const at = Math.max(0, ...words.map((word) => low.indexOf(word)).filter((each) => each >= 0).slice(0, 1));
    const from = at < 60 ? 0 : low.indexOf(" ", at - 60) + 1;
    const shown = text.slice(from, from + 200), made = make("p", { className: "nb-remark", lang: "en" });
    if (from) made.append("… ");
    let last = 0;
    const marks = words.length ? [...shown.toLowerCase().matchAll(new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g"))] : [];
    for (const match of marks) {
      made.append(shown.slice(last, match.index), make("mark", { textContent: shown.slice(match.index, match.index + match[0].length) }));
      last = match.index + match[0].length;
    }
    made.append(shown.slice(last), from + 200 < text.length ? " …" : "");
    return made;
  };

  const searching = () => {
    const form = document.querySelector("form.nb-find");
    const list = document.querySelector(".nb-hits"), status = document.querySelector(".nb-found");
    const types = Object.fromEntries(all(".nb-results [data-type]").map((each) => [each.dataset.type, each.textContent]));
    const chinese = document.documentElement.lang.startsWith("zh");
    const names = Object.fromEntries(["type", "theme", "initiative", "q"].map((name) => [name, form.elements[name]]));
    for (const [name, field] of Object.entries(names)) if (query.get(name)) field.value = query.get(name);
    const item = (entry, words) => {
      const title = chinese && entry.native ? entry.native : entry.title;
      const home = entry.type === "page" ? form.dataset.up : form.dataset.home;
      const link = make("a", { href: home + entry.path, textContent: title, lang: title === entry.title ? "en" : "zh-Hans" });
      const whole = [...names.initiative.options].find((option) => option.value === entry.initiative && entry.type !== "initiative");
      const kind = make("span", { className: "nb-kind", textContent: ` ${types[entry.type] ?? entry.type}${entry.date ? ", " + entry.date : ""}` });
      if (whole) kind.append(", ", make("span", { lang: whole.lang || document.documentElement.lang, textContent: whole.textContent }));
      const made = make("li", {}, link, kind);
      if (entry.text) made.append(snippet(entry.text, words));
      if (entry.quote) { // never without its stance
        const quote = snippet(entry.quote, words);
        quote.prepend(make("span", { className: `nb-stance nb-stance--${entry.stance}`, lang: document.documentElement.lang, textContent: types[entry.stance] }), " “");
        quote.append("”");
        if (entry.machine) quote.append(" ", make("strong", { className: "nb-machine", lang: document.documentElement.lang, textContent: form.dataset.machine }));
        made.append(quote);
      }
      return made;
    };
    const run = () => {
      if (!window.normbookEntries) return;
      const asked = Object.fromEntries(Object.entries(names).map(([name, field]) => [name, field.value.trim()]));
      remember(asked);
      list.replaceChildren();
      if (!Object.values(asked).some(Boolean)) { status.textContent = ""; return; }
      const [words, hits] = found(window.normbookEntries, asked);
      status.textContent = hits.length ? `${hits.length} ${hits.length === 1 ? form.dataset.one : form.dataset.some}` : form.dataset.none;
      const more = (from) => {
        list.append(...hits.slice(from, from + PAGE).map((entry) => item(entry, words)));
        if (hits.length > from + PAGE) {
          const button = make("button", { type: "button", className: "nb-more", textContent: form.dataset.more });
          const row = make("li", {}, button);
          button.addEventListener("click", () => { row.remove(); more(from + PAGE); list.children[from + PAGE]?.querySelector("a")?.focus(); });
          list.append(row);
        }
      };
      more(0);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => window.normbookEntries && run(), 120); });
    document.head.append(make("script", { src: form.dataset.entries, onload: run, onerror: () => { status.textContent = form.dataset.broken; } }));
  };

  searching();
})();
