/* Whether quoted words support a value: what `graph/support/` does, with the same patterns and names. Offsets are code units of the words. */
(() => {
  "use strict";
  const EDGE = "(?:(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_])|(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_]))";
  const CLASSES = ["must", "must-not", "prohibited", "should", "should-not", "may", "will", "encouraged", "no-modality"].map((each) => `modality.${each}`);
  const RANKS = { must: 0, "must-not": 0, should: 1, "should-not": 1, will: 2, encouraged: 3, may: 4, unstated: 5 };
  const TURNED = { must: "must-not", should: "should-not", may: "must-not", "must-not": "may", "should-not": "should" };
  const SIGNS = { "#": "(?:", "~": "(?<![\\p{L}\\p{N}_-])", "@": "(?![\\p{L}\\p{N}_-])" };
  const ACTS = ["must", "must-not", "should", "should-not", "may", "encouraged"];
  const OPENING = 48, FOLLOWS = 90, NEAR = 120;
  const endOf = (found) => found.index + found[0].length;
  const isLetter = (char) => char !== undefined && char < "\u2e80" && /[\p{L}\p{N}]/u.test(char);
  const folded = (text) => text.toLowerCase().replaceAll("ß", "ss");

  /** A pattern that can be asked at a place, up to a place. */
  const asked = (source, flags) => {
    const made = new Map();
    const at = (how, text, from, to, whole = false) => {
      const key = `${how} ${whole}`;
      if (!made.has(key)) made.set(key, new RegExp(whole ? `(?:${source})$` : source, `${flags}${how}u`));
      const pattern = made.get(key);
      pattern.lastIndex = from;
      return [pattern, to < text.length ? text.slice(0, to) : text];
    };
    return {
      search(text, from = 0, to = Infinity) { const [pattern, words] = at("g", text, from, to); return pattern.exec(words); },
      match(text, from = 0, to = Infinity) { const [pattern, words] = at("y", text, from, to); return pattern.exec(words); },
      whole(text, from, to) { const [pattern, words] = at("y", text, from, to, true); return pattern.exec(words); },
      all(text, from = 0, to = Infinity) {
        const [pattern, words] = at("g", text, from, to), found = [];
        for (let each = pattern.exec(words); each; each = pattern.exec(words)) { found.push(each); if (!each[0]) pattern.lastIndex += 1; }
        return found;
      },
    };
  };
  const lexiconOf = (patterns, parts, numbers, contractions) => {
    const known = new Map(), own = new Map();
    const spelt = (source) => source.replaceAll("\\b", EDGE).replaceAll("[\\w", "[\\p{L}\\p{N}_").replaceAll("\\w", "[\\p{L}\\p{N}_]");
    /** A pattern with the groups that it shares with others, for which a letter stands in it. */
    const whole = (source) => source.replace(/[#@~]/g, (sign) => SIGNS[sign]).replace(/[\ue000-\uf8ff]/g, (letter) => whole(parts[letter.codePointAt(0) - 0xe000]));
    const named = (name) => { if (!known.has(name)) known.set(name, asked(spelt(whole(patterns[name][0])), patterns[name][1])); return known.get(name); };
    /** A pattern of this page, read as Python reads it. */
    const like = (source, flags = "") => {
      const key = `${flags} ${source}`;
      if (!own.has(key)) own.set(key, asked(spelt(source), flags));
      return own.get(key);
    };
    const asking = Object.fromEntries(["search", "match", "whole", "all"].map((how) => [how, (name, ...rest) => named(name)[how](...rest)]));
    /** Where phrases of some lists stand; of those that overlap the longest counts. */
    const find = (words, ...lists) => {
      const hits = lists.flatMap((key) => asking.all(key, words).map((found) => ({ key, start: found.index, end: endOf(found) }))).sort((a, b) => a.start - b.start || b.end - a.end), kept = [];
      for (const hit of hits) {
        const last = kept.at(-1);
        if (!last || hit.start >= last.end) kept.push(hit); else if (hit.end - hit.start > last.end - last.start) kept[kept.length - 1] = hit;
      }
      return kept;
    };
    return { ...asking, like, find, numbers, contractions, names: (start) => Object.keys(patterns).filter((name) => name.startsWith(start)) };
  };

  // What turns words: who is left out, a verb that was not said, a modal verb that binds nobody.

  const turnedOf = ({ find, match, search, all, whole }) => {
    const HAN = "\u2e80";
    const isAll = (key, part) => whole(key, part, 0, part.length) !== null;
    const clauseAt = (words) => Math.max(0, ...all("CLAUSE", words).map(endOf));
    const endsWith = (words, ...lists) => { const hit = find(words, ...lists).at(-1); return hit && hit.end === words.length ? hit : null; };
    /** True if the words right before a place leave out what stands there. */
    const leftOut = (words, start, ...others) => {
      const before = words.slice(Math.max(0, start - 48), start), hit = find(before, "negation.excluding", "modality.not-negating", ...others).at(-1);
      if (!hit || hit.key === "modality.not-negating") return false;
      const gap = before.slice(hit.end), parts = gap.trim().split(/\s+/u).filter(Boolean), isLink = (part) => isAll("negation.links", part), isJoint = (part) => isAll("negation.joints", part);
      if (parts.every(isLink)) return true;
      if (gap.at(-1) >= HAN) return isJoint(gap.at(-1)) && gap.length <= 8 && !search("BREAK", gap);
      return isJoint(parts.at(-1)) && parts.every((part) => /^\p{Lu}/u.test(part) || isLink(part) || isJoint(part));
    };
    /** True if Chinese words set what is named apart from the rest. */
    const isContrasted = (words, start, end) => Boolean(endsWith(words.slice(Math.max(0, start - 2), start), "negation.with")) && match("negation.unlike-behind", words, end) !== null;
    const has = (words, key) => find(words, key, "modality.not-negating").some((hit) => hit.key === key);
    /** True if the clause of a place says that it was not so, or was only planned. */
    const isUnreal = (words, start, end, earliest = 0) => {
      if (isOpen(words, start)) return true;
      const opening = Math.max(clauseAt(words.slice(0, start)), earliest), comma = match("GAP", words, end);
      const behind = words.slice(comma && comma[0].includes(",") && start - opening < 12 ? endOf(comma) : end), stop = search("CLAUSE", behind);
      return has(words.slice(opening, Math.max(opening, start)), "negation.unreal") || has(stop ? behind.slice(0, stop.index) : behind, "negation.undone");
    };
    /** True if a verb of some lists follows a name. */
    const turnsAway = (words, end, lists) => {
      const gap = match("GAP", words, end), relative = match("negation.relatives", words, endOf(gap)), at = relative ? endOf(relative) : endOf(gap);
      if (!relative && gap[0].includes(",")) return false;
      if (words[at] >= HAN) return lists.some((key) => [0, 1, 2, 3].some((more) => match(key, words, at + more) && !search("BREAK", words, at, at + more)));
      return lists.some((key) => match(key, words, endOf(match("ADVERB", words, at))));
    };
    /** True if what stands at a place is asked, supposed or said not to be so. */
    const isOpen = (words, start) => {
      const before = words.slice(Math.max(0, start - 80), start), hit = find(before, "modality.open").at(-1);
      if (hit && !search("BREAK", before, hit.end)) return true;
      const last = all("CLAUSE", words, 0, start).at(-1);
      return Boolean(last) && isAll("grammar.that", last[0].trim()) && isDoubted(words.slice(0, last.index));
    };
    /** True if the last clause of words denies or doubts what follows, and not twice. */
    const isDoubted = (words) => {
      const keys = find(words.slice(clauseAt(words)), "negation.before", "negation.no", "modality.doubters", "acts.deny", "acts.untrue", "modality.not-negating").map(({ key }) => key).filter((key) => key !== "modality.not-negating"), doubts = keys.filter((key) => key === "modality.doubters").length;
      return (keys.length - doubts) % 2 === 1 || (doubts > 0 && keys.length === doubts);
    };
    const isPassive = (words, hit) => match("acts.agents", words.slice(hit.end).trimStart()) !== null || Boolean(endsWith(words.slice(0, hit.start).trimEnd().slice(-12), "acts.passive")) && !words.slice(0, hit.end).endsWith("ing");
    /** True if a verb of saying is negated, or stands behind "if" or "whether". */
    const isUnsaid = (words, hit) => {
      if (isOpen(words, hit.start) || match("negation.after-say", words.slice(hit.end).trimStart())) return true;
      const lead = words.slice(0, hit.start), clause = lead.slice(clauseAt(lead)), last = find(clause, "negation.before", "negation.unsaid").at(-1);
      if (!last) return false;
      const gap = clause.slice(last.end);
      return clause[last.start] >= HAN ? !gap || (gap.length <= 2 && last.end - last.start >= 2) : whole("ADVERB", gap, 0, gap.length) !== null;
    };
    return { clauseAt, endsWith, isAll, isContrasted, isOpen, isPassive, isUnreal, isUnsaid, leftOut, turnsAway };
  };

  // How strongly words bind.

  const modalityOf = ({ find, match, search, all, whole, contractions }, { clauseAt, isAll, isOpen }) => {
    const isMonth = (words, { start, end }) => words.slice(start, end) === "May" && (start > 0 || /\p{Nd}/u.test(words[end + 1] ?? ""));
    const isNoun = (words, { start, end }) => isAll("modality.nouns-at-end", words.slice(start, end)) && (end === words.length || match("BREAK", words, end) !== null);
    const isMarker = (words, { start, end }) => {
      if (!isAll("modality.markers", words.slice(start, end))) return false;
      const lead = words.slice(0, start), clause = lead.slice(Math.max(0, ...all("BREAK", lead).map(endOf)));
      return find(clause, ...CLASSES, "negation.before").length > 0;
    };
    const swapped = (words, name, made) => all(name, words).reverse().reduce((text, found) => text.slice(0, found.index) + made(found[0]) + text.slice(endOf(found)), words);
    const spelledOut = (words) => swapped(swapped(words, "CONTRACTED", (each) => contractions[each.slice(0, -2).toLowerCase()] ?? " not"), "negation.adverbs", () => "not");
    const clauseOf = (words, { start }) => words.slice(clauseAt(words.slice(0, start)), start);
    /** True if a negation stands right before a verb that is no modal one. */
    const isUnmeant = (words, hit) => {
      const clause = clauseOf(words, hit), last = find(clause, "negation.before").at(-1);
      return Boolean(last) && words[hit.start] < "\u2e80" && whole("ADVERB", clause, last.end, clause.length) !== null;
    };
    const modalities = (text, before = "", behind = "") => {
      const lead = spelledOut(before), inner = lead + spelledOut(text), words = inner + spelledOut(behind);
      return find(words, ...CLASSES).filter((hit) => lead.length <= hit.start && hit.start < inner.length && hit.key !== "modality.no-modality" && !isMonth(words, hit) && !isOpen(words, hit.start) && !isNoun(words, hit) && !isMarker(words, hit)).flatMap((hit) => {
        const { key, start, end } = hit, name = key === "modality.prohibited" ? "must-not" : key.slice("modality.".length), after = endOf(match("SKIPPED", words, end));
        const isNegated = (match("modality.by-no-means", words, after) && !match("modality.not-negating", words, after)) || match("modality.negated-subjects", words.slice(clauseAt(words.slice(0, start)), start).replace(/^[“"‘' ]+/, ""));
        if (search("modality.past", clauseOf(words, hit)) || (!isNegated && isUnmeant(words, hit))) return [];
        const turned = isNegated && name === "must" && !isAll("modality.bare", words.slice(start, end)) ? "must-not" : name;
        return isNegated ? TURNED[turned] ?? turned : turned;
      });
    };
    const strongest = (found) => found.reduce((best, each) => RANKS[each] < RANKS[best] ? each : best, "unstated");
    const modality = (exact, frames, before = "", behind = "") => {
      const mine = modalities(exact, before, behind);
      if (mine.length || !frames.length) return strongest(mine);
      let lent = frames.flatMap((each) => modalities(each));
      if (match("OPENS_WITH_NO", exact)) {
        const turned = lent.filter((each) => !each.endsWith("-not")).map((each) => TURNED[each] ?? each);
        lent = turned.length ? turned : lent;
      }
      return strongest(lent);
    };
    const binds = (value, exact, frames, before, behind) => { const found = modality(exact, frames, before, behind); return value === found || (found === "must-not" && value === "should-not" && search("modality.prohibited", exact) !== null); };
    return { modalities, modality, binds };
  };

  // Which number words give a point.

  const ordinalsOf = ({ all, find, whole, numbers }, plainDigits, { endsWith, leftOut }) => {
    const countsElse = (words, mark, kind) => {
      const before = words.slice(0, mark.index).trimEnd().slice(-8), rest = words.slice(endOf(mark), endOf(mark) + 16);
      if (rest.startsWith("-") || endsWith(before, "counting.indefinite")) return true;
      if (kind !== "di" && !before && rest[0] === " " && !mark[0].toLowerCase().endsWith("ly")) return !find(rest.slice(1), "counting.after-ordinals", "counting.locators", "counting.points").length;
      const [hit] = find(rest.trimStart(), "counting.not-points", "counting.points");
      return hit?.start === 0 && hit.key === "counting.not-points";
    };
    const isDigits = (text) => /^\p{Nd}+$/u.test(text);
    const han = (text) => {
      const digits = numbers.chinese, ten = Object.keys(digits).find((word) => digits[word] === 10), at = text.lastIndexOf(ten), units = at < 0 ? text : text.slice(at + ten.length), tens = at < 0 ? "" : text.slice(0, at);
      return (digits[units.at(-1)] ?? 0) + (at < 0 ? 0 : (digits[tens.at(-1)] ?? 1) * 10);
    };
    const numberOf = (kind, text) => {
      if (kind === "ordinal") return numbers.ordinals[text];
      if (kind === "word") return numbers.ordering[text];
      if (isDigits(text)) return +plainDigits(text);
      return ["di", "item"].includes(kind) ? han(text) : numbers.cardinals[text];
    };
    /** The first number of a point, and those that are joined with it. */
    const numbersIn = (words) => {
      const found = [];
      let end = null;
      for (const mark of all("MARK", words)) {
        const { groups } = mark, kind = Object.keys(groups).find((key) => groups[key] !== undefined);
        if (leftOut(words, mark.index, "negation.other-texts") || (["ordinal", "suffixed", "di"].includes(kind) && countsElse(words, mark, kind))) continue;
        if (end !== null && !whole("SEPARATOR", words, end, mark.index)) break;
        end = endOf(mark);
        found.push(numberOf(kind, groups[kind].toLowerCase()));
      }
      return found;
    };
    const stripped = (text, marks) => { let [from, to] = [0, text.length]; while (from < to && marks.includes(text[from])) from += 1; while (to > from && marks.includes(text[to - 1])) to -= 1; return text.slice(from, to); };
    const placeIn = (series, item) => {
      const parts = [];
      let at = 0;
      for (const joint of all("SEPARATOR", series)) { parts.push(series.slice(at, joint.index)); at = endOf(joint); }
      const list = [...parts, series.slice(at)].map((each) => folded(stripped(each, ' .。”"'))), wanted = folded(stripped(item, " .。,，"));
      const found = list.flatMap((part, i) => part === wanted || (i === 0 && part.endsWith(wanted)) || (i === list.length - 1 && part.startsWith(wanted)) ? [i + 1] : []);
      return found.length === 1 && list.length > 1 ? found[0] : null;
    };
    /** The numbers of a point: of its frames, else of its own words, else by its place in a series or in a list. */
    const numbered = (exact, frames, listed) => {
      for (const each of [frames.flatMap(numbersIn), numbersIn(exact)]) if (each.length) return new Set(each);
      const placed = frames.map((frame) => placeIn(frame, exact)).filter(Boolean);
      return new Set(placed.length ? placed : listed ? [listed] : []);
    };
    return { numbered };
  };

  // Who is named, and who speaks.

  const places = function* (words, name) {
    const latin = /[A-Za-zÀ-ÿ]/.test(name);
    let [text, wanted] = name.length < 4 || !latin ? [words, name] : [folded(words), folded(name)];
    if (text.length !== words.length) [text, wanted] = [words, name];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) if (!latin || !(isLetter(words[at - 1]) || isLetter(words[at + wanted.length]))) yield [at, at + wanted.length];
  };
  const mentionsName = (words, names, isMeant = () => true) => names.some((name) => [...places(words, String(name))].some(([start, end]) => isMeant(words, start, end)));
  const HOW = ["name", "demonym", "office"];

  const peopleOf = ({ all, find, like, search, match, whole }, { clauseAt, endsWith, isAll, isContrasted, isPassive, isUnreal, isUnsaid, leftOut, turnsAway }) => {
    /** Where someone of an index is named: an index has the names with those whom they name and how, and who is a person. */
    const mentions = (words, { names, people }) => {
      const found = [...names].flatMap(([name, ids]) => [...places(words, name)].map(([start, end]) => ({ start, end, ids: [...ids.keys()], how: HOW.find((how) => [...ids.values()].includes(how)) })));
      const kept = [], joined = [];
      for (const each of found.sort((a, b) => a.start - b.start || b.end - a.end)) if (!kept.length || each.start >= kept.at(-1).end) kept.push(each);
      for (const each of kept.reverse()) {
        const next = joined.at(-1);
        if (next && !words.slice(each.end, next.start).trim() && (next.ids.some((id) => people.has(id)) || next.how === "office") && next.start - each.end < 2) joined[joined.length - 1] = { ...next, start: each.start };
        else joined.push(each);
      }
      return joined.reverse();
    };
    const reaches = (words, end, start) => {
      const gap = words.slice(end, start);
      if (match("acts.possessives", gap) || gap.length > NEAR || search("STOP", gap) || search("ANOTHER_THAT", gap)) return false;
      const comma = gap.lastIndexOf("，"), last = gap.lastIndexOf(","), relative = search("RELATIVE", gap), plain = relative ? gap.slice(0, relative.index) : gap;
      if (gap.at(-1) >= "\u2e80" && comma >= 0 && !isAll("acts.adverbs", gap.slice(comma + 1))) return false;
      return !search("CAPITALISED", plain.trimStart()) && !(last >= 0 && search("CAPITALISED", `-${gap.slice(last + 1).trimStart()}`));
    };
    const pronounBefore = (words, start) => {
      const part = words.slice(Math.max(0, start - 24), start);
      return find(part, "acts.pronouns").slice(-1).some((hit) => !like("\\w\\s+\\w+\\s+\\w").search(part.slice(hit.end)));
    };
    const isFree = (words, start) => { const before = words.slice(0, start).trimEnd(); return !before || "\",”’'，,".includes(before.at(-1)); };
    /** True if a name belongs to another subject: "a critic of Holm", but not "the government of Norland". */
    const isBeside = (words, start) => { const before = words.slice(Math.max(0, start - 24), start).trimEnd(); return Boolean(endsWith(before, "acts.beside")) && !find(before, "acts.bodies").some((hit) => hit.end === before.length); };
    const begins = (words, start) => !words.slice(Math.max(0, ...all("STOP", words, 0, start).map(endOf)), start).replace(/^[ “"‘']+|[ “"‘']+$/g, "");
    const isAfterJoint = (words, end, verb) => { const gap = words.slice(end, verb), joint = find(gap, "negation.joints").at(-1); return Boolean(joint) && !gap.slice(joint.end).trim(); };
    /** True if a name is the subject of a relative clause that another verb ends. */
    const isRelative = (words, mention, verb) => {
      const before = words.slice(Math.max(0, mention.start - 24), mention.start).trimEnd(), pronoun = endsWith(before, "negation.relative-pronouns"), gap = words.slice(mention.end, verb).trim();
      if (!pronoun || !gap || isAll("acts.auxiliaries", gap)) return false;
      return !endsWith(before.slice(0, pronoun.start).trimEnd(), "acts.say", "acts.believe", "acts.propose", "acts.deny", "acts.accuse", "acts.others");
    };
    /** True if a name only tells whose something is: "Suria's neighbours", but not "Suria's government". */
    const isOwner = (words, end) => { const rest = words.slice(end), owner = match("acts.possessives", rest); return Boolean(owner) && !match("acts.bodies-behind", rest.slice(endOf(owner)).trimStart()); };
    const continued = (frame, exact) => { for (let size = Math.min(frame.length, exact.length); size > 0; size -= 1) if (frame.endsWith(exact.slice(0, size))) return frame + exact.slice(size); return frame; };
    /** Who is the subject of a verb of saying, and whether a pronoun is. */
    const voices = (words, index) => {
      const known = mentions(words, index), named = new Set();
      let pronoun = false;
      for (const hit of find(words, "acts.say", "acts.questions", "acts.propose", "acts.deny")) {
        if (hit.key !== "acts.deny" && isUnsaid(words, hit)) continue;
        if (isPassive(words, hit)) {
          const agent = known.find((each) => each.start >= hit.end);
          if (agent && !isAll("acts.asks", words.slice(hit.start, hit.end)) && isAll("acts.agents", words.slice(hit.end, agent.start).trim())) agent.ids.forEach((id) => named.add(id));
          continue;
        }
        const before = known.filter((each) => each.end <= hit.start && !leftOut(words, each.start) && !isBeside(words, each.start)), last = before.at(-1);
        let subject = last && reaches(words, last.end, hit.start) ? last : null;
        if (last && (!subject || (isAfterJoint(words, subject.end, hit.start) && !begins(words, subject.start)))) subject = isAfterJoint(words, before[0].end, hit.start) && begins(words, before[0].start) && !search("STOP", words, before[0].end, hit.start) ? before[0] : null;
        if (subject && isRelative(words, subject, hit.start)) subject = null;
        if (pronounBefore(words, hit.start)) pronoun = true;
        else if (subject) subject.ids.forEach((id) => named.add(id));
        else {
          const next = known.find((each) => each.start >= hit.end);
          if (next && !words.slice(hit.end, next.start).trim() && isFree(words, hit.start)) next.ids.forEach((id) => named.add(id));
        }
      }
      for (const each of known) if (match("COLON", words, each.end)) each.ids.forEach((id) => named.add(id));
      return { named, pronoun };
    };
    /** True if a name only tells whose something is, or from whom. */
    const isElsewhere = (words, { start, end }) => {
      const before = words.slice(Math.max(0, start - 24), start).trimEnd();
      return Boolean(endsWith(before, "negation.not-there") && !find(before, "acts.bodies").some((hit) => hit.end === before.length)) || isOwner(words, end);
    };
    const named = (words, index, turned = []) => new Set(words.flatMap((each) => mentions(each, index).flatMap((one) => {
      const { ids, start, end } = one;
      if (leftOut(each, start, ...(turned.length ? ["negation.stands-in"] : [])) || isContrasted(each, start, end) || turnsAway(each, end, turned)) return [];
      return turned.length && (isUnreal(each, start, start) || isElsewhere(each, one)) ? [] : ids;
    })));
    /** True if nothing but joints stands between two names. */
    const joins = (gap) => {
      const body = find(gap, "acts.bodies").find((hit) => !gap.slice(hit.end).trim()), parts = (body ? gap.slice(0, body.start) : gap).split(/[\s,，]+/u).filter(Boolean);
      return Boolean((body ? gap.slice(0, body.start) : gap).trim()) && parts.every((part) => isAll("negation.joints", part) || isAll("negation.links", part));
    };
    /** Those who are named as the subject of a verb: the nearest before it in its clause, and those joined with it. */
    const subjects = (words, verb, known) => {
      const before = known.filter((each) => each.end <= verb), found = new Set();
      let last = before.at(-1);
      if (!last) return found;
      let gap = words.slice(last.end, verb);
      const joined = match("JOINED", gap);
      if (joined && isAll("negation.joints", joined[1])) gap = gap.slice(endOf(joined));
      const owner = match("acts.possessives", gap);
      if (owner) { const rest = gap.slice(endOf(owner)).trimStart(), body = match("acts.bodies-behind", rest); if (body) gap = rest.slice(endOf(body)); }
      if (search("acts.between", gap)) return found;
      if (gap.at(-1) >= "\u2e80" ? gap.length > 10 || search("BREAK", gap) : !reaches(gap, 0, gap.length) || gap.trim().split(/\s+/u).filter(Boolean).length > 6) return found;
      last.ids.forEach((id) => found.add(id));
      for (const each of before.slice(0, -1).reverse()) {
        if (!joins(words.slice(each.end, last.start))) break;
        each.ids.forEach((id) => found.add(id));
        last = each;
      }
      return found;
    };
    /** Those who are named right after a place, one after another. */
    const series = (words, at, known) => {
      const found = new Set();
      for (const each of known) {
        if (each.start < at) continue;
        const gap = words.slice(at, each.start);
        if (!(found.size ? joins(gap) : !gap.trim() || isAll("negation.links", gap.trim()))) break;
        each.ids.forEach((id) => found.add(id));
        at = each.end;
      }
      return found;
    };
    /** True if what has a name of its own belongs to a name. */
    const owns = (words, end) => {
      if (words[end] === "-") return match("acts.author", words.slice(end + 1)) !== null;
      const rest = words.slice(end).trimStart(), body = match("acts.bodies-behind", rest), left = body ? rest.slice(endOf(body)) : words.slice(end), owner = match("acts.possessives", left);
      return Boolean(owner) && match("TITLED", left, endOf(owner)) !== null;
    };
    /** Who puts something forward in words. */
    const authors = (words, index) => new Set(words.flatMap((each) => {
      const known = mentions(each, index).filter((one) => !leftOut(each, one.start) && !isBeside(each, one.start)), found = known.filter((one) => owns(each, one.end)).flatMap(({ ids }) => ids);
      for (const hit of find(each, "acts.works")) found.push(...series(each, hit.end, known));
      for (const hit of find(each, "acts.author")) {
        if (isUnsaid(each, hit)) continue;
        const by = all("acts.agents", each, hit.end).find((one) => !search("BREAK", each, hit.end, one.index)), passive = isPassive(each, hit);
        if (by && (passive || !each.slice(hit.end, by.index).trim())) found.push(...series(each, endOf(by), known));
        else if (!passive) found.push(...subjects(each, hit.start, known));
      }
      return found;
    }));
    /** Who takes part in what words tell of. */
    const attendees = (words, index) => {
      const found = new Set();
      for (const each of words) {
        const known = mentions(each, index).filter(({ start, end }) => !leftOut(each, start, "negation.stands-in") && !isContrasted(each, start, end) && !isUnreal(each, start, start));
        const here = known.filter((one) => !isElsewhere(each, one));
        for (const hit of find(each, "acts.attends", "acts.say", "acts.sends", "acts.author")) if (!isUnsaid(each, hit) && (!["acts.say", "acts.author"].includes(hit.key) || !isPassive(each, hit))) subjects(each, hit.start, here).forEach((id) => { if (hit.key !== "acts.sends" || !index.people.has(id)) found.add(id); });
        known.forEach((one, i) => {
          const before = each.slice(Math.max(0, one.start - 60), one.start).trimEnd(), last = known[i - 1], beside = find(before, "acts.companions").at(-1), gap = beside ? before.slice(beside.end).trim() : ".";
          const joined = last && last.ids.some((id) => found.has(id)) && joins(each.slice(last.end, one.start)), closing = before.endsWith(",") && !each.slice(one.end).trim();
          if (joined || closing || !gap || gap.split(/\s+/u).every((part) => /^\p{Lu}/u.test(part))) one.ids.forEach((id) => found.add(id));
        });
      }
      return found;
    };
    const antecedents = (words, index) => new Set(words.flatMap((each) => mentions(each, index).flatMap(({ ids }) => ids)));
    /** Whose view words give, where that is not the speaker. */
    const holders = (frames, exact, index, speaker) => {
      const found = new Set();
      const take = (ids) => ids.forEach((id) => { if (id !== speaker) found.add(id); });
      for (const frame of frames) {
        const known = mentions(frame, index), whole_ = continued(frame, exact);
        take(voices(frame, index).named);
        for (const hit of find(frame, "acts.say", "acts.believe")) for (const each of known) {
          if (each.start < hit.end || leftOut(frame, each.start) || isContrasted(whole_, each.start, each.end) || isOwner(whole_, each.end)) continue;
          if (whole("BETWEEN_HOLDERS", frame, hit.end, each.start) || search("BEFORE_HOLDER", frame.slice(hit.end, each.start))) take(each.ids);
        }
        for (const hit of find(frame, "acts.accuse")) { const last = known.findLast((each) => each.end <= hit.start && hit.start - each.end < 30); if (last) take(last.ids); }
      }
      const opens = ({ start, end }) => start < 30 && !leftOut(exact, start) && !isContrasted(exact, start, end) && !isOwner(exact, end) && !search("CAPITALISED", ` ${exact.slice(clauseAt(exact.slice(0, start)), start)}`) && !isBeside(exact, start);
      if (!found.size) { const opening = mentions(exact, index).find(opens); if (opening) take(opening.ids); }
      return found;
    };
    const lends = (exact) => search("acts.pronouns", exact) !== null || !like("\\b[A-Z]").search(exact.slice(1));
    return { voices, named, authors, attendees, antecedents, holders, lends };
  };
  const addresseesOf = ({ find, match, names }, { isAll, leftOut }) => {
    const KINDS = names("addressees.").filter((key) => key !== "addressees.belonging");
    /** True if a kind of addressee only tells which others are meant, or is left out. */
    const belongs = (words, hits, i) => {
      const hit = hits[i], next = hits[i + 1], last = hits[i - 1];
      if (leftOut(words, hit.start)) return true;
      if (words[hit.start] >= "\u2e80") { const gap = next ? words.slice(hit.end, next.start) : "."; return Boolean(next) && next.key !== hit.key && (!gap || isAll("acts.possessives", gap)); }
      const gap = last ? words.slice(last.end, hit.start) : "";
      return Boolean(last) && last.key !== hit.key && match("addressees.belonging", gap.trimStart()) !== null && !gap.includes(",");
    };
    const kinds = (words, others = false) => { const hits = find(words, ...KINDS); return [...new Set(hits.filter((_, i) => !others || !belongs(words, hits, i)).map(({ key }) => key.slice("addressees.".length)))]; };
    /** Of the words before a modal verb those that hold its subject. */
    const subjectPart = (words) => {
      const parts = words.split(/[,，]/), last = parts.at(-1).trim();
      if (parts.length === 1 || match("negation.joints", last)) return words;
      return last ? kinds(last).length ? last : words : parts[0];
    };
    return (words) => {
      const modal = find(words, ...CLASSES).filter((hit) => hit.key !== "modality.encouraged"), subject = modal.length ? subjectPart(words.slice(0, modal[0].start)) : words, found = kinds(subject, true);
      return found.length ? found : !modal.length || !subject.trim() ? kinds(words) : [];
    };
  };

  // What a speaker does with words.

  const stanceOf = ({ find, like, search, match }, { clauseAt, isPassive, isUnsaid }, { modalities }, { voices }, { findDenied }) => {
    const deniedAfter = (after) => find(after.slice(0, FOLLOWS), "acts.deny", "acts.untrue").some((hit) => {
      const gap = after.slice(0, hit.start);
      return !/[.!?。；;]/.test(gap) && match("LINK", gap) && match("NO_OBJECT", after, hit.end);
    });
    const deniedBefore = (before) => { const hit = find(before, "acts.deny", "acts.untrue").at(-1); return Boolean(hit) && !(hit.key === "acts.deny" && isUnsaid(before, hit)) && before[hit.start] >= "\u2e80" && !/[，。；]/.test(before.slice(hit.end)); };
    const denies = (frame, exact) => find(frame, "acts.deny", "acts.untrue").some((hit) => (hit.key === "acts.untrue" || !isUnsaid(frame, hit)) && !exact.includes(frame.slice(hit.start, hit.end + 12)) && !exact.includes(frame.slice(hit.start, hit.start + 20)));
    const isDenied = ({ exact, frames, before, after }) => {
      if (frames.some((frame) => denies(frame, exact))) return true;
      const start = before.length, end = start + exact.length;
      return findDenied(before + exact + after).some((each) => each.certain && !(start <= each.cueStart && each.cueEnd <= end) && each.start < end && start < each.end) || deniedBefore(before) || deniedAfter(after);
    };
    const isPlain = (words, hit) => !isUnsaid(words, hit) && !isPassive(words, hit);
    const firstAct = (words) => find(words, "acts.propose", "acts.say", "acts.deny").find((hit) => isPlain(words, hit))?.key ?? "";
    /** True if there are verbs of saying, and each is negated, asks, or has for its subject the one who hears. */
    const nothingSaid = ({ exact, frames }) => {
      const hits = [...frames, exact.slice(0, OPENING)].flatMap((words) => find(words, "acts.say", "acts.questions", "acts.propose", "acts.deny").map((hit) => hit.key !== "acts.questions" && isPlain(words, hit)));
      return (hits.length > 0 && !hits.some(Boolean)) || frames.some((frame) => endsUnsaid(frame, exact));
    };
    /** True if the verb of saying nearest before the words is not said. */
    const endsUnsaid = (frame, exact) => {
      const own = ownPart(frame, exact), hit = frame.startsWith(own) && own !== frame ? find(own, "acts.say", "acts.propose").at(-1) : null;
      return Boolean(hit) && isUnsaid(own, hit);
    };
    const ownPart = (frame, exact) => {
      for (let size = Math.min(frame.length, exact.length); size > 0; size -= 1) {
        if (frame.endsWith(exact.slice(0, size))) return frame.slice(0, -size);
        if (frame.startsWith(exact.slice(-size))) return frame.slice(size);
      }
      return frame;
    };
    const governs = ({ exact, frames }) => {
      const opening = exact.slice(0, OPENING), [hit] = find(opening, "acts.propose", "acts.say", "acts.believe").filter((each) => !isPassive(exact, each));
      return frames.some((frame) => firstAct(ownPart(frame, exact)) === "acts.propose") || (hit?.key === "acts.propose" && !search("NO_MAIN_VERB", opening.slice(0, hit.start)));
    };
    const proposes = (said) => governs(said) || [said.exact, ...said.frames].some((each) => search("acts.propose-weak", each)) || find(said.exact, "acts.propose").some((hit) => !isPassive(said.exact, hit)) || modalities(said.exact).some((each) => ACTS.includes(each));
    const says = ({ exact, frames }, index) => [...frames, exact].some((each) => { const heard = voices(each, index); return heard.named.size || heard.pronoun; });
    const takes = (stance, said, index, speaker, holder) => {
      const denied = isDenied(said), { exact, frames, before } = said;
      if (stance === "denied") return denied || findDenied(exact).length > 0;
      if (stance === "attributed") return Boolean(holder) || ["acts.others", "acts.accuse"].some((key) => [...frames, exact.slice(0, OPENING)].some((each) => search(key, each)));
      if (denied || (holder && holder !== speaker)) return false;
      if (stance !== "reported" && nothingSaid(said)) return false;
      if (stance === "reported") return speaker === "unnamed" && ([before.slice(-60), exact, ...frames].some((each) => search("acts.report", each)) || !says(said, index));
      return stance === "proposed" ? proposes(said) : !governs(said) && speaker !== "unnamed" && says(said, index);
    };
    /** The negating words that a quotation leaves out of its clause, empty if there are none. */
    const cutOff = (before, after) => {
      const aside = search("PARENTHESIS", before);
      for (const lead of aside ? [before, `${before.slice(0, aside.index)} `] : [before]) {
        const clause = lead.slice(clauseAt(lead)), found = find(clause, "negation.before").filter((hit) => clause[hit.start] < "\u2e80" || !clause.slice(hit.end).trim()).at(-1);
        if (found) return clause.slice(found.start, found.end);
      }
      const start = /^[,，]?\s*/.exec(after)[0].length;
      return match(/^[,，]/.test(after) ? "negation.exceptions" : "negation.after", after, start)?.[0] ?? "";
    };
    return { isDenied, deniedAfter, takes, cutOff };
  };

  const made = new WeakMap();
  /** All that reads quoted words, with the words of the languages that the page has loaded. */
  window.normbookSupport = (words) => {
    if (!made.has(words)) {
      const lexicon = lexiconOf(words.get("patterns"), words.get("parts"), words.get("numbers"), words.get("contractions")), turned = turnedOf(lexicon), days = window.normbookDays(lexicon, turned), denied = window.normbookDenied(lexicon), modal = modalityOf(lexicon, turned), people = peopleOf(lexicon, turned);
      made.set(words, { ...lexicon, ...turned, ...days, ...denied, ...modal, ...ordinalsOf(lexicon, days.plainDigits, turned), ...people, ...stanceOf(lexicon, turned, modal, people, denied), addressed: addresseesOf(lexicon, turned), mentionsName });
    }
    return made.get(words);
  };
})();
