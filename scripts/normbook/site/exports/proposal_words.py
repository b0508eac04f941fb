"""The words of the languages for the form: the patterns and numbers by which the checks read quoted words, in the form that JavaScript reads.

They are made of the same `languages/*.toml` as the patterns of the checks, so that the page and `normbook check` read alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import ModuleType

from normbook.extraction import stance
from normbook.extraction.dates import calendar as dates
from normbook.graph.support import days, modality, negation, ordinals, people, turned
from normbook.graph.support import stance as stances
from normbook.graph.support.lexicon import CONTRACTED, pattern
from normbook.graph.support.verdicts import OCCASIONS
from normbook.languages.calendar_words import WEEKDAY_WORDS
from normbook.languages.language import vocabulary

LISTS = (  # of phrases, by which the checks read words
    *modality.CLASSES, "modality.not-negating", "modality.negated-subjects", "modality.open", "modality.by-no-means", "modality.nouns-at-end",
    "modality.markers", "acts.questions", "acts.passive", "acts.agents", "acts.possessives", "acts.beside", "acts.bodies", "acts.bodies-behind",
    "negation.excluding", "negation.links", "negation.joints", "negation.absent", "negation.against", "negation.relatives",
    "addressees.belonging", "dates.not-on", "dates.bounds", "dates.bounds-behind", "dates.not-bounds-behind", "dates.moved", "dates.before-years",
    "counting.not-points", "counting.points", "negation.changes-office", "negation.changes-office-behind", "negation.not-former", "acts.say", "acts.propose", "acts.deny", "acts.untrue", "acts.believe",
    "acts.propose-weak", "acts.others", "acts.accuse", "acts.report", "acts.pronouns", "negation.before", "negation.after",
    "negation.exceptions", *people.KINDS, *OCCASIONS.values(), "acts.adverbs", "acts.asks", "acts.attends", "acts.author", "acts.auxiliaries",
    "acts.between", "acts.companions", "acts.sends", "acts.works", "counting.after-ordinals", "counting.indefinite", "counting.locators", "modality.bare",
    "modality.doubters", "modality.past", "negation.adverbs", "negation.after-say", "grammar.definite-articles", "negation.before-office",
    "grammar.that", "negation.no", "negation.not-there", "negation.other-texts", "negation.places-at", "negation.relative-pronouns",
    "negation.stands-in", "negation.undone", "negation.unlike-behind", "negation.unreal", "negation.unsaid", "negation.with",
)  # fmt: skip
OF_STANCE = (
    "CLAIMED", "VERDICT", "APPOSED", "RETORT", "UNDONE", "END", "OWN_VERB", "FINITE", "OPEN_SCOPE", "FRONTED", "LABELLED_FALSE",
    "SAYING_THAT", "AS_FALSE", "ACCUSED", "NEGATOR", "CLAUSE_END", "QUOTE_END", "AND_TO", "NOT_ONLY", "OPENS_PHRASE", "INFINITIVE",
    "INFINITIVE_AGAIN", "SECOND_CLAUSE", "ANOTHER_CLAUSE", "PASSED", "PASSED_CALLED", "JOINT",
)  # fmt: skip
OF_DATES = ("WORDED", "HAN_ERA", "HAN_NUMERALS", "NAMED", "BESIDE", "BEHIND", "MIDST", "MODAL", "TITLED", "FRENCH", "NOT_FRENCH")
OF_CALENDAR = ("full", "no_year", "day_alone", "weekday", "relative", "ago", "count")
OF_SUPPORT: tuple[tuple[ModuleType, tuple[str, ...]], ...] = (
    (modality, ("SKIPPED", "OPENS_WITH_NO")),
    (turned, ("CLAUSE", "BREAK", "ADVERB", "GAP")),
    (negation, ("PARENTHESIS",)),
    (ordinals, ("MARK", "SEPARATOR")),
    (days, ("MONTH_YEAR", "DISTANCE", "ISO", "QUOTED", "PLURAL", "YEAR_MARK")),
    (people, ("STOP", "CAPITALISED", "RELATIVE", "BETWEEN_HOLDERS", "COLON", "ANOTHER_THAT", "BEFORE_HOLDER", "JOINED", "TITLED")),
    (stances, ("NO_OBJECT", "LINK", "NO_MAIN_VERB")),
)
CLASS = r"\p{L}\p{N}_"  # what \w matches in Python, for a class in JavaScript
SPELT = {
    r"\W": f"[^{CLASS}]",
    r"\d": r"\p{Nd}",
    r"\D": r"\P{Nd}",
}  # \w and \b stay: assets/propose/support.js spells them out, as they are many
SPELT_IN_CLASS = {r"\w": CLASS, r"\d": r"\p{Nd}"}
LETTERS = (r"[^\W\d_]", r"[\p{L}\p{No}\p{Nl}]")
TOKEN = re.compile(r"\\.|\(\?P<|\(\?P=(?P<again>\w+)\)|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])", re.DOTALL)
ESCAPED = re.compile(r"\\.", re.DOTALL)
GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:\?:)?)|(?P<close>\))", re.DOTALL)
FIRST_PART = 0xE000  # the letter that stands for the first part of patterns: one of those that no text uses
SHORTEST_PART = 80  # code points; a shorter part is not worth a letter
SIGNS = {"#": "(?:", "~": rf"(?<![{CLASS}-])", "@": rf"(?![{CLASS}-])"}  # what no pattern holds, for what most patterns hold
SYNTAX = "^$\\.*+?()[]{}|/"  # what JavaScript lets stand behind a backslash with the flag `u`
CASELESS = "(?i)"


def in_javascript(source: str) -> str:
    """A pattern of Python as one that JavaScript reads with the flag `u`, once \\w and \\b outside classes are spelt out there.

    >>> in_javascript(r"(?<![\\w-])(?P<name>may\\ not|\\w+)")
    '(?<![\\\\p{L}\\\\p{N}_-])(?<name>may not|\\\\w+)'
    """

    def token(match: re.Match[str]) -> str:
        if match["class"]:
            return LETTERS[1] if match[0] == LETTERS[0] else ESCAPED.sub(lambda each: _escape(each[0], SPELT_IN_CLASS, "-"), match[0])
        if match["again"]:
            return rf"\k<{match['again']}>"
        return "(?<" if match[0] == "(?P<" else _escape(match[0], SPELT)

    return TOKEN.sub(token, source.removeprefix(CASELESS))


def _escape(escape: str, spelt: Mapping[str, str], more: str = "") -> str:
    """A backslash with the character behind it, as JavaScript writes it."""
    character = escape[1]
    return spelt.get(escape) or (escape if character.isalnum() or character in SYNTAX + more else character)


def patterns() -> dict[str, tuple[str, str]]:
    """The patterns by name, each with its flags."""
    return {name: (in_javascript(each.pattern), "i" if each.flags & re.IGNORECASE else "") for name, each in _patterns()}


def shared(whole: Mapping[str, tuple[str, str]]) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Patterns with a letter for each group that occurs more than once in them, and these groups, in the order of their letters.

    Groups hold the letters of others; put back, they give the patterns as they were. It halves what a page loads.

    >>> long = "(?:claims|denies|rejects|states|concedes|disputes|maintains|reiterates|underlines|announces)"
    >>> made, parts = shared({"a": ("x" + long, ""), "b": (long, "i")})
    >>> made, parts == [signed(long)]
    ({'a': ('x\ue000', ''), 'b': ('\ue000', 'i')}, True)
    """
    counts = Counter(group for source, _ in whole.values() for group in _groups(source))
    letters: dict[str, str] = {}
    for group in sorted((each for each, count in counts.items() if count > 1), key=lambda each: (-len(each), each)):
        letters[group] = chr(FIRST_PART + len(letters))

    def shortened(text: str, longest: int) -> str:
        for group, letter in letters.items():
            if len(group) < longest:
                text = text.replace(group, letter)
        return text

    made = {name: (signed(shortened(source, len(source) + 1)), flags) for name, (source, flags) in whole.items()}
    return made, [signed(shortened(group, len(group))) for group in letters]


