"""Denied words: the parts of a sentence that a speaker mentions in order to reject them.

"China denies that it buys data" must never be quoted as "it buys data". The patterns work on the surface of English
sentences, without a parser. `certain` is False if the words alone do not show how far the rejection reaches.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from normbook.languages.language import pattern
from normbook.text.line_cache import remembered

# Parts that the phrases of `[stance]` in languages/en.toml refer to: words and noun phrases, verbs of denial, charges, who makes
# them, and what a speaker does next.
W = r"[^\s,;:]{1,40}"
FALSE = r"(?:[“\"‘']?(?:\w+ly )?(?:<stance.untrue>|<stance.absurd>|<stance.called-lies>|<stance.lies>|<stance.not-true>))"
HALT = r"(?:<stance.turns>|and (?:\w+ly )?(?:<stance.acts>|<stance.denials>))\b"
ADJECTIVE = rf"(?:{W}|<stance.untrue>,|<stance.absurd>,)"
ADJECTIVES = rf"(?:(?!{HALT}|(?:about|over|regarding|by|from|with)\b){ADJECTIVE} ){{0,7}}?[“\"‘']?"
MADE_BY = (
    rf"[”\"’']?(?:(?!,? (?:and|or|<stance.turns>|<stance.acts>|<stance.auxiliaries>)\b) {W}){{0,12}}?"
    r"(?:, [^,;]{1,80},)?(?: alleging| suggesting| claiming)?"
)
THAT = rf"(?:,[”\"] {W}(?: {W}){{0,4}}?, [“\"]| )that (?!<stance.relative-verbs>\b)"
SPOKEN_IN = r"(?:in|at|to|before) (?:an? |the )?(?:\w+ )?<stance.places-of-speech>"
SPOKEN = rf"(?: \w+ly| <stance.spoken-adverbs>| on {W}| {SPOKEN_IN}){{0,3}}?"
HEAD = rf"(?:the|its|his|her|their|our|any|some|(?-i:[A-Z]){W})"
SUBJECT = rf"(?!<weekdays.wide:en>){HEAD}(?: (?!(?:<stance.turns>|of|by|as|in|on|and|or|at|for|<stance.auxiliaries>)\b){W}){{0,4}} <stance.auxiliaries>\b"
HOLDER = rf"(?!(?:<stance.auxiliaries>|\w+ly)\b){W}(?: (?!(?:{HALT}|<stance.denials>)\b){W}){{0,3}}?(?: (?:has|have|had|again|also|long|\w+ly)){{0,3}}"
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
    "nouns": r"(?: (?!and|but)[\w-]+){0,2}",
    "own": "(?:(?:any|all|its|his|her|their|having|direct|such) ){0,3}",
    "evidence-verbs": "(?: (?:has|have|had|been|was|is|found|seen|produced|offered|emerged|whatsoever|at all|yet))*",
    "adjectives": ADJECTIVES,
    "made-by": MADE_BY,
    "that": THAT,
    "spoken": SPOKEN,
    "false": FALSE,
    "no-relative": r"(?!<stance.relative-verbs>\b)",
    "no-dispute": r"(?!disputes?\b)",
    "no-noun": r"(?!<stance.no-gerunds>\b)",
    "unless-only": "(?! only| just| merely)",
    "unless-a": "(?<!a )",
    "unless-of": "(?! of)",
    "clause-ahead": rf"(?=(?:<stance.pronouns>|its \w+) \w|{SUBJECT})",
    "act-ahead": (
        r"(?=(?:<stance.pronouns> (?:<stance.auxiliaries>|ever|never|\w+ed|<stance.irregular-acts>)\b)"
        rf"|{SUBJECT})"
    ),
    "subject-ahead": r"(?=(?:<stance.pronouns>|the|its|their|any|an?|this|these|such|(?-i:[A-Z])\w*)\b)",
    "holder-ahead": rf"(?=<stance.pronouns>\b|{SUBJECT})",
    "accusation-ahead": r"(?= (?:[\w-]+ )?<stance.accusations>)",
    "gerund-ahead": r"(?=(?:ever )?\w+ing\b)",
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
CLAIM_HEAD = r"(?:^|[,;:“\"(—]\s?|\b(?:<stance.statements>|that|and|but|while|as for|regarding|(?P<called><stance.naming-verbs>)) )"
CLAIMED = _pattern(
    rf"(?i){CLAIM_HEAD}(?:(?:<stance.charge-words>|(?-i:[A-Z]){W}) ){{0,4}}(?P<charge><stance.charges>){MADE_BY} (?:that|of) (?!<stance.relative-verbs>\b)"
)
BE = r"(?:(?P<one>is|was|has been|remains)|(?P<many>are|were|have been|remain)|(?:had|must|should|can|could) be(?:en)?)"
VERDICT = _pattern(
    rf"(?i),? (?:(?:it |this |that |they )?{BE} (?:\w+ly |all |again |just ){{0,2}}(?:<stance.rejected>|{FALSE})|<stance.baseless>)\b"
    rf"(?!(?: by(?: {W}){{1,5}}?)? <stance.auxiliaries>\b)"
)
DENYING = rf"{HOLDER} <stance.holder-denials>"
REJECTED_BY = r"(?:(?:has|have|was|were|been|\w+ly) ){0,3}<stance.rejected> (?:by|as)"
APPOSED = _pattern(
    rf"(?i)(?:,| [–—-]{{1,2}}) (?:(?:(?:an?|the|all) )?(?:[\w-]+ ){{0,2}}?(?:<stance.charges>|something)(?: that| which)? (?:{DENYING}|{REJECTED_BY})|"
    rf"which {DENYING}(?=[.,;”\"]|$| (?:as|by|in|and|but)\b))"
)
DENIES_IT = r"<stance.denials> (?:it|this|that|these|those|the|such|all|any)(?: (?:<stance.charges>|wrongdoing|involvement))?"
SAYS_FALSE = (
    r"(?:sa(?:id|ys)|calls|called|dismissed) (?:it|this|that|them|(?:the|such|these) <stance.charges>)(?: (?:is|was|are|were|as))? " + FALSE
)
RETORT = _pattern(rf"(?i)[,;] (?:(?:but|though|although|while|yet|and) )?{HOLDER} (?:{DENIES_IT}|{SAYS_FALSE})(?=[.,;”\"]|$| (?:as|and)\b)")
# words before a denial that cancel it: "never denied that"
UNDONE = _pattern(r"(?i)(?:\b<stance.undoing>|n[’']t)(?: (?:<stance.undone-links>|\w+ly))* $")
# where the denied words end: at a clause in which the speaker goes on, at "X said", at a comment on the charge
TURN = r"(?:, <stance.clause-turns>\b| but\b| according to)"
THEN = r"(?: while (?:also )?|, (?:(?:and|also|thus|further|instead) )*(?:\w+ly )?)<stance.acts>\b"
NEXT = r"(?:<stance.acts>|<stance.denials>|<stance.resumed-states>)"
RESUMED = rf"(?:{THEN}|(?! and <stance.shared-acts>\b),? (?:and|or|nor) (?:(?:<stance.resumed-links>|\w+ly) )*{NEXT}\b)"
STOP = r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)\.(?:[\s\"”’]|$)"
REPORTED = rf", (?:{W} ){{0,6}}?<stance.reports>\b"
CLOSING = rf", and (?:we\b|(?:{W} ){{1,4}}?<stance.closing-acts>\b)"
END = _pattern(rf"[;!?](?:\s|$)|{STOP}| [–—-]{{1,2}} |—|{TURN}| as {FALSE}|{RESUMED}|{REPORTED}|{CLOSING}")
OWN_VERB = pattern(r" (?:only |merely |simply |just )?<stance.own-verbs>s?\b")
DOES_TO = r"\w+(?:s|ed) (?:the|an?|to|its|their|that|on|it|him|them|all|for)"
SAME_HOLDER = rf"(?:<stance.pronouns>\b|(?:{W} ){{1,3}}<stance.auxiliaries>\b)"
FINITE = pattern(rf",? and (?:\w+ly )?(?:<stance.auxiliaries>|{DOES_TO})\b|, and {SAME_HOLDER}")
GOES_ON = r"(?:\w+ly |later |then |also |soon |now |already )?(?:<stance.auxiliaries>|\w+ed)\b"
NEW_HOLDER = rf"(?!that )(?:{W} ){{1,3}}<stance.auxiliaries>\b|(?:the|an?|its|their|(?-i:[A-Z]){W}) (?:[\w-]+ ){{1,2}}\w+ed\b"
OPEN_SCOPE = pattern(
    rf", and (?=(?:{GOES_ON}|<stance.pronouns>\b|{NEW_HOLDER}))| and (?=(?:<stance.auxiliaries>|<stance.pronouns>|<stance.shared-acts>)\b)| because (?=\w)"
)
CLAUSE_END, QUOTE_END, AND_TO = re.compile(", "), re.compile(r"[”\"]"), re.compile(",? and to ")
FRONTED = pattern(r"(?i)(?:^\W*<stance.fronting>\b[^,;]*|, (?:(?:which|who) )?(?:(?:has|have|had|also|again|long|\w+ly) ){0,3})$")
LABELLED_FALSE = _pattern(r"(?i)<stance.untrue>|<stance.absurd>|<stance.lies>|so-called")
SAYING_THAT = _pattern(rf"(?i)\b<stance.statements>(?: {W}){{0,4}}? that\b[^;.]*$")
AS_FALSE = _pattern(rf"(?i) (?:as )?{FALSE}\b")
ACCUSED = _pattern(rf"(?i)\b(?:<stance.accused>(?: {W}){{1,6}}? of|<stance.statements>(?: that)?) ")
REACH = 1000  # code points; no clause in the sources is longer
NEGATOR = pattern(r"(?i)\b<stance.negators>\b")


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
        if match[0] != " but" or not re.search(r"\bnot (?:only|just|merely)\b", sentence[max(0, match.start() - 200) : match.start()])
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
    fronted = FRONTED.search(before) or (not before.strip() and re.match(r"(?i)\w+ing\b|contrary|in ", words))
    infinitive = re.search(r"\b(?:to|should|must|will|would) (?:[\w-]+ ){0,5}$", before)
    for holds, mark in (
        (fronted, CLAUSE_END),
        (opened, QUOTE_END),
        (before.strip() in ("", "The", "Such", "These") and LABELLED_FALSE.match(words), OWN_VERB),
        (kind == "phrase", FINITE),
        (infinitive, AND_TO),
    ):
        if holds and (match := mark.search(sentence, start, end)):
            end = match.start()
    joints = [(start + match.start(), start + match.end()) for match in re.finditer(r",? (?:and|or) (?:also )?that ", sentence[start:end])]
    nested = bool(joints) and SAYING_THAT.search(before) is not None
    resumed = re.compile(r",? and (?=(?:\w+ly )?[a-z]+ (?:to|the|its|their|with|an?|all|on)\b)") if infinitive else OPEN_SCOPE
    for begin, stop in zip([start, *(after for _, after in joints)], [*(joint for joint, _ in joints), end], strict=True):
        tail = resumed.search(sentence, begin, stop) if infinitive or kind == "clause" else None
        yield begin, tail.start() if tail else stop, kind != "unsure" and not (nested and begin > start)
        if tail:
            yield tail.end(), stop, False


def _before(sentence: str, ends: list[int]) -> Iterator[Denied]:
    """The spans that are denied by words after them: "The claim that it buys data is false."."""
    for match in CLAIMED.finditer(sentence):
        start, called, number = match.end(), match["called"], "one" if match["charge"].endswith("s") else "many"
        passed = re.compile(rf", (?:{W} ){{0,6}}?(?:said|says)\b,{'| as ' if called else ''}")
        limit = next((end for end in ends[bisect_left(ends, start) :] if not passed.match(sentence, end)), len(sentence))
        verdicts = [
            match
            for match in (AS_FALSE if called else VERDICT).finditer(sentence, start, min(limit, start + REACH))
            if called or not match[number]
        ]
        if verdicts and not re.search(r", and (?!that )", sentence[start : verdicts[-1].start()]):
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
    for joint in re.finditer(r"\b(?:but|because|that|which|who|and (?:it|he|she|they|we|the)|while)\b", sentence[:start]):
        clause = max(clause, joint.end())
    negators = list(NEGATOR.finditer(sentence, clause + 1, start))
    return negators[-1][0] if negators else ""
