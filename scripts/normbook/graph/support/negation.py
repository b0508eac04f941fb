"""Words that turn the sense of a quotation and that it leaves out, before it and behind it."""

from __future__ import annotations

import re

from normbook.graph.support.lexicon import pattern
from normbook.graph.support.turned import CLAUSE
from normbook.languages.language import pattern as words_pattern

PARENTHESIS = words_pattern(r",(?!\s*(?:<grammar.clause-links:en>|<grammar.relatives:en>)\b)[^,;:.]{1,60},\s*$")


def cut_off(before: str, after: str) -> str:
    """The negating words that a quotation leaves out of its clause, empty if there are none: of its sentence the words before and after it.

    >>> cut_off("Norland refuses to ", "."), cut_off("Carriers must ", " not sell the data of travellers.")
    ('refuses to', 'not')
    >>> cut_off("Members should not, in any case, ", "."), cut_off("", ", except where a court allows it.")
    ('not', 'except')
    >>> cut_off("Nobody denies it, and ", ", which nobody denied.")
    ''
    """
    for lead in (before, PARENTHESIS.sub(" ", before)):
        clause = max((match.end() for match in CLAUSE.finditer(lead)), default=0)
        if found := _last(lead[clause:]):
            return found
    opening = re.match(r"[,，]?\s*", after)
    start = opening.end() if opening else 0
    comma = after[:1] in (",", "，")
    match = pattern("negation.exceptions" if comma else "negation.after").match(after, start)
    return match[0] if match else ""


def _last(clause: str) -> str:
    """The last negation of the words of a clause that lead up to a quotation; a Chinese one stands directly before it."""
    found = ""
    for match in pattern("negation.before").finditer(clause):
        if match[0] < "\u2e80" or not clause[match.end() :].strip():
            found = match[0]
    return found
