/* The search: every entry and every sentence is read, so it finds any words in any language, with no index. See docs/decisions/0015. */
(() => {
  "use strict";
  const { all, make, query, remember } = window.normbook;

  const PAGE = 20;
  const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]+)["“”„«»「」『』]/g, QUOTES = /["“”„«»「」『』]/g;
  const fold = (text) => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKC").replace(/[‘’]/g, "'") : text).toLowerCase();

  /** What is asked for: phrases from quotation marks, and words. Loose, the words of phrases count one by one. */
  const parsed = (text, loose) => {
    const phrases = [];
    const rest = fold(text).replace(QUOTED, (_, inside) => { phrases.push(inside.trim().replace(/\s+/g, " ")); return " "; }).replace(QUOTES, " ");
    const words = (loose ? `${rest} ${phrases.join(" ")}` : rest).split(/\s+/).filter(Boolean);
    return { terms: [...new Set(loose ? words : [...phrases, ...words])].filter(Boolean), hasPhrase: phrases.some((each) => each.includes(" ")) };
  };

  /** The records by id, and of each entry the words that are searched: its own, apart from those of the records it is linked to. */
  let byId, byPath;
  const prepare = (entries) => {
    byId = new Map(entries.map((entry) => [entry.id, entry]));
    byPath = new Map(entries.map((entry) => [entry.path, entry]));
    for (const entry of entries) {
      entry.head = fold(entry.native ? `${entry.title}\n${entry.native}` : entry.title);
      entry.body = fold(`${entry.text ?? ""}\n${entry.quote ?? ""}`);
      entry.links = [...(entry.people ?? []), ...(entry.themes ?? []), ...(entry.initiative && entry.initiative !== entry.id ? [entry.initiative] : [])];
    }
  };

  /** For each term: the records by whose names others are found, and the stances that it is a word for. */
  const meanings = (terms, entries, stances) => terms.map((term) => ({
    term,
    linked: new Set(entries.filter((entry) => NAMING.has(entry.type) && (entry.head.includes(term) || entry.body.startsWith(term) || entry.body.includes(`; ${term}`))).map((entry) => entry.id)),
    stances: new Set(Object.keys(stances).filter((stance) => stances[stance].has(term))),
  }));
  const NAMING = new Set(["actor", "theme", "initiative"]);

  /** How well an entry meets a term; 0 if it does not. */
  const points = (entry, { term, linked, stances }) => {
    let found = 0;
    const at = entry.head.indexOf(term);
    if (at >= 0) found += (at === 0 || entry.head[at - 1] === "\n" ? 20 : 10) + (10 * term.length) / entry.head.length;
    if (entry.id.includes(term)) found += entry.id === term ? 100 : 5;
    if (stances.has(entry.stance)) found += 8;
    if (entry.body.includes(term)) found += 3;
    if (linked.size && entry.links.some((id) => linked.has(id))) found += linked.has(entry.speaker) ? 4 : 1;
    return found;
  };

  const found = (entries, asked, terms) => {
    const hits = [];
    for (const entry of entries) {
      if (asked.type && entry.type !== asked.type) continue;
      if (asked.theme && entry.id !== asked.theme && !entry.themes?.includes(asked.theme)) continue;
      if (asked.initiative && entry.initiative !== asked.initiative) continue;
      let score = 0;
      if (!terms.every((term) => { const more = points(entry, term); score += more; return more; })) continue;
      hits.push([score, entry]);
    }
    return hits.sort((a, b) => b[0] - a[0]).map((hit) => hit[1]);
  };

  /** The sources with the sentences that hold every term. */
  const heard = (sources, asked, terms) => {
    if (asked.theme || asked.initiative || (asked.type && asked.type !== "sentence") || !terms.length) return [];
    const hits = [];
    for (const source of sources) {
      const rows = source.sentences.filter((row) => {
        row.hay ??= fold(`${row.words}\n${row.corrected ?? ""}`);
        return terms.every(({ term }) => row.hay.includes(term));
      });
      if (rows.length) hits.push({ source, rows });
    }
    return hits;
  };

  /** A text cut around the first of some terms, with each marked. Folding can change lengths, so places are counted character by character. */
  const marked = (text, terms, longest, properties = {}) => {
    const characters = [...text], folded = characters.map(fold);
    const starts = []; let low = "";
    folded.forEach((each, i) => { starts.push(low.length); low += each; });
    const spans = [];
    for (const { term } of terms) for (let at = low.indexOf(term); at >= 0; at = low.indexOf(term, at + term.length)) spans.push([at, at + term.length]);
    spans.sort((a, b) => a[0] - b[0]);
    const place = (offset) => { let low = 0, high = starts.length; while (low < high) { const middle = (low + high) >> 1; starts[middle] < offset ? low = middle + 1 : high = middle; } return low; };
    let from = spans.length ? place(spans[0][0]) : 0;
    from = characters.length <= longest || from < 60 ? 0 : Math.max(characters.lastIndexOf(" ", from - 40) + 1, from - 60);
    let to = from + longest;
    if (to < characters.length) { const space = characters.lastIndexOf(" ", to); if (space > from + longest / 2) to = space; }
    const made = make("span", properties, from ? "… " : "");
    let last = from;
    for (const [start, end] of spans) {
      const one = place(start), two = place(end);
      if (one < last || two > to) continue;
      made.append(characters.slice(last, one).join(""), make("mark", { textContent: characters.slice(one, two).join("") }));
      last = two;
    }
    made.append(characters.slice(last, to).join(""), to < characters.length ? " …" : "");
    return made;
  };

  const searching = () => {
    const form = document.querySelector("form.nb-find");
    const status = document.querySelector(".nb-found");
    const lists = { records: document.querySelector(".nb-hits--records"), sentences: document.querySelector(".nb-hits--sentences") };
    const says = form.dataset;
    const page = document.documentElement.lang;
    const types = Object.fromEntries(all(".nb-words [data-type]").map((each) => [each.dataset.type, each.textContent]));
    const verbs = Object.fromEntries(all(".nb-words [data-stance]").map((each) => [each.dataset.stance, each.dataset.verb]));
    const stances = Object.fromEntries(all(".nb-words [data-stance]").map((each) => [each.dataset.stance, new Set([fold(each.textContent), ...each.dataset.words.split(" ").filter(Boolean).map(fold)])]));
    const fields = Object.fromEntries(["type", "theme", "initiative", "q"].map((name) => [name, form.elements[name]]));
    for (const [name, field] of Object.entries(fields)) if (query.get(name)) field.value = query.get(name);

    const title = (entry) => entry.native && !page.startsWith("en") ? [entry.native, page] : [entry.title, entry.lang ?? "en"];
    /** The name of a record; its other name too, if only that one holds a term. */
    const named = (entry, terms = []) => {
      const [text, lang] = title(entry);
      const made = marked(text, terms, 400, { lang });
      const [other, tongue] = text === entry.title ? [entry.native, says.native] : [entry.title, "en"];
      if (other && terms.some(({ term }) => fold(other).includes(term) && !fold(text).includes(term))) made.append(" ", marked(other, terms, 400, { lang: tongue }));
      return made;
    };
    const kind = (...parts) => {
      const made = make("span", { className: "nb-kind" });
      parts.filter(Boolean).forEach((part, i) => made.append(i ? " · " : " ", part));
      return made;
    };
    const stance = (name) => make("span", { className: `nb-stance nb-stance--${name}`, lang: page, textContent: verbs[name] });
    const who = (id, how, terms = []) => { const made = make("span", {}); if (byId.get(id)) made.append(named(byId.get(id), terms), " "); made.append(stance(how)); return made; };
    const machine = () => make("strong", { className: "nb-machine", lang: page, textContent: says.machine });

    const recordItem = (entry, terms) => {
      const link = make("a", { href: (entry.type === "page" ? says.up : says.home) + entry.path }, named(entry, terms));
      const whole = entry.type === "initiative" ? null : byId.get(entry.initiative);
      const through = entry.links.filter((id) => id !== entry.initiative && id !== entry.speaker && terms.some(({ term, linked }) => linked.has(id) && !`${entry.head}\n${entry.body}`.includes(term)));
      const made = make("li", {}, link, kind(types[entry.type], entry.date && make("time", { dateTime: entry.date, textContent: entry.date }), whole && named(whole, terms), ...through.map((id) => named(byId.get(id), terms))));
      if (entry.text) made.append(make("p", { className: "nb-remark" }, marked(entry.text, terms, 220, { lang: entry.lang ?? "en" })));
      if (entry.quote) { // never without its stance
        const quote = make("p", { className: "nb-remark" }, who(entry.speaker, entry.stance, terms), " “", marked(entry.quote, terms, 220, { lang: "en" }), "”");
        if (entry.machine) quote.append(" ", machine());
        made.append(quote);
      }
      return made;
    };
    const sentenceItem = ({ source, rows }, terms) => {
      const entry = byPath.get(source.path);
      const rest = make("ul", { className: "nb-sentences" });
      for (const row of rows) {
        const inWords = terms.every(({ term }) => fold(row.words).includes(term));
        const words = make("a", { href: `${says.home}${source.path}#${row.eid}`, lang: source.lang }, marked(inWords ? row.words : row.corrected, terms, 320));
        const item = make("li", {}, words);
        if (!inWords) item.append(" ", make("span", { className: "nb-kind", textContent: says.corrected }));
        for (const [id, how] of row.said ?? []) item.append(" ", who(id, how));
        rest.append(item);
      }
      const made = make("li", {}, make("a", { href: says.home + source.path }, named(entry)), kind(types.source, entry.date && make("time", { dateTime: entry.date, textContent: entry.date })));
      if (source.machine) made.append(" ", machine());
      made.append(rest);
      return made;
    };

    const show = (list, hits, item) => {
      list.replaceChildren();
      list.parentElement.hidden = !hits.length;
      if (!hits.length) return;
      const more = (from) => {
        list.append(...hits.slice(from, from + PAGE).map(item));
        if (hits.length > from + PAGE) {
          const button = make("button", { type: "button", className: "nb-more", textContent: says.more });
          const row = make("li", {}, button);
          button.addEventListener("click", () => { row.remove(); more(from + PAGE); list.children[from + PAGE]?.querySelector("a")?.focus(); });
          list.append(row);
        }
      };
      more(0);
    };
    const number = (count, one, some) => `${count} ${count === 1 ? one : some}`;

    const run = () => {
      const entries = window.normbookEntries, sources = window.normbookSentences;
      if (!entries) return;
      if (!byId) prepare(entries);
      const asked = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
      remember(asked);
      const look = (loose) => {
        const { terms, hasPhrase } = parsed(asked.q, loose);
        const meant = meanings(terms, entries, stances);
        return { meant, hasPhrase, records: found(entries, asked, meant), texts: heard(sources ?? [], asked, meant) };
      };
      if (!Object.values(asked).some(Boolean)) { status.textContent = ""; show(lists.records, []); show(lists.sentences, []); return; }
      let result = look(false), loose = false;
      if (sources && result.hasPhrase && !result.records.length && !result.texts.length) { loose = true; result = look(true); }
      const { meant, records, texts } = result;
      const count = texts.reduce((sum, each) => sum + each.rows.length, 0);
      show(lists.records, records, (entry) => recordItem(entry, meant));
      show(lists.sentences, texts, (hit) => sentenceItem(hit, meant));
      status.replaceChildren();
      if (loose && (records.length || count)) status.append(says.loose, " ");
      if (records.length) status.append(number(records.length, says.one, says.some));
      if (count) status.append(records.length ? says.comma : "", make("a", { href: "#sentences", textContent: number(count, says.sentence, says.sentences) }));
      if (!records.length && !count) status.textContent = sources ? says.none : says.loading;
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(run, 120); });
    for (const src of [says.entries, says.texts]) {
      document.head.append(make("script", { src, onload: run, onerror: () => { status.textContent = says.broken; } }));
    }
  };

  searching();
})();