def signed(source: str) -> str:
    """A pattern with one sign for each of the pieces that most patterns have. Raises ValueError for a pattern that holds such a sign.

    >>> signed("x(?:claims|denies)")
    'x#claims|denies)'
    """
    for sign, piece in SIGNS.items():
        if sign in source:
            raise ValueError(f"a pattern holds {sign!r}, which stands for {piece!r}: choose another sign, here and in support.js")
        source = source.replace(piece, sign)
    return source


def _groups(source: str) -> Iterator[str]:
    """The non-capturing groups of a pattern that are worth a letter, outer and inner ones."""
    opened: list[tuple[int, bool]] = []
    for match in GROUP.finditer(source):
        if match["open"]:
            opened.append((match.start(), match["open"] == "(?:"))
        elif match["close"]:
            start, is_bare = opened.pop()
            if is_bare and match.end() - start >= SHORTEST_PART:
                yield source[start : match.end()]


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for key in LISTS:
        yield key, pattern(key)
    for number, (kind, each) in enumerate(stance.AFTER):
        yield f"denials.{kind}.{number:02}", each
    for name in OF_STANCE:
        yield name, getattr(stance, name)
    for name in OF_DATES:
        yield name, getattr(dates, name)
    for name in OF_CALENDAR:
        yield name, getattr(dates.calendar(), name)
    for module, names in OF_SUPPORT:
        yield from ((name, getattr(module, name)) for name in names)
    yield "CONTRACTED", CONTRACTED


def numbers() -> dict[str, dict[str, int]]:
    """Words and their numbers by the name of their list, all in lower case."""
    known, names = vocabulary(), dates.calendar()
    rows = {
        "ordinals": known.numbered("numbers.ordinals"), "cardinals": known.numbered("numbers.cardinals"),
        "ordering": known.numbered("numbers.ordering"), "chinese": known.numbered("numbers.cardinals", "zh"), "pairs": known.numbered("numbers.pairs"),
        "units": dict(dates.UNITS), "tens": dict(dates.TENS), "english-ordinals": dict(dates.ORDINALS), "dense": dict(dates.HAN_DIGITS),
        "zeros": dict.fromkeys(dates.HAN_ZEROS.ends, 0), "hundreds": dict.fromkeys(dates.HUNDREDS.ends, 100), "months": names.months,
        "first-letters": names.first_letters, "weekdays": names.weekdays, "english-weekdays": names.english_weekdays,
        "weekday-words": dict(WEEKDAY_WORDS), "counts": names.counts, "eras": names.eras,
    }  # fmt: skip
    return {key: {word: row[word] for word in sorted(row)} for key, row in rows.items()}
