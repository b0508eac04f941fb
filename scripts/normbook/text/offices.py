"""Words about offices, in all languages: roles ("minister"), the bodies they belong to, and verbs of saying.

"Deputy Foreign Minister Ana Brook said" has a rank, a role, a name and a verb; finders of people read them with these lists.
"""

from __future__ import annotations

from normbook.languages.language import Words, pattern
from normbook.text.line_cache import remembered

# Nouns for holders of an office, in lower case and in the singular.
ROLES = Words("people.roles", part="spaced")
# First and last parts of such nouns in languages that write compounds as one word.
BEFORE_ROLES = Words("people.role-starts")
ROLE_ENDS = Words("people.role-ends")
ELECTED = Words("people.elected")
# Bodies to which offices belong, and words in the names of bodies: never part of a person's name.
BODIES = Words("people.bodies")
# Ranks, which belong to the role that follows them even in lower case.
RANKS = Words("people.ranks")
HONORIFICS = Words("people.honorifics")
PARTICLES = Words("people.name-particles")
# Before these, German articles and prepositions are not parts of a name.
THINGS = Words("people.things")
GERMAN_ARTICLES = Words("people.articles-before-things")
GERMAN = Words("grammar.frequent", part="de")
# They join two names, and cannot be a role before one.
JOINTS = Words("people.conjunctions")
COMMON_ROLES = Words("people.common-roles")
# Third-person verbs that start the predicate of a headline: a name before them ends there.
PREDICATES = Words("people.headline-verbs")
SAID = "<speech.said:en>"
ALSO_SAID = "<speech.also-said>"
SPEECH_VERB = pattern(rf"\b(?:{SAID}|{ALSO_SAID})\b")
# Words that cannot be part of the title of an office: the title ends before them.
ENDS_OFFICE = Words("people.ends-office")
OFFICE_OF = Words("people.office-of")
# Adjectives of offices that may have a capital and are never the name of a person: "coordinador Jurídico", "Secretaria Municipal".
FIELDS = Words("people.office-fields")
DEFINITE = Words("grammar.definite-articles")
DETERMINERS = Words("grammar.definite-articles", "grammar.determiners")
COPULAS = Words("grammar.copulas")
BEFORE_PLACES = Words("people.before-places")


@remembered(1 << 14)
def is_role(word: str) -> bool:
    """True for a word that denotes the holder of an office.

    >>> [is_role(word) for word in ("Spokesperson", "Secretary-General", "Regierungssprecher", "porte-parole", "Ministers")]
    [True, True, True, True, False]
    """
    low = word.lower()
    return (
        low in ROLES.members
        or ("-" in low and (low.partition("-")[0] in ROLES.members or low.startswith(BEFORE_ROLES.ends)))
        or (len(low) > 8 and low.endswith(ROLE_ENDS.ends))
    )
