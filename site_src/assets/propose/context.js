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

  /** What words of a sentence need: `frame` to be quoted with them, or `widen` to be quoted instead of them; with the words that make it so. */
  const advise = (reader, sentence, start, end) => {
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
    const isLong = count(exact) >= 4 || [...exact].filter((char) => char >= "\u2e80").length >= 6, cut = isLong ? reader.cutOff(before, after) : "";
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
