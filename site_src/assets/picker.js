/* Picks a quotation on a source's page: from selected words to the entry of a record, or of a proposed correction. Nothing is sent; the draft
 * stays in this browser. Offsets are code points of the cleaned text, which the page's own words make up, with what lies between its lines. */
(() => {
  "use strict";
  const { all, make, query } = window.normbook;
  const panel = document.getElementById("nb-picker"), edition = document.querySelector(".nb-edition");
  if (!panel || !edition) return;
  const data = JSON.parse(document.getElementById("nb-picking").textContent);
  const APPARATUS = ".nb-r, .nb-tag, .nb-told, .nb-new, .nb-why, .nb-ref, .nb-perma, .nb-repeat, .nb-item-number, .nb-edit del";
  const KEY = `normbook.picker.${data.source}`;
  const FARTHEST = 400;  // words on one side of a quotation, among which those are looked for that make it unique
  const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), panel.dataset[key]);
  const part = (selector) => panel.querySelector(selector);
  const points = (text) => Array.from(text);

  /** The cleaned text as code points, and its text nodes with the place of each. */
  const { chars, nodes } = (() => {
    const chars = [...points(data.between[0])], nodes = [];
    all(":scope > p.nb-block", edition).forEach((block, i) => {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_ALL, (node) =>
        node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT : node.nodeType === Node.ELEMENT_NODE && !node.matches(APPARATUS) ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_REJECT);
      while (walker.nextNode()) {
        const words = points(walker.currentNode.data);
        nodes.push({ node: walker.currentNode, words: walker.currentNode.data, start: chars.length, end: chars.length + words.length });
        for (const each of words) chars.push(each);
      }
      for (const each of data.between[i + 1] ?? "") chars.push(each);
    });
    return { chars, nodes };
  })();
  if (chars.length !== data.length) return;  // the page was changed before this ran, so no offset would be right
  const cleaned = { chars, text: chars.join("") };
  const words = (start, end, from = chars) => from.slice(start, end).join("");
  const sentences = all(".nb-sent[data-start]", edition).map((each) => ({ start: +each.dataset.start, end: +each.dataset.end }));

  // What is loaded when it is first needed: what reads the words around a selection, and the text as received.

  const loading = new Map();
  const load = (path) => {
    if (!loading.has(path)) loading.set(path, new Promise((done) => {
      const script = make("script", { src: panel.dataset.up + path });
      script.addEventListener("load", () => done(true));
      script.addEventListener("error", () => done(false));
      document.head.append(script);
    }));
    return loading.get(path);
  };
  const given = {};
  window.normbookGiven ??= (kind, name, value) => { (given[kind] ??= new Map()).set(name, value); };
  /** What reads the words around a selection; null until it is loaded, and where it cannot be. */
  const reader = () => {
    if (!given.words || !window.normbookSupport || !window.normbookContext) return null;
    try { return window.normbookSupport(given.words); } catch { return null; }  // a browser without the patterns of the languages
  };
  const readers = () => Promise.all([load("propose/words.js"), ...["days", "denied", "support", "context"].map((each) => load(`assets/propose/${each}.js`))]);

  /** How a selection is refused: the key of the reason, and what it names. */
  const refuse = (key, values) => ({ refused: key, values });
  const reading = () => document.querySelector('.nb-switch input[name="reading"]:checked')?.value ?? "cleaned";
  const isSpace = (char) => /^\s*$/u.test(char);
  const belongs = (char) => char !== undefined && /^[\p{M}\u200d]/u.test(char);

  /** The code points of the cleaned text that a range holds, without space at its ends, or why they cannot be quoted. */
  const placed = (range) => {
    const element = (node) => node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const [from, to] = [element(range.startContainer), element(range.endContainer)];
    if (range.collapsed) return refuse("empty");
    if (nodes.some(({ node, words }) => !node.isConnected || node.data !== words)) return refuse("changed");
    if (reading() === "corrected" || from.closest(".nb-r") || to.closest(".nb-r")) return edition.contains(range.commonAncestorContainer) || range.intersectsNode(edition) ? refuse("corrected") : refuse("empty");
    let start = Infinity, end = -1;
    for (const each of nodes) {
      if (!range.intersectsNode(each.node)) continue;
      const a = each.node === range.startContainer ? range.startOffset : 0, b = each.node === range.endContainer ? range.endOffset : each.words.length;
      if (a >= b) continue;
      const cut = /^[\udc00-\udfff]/.test(each.words.slice(a)) ? 1 : 0;  // an end inside a character takes in the whole of it
      start = Math.min(start, each.start + points(each.words.slice(0, a - cut)).length);
      end = Math.max(end, each.start + points(each.words.slice(0, b)).length);
    }
    if (end <= start) {
      const removed = all(".nb-dropped > p:first-of-type", edition).find((each) => range.intersectsNode(each));
      return removed ? receivedIn(removed, range) : refuse("empty");
    }
    if (reading() !== "cleaned") {
      const other = reading() === "marked" ? ".nb-edit, .nb-corr" : ".nb-edit";
      if (all(`.nb-l :is(${other})`, edition).some((each) => range.intersectsNode(each))) return refuse("differs");
    }
    return judged(start, end);
  };

  let received = null;  // the text as received, and the spans of it that cleaning drops
  const loadReceived = async () => {
    await load(`propose/texts/${data.source}.js`);
    const text = given.text?.get(data.source);
    if (text) received = { chars: points(text.received), text: text.received, dropped: text.dropped };
    return received !== null;
  };
  /** The code points of the received text that a range in dropped words holds, or why they cannot be quoted. */
  const receivedIn = (block, range) => {
    if (!received) return refuse("removed", { block, range });
    const own = document.createRange();
    own.selectNodeContents(block);
    if (block.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset);
    const cut = block.contains(range.startContainer) ? document.createRange() : null;
    if (cut) { cut.selectNodeContents(block); cut.setEnd(range.startContainer, range.startOffset); }
    const lead = cut ? points(cut.toString()).length : 0, length = points(own.toString()).length, whole = block.textContent;
    const same = all(".nb-dropped > p:first-of-type", edition).filter((each) => each.textContent === whole).indexOf(block);
    const holder = received.dropped.filter(([a, b]) => words(a, b, received.chars).replace(/^\n+|\n+$/g, "") === whole)[same];
    if (!holder) return refuse("removed");
    let at = holder[0];
    while (received.chars[at] === "\n") at += 1;
    let [start, end] = [at + lead, at + length];
    while (start < end && isSpace(received.chars[start])) start += 1;
    while (end > start && isSpace(received.chars[end - 1])) end -= 1;
    if (start >= end) return refuse("blank");
    const around = anchored(start, end, received.chars, received.text);
    return around ? { start, end, ...around, reading: "received" } : refuse("repeated");
  };

  /** What stands around the words of a span and bears on them, with its places in the text; null where nothing does, or nothing can tell. */
  const around = (span) => {
    const asked = reader();
    if (!asked || span.reading) return null;
    for (const each of sentences.filter(({ start, end }) => start < span.end && span.start < end)) {
      const units = (a, b) => words(a, b).length, sentence = words(each.start, each.end), at = (n) => each.start + points(sentence.slice(0, n)).length;
      const found = window.normbookContext.advise(asked, sentence, units(each.start, Math.max(each.start, span.start)), units(each.start, Math.min(each.end, span.end)));
      if (!found) continue;
      const frames = found.frames.map((frame) => judged(...frame.map(at))).filter((frame) => !("refused" in frame) && !(span.start < frame.end && frame.start < span.end)), widen = found.widen && [Math.min(span.start, at(found.widen[0])), Math.max(span.end, at(found.widen[1]))];
      return { ...found, frames, widen };
    }
    return null;
  };

  /** The span of a quotation, widened to whole characters and without space at its ends, or why it is none. */
  const judged = (start, end) => {
    while (start > 0 && belongs(chars[start])) start -= 1;
    while (belongs(chars[end])) end += 1;
    while (start < end && isSpace(chars[start])) start += 1;
    while (end > start && isSpace(chars[end - 1])) end -= 1;
    if (start === end) return refuse("blank");
    if (data.removed.some((at) => start < at && at < end)) return refuse("spans");
    const cut = data.pieces.find(([first, last]) => (first < start && start < last) || (first < end && end < last));
    if (cut) return refuse("cuts", { words: words(...cut).replaceAll("\n", "↵") });
    if (end - start > data.longest) return refuse("long", { most: data.longest });
    const around = anchored(start, end);
    return around ? { start, end, ...around } : refuse("repeated");
  };

  /** How many words must be taken in on each side: the fewest, and of those the fewest characters. */
  const anchored = (start, end, chars = cleaned.chars, text = cleaned.text) => {
    const words = (a, b) => chars.slice(a, b).join("");
    const lefts = [start], rights = [end];
    const left = (n) => { while (lefts.length <= n && lefts.at(-1) > 0) lefts.push(step(lefts.at(-1), -1, chars)); return lefts[Math.min(n, lefts.length - 1)]; };
    const right = (n) => { while (rights.length <= n && rights.at(-1) < chars.length) rights.push(step(rights.at(-1), 1, chars)); return rights[Math.min(n, rights.length - 1)]; };
    const once = (i, j) => {
      const whole = words(left(i), right(j)), at = text.indexOf(whole);
      return text.indexOf(whole, at + 1) < 0;
    };
    let best = null;
    let j = FARTHEST, i = 0;
    if (once(0, 0)) return { low: start, high: end };
    while (i <= FARTHEST && !once(i, FARTHEST)) i += 1;  // the left side alone may have to reach far
    for (; i <= FARTHEST; i += 1) {
      let few = 0, enough = j;  // more words on the left never need more on the right
      while (few < enough) {
        const middle = (few + enough) >> 1;
        if (once(i, middle)) enough = middle; else few = middle + 1;
      }
      j = enough;
      const size = right(j) - left(i);
      if (!best || i + j < best.steps || (i + j === best.steps && size < best.size)) best = { steps: i + j, size, low: left(i), high: right(j) };
      if (j === 0 || i >= best.steps) break;
    }
    return best && start - best.low <= data.longest && best.high - end <= data.longest ? { low: best.low, high: best.high } : null;
  };

  /** The place a word further on, or back; characters of scripts without spaces count as words. */
  const step = (at, direction, chars = cleaned.chars) => {
    const dense = (char) => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(char);
    let next = at;
    const look = () => chars[direction < 0 ? next - 1 : next];
    while (look() !== undefined && isSpace(look())) next += direction;
    if (look() === undefined) return next;
    if (dense(look())) next += direction;
    else while (look() !== undefined && !isSpace(look()) && !dense(look())) next += direction;
    while (belongs(chars[next]) && next > 0 && next < chars.length) next += direction;
    return next;
  };

  /** What the book already says of these words: from the closest quotation around them, else from the form of speech of their sentence. */
  const proposed = (start, end) => {
    const around = data.said.filter(([a, b]) => a <= start && end <= b).sort((one, two) => one[1] - one[0] - two[1] + two[0] || (one[3] === "unnamed") - (two[3] === "unnamed"));
    if (around.length) {
      const [, , record, speaker, stance, speech] = around[0];
      return { speaker, stance, speech, record };
    }
    const told = data.reported.filter(([a, b]) => (a <= start && end <= b) || (start <= a && b <= end));  // the text itself says whose words they are
    if (told.length && told.every((each) => each.slice(2).join() === told[0].slice(2).join())) return { speaker: told[0][2], stance: told[0][3], speech: told[0][4], record: "" };
    const form = data.speech.find(([a, b]) => a <= start && end <= b)?.[2] ?? "";
    return form && form !== "narrated" && data.actors.length === 1 ? { speaker: data.actors[0], stance: "asserted", speech: form, record: "" } : { speaker: "unnamed", stance: "reported", speech: form, record: "" };
  };

  /** A text in double quotation marks, as YAML reads it: what is not seen, or would end a line, is an escape. */
  const quoted = (value) => '"' + value.replace(/["\\]|[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffd]/gu, (char) => {
    const code = char.codePointAt(0), short = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" }[char];
    return short ?? (code > 0xffff ? `\\U${code.toString(16).toUpperCase().padStart(8, "0")}` : `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`);
  }) + '"';
  const plain = (value) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && !/^(true|false|yes|no|on|off|null|y|n)$/.test(value) ? value : quoted(value);
  const anchorLines = ({ start, end, low, high, reading }, indent) => {
    const from = reading ? received.chars : chars;
    return [
      ...(low < start ? [`${indent}prefix: ${quoted(words(low, start, from))}`] : []), `${indent}exact: ${quoted(words(start, end, from))}`, ...(high > end ? [`${indent}suffix: ${quoted(words(end, high, from))}`] : []),
    ];
  };
  const entry = (lines) => lines.map((line, i) => (i ? "    " : "  - ") + line).join("\n") + "\n";
  const noted = (line, note) => note ? `${line}  # ${note}` : line;

  let advice = null;  // what stands around the words of the draft and bears on them
  let draft = null;  // mode, the span, the spans of context words, and what was filled in
  const field = (key) => part(`[data-key="${key}"]`);
  const values = (key) => all("option", field(key)).map((option) => option.value).filter(Boolean);

  const quotationText = (span) => {
    const known = span.reading ? { speaker: "unnamed", stance: "reported", speech: "", record: "" } : proposed(span.start, span.end), given = draft.given;
    const turned = advice?.stance && window.normbookContext.OWN.includes(known.stance), hint = turned ? { ...known, stance: advice.stance, record: "" } : known;
    const record = hint.record && say("asIn", { record: hint.record });
    const stance = given.stance || hint.stance, speech = given.speech ?? hint.speech;
    field("speaker").value = given.speaker ?? hint.speaker;
    field("speech").value = speech;
    field("stance").value = stance;
    field("role").value = given.role || "supports";
    return entry([
      `source: ${plain(data.source)}`, ...(span.reading ? [`reading: ${span.reading}`] : []), ...anchorLines(span, ""),
      ...(draft.frames.length ? ["frame:", ...draft.frames.flatMap((each) => anchorLines(each, "    ").map((line, i) => i ? line : line.replace("    ", "  - ")))] : []),
      noted(`speaker: ${plain(field("speaker").value.trim() || "unnamed")}`, given.speaker === undefined && (record || say("checkSpeaker"))),
      ...(speech ? [`speech: ${speech}`] : []),
      noted(`stance: ${stance}`, !given.stance && (record || (turned ? say("checkDenied") : "") || say("choose", { values: values("stance").join(", ") }))),
      `role: ${field("role").value}`,
    ]);
  };

  const correctionText = (span) => {
    const given = draft.given;
    for (const key of ["replacement", "reason", "category", "certainty", "basis", "original"]) field(key).value = given[key] ?? "";
    const number = String(span.start).padStart(4, "0");
    let id = `${data.source}-${number}`;
    for (let n = 2; data.corrections.includes(id); n += 1) id = `${data.source}-${number}-${n}`;
    const written = (key, needed = true) => {
      const value = (given[key] ?? "").trim();
      return value || needed ? [noted(`${key}: ${value && field(key).matches("select") ? value : quoted(key === "replacement" ? given[key] ?? "" : value)}`, !value && key !== "replacement" && say("fill"))] : [];
    };
    return entry([`id: ${plain(id)}`, ...anchorLines(span, ""), ...["replacement", "reason", "category", "certainty"].flatMap((key) => written(key)), "review: needs-review", ...written("basis", false), ...written("original", false)]);
  };

  /** What is still wrong with a correction. */
  const faults = (span) => {
    const given = draft.given, name = (key) => part(`label[for="nb-pick-${key}"]`).textContent;
    const lacking = ["reason", "category", "certainty"].filter((key) => !given[key]?.trim());
    const loose = given.category === "retranslation" && (!given.basis?.trim() || given.certainty === "high" || !/^\[[^]*\]$/.test(given.replacement ?? ""));
    return [
      ...(lacking.length ? [say("missing", { fields: lacking.map(name).join(", ") })] : []), ...(given.replacement === words(span.start, span.end) ? [say("same")] : []),
      ...(data.taken.some(([a, b]) => a < span.end && span.start < b) ? [say("overlaps")] : []), ...(loose ? [say("retranslation")] : []),
    ];
  };

  const keep = () => {
    try { draft ? localStorage.setItem(KEY, JSON.stringify(draft)) : localStorage.removeItem(KEY); } catch { /* storage may be forbidden */ }
  };

  /** Shows where the cited words stand. */
  const shown = (span) => {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = span ? nodes.filter((each) => each.start < span.end && span.start < each.end).map((each) => {
      const range = document.createRange(), own = points(each.words), at = (n) => own.slice(0, n).join("").length;
      range.setStart(each.node, at(Math.max(0, span.start - each.start)));
      range.setEnd(each.node, at(Math.min(own.length, span.end - each.start)));
      return range;
    }) : [];
    CSS.highlights.set("nb-picked", new Highlight(...ranges));
  };

  /** Shows the panel with a quotation, or with the reason why there is none. */
  const show = (result, told = "") => {
    panel.hidden = false;
    const refused = "refused" in result;
    part(".nb-pick-made").hidden = refused;
    part(".nb-pick-switch").hidden = !["corrected", "differs"].includes(result.refused);
    part(".nb-pick-told").textContent = "";
    panel.classList.toggle("nb-pick-refused", refused);
    const mode = draft?.mode ?? "quotation";
    for (const each of all(".nb-pick-fields", panel)) each.hidden = each.dataset.mode !== mode;
    for (const each of all('input[name="nb-mode"]', panel)) each.checked = each.value === mode;
    if (refused) {
      part("#nb-quotation").textContent = "";
      part(".nb-pick-status").textContent = say(result.refused, result.values);
      return;
    }
    advice = mode === "quotation" ? around(result) : null;
    if (mode === "quotation" && draft.own === undefined && reader()) draft.frames = advice?.frames ?? [];
    part(".nb-pick-unframe").hidden = mode !== "quotation" || !draft.frames.length;
    part(".nb-pick-widen").hidden = !advice?.widen;
    for (const each of all('input[value="correction"], .nb-pick-ends button', panel)) each.disabled = Boolean(result.reading);
    const needed = advice && (advice.widen || (advice.frames.length && draft.own === undefined)) ? say(advice.key, { words: advice.words }) : "";
    if (mode === "correction" && draft.given.replacement === undefined) draft.given.replacement = words(result.start, result.end);  // to be corrected in its place
    part("#nb-quotation").textContent = mode === "correction" ? correctionText(result) : quotationText(result);
    const lone = result.low === result.start && result.high === result.end;
    part(".nb-pick-status").textContent = [told, say(result.reading ? "placedReceived" : "placed", { start: result.start, end: result.end }), say(lone ? "alone" : "around"), needed, ...(mode === "correction" ? faults(result) : [])].filter(Boolean).join(" ");
    shown(result.reading ? null : result);
    if (mode === "quotation" && !reader()) readers().then(() => { if (reader() && !panel.hidden && draft) { again(told); keep(); } });
  };

  /** Sets the panel below the line in which the words stand, or the last line. */
  const settle = (at) => {
    const last = nodes.findLast((each) => each.start < at) ?? nodes[0];
    last.node.parentElement.closest(".nb-block").after(panel);
  };

  const begin = (result, focus = true, near = null, mode = draft?.mode ?? "quotation") => {
    if (!("refused" in result)) {
      draft = { mode, start: result.start, end: result.end, exact: words(result.start, result.end, result.reading ? received.chars : chars), frames: [], given: {}, ...(result.reading ? { reading: result } : {}) };
      if (result.reading) draft.mode = "quotation";
      result.reading ? (near.closest(".nb-edition > *") ?? edition.querySelector(".nb-dropped")).after(panel) : settle(result.end);
      getSelection().removeAllRanges();  // the page marks the words itself
    } else {
      const block = near?.closest?.(".nb-edition > *");
      if (block && block !== panel) block.after(panel);
    }
    show(result);
    keep();
    if (focus) part("#nb-picker-title").focus({ preventScroll: true });
    if (focus) panel.scrollIntoView({ block: panel.offsetHeight < innerHeight * 0.7 ? "nearest" : "start" });
  };
  const again = (told = "") => { if (draft) show(draft.reading && received ? draft.reading : judged(draft.start, draft.end), told); };

  /** The buttons that come with a selection. */
  const bar = make("div", { className: "nb-pick-bar", hidden: true });
  bar.lang = panel.lang;
  const cite = make("button", { type: "button", textContent: say("cite") });
  const correct = make("button", { type: "button", textContent: say("correct"), hidden: !data.corrections });
  const frame = make("button", { type: "button", textContent: say("frame") });
  bar.append(cite, correct, frame);
  edition.append(bar);
  let picked = null;  // the last selection in the text, for a touch on the button may undo the selection itself
  const follow = () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !range.intersectsNode(edition) || panel.contains(range.commonAncestorContainer)) {
      if (!bar.contains(document.activeElement)) setTimeout(() => { if (getSelection().isCollapsed && !bar.contains(document.activeElement)) bar.hidden = true; }, 250);
      return;
    }
    picked = range.cloneRange();
    const rects = range.getClientRects(), own = edition.getBoundingClientRect(), last = rects[rects.length - 1] ?? own;
    frame.hidden = !draft || draft.mode !== "quotation" || panel.hidden;
    bar.hidden = false;
    bar.style.top = `${Math.min(last.bottom, own.bottom) - own.top + (matchMedia("(pointer: coarse)").matches ? 36 : 8)}px`;
    bar.style.left = `${Math.max(0, Math.min(last.left - own.left, own.width - bar.offsetWidth))}px`;
  };
  document.addEventListener("selectionchange", follow);
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  const ended = (range) => range.endContainer.nodeType === Node.ELEMENT_NODE ? range.endContainer : range.endContainer.parentElement;
  for (const [button, mode] of [[cite, "quotation"], [correct, "correction"]]) button.addEventListener("click", () => {
    bar.hidden = true;
    if (draft) draft.mode = mode;
    const result = picked ? placed(picked) : refuse("empty"), near = picked && ended(picked);
    if (result.values?.block) loadReceived().then((there) => begin(there ? placed(result.values.range) : refuse("removed"), true, near, mode));  // dropped words: from the text as received
    else begin(result, true, near, mode);
  });
  frame.addEventListener("click", () => {
    bar.hidden = true;
    const result = picked ? placed(picked) : refuse("empty");
    if ("refused" in result) {
      part(".nb-pick-status").textContent = say(result.refused, result.values);
    } else {
      draft.frames.push(result);
      draft.own = true;  // the frames are the reader's own
      keep();
      again();
    }
    part("#nb-picker-title").focus();
  });

  for (const sentence of all(".nb-sent[data-start]", edition)) {
    const button = make("button", { type: "button", className: "nb-pick", textContent: "“", title: say("citeSentence") });
    button.setAttribute("aria-label", `${say("citeSentence")} ${sentence.id}`);
    button.lang = panel.lang;
    const mark = sentence.parentElement.querySelector(":scope > .nb-aids > .nb-perma") ?? sentence;
    mark.after(button);
    button.addEventListener("click", () => begin(judged(+sentence.dataset.start, +sentence.dataset.end), true, sentence));
  }

  for (const button of all(".nb-pick-ends button", panel)) button.addEventListener("click", () => {
    const move = +button.dataset.step, ends = { start: draft.start, end: draft.end };
    ends[button.dataset.end] = step(ends[button.dataset.end], move);
    if (ends.start >= ends.end) return;
    const result = judged(ends.start, ends.end);
    if ("refused" in result && result.refused !== "cuts") {
      part(".nb-pick-status").textContent = say(result.refused, result.values);
      return;
    }
    if ("refused" in result) {  // go on to the end of the piece that would be cut
      const [first, last] = data.pieces.find(([a, b]) => a < ends[button.dataset.end] && ends[button.dataset.end] < b);
      ends[button.dataset.end] = move < 0 ? first : last;
    }
    const moved = judged(ends.start, ends.end);
    if ("refused" in moved) { part(".nb-pick-status").textContent = say(moved.refused, moved.values); return; }
    moveTo(moved);
  });
  const moveTo = (span) => {
    if (draft.given.replacement === draft.exact) delete draft.given.replacement;  // not touched yet
    Object.assign(draft, { start: span.start, end: span.end, exact: words(span.start, span.end) });
    show(span);
    keep();
  };
  part(".nb-pick-widen button").addEventListener("click", () => {
    const wider = advice?.widen ? judged(...advice.widen) : refuse("empty");
    if ("refused" in wider) { part(".nb-pick-status").textContent = say(wider.refused, wider.values); return; }
    moveTo(wider);
    part("#nb-picker-title").focus();
  });
  for (const each of all("[data-key]", panel)) each.addEventListener(each.matches("select") ? "change" : "input", () => {
    draft.given[each.dataset.key] = each.value;
    const at = [each.selectionStart, each.selectionEnd];
    keep();
    again();
    if (each.matches("input")) each.setSelectionRange(...at);
  });
  for (const each of all('input[name="nb-mode"]', panel)) each.addEventListener("change", () => {
    if (!draft) return;
    draft.mode = each.value;
    keep();
    again();
  });
  part(".nb-pick-switch button").addEventListener("click", () => {
    const input = document.querySelector('.nb-switch input[value="cleaned"]');
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    panel.hidden = true;
    panel.previousElementSibling?.scrollIntoView({ block: "nearest" });
    input.focus({ preventScroll: true });
  });
  part(".nb-pick-copy").addEventListener("click", async () => {
    const made = part("#nb-quotation");
    try {
      await navigator.clipboard.writeText(made.textContent);
      part(".nb-pick-told").textContent = say("copied");
    } catch {  // not allowed, for instance from a file: the reader copies it
      getSelection().selectAllChildren(made);
      part(".nb-pick-told").textContent = say("select");
    }
  });
  part(".nb-pick-use")?.addEventListener("click", ({ currentTarget }) => {
    const back = /^([a-z]+)\.([a-z0-9-]*)$/.exec(query.get("for") ?? ""), correction = draft.mode === "correction";
    try { localStorage.setItem("normbook.picked", JSON.stringify({ mode: draft.mode, source: data.source, block: part("#nb-quotation").textContent })); } catch { part(".nb-pick-told").textContent = say("select"); return; }
    const to = correction ? `?type=correction&id=${data.source}&picked=1` : back ? `?type=${back[1]}${back[2] && `&id=${back[2]}`}&picked=1` : "?picked=1";
    location.href = currentTarget.dataset.address + to;
  });
  part(".nb-pick-unframe").addEventListener("click", () => { draft.frames = []; draft.own = true; keep(); again(); part("#nb-picker-title").focus(); });
  const close = () => {
    const back = panel.previousElementSibling?.querySelector(".nb-pick");
    panel.hidden = true;
    shown(null);
    back?.focus();
  };
  part(".nb-pick-close").addEventListener("click", close);
  part(".nb-pick-delete").addEventListener("click", () => { draft = null; keep(); close(); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    const fits = ({ start, end, exact }) => Number.isInteger(start) && Number.isInteger(end) && (exact === undefined || words(start, end) === exact);
    if (kept && !kept.reading && fits(kept) && Array.isArray(kept.frames) && kept.frames.every(fits) && kept.given && (kept.mode === "quotation" || (kept.mode === "correction" && data.corrections))) {
      draft = kept;
      settle(draft.end);
      show(judged(draft.start, draft.end), say("restored"));
    }
  } catch { /* no storage, or a draft that does not belong to this text */ }
})();
