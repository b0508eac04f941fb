"""People named with an office in Arabic, which has no capitals: a verb of saying, the office, the name, and what opens the words."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.extraction.people.finder import Speaker
from normbook.languages.language import Words, pattern

WORD = r"[^\W\d_]{2,}"
NOT_IN_NAME = r"(?!(?:<people.after-name:ar>|<people.no-name-words:ar>|<people.roles:ar>)(?![^\W\d_]))"
DEFINITE = r"(?!<people.titles-before-names:ar>(?![^\W\d_]))<people.definite-starts:ar>[^\W\d_]{2,}"
BODY = rf"(?:<people.bodies-of-offices:ar>|{DEFINITE})(?: {DEFINITE})*"
OFFICE = rf"(?P<office><people.roles:ar>(?: (?:<people.office-links:ar> ){{0,3}}{BODY})?)"
TITLE = r"(?: <people.titles-before-names:ar>){0,2}"
PART = rf"(?:<people.name-parts:ar> )?{NOT_IN_NAME}{WORD}"
NAME = rf"(?!{DEFINITE}){PART}(?: {PART}){{1,2}}?"
VERB = r"(?<![^\W\d_])(?P<verb><speech.said:ar>)"
FOLLOWS = r"(?= <people.after-name:ar>(?![^\W\d_])|\s?[\u060c,:.\u061b(«\"“–]|\s?$)"
FORMS = (
    pattern(rf"{VERB}{TITLE} {OFFICE}[\u060c,]?{TITLE} (?P<name>{NAME}){FOLLOWS}"),
    pattern(rf"{VERB}{TITLE} (?P<name>{NAME})[\u060c,] {OFFICE}{FOLLOWS}"),
)
STEMS = Words("speech.stems", part="ar")


def people_in_arabic(row: str) -> Iterator[Speaker]:
    """The people whom a line of Arabic names with an office behind a verb of saying.

    Wrong when a noun without an article follows the office: it is taken for the first part of a name of two or three words.
    """
    if any(stem in row for stem in STEMS.ends):
        for form in FORMS:
            for match in form.finditer(row):
                start, end = min(match.start("office"), match.start("name")), max(match.end("office"), match.end("name"))
                yield Speaker(match["name"], match["office"], start, end, match["verb"])
