"""Words near a value that make it false: who is left out, a verb that was not said, a modal verb that binds nobody."""

from __future__ import annotations

import re
from functools import lru_cache

from normbook.graph.support.lexicon import MOST_KEPT, Hit, find, pattern
from normbook.languages.language import pattern as words_pattern

SHORT = 12  # code points before a verb in which its "was" stands
LONGEST_NAME = 8  # Chinese characters, with a joint
NEAR, FAR = 48, 80  # code points before a value in which a word may turn it; from "whether" to its verb
BREAK = re.compile(r"[,;:.，；：。]")
CLAUSE = words_pattern(r"[,;:.，；：。]\s*|\b(?:<grammar.clause-links:en>|<grammar.if:en>)\b\s*")
ADVERB = words_pattern(r"\s*(?:\w+<grammar.adverb-endings:en>\s+)?")
GAP = re.compile(r"\s*,?\s*")
HAN = "\u2e80"


def clause_start(words: str, at: int) -> int:
    """Where the clause begins in which a place of some words stands."""
    return max((match.end() for match in CLAUSE.finditer(words, 0, at)), default=0)


def left_out(words: str, start: int, *others: str) -> bool:
    """True if the words right before a place exclude what is named there; `others` are lists of more such words.

    >>> words = "unlike Suria, Norland was not in Lund; all members but Suria came"
    >>> [left_out(words, words.index(name)) for name in ("Suria", "Norland", "Lund", "Suria came")]
    [True, False, True, True]
    """
    before = words[max(0, start - NEAR) : start]
    hits = find(before, "negation.excluding", "modality.not-negating", *others)
    if not hits or hits[-1].key == "modality.not-negating":
        return False
    gap = before[hits[-1].end :]
    parts = gap.split()
    if all(_is_link(part) for part in parts):
        return True
    if gap[-1] >= HAN:  # no capitals tell names from other words
        return _is_joint(gap[-1]) and len(gap) <= LONGEST_NAME and not BREAK.search(gap)
    return _is_joint(parts[-1]) and all(part[0].isupper() or _is_link(part) or _is_joint(part) for part in parts)


def _is_link(part: str) -> bool:
    return bool(pattern("negation.links").fullmatch(part))


def _is_joint(part: str) -> bool:
    return bool(pattern("negation.joints").fullmatch(part))


def is_contrasted(words: str, start: int, end: int) -> bool:
    """True if Chinese words set what is named apart from the rest: 与苏里亚不同."""
    before = words[max(0, start - 2) : start]
    hits = find(before, "negation.with")
    return bool(hits) and hits[-1].end == len(before) and bool(pattern("negation.unlike-behind").match(words, end))


def is_unreal(words: str, start: int, end: int, earliest: int = 0) -> bool:
    """True if the clause of a place says that it was not so, or was only planned: "nobody signed on 3 May", "was to meet in Lund".

    Words before `earliest` do not count.

    >>> words = "The meeting of 3 May was called off, and they met on 9 May"
    >>> [is_unreal(words, words.index(day), words.index(day) + 5) for day in ("3 May", "9 May")]
    [True, False]
    """
    if is_open(words, start):
        return True
    opening = max(clause_start(words, start), earliest)
    behind = words[end:]
    comma = GAP.match(behind)
    if comma and "," in comma[0] and start - opening < SHORT:
        behind = behind[comma.end() :]  # "On 3 May, nobody came"
    stop = CLAUSE.search(behind)
    return _has(words[opening:start], "negation.unreal") or _has(behind[: stop.start()] if stop else behind, "negation.undone")


def _has(words: str, key: str) -> bool:
    return any(hit.key == key for hit in find(words, key, "modality.not-negating"))


def turns_away(words: str, end: int, *lists: str) -> bool:
    """True if a verb of some lists follows a name: "Holm stayed away", "Suria, which rejected it".

    >>> turns_away("Holm stayed away", 4, "negation.absent"), turns_away("Holm said that Reed stayed away", 4, "negation.absent")
    (True, False)
    """
    gap = GAP.match(words, end)
    at = gap.end() if gap else end
    relative = pattern("negation.relatives").match(words, at)
    if relative:
        at = relative.end()
    elif gap and "," in gap[0]:
        return False
    if words[at : at + 1] >= HAN:  # a reason may stand between
        return any(pattern(key).match(words, place) for key in lists for place in range(at, at + 4) if not BREAK.search(words, at, place))
    adverb = ADVERB.match(words, at)
    return any(pattern(key).match(words, adverb.end() if adverb else at) for key in lists)


def is_open(words: str, start: int) -> bool:
    """True if what stands at a place is asked, supposed or said not to be so: behind "whether", "if", "does not mean that".

    >>> is_open("It is open whether carriers should pay", 30), is_open("If it rains, carriers should pay", 22)
    (True, False)
    """
    before = words[max(0, start - FAR) : start]
    hits = find(before, "modality.open")
    if hits and not BREAK.search(before, hits[-1].end):
        return True
    ends = list(CLAUSE.finditer(words, 0, start))
    return bool(ends) and bool(pattern("grammar.that").fullmatch(ends[-1][0].strip())) and _is_doubted(words, ends[-1].start())


def _is_doubted(words: str, end: int) -> bool:
    """True if the clause before "that" denies or doubts what follows, and not twice: "nobody believes", but not "nobody denies"."""
    clause = words[clause_start(words, end) : end]
    hits = find(clause, "negation.before", "negation.no", "modality.doubters", "acts.deny", "acts.untrue", "modality.not-negating")
    keys = [hit.key for hit in hits if hit.key != "modality.not-negating"]
    doubts = keys.count("modality.doubters")
    return (len(keys) - doubts) % 2 == 1 or (doubts > 0 and len(keys) == doubts)


def is_passive(words: str, hit: Hit) -> bool:
    """True if the subject of a verb of saying is the one who hears, or what is said: "Reed was told", "proposed by Reed"."""
    if pattern("acts.agents").match(words[hit.end :].lstrip()):
        return True
    before = words[: hit.start].rstrip()[-SHORT:]
    hits = find(before, "acts.passive")
    return bool(hits) and hits[-1].end == len(before) and not words[: hit.end].endswith("ing")


@lru_cache(MOST_KEPT)
def is_unsaid(words: str, hit: Hit) -> bool:
    """True if a verb of saying is negated, or stands behind "if" or "whether".

    >>> sample = "Holm did not say that, and Reed said so."
    >>> [is_unsaid(sample, hit) for hit in find(sample, "acts.say")]
    [True, False]
    """
    if is_open(words, hit.start) or pattern("negation.after-say").match(words[hit.end :].lstrip()):
        return True
    clause = words[clause_start(words, hit.start) : hit.start]
    negations = find(clause, "negation.before", "negation.unsaid")
    if not negations:
        return False
    last = negations[-1]
    gap = clause[last.end :]
    if clause[last.start] >= HAN:
        return not gap or (len(gap) <= 2 and last.end - last.start >= 2)
    return bool(ADVERB.fullmatch(gap))
