/* What pages do beside being read. Everything that is said on them stands there without this file. */
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const query = new URLSearchParams(location.search);

  /** Writes what is chosen into the address, so that it can be kept and shared. */
  const remember = (values) => {
    const next = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(values)) value ? next.set(key, value) : next.delete(key);
    const text = next.toString().replaceAll("%2C", ",");
    try { history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + location.hash); } catch { /* from a file */ }
  };

  /** The reading chosen on a source's page is kept from page to page. */
  const readings = () => {
    const key = "normbook.reading";
    let kept = null;
    try { kept = localStorage.getItem(key); } catch { /* storage may be forbidden */ }
    for (const input of all('.nb-switch input[name="reading"]')) {
      if (input.value === kept) input.checked = true;
      input.addEventListener("change", () => {
        try { localStorage.setItem(key, input.value); } catch { /* as above */ }
      });
    }
  };

  /** An edit, a correction or a term opens what explains it beside itself; Escape or a click elsewhere closes it. */
  const notes = () => {
    const links = all("a.nb-edit, a.nb-why, a.nb-term");
    if (!links.length || !HTMLElement.prototype.showPopover) return;
    const box = make("div", { className: "nb-pop md-typeset", popover: "auto", tabIndex: -1 });
    box.setAttribute("role", "note");
    document.body.append(box);
    const show = (link) => {
      const target = link.hash && link.classList.contains("nb-term") === false ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
      box.replaceChildren();
      if (target) {
        for (const child of target.childNodes) box.append(child.cloneNode(true));
        all("[id]", box).forEach((each) => each.removeAttribute("id"));
      } else {
        box.append(make("p", { textContent: link.title }), make("p", {}, make("a", { href: link.href, textContent: link.textContent })));
      }
      box.lang = link.closest("[lang]").lang;
      box.showPopover();
      const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
      const width = box.offsetWidth, height = box.offsetHeight;
      box.style.left = Math.max(8, Math.min(at.left, innerWidth - width - 8)) + "px";
      box.style.top = (at.bottom + height + 12 < innerHeight || at.top < height + 12 ? at.bottom + 6 : at.top - height - 6) + "px";
      box.focus();
    };
    for (const link of links) link.addEventListener("click", (event) => {
      if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(link);
    });
  };

  /** Columns sort by a button in their head; the choice stands in the address. */
  const sorting = () => {
    for (const table of all("table.nb-sortable")) {
      const heads = all("thead th", table);
      const body = table.tBodies[0];
      const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
      const first = [...body.rows];
      const sort = (column, down) => {
        const rows = [...first];
        if (column >= 0) rows.sort((a, b) => (down ? -1 : 1) * collator.compare(a.cells[column].textContent.trim(), b.cells[column].textContent.trim()));
        body.append(...rows);
        heads.forEach((head, i) => i === column ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
      };
      heads.forEach((head, i) => {
        const button = make("button", { type: "button", className: "nb-sort" }, ...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          sort(i, down);
          if (table.id) remember({ sort: (down ? "-" : "") + i });
        });
      });
      const asked = query.get("sort");
      if (table.id && /^-?\d+$/.test(asked ?? "") && Math.abs(+asked) < heads.length) sort(Math.abs(+asked), asked.startsWith("-"));
    }
  };

  /** The lists of an index show the rows that hold every word. */
  const filtering = () => {
    for (const input of all("input.nb-filter")) {
      const rows = all("tbody tr", document.getElementById(input.dataset.for));
      const words = rows.map((row) => row.textContent.toLowerCase());
      const count = input.closest(".nb-tools").querySelector(".nb-count");
      const apply = () => {
        const asked = input.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        rows.forEach((row, i) => { row.hidden = !asked.every((word) => words[i].includes(word)); shown += !row.hidden; });
        count.textContent = asked.length ? `${shown} ${count.dataset.of} ${rows.length}` : "";
        remember({ q: input.value });
      };
      input.addEventListener("input", apply);
      if (query.get("q")) { input.value = query.get("q"); apply(); }
    }
  };

  /** The table of themes shows the initiatives and the theme that are chosen. */
  const comparing = () => {
    for (const form of all("form.nb-filters")) {
      const table = document.getElementById(form.dataset.table);
      const boxes = all('input[name="initiative"]', form), theme = form.elements.theme;
      const apply = () => {
        const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
        for (const cell of all("[data-initiative]", table)) cell.hidden = !chosen.has(cell.dataset.initiative);
        for (const row of all("[data-theme]", table)) row.hidden = Boolean(theme.value) && row.dataset.theme !== theme.value;
        remember({ initiative: chosen.size === boxes.length ? "" : [...chosen].join(","), theme: theme.value });
      };
      const asked = query.get("initiative")?.split(",");
      if (asked?.some((id) => boxes.some((box) => box.value === id))) boxes.forEach((box) => { box.checked = asked.includes(box.value); });
      if ([...theme.options].some((option) => option.value === query.get("theme"))) theme.value = query.get("theme");
      form.addEventListener("change", apply);
      form.addEventListener("reset", () => setTimeout(apply));
      form.addEventListener("submit", (event) => event.preventDefault());
      if (query.size) apply();
    }
  };

  const PAGE = 40;
  /** The entries that hold every word, the best first: an exact id, then the title, then the rest. */
  const found = (entries, asked) => {
    const words = asked.q.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const hits = [];
    for (const entry of entries) {
      if ((asked.type && entry.type !== asked.type) || (asked.theme && entry.id !== asked.theme && !entry.themes.includes(asked.theme))) continue;
      if (asked.initiative && entry.initiative !== asked.initiative) continue;
      const title = `${entry.title} ${entry.native}`.toLowerCase();
      entry.hay ??= `${title} ${entry.id} ${entry.text}`.toLowerCase();
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
    if (!form) return;
    const list = document.querySelector(".nb-hits"), status = document.querySelector(".nb-found");
    const types = Object.fromEntries(all(".nb-results [data-type]").map((each) => [each.dataset.type, each.textContent]));
    const chinese = document.documentElement.lang.startsWith("zh");
    const names = Object.fromEntries(["type", "theme", "initiative", "q"].map((name) => [name, form.elements[name]]));
    for (const [name, field] of Object.entries(names)) if (query.get(name)) field.value = query.get(name);
    const item = (entry, words) => {
      const title = chinese && entry.native ? entry.native : entry.title;
      const home = entry.type === "page" ? form.dataset.up : form.dataset.home;
      const link = make("a", { href: home + entry.path, textContent: title, lang: title === entry.title ? "en" : "zh-Hans" });
      const kind = make("span", { className: "nb-kind", textContent: ` ${types[entry.type] ?? entry.type}${entry.date ? ", " + entry.date : ""}` });
      return make("li", {}, link, kind, snippet(entry.text, words));
    };
    const run = () => {
      const asked = Object.fromEntries(Object.entries(names).map(([name, field]) => [name, field.value.trim()]));
      remember(asked);
      list.replaceChildren();
      if (!Object.values(asked).some(Boolean)) { status.textContent = ""; return; }
      const [words, hits] = found(window.normbook.entries, asked);
      status.textContent = hits.length ? `${hits.length} ${form.dataset.some}` : form.dataset.none;
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
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => window.normbook && run(), 120); });
    document.head.append(make("script", { src: form.dataset.entries, onload: run }));
  };

  const guessing = () => {
    for (const link of all("a.nb-guess")) {
      const words = decodeURIComponent(location.pathname.split("/").pop().replace(/\.html?$/, "")).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      if (words) { link.href += "?q=" + encodeURIComponent(words); link.textContent = words; }
    }
  };

  readings();
  notes();
  sorting();
  filtering();
  comparing();
  searching();
  guessing();
  for (const button of all("button.nb-print")) button.addEventListener("click", () => print());
})();
