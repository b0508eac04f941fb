"""How strongly quoted words bind: the class of their modal verbs and imperatives, negations taken into account."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from normbook.graph.support.lexicon import Hit, find, pattern, spelled_out
from normbook.graph.support.turned import ADVERB, BREAK, HAN, clause_start, is_open
from normbook.languages.language import pattern as words_pattern

RANKS = {"must": 0, "must-not": 0, "should": 1, "should-not": 1, "will": 2, "encouraged": 3, "may": 4, "unstated": 5}  # the strongest first
TURNED = {"must": "must-not", "should": "should-not", "may": "must-not", "must-not": "may", "should-not": "should"}
CLASSES = (
    "modality.must", "modality.must-not", "modality.prohibited", "modality.should", "modality.should-not", "modality.may", "modality.will",
    "modality.encouraged", "modality.no-modality",
)  # fmt: skip
SKIPPED = words_pattern(r"(?i),?\s*(?:(?:<modality.asides:en>|\w+<grammar.adverb-endings:en>) )?")
OPENS_WITH_NO = words_pattern(r"(?i)^\W*(?:<grammar.coordinators:en> )?(?P<no><modality.negating-openers:en>)\b")


@lru_cache(maxsize=1 << 12)
def modalities(words: str, before: str = "", after: str = "") -> tuple[str, ...]:
    """The classes of the modal verbs in some words, in order; what stands before and after them can turn their sense.

    >>> modalities("companies must obey local laws and should not push")
    ('must', 'should-not')
    >>> modalities("No carrier may charge for water"), modalities("各国不得关闭线路")
    (('must-not',), ('must-not',))
    >>> modalities("carriers must", after=" not sell maps"), modalities("State should close ports", before="No ")
    (('must-not',), ('should-not',))
    """
    before, words = spelled_out(before), spelled_out(words)
    start, end = len(before), len(before) + len(words)
    words = before + words + spelled_out(after)
    found = []
    for hit in find(words, *CLASSES):
        if not start <= hit.start < end:
            continue
        name = hit.key.removeprefix("modality.")
        if name == "no-modality" or _is_month(words, hit) or is_open(words, hit.start) or _is_noun(words, hit):
            continue  # a testament, a month, "whether carriers should", "the requirement"
        if _is_marker(words, hit):
            continue
        name = "must-not" if name == "prohibited" else name
        negated = _is_negated(words, hit.start, hit.end)
        if _is_past(words, hit) or (not negated and _is_unmeant(words, hit)):
            continue  # "used to be allowed to", "never promised to"
        if negated and name == "must" and not pattern("modality.bare").fullmatch(words, hit.start, hit.end):
            name = "must-not"  # turned once more: nobody is obliged
        found.append(TURNED.get(name, name) if negated else name)
    return tuple(found)


def _is_past(words: str, hit: Hit) -> bool:
    return bool(pattern("modality.past").search(words[clause_start(words, hit.start) : hit.start]))


def _is_unmeant(words: str, hit: Hit) -> bool:
    """True if a negation stands right before a verb that is no modal one: "never promised to"."""
    hits = find(words[clause_start(words, hit.start) : hit.start], "negation.before")
    return bool(hits) and words[hit.start] < HAN and bool(ADVERB.fullmatch(words, clause_start(words, hit.start) + hits[-1].end, hit.start))


def _is_month(words: str, hit: Hit) -> bool:
    return words[hit.start : hit.end] == "May" and (hit.start > 0 or words[hit.end + 1 : hit.end + 2].isdigit())


def _is_noun(words: str, hit: Hit) -> bool:
    """True for a verb that is a noun where its clause ends: 符合安全要求."""
    rest = words[hit.end : hit.end + 1]
    return bool(pattern("modality.nouns-at-end").fullmatch(words[hit.start : hit.end])) and (not rest or bool(BREAK.match(rest)))


def _is_marker(words: str, hit: Hit) -> bool:
    """True for a word that marks an object behind another verb: 鼓励医院将数据存储在本地."""
    marker = pattern("modality.markers").fullmatch(words[hit.start : hit.end])
    clause = words[max((match.end() for match in BREAK.finditer(words, 0, hit.start)), default=0) : hit.start]
    return marker is not None and bool(find(clause, *CLASSES, "negation.before"))


def _is_negated(words: str, start: int, end: int) -> bool:
    """True if a negation follows the verb, or its subject is one that negates: "no member", "neither party"."""
    skipped = SKIPPED.match(words, end)
    after = skipped.end() if skipped else end
    if pattern("modality.by-no-means").match(words, after) and not pattern("modality.not-negating").match(words, after):
        return True
    subject = words[clause_start(words, start) : start].lstrip("“\"‘' ")
    return bool(pattern("modality.negated-subjects").match(subject))


def strongest(classes: Sequence[str]) -> str:
    """The class that binds most, the first of equals; `unstated` where there is none.

    >>> strongest(["may", "must-not", "must"]), strongest([])
    ('must-not', 'unstated')
    """
    return min(classes, key=RANKS.__getitem__, default="unstated")


def modality_of(exact: str, frames: Sequence[str], before: str = "", after: str = "") -> str:
    """The modality that quoted words have in their sentence, else the one that their frames give them ("must obey … and not push")."""
    own = modalities(exact, before, after)
    if own or not frames:
        return strongest(own)
    lent = [name for each in frames for name in modalities(each)]
    if OPENS_WITH_NO.match(exact):
        lent = [TURNED.get(name, name) for name in lent if not name.endswith("-not")] or lent
    return strongest(lent)


def supports(value: str, exact: str, frames: Sequence[str], before: str = "", after: str = "") -> bool:
    """True if a modality is the one that words have; a prohibition is must-not or should-not, by the force of its text.

    >>> [supports(value, "It is prohibited to drain the lake", ()) for value in ("must-not", "should-not", "must")]
    [True, True, False]
    """
    found = modality_of(exact, frames, before, after)
    return value == found or (found == "must-not" and value == "should-not" and bool(pattern("modality.prohibited").search(exact)))
