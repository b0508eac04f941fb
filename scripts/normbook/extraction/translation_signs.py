"""Signs of a bad translation in single English sentences: a subject that was lost, a stray capital, two constructions mixed, one word twice.

They are signs, not proofs: sound English has most of them now and then. So they are looked for only where nobody answers for the
translation, and each is a question to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from normbook.languages.language import Words, pattern
from normbook.text.lexicon import is_function_word

NOT_ASKED = r"(?!<translation.not-asked>\b)"
NO_PLURAL = r"(?!(?!<translation.no-plurals:en>\b)[a-z]+[^su\W]s\b)"  # "Should states agree" is a condition
AUXILIARY = rf"<translation.auxiliaries> {NOT_ASKED}{NO_PLURAL}"
VERB = r"<translation.telling-verbs> (?!<grammar.not:en>\b)"
VERB_OR_NOUN = r"<translation.verbs-before-for> (?=<translation.for-or-on>\b)|<translation.verbs-or-nouns> (?=<translation.opens-object>\b)"
LOST_SUBJECT = pattern(rf"(?:{AUXILIARY}|{VERB}|{VERB_OR_NOUN})(?=[a-z])")
SHORTEST = 25  # code points; a shorter sentence without a subject may be a heading
DASH = pattern(r"[–—-] ?(?P<word>[a-z]+)(?= (?:<translation.modals>|<translation.modal-copulas>)\b)")
CAPITAL = pattern(r"(?<=[a-z,] )(?P<word>[A-Z][a-z]+)(?= [a-z]+(?: [a-z]|[,.;]|$))")
BEGUN = pattern(r"\b<translation.modal-copulas>(?: <grammar.to:en>)? $")
MIXED = pattern(
    r"(?:^|(?P<begun>\b<translation.modal-copulas> <grammar.to:en> ))[a-z]+ [^.;:]{5,160}?"
    r"\b<grammar.and:en> (?P<modal>(?:<translation.modals>) <grammar.not:en>) (?=\w)"
)
VERB_AND_OBJECT = pattern(r"\b(?:<grammar.to:en>|<translation.modals>) (?P<verb>[a-z]{5,}) (?P<object>(?:[a-z’'-]+ ){0,3}[a-z]+)")
OWN = Words("translation.before-objects")
DETERMINERS, NAMES_TOO = Words("translation.determiners"), Words("translation.names-too")
STEM = 5  # letters that two words of one family share at least


class Sign(NamedTuple):
    """A sign at the code points [start, end) of a sentence: the words proposed instead, the reason and the kind of fault."""

    start: int
    end: int
    replacement: str
    reason: str
    category: Literal["omission", "capital", "grammar"]


def signs(sentence: str, before: str = "") -> Iterator[Sign]:
    """The signs in an English sentence; `before` are words in front of it that belong to it, such as the number of an item.

    >>> [(each.category, each.replacement) for each in signs("— port shall keep a log, Neither directly nor by others close it.")]
    [('omission', '[which?] port'), ('capital', 'neither')]
    """
    if sentence[-1:] != "?":
        for find in (_lost_subject, _lost_before_dash, _stray_capitals, _twice):
            yield from find(sentence)
        yield from _mixed(sentence, before)


def _lost_subject(sentence: str) -> Iterator[Sign]:
    if (match := LOST_SUBJECT.match(sentence)) and len(sentence) > SHORTEST:
        verb = match[0].rstrip()
        reason = "The sentence opens with its verb: who acts was lost, or stands in the sentence before."
        yield Sign(0, len(verb), f"[who?] {verb}", reason, "omission")


def _lost_before_dash(sentence: str) -> Iterator[Sign]:
    if match := DASH.match(sentence):
        reason = f"The sentence opens with a dash and “{match['word']}” in lower case: words before it were lost."
        yield Sign(0, match.end(), f"[which?] {match['word']}", reason, "omission")


def _stray_capitals(sentence: str) -> Iterator[Sign]:
    """Capitals of words that never start a name, inside a sentence and not beside another capital."""
    for match in CAPITAL.finditer(sentence):
        low = match["word"].lower()
        if (is_function_word(low) or low in DETERMINERS) and low not in NAMES_TOO:
            reason = f"“{match['word']}” has a capital inside a sentence: two sentences were joined, or a line began here."
            yield Sign(*match.span("word"), low, reason, "capital")


def _mixed(sentence: str, before: str) -> Iterator[Sign]:
    """“… is to act and must not wait”: the second half does not go on as the first began."""
    for match in MIXED.finditer(sentence):
        if match["begun"] is None and not BEGUN.search(before):
            continue
        reason = f"The sentence begins with “to” and a verb and goes on with “{match['modal']}”: two constructions are mixed."
        yield Sign(match.start("modal"), match.end("modal"), "not to", reason, "grammar")


def _twice(sentence: str) -> Iterator[Sign]:
    """“… to repair the old wall repair”: a verb has a noun of its own family as its object."""
    for match in VERB_AND_OBJECT.finditer(sentence):
        verb = match["verb"].removesuffix("e")
        at = match.start("object")
        for noun in match["object"].split(" "):
            if is_function_word(noun) and noun not in OWN:  # what follows a preposition is no object
                break
            if len(verb) >= STEM and noun.startswith(verb) and noun.removesuffix("s") not in (match["verb"], verb):
                reason = f"“{match['verb']}” and “{noun}” are one word twice: one of them stands for another word."
                yield Sign(at, at + len(noun), f"[{noun}?]", reason, "grammar")
            at += len(noun) + 1
