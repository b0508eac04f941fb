/* The parts of a sentence that it denies: what `extraction/stance.py` does, with the same patterns. Offsets are code units of the sentence. */
(() => {
  "use strict";
  const REACH = 1000;
  const count = (text, mark) => text.split(mark).length - 1;

  /** Finds denied words with the patterns of a lexicon. */
  window.normbookDenied = ({ all, search, match, names }) => {
    const AFTER = names("denials.").map((name) => [name.split(".")[1], name]);
    const endOf = (found) => found.index + found[0].length;
    const nextEnd = (ends, start) => ends.find((end) => end >= start);

    /** [start, end, is certain] of what a denial whose complement begins at `start` reaches. */
    const scope = function* (sentence, cue, start, kind, ends) {
      let end = Math.min(nextEnd(ends, start) ?? Infinity, sentence.length, start + REACH);
      const before = sentence.slice(Math.max(0, cue - 200), cue), words = sentence.slice(cue, start);
      const opened = count(before, "“") > count(before, "”") || count(sentence.slice(0, start), '"') % 2 === 1;
      const fronted = search("FRONTED", before) || (!before.trim() && match("OPENS_PHRASE", words, 0));
      const infinitive = search("INFINITIVE", before);
      for (const [holds, mark] of [
        [fronted, "CLAUSE_END"], [opened, "QUOTE_END"], [["", "The", "Such", "These"].includes(before.trim()) && match("LABELLED_FALSE", words, 0), "OWN_VERB"], [kind === "phrase", "FINITE"], [infinitive, "AND_TO"],
      ]) { const found = holds && search(mark, sentence, start, end); if (found) end = found.index; }
      const joints = all("SECOND_CLAUSE", sentence.slice(start, end)).map((found) => [start + found.index, start + endOf(found)]);
      const nested = joints.length > 0 && search("SAYING_THAT", before) !== null;
      const resumed = infinitive ? "INFINITIVE_AGAIN" : "OPEN_SCOPE";
      const begins = [start, ...joints.map(([, after]) => after)], stops = [...joints.map(([joint]) => joint), end];
      for (const [i, begin] of begins.entries()) {
        const stop = stops[i], tail = infinitive || kind === "clause" ? search(resumed, sentence, begin, stop) : null;
        yield [begin, tail ? tail.index : stop, kind !== "unsure" && !(nested && begin > start)];
        if (tail) yield [endOf(tail), stop, false];
      }
    };
    /** What is denied by words after it. */
    const before = function* (sentence, ends) {
      for (const found of all("CLAIMED", sentence)) {
        const start = endOf(found), { called, charge } = found.groups, number = charge.endsWith("s") ? "one" : "many";
        const passed = called ? "PASSED_CALLED" : "PASSED";
        const limit = ends.filter((end) => end >= start).find((end) => !match(passed, sentence, end)) ?? sentence.length;
        const verdicts = all(called ? "AS_FALSE" : "VERDICT", sentence, start, Math.min(limit, start + REACH)).filter((each) => called || each.groups[number] === undefined);
        const last = verdicts.at(-1);
        if (last && !search("ANOTHER_CLAUSE", sentence.slice(start, last.index))) yield { start, end: last.index, cueStart: last.index, cueEnd: endOf(last), certain: true };
      }
      const apposed = all("APPOSED", sentence);
      for (const [turn, found] of [...apposed, ...all("RETORT", sentence)].entries()) {
        const clause = Math.max(...["; ", ": ", "“"].map((mark) => { const at = sentence.slice(0, found.index).lastIndexOf(mark); return at; }));
        const accused = all("ACCUSED", sentence, Math.max(clause, found.index - REACH, 0), found.index);
        if (accused.length || turn < apposed.length) yield { start: accused.length ? endOf(accused.at(-1)) : clause + 1, end: found.index, cueStart: found.index, cueEnd: endOf(found), certain: true };
      }
    };
    /** The spans that are not inside another one of the same certainty, without spaces and punctuation at their ends. */
    const outermost = (sentence, spans) => {
      const reach = { true: -1, false: -1 };
      return spans.sort((a, b) => a.start - b.start || b.end - a.end || a.certain < b.certain || -(a.certain > b.certain)).flatMap((each) => {
        const words = sentence.slice(each.start, each.end).replace(/[ ,.;:!?"”]+$/, "");
        if (!words || each.end <= reach.true || !(each.certain || each.end > reach.false)) return [];
        reach[each.certain] = each.end;
        return [{ ...each, start: each.start + words.length - words.replace(/^[ “"‘']+/, "").length, end: each.start + words.length }];
      });
    };
    const known = new Map();
    /** The denied spans of a sentence, in order; what may or may not be denied is a span that is not certain. */
    const findDenied = (sentence) => {
      if (known.has(sentence)) return known.get(sentence);
      const ends = all("END", sentence).filter((found) => found[0] !== " but" || !search("NOT_ONLY", sentence.slice(Math.max(0, found.index - 200), found.index))).map((found) => found.index);
      const spans = [...before(sentence, ends)], cues = new Set(), judged = new Set(spans.map((each) => each.start));
      for (const [kind, cue] of AFTER) for (const found of all(cue, sentence)) {
        const start = found.index, end = endOf(found);
        if (cues.has(start) || judged.has(end) || search("UNDONE", sentence.slice(Math.max(0, start - 80), start))) continue;
        cues.add(start);
        for (const [from, to, certain] of scope(sentence, start, end, kind, ends)) spans.push({ start: from, end: to, cueStart: start, cueEnd: end, certain });
      }
      const made = outermost(sentence, spans);
      known.set(sentence, made);
      return made;
    };
    /** The negating word in whose clause `start` is, empty if there is none. */
    const negatedBefore = (sentence, start) => {
      const head = sentence.slice(0, start);
      const clause = Math.max(...[",", ";", ":", ".", "“", '"'].map((mark) => head.lastIndexOf(mark)), ...all("JOINT", head).map(endOf));
      return all("NEGATOR", sentence, clause + 1, start).at(-1)?.[0] ?? "";
    };
    return { findDenied, negatedBefore };
  };
})();
