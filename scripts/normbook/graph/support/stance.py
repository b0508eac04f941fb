"""What a speaker does with quoted words: whether a verb in them, in their frames or around them is of the class that a stance says."""

from __future__ import annotations

import re
from typing import NamedTuple

from normbook.extraction.stance import find_denied
from normbook.graph.support.lexicon import find, pattern
from normbook.graph.support.modality import modalities
from normbook.graph.support.people import Index, voices
from normbook.graph.support.turned import HAN, is_passive, is_unsaid
from normbook.languages.language import pattern as words

OPENING = 48  # code points in which the main verb of a quotation is looked for
FOLLOWS = 90  # code points after a quotation in which it may be denied
# what may follow a verb of denying that has the quotation for its object, not words of its own
NO_OBJECT = words(r"(?:\s*<acts.denying-adverbs:en>)?(?:[.,;”\"。，；]|$| <acts.behind-denials:en>\b)|[。，；”]|$")
LINK = words(r"[”\"’'\s]*(?:[,，]|<acts.claim-ends>|<grammar.be:en> )|\s*$")  # between words and the verb that denies them
NO_MAIN_VERB = words(
    r"\b(?:<grammar.to:en>|<grammar.that:en>|<grammar.relatives:en>)\b|[,;，；]"
)  # behind it a verb is of a part of the sentence
ACTS = frozenset({"must", "must-not", "should", "should-not", "may", "encouraged"})


class Said(NamedTuple):
    """Quoted words with what stands around them: their frames, their sentence before and after them."""

    exact: str
    frames: tuple[str, ...]
    before: str
    after: str


def is_denied(said: Said) -> bool:
    """True if a verb of denying bears on the words: in a frame, in the sentence before them, or right after them.

    >>> is_denied(Said("the lakes are dying", ("Holm denied that the lakes",), "Holm denied that ", "."))
    True
    >>> is_denied(Said("The lines are for sale", (), "", ", Reed denied on Friday."))
    True
    >>> is_denied(Said("We buy nothing", (), "“", "”, Mao said, rejecting the claim."))
    False
    """
    if any(_denies(frame, said.exact) for frame in said.frames):
        return True
    sentence = said.before + said.exact + said.after
    start, end = len(said.before), len(said.before) + len(said.exact)
    for denied in find_denied(sentence):
        if denied.certain and not (start <= denied.cue_start and denied.cue_end <= end) and denied.start < end and start < denied.end:
            return True
    return _denied_before(said.before) or denied_after(said.after)


def _denies(frame: str, exact: str) -> bool:
    """True if a frame has a verb of denying that is not of the quoted words themselves."""
    return any(
        frame[hit.start : hit.end + 12] not in exact and frame[hit.start :][:20] not in exact
        for hit in find(frame, "acts.deny", "acts.untrue")
        if hit.key == "acts.untrue" or not is_unsaid(frame, hit)
    )


def _denied_before(before: str) -> bool:
    """True if Chinese words deny what directly follows them: 否认湖泊正在消失."""
    hits = find(before, "acts.deny", "acts.untrue")
    if not hits or (hits[-1].key == "acts.deny" and is_unsaid(before, hits[-1])):
        return False
    return before[hits[-1].start] >= HAN and not re.search(r"[，。；]", before[hits[-1].end :])


def denied_after(after: str) -> bool:
    """True if words behind a quotation deny it: ", Reed denied on Friday", ", which is untrue"."""
    for hit in find(after[:FOLLOWS], "acts.deny", "acts.untrue"):
        gap = after[: hit.start]
        if re.search(r"[.!?。；;]", gap) or not LINK.match(gap):
            continue
        if NO_OBJECT.match(after, hit.end):
            return True
    return False


def _proposes(said: Said) -> tuple[bool, bool]:
    """Whether a verb of proposing governs the words, and whether anything in them or their frames proposes at all."""
    opening = said.exact[:OPENING]
    governing = any(_first_act(_own(frame, said.exact)) == "acts.propose" for frame in said.frames)
    hits = [hit for hit in find(opening, "acts.propose", "acts.say", "acts.believe") if not is_passive(said.exact, hit)]
    main = bool(hits) and hits[0].key == "acts.propose" and not NO_MAIN_VERB.search(opening[: hits[0].start])
    weak = bool(pattern("acts.propose-weak").search(said.exact)) or any(pattern("acts.propose-weak").search(frame) for frame in said.frames)
    weak = (
        weak or any(not is_passive(said.exact, hit) for hit in find(said.exact, "acts.propose")) or bool(ACTS & set(modalities(said.exact)))
    )
    return governing or main, governing or main or weak


def _first_act(words: str) -> str:
    """The list of the first verb of saying or proposing: "said the initiative puts forward" says."""
    hits = find(words, "acts.propose", "acts.say", "acts.deny")
    return next((hit.key for hit in hits if not is_unsaid(words, hit) and not is_passive(words, hit)), "")


def _own(frame: str, exact: str) -> str:
    """A frame without the end or the beginning that it shares with the quotation."""
    for size in range(min(len(frame), len(exact)), 0, -1):
        if frame.endswith(exact[:size]):
            return frame[:-size]
        if frame.startswith(exact[-size:]):
            return frame[size:]
    return frame


def _says(said: Said, index: Index) -> bool:
    """True if a verb of saying has a subject in the frames or in the words."""
    heard = [voices(each, index) for each in (*said.frames, said.exact)]
    return any(each.named or each.pronoun for each in heard)


def _is_unsaid(said: Said) -> bool:
    """True if the frames and the words have verbs of saying, and each is negated, asks, or has for its subject the one who hears."""
    verbs = ("acts.say", "acts.questions", "acts.propose", "acts.deny")
    places = [(words, hit) for words in (*said.frames, said.exact[:OPENING]) for hit in find(words, *verbs)]
    plain = [hit for words, hit in places if hit.key != "acts.questions" and not is_unsaid(words, hit) and not is_passive(words, hit)]
    return (bool(places) and not plain) or any(_ends_unsaid(frame, said.exact) for frame in said.frames)


def _ends_unsaid(frame: str, exact: str) -> bool:
    """True if the verb of saying nearest before the words is not said: "warned against saying that …"."""
    own = _own(frame, exact)
    hits = find(own, "acts.say", "acts.propose") if frame.startswith(own) and own != frame else ()
    return bool(hits) and is_unsaid(own, hits[-1])


def supports(stance: str, said: Said, index: Index, speaker: str, holder: str) -> bool:
    """True if the words carry the stance of a statement of this speaker; a view of another is attributed, or denied."""
    denied = is_denied(said)
    if stance == "denied":
        return denied or bool(find_denied(said.exact))  # the denial is quoted with what it denies
    if stance == "attributed":
        places = (*said.frames, said.exact[:OPENING])
        return bool(holder) or any(pattern(key).search(each) for key in ("acts.others", "acts.accuse") for each in places)
    if denied or (holder and holder != speaker):
        return False
    if stance != "reported" and _is_unsaid(said):
        return False
    if stance == "reported":
        reported = any(pattern("acts.report").search(each) for each in (said.before[-60:], said.exact, *said.frames))
        return speaker == "unnamed" and (reported or not _says(said, index))
    governing, proposing = _proposes(said)
    if stance == "proposed":
        return proposing
    return not governing and speaker != "unnamed" and _says(said, index)
