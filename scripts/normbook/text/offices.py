"""The words of offices, in the languages in which the texts come: what a person is, what the office is of, and how it is said that they speak."""

from __future__ import annotations

from normbook.languages.language import Words, pattern
from normbook.text.line_cache import remembered

# What a person is by an office; each in lower case, as a text writes it in the singular.
ROLES = Words("people.roles", part="spaced")
# How the names of offices end in languages that write them in one word.
BEFORE_ROLES = Words("people.role-starts")
ROLE_ENDS = Words("people.role-ends")
ELECTED = Words("people.elected")
# What an office is of, and what names of bodies hold: no part of a person's name.
BODIES = Words("people.bodies")
# Before a role these belong to it in lower case too.
RANKS = Words("people.ranks")
HONORIFICS = Words("people.honorifics")
PARTICLES = Words("people.name-particles")
# in German these are articles and prepositions rather than parts of a name
THINGS = Words("people.things")
GERMAN_ARTICLES = Words("people.articles-before-things")
GERMAN = Words("grammar.frequent", part="de")
# What a lower-case word before a name may not be: it heads the name of a house, or joins what follows to another
HOUSES = Words("people.houses")
JOINTS = Words("people.conjunctions")
COMMON_ROLES = Words("people.common-roles")
# Words that open a headline's predicate in the third person: they end a name that stands before them.
PREDICATES = Words("people.headline-verbs")
SAID = "<speech.said:en>"
ALSO_SAID = "<speech.also-said>"
SPEECH_VERB = pattern(rf"\b(?:{SAID}|{ALSO_SAID})\b")
# words after which an office's own words have ended
ENDS_OFFICE = Words("people.ends-office")
OFFICE_OF = Words("people.office-of")
DEFINITE = Words("grammar.definite-articles")
DETERMINERS = Words("grammar.definite-articles", "grammar.determiners")
COPULAS = Words("grammar.copulas")
BEFORE_PLACES = Words("people.before-places")


@remembered(1 << 14)
def is_role(word: str) -> bool:
    """True for a word that names an office.

    >>> [is_role(word) for word in ("Spokesperson", "Secretary-General", "Regierungssprecher", "porte-parole", "Ministers")]
    [True, True, True, True, False]
    """
    low = word.lower()
    return (
        low in ROLES
        or ("-" in low and (low.partition("-")[0] in ROLES or low.startswith(BEFORE_ROLES.ends)))
        or (len(low) > 8 and low.endswith(ROLE_ENDS.ends))
    )
