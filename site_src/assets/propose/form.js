/* The form that proposes a change of a record, or a new record: made from the published schema. Nothing typed is sent; a draft stays in this
 * browser. What it needs is loaded when it is opened, as classic scripts, so that it also works from a file. */
(() => {
  "use strict";
  const { all, make, query, remember } = window.normbook;
  const form = document.getElementById("nb-propose");
  if (!form) return;
  const words = JSON.parse(document.getElementById("nb-propose-words").textContent);
  const { up, home, repo, edit, language } = form.dataset;
  const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, () => value), words[`propose.${key}`] ?? key);
  const part = (selector) => form.querySelector(selector);
  const own = (object, key) => Object.prototype.hasOwnProperty.call(object ?? {}, key);
  const LONGEST = 7000;  // characters of an address; hosts refuse longer ones
  const PICKED = "normbook.picked";
  const PRECISE = { 4: "year", 7: "month", 10: "day" };  // how precise a date of so many characters is
  const COMMON = "common.schema.json#/$defs/";

  const given = {};
  window.normbookGiven = (kind, name, value) => { (given[kind] ??= new Map()).set(name, value); };
  const loading = new Map();
  /** Loads a script once; false where there is none. */
  const load = (path) => {
    if (!loading.has(path)) loading.set(path, new Promise((done) => {
      const script = make("script", { src: up + path });
      script.addEventListener("load", () => done(true));
      script.addEventListener("error", () => { loading.delete(path); script.remove(); done(false); });
      document.head.append(script);
    }));
    return loading.get(path);
  };
  const store = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* storage may be forbidden or full */ } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
  };

  let now = null;  // the proposal: type, id, path, file (as it is; null if new), value, and what the type's schema says
  let lists = 0, numbers = 0;

  // What the schema says.

  const target = (ref) => {
    if (ref.startsWith(COMMON)) return now.schema.common[ref.slice(COMMON.length)];
    const name = ref.replace("#/$defs/", "");
    return now.schema.common[name] ?? now.schema.schema.$defs?.[name];
  };
  const resolve = (schema) => {
    while (schema.$ref) { const { $ref, ...rest } = schema; schema = { ...target($ref), ...rest }; }
    return schema;
  };
  /** The schema of a value; what is evidence depends on whether it has an address. */
  const fitting = (schema, value) => {
    const found = resolve(schema ?? {});
    return !found.properties && found.then ? resolve(own(value, "url") ? found.then : found.else) : found;
  };
  const topOf = () => {
    const { schema, common, keys } = now.schema, known = { ...common.record.properties, ...schema.properties };
    return { properties: Object.fromEntries(keys.map((key) => [key, known[key]])), required: [...common.record.required, ...(schema.required ?? [])] };
  };
  const schemaAt = (path, value = now.value) => path.reduce((schema, key, i) => {
    const found = fitting(schema, path.slice(0, i).reduce((part, each) => part?.[each], value));
    return (typeof key === "number" ? found.items : found.properties?.[key]) ?? {};
  }, now.top);
  const order = (path, value) => Object.keys(fitting(schemaAt(path), value).properties ?? {});
  const kindOf = (schema) => {
    const kind = Array.isArray(schema.type) ? schema.type.find((each) => each !== "null") : schema.type;
    return kind ?? (schema.properties ? "object" : schema.items ? "array" : "string");
  };
  const takesNull = (schema) => Array.isArray(schema.type) && schema.type.includes("null");
  const takesEmpty = (schema) => kindOf(schema) === "string" && !schema.enum && !schema.minLength && !(schema.pattern && !new RegExp(schema.pattern, "u").test(""));

  /** The keys that a new record needs by what it already says, and those that the schema asks for only while a value is missing. */
  const branches = () => {
    const { if: when, then: yes = {}, else: no = {} } = now.schema.schema, asked = Object.entries(when?.properties ?? {}).filter(([, each]) => own(each, "const"));
    const holds = asked.length > 0 && asked.every(([key, each]) => now.value[key] === each.const);
    return [(holds ? yes : no).required ?? [], asked.some(([key]) => !own(now.value, key)) ? yes.required ?? [] : [], asked.map(([key]) => key)];
  };

  // The value.

  const get = (path) => path.reduce((part, key) => part?.[key], now.value);
  const set = (path, value) => { get(path.slice(0, -1))[path.at(-1)] = value; };
  const drop = (path) => {
    const holder = get(path.slice(0, -1)), key = path.at(-1);
    Array.isArray(holder) ? holder.splice(key, 1) : delete holder[key];
  };
  const keysOf = (found) => found.split("/").slice(1).map((key) => /^\d+$/.test(key) ? +key : key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const pointer = (path) => path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  // The words of the page.

  const spelt = (name) => name.replaceAll(/[-_]/g, " ");
  const named = (path) => {
    const names = path.filter((key) => typeof key === "string");
    for (let at = 0; at < names.length; at += 1) { const found = words[`field.${names.slice(at).join("/")}`]; if (found) return found; }
    return words[`form-field.${names.at(-1)}`] ?? spelt(names.at(-1) ?? "");
  };
  const labelOf = (path) => typeof path.at(-1) === "number" ? `${named(path)} ${path.at(-1) + 1}` : named(path);
  const wordOf = (value) => { const found = words[`word.${value}`]; return !found ? String(value) : language === "en" ? found : `${found} (${value})`; };
  const pointerLabel = (each) => {
    if (now.type === "correction") return get(keysOf(each))?.id ?? each;
    const path = keysOf(each);
    return path.map((key, i) => typeof key === "number" ? key + 1 : named(path.slice(0, i + 1))).join(" ");
  };
  const brief = (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value !== "object") return String(value);
    for (const key of ["exact", "text", "plain", "note", "paraphrase", "value", "title", "name", "reason", "id", "url", "source", "person"]) if (typeof value[key] === "string" && value[key]) return value[key];
    const first = Object.values(value).find((each) => typeof each !== "object");
    return first === undefined ? "" : String(first);
  };
  const briefly = (path) => { const said = short(wordOf(brief(get(path)))); return said && ` ${said}`; };
  const short = (text, longest = 70) => text.length > longest ? `${text.slice(0, longest - 1)}…` : text;

  const today = () => { const day = new Date(); return [day.getFullYear(), String(day.getMonth() + 1).padStart(2, "0"), String(day.getDate()).padStart(2, "0")].join("-"); };
  /** What the picker on a source's page has sent on: the entry of a quotation, or of a correction. */
  const pickedEntry = (mode) => {
    const picked = store.get(PICKED);
    if (picked?.mode !== mode || typeof picked.block !== "string" || !window.normbookFile) return null;
    const { value, errors } = window.normbookFile.read(picked.block);
    return errors.length || !Array.isArray(value) || typeof value[0]?.exact !== "string" ? null : value[0];
  };
  /** Evidence of the whole record says which values it is for: the only one that needs any, else those that a person ticks. */
  const forTop = (path, entry) => {
    const all_ = path.length === 1 ? window.normbookCheck.claims(now.schema, now.value) : [];
    return path.length === 1 ? { ...entry, for: entry.for?.length ? entry.for : all_.length === 1 ? all_ : [] } : entry;
  };

  /** The descriptions in a schema, in their order, which is also that of their translations. */
  const told = (value) => Object.entries(value).flatMap(([key, each]) => key === "description" && typeof each === "string" ? [each] : each && typeof each === "object" ? told(each) : []);
  const translations = (schema, found) => new Map(found && [...new Set([...told(schema.schema), ...told(schema.common)])].map((each, at) => [each, found[at]]));

  /** What a value means, in the language of the page where it is translated. */
  const about = (schema, id = "") => {
    const own_ = now.meanings.get(schema.description);
    return make("span", { className: "nb-f-about", id, textContent: own_ || (schema.description ?? ""), lang: own_ ? language : "en" });
  };

  // The controls.

  const idList = (range) => {
    const key = `nb-ids-${range.join("-")}`;
    if (!document.getElementById(key)) {
      const options = range.flatMap((type) => given.ids?.get(type) ?? []).map(([id, title]) => make("option", { value: id, label: title }));
      form.append(make("datalist", { id: key }, ...options));
    }
    return key;
  };
  const button = (text, act, about = "") => {
    const made = make("button", { type: "button", textContent: text });
    if (about) made.setAttribute("aria-label", `${text} ${about}`);
    made.addEventListener("click", act);
    return made;
  };
  const options = (values) => values.map((value) => make("option", { value: String(value), textContent: value === "" ? say("not-chosen") : wordOf(value), lang: value === "" ? language : "" }));

  /** A control for one value without parts. */
  const control = (path, schema, required) => {
    const value = get(path), kind = kindOf(schema), choices = schema.enum ?? (kind === "boolean" ? [true, false] : null);
    let made;
    if (choices) {
      const known = value === undefined || value === "" || choices.includes(value) ? choices : [...choices, value];
      made = make("select", {}, ...options(["", ...known]));
    } else if (kind === "string" && !schema["x-relation"] && !schema.format && ((schema.maxLength ?? 9999) > 200 || String(value ?? "").includes("\n")) && !/^\^https|\\d|\[0-9\]/.test(schema.pattern ?? "")) {
      made = make("textarea", { rows: Math.min(12, Math.max(1, Math.ceil(String(value ?? "").length / (innerWidth < 600 ? 28 : 60)))) });
    } else {
      made = make("input", { type: schema.format === "date" && /^(\d{4}-\d{2}-\d{2})?$/.test(value ?? "") ? "date" : "text", autocomplete: "off" });
      if (kind === "integer") made.inputMode = "numeric";
      if (schema["x-relation"]) made.setAttribute("list", idList(schema["x-relation"].range));
    }
    made.value = value === undefined || value === null ? "" : String(value);
    if (!choices) { made.spellcheck = made.localName === "textarea"; made.lang = "en"; }
    if (required) made.required = true;
    made.addEventListener(choices ? "change" : "input", () => {
      const typed = made.value.replaceAll("\r\n", "\n");
      const next = choices ? choices.find((each) => String(each) === typed) ?? typed : (kind === "integer" || kind === "number") && /^-?\d+$/.test(typed) ? +typed : typed;
      const holder = get(path.slice(0, -1));
      if (typed === "" && !Array.isArray(holder) && path.at(-1) !== "url") {
        if (required && takesNull(schema)) set(path, null); else if (required && takesEmpty(schema)) set(path, ""); else delete holder[path.at(-1)];
      } else set(path, next);
      const precise = path.at(-1) === "value" && fitting(schemaAt(path.slice(0, -1)), holder).properties?.precision && /^\d{4}(-\d{2}){0,2}$/.test(typed) ? PRECISE[typed.length] : "";
      if (precise) { holder.precision = precise; const box = part(`[data-pointer="${pointer([...path.slice(0, -1), "precision"])}"] > select`); if (box) box.value = precise; }
      if (!now.file && path.length === 1 && branches()[2].includes(path[0])) { members(part(".nb-propose-fields"), []); reveal(pointer(path)); }
      update();
    });
    return made;
  };

  /** One value with its name, what it means, and room for what is wrong with it. */
  const simple = (path, schema, required, removed) => {
    const id = `nb-f${numbers += 1}`, made = control(path, schema, required);
    made.id = id;
    const meaning = about(schema, `${id}-a`), isNew = now.type === "correction" ? !now.file?.value.corrections?.some((each) => each.id === get(path)) : path.length === 1;
    if (path.at(-1) === "id" && isNew) meaning.append(" ", make("span", { textContent: say("id-proposed"), lang: language }));
    const wrong = make("span", { className: "nb-f-wrong", id: `${id}-w`, lang: "en" });
    made.setAttribute("aria-describedby", `${id}-a ${id}-w`);
    const label = make("label", { htmlFor: id, textContent: labelOf(path) });
    if (required && !takesNull(schema)) label.append(" ", make("span", { className: "nb-f-needed", textContent: say("needed") }));
    const box = make("div", { className: "nb-f" }, label, made, ...(removed ? [button(say("remove"), removed, labelOf(path))] : []), meaning, wrong);
    box.dataset.pointer = pointer(path);
    return box;
  };

  /** Which values a piece of evidence, a judgement or a review is for. */
  const pointers = (path, schema, removed) => {
    const set_ = new Set(get(path) ?? []), box = make("fieldset", { className: "nb-f-for" }, make("legend", { textContent: labelOf(path) }));
    const known = window.normbookCheck?.claims(now.schema, now.value) ?? [], whole = known.map((each) => each.replace(/\/\d+$/, "")).filter((each, i, list) => list.indexOf(each) === i && !known.includes(each) && known.some((other) => other.startsWith(`${each}/`)));
    const offered = now.type === "correction" ? (now.value.corrections ?? []).map((_, i) => `/corrections/${i}`) : path[0] === "judgements" ? [...new Set([...Object.keys(now.value).filter((key) => !["id", "title", "status", "evidence", "judgements", "reviews", "note"].includes(key)).map((key) => `/${key}`), ...known])] : [...known, ...whole];
    for (const each of [...offered, ...[...set_].filter((one) => !offered.includes(one))]) {
      const id = `nb-f${numbers += 1}`, tick = make("input", { type: "checkbox", id, checked: set_.has(each) });
      tick.addEventListener("change", () => {
        const next = [...(get(path) ?? []).filter((one) => one !== each), ...(tick.checked ? [each] : [])];
        next.length ? set(path, next) : drop(path);
        update();
      });
      box.append(make("label", { htmlFor: id }, tick, ` ${pointerLabel(each)}`));
    }
    box.append(make("span", { className: "nb-f-about", textContent: say("tick") }), make("span", { className: "nb-f-wrong", lang: "en" }));
    if (removed) box.append(button(say("remove"), removed, labelOf(path)));
    box.dataset.pointer = pointer(path);
    return box;
  };

  const isPointers = (schema) => schema.type === "array" && (resolve(schema.items ?? {}).pattern ?? "").startsWith("^(/");

  /** A value with parts, closed until it is asked for. */
  const folded = (path, schema, removed, open = false) => {
    const inside = make("div", { className: "nb-f-inside" });
    const box = make("details", { className: "nb-f-fold", open }, make("summary", {}, make("span", { textContent: labelOf(path) }), make("span", { className: "nb-f-brief", textContent: briefly(path), lang: "en" }), make("span", { className: "nb-f-wrong", lang: "en" })), inside);
    box.dataset.pointer = pointer(path);
    const fill = () => {
      if (inside.firstChild) return;
      members(inside, path);
      if (removed) inside.append(button(say("remove"), removed, labelOf(path)));
    };
    box.addEventListener("toggle", () => { if (box.open) fill(); });
    box.fill = fill;
    if (open) fill();
    return box;
  };

  /** A list: its items, and buttons that add one. */
  const listed = (path, schema, removed) => {
    const box = make("fieldset", { className: "nb-f-list" }, make("legend", { textContent: labelOf(path) }));
    const again = (focus) => {
      const fresh = listed(path, schema, removed);
      box.replaceWith(fresh);
      focus?.(fresh);
      update();
    };
    const items = get(path) ?? [], single = resolve(schema.items ?? {});
    items.forEach((value, i) => {
      const gone = () => {
        drop([...path, i]);
        if (!get(path).length && removed) removed(); else again((fresh) => fresh.querySelector(":scope > .nb-f-buttons button")?.focus());
      };
      box.append(any([...path, i], schema.items ?? {}, false, gone));
    });
    const add = (value) => {
      if (!Array.isArray(get(path))) set(path, []);
      get(path).push(value);
      again((fresh) => {
        const last = [...fresh.querySelectorAll(":scope > [data-pointer]")].at(-1);
        if (last?.localName === "details") { last.open = true; last.fill(); }
        last?.querySelector("input, select, textarea")?.focus();
      });
    };
    const buttons = make("p", { className: "nb-f-buttons" });
    if (path.at(-1) === "evidence") {
      const picked = pickedEntry("quotation");
      if (picked) buttons.append(button(say("add-picked", { words: short(String(picked.exact), 40) }), () => { store.drop(PICKED); add(forTop(path, picked)); }));
      buttons.append(button(say("add-quotation"), () => add(forTop(path, { role: "supports" }))), button(say("add-outside"), () => add(forTop(path, { url: "", seen: today() }))));
      const texts = make("span", { className: "nb-f-about" }, say("pick-in"), " ");
      for (const [id] of given.ids?.get("source") ?? []) texts.append(make("a", { href: `${home}sources/${id}.html?for=${now.type}.${now.file ? now.id : ""}`, textContent: id, lang: "en" }), " ");
      buttons.append(texts);
    } else buttons.append(button(say("add"), () => add(path.at(-1) === "reviews" ? { day: today() } : kindOf(single) === "object" ? {} : kindOf(single) === "array" ? [] : ""), labelOf(path)));
    box.append(about(schema), make("span", { className: "nb-f-wrong", lang: "en" }), buttons);
    box.dataset.pointer = pointer(path);
    return box;
  };

  const any = (path, schema, required, removed) => {
    const found = fitting(schema, get(path));
    if (isPointers(found)) return pointers(path, found, removed);
    const kind = kindOf(found);
    if (kind === "array") return listed(path, found, removed);
    return kind === "object" ? folded(path, found, removed) : simple(path, found, required, removed);
  };

  /** The values of a mapping, in the order of the schema, and a choice of those that may be added. */
  const members = (box, path) => {
    const schema = fitting(path.length ? schemaAt(path) : now.top, get(path)), needed = new Set(schema.required ?? []);
    if (!path.length && !now.file) for (const key of branches()[0]) needed.add(key);
    if (path.at(-2) === "evidence" && own(get(path), "url")) for (const key of ["read", ...(now.type === "principle" ? ["locator"] : [])]) needed.add(key);
    const fill = () => {
      box.replaceChildren();
      const value = get(path) ?? {}, absent = [];
      const keys = Object.keys(schema.properties ?? {});
      if (!path.length) keys.splice(0, 2, "title", "id");  // the id of a new record follows from what is filled in
      for (const key of keys) {
        if (path.length === 0 && key === "id" && now.file) continue;
        const asked = key === "evidence" && path.length && schema["x-claim"] && !(now.value.evidence ?? []).some((each) => each.for?.includes(pointer(path)));
        if (!own(value, key) && !needed.has(key) && !asked) { absent.push(key); continue; }
        const inner = fitting(schema.properties[key], value[key]);
        if (!own(value, key) && kindOf(inner) === "object") set([...path, key], {});
        const gone = needed.has(key) ? null : () => { drop([...path, key]); fill(); update(); box.querySelector("select.nb-f-absent")?.focus(); };
        box.append(any([...path, key], schema.properties[key], needed.has(key), gone));
      }
      if (!absent.length) return;
      const id = `nb-f${numbers += 1}`, choice = make("select", { id, className: "nb-f-absent" }, ...absent.map((key) => make("option", { value: key, textContent: named([...path, key]) })));
      box.append(make("p", { className: "nb-f-buttons" }, make("label", { htmlFor: id, textContent: say("more") }), " ", choice, " ", button(say("add"), () => {
        const inner = fitting(schema.properties[choice.value], undefined), kind = kindOf(inner), key = choice.value;
        set([...path, key], kind === "object" ? {} : kind === "array" ? [] : "");
        fill();
        const place = [...box.children].find((each) => each.dataset.pointer === pointer([...path, key]));
        if (place?.localName === "details") { place.open = true; place.fill(); }
        (place?.querySelector("input, select, textarea, button") ?? choice).focus();
        update();
      })));
    };
    fill();
  };

  // The result.

  /** The value as it would be written: without lists and mappings in which nothing stands. */
  const cleaned = (value) => {
    if (Array.isArray(value)) return value.map(cleaned).filter((each) => each !== undefined);
    if (!value || typeof value !== "object") return value;
    const made = {};
    for (const [key, each] of Object.entries(value)) {
      const kept = cleaned(each);
      if (kept && typeof kept === "object" && !Object.keys(kept).length && !(now.file && own(now.file.value, key))) continue;
      made[key] = kept;
    }
    return made;
  };
  const ordered = (value, path = []) => {
    if (Array.isArray(value)) return value.map((each, i) => ordered(each, [...path, i]));
    if (!value || typeof value !== "object") return value;
    const keys = order(path, value);
    return Object.fromEntries([...keys.filter((key) => own(value, key)), ...Object.keys(value).filter((key) => !keys.includes(key))].map((key) => [key, ordered(value[key], [...path, key])]));
  };
  const textOf = () => {
    const value = cleaned(now.value);
    if (now.file) return window.normbookFile.changed(now.file, value, order);
    return `# yaml-language-server: $schema=../../schema/${now.type}.schema.json\n${window.normbookFile.written(ordered(value), 0)}\n`;
  };

  const hostAddress = (text) => {
    const [kind, branch] = edit.split("/"), at = now.path.lastIndexOf("/"), folder = now.path.slice(0, at), name = now.path.slice(at + 1);
    if (now.file) return { filled: false, href: `${repo}/${kind}/${branch}/${now.path}` };
    const isGitea = kind === "_edit";
    const bare = isGitea ? `${repo}/_new/${branch}/${folder}?filename=${encodeURIComponent(name)}` : `${repo}/new/${branch}?filename=${encodeURIComponent(now.path)}`;
    const whole = `${bare}&value=${encodeURIComponent(text)}`;
    return whole.length <= LONGEST ? { filled: true, href: whole } : { filled: false, href: bare };
  };

  const differences = (before, after) => {
    const rows = window.normbookFile.lines(before, after), near = new Set();
    rows.forEach(([sign], i) => { if (sign !== " ") for (let at = i - 3; at <= i + 3; at += 1) near.add(at); });
    const made = [];
    rows.forEach(([sign, line], i) => {
      if (!near.has(i)) { if (near.has(i - 1)) made.push(make("span", { className: "nb-diff-gap", textContent: "⋯\n" })); return; }
      made.push(make("span", { className: { "+": "nb-diff-new", "-": "nb-diff-old", " ": "nb-diff-same" }[sign], textContent: `${sign}${line}\n` }));
    });
    return made;
  };

  const draftKey = () => `normbook.proposal.${now.type}.${now.file ? now.id : ""}`;
  const keep = () => now.changed ? store.set(draftKey(), { before: now.file?.text ?? null, value: now.value }) : store.drop(draftKey());

  /** Writes the id of a new record, or of a new correction, as its values propose it, until a person writes another. */
  const proposeIds = () => {
    if (!window.normbookCheck) return;
    const check = window.normbookCheck, follow = (key, holder, path, id) => {
      const box = part(`[data-pointer="${path}"] > input`);
      if (!id || (holder.id ?? "") !== (now.proposed.get(key) ?? "")) return;
      now.proposed.set(key, id);
      holder.id = id;
      if (box) box.value = id;
    };
    if (now.type === "correction") {
      const old = new Set((now.file?.value.corrections ?? []).map((each) => each.id)), list = now.value.corrections ?? [];
      for (const [i, each] of list.entries()) {
        if (old.has(each.id)) continue;
        const others = new Set(list.filter((other) => other !== each).map((other) => other.id));
        follow(each, each, `/corrections/${i}/id`, check.correctionId(now.value.source, given.text?.get(now.value.source), each, (id) => others.has(id)));
      }
    } else if (!now.file) follow("", now.value, "/id", check.proposedId({ type: now.type, id: "", value: now.value, schema: now.schema, given }));
  };

  let waiting = 0;
  const update = () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); };
  /** Writes the change, checks it, and shows both. */
  const refresh = () => {
    clearTimeout(waiting);
    if (!now) return;
    proposeIds();
    if (!now.file) { now.id = typeof now.value.id === "string" ? now.value.id : ""; now.path = `data/${now.schema.folder}/${now.id || "…"}.yaml`; }
    const before = now.file?.text ?? "";
    try { now.text = textOf(); } catch { now.text = null; }
    now.changed = now.text !== null && now.text !== (now.file ? before : now.blank);
    keep();
    const box = part(".nb-diff");
    box.replaceChildren(...(now.changed ? differences(before, now.text) : []));
    part(".nb-propose-none").hidden = now.changed;
    part(".nb-propose-made").hidden = !now.changed;
    part(".nb-propose-told").textContent = now.text === null ? say("not-written") : "";
    for (const each of all(".nb-f-brief", form)) each.textContent = briefly(keysOf(each.closest("details").dataset.pointer));
    judge();
    if (now.changed) outputs();
  };
  /** The corrected text of a source, which changes with its corrections: its path, as it is and as it would be; null where it stays the same. */
  const derivedText = () => {
    const text = now.type === "correction" && now.file ? given.text?.get(now.id)?.cleaned : null, after = text && cleaned(now.value).corrections;
    if (!after || /\p{Cs}/u.test(text) || now.findings.length) return null;
    const [old, fresh] = [now.file.value.corrections, after].map((each) => window.normbookCheck.corrected(text, each));
    return old === fresh ? null : { path: `data/derived/${now.id}/corrected.txt`, old, fresh };
  };
  const outputs = () => {
    const host = hostAddress(now.text), link = part(".nb-propose-host");
    link.href = host.href;
    link.textContent = say(host.filled ? "open-filled" : now.file ? "open-edit" : "open-new");
    part(".nb-propose-way").textContent = say(host.filled ? "way-filled" : now.file ? "way-edit" : "way-new");
    part(".nb-propose-path").textContent = now.path;
    const mail = part(".nb-propose-mail");
    if (mail) mail.href = `mailto:${mail.textContent}?subject=${encodeURIComponent(say("subject", { path: now.path }))}`;
    now.derived = derivedText();
    part(".nb-propose-derived").textContent = now.derived ? say("derived", { path: now.derived.path }) : "";
  };

  /** A finding without the path before its message, since the form names the place; a remedy follows as a sentence of its own, or not. */
  const bare = ({ pointer, message }) => { const path = `${keysOf(pointer).join(".") || "the record"}: `; return message.startsWith(path) ? message.slice(path.length) : message; };
  const joined = (hint = "") => hint && (/^[A-Z]/.test(hint) ? ". " : ": ") + hint;
  /** What is wrong, below a control; what its value means stands there already. */
  const remark = (each, keys) => {
    if (each.code === "N201") return make("span", { textContent: say("missing"), lang: language });
    const meaning = fitting(schemaAt(keys), get(keys)).description ?? "", { hint = "" } = each;
    return make("span", { textContent: bare(each) + joined(hint.startsWith(meaning) ? hint.slice(meaning.length).trim() : hint), lang: "en" });
  };

  /** What the check says of the record as it would be. */
  const judge = () => {
    const box = part(".nb-propose-findings");
    if (!window.normbookCheck) return;
    const value = cleaned(now.value);
    now.findings = window.normbookCheck.findings({ type: now.type, id: now.id, path: now.path, value, schema: now.schema, given, isNew: !now.file });
    const idle = now.file ? [] : branches()[1];
    const shown = now.file || now.changed ? now.findings.filter((each) => !idle.includes(each.key)) : [];  // nobody is told of what they have not begun
    for (const each of all(".nb-f-wrong", form)) each.textContent = "";
    for (const each of all("[aria-invalid]", form)) each.removeAttribute("aria-invalid");
    const places = new Map(all("[data-pointer]", part(".nb-propose-fields")).map((each) => [each.dataset.pointer, each]));
    const rows = shown.map((each) => {
      let at = each.key === undefined ? each.pointer : each.pointer + pointer([each.key]);
      const wanted = at;
      while (at && !places.has(at)) at = at.slice(0, at.lastIndexOf("/"));
      const place = places.get(at);
      const wrong = place?.querySelector(":scope > .nb-f-wrong, :scope > summary > .nb-f-wrong");
      wrong?.append(" ", remark(each, keysOf(wanted)));
      place?.querySelector(":scope > input, :scope > select, :scope > textarea")?.setAttribute("aria-invalid", "true");
      const row = make("li", {}, make("strong", { textContent: words[`word.${each.level}`] ?? each.level, lang: language }), " ", make("a", { href: `${home}findings/${each.code}.html`, textContent: each.code, lang: "en" }), " ", wanted && `${pointerLabel(wanted)} · `, make("span", { textContent: bare(each), lang: "en" }), make("span", { className: "nb-remark", textContent: joined(each.hint), lang: "en" }));
      if (place) row.append(" ", button(say("show"), () => reveal(wanted), pointerLabel(wanted || "/")));
      return row;
    });
    box.replaceChildren(...rows);
    part(".nb-propose-bar").hidden = !now.changed;
    part(".nb-propose-said").textContent = part(".nb-propose-verdict").textContent = now.findings.length && !shown.length ? say("to-fill") : shown.length ? say(shown.length === 1 ? "one-finding" : "some-findings", { n: String(shown.length) }) : say(now.changed ? "no-findings" : "unchanged");
    part(".nb-propose-partly").hidden = now.schema.compiled;
    const untested = now.loaded ? window.normbookCheck.untested({ type: now.type, value, given }) : "";
    part(".nb-propose-untested").textContent = untested && say(`untested-${untested}`);
  };
  /** Opens what holds a value, and goes there. */
  const reveal = (at) => {
    const fields = part(".nb-propose-fields");
    const parts = at.split("/").slice(1);
    let place = null;
    for (let i = 1; i <= parts.length; i += 1) {
      const found = all("[data-pointer]", fields).find((each) => each.dataset.pointer === `/${parts.slice(0, i).join("/")}`);
      if (!found) continue;
      place = found;
      if (found.localName === "details") { found.open = true; found.fill(); }
    }
    (place?.querySelector(":scope > .nb-f-inside :is(input, select, textarea)") ?? place?.querySelector("input, select, textarea, summary") ?? fields).focus();
  };

  // Opening.

  const tell = (text) => { part(".nb-propose-status").textContent = text; };

  /** Opens the form for a record, or for a new record of a type. Resolves when it can be used; false if there is no such record. */
  const open = async (type, id) => {
    await load("assets/propose/vendor/yaml.js");
    await Promise.all([load("assets/propose/file.js"), ...["check", "support", "days", "denied"].map((each) => load(`assets/propose/${each}.js`)), load(`propose/schemas/${type}.js`)]);
    const schema = given.schema?.get(type);
    if (!schema || !window.normbookFile) { tell(say("no-type")); return false; }
    await Promise.all([load("propose/words.js"), ...(language === "en" ? [] : [load(`propose/descriptions/${language}/${type}.js`)]), ...Object.keys(schema.types).filter((each) => each !== "correction").map((each) => load(`propose/ids/${each}.js`)), ...(schema.compiled ? [load(`assets/propose/vendor/${type}.js`)] : []), ...(id ? [load(`propose/records/${schema.folder}/${id}.js`)] : [])]);
    const file = id ? given.file?.get(`${type} ${id}`) : null;
    if (id && !file) { tell(say("no-record")); return false; }
    const read = file ? window.normbookFile.read(file.text) : null;
    if (read?.errors.length) { tell(say("unreadable")); return false; }
    now = { type, id, path: file?.path ?? "", file: read, schema, value: read ? window.normbookFile.copy(read.value) : window.normbookCheck?.fresh(type, schema) ?? {}, text: "", findings: [], changed: false, proposed: new Map(), meanings: translations(schema, given.descriptions?.get(`${language} ${type}`)) };
    now.top = topOf();
    proposeIds();
    now.blank = read ? "" : textOf();
    const kept = store.get(draftKey()), old = kept && kept.before !== (read?.text ?? null);
    part(".nb-propose-old").hidden = !old;
    if (kept && !old) {
      now.value = kept.value;
      now.proposed = new Map([["", window.normbookCheck?.proposedId({ ...now, given }) ?? ""]]);
    }
    show();
    tell(kept && !old ? say("restored") : "");
    return true;
  };
  /** Fills in of a new record what its first quotation says: who says it, what the speaker does with it; the quotation then supports these values. */
  const startFrom = (entry) => {
    const filled = ["speaker", "holder", "stance", "speech"].filter((key) => own(entry, key) && entry[key] !== "unnamed" && own(now.top.properties, key) && !own(now.value, key));
    for (const key of filled) now.value[key] = entry[key];
    const known = window.normbookCheck.claims(now.schema, now.value);
    entry.for = [...(entry.for ?? []), ...filled.map((key) => `/${key}`).filter((each) => known.includes(each))];
  };
  /** Adds what the address asks for: the picked quotation or correction, or a review of a proposed correction; and goes there. */
  const begin = () => {
    const review = query.get("review"), asked = query.get("picked") === "1";
    const entry = asked && pickedEntry(now.type === "correction" ? "correction" : "quotation");
    let at = "";
    if (entry && now.type !== "correction") {
      if (!now.file) startFrom(entry);
      at = `/evidence/${(now.value.evidence ??= []).push(forTop(["evidence"], entry)) - 1}`;
      if (!now.file) at = "/title";
    } else if (entry && now.value.corrections) {
      const place = (name) => parseInt(String(name).slice(now.id.length + 1), 10) || 0, list = now.value.corrections, next = list.findIndex((each) => place(each.id) > place(entry.id));
      const index = next < 0 ? list.length : next;
      list.splice(index, 0, entry);
      for (const each of now.value.reviews ?? []) each.claims = each.claims?.map((claim) => claim.replace(/^\/corrections\/(\d+)/, (whole, n) => +n >= index ? `/corrections/${+n + 1}` : whole));
      at = `/corrections/${index}`;
    } else if (review && now.type === "correction") {
      const index = now.value.corrections.findIndex((each) => each.id === review), claim = `/corrections/${index}`, list = (now.value.reviews ??= []);
      if (index < 0) return;
      let found = list.findIndex((each) => each.claims?.includes(claim) && !each.person);
      if (found < 0) found = list.push({ day: today(), claims: [claim], note: review }) - 1;
      at = `/reviews/${found}`;
    }
    if (asked && !entry && !store.get(PICKED)) tell(say("not-handed"));
    if (!at) return;
    if (entry) store.drop(PICKED);
    remember({ picked: "" });  // so that a reload does not add it again: the draft has it
    show();
    reveal(at);
  };
  const show = () => {
    const { type, id, file } = now;
    part(".nb-propose-what").textContent = say(file ? "record" : "new-record");
    part(".nb-propose-chosen").textContent = file ? `${words[`type.${type}`] ?? type} ${id}` : words[`type.${type}`] ?? type;
    part(".nb-propose-chosen").href = type === "correction" ? `${home}sources/${id}.html` : file ? `${home}${now.schema.folder}/${id}.html` : `${home}${now.schema.folder}/index.html`;
    part(".nb-propose-open").hidden = false;
    part(".nb-propose-types").hidden = true;
    members(part(".nb-propose-fields"), []);
    refresh();
    window.normbookProposal.ready = loadTexts();
  };
  /** The texts that the quotations of the record are compared with. */
  const loadTexts = async () => {
    const wanted = new Set();
    const walk = (node) => { if (node && typeof node === "object") { if (typeof node.source === "string" && /^[a-z0-9-]+$/.test(node.source) && (given.ids?.get("source") ?? []).some(([id]) => id === node.source)) wanted.add(node.source); Object.values(node).forEach(walk); } };
    walk(now.value);
    const fresh = [...wanted].filter((id) => !given.text?.has(id));
    await Promise.all(fresh.map((id) => load(`propose/texts/${id}.js`)));
    if (fresh.some((id) => given.text?.has(id)) || !now.loaded) { now.loaded = true; refresh(); }
  };

  const copy = async (text, done) => {
    try { await navigator.clipboard.writeText(text); part(".nb-propose-did").textContent = say(done); } catch {
      const box = part(".nb-propose-text");
      box.value = text;
      box.parentElement.hidden = false;
      box.focus();
      box.select();
      part(".nb-propose-did").textContent = say("select");
    }
  };
  const save = (name, text) => {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const patchOf = () => {
    const { patch } = window.normbookFile, { derived } = now;
    return patch(now.path, now.file?.text ?? null, now.text) + (derived ? patch(derived.path, derived.old, derived.fresh) : "");
  };
  /** The change as words for an e-mail or an issue: what changes, what the check says, and the patch, which stays one when it is pasted there. */
  const messageOf = () => {
    const found = now.findings.map(({ code, pointer, message }) => `- ${code} ${pointer}: ${message}`);
    return [say("subject", { path: now.path }), "", `${say("message-check")} ${part(".nb-propose-verdict").textContent}`, ...found, "", say("message-change"), "", "```diff", `${patchOf().trimEnd()}`, "```", ""].join("\n");
  };
  part(".nb-propose-copy").addEventListener("click", () => copy(now.text, "copied-file"));
  part(".nb-propose-message").addEventListener("click", () => copy(messageOf(), "copied-message"));
  part(".nb-propose-patch").addEventListener("click", () => save(`${now.id || now.type}.patch`, patchOf()));
  part(".nb-propose-file").addEventListener("click", () => save(`${now.id || now.type}.yaml`, now.text));
  part(".nb-propose-delete").addEventListener("click", () => {
    store.drop(draftKey());
    now.value = now.file ? window.normbookFile.copy(now.file.value) : window.normbookCheck?.fresh(now.type, now.schema) ?? {};
    now.proposed.clear();
    show();
    tell(say("deleted"));
  });
  part(".nb-propose-old button").addEventListener("click", () => { now.value = store.get(draftKey())?.value ?? now.value; part(".nb-propose-old").hidden = true; show(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => { if (event.target.closest('[data-pointer$="/source"]')) loadTexts(); });

  window.normbookProposal = { open, refresh, load, given, get state() { return now; }, patch: patchOf, message: messageOf };
  const type = query.get("type"), id = query.get("id");
  if (type && /^[a-z]+$/.test(type) && (!id || /^[a-z0-9-]+$/.test(id))) open(type, id ?? "").then((opened) => { if (opened) begin(); });
  else if (query.get("picked") === "1") {
    tell(say(store.get(PICKED) ? "picked" : "not-handed"));
    for (const link of all(".nb-propose-types a", form)) link.href += "&picked=1";
  }
})();
