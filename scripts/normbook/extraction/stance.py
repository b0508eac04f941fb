"""Denied words: the parts of a sentence that a speaker mentions in order to reject them.

"China denies that it buys data" must never be quoted as "it buys data". The patterns work on the surface of English
sentences, without a parser. `certain` is False if the words alone do not show how far the rejection reaches.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from normbook.languages.language import Words, pattern
from normbook.text.line_cache import remembered

# Parts that the phrases of `[stance]` in languages/en.toml refer to: words and noun phrases, verbs of denial, charges, who makes
# them, and what a speaker does next.
AND, THE, LY = "<grammar.and:en>", "<grammar.articles:en>", r"\w+<grammar.adverb-endings:en>"
ING, ED = r"\w+<grammar.gerund-endings:en>\b", r"\w+<grammar.past-endings:en>\b"
W = r"[^\s,;:]{1,40}"
FALSE = rf"(?:[“\"‘']?(?:{LY} )?(?:<stance.untrue>|<stance.absurd>|<stance.called-lies>|<stance.lies>|<stance.not-true>))"
HALT = rf"(?:<stance.turns>|{AND} (?:{LY} )?(?:<stance.acts>|<stance.denials>))\b"
ADJECTIVE = rf"(?:{W}|<stance.untrue>,|<stance.absurd>,)"
ADJECTIVES = rf"(?:(?!{HALT}|<stance.behind-charges>\b){ADJECTIVE} ){{0,7}}?[“\"‘']?"
MADE_BY = (
    rf"[”\"’']?(?:(?!,? (?:<grammar.coordinators:en>|<stance.turns>|<stance.acts>|<stance.auxiliaries>)\b) {W}){{0,12}}?"
    r"(?:, [^,;]{1,80},)?(?: <stance.alleging>)?"
)
THAT = rf"(?:,[”\"] {W}(?: {W}){{0,4}}?, [“\"]| )<grammar.that:en> (?!<stance.relative-verbs>\b)"
SPOKEN_IN = rf"<stance.before-places> (?:{THE} )?(?:\w+ )?<stance.places-of-speech>"
SPOKEN = rf"(?: {LY}| <stance.spoken-adverbs>| <events.on:en> {W}| {SPOKEN_IN}){{0,3}}?"
HEAD = rf"(?:<stance.subject-heads>|(?-i:[A-Z]){W})"
NO_SUBJECT = r"(?:<stance.turns>|<stance.ends-subject>|<stance.auxiliaries>)\b"
SUBJECT = rf"(?!<weekdays.wide:en>){HEAD}(?: (?!{NO_SUBJECT}){W}){{0,4}} <stance.auxiliaries>\b"
HOLDER = (
    rf"(?!(?:<stance.auxiliaries>|{LY})\b){W}(?: (?!(?:{HALT}|<stance.denials>)\b){W}){{0,3}}?(?: (?:<stance.before-denials>|{LY})){{0,3}}"
)
PARTS = {
    "word": r"\w+",
    "hyphened": r"[\w-]+",
    "w": W,
    "space": " ",
    "capital": "(?-i:[A-Z])",
    "open-quote": "[“\"‘']?",
    "close-quote": "[”\"’']?",
    "up-to-two": r"(?: [\w-]+){0,2}?",
    "up-to-two-words": r"(?: [^\s,;:]+){0,2}?",
    "up-to-four-words": r"(?: [^\s,;:]+){1,4}",
    "up-to-five": rf"(?: {W}){{1,5}}?",
    "up-to-six": rf"(?: {W}){{0,6}}?",
    "nouns": rf"(?: (?!{AND}|<grammar.but:en>)[\w-]+){{0,2}}",
    "own": "(?:<stance.before-parts> ){0,3}",
    "evidence-verbs": "(?: <stance.behind-evidence>)*",
    "adjectives": ADJECTIVES,
    "made-by": MADE_BY,
    "that": THAT,
    "spoken": SPOKEN,
    "false": FALSE,
    "no-relative": r"(?!<stance.relative-verbs>\b)",
    "no-dispute": r"(?!<stance.disputes>\b)",
    "no-noun": r"(?!<stance.no-gerunds>\b)",
    "unless-only": "(?! <stance.only>)",
    "unless-a": "(?<!a )",
    "unless-of": "(?! <grammar.of:en>)",
    "clause-ahead": rf"(?=<stance.short-subjects> \w|{SUBJECT})",
    "act-ahead": rf"(?=<stance.pronouns> <stance.done>\b|{SUBJECT})",
    "subject-ahead": r"(?=(?:<stance.disputed-heads>|(?-i:[A-Z])\w*)\b)",
    "holder-ahead": rf"(?=<stance.pronouns>\b|{SUBJECT})",
    "accusation-ahead": r"(?= (?:[\w-]+ )?<stance.accusations>)",
    "gerund-ahead": rf"(?=(?:<stance.ever> )?{ING})",
    "part-ahead": r"(?=<stance.parts-in-deeds>\b)",
}


def _pattern(template: str) -> re.Pattern[str]:
    return pattern(template, 0, **PARTS)


# Denials that precede what they deny, and what follows them: a clause, a phrase, or ("unsure") words that may not be denied at
# all. The first entry that matches at a position decides.
AFTER = [(kind, _pattern(rf"(?i)\b<{key}>")) for kind, key in (
    ("clause", "stance.charges-before-a-clause"),
    ("clause", "stance.denials-of-a-clause"),
    ("clause", "stance.charges-that"),
    ("clause", "stance.untrue-that"),
    ("clause", "stance.no-evidence-that"),
    ("clause", "stance.not-accepted-that"),
    ("clause", "stance.false-claims-that"),
    ("phrase", "stance.falsely-accused-of"),
    ("phrase", "stance.denials-of-doing"),
    ("phrase", "stance.charges-of"),
    ("phrase", "stance.denials-of-a-part"),
    ("unsure", "stance.doubts"),
)]  # fmt: skip
CLAIM_HEAD = r"(?:^|[,;:“\"(—]\s?|\b(?:<stance.before-charges>|(?P<called><stance.naming-verbs>)) )"
CLAIMED = _pattern(
    rf"(?i){CLAIM_HEAD}(?:(?:<stance.charge-words>|(?-i:[A-Z]){W}) ){{0,4}}(?P<charge><stance.charges>){MADE_BY}"
    r" <stance.charge-links> (?!<stance.relative-verbs>\b)"
)
BE = r"(?:(?P<one><stance.is>)|(?P<many><stance.are>)|<stance.can-be>)"
VERDICT_ADVERBS = rf"(?:(?:{LY}|<stance.verdict-adverbs>) ){{0,2}}"
NO_VERB = rf"(?!(?: <grammar.by:en>(?: {W}){{1,5}}?)? <stance.auxiliaries>\b)"
VERDICT = _pattern(
    rf"(?i),? (?:(?:<stance.charges-again> )?{BE} {VERDICT_ADVERBS}(?:<stance.rejected>|{FALSE})|<stance.baseless>)\b{NO_VERB}"
)
DENYING = rf"{HOLDER} <stance.holder-denials>"
REJECTED_BY = rf"(?:(?:<stance.before-rejected>|{LY}) ){{0,3}}<stance.rejected> (?:<grammar.by:en>|<grammar.as:en>)"
APPOSED_CHARGE = r"(?:<stance.before-apposed> )?(?:[\w-]+ ){0,2}?<stance.apposed>(?: <stance.apposed-relatives>)?"
BEHIND_APPOSED = r"(?=[.,;”\"]|$| <stance.behind-apposed>\b)"
APPOSED = _pattern(
    rf"(?i)(?:,| [–—-]{{1,2}}) (?:{APPOSED_CHARGE} (?:{DENYING}|{REJECTED_BY})|<grammar.which:en> {DENYING}{BEHIND_APPOSED})"
)
DENIES_IT = r"<stance.denials> <stance.denied-heads>(?: <stance.denied-things>)?"
SAYS_FALSE = rf"<stance.calls-it> {FALSE}"
BEHIND_RETORT = rf"(?=[.,;”\"]|$| (?:<grammar.as:en>|{AND})\b)"
RETORT = _pattern(rf"(?i)[,;] (?:<stance.before-retorts> )?{HOLDER} (?:{DENIES_IT}|{SAYS_FALSE}){BEHIND_RETORT}")
# words before a denial that cancel it: "never denied that"
UNDONE = _pattern(rf"(?i)(?:\b<stance.undoing>|<negation.contracted:en>)(?: (?:<stance.undone-links>|{LY}))* $")
# where the denied words end: at a clause in which the speaker goes on, at "X said", at a comment on the charge
TURN = r"(?:, <stance.clause-turns>\b| <grammar.but:en>\b| <stance.according-to>)"
THEN = rf"(?: <stance.meanwhile>|, (?:<stance.then-links> )*(?:{LY} )?)<stance.acts>\b"
NEXT = r"(?:<stance.acts>|<stance.denials>|<stance.resumed-states>)"
RESUMED = rf"(?:{THEN}|(?! {AND} <stance.shared-acts>\b),? (?:<grammar.coordinators:en>|<grammar.nor:en>) (?:(?:<stance.resumed-links>|{LY}) )*{NEXT}\b)"
STOP = r"(?<!\b[A-Z])(?<!\b<stance.titles>)\.(?:[\s\"”’]|$)"
REPORTED = rf", (?:{W} ){{0,6}}?<stance.reports>\b"
CLOSING = rf", {AND} (?:<stance.we>\b|(?:{W} ){{1,4}}?<stance.closing-acts>\b)"
END = _pattern(rf"[;!?](?:\s|$)|{STOP}| [–—-]{{1,2}} |—|{TURN}| <grammar.as:en> {FALSE}|{RESUMED}|{REPORTED}|{CLOSING}")
OWN_VERB = pattern(r" (?:(?:<stance.only>|<stance.simply>) )?<stance.own-verbs>s?\b")
DOES_TO = rf"\w+<grammar.verb-endings:en> (?:{THE}|<grammar.possessives-of-bodies:en>|<stance.objects>)"
SAME_HOLDER = rf"(?:<stance.pronouns>\b|(?:{W} ){{1,3}}<stance.auxiliaries>\b)"
FINITE = pattern(rf",? {AND} (?:{LY} )?(?:<stance.auxiliaries>|{DOES_TO})\b|, {AND} {SAME_HOLDER}")
GOES_ON = rf"(?:(?:{LY}|<stance.goes-on>) )?(?:<stance.auxiliaries>\b|{ED})"
NAMED_HOLDER = rf"(?:{THE}|<grammar.possessives-of-bodies:en>|(?-i:[A-Z]){W})"
NEW_HOLDER = rf"(?!<grammar.that:en> )(?:{W} ){{1,3}}<stance.auxiliaries>\b|{NAMED_HOLDER} (?:[\w-]+ ){{1,2}}{ED}"
AND_THEN = rf" {AND} (?=(?:<stance.auxiliaries>|<stance.pronouns>|<stance.shared-acts>)\b)"
OPEN_SCOPE = pattern(rf", {AND} (?=(?:{GOES_ON}|<stance.pronouns>\b|{NEW_HOLDER}))|{AND_THEN}| <stance.because> (?=\w)")
CLAUSE_END, QUOTE_END, AND_TO = re.compile(", "), re.compile(r"[”\"]"), pattern(rf",? {AND} <grammar.to:en> ")
FRONTED = pattern(rf"(?i)(?:^\W*<stance.fronting>\b[^,;]*|, (?:<grammar.relatives:en> )?(?:(?:<stance.before-denials>|{LY}) ){{0,3}})$")
LABELLED_FALSE = _pattern(r"(?i)<stance.untrue>|<stance.absurd>|<stance.lies>|<stance.so-called>")
LABEL_STARTS = Words("stance.label-starts")
SAYING_THAT = _pattern(rf"(?i)\b<stance.statements>(?: {W}){{0,4}}? <grammar.that:en>\b[^;.]*$")
AS_FALSE = _pattern(rf"(?i) (?:<grammar.as:en> )?{FALSE}\b")
ACCUSED = _pattern(rf"(?i)\b(?:<stance.accused>(?: {W}){{1,6}}? <grammar.of:en>|<stance.statements>(?: <grammar.that:en>)?) ")
REACH = 1000  # code points; no clause in the sources is longer
NEGATOR = pattern(r"(?i)\b<stance.negators>\b")
NOT_ONLY = pattern(r"\b<stance.not-only>\b")
OPENS_PHRASE = pattern(rf"(?i){ING}|<stance.contrary>|<grammar.in:en> ")
INFINITIVE = pattern(r"\b<stance.before-infinitives> (?:[\w-]+ ){0,5}$")
INFINITIVE_AGAIN = pattern(rf",? {AND} (?=(?:{LY} )?[a-z]+ (?:{THE}|<grammar.possessives-of-bodies:en>|<stance.infinitive-objects>)\b)")
SECOND_CLAUSE = pattern(r",? <grammar.coordinators:en> (?:<grammar.also:en> )?<grammar.that:en> ")
ANOTHER_CLAUSE = pattern(rf", {AND} (?!<grammar.that:en> )")
SAID_BETWEEN = rf", (?:{W} ){{0,6}}?<speech.says:en>\b,"
PASSED, PASSED_CALLED = pattern(SAID_BETWEEN), pattern(rf"{SAID_BETWEEN}| <grammar.as:en> ")  # where words that are denied do not end
JOINT = pattern(r"\b<stance.joints>\b")  # behind it a negation no longer bears on what follows


class Denied(NamedTuple):
    """A denied span [start, end) of a sentence, the span of the words that deny it, and whether the scope is certain."""

    start: int
    end: int
    cue_start: int
    cue_end: int
    certain: bool


@remembered(1 << 12)
def find_denied(sentence: str) -> tuple[Denied, ...]:
    """The denied spans of a sentence, in order. Words that may or may not be denied too are a span of their own, which is not certain.

    >>> s = "China denies that it buys data, and it will act."
    >>> [(s[d.start:d.end], d.certain) for d in find_denied(s)]
    [('it buys data', True), ('it will act', False)]
    """
    ends = [
        match.start()
        for match in END.finditer(sentence)
        if match[0] != " but" or not NOT_ONLY.search(sentence[max(0, match.start() - 200) : match.start()])
    ]
    spans = list(_before(sentence, ends))
    cues, judged = set[int](), {denial.start for denial in spans}
    for kind, cue in AFTER:
        for match in cue.finditer(sentence):
            if (
                match.start() not in cues
                and match.end() not in judged
                and not UNDONE.search(sentence[max(0, match.start() - 80) : match.start()])
            ):
                cues.add(match.start())
                spans.extend(
                    Denied(start, end, *match.span(), certain) for start, end, certain in _scope(sentence, *match.span(), kind, ends)
                )
    return tuple(_outermost(sentence, spans))


def _outermost(sentence: str, spans: list[Denied]) -> Iterator[Denied]:
    """The spans that are not inside another one of the same certainty, without spaces and punctuation at their ends."""
    reach = {True: -1, False: -1}  # where the last span ends, by certainty
    for denial in sorted(spans, key=lambda one: (one.start, -one.end, not one.certain)):
        words = sentence[denial.start : denial.end].rstrip(' ,.;:!?"”')
        if words and denial.end > reach[True] and (denial.certain or denial.end > reach[False]):
            reach[denial.certain] = denial.end
            yield denial._replace(start=denial.start + len(words) - len(words.lstrip(" “\"‘'")), end=denial.start + len(words))


def _scope(sentence: str, cue: int, start: int, kind: str, ends: list[int]) -> Iterator[tuple[int, int, bool]]:
    """(start, end, certain) of the spans in the scope of a denial whose complement begins at `start`.

    After a later "and" the words may or may not still be denied: they become a span that is not certain.
    """
    end = min([*ends[(at := bisect_left(ends, start)) : at + 1], len(sentence), start + REACH])
    before, words = sentence[max(0, cue - 200) : cue], sentence[cue:start]
    opened = before.count("“") > before.count("”") or sentence.count('"', 0, start) % 2 == 1
    fronted = FRONTED.search(before) or (not before.strip() and OPENS_PHRASE.match(words))
    infinitive = INFINITIVE.search(before)
    for holds, mark in (
        (fronted, CLAUSE_END),
        (opened, QUOTE_END),
        ((not before.strip() or before.strip() in LABEL_STARTS) and LABELLED_FALSE.match(words), OWN_VERB),
        (kind == "phrase", FINITE),
        (infinitive, AND_TO),
    ):
        if holds and (match := mark.search(sentence, start, end)):
            end = match.start()
    joints = [(start + match.start(), start + match.end()) for match in SECOND_CLAUSE.finditer(sentence[start:end])]
    nested = bool(joints) and SAYING_THAT.search(before) is not None
    resumed = INFINITIVE_AGAIN if infinitive else OPEN_SCOPE
    for begin, stop in zip([start, *(after for _, after in joints)], [*(joint for joint, _ in joints), end], strict=True):
        tail = resumed.search(sentence, begin, stop) if infinitive or kind == "clause" else None
        yield begin, tail.start() if tail else stop, kind != "unsure" and not (nested and begin > start)
        if tail:
            yield tail.end(), stop, False


def _before(sentence: str, ends: list[int]) -> Iterator[Denied]:
    """The spans that are denied by words after them: "The claim that it buys data is false."."""
    for match in CLAIMED.finditer(sentence):
        start, called, number = match.end(), match["called"], "one" if match["charge"].endswith("s") else "many"
        passed = PASSED_CALLED if called else PASSED
        limit = next((end for end in ends[bisect_left(ends, start) :] if not passed.match(sentence, end)), len(sentence))
        verdicts = [
            match
            for match in (AS_FALSE if called else VERDICT).finditer(sentence, start, min(limit, start + REACH))
            if called or not match[number]
        ]
        if verdicts and not ANOTHER_CLAUSE.search(sentence[start : verdicts[-1].start()]):
            yield Denied(start, verdicts[-1].start(), *verdicts[-1].span(), True)
    apposed = list(APPOSED.finditer(sentence))
    for turn, match in enumerate((*apposed, *RETORT.finditer(sentence))):
        clause = max(sentence.rfind(mark, 0, match.start()) for mark in ("; ", ": ", "“"))
        accused = list(ACCUSED.finditer(sentence, max(clause, match.start() - REACH, 0), match.start()))
        if accused or turn < len(apposed):
            yield Denied(accused[-1].end() if accused else clause + 1, match.start(), *match.span(), True)


def negated_before(sentence: str, start: int) -> str:
    """The negating word in whose clause `start` is, or "" if there is none: a quotation from `start` on would reverse the meaning.

    >>> negated_before("We never did ask any port to pay its pilots.", 17)
    'never'
    """
    clause = max(sentence.rfind(mark, 0, start) for mark in (",", ";", ":", ".", "“", '"'))
    for joint in JOINT.finditer(sentence[:start]):
        clause = max(clause, joint.end())
    negators = list(NEGATOR.finditer(sentence, clause + 1, start))
    return negators[-1][0] if negators else ""
