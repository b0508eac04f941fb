/* What stands around selected words and bears on them: a denial, a negation, a modal verb before them. The picker asks it which words to
 * quote as a frame, or how far to widen the quotation, so that the check of what is quoted has no doubt. Offsets are code units of the sentence. */
(() => {
  "use strict";
  const OWN = ["asserted", "proposed", "reported"];
  const FAR = 160;  // of a frame that begins with its sentence
  const APART = /[.;:。；：]|(?<![\p{L}\p{N}_])(?:that|which|who|if|because|while|but)(?![\p{L}\p{N}_])/u;
  const MODAL = ["must", "must-not", "prohibited", "should", "should-not", "may", "will", "encouraged"].map((each) => `modality.${each}`);
  const count = (text) => text.trim().split(/\s+/).filter(Boolean).length;

  /** Where a frame begins that leads up to a place: with its sentence, or with its clause if the sentence is long before. */
  const lead = (sentence, at) => {
    if (at <= FAR) { const dateline = /^[\p{Lu}\s,.()]+ [-–—]+ /u.exec(sentence); return dateline && dateline[0].length < at ? dateline[0].length : 0; }
    const marks = [...sentence.slice(0, at).matchAll(/[,;:“”"，；：]\s*/g)].map((found) => found.index + found[0].length);
    return marks.filter((each) => at - each > 20).at(-1) ?? 0;
  };
  const behind = (sentence, at, least) => sentence.length - at <= FAR ? sentence.length : least;

  const isLong = (exact) => count(exact) >= 4 || [...exact].filter((char) => char >= "\u2e80").length >= 6;
  /** Where the sentence says, before or after the words, who says them; null where it does not, or only by a pronoun. */
  const attribution = (reader, sentence, start, end) => {
    if (!isLong(sentence.slice(start, end))) return null;
    const verbs = reader.find(sentence, "acts.say"), after = verbs.filter((each) => each.start >= end).at(-1), before = verbs.filter((each) => each.end <= start).at(-1);
    const opening = after && Math.max(end, ...[...sentence.slice(end, after.start).matchAll(/[,”"，：][\s”"]*/g)].map((found) => end + found.index + found[0].length));
    const frame = after ? [opening, behind(sentence, opening, after.end)] : before ? [lead(sentence, before.start), before.end] : null;
    const verb = after ?? before, others = frame ? sentence.slice(frame[0], verb.start) + sentence.slice(verb.end, frame[1]) : "";
    return /\p{Lu}\p{Ll}|[\u2e80-\u{3ffff}]/u.test(others) && !reader.find(sentence.slice(...frame), "acts.pronouns").length ? frame.map((at, i) => i ? at - /[\s.。”"]*$/.exec(sentence.slice(0, at))[0].length : at) : null;
  };
  /** What words of a sentence need, and who says them: see `needed`; `frames` are all words to be quoted with them. */
  const advise = (reader, sentence, start, end) => {
    const found = needed(reader, sentence, start, end), own = found?.frame ? [found.frame] : [], who = attribution(reader, sentence, start, end);
    const frames = who && who[0] < who[1] && !own.some(([a, b]) => a < who[1] && who[0] < b) ? [...own, who].sort((a, b) => a[0] - b[0]) : own;
    return found ? { ...found, frames } : frames.length ? { key: "frameSays", words: sentence.slice(...frames[0]), frames } : null;
  };
  /** What words of a sentence need: `frame` to be quoted with them, or `widen` to be quoted instead of them; with the words that make it so. */
  const needed = (reader, sentence, start, end) => {
    const exact = sentence.slice(start, end), before = sentence.slice(0, start), after = sentence.slice(end);
    const denied = reader.findDenied(sentence).find((each) => !(start <= each.cueStart && each.cueEnd <= end) && each.start < end && start < each.end);
    if (denied?.certain) {
      const words = sentence.slice(denied.cueStart, denied.cueEnd).trim();
      return { key: "frameDenied", words, stance: "denied", frame: denied.cueStart < start ? [lead(sentence, denied.cueStart), denied.cueEnd] : [Math.max(end, denied.cueStart), behind(sentence, end, denied.cueEnd)] };
    }
    if (denied) return { key: "widenUnsure", words: "", widen: [0, sentence.length] };
    const negator = start > 0 && count(exact) >= 4 && !/(?:[,;:“"]|that)$/.test(before.trimEnd()) ? reader.negatedBefore(sentence, start) : "";
    const verbs = reader.find(before, ...MODAL), last = verbs.at(-1);
    if (negator) {
      const at = before.lastIndexOf(negator), verb = verbs.find((each) => each.start < at && at <= each.end + 1);
      return { key: "widenNegated", words: negator, widen: [verb?.start ?? at, end] };
    }
    const cut = isLong(exact) ? reader.cutOff(before, after) : "";
    if (cut) {
      const place = before.lastIndexOf(cut);
      return { key: "frameCut", words: cut, frame: after.trimStart().replace(/^[,，]\s*/, "").startsWith(cut) ? [end, behind(sentence, end, end + after.indexOf(cut) + cut.length)] : [lead(sentence, place), start] };
    }
    if (last && /^\p{Ll}/u.test(exact) && !reader.modalities(exact).length && !APART.test(before.slice(last.end))) {
      const frame = [lead(sentence, last.start), last.end];
      if (reader.modality(exact, [sentence.slice(...frame)]) !== "unstated") return { key: "frameModal", words: before.slice(last.start, last.end), frame };
    }
    return null;
  };
  window.normbookContext = { advise, OWN };
})();
