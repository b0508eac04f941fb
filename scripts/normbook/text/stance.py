"""What a speaker does with words: the stretches of a sentence that are raised in order to be rejected.

Works on the surface of English sentences. `certain` is False where the scope of the rejection cannot be told from the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

DENY = r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|repudiat(?:e|es|ed|ing)|rebut(?:s|ted|ting)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|disavow(?:s|ed|ing)?|rebuff(?:s|ed|ing)?)"
CHARGE = r"(?:accusations?|allegations?|claims?|charges?|assertions?|suggestions?|reports?|rumou?rs?|notion|idea|insinuations?|speculation|view|story|stories|lies?|smears?|slanders?)"
FALSE = r"(?:false|untrue|baseless|groundless|unfounded|fabricated|wrong|a lie|lies|nonsense|fiction|not true|without (?:any )?(?:basis|foundation)|a fabrication|pure invention)"
ACCUSE = r"(?:falsely|wrongly|groundlessly|baselessly|unjustly) (?:accus(?:e|es|ed|ing)|alleg(?:e|es|ed|ing)|claim(?:s|ed|ing)?|charg(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|assert(?:s|ed|ing)?)"

# what is denied follows the cue, after "that"
THAT = re.compile(
    rf"(?i)\b(?:{DENY}(?: \w+ly)?(?: as (?:{FALSE}|absurd|ridiculous))?(?:,? (?:\w+[’']?\w* ){{0,5}}?{CHARGE}(?: \w+){{0,4}}?)?|(?:there is|there was) no (?:evidence|truth in (?:the )?{CHARGE})|"
    rf"it (?:is|was) (?:{FALSE}|absurd)(?: to (?:say|claim|suggest|allege))?|(?:contrary to|against) (?:\w+ ){{0,4}}?{CHARGE}|{ACCUSE}|never (?:said|claimed|stated)|(?:call(?:s|ed|ing)?|label(?:s|led)?|brand(?:s|ed)?) (?:{FALSE}|a smear)(?: \w+){{0,3}}? {CHARGE}|"
    rf"(?:the )?(?:{FALSE.replace('a lie|', '')}) (?:\w+ ){{0,2}}?{CHARGE}) that (?P<said>)"
)
# what is denied follows the cue, as a verb in -ing or a noun
DOING = re.compile(rf"(?i)\b(?:{DENY}(?: \w+ly)?(?: (?:ever )?having)?(?: ever)?|{ACCUSE} (?:\S+ ){{1,4}}?of|{DENY} (?:\w+[’']?\w* ){{0,5}}?{CHARGE} of|{DENY} being accused of) (?P<said>)(?=(?:\w+ing|been|\w+ed)\b)")
NOUN = re.compile(rf"(?i)\b{DENY} (?:\w+[’']?\w* ){{0,5}}?{CHARGE} (?:of|about|over|regarding) (?P<said>)(?!\w+ing\b)|\b{DENY} (?:any|all) (?P<noun>)(?=(?:involvement|role|wrongdoing|part|responsibility|knowledge|link|connection)\b)")
# what is denied comes before the cue
BEFORE = re.compile(
    rf"(?i)(?:^|[,;:“\"] ?|\b(?:said|says|added|told \w+(?: \w+){{0,3}}|stressed|noted) (?:that )?)(?:(?:the|any|all|such|these|those|recent|media|press|US|American|Western|some) ){{0,4}}{CHARGE}(?: \w+){{0,3}}? that "
    rf"(?P<said>[^;.]+?),? (?:(?:is|are|was|were|has been|have been|had been) (?:\w+ly )?(?:(?:{DENY})|{FALSE})|(?:\w+ly )?(?:{DENY})? ?(?:by))\b"
)
NEGATOR = re.compile(r"(?i)\b(?:not|never|no|nor|neither|without|cannot|can[’']t|won[’']t|don[’']t|doesn[’']t|didn[’']t|isn[’']t|aren[’']t|hasn[’']t|haven[’']t)\b")
# where a complement ends: a clause that the speaker resumes with a verb of their own, or the report of who said it
RESUMED = r"(?:and|but|while|instead|yet|adding|saying|noting|urging|calling|stressing)"
END = re.compile(
    rf"(?:[;.!?](?:\s|$)|,? (?:but|while|whereas|yet)\b|, {RESUMED}\b|, (?:\w+ ){{0,6}}?(?:said|says|told|added|stressed|noted)\b|[”\"]|"
    rf" and (?:\w+ly )?(?:urg|call|demand|ask|stress|warn|welcom|insist|remind|advis|encourag|hop|propos|appeal|prevent|pledg|promis|said|add|support|reaffirm|reiterat)(?:e?s|ed|ing|es)?\b)"
)
SUBJECT_AGAIN = re.compile(r", and (?:it|he|she|they|that)\b")


class Denied(NamedTuple):
    """A stretch [start, end) of a sentence that is denied there, the stretch of the words that deny it, and whether the scope is certain."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    certain: bool


@lru_cache(maxsize=1 << 12)
def find_denied(sentence: str) -> tuple[Denied, ...]:
    """What a sentence denies, in order.

    >>> s = "China rejects the false accusation that China buys data, and urges others to work together."
    >>> [s[d.start:d.end] for d in find_denied(s)]
    ['China buys data']
    """
    found: dict[int, Denied] = {}
    for pattern in (THAT, DOING, NOUN):
        for match in pattern.finditer(sentence):
            start = match.end()
            end, certain = _scope(sentence, start)
            if end > start:
                found.setdefault(start, Denied(start, end, match.start(), start, certain))
    for match in BEFORE.finditer(sentence):
        found.setdefault(match.start("said"), Denied(match.start("said"), match.end("said"), match.end("said"), match.end(), True))
    return tuple(sorted(_outermost(found.values())))


def _outermost(found: object) -> Iterator[Denied]:
    kept: list[Denied] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):  # type: ignore[call-overload]
        if not any(other.start <= each.start and each.end <= other.end for other in kept):
            kept.append(each)
            yield each


def _scope(sentence: str, start: int) -> tuple[int, bool]:
    """Where a complement that begins at `start` ends, and whether that is certain: a later "and" may or may not still belong to it."""
    match = END.search(sentence, start)
    end = match.start() if match else len(sentence)
    words = sentence[start:end]
    certain = not (match and match[0].startswith(", and") and SUBJECT_AGAIN.match(sentence, match.start()))
    if re.search(r" and that ", words):
        certain = True
    return start + len(words.rstrip(" ,.;:!?\"”")), certain


def negated_before(sentence: str, start: int) -> str:
    """The negating word whose clause the words at `start` continue, empty if there is none: quoting from there on would turn the sense round.

    >>> negated_before("We have never asked any company to collect data.", 18)
    'never'
    """
    clause = max(sentence.rfind(mark, 0, start) for mark in (",", ";", ":", ".", "“", '"'))
    for joint in re.finditer(r"\b(?:but|because|that|which|who|and (?:it|he|she|they|we|the)|while)\b", sentence[:start]):
        clause = max(clause, joint.end())
    found = list(NEGATOR.finditer(sentence, clause + 1, start))
    return found[-1][0] if found else ""
