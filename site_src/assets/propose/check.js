/* What `normbook check` would say of one record by itself, in the same words with the same codes. tests/browser/test_propose.py holds the two
 * against each other. What needs the whole book, or the grammar of a language, is left to the check of the pull request. */
(() => {
  "use strict";
  const own = (object, key) => Object.prototype.hasOwnProperty.call(object ?? {}, key);
  const equal = (a, b) => window.normbookFile.equal(a, b);
  const points = (text) => Array.from(text);
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  // Values as messages show them.

  const repr = (text) => {
    const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
    return quote + points(text).map((char) => {
      if (char === "\\" || char === quote) return `\\${char}`;
      const short = { "\n": "\\n", "\t": "\\t", "\r": "\\r" }[char];
      if (short) return short;
      const code = char.codePointAt(0);
      if (char !== " " && /[\p{C}\p{Z}]/u.test(char)) return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : code < 65536 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
      return char;
    }).join("") + quote;
  };
  const json = (value) => Array.isArray(value) ? `[${value.map(json).join(", ")}]` : isMap(value) ? `{${Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${json(each)}`).join(", ")}}` : JSON.stringify(value);
  const display = (value) => {
    const text = points(typeof value === "string" ? repr(value) : json(value));
    return text.length <= 80 ? text.join("") : `${text.slice(0, 77).join("")}…`;
  };
  const briefly = (words, longest = 100) => {
    const text = points(words.trim().split(/\s+/).join(" "));
    return text.length <= longest ? text.join("") : `${text.slice(0, longest - 1).join("")}…`;
  };
  const withArticle = (type) => `${"aeiou".includes(type[0]) ? "an" : "a"} ${type}`;

  // Which known word was meant.

  const ROWS = ["1234567890-", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
  const isNear = (a, b) => {
    const place = (key) => { const row = ROWS.findIndex((keys) => keys.includes(key)); return row < 0 ? null : [row, ROWS[row].indexOf(key)]; };
    const [one, two] = [place(a), place(b)];
    return Boolean(one && two && a !== b && Math.abs(one[0] - two[0]) < 2 && Math.abs(one[1] - two[1]) < 2);
  };
  /** How many letters differ: left out, added, changed, or swapped with a neighbour (optimal string alignment). */
  const distance = (a, b) => {
    const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array(b.length).fill(0)]);
    for (let j = 0; j <= b.length; j += 1) d[0][j] = j;
    for (let i = 1; i <= a.length; i += 1) for (let j = 1; j <= b.length; j += 1) {
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
    }
    return d[a.length][b.length];
  };
  const suggest = (word, known) => {
    const fold = (text) => text.trim().toLowerCase().replace(/[\s_-]+/g, "-");
    const list = [...new Set(known)].sort((a, b) => a < b ? -1 : 1), folded = list.filter((other) => fold(other) === fold(word));
    if (folded.length === 1) return folded[0];
    const most = Math.max(1, Math.floor((word.length + 1) / 3));
    const near = list.map((other) => [distance(word, other), other]).filter(([far]) => far <= most);
    if (!near.length) return null;
    const least = Math.min(...near.map(([far]) => far));
    const slip = (left, meant, before) => {
      if (left.length > 1 && left[0] === meant[1] && left[1] === meant[0]) return 0;
      if (before && ((left[0] === before.at(-1) && left.slice(1) === meant) || (meant[0] === before.at(-1) && meant.slice(1) === left))) return 1;
      return isNear(left[0] ?? "", meant[0] ?? "") && left.length === meant.length ? 2 : 3;
    };
    const rank = (meant) => {
      let at = 0;
      while (at < word.length && at < meant.length && word[at] === meant[at]) at += 1;
      return [String(word.match(/[0-9]+/g)) === String(meant.match(/[0-9]+/g)) ? 0 : 1, slip(word.slice(at), meant.slice(at), word.slice(0, at)), word[0] === meant[0] ? 0 : 1, -at, list.indexOf(meant)];
    };
    return near.filter(([far]) => far === least).map(([, other]) => other).sort((a, b) => { const [x, y] = [rank(a), rank(b)], i = x.findIndex((each, n) => each !== y[n]); return i < 0 ? 0 : x[i] - y[i]; })[0];
  };

  // The schema.

  const NAMES = { string: "a string", integer: "a whole number", number: "a number", array: "a list", object: "a mapping", boolean: "true or false", null: "nothing" };
  const typeOf = (value) => typeof value === "boolean" ? "boolean" : typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : typeof value === "string" ? "string" : Array.isArray(value) ? "array" : "object";

  const schemaOf = ({ schema, common }) => {
    const target = (ref) => {
      const name = ref.slice(ref.lastIndexOf("/") + 1);
      return common[name] ?? schema.$defs?.[name];
    };
    const resolve = (each) => {
      while (each.$ref) { const { $ref, ...rest } = each; each = { ...target($ref), ...rest }; }
      return each;
    };
    /** A schema, what it refers to, and what that refers to. */
    const chain = (each) => each.$ref ? [(({ $ref, ...rest }) => rest)(each), ...chain(target(each.$ref))] : [each];
    const parts = (each) => [...(each.allOf ?? []), ...["then", "else"].filter((key) => each[key]).map((key) => each[key])];
    const allowed = (each) => {
      each = resolve(each);
      const keys = { ...each.properties };
      for (const part of parts(each)) for (const [key, inner] of Object.entries(allowed(part))) if (!own(keys, key)) keys[key] = inner;
      return keys;
    };
    const closed = (each) => { each = resolve(each); return each.unevaluatedProperties === false || parts(each).some(closed); };
    const at = (path) => path.reduce((each, key) => typeof key === "number" ? resolve(each).items ?? {} : allowed(each)[key] ?? {}, schema);
    return { root: schema, resolve, chain, allowed, closed, at };
  };

  const described = (schema) => (schema.description ?? "see the schema") + (schema.examples ? ` For example: ${schema.examples.join(", ")}` : "");
  const wrongForm = (value, about, keyword, pattern) => {
    if (typeof value === "string" && value !== value.trim()) return ["N204", `${display(value)} starts or ends with a space`, "remove the space"];
    if (!value) return ["N204", "expected text, found an empty string", `write the text, or remove the key. ${about}`];
    if (keyword === "format" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return ["N204", `${display(value)} is not a calendar date`, "write the date that the source gives, as YYYY-MM-DD"];
    const meant = String(value).trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
    if (keyword === "pattern") for (const each of [meant, `/${value}`]) if (new RegExp(`^(?:${pattern})$`, "u").test(each)) return ["N204", `${display(value)} does not have the expected form`, `write ${each}`];
    return ["N204", `${display(value)} does not have the expected form`, about];
  };
  const wrongType = (value, about, wanted) => {
    const types = Array.isArray(wanted) ? wanted : String(wanted).split(","), expected = types.map((each) => NAMES[each]).join(" or ");
    if (value === null) return ["N205", `expected ${expected}, found nothing`, `add the value, or remove the key. ${about}`];
    const actual = NAMES[typeOf(value)];
    let hint = about;
    if (types.includes("string") && ["number", "boolean"].includes(typeof value)) hint = `put it in quotation marks: '${value}'`;
    else if (types.includes("array") && typeof value === "string") hint = `write each entry on its own line below the key, after a dash: - ${value.slice(0, 60)}`;
    else if (types.includes("string") && Array.isArray(value) && value.length === 1) hint = `write it without the list: ${value[0]}`;
    if (typeof value === "object" && Object.keys(value).length !== 1) return ["N205", `expected ${expected}, found ${actual}`, hint];
    if (typeof value === "boolean") return ["N205", `expected ${expected}, found ${display(value)}`, hint];
    return ["N205", `expected ${expected}, found ${actual.replace("a ", "the ")} ${display(value)}`, hint];
  };
  const firstDuplicate = (items) => items.findIndex((item, i) => items.slice(0, i).some((other) => equal(other, item)));

  const bySchema = (record) => {
    const validate = window.normbookValid?.[record.type];
    if (!record.schema.compiled || !validate) return [];
    const schemas = schemaOf(record.schema), found = [];
    const add = (path, code, message, hint) => found.push({ code, pointer: pointerOf(path), message: `${path.join(".") || "the record"}: ${message}`, hint, level: "error" });
    const correct = (value, schema, path) => {
      if (Array.isArray(value)) return value.map((each, i) => correct(each, schemas.resolve(schema).items ?? {}, [...path, i]));
      if (!isMap(value)) return value;
      const known = schemas.allowed(schema), isClosed = Object.keys(known).length > 0 && schemas.closed(schema), made = {};
      for (const [key, each] of Object.entries(value)) {
        let meant = key;
        if (isClosed && !own(known, key)) {
          meant = suggest(key, Object.keys(known).filter((other) => !own(value, other) && !own(made, other)));
          found.push({ code: "N202", pointer: pointerOf([...path, key]), message: `${path.join(".") || "the record"}: unknown key ${display(key)}`, hint: meant ? `did you mean ${repr(meant)}?` : `remove it; known keys: ${Object.keys(known).sort().join(", ")}`, level: "error" });
        }
        if (meant !== null) made[meant] = correct(each, known[meant] ?? {}, [...path, key]);
      }
      return made;
    };
    const value = correct(record.value, record.schema.schema, []);
    if (validate(value)) return found;
    const seen = new Set();
    for (const error of validate.errors) {
      const { keyword, params } = error, path = error.instancePath.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
      let part = value;
      for (const [i, key] of path.entries()) { if (Array.isArray(part)) path[i] = +key; part = part?.[key]; }
      if (keyword === "if" || /\/oneOf\/\d/.test(error.schemaPath)) continue;
      const links = schemas.chain(schemas.at(path)), whole = schemas.resolve(schemas.at(path));
      const own_ = links.find((each) => own(each, keyword) && (!params.pattern || each.pattern === params.pattern)) ?? {}, about = described(own_);
      const key = `${keyword} ${error.instancePath} ${params.missingProperty ?? ""}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (keyword === "required") {
        const inner = schemas.allowed(whole)[params.missingProperty];
        add(path, "N201", `missing key ${repr(params.missingProperty)}`, `add a line \`${params.missingProperty}: …\`. ${(inner && schemas.resolve(inner).description) || "see the schema"}`);
        found.at(-1).key = params.missingProperty;
      } else if (keyword === "unevaluatedProperties" || keyword === "additionalProperties") {
        const known = schemas.allowed(own_), unknown = Object.keys(part).filter((each) => !own(known, each)).sort();
        if (unknown.length && Object.keys(own_).length) add(path, "N202", `${unknown.map(display).join(", ")} cannot be used here together with the other keys`, `remove it; known keys: ${Object.keys(known).sort().join(", ")}`);
      } else if (keyword === "enum") {
        const meant = typeof part === "string" ? suggest(part, params.allowedValues) : null, allowed = `allowed: ${params.allowedValues.join(", ")}`;
        add(path, "N203", part === null ? "expected one of the allowed values, found nothing" : `${display(part)} is not one of the allowed values`, meant ? `did you mean ${repr(meant)}? ${allowed}` : allowed);
      } else if (["pattern", "format", "minLength"].includes(keyword)) add(path, ...wrongForm(part, about, keyword, params.pattern));
      else if (keyword === "type") add(path, ...wrongType(part, about, params.type));
      else if (keyword === "minItems") add(path, "N206", "expected at least one entry, found an empty list", `add an entry, or remove the key. ${about}`);
      else if (keyword === "uniqueItems") {
        const twice = firstDuplicate(part);
        add([...path, twice], "N207", `duplicate entry ${display(part[twice])}`, "remove the duplicate");
      } else if (keyword === "oneOf") {
        const keys = (own_.oneOf ?? []).flatMap((each) => each.required ?? []), present = keys.filter((each) => own(part, each));
        add(path, "N208", `expected exactly one of the keys ${keys.map(repr).join(", ")}, ${present.length ? `found ${present.map(repr).join(" and ")}` : "found none of them"}`, `write exactly one of: ${keys.join(", ")}`);
      } else if (keyword === "maxLength") add(path, "N209", `expected at most ${params.limit} characters, found ${points(part).length}`, `shorten it. ${about}`);
      else if (keyword === "minimum") add(path, "N209", `expected ${params.limit} or more, found ${display(part)}`, about);
      else add(path, "N209", `${display(part)} is not allowed here`, about);
    }
    return found;
  };

  const pointerOf = (path) => path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  const problem = (pointer, code, message, hint, level = "error") => ({ pointer, code, message, hint, level });

  /** The pointers of the values that need a source, in the order of the schema. */
  const claims = ({ schema, common, keys }, value) => {
    const { resolve } = schemaOf({ schema, common }), known = { ...common.record.properties, ...schema.properties }, found = [];
    const walk = (each, part, path) => {
      each = resolve(each);
      if (!each.properties && each.then) each = resolve(own(part, "url") ? each.then : each.else);
      if (each["x-claim"] && part !== null && path.length) found.push(pointerOf(path));
      if (Array.isArray(part)) part.forEach((item, i) => walk(each.items ?? {}, item, [...path, i]));
      else if (isMap(part)) for (const key of Object.keys(each.properties ?? {})) if (own(part, key)) walk(each.properties[key], part[key], [...path, key]);
    };
    walk({ properties: Object.fromEntries(keys.map((key) => [key, known[key]])) }, value, []);
    return found;
  };

  // Links.

  const references = function* (record) {
    const { resolve, root } = schemaOf(record.schema), types = new Map();
    for (const [type, rows] of record.given.ids ?? []) for (const [id] of rows) types.set(id, type);
    types.set(record.id, record.type);
    const common = record.schema.common.record.properties;
    const walk = function* (schema, value, path) {
      schema = resolve(schema);
      const relation = schema["x-relation"];
      if (relation && typeof value === "string" && !(relation.except ?? []).includes(value) && value !== "fill-in") {
        const expected = relation.range.join(" or "), type = types.get(value);
        if (!type) {
          const meant = suggest(value, relation.range.flatMap((each) => [...types].filter(([, other]) => other === each).map(([id]) => id)));
          yield problem(pointerOf(path), "N303", `no record ${repr(value)}`, meant ? `did you mean ${repr(meant)}?` : `add data/${record.schema.types[relation.range[0]]}/${value}.yaml, or name an existing ${expected}`);
        } else if (!relation.range.includes(type)) yield problem(pointerOf(path), "N304", `expected ${withArticle(expected)}, but ${repr(value)} is ${withArticle(type)}`, `name ${withArticle(expected)}`);
      }
      if (Array.isArray(value)) for (const [i, each] of value.entries()) yield* walk(schema.items ?? {}, each, [...path, i]);
      else if (isMap(value)) {
        const inner = !schema.properties && schema.then ? resolve(own(value, "url") ? schema.then : schema.else) : schema;
        for (const [key, each] of Object.entries(value)) if (inner.properties?.[key]) yield* walk(inner.properties[key], each, [...path, key]);
      }
    };
    yield* walk({ properties: { ...common, ...root.properties } }, record.value, []);
  };

  // Quotations.

  const locate = (text, { prefix = "", exact, suffix = "" }) => {
    const whole = prefix + exact + suffix, found = [];
    for (let at = whole ? text.indexOf(whole) : -1; at >= 0; at = text.indexOf(whole, at + 1)) found.push([at + prefix.length, at + prefix.length + exact.length]);
    return found;
  };
  const lineOf = (text, at) => text.slice(0, at).split("\n").length;
  const linesOf = (quotation, text, starts) => {
    const lines = [...new Set(starts.map((at) => lineOf(text, at)))].sort((a, b) => a - b);
    return `line${lines.length > 1 ? "s" : ""} ${lines.join(", ")} of ${quotation.reading === "received" ? "the seed" : `data/derived/${quotation.source}/cleaned.txt`}`;
  };
  /** How alike two texts are, from 0 to 1: twice the length of their matching blocks, the longest taken first, over that of both (Ratcliff and Obershelp). */
  const likeness = (a, b) => {
    const where = new Map();
    [...b].forEach((char, j) => where.set(char, [...(where.get(char) ?? []), j]));
    const x = [...a], total = x.length + [...b].length;
    const longest = (alo, ahi, blo, bhi) => {
      let best = [alo, blo, 0], last = new Map();
      for (let i = alo; i < ahi; i += 1) {
        const fresh = new Map();
        for (const j of where.get(x[i]) ?? []) {
          if (j < blo) continue;
          if (j >= bhi) break;
          const size = (last.get(j - 1) ?? 0) + 1;
          fresh.set(j, size);
          if (size > best[2]) best = [i - size + 1, j - size + 1, size];
        }
        last = fresh;
      }
      return best;
    };
    let matched = 0;
    const waiting = [[0, x.length, 0, [...b].length]];
    while (waiting.length) {
      const [alo, ahi, blo, bhi] = waiting.pop(), [i, j, size] = longest(alo, ahi, blo, bhi);
      if (!size) continue;
      matched += size;
      waiting.push([alo, i, blo, j], [i + size, ahi, j + size, bhi]);
    }
    return total ? 2 * matched / total : 1;
  };
  const nearest = (text, exact) => {
    if (!exact || !text) return null;
    const size = exact.length, wanted = new Set(exact.toLowerCase().split(/\s+/).filter(Boolean));
    const starts = [...text.matchAll(/\S+/g)].map((match) => match.index);
    const shared = (at) => new Set(text.slice(at, at + size).toLowerCase().split(/\s+/).filter((word) => wanted.has(word))).size;
    const candidates = starts.map((at) => [shared(at), at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, 12).map(([, at]) => at);
    let best = 0, most = -1;
    for (const at of candidates) { const alike = likeness(exact, text.slice(at, at + size)); if (alike > most) [best, most] = [at, alike]; }
    const window_ = text.slice(best, best + size);
    if (likeness(exact, window_) < 0.5) return null;
    const cut = window_.includes(" ") && best + size < text.length && !/\s/.test(text[best + size]) && /[\p{L}\p{N}]/u.test(window_.at(-1));
    return [best, cut ? window_.slice(0, window_.lastIndexOf(" ")) : window_];
  };
  const firstDifference = (one, two) => {
    let at = 0;
    while (at < one.length && at < two.length && one[at] === two[at]) at += 1;
    const start = Math.max(0, one.slice(0, Math.max(0, at - 12)).lastIndexOf(" ") + 1);
    const whole = (text) => {
      const after = /\s/.exec(text.slice(at + 24));
      return text.slice(start, after && at + 24 < text.length ? at + 24 + after.index : text.length);
    };
    return [whole(one), whole(two)];
  };
  const inPoints = (text, at) => points(text.slice(0, at)).length;
  /** The place of a quotation in a reading of its source, or why it has none. */
  const place = (quotation, text) => {
    const isReceived = quotation.reading === "received", words = isReceived ? text.received : text.cleaned;
    const found = locate(words, quotation);
    if (found.length > 1) return { refused: ["N402", `expected one match in ${quotation.source}, found ${found.length}`, `add a prefix or suffix, copied from the text directly around the quotation, until only one place matches: ${linesOf(quotation, words, found.map(([at]) => at))}`] };
    if (!found.length) {
      if (locate(words, { exact: quotation.exact }).length) return { refused: ["N401", `the quoted text occurs in ${quotation.source}, but not with this prefix and suffix`, "copy prefix and suffix from the text, including spaces"] };
      if (!isReceived && locate(text.received, { exact: quotation.exact }).length) return { refused: ["N403", "the quoted text occurs only in the received text; cleaning removes or changes a part of it", "copy the quotation from the cleaned text; for a removed line add `reading: received`"] };
      if (/…|\.\.\./.test(quotation.exact)) return { refused: ["N401", `the quoted text does not occur in ${quotation.source}; a quotation cannot contain an ellipsis`, "quote one contiguous passage, and add a second piece of evidence for the other"] };
      const close = nearest(words, quotation.exact);
      if (!close) return { refused: ["N401", `the quoted text does not occur in ${quotation.source}`, `see data/derived/${quotation.source}/cleaned.txt`] };
      const [mine, theirs] = firstDifference(quotation.exact, close[1]);
      return { refused: ["N401", `the quoted text does not occur in ${quotation.source}: the source has ${repr(theirs)}, the quotation ${repr(mine)}`, `the closest match is at ${linesOf(quotation, words, [close[0]])}; copy the text exactly`] };
    }
    const [start, end] = found[0].map((at) => inPoints(words, at));
    if (isReceived) {
      if (text.dropped.some(([a, b]) => a <= start && end <= b)) return { start: -1, end: -1 };
      return { refused: ["N405", "the quoted text, or a part of it, is still in the cleaned text", "remove the line `reading: received`, which is only for text that cleaning removes"] };
    }
    if (text.removed.some((at) => start < at && at < end)) return { refused: ["N403", "the quotation spans text that cleaning removed as page furniture", "quote the text before it or after it, or both as two pieces of evidence"] };
    const cut = text.pieces.find(([a, b]) => (a < start && start < b) || (a < end && end < b));
    if (cut) return { refused: ["N404", `the quotation starts or ends inside ${repr(points(words).slice(...cut).join(""))}, which cleaning wrote as one piece`, "extend the quotation by one word"] };
    return { start, end };
  };

  /** Every piece of evidence with its place in the record, what it is for, and where its words stand in the source. */
  const evidenceIn = (record) => {
    const found = [];
    const walk = (value, path) => {
      if (Array.isArray(value)) return value.forEach((each, i) => walk(each, [...path, i]));
      if (!isMap(value)) return undefined;
      for (const [key, each] of Object.entries(value)) {
        if (key === "evidence" && Array.isArray(each)) each.forEach((entry, i) => {
          const text = record.given.text?.get(entry.source);
          found.push({ entry, pointer: pointerOf([...path, key, i]), supports: entry.for?.length ? entry.for : path.length ? [pointerOf(path)] : [], text, place: own(entry, "url") || !text ? null : place(entry, text) });
        });
        else walk(each, [...path, key]);
      }
      return undefined;
    };
    walk(record.value, []);
    return found;
  };
  const judged = (record, pointer) => (record.value.judgements ?? []).some((each) => each.basis === "editorial" && each.for.includes(pointer));

  const claimsOf = (record, evidence) => {
    const borne = new Map(record.claims.map((each) => [each, []])), stray = [];
    const lists = new Set(record.claims.filter((each) => /\/\d+$/.test(each)).map((each) => each.replace(/\/\d+$/, "")));
    for (const piece of evidence) for (const [i, pointer] of piece.supports.entries()) {
      if (borne.has(pointer)) borne.get(pointer).push(piece);
      else if (lists.has(pointer)) { for (const each of record.claims) if (each.slice(0, each.lastIndexOf("/")) === pointer) borne.get(each).push(piece); }
      else if (!record.claims.some((each) => pointer.startsWith(`${each}/`))) stray.push([piece, pointer, i]);
    }
    return { borne, stray };
  };
  const quotations = function* (record, evidence, { borne, stray }) {
    for (const each of evidence) if (each.place?.refused) yield problem(`${each.pointer}/exact`, ...each.place.refused);
    for (const [piece, pointer, i] of stray) {
      const meant = suggest(pointer, record.claims);
      yield problem(`${piece.pointer}/for/${i}`, "N406", `${pointer} is not a claim of this record`, meant ? `did you mean ${repr(meant)}?` : "name a value that needs a source, or remove the pointer");
    }
    for (const [pointer, pieces] of borne) if (!pieces.length && !judged(record, pointer)) yield problem(pointer, "N407", `no evidence supports ${pointer}`, `add evidence with \`for: [${pointer}]\`, or remove the value`);
  };

  // Support.

  const SAID = { N513: "write the modality that the words have, or quote the modal verb under `frame`", N517: "copy the value from the words, or quote the words that have it", N518: "remove the pointer from the evidence, and give the reason under `judgements` with `basis: editorial`" };
  const KINDS = { "/modality": "N513", "/limbs/*/modality": "N513" };
  for (const each of ["/names/*", "/offices/*", "/office", "/speakers/*", "/received_title", "/agency", "/publisher", "/mistranslations/*", "/disagreements/*/values/*", "/place"]) KINDS[each] = "N517";
  for (const each of ["/standing", "/kind", "/themes", "/themes/*", "/legal_nature"]) KINDS[each] = "N518";
  const shape = (pointer) => pointer.replace(/\/\d+/g, "/*");

  const CLASSES = ["must", "must-not", "prohibited", "should", "should-not", "may", "will", "encouraged", "no-modality"];
  const RANKS = { must: 0, "must-not": 0, should: 1, "should-not": 1, will: 2, encouraged: 3, may: 4, unstated: 5 };
  const TURNED = { must: "must-not", should: "should-not", may: "must-not", "must-not": "may", "should-not": "should" };
  const AFTER = /,?\s*(?:in any case,? |under any circumstances,? |[\p{L}\p{N}_]+ly |also |therefore |then )?(not|never|neither|nor)(?![\p{L}\p{N}_])/iuy;
  const CLAUSE = /[,;:.，；：。]\s*|(?<![\p{L}\p{N}_])(?:and|but|while|that|if)(?![\p{L}\p{N}_])\s*/gu;
  const SHORT = { "won't": "will not", "can't": "cannot", "shan't": "shall not", "ain't": "is not" };
  const patterns = new Map();
  const lexicon = (record, key, flags) => {
    const name = `${key} ${flags}`;
    if (!patterns.has(name)) patterns.set(name, new RegExp(record.given.words.get("modality")[key], flags));
    patterns.get(name).lastIndex = 0;
    return patterns.get(name);
  };
  const modalities = (record, text) => {
    const words = text.replace(/\b(?:won|can|shan|ain)['’]t\b|n['’]t\b/gi, (match) => SHORT[match.toLowerCase().replace("’", "'")] ?? " not");
    const hits = CLASSES.flatMap((key) => [...words.matchAll(lexicon(record, key, "giu"))].map((match) => [key, match.index, match.index + match[0].length])).sort((a, b) => a[1] - b[1] || b[2] - a[2]);
    const kept = [];
    for (const hit of hits) {
      if (!kept.length || hit[1] >= kept.at(-1)[2]) kept.push(hit);
      else if (hit[2] - hit[1] > kept.at(-1)[2] - kept.at(-1)[1]) kept[kept.length - 1] = hit;
    }
    return kept.filter(([key, start, end]) => key !== "no-modality" && !(words.slice(start, end) === "May" && start)).map(([key, start, end]) => {
      const name = key === "prohibited" ? "must-not" : key;
      AFTER.lastIndex = end;
      const after = AFTER.exec(words);
      let negated = false;
      if (after) {
        const no = lexicon(record, "not-negating", "iuy");
        no.lastIndex = after.index + after[0].length - after[1].length;
        negated = !no.test(words);
      }
      if (!negated) {
        const clause = Math.max(0, ...[...words.slice(0, start).matchAll(CLAUSE)].map((match) => match.index + match[0].length));
        negated = lexicon(record, "negated-subjects", "iuy").test(words.slice(clause, start).replace(/^[“"‘' ]+/, ""));
      }
      return negated ? TURNED[name] ?? name : name;
    });
  };
  const strongest = (found) => found.reduce((best, each) => RANKS[each] < RANKS[best] ? each : best, "unstated");
  const modalityOf = (record, exact, frames) => {
    const mine = modalities(record, exact);
    if (mine.length || !frames.length) return strongest(mine);
    let lent = frames.flatMap((each) => modalities(record, each));
    if (/^[^\p{L}\p{N}_]*(?:and |or )?(?:not|nor|never|neither)(?![\p{L}\p{N}_])/iu.test(exact)) {
      const turned = lent.filter((each) => !each.endsWith("-not")).map((each) => TURNED[each] ?? each);
      lent = turned.length ? turned : lent;
    }
    return strongest(lent);
  };
  const hasWords = (exact, value) => {
    const joins = (a, b) => a && a < "\u2e80" && /[\p{L}\p{N}]/u.test(a) && /[\p{L}\p{N}]/u.test(b);
    for (let at = exact.indexOf(value); at >= 0; at = exact.indexOf(value, at + 1)) if (!value || !(joins(exact[at - 1], value[0]) || joins(exact[at + value.length], value.at(-1)))) return true;
    return false;
  };
  const carries = (record, code, pointer, value, exact, frames) => {
    if (code === "N518") return false;
    if (code === "N513") {
      const found = modalityOf(record, exact, frames);
      return value === found || (found === "must-not" && value === "should-not" && lexicon(record, "prohibited", "iu").test(exact));
    }
    const kind = shape(pointer);
    if (kind === "/speakers/*") return exact.includes(value.name) && exact.includes(value.office ?? "");
    if (kind === "/place") { const named = String(value).split(",")[0].toLowerCase(); return [exact, ...frames].some((each) => each.toLowerCase().includes(named)); }
    const words = isMap(value) ? value.text || value.title || value.value || "" : value;
    if (kind === "/disagreements/*/values/*") return String(words).split(/\s*…\s*/).some((piece) => piece && exact.includes(piece));
    return hasWords(exact, String(words));
  };
  const support = function* (record, evidence, { borne }) {
    const valueAt = (pointer) => pointer.slice(1).split("/").reduce((part, key) => part?.[key], record.value);
    for (const each of evidence) {
      if (own(each.entry, "url")) {
        if (!each.entry.read) yield problem(each.pointer, "N519", "this outside evidence does not say whether the page was read", "write `read: 'yes'`, `read: part` or `read: 'no'`");
        if (!each.entry.locator && record.type === "principle") yield problem(each.pointer, "N519", "this outside evidence does not say where on the page the point stands", "write a `locator`, for example para 13(i)");
        continue;
      }
      if (!/[\p{L}\p{N}]/u.test(each.entry.exact)) yield problem(`${each.pointer}/exact`, "N410", `the quotation ${repr(each.entry.exact)} has no word in it`, "quote the words that support the value");
      if (each.text) for (const [i, frame] of (each.entry.frame ?? []).entries()) {
        const found = place({ ...frame, source: each.entry.source, reading: "cleaned" }, each.text);
        if (found.refused) yield problem(`${each.pointer}/frame/${i}/exact`, ...found.refused);
      }
    }
    for (const [pointer, pieces] of borne) {
      const code = KINDS[shape(pointer)];
      if (!code || (code === "N518" && judged(record, pointer)) || (code === "N513" && !record.given.words?.get("modality"))) continue;
      for (const each of pieces) {
        if (own(each.entry, "url") || each.entry.role !== "supports" || each.entry.inferred || !each.place || each.place.refused) continue;
        const value = valueAt(pointer), frames = (each.entry.frame ?? []).map((frame) => frame.exact);
        if (carries(record, code, pointer, value, each.entry.exact, frames)) continue;
        const inner = isMap(value) ? (isMap(value.date) ? value.date : value) : null, shown = inner ? ["value", "text", "title", "name", "event"].map((key) => inner[key]).find(Boolean) ?? "" : value;
        const found = code === "N513" ? `; their modality is ${repr(modalityOf(record, each.entry.exact, frames))}` : "";
        yield problem(`${each.pointer}/exact`, code, `the quoted words ${repr(briefly(each.entry.exact))} do not support ${pointer} ${typeof shown === "string" ? repr(shown) : shown}${found}`, SAID[code] + closest(record, code, pointer, value, each));
      }
    }
  };
  /** The first sentence of the source that would support a value. */
  const closest = (record, code, pointer, value, { entry, text }) => {
    if (code === "N518") return "";
    const chars = points(text.cleaned);
    for (const [start, end] of text.sentences) {
      const words = chars.slice(start, end).join("");
      if (!words.includes(entry.exact) && carries(record, code, pointer, value, words, [])) return `; line ${lineOf(chars.slice(0, start).join(""), start)}: ${repr(briefly(words))} would support it`;
    }
    return "";
  };

  const stances = function* (record, evidence) {
    if (record.type === "statement") for (const { entry, pointer, supports } of evidence) {
      if (!own(entry, "url") && supports.includes("/stance") && entry.stance !== record.value.stance) yield problem(`${pointer}/stance`, "N504", `the statement's stance is ${record.value.stance}, but its evidence has ${entry.stance}`, "write the same stance in both places");
    }
  };
  const reviews = function* (record) {
    for (const [i, review] of (record.value.reviews ?? []).entries()) for (const [j, each] of (review.claims ?? []).entries()) {
      if (!record.claims.includes(each)) yield problem(`/reviews/${i}/claims/${j}`, "N406", `${each} is no claim of this record`, "name a value that needs evidence");
    }
  };
  const calendar = function* (value, path = []) {
    if (Array.isArray(value)) for (const [i, each] of value.entries()) yield* calendar(each, [...path, i]);
    else if (isMap(value)) { for (const [key, each] of Object.entries(value)) if (!["exact", "prefix", "suffix", "text", "title", "derivation"].includes(key)) yield* calendar(each, [...path, key]); }
    else if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
      const day = new Date(`${value}T00:00:00Z`);
      if (Number.isNaN(+day) || day.toISOString().slice(0, 10) !== value) yield problem(pointerOf(path), "N314", `there is no day ${value}`, "write the day that the source gives");
    }
  };

  /** The findings of a record. A record that its schema does not allow is not looked at further, as in `normbook check`. */
  const findings = (record) => {
    const found = bySchema(record), id = record.value.id;
    if (typeof id === "string" && !record.isNew && record.path && id !== record.path.replace(/^.*\//, "").replace(/\.yaml$/, "")) {
      const stem = record.path.replace(/^.*\//, "").replace(/\.yaml$/, "");
      found.push(problem("/id", "N301", `the id ${repr(id)} differs from the file name`, `write \`id: ${stem}\`, or rename the file to ${id}.yaml`));
    }
    if (record.isNew && [...record.given.ids?.values() ?? []].some((rows) => rows.some(([other]) => other === id))) {
      const [type] = [...record.given.ids].find(([, rows]) => rows.some(([other]) => other === id));
      found.push(problem("/id", "N302", `the id ${repr(id)} is taken by data/${record.schema.types[type]}/${id}.yaml`, "choose another id: ids are unique across all types"));
    }
    if (found.length || record.type === "correction") return found;
    record = { ...record, claims: claims(record.schema, record.value) };
    const evidence = evidenceIn(record), rest = claimsOf(record, evidence);
    return [...references(record), ...quotations(record, evidence, rest), ...stances(record, evidence), ...support(record, evidence, rest), ...reviews(record), ...calendar(record.value)];
  };

  /** What a new record of a type begins with. */
  const fresh = (type, schema) => ({ ...(schema.keys.includes("evidence") && type !== "theme" ? { evidence: [] } : {}), status: { publication: "draft", review: "needs-review", certainty: "low" } });

  window.normbookCheck = { findings, fresh, claims };
})();
