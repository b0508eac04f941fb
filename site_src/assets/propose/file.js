/* Reads the YAML file of a record and writes the smallest change of it: only what differs is replaced, so comments, order and line breaks stay. */
(() => {
  "use strict";
  const { parseDocument, stringify, isMap, isSeq, isScalar } = window.normbookYaml;
  const WIDTH = 110;  // columns at which a new value is folded, as in `normbook new`
  const CONSTANTS = { "": null, "~": null, null: null, Null: null, NULL: null, true: true, True: true, TRUE: true, false: false, False: false, FALSE: false };
  const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/, NUMBER = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
  const HIDDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufdd0-\ufdef]|[\ufffe\uffff]/gu;
  const own = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  /** The value of a plain scalar, as `normbook` reads it: dates, times and the word no stay strings. */
  const plain = (word) => {
    if (own(CONSTANTS, word)) return CONSTANTS[word];
    if (INTEGER.test(word)) return word.length <= 17 && Math.abs(+word) <= Number.MAX_SAFE_INTEGER ? +word : word;
    return NUMBER.test(word) && Number.isFinite(+word) ? +word : word;
  };
  const valueOf = (node) => {
    if (node === null || node === undefined) return null;
    if (isScalar(node)) return node.type === "PLAIN" || !node.type ? plain(String(node.value ?? "")) : node.value;
    if (isSeq(node)) return node.items.map(valueOf);
    const made = {};
    for (const { key, value } of node.items) Object.defineProperty(made, String(key?.value ?? key), { value: valueOf(value), enumerable: true, writable: true, configurable: true });
    return made;
  };
  const equal = (a, b) => {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => own(b, key) && equal(a[key], b[key]));
  };
  const copy = (value) => Array.isArray(value) ? value.map(copy) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copy(each)])) : value;

  /** A file: its text, its parts with their places, its value, and what is wrong with it as YAML. */
  const read = (text) => {
    const doc = parseDocument(text, { schema: "failsafe", keepSourceTokens: true, uniqueKeys: true, strict: true, logLevel: "silent" });
    return { text, root: doc.contents, value: valueOf(doc.contents), errors: doc.errors.map((each) => ({ message: each.message.split("\n")[0], line: each.linePos?.[0].line ?? 1, column: each.linePos?.[0].col ?? 1 })) };
  };

  /** A value as block YAML, in the style of the book's files. */
  const written = (value, indent) => {
    const doc = parseDocument("");
    const styled = (each) => {
      const node = doc.createNode(each);
      const visit = (part) => {
        if (isScalar(part)) {
          if (typeof part.value !== "string") return;
          HIDDEN.lastIndex = 0;
          if (part.value !== part.value.trim() || part.value.includes("\n") || HIDDEN.test(part.value)) part.type = "QUOTE_DOUBLE";
          else if (typeof plain(part.value) !== "string" || /^(y|n|yes|no|on|off)$/i.test(part.value) || /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$|^0[xob]?[0-9a-f_]+$|^[-+]?[0-9._]+$|^[-+]?\.(inf|nan)$|^[=<]+$/i.test(part.value)) part.type = "QUOTE_SINGLE";
        } else if (isSeq(part)) part.items.forEach(visit);
        else if (isMap(part)) part.items.forEach((pair) => { visit(pair.key); visit(pair.value); });
      };
      visit(node);
      return node;
    };
    const text = stringify(styled(value), { lineWidth: Math.max(40, WIDTH - indent), minContentWidth: 20, blockQuote: false, singleQuote: true, doubleQuotedMinMultiLineLength: 60 });
    const pad = " ".repeat(indent);
    return text.trimEnd().replace(HIDDEN, (char) => {
      const code = char.codePointAt(0);
      return code > 0xffff ? `\\U${code.toString(16).toUpperCase().padStart(8, "0")}` : `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
    }).replace(/\n(?=[^\n])/g, `\n${pad}`);
  };

  /** The text of a value with another value in its place, as a list of replacements [start, end, text]. */
  const changesOf = (file, value, order) => {
    const { text } = file, found = [];
    const column = (at) => at - (text.lastIndexOf("\n", at - 1) + 1);
    const lineEnd = (at) => { const end = text.indexOf("\n", at); return end < 0 ? text.length : end; };
    const endOf = (node, from) => {
      if (!node?.range) return from;
      if (!node.flow && node.items?.length) {
        const last = node.items.at(-1);
        return isMap(node) ? endOf(last.value, keyEnd(last)) : endOf(last, node.range[1]);
      }
      let end = Math.max(node.range[1], from);
      while (text[end - 1] === "\n") end -= 1;
      return end;
    };
    const keyEnd = (pair) => text.indexOf(":", pair.key.range[1]) + 1;
    const pairEnd = (pair) => endOf(pair.value, keyEnd(pair));
    const put = (start, end, words) => found.push([start, end, words]);

    const pairText = (key, each, indent) => written({ [key]: each }, indent);
    const itemText = (each, indent) => written([each], indent);

    const scalar = (node, before, after, whole) => {
      const splice = typeof before === "string" && typeof after === "string" && spliced(text, node, before, after);
      splice ? put(...splice) : whole();
    };
    const visit = (node, before, after, path, whole) => {
      if (equal(before, after)) return;
      const bothMaps = isMap(node) && !node.flow && after && typeof after === "object" && !Array.isArray(after) && node.items.length && Object.keys(after).length;
      const bothLists = isSeq(node) && !node.flow && Array.isArray(after) && node.items.length && after.length;
      if (bothMaps) return map(node, before, after, path, whole);
      if (bothLists) return list(node, before, after, path);
      return isScalar(node) ? scalar(node, before, after, whole) : whole();
    };
    const map = (node, before, after, path, whole) => {
      const pairs = node.items, first = pairs[0].key.range[0], indent = column(first);
      const kept = pairs.filter((pair) => own(after, pair.key.value));
      if (!kept.length) return whole();
      for (const [i, pair] of pairs.entries()) {
        const key = pair.key.value, start = pair.key.range[0];
        if (own(after, key)) {
          visit(pair.value, before[key], after[key], [...path, key], () => put(start, pairEnd(pair), pairText(key, after[key], indent)));
        } else if (text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "") {
          put(text.lastIndexOf("\n", start - 1) + 1, Math.min(text.length, lineEnd(pairEnd(pair)) + 1), "");
        } else {
          put(start, pairs[i + 1].key.range[0], "");  // the first key after a dash
        }
      }
      const ranks = order(path, after);
      const rank = (key) => { const at = ranks.indexOf(key); return at < 0 ? ranks.length : at; };
      const added = Object.keys(after).filter((key) => !own(before, key)).sort((a, b) => rank(a) - rank(b));
      const placed = new Map();
      for (const key of added) {
        const ahead = kept.filter((pair) => rank(pair.key.value) <= rank(key)).at(-1) ?? null;
        placed.set(ahead, [...(placed.get(ahead) ?? []), key]);
      }
      for (const [ahead, keys] of placed) {
        const made = keys.map((key) => pairText(key, after[key], indent)), pad = " ".repeat(indent);
        if (ahead) { const at = lineEnd(pairEnd(ahead)); put(at, at, made.map((each) => `\n${pad}${each}`).join("")); }
        else { const at = kept[0].key.range[0]; put(at, at, made.map((each) => `${each}\n${pad}`).join("")); }
      }
    };
    const list = (node, before, after, path) => {
      const items = node.items;
      const dash = (i) => text.lastIndexOf("-", items[i].range[0] - 1);
      const indent = column(dash(0)), pad = " ".repeat(indent);
      const end = (i) => lineEnd(endOf(items[i], items[i].range[1]));
      const pending = [];
      let at = 0;
      for (const [from, to] of [...pairsOf(before, after), [before.length, after.length]]) {
        pending.push([at ? from : from, to]);
        at = from;
      }
      let i = 0, j = 0;
      for (const [from, to] of pending) {
        while (i < from && j < to) {
          const number = i, value = after[j];
          visit(items[number], before[number], value, [...path, j], () => put(dash(number), endOf(items[number], items[number].range[1]), itemText(value, indent)));
          i += 1; j += 1;
        }
        for (; i < from; i += 1) put(text.lastIndexOf("\n", dash(i)) + 1, Math.min(text.length, end(i) + 1), "");
        const added = after.slice(j, to).map((each) => itemText(each, indent));
        if (added.length && i > 0) { const place = end(i - 1); put(place, place, added.map((each) => `\n${pad}${each}`).join("")); }
        else if (added.length) { const place = text.lastIndexOf("\n", dash(0)) + 1; put(place, place, added.map((each) => `${pad}${each}\n`).join("")); }
        j = to; i = from + 1; j += 1;
      }
    };
    visit(file.root, file.value, value, [], () => put(0, text.length, written(value, 0) + "\n"));
    return found;
  };

  /** Equal items of two lists, as pairs of places, in order: a longest common subsequence. */
  const pairsOf = (a, b) => {
    const table = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
    for (let i = a.length - 1; i >= 0; i -= 1) for (let j = b.length - 1; j >= 0; j -= 1) table[i][j] = equal(a[i], b[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    const found = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (equal(a[i], b[j])) found.push([i++, j++]);
      else if (table[i + 1][j] >= table[i][j + 1]) i += 1; else j += 1;
    }
    return found;
  };

  /** The replacement of the words that differ inside a string, so that its other lines stay as they are; null where that cannot be done. */
  const spliced = (text, node, before, after) => {
    if (!node.range || !["PLAIN", "QUOTE_SINGLE", "QUOTE_DOUBLE"].includes(node.type) || !before || !after) return null;
    const quote = { PLAIN: "", QUOTE_SINGLE: "'", QUOTE_DOUBLE: '"' }[node.type];
    const start = node.range[0] + quote.length, source = text.slice(start, node.range[1] - quote.length);
    if (node.type === "QUOTE_DOUBLE" && source.includes("\\")) return null;
    const places = [];  // of each character of the value in the source
    let at = 0;
    for (const char of before) {
      for (let i = 0; i < char.length; i += 1) places.push(at + i);
      const gap = char === " " && /^[ \t]*\n[ \t]*(?!\n)/.exec(source.slice(at));
      if (gap) at += gap[0].length;
      else if (quote === "'" && char === "'") at += source.startsWith("''", at) ? 2 : NaN;
      else if (source.startsWith(char, at)) at += char.length;
      else return null;
    }
    if (at !== source.length) return null;
    places.push(at);
    let low = 0, high = 0;
    const most = Math.min(before.length, after.length);
    while (low < most && before[low] === after[low]) low += 1;
    while (high < most - low && before.at(-1 - high) === after.at(-1 - high)) high += 1;
    if (/[\udc00-\udfff]/.test(after[low] ?? "") && low) low -= 1;
    let words = after.slice(low, after.length - high);
    if (/[\n\t]/.test(words) || (HIDDEN.lastIndex = 0, HIDDEN.test(words)) || (quote === '"' && /["\\]/.test(words))) return null;
    if (quote === "'") words = words.replaceAll("'", "''");
    return [start + places[low], start + places[before.length - high], words];
  };

  const applied = (text, changes) => {
    let made = text;
    for (const [start, end, words] of [...changes].map((each, i) => [...each, i]).sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[3] - a[3])) made = made.slice(0, start) + words + made.slice(end);
    return made;
  };

  /**
   * The file with another value: the smallest change. `order(path, value)` gives the keys of a mapping in canonical order.
   * What is written is read again; if a replacement of single words cannot carry the value, the whole value is written anew.
   */
  const changed = (file, value, order) => {
    if (equal(file.value, value)) return file.text;
    const made = applied(file.text, changesOf(file, value, order)), again = read(made);
    if (!again.errors.length && equal(again.value, value)) return made;
    const step = stepwise(file, value, order);
    if (step !== null) return step;
    throw new Error("the change could not be written");
  };

  /** The same, one top-level key after another, each written anew where the smallest change of it does not carry it. */
  const stepwise = (file, value, order) => {
    let now = file;
    for (const key of new Set([...Object.keys(file.value), ...Object.keys(value)])) {
      const next = { ...now.value };
      if (own(value, key)) next[key] = value[key]; else delete next[key];
      if (equal(next, now.value)) continue;
      let text = applied(now.text, changesOf(now, next, order)), again = read(text);
      if ((again.errors.length || !equal(again.value, next)) && own(value, key) && own(now.value, key)) {
        const without = { ...now.value };
        delete without[key];
        const bare = read(applied(now.text, changesOf(now, without, order)));
        text = applied(bare.text, changesOf(bare, next, order));
        again = read(text);
      }
      if (again.errors.length || !equal(again.value, next)) return null;
      now = again;
    }
    return equal(now.value, value) ? now.text : null;
  };

  /** The lines of two texts, each with its sign: " " in both, "-" only in the first, "+" only in the second. */
  const lines = (before, after) => {
    const a = before.split("\n"), b = after.split("\n");
    let head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
    const x = a.slice(head, a.length - tail), y = b.slice(head, b.length - tail);
    const made = a.slice(0, head).map((line) => [" ", line]);
    let i = 0, j = 0;
    for (const [from, to] of [...pairsOf(x, y), [x.length, y.length]]) {
      while (i < from) made.push(["-", x[i++]]);
      while (j < to) made.push(["+", y[j++]]);
      if (from < x.length) made.push([" ", x[from]]);
      i = from + 1; j = to + 1;
    }
    return [...made, ...a.slice(a.length - tail).map((line) => [" ", line])];
  };

  /** The change as a patch that `git apply` takes; `before` is null for a new file. */
  const patch = (path, before, after) => {
    const head = [`diff --git a/${path} b/${path}`, ...(before === null ? ["new file mode 100644", "--- /dev/null"] : [`--- a/${path}`]), `+++ b/${path}`];
    const rows = lines(before ?? "", after).map(([sign, line]) => ({ sign, line }));
    const ends = { "-": before === null || before.endsWith("\n"), "+": after.endsWith("\n") };
    if (before === null) rows.shift();  // the empty text before
    if (ends["-"] && ends["+"] && rows.at(-1)?.line === "") rows.pop();
    const hunks = [];
    let old = 1, fresh = 1;
    rows.forEach((row, i) => {
      Object.assign(row, { old, fresh });
      if (row.sign !== "+") old += 1;
      if (row.sign !== "-") fresh += 1;
      if (row.sign === " ") return;
      const from = Math.max(0, i - 3), to = Math.min(rows.length, i + 4);
      if (hunks.length && from <= hunks.at(-1)[1]) hunks.at(-1)[1] = to; else hunks.push([from, to]);
    });
    const body = hunks.flatMap(([from, to]) => {
      const part = rows.slice(from, to), count = (sign) => part.filter((row) => row.sign !== sign).length;
      const [a, b] = [count("+"), count("-")];
      return [`@@ -${a ? part[0].old : 0},${a} +${b ? part[0].fresh : 0},${b} @@`, ...part.map((row) => row.sign + row.line)];
    });
    return [...head, ...body].join("\n") + "\n";
  };

  window.normbookFile = { read, changed, written, lines, patch, equal, copy, plain };
})();
