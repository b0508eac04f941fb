/* The days that words state, and whether they carry a date: what `graph/support/days.py` and `extraction/dates/calendar.py` do, with the same patterns.
 * Offsets are code units of the words. */
(() => {
  "use strict";
  const BACK = { two: 2, one: 1, none: 0, c2: 2, c1: 1, c0: 0 };
  const BUDDHIST = 543;

  const iso = (year, month, day) => {
    if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return null;
    const made = new Date(0);
    made.setUTCFullYear(year, month - 1, day);
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made.toISOString().slice(0, 10) : null;
  };
  const plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
  const weekdayOf = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;  // Monday is 0
  const parts = (day) => day.split("-").map(Number);

  /** Reads days with the patterns of a lexicon. */
  window.normbookDays = ({ all, find, search, match, whole, numbers }, { isUnreal }) => {
    const has = (key, word) => Object.hasOwn(numbers[key], word);
    /** The words with the digits of every script as 0 to 9. */
    const plainDigits = (text) => text.replace(/(?![0-9])\p{Nd}/gu, (char) => {
      let n = 0;
      while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt(0) - n - 1))) n += 1;
      return String(n % 10).padEnd(char.length);
    });
    const monthOf = (word) => {
      const low = word.toLowerCase().replace(/\.+$/, "");
      return numbers.months[low] || numbers["first-letters"][low.slice(0, 3)] || (Object.entries(numbers.months).filter(([name]) => name.startsWith(low)).map(([, n]) => n)[0] ?? null);
    };
    const han = (numeral) => {
      for (const mark of Object.keys(numbers.hundreds)) {
        const at = numeral.indexOf(mark);
        if (at < 0) continue;
        const zeros = Object.keys(numbers.zeros);
        let rest = [...numeral.slice(at + mark.length)];
        while (zeros.includes(rest[0])) rest = rest.slice(1);
        while (zeros.includes(rest.at(-1))) rest = rest.slice(0, -1);
        return 100 * (numbers.dense[numeral.slice(0, at)] ?? 1) + (at + mark.length < numeral.length ? han(rest.join("")) : 0);
      }
      const ten = Object.keys(numbers.dense).find((word) => numbers.dense[word] === 10), at = numeral.indexOf(ten);
      if (at < 0) return [...numeral].length === 1 ? numbers.dense[numeral] ?? 0 : 0;
      return 10 * (numbers.dense[numeral.slice(0, at)] ?? 1) + (numbers.dense[numeral.slice(at + ten.length)] ?? 0);
    };
    const underHundred = (words) => words.toLowerCase().replaceAll("-", " ").split(/\s+/).filter(Boolean).reduce((sum, word) => sum + (has("units", word) ? numbers.units[word] : 10 * (numbers.tens[word] ?? 0)), 0);
    /** The full dates that are written in words. */
    const worded = function* (text) {
      if (text.includes(" of ") && (text.includes("thousand") || text.includes("day of"))) for (const found of all("WORDED", text)) {
        const { year, rest, month, day } = found.groups;
        yield [found, iso(year ? +year : 2000 + underHundred(rest ?? ""), numbers.months[month.toLowerCase()], numbers["english-ordinals"][day.toLowerCase()])];
      }
      for (const found of all("HAN_ERA", text)) { const { era, year, month, day } = found.groups; yield [found, iso(numbers.eras[era] + han(year), han(month), han(day))]; }
      for (const found of all("HAN_NUMERALS", text)) {
        const { year, month, day } = found.groups;
        yield [found, iso(+[...year].map((digit) => has("zeros", digit) ? 0 : numbers.dense[digit]).join(""), han(month), han(day))];
      }
    };
    const full = (g) => {
      if (g.y7) return iso(numbers.eras[g.era] + (/^\d+$/.test(g.y7) ? +g.y7 : 1), +g.m7, +g.d7);
      if (g.y8) { const month = monthOf(g.m8); return month ? iso(g.y8 - BUDDHIST, month, +g.d8) : null; }
      if (g.y3) return iso(+g.y3, +g.m3, +g.d3);
      if (g.y6) { const month = monthOf(g.m6); return month ? iso(+g.y6, month, +g.d6) : null; }
      if (g.y5) return iso(+g.y5, +g.m5, +g.d5);
      if (g.y4) {
        const [one, two] = [+g.a, +g.b];
        if (g.sep2 === "." || one > 12 || one === two) return iso(+g.y4, two, one);
        return two > 12 ? iso(+g.y4, one, two) : null;
      }
      const month = monthOf(g.m || g.m2);
      return month ? iso(+(g.y || g.y2).replace("’", "'").replace("'", "20"), month, +(g.d || g.d2)) : null;
    };
    const isModalOrName = (found, text) => {
      const word = found.groups.m || found.groups.m2;
      if (!word || !["may", "march"].includes(word.toLowerCase())) return false;
      const end = found.index + found[0].length;
      if (word === word.toLowerCase()) return match("MODAL", text, end) !== null;
      return Boolean(found.groups.m) && search("TITLED", text, Math.max(found.index - 12, 0), found.index) !== null;
    };
    const daysAgo = (words) => {
      const [found] = all("count", words), count = !found ? 0 : /^\d+$/.test(found[0]) ? +found[0] : numbers.counts[found[0].toLowerCase()];
      return count >= 2 && count <= 6 ? count : null;
    };
    const isUpper = (char) => char !== undefined && char !== char.toLowerCase() && char === char.toUpperCase();
    const isLower = (char) => char !== undefined && char !== char.toUpperCase() && char === char.toLowerCase();
    /** Every expression for a day, in order; parts of a full date are not listed again. */
    const daysIn = (received) => {
      const text = plainDigits(received), found = [];
      const add = (how, each, values) => found.push({ how, start: each.index, end: each.index + each[0].length, words: received.slice(each.index, each.index + each[0].length), stated: null, ...values });
      for (const [each, stated] of worded(text)) if (stated) add("full", each, { stated });
      for (const each of all("full", text)) add("full", each, { stated: full(each.groups) });
      for (const each of all("no_year", text)) if (!isModalOrName(each, text)) add("no-year", each, { month: each.groups.m5 ? +each.groups.m5 : monthOf(each.groups.m || each.groups.m2) ?? 0, number: +(each.groups.d || each.groups.d2 || each.groups.d5) });
      for (const each of all("day_alone", text)) add("day", each, { number: +each.groups.d });
      for (const each of all("weekday", text)) {
        const low = each[0].toLowerCase();
        if (has("english-weekdays", low) && (isLower(each[0][0]) || search("NAMED", text, Math.max(each.index - 8, 0), each.index))) continue;
        add("weekday", each, { number: numbers.weekdays[low] - 1 });
      }
      for (const each of all("relative", text)) {
        if (each[0].toLowerCase() === "hier" && (!search("FRENCH", text) || search("NOT_FRENCH", text))) continue;
        if (isUpper(each[0][0]) && search("MIDST", text, Math.max(each.index - 3, 0), each.index)) continue;
        add("relative", each, { number: BACK[Object.keys(BACK).find((key) => each.groups[key] !== undefined)] });
      }
      for (const each of all("ago", text)) { const number = daysAgo(each[0]); if (number) add("relative", each, { number }); }
      found.sort((a, b) => a.start - b.start || b.end - a.end);
      const kept = [];
      let end = 0;
      found.forEach((day, i) => {
        const next = found[i + 1];
        if (day.start < end) return;
        end = day.end;
        if (day.how === "weekday" && next && ["full", "no-year"].includes(next.how) && whole("BESIDE", text, day.end, next.start)) return;
        if (["full", "no-year"].includes(day.how) && next?.how === "weekday" && whole("BEHIND", text, day.end, next.start)) end = next.end;
        kept.push(day);
      });
      return kept;
    };
    /** True if a day is only where something did not happen, or a bound. */
    const isTurned = (words, day, earliest) => {
      const before = words.slice(Math.max(0, day.start - 40), day.start).trimEnd(), hit = find(before, "dates.not-on", "dates.bounds", "modality.not-negating").at(-1);
      if (hit && hit.end === before.length && hit.key !== "modality.not-negating") return true;
      const [after] = find(words.slice(day.end, day.end + 8).trimStart(), "dates.bounds-behind", "dates.not-bounds-behind", "dates.moved");
      return (after?.start === 0 && after.key !== "dates.not-bounds-behind") || isUnreal(words, day.start, day.end, earliest);
    };
    const stated = (words) => daysIn(words).flatMap((day, i, found) => day.stated && !isTurned(words, day, i ? found[i - 1].end : 0) ? day.stated : []);
    /** True if a figure counts things instead of naming a year. */
    const counts = (words, found) => {
      const before = words.slice(0, found.index).trimEnd().slice(-24), behind = words.slice(found.index + found[0].length);
      if (behind[0] >= "\u2e80" && /\p{L}/u.test(behind[0])) return !match("YEAR_MARK", behind);
      const hit = find(before, "dates.before-years").at(-1);
      return match("PLURAL", behind) !== null && !(hit && hit.end === before.length);
    };
    const statedMonths = (words) => all("MONTH_YEAR", words).flatMap(({ groups: g }) => {
      const [year, month] = [[g.y, g.m], [g.y2, g.m2], [g.y3, g.m3]].find(([each]) => each), number = /^\p{Nd}+$/u.test(month) ? +plainDigits(month) : monthOf(month);
      return number ? [`${year}-${String(number).padStart(2, "0")}`] : [];
    });
    const count = (words) => /^\p{Nd}+$/u.test(words) ? +plainDigits(words) : numbers.cardinals[words.toLowerCase()] || (numbers.pairs[words] ?? 1);
    const distances = (words) => all("DISTANCE", words).map(({ 0: found, groups: g }) => {
      const [n, w, b] = g.n ? [g.n, g.w, g.b] : [g.n2, g.w2, g.b2], days = count(n) * (w ? 7 : 1);
      return [found, b ? -days : days];
    });
    const named = (words) => daysIn(words).flatMap((day) => day.stated ?? []);
    const isDay = (day) => iso(...parts(day)) === day;
    /** The days that a derivation counts from; one that is called by another weekday than its own is none. */
    const anchors = (derivation) => {
      const found = all("ISO", derivation).filter(([, day, name]) => isDay(day) && (!has("weekday-words", (name ?? "").toLowerCase()) || numbers["weekday-words"][name.toLowerCase()] === weekdayOf(day) + 1)).map(([, day]) => day);
      return [...found, ...named(all("ISO", derivation).reverse().reduce((text, each) => `${text.slice(0, each.index)} ${text.slice(each.index + each[0].length)}`, derivation))];
    };
    const nearest = (month, day, anchor) => {
      const [year] = parts(anchor), found = iso(year, month, day);
      return found && found > plus(anchor, 1) ? iso(year - 1, month, day) : found;
    };
    const resolved = (day, anchor) => {
      if (day.how === "full") return null;
      if (day.how === "no-year") return nearest(day.month, day.number, anchor);
      if (day.how === "weekday") return plus(anchor, -((weekdayOf(anchor) - day.number + 7) % 7));
      if (day.how === "relative") return plus(anchor, -day.number);
      const [year, month] = parts(anchor), found = iso(year, month, day.number);
      if (!found || found <= plus(anchor, 1)) return found;
      return month > 1 ? iso(year, month - 1, day.number) : iso(year - 1, 12, day.number);
    };
    const derived = (words, derivation, known) => {
      const named = all("QUOTED", derivation).map(([, each]) => each.toLowerCase());
      const isNamed = (expression) => { const each = expression.toLowerCase().trim(); return !named.length || named.some((one) => one.includes(each) || each.includes(one)); };
      return anchors(derivation).filter((anchor) => !known.length || known.includes(anchor)).flatMap((anchor) => [
        ...daysIn(words).filter((day) => isNamed(day.words)).flatMap((day) => resolved(day, anchor) ?? []), ...distances(words).filter(([each]) => isNamed(each)).map(([, days]) => plus(anchor, days)),
      ]);
    };
    /** Whether words carry a date: as they state it, or as the derivation leads to it. */
    const carries = (value, words, derivation, known) => {
      if (value.length === 10 && stated(words).includes(value)) return true;
      if (value.length === 7 && (statedMonths(words).includes(value) || stated(words).some((day) => day.startsWith(value)))) return true;
      if (/^[0-9]{4}$/.test(value) && [...words.matchAll(new RegExp(`(?<!\\p{Nd})${value}(?!\\p{Nd})`, "gu"))].some((found) => !counts(words, found))) return true;
      return value.length === 10 && Boolean(derivation) && derived(words, derivation, known).includes(value);
    };
    return { carries, stated, plainDigits };
  };
})();
