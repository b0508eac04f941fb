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
        const inner = schemas.resolve(schemas.allowed(whole)[params.missingProperty] ?? {}), values = inner.enum ? ` Allowed: ${inner.enum.join(", ")}.` : "";
        add(path, "N201", `missing key ${repr(params.missingProperty)}`, `add a line \`${params.missingProperty}: …\`. ${inner.description ? inner.description + values : "see the schema"}`);
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

  /** Whether two ids have the same numbers: a number is no slip of the hand. */
  const sameNumbers = (one, two) => String((one.match(/[0-9]+/g) ?? []).map(Number)) === String((two.match(/[0-9]+/g) ?? []).map(Number));
  /** What is wrong with an identifier: `form` has the pattern and an example of its scheme. */
  const formFault = function* (form, value, pointer) {
    const fits = (each) => new RegExp(form.pattern).test(each);
    if (!form || fits(value)) return;
    const inner = new RegExp(`(?<![^\\s/:=])${form.pattern.replace(/^\^|\$$/g, "")}$`, "i").exec(value.trim().replace(/\/+$/, ""))?.[0];
    const meant = inner && [inner, inner.toUpperCase()].find(fits);
    yield problem(pointer, "N319", `expected an identifier such as ${form.example}, found ${repr(value)}`, meant ? `write \`${meant}\`` : `write it as in \`${form.example}\`; for an identifier of another kind write \`scheme: other\``);
  };
  /** The digit, or X, that the first fifteen digits of an ORCID iD ask for. */
  const checkDigit = (orcid) => {
    const rest = (12 - [...orcid.replaceAll("-", "").slice(0, 15)].reduce((total, digit) => (total + +digit) * 2, 0) % 11) % 11;
    return rest === 10 ? "X" : `${rest}`;
  };
  const identifiers = function* ({ identifiers = [], reviews = [] }) {
    const none = identifiers.findIndex((each) => each.scheme === "none");
    if (none >= 0 && identifiers.length > 1) yield problem(`/identifiers/${none}/scheme`, "N319", "the scheme none stands beside another identifier", "remove the entry with none, or the others");
    for (const [i, { orcid }] of reviews.entries()) if (orcid && checkDigit(orcid) !== orcid.at(-1)) yield problem(`/reviews/${i}/orcid`, "N319", `expected ${checkDigit(orcid)} as the last digit of the ORCID iD, by which a slip is noticed, found ${orcid.at(-1)}`, "copy it from the person's page on orcid.org");
  };
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
          yield problem(pointerOf(path), "N303", `no record ${repr(value)}`, meant && sameNumbers(value, meant) ? `did you mean ${repr(meant)}?` : `add data/${record.schema.types[relation.range[0]]}/${value}.yaml, or name an existing ${expected}${meant ? `, such as ${repr(meant)}` : ""}`);
        } else if (!relation.range.includes(type)) yield problem(pointerOf(path), "N304", `expected ${withArticle(expected)}, but ${repr(value)} is ${withArticle(type)}`, `name ${withArticle(expected)}`);
      }
      if (schema["x-forms"]) yield* formFault(schema["x-forms"][value.scheme], value.value, `${pointerOf(path)}/value`);
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

  const SAID = {
    N511: "quote the words that state the day, or write a derivation that names the expression in “ ” and the day it is counted from", N512: "quote the ordinal, or the list in which these words are an item, under `frame`",
    N513: "write the modality that the words have, or quote the modal verb under `frame`", N514: "quote a name, office or demonym from the actor's record; with a pronoun quote its antecedent under `frame`",
    N515: "quote a name from its record; after \"this initiative\" quote the name under `frame`", N516: "write the stance that the verb has, or quote the verb under `frame`",
    N517: "copy the value from the words, or quote the words that have it", N518: "remove the pointer from the evidence, and give the reason under `judgements` with `basis: editorial`",
  };
  const KINDS = {};
  for (const [code, shapes] of Object.entries({
    N511: "/date /published /updated /announced/date /dates/*/date /dateline", N512: "/ordinal /locator", N513: "/modality /limbs/*/modality",
    N514: "/speaker /holder /proponents/* /participants/* /parties/* /supporters/* /addressees/* /part_of/*", N515: "/initiative /about/* /related/* /derived_from/* /event /announced/event /reports/* /part_of", N516: "/stance",
    N517: "/names/* /offices/* /office /speakers/* /received_title /agency /publisher /mistranslations/* /disagreements/*/values/* /place", N518: "/standing /kind /themes /themes/* /legal_nature",
  })) for (const each of shapes.split(" ")) KINDS[each] = code;
  const OCCASIONS = ["seminar", "press-conference", "press-briefing", "meeting", "summit", "release"];
  const OWN_STANCES = ["asserted", "proposed", "reported"];
  const MIN_WORDS = 4;  // a shorter quotation is a term, which has no negation to lose
  const shape = (pointer) => pointer.replace(/\/\d+/g, "/*");
  const valueAt = (record, pointer) => pointer.slice(1).split("/").reduce((part, key) => part?.[key], record.value);
  const isQuotation = ({ entry }) => !own(entry, "url");

  /** A record of the book as quoted words are compared with it: its type, its names and those of an actor by demonym and office; of the record in hand what the form says. */
  const known = (record, id) => {
    const isOwn = id === record.value.id;
    if (!isOwn && !record.given.ids) return null;
    const found = isOwn ? [record.type, [id, "", record.value]] : [...record.given.ids].flatMap(([type, rows]) => { const row = rows.find(([other]) => other === id); return row ? [[type, row]] : []; })[0];
    if (!found) return null;
    const [type, [, , about]] = found, texts = (key, part) => (about?.[key] ?? []).map((each) => typeof each === "string" ? each : each[part]);
    return { id, type, kind: about?.kind ?? "", names: texts("names", "text"), demonyms: texts("demonyms", "text"), offices: texts("offices", "title"), date: about?.date?.value ?? about?.date };
  };
  const sourceFields = (record, { entry, text }) => entry.source === record.value.id ? record.value : text?.fields ?? {};
  /** The names of those whom the record or the quotation's source names. */
  const indexOf = (record, piece, ...others) => {
    const { value } = record, speakers = sourceFields(record, piece).speakers ?? [], names = new Map(), people = new Set();
    for (const id of new Set([...others, value.speaker, value.holder, piece.entry.holder, ...speakers.map((each) => each.actor), piece.entry.speaker, ...(value.proponents ?? []), ...(value.participants ?? [])])) {
      const about = typeof id === "string" ? known(record, id) : null;
      if (about?.type !== "actor") continue;
      if (about.kind === "person") people.add(id);
      const listed = speakers.filter((each) => each.actor === id);
      for (const [how, texts] of [["name", about.names], ["demonym", about.demonyms], ["office", about.offices], ["name", listed.map((each) => each.name)], ["office", listed.flatMap((each) => each.office || [])]]) for (const text of texts) {
        if (!names.has(text)) names.set(text, new Map());
        names.get(text).set(id, names.get(text).get(id) ?? how);
      }
    }
    return { names, people };
  };
  /** The days that the source of a quotation is dated by, that it states, and of the events that it reports. */
  const knownDays = (record, piece) => {
    const fields = sourceFields(record, piece), own_ = [fields.published, fields.updated, fields.dateline?.date].filter(Boolean).map((each) => each.value);
    const days = [...own_, ...(fields.reports ?? []).flatMap((id) => known(record, id)?.date ?? [])];
    return days.length ? [...days, ...(piece.text?.days ?? [])] : [];
  };
  const listedAt = ({ place: { start, end }, text }) => start < 0 ? null : text.points.find(([first, last]) => first <= start && end <= last + 1)?.[2] ?? null;

  const texts = new WeakMap();
  /** A text as code points, with the words of its sentences. */
  const read = (text) => {
    if (!texts.has(text)) {
      const chars = points(text.cleaned);
      texts.set(text, { chars, sentences: text.sentences.map(([start, end]) => ({ start, end, words: chars.slice(start, end).join("") })) });
    }
    return texts.get(text);
  };
  /** The words of a quotation with what stands around them; null where they have no place. */
  const saidOf = ({ entry, text, place: at }) => {
    if (!at || at.refused) return null;
    const frames = (entry.frame ?? []).map((each) => each.exact);
    if (at.start < 0) return { exact: entry.exact, frames, before: "", after: "" };
    const { chars, sentences } = read(text), own_ = sentences.filter((each) => each.start < at.end && at.start < each.end);
    const first = Math.min(at.start, ...own_.map((each) => each.start)), last = Math.max(at.end, ...own_.map((each) => each.end));
    return { exact: entry.exact, frames, before: chars.slice(first, at.start).join(""), after: chars.slice(at.end, last).join("") };
  };

  const hasWords = (exact, value, isMeant = () => true) => {
    const joins = (a, b) => a && a < "\u2e80" && /[\p{L}\p{N}]/u.test(a) && /[\p{L}\p{N}]/u.test(b);
    for (let at = exact.indexOf(value); at >= 0; at = exact.indexOf(value, at + 1)) if (isMeant(exact, at) && (!value || !(joins(exact[at - 1], value[0]) || joins(exact[at + value.length], value.at(-1))))) return true;
    return false;
  };
  /** True if an office stands in words as a whole, without a word beside it that makes it another: former, deputy. */
  const holdsOffice = (reader, exact, office) => {
    for (let at = exact.indexOf(office); at >= 0; at = exact.indexOf(office, at + 1)) {
      const before = exact.slice(0, at).replace(/[ –-]+$/, ""), behind = exact.slice(at + office.length).replace(/^[ –-]+/, "");
      const changes = reader.endsWith(before, "negation.changes-office", "negation.not-former")?.key === "negation.changes-office" || reader.match("negation.changes-office-behind", behind);
      if (!changes && standsFree(reader, exact.slice(0, at)) && hasWords(exact.slice(at), office)) return true;
    }
    return false;
  };
  /** True if the words before an office let it be someone's own: none, names, "then". */
  const standsFree = (reader, before) => {
    const words = before.replaceAll(",", " , ").split(/\s+/u).filter(Boolean);
    while (words.length && reader.isAll("grammar.definite-articles", words.at(-1))) words.pop();
    const last = words.at(-1) ?? "";
    return !/^\p{L}+$/u.test(last) || last !== last.toLowerCase() || last === last.toUpperCase() || last >= "\u2e80" || reader.isAll("negation.before-office", last);
  };
  /** True if something is said to be in a place: the place opens the words, or stands behind "in", and not in a relative clause. */
  const isThere = (reader, words, at) => {
    const before = words.slice(0, at).trimEnd();
    return !before || Boolean(reader.endsWith(before, "negation.places-at") && !reader.match("negation.relative-pronouns", words, reader.clauseAt(words.slice(0, at))));
  };
  const isVerbatim = (reader, kind, value, { exact, frames }) => {
    if (kind === "/speakers/*") return exact.includes(value.name) && (!value.office || holdsOffice(reader, exact, value.office));
    if (kind === "/place") { const named = String(value).split(",")[0].toLowerCase(); return [exact, ...frames].some((each) => hasWords(each.toLowerCase(), named, (text, at) => !reader.leftOut(text, at) && !reader.isUnreal(text, at, at + named.length) && isThere(reader, text, at))); }
    const words = isMap(value) ? value.text || value.title || value.value || "" : value;
    if (kind === "/disagreements/*/values/*") return String(words).split(/\s*…\s*/).some((piece) => piece && exact.includes(piece));
    return ["/offices/*", "/office"].includes(kind) ? holdsOffice(reader, exact, String(words)) : hasWords(exact, String(words));
  };
  const TURNED_AWAY = {  // verbs that say of a name that it is not the one
    "/parties/*": ["negation.absent", "negation.against"], "/supporters/*": ["negation.absent", "negation.against"],
  };
  /** True if the words around a quotation say that it is not so. */
  const isTurnedOutside = (reader, { exact, before, after }) => reader.isOpen(before + exact, before.length) || reader.deniedAfter(after);
  const hasActor = (record, reader, pointer, value, piece, said) => {
    const { exact, frames } = said, kind = shape(pointer);
    if (pointer.startsWith("/addressees")) return [exact, ...frames].some((each) => reader.addressed(each).includes(value));
    if (value === "unnamed" || !known(record, value)) return true;  // a missing record is a finding of its own
    const index = indexOf(record, piece, value), words = [exact, ...frames];
    if (pointer === "/holder") return reader.holders(frames, exact, index, record.value.speaker ?? "").has(value);
    if (pointer !== "/speaker") {
      const read = reader.lends(exact) ? words : [exact], turned = TURNED_AWAY[kind];
      if ((turned || ["/proponents/*", "/participants/*"].includes(kind)) && isTurnedOutside(reader, said)) return false;
      if (kind === "/proponents/*") return reader.authors(read, index).has(value);
      return (kind === "/participants/*" ? reader.attendees(read, index) : reader.named(read, index, turned)).has(value);
    }
    const heard = words.map((each) => reader.voices(each, index));
    return heard.some((each) => each.named.has(value)) || (heard.some((each) => each.pronoun) && reader.antecedents(frames, index).has(value));
  };
  const hasTopic = (record, reader, pointer, value, { exact, frames }) => {
    const about = known(record, isMap(value) ? value.event ?? "" : value), words = [exact, ...frames].join("\n");
    if (!about || reader.mentionsName(words, about.names, (text, at, end) => !reader.leftOut(text, at, ...(pointer === "/initiative" ? ["negation.other-texts"] : [])) && !reader.isContrasted(text, at, end))) return true;
    return about.type === "event" && OCCASIONS.includes(about.kind) && reader.search(`occasions.${about.kind}`, words) !== null;
  };
  const hasDate = (record, reader, pointer, value, piece, { exact, frames }) => {
    if (pointer === "/dateline") {
      if ([value.place, value.agency].some((part) => part && !exact.includes(part))) return false;
      value = value.date;
      if (!value || !Object.keys(value).length) return true;
    }
    return reader.carries(String(value.value ?? ""), [exact, ...frames].join(" … "), value.derivation ?? "", knownDays(record, piece));
  };
  const numbersOf = (reader, piece, { exact, frames }) => reader.numbered(exact, frames, listedAt(piece));
  const hasNumber = (reader, pointer, value, piece, said) => {
    const found = numbersOf(reader, piece, said);
    if (pointer !== "/locator") return found.has(value);
    const stated = (reader.plainDigits(String(value)).match(/\d{1,3}/g) ?? []).map(Number);
    return !stated.length || stated.some((each) => found.has(each));
  };
  /** Whether words carry the value at a pointer. */
  const carries = (record, reader, pointer, piece, said) => {
    const kind = shape(pointer), code = KINDS[kind], value = valueAt(record, pointer);
    if (["N511", "N512", "N513", "N517"].includes(code) && value !== "unstated" && isTurnedOutside(reader, said)) return false;
    if (code === "N511") return hasDate(record, reader, pointer, value, piece, said);
    if (code === "N512") return hasNumber(reader, pointer, value, piece, said);
    if (code === "N513") return reader.binds(value, said.exact, said.frames, said.before, said.after);
    if (code === "N514") return hasActor(record, reader, pointer, value, piece, said);
    if (code === "N515") return hasTopic(record, reader, pointer, value, said);
    if (code === "N516") return reader.takes(value, said, indexOf(record, piece), record.value.speaker ?? "", record.value.holder ?? "");
    return code === "N517" && isVerbatim(reader, kind, value, said);
  };
  const support = function* (record, evidence, { borne }) {
    const reader = window.normbookSupport(record.given.words);
    for (const each of evidence) yield* isQuotation(each) ? framesOf(record, each) : outside(record, each);
    yield* doubts(record, reader, evidence);
    if (record.type === "statement") yield* topics(record, reader, evidence);
    for (const [pointer, pieces] of borne) {
      const code = KINDS[shape(pointer)];
      if (!code || (code === "N518" && judged(record, pointer))) continue;
      for (const each of pieces) {
        const said = isQuotation(each) && each.entry.role === "supports" && !each.entry.inferred ? saidOf(each) : null;
        if (!said || carries(record, reader, pointer, each, said)) continue;
        const value = valueAt(record, pointer), inner = isMap(value) ? (isMap(value.date) ? value.date : value) : null, shown = inner ? ["value", "text", "title", "name", "event"].map((key) => inner[key]).find(Boolean) ?? "" : value;
        yield problem(`${each.pointer}/exact`, code, `the quoted words ${repr(briefly(said.exact))} do not support ${pointer} ${typeof shown === "string" ? repr(shown) : shown}${instead(reader, code, each, said)}`, SAID[code] + closest(record, reader, code, pointer, each));
      }
    }
  };
  const outside = function* (record, { entry, pointer }) {
    if (!entry.read) yield problem(pointer, "N519", "this outside evidence does not say whether the page was read", "write `read: 'yes'`, `read: part` or `read: 'no'`");
    if (!entry.locator && record.type === "principle") yield problem(pointer, "N519", "this outside evidence does not say where on the page the point stands", "write a `locator`, for example para 13(i)");
  };
  const framesOf = function* (record, piece) {
    const { entry, pointer, text } = piece, listed = (sourceFields(record, piece).speakers ?? []).map((each) => each.actor);
    if (!/[\p{L}\p{N}]/u.test(entry.exact)) yield problem(`${pointer}/exact`, "N410", `the quotation ${repr(entry.exact)} has no word in it`, "quote the words that support the value");
    if (listed.length && entry.speaker !== "unnamed" && !listed.includes(entry.speaker)) yield problem(`${pointer}/speaker`, "N505", `${entry.source} does not list ${entry.speaker} among its speakers`, "name the one who says the words, or add the speaker to the source with the words that name them", "warning");
    if (text) for (const [i, frame] of (entry.frame ?? []).entries()) {
      const found = place({ ...frame, source: entry.source, reading: "cleaned" }, text);
      if (found.refused) yield problem(`${pointer}/frame/${i}/exact`, ...found.refused);
    }
  };
  /** What the words of a pair that fails say instead. */
  const instead = (reader, code, piece, said) => {
    if (code === "N513") return `; their modality is ${repr(reader.modality(said.exact, said.frames, said.before, said.after))}`;
    const found = code === "N511" ? reader.stated(said.exact) : code === "N512" ? [...numbersOf(reader, piece, said)].sort((a, b) => a - b) : [];
    return found.length ? `; they ${code === "N511" ? "state" : "give the number"} ${found.join(", ")}` : "";
  };
  /** The first sentence of the source that would support a value. */
  const closest = (record, reader, code, pointer, piece) => {
    if (code === "N518") return "";
    const { chars, sentences } = read(piece.text);
    for (const { start, words } of sentences) {
      if (!words.includes(piece.entry.exact) && carries(record, reader, pointer, piece, { exact: words, frames: [], before: "", after: "" })) return `; line ${lineOf(chars.slice(0, start).join(""), start)}: ${repr(briefly(words))} would support it`;
    }
    return "";
  };

  // Denied words, and negations left out.

  const count = (text) => text.trim().split(/\s+/).filter(Boolean).length;
  const deniedIn = function* (reader, piece) {
    const { entry, pointer, text, place: { start, end } } = piece;
    if (start < 0 || !OWN_STANCES.includes(entry.stance)) return;
    const { chars, sentences } = read(text), units = (from, to) => chars.slice(from, to).join("").length;
    for (const each of sentences) {
      if (each.end <= start || end <= each.start) continue;
      const first = start < each.start ? start - each.start : units(each.start, start), last = first < 0 ? units(each.start, end) : first + entry.exact.length;
      for (const denied of reader.findDenied(each.words)) {
        if ((first <= denied.cueStart && denied.cueEnd <= last) || last <= denied.start || denied.end <= first) continue;
        const clause = repr(each.words.slice(denied.start, denied.end));
        if (denied.certain) yield problem(`${pointer}/stance`, "N501", `the source denies this: ${clause} follows ${repr(each.words.slice(denied.cueStart, denied.cueEnd).trim())}, so the stance cannot be ${entry.stance}`, "write `stance: denied` for the person who denies it, `stance: attributed` for the person said to hold it, or include the denial in the quotation");
        else yield problem(`${pointer}/stance`, "N502", `the source may deny this, in ${clause}`, "let a second person read the sentence; if in doubt, quote all of it", "warning");
      }
      const word = first > 0 && count(entry.exact) >= MIN_WORDS ? reader.negatedBefore(each.words, first) : "";
      if (word && !/(?:[,;:“"]|that)$/.test(each.words.slice(0, first).trimEnd())) yield problem(`${pointer}/exact`, "N503", `the quotation leaves out ${repr(word)}, which precedes it in the same clause`, "start the quotation before the negation", "warning");
    }
  };
  const doubts = function* (record, reader, evidence) {
    for (const each of evidence) {
      const said = isQuotation(each) ? saidOf(each) : null;
      if (!said) continue;
      const found = [...deniedIn(reader, each)], { entry, pointer, supports } = each;
      yield* found;
      const isLong = count(said.exact) >= MIN_WORDS || points(said.exact).filter((char) => char >= "\u2e80").length >= 6;
      if (OWN_STANCES.includes(entry.stance) && isLong && !found.some(({ code }) => code === "N503")) {
        const word = reader.cutOff(said.before, said.after);
        if (word && !said.frames.join(" ").toLowerCase().includes(word.toLowerCase())) yield problem(`${pointer}/exact`, "N503", `the quotation leaves out ${repr(word)}, which belongs to the same clause`, "quote the negation or exception too, in the quotation or as a frame", "warning");
      } else if (entry.stance === "denied" && !supports.includes("/stance") && !reader.isDenied(said) && !reader.findDenied(said.exact).length) yield problem(`${pointer}/stance`, "N516", `nothing denies the quoted words ${repr(points(said.exact).slice(0, 100).join(""))}`, "quote the denial under `frame`");
    }
  };
  /** What a statement of a source held here is about is named in its quotations, or is the editors' judgement. */
  const topics = function* (record, reader, evidence) {
    const quoted = evidence.filter(isQuotation), words = quoted.flatMap(({ entry }) => [entry.exact, ...(entry.frame ?? []).map((each) => each.exact)]).join("\n");
    for (const [i, id] of (quoted.length ? record.value.about ?? [] : []).entries()) {
      const pointer = `/about/${i}`, about = known(record, id);
      if (!about || !["initiative", "actor"].includes(about.type) || judged(record, pointer)) continue;
      if (!reader.mentionsName(words, [...about.names, ...about.demonyms, ...about.offices])) yield problem(pointer, "N515", `no quoted words name ${id}`, `${SAID.N515}, or say under \`judgements\` why the statement is about it`);
    }
  };

  const stances = function* (record, evidence) {
    if (record.type === "statement") for (const { entry, pointer, supports } of evidence) {
      if (!own(entry, "url") && supports.includes("/stance") && entry.stance !== record.value.stance) yield problem(`${pointer}/stance`, "N504", `the statement's stance is ${record.value.stance}, but its evidence has ${entry.stance}`, "write the same stance in both places");
    }
  };
  /** Words that a speaker asserts in one quotation are not proposed in another that overlaps with it. */
  const oneStance = function* (evidence) {
    const placed = evidence.filter(({ entry, place: at }) => at?.start >= 0 && entry.speaker !== "unnamed" && ["asserted", "proposed"].includes(entry.stance));
    for (const [i, one] of placed.entries()) for (const other of placed.slice(i + 1)) {
      const [{ source, speaker, stance }, { stance: second }] = [one.entry, other.entry];
      if (source === other.entry.source && speaker === other.entry.speaker && stance !== second && one.place.start < other.place.end && other.place.start < one.place.end) yield problem(`${other.pointer}/stance`, "N506", `the stance is ${second}, but the same words of ${speaker} are ${stance} in other evidence of this record`, "write the same stance in both places", "warning");
    }
  };
  /** A date that no quotation supports is one of the days that the paraphrases cited for it name, if they name any. */
  const paraphrases = function* (record, { borne }) {
    const reader = window.normbookSupport(record.given.words);
    for (const [pointer, pieces] of borne) {
      if (KINDS[shape(pointer)] !== "N511" || pieces.some((each) => isQuotation(each) || each.entry.inferred)) continue;
      const given = valueAt(record, pointer), { value, derivation } = isMap(given) ? given : { value: given };
      const words = pieces.map((each) => each.entry.paraphrase).join(" "), day = String(value ?? ""), named = [...new Set(reader.stated(words))].sort();
      const isListed = () => named.some((each) => each.slice(0, 7) === day.slice(0, 7)) && new RegExp(`(?<!\\p{Nd})${+day.slice(8)}(?!\\p{Nd})`, "u").test(words);
      if (!named.length || !day || derivation || reader.carries(day, words, "", []) || isListed()) continue;
      const first = pieces.find((each) => reader.stated(each.entry.paraphrase).length);
      if (first) yield problem(`${first.pointer}/paraphrase`, "N521", `the paraphrase names ${named.join(" and ")}, which does not support ${pointer} ${repr(day)}`, "correct the date, or say in the paraphrase what the text says of this one");
    }
  };
  /** What a correspondence lacks by itself. */
  const sides = function* ({ type, value: { relation, subject, object } }, evidence) {
    if (type !== "correspondence" || relation === "no-match" || [subject, object].includes("fill-in")) return;
    if (subject === object) yield problem("/object", "N322", "a principle cannot correspond to itself", "name another principle");
    if (evidence.length < 2 && !evidence.some((each) => !isQuotation(each) || each.entry.source === "fill-in")) yield problem("/evidence", "N323", "expected evidence for both principles, found it for only one", "quote the wording of both principles");
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

  const PRECISION = { 4: "year", 7: "month", 10: "day" };
  const precision = function* (value, path = []) {
    if (Array.isArray(value)) for (const [i, each] of value.entries()) yield* precision(each, [...path, i]);
    else if (isMap(value)) {
      const written = typeof value.value === "string" && own(value, "precision") ? PRECISION[value.value.length] : undefined;
      if (written && written !== value.precision) yield problem(pointerOf([...path, "precision"]), "N313", `${repr(value.value)} is precise to the ${written}, but its precision is ${repr(value.precision)}`, `write \`precision: ${written}\`, or a date precise to the ${value.precision} if the source gives it`);
      for (const [key, each] of Object.entries(value)) yield* precision(each, [...path, key]);
    }
  };
  /** Days of a record that do not agree with its id, or with the event that a source reports. */
  const agreeing = function* (record) {
    const { value, type } = record, day = String(value.date?.value ?? ""), named = /(?<!\d)((?:19|20)\d\d(?:-\d\d-\d\d)?)(?!\d)/.exec(value.id)?.[1];
    if (["event", "statement"].includes(type) && day && named && !named.startsWith(day) && !day.startsWith(named)) yield problem("/date/value", "N316", `the id names ${named}, the date is ${day}`, "correct the one that is wrong; a published id stays", "warning");
    const published = type === "source" ? value.published?.value ?? "" : "";
    for (const [i, id] of (type === "source" ? value.reports ?? [] : []).entries()) {
      const held = (known(record, id)?.date ?? "").slice(0, published.length);
      if (held && published.slice(0, held.length) < held) yield problem(`/reports/${i}`, "N316", `it is published on ${published}, before ${id} on ${held}`, "correct the date that is wrong", "warning");
    }
  };

  // Corrections of a text.

  /** The edits of a text by its corrections, and why some cannot be made. */
  const edits = (text, corrections) => {
    const made = [], misfits = [];
    for (const [i, each] of corrections.entries()) {
      const found = locate(text, each), [[start, end] = []] = found, clash = found.length === 1 && made.find((other) => other.start <= end && start <= other.end);
      if (found.length !== 1) misfits.push([i, found.length ? "N422" : "N421", `expected its words once in the cleaned reading, found them ${found.length} times`]);
      else if (clash) misfits.push([i, "N423", `it overlaps or touches the correction ${repr(clash.id)}`]);
      else made.push({ start, end, id: each.id, replacement: each.replacement });
    }
    return { made, misfits };
  };
  /** The corrected reading of a text. */
  const corrected = (text, corrections) => edits(text, corrections).made.sort((a, b) => b.start - a.start).reduce((words, { start, end, replacement }) => words.slice(0, start) + replacement + words.slice(end), text);
  const correctionsOf = function* (record) {
    const { value, id } = record, text = record.given.text?.get(value.source), seen = new Map();
    if (value.source !== id) yield problem("/source", "N303", `expected the source ${repr(id)}, after which the file is named, found ${repr(value.source)}`, "rename the file, or correct the id");
    for (const [i, each] of value.corrections.entries()) {
      if (seen.has(each.id)) yield problem(`/corrections/${i}/id`, "N424", `duplicate id ${repr(each.id)}, first used by correction ${seen.get(each.id) + 1}`, "choose another id");
      if (!each.id.startsWith(`${id}-`)) yield problem(`/corrections/${i}/id`, "N425", `the id ${repr(each.id)} does not start with ${id}-`, `write \`id: ${id}-${each.id}\``);
      seen.set(each.id, i);
    }
    if (!text || value.source !== id) return;
    for (const [i, { words }] of (value.decided_otherwise ?? []).entries()) if (!text.cleaned.includes(words) && !text.received.includes(words)) yield problem(`/decided_otherwise/${i}/words`, "N426", `the quoted words ${repr(words)} do not occur in ${id}`, "copy the words from the text, or remove the entry");
    for (const [i, code, reason] of edits(text.cleaned, value.corrections).misfits) yield problem(`/corrections/${i}/exact`, code, `correction ${repr(value.corrections[i].id)}: ${reason}`, code === "N423" ? "make one correction of the two, or leave at least one character between them" : "copy prefix, exact and suffix from one continuous passage of the cleaned reading");
  };

  /** What cannot be tested here: the "texts" of sources that are not published in full, or "words" where the browser cannot read the patterns; else empty. */
  const untested = (record) => {
    if (record.type === "correction") return record.given.text?.get(record.value.source) ? "" : "texts";
    try { if (record.given.words) window.normbookSupport(record.given.words).findDenied(""); else return "words"; } catch { return "words"; }
    return evidenceIn(record).some((each) => isQuotation(each) && !each.text) ? "texts" : "";
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
    if (found.length) return found;
    if (record.type === "correction") return [...correctionsOf(record)];
    record = { ...record, claims: claims(record.schema, record.value) };
    const evidence = evidenceIn(record), rest = claimsOf(record, evidence);
    return [...references(record), ...identifiers(record.value), ...quotations(record, evidence, rest), ...stances(record, evidence), ...oneStance(evidence), ...sides(record, evidence), ...(untested(record) === "words" ? [] : [...support(record, evidence, rest), ...paraphrases(record, rest)]), ...reviews(record), ...calendar(record.value), ...precision(record.value), ...agreeing(record)];
  };

  /** What a new record of a type begins with; nobody has reviewed it. */
  const fresh = (type, schema) => ({ ...(schema.keys.includes("evidence") && type !== "theme" ? { evidence: [] } : {}), status: { publication: "draft", review: "needs-review", certainty: "low" }, ...(type === "correspondence" ? { reviewer: null } : {}) });

  // Ids.

  const slug = (text) => (String(text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-").replace(/^(?:the-|[0-9]+-?)+/, "");
  /** Whole words of an id, of at most so many characters. */
  const cut = (id, longest = 48) => id.length <= longest ? id : id.slice(0, id.lastIndexOf("-", longest) < 0 ? longest : id.lastIndexOf("-", longest));
  const numbered = (start, taken) => { for (let n = 1; ; n += 1) if (!taken(`${start}-${n}`)) return `${start}-${n}`; };
  /** The day of a statement: its own, that of its event, or that of the only event which its source reports. */
  const dayOf = (record, { date, event }) => {
    const reports = (record.value.evidence ?? []).map((each) => record.given.text?.get(each.source)?.fields?.reports).find(Boolean) ?? [];
    return date?.value || known(record, event ?? (reports.length === 1 ? reports[0] : ""))?.date || "";
  };
  const IDS = {
    principle: ({ initiative, ordinal }) => initiative && ordinal ? `${initiative}-${ordinal}` : "",
    correspondence: ({ subject, object }) => subject && object ? `${subject}-${object}` : "",
    event: ({ kind, date, title }) => kind && /^\d{4}-\d{2}/.test(date?.value ?? "") ? `${kind}-${date.value}` : cut(slug(title)),
    glossary: ({ title }) => slug(title) && cut(`term-${slug(title)}`),
    source: (_, taken) => { for (let n = 0; ; n += 1) { const id = `seed-${String(n).padStart(3, "0")}`; if (!taken(id)) return id; } },
    statement: (value, taken, record) => {
      const who = value.holder || value.speaker, when = dayOf(record, value) || (value.about?.[0] ? `on-${value.about[0]}` : "");
      return who && when ? numbered(`${who}-${when}`, taken) : "";
    },
  };
  /** The id that a new record would have in the manner of the book, by what is filled in so far; "" if that is not enough. */
  const proposedId = (record) => {
    const taken = (id) => [...record.given.ids?.values() ?? []].some((rows) => rows.some(([other]) => other === id));
    const id = (IDS[record.type] ?? (({ title }) => cut(slug(title))))(record.value, taken, record);
    return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) && id.length <= 80 ? id : "";
  };
  /** The id of a correction, by the place of its words in the cleaned reading; "" where they have none. */
  const correctionId = (source, text, entry, taken) => {
    const found = text && entry.exact ? locate(text.cleaned, entry) : [];
    if (found.length !== 1) return "";
    const id = `${source}-${String(inPoints(text.cleaned, found[0][0])).padStart(4, "0")}`;
    for (let n = 1; ; n += 1) { const each = n === 1 ? id : `${id}-${n}`; if (!taken(each)) return each; }
  };

  window.normbookCheck = { proposedId, correctionId, findings, untested, corrected, fresh, claims };
})();
