"""Initiatives: finds their names in texts, groups the variants of a name, and derives ids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from normbook.languages.calendar_words import MONTHS, WEEKDAY_WORDS
from normbook.languages.language import Words, pattern, simplified
from normbook.text.detection import HAN, is_english
from normbook.text.lexicon import is_common_only
from normbook.text.offices import HONORIFICS, is_role

AND, THE, AS_WRITTEN = "<grammar.and:en>", "<grammar.definite-articles:en>", "<grammar.articles-as-written:en>"
WORD = r"[A-Z][a-z]+(?:-(?:[A-Z]?[a-z]+|[A-Z]{2,6}\b))*"
NAMED_WORD = r"(?!<initiatives.no-name-words>\b)[^\W\d_]{3,}"
# the acronym of a body whose initiative it is ("UN", "G8"), or a year
ACRONYM = rf"(?:(?:[A-Z]{{2,6}}(?:-[A-Z][a-z]+)?|[A-Z]\d{{1,2}}|(?<=\b{AS_WRITTEN} )20\d\d) )?"
WHOSE = r"(?:[A-Z][a-z]+s['’]|<initiatives.whose-name:en>['’]s)"  # "Citizens' Initiative", "Women's Health Initiative"
UNITS = rf"(?:(?:{WORD}|{WHOSE}) (?:[A-Z]{{2,6}} )?){{0,8}}"
BEHIND_THE = (
    rf"(?:{WORD} ){{1,4}}(?P<inner><initiatives.inner-links:en>) (?:{WORD} ){{1,4}}",  # "Women in Fisheries Initiative"
    rf"(?:{WORD}, ){{1,3}}{WORD},? {AND} (?:{WORD} ){{1,3}}",
    rf"[A-Z][a-z]+<grammar.gerund-endings:en> {THE} (?:{WORD} ){{1,3}}",
)
NOUN = r"(?:\([A-Z]{2,8}\) )?<initiatives.capital-names:en>\b"
INITIATIVE = pattern(
    rf"(?<=\b{AS_WRITTEN} )(?:{'|'.join(BEHIND_THE)}){NOUN}|(?<=['’]s ){BEHIND_THE[2]}<initiatives.capital-names:en>\b"
    rf"|\b{ACRONYM}{UNITS}{NOUN}"
)
# the subject of an initiative: "on Open Charts", "for Trade and the Safety of Ships", "to End Fog"
ABOUT_WORD = rf"{WORD}(?:['’]s(?= [A-Z]))?"
ABOUT_WHOM = rf"(?: <grammar.for:en> (?:{THE} )?{WORD}(?: (?:{AND} )?{WORD}){{1,6}})?"  # "for Coastal Towns and Open Colleges"
ABOUT_LIST = rf"(?:(?:, {WORD}(?: {WORD})?){{1,4}},? {AND} {WORD}(?: {WORD}){{0,2}})?"  # "on Ports, Ships and Open Charts"
ABOUT_JOINT = rf"(?:<initiatives.about-joints:en> (?:{THE} )?)?"
ABOUT = pattern(
    r" (?P<link><initiatives.about-links:en>) (?:<grammar.articles:en> )?"
    rf"(?P<about>{ABOUT_WORD}(?: {ABOUT_JOINT}{ABOUT_WORD}){{0,8}}{ABOUT_LIST}{ABOUT_WHOM})"
)
ABOUT_STEP = pattern(rf"(?:,? (?P<joint><initiatives.about-joints:en>|<grammar.for:en>)(?: {THE})?|,)? ?(?P<word>{ABOUT_WORD})")
HOLDER = re.compile(r"([A-Z][a-z]+)['’] ")
LEADS = pattern(rf"(?:{AS_WRITTEN}|['’]s) \Z")
OTHERS = Words("initiatives.other-instruments", part="en")
LEAST_ABOUT = 2  # words after "Initiative for" if no words of the name precede it
# Chinese has no spaces: a name may start after 《, after certain characters and verbs, or after anything that is not Chinese
HAN_BEFORE = r"(?:《|(?<=<initiatives.before-name>)|(?<![\u4e00-\u9fff])|(?<=<initiatives.verbs-before-name>))"
HAN_NAMED = r"(?:(?!<initiatives.no-name-inside>|<initiatives.names:zh>)[\u4e00-\u9fff]){2,16}<initiatives.names:zh>"
CHINESE = pattern(rf"{HAN_BEFORE}(?!<initiatives.no-name-starts>)(?P<name>{HAN_NAMED})》?")
HAN_TITLED = pattern(r"(?<=《)[^《》\n]{2,40}<initiatives.names:zh>(?=》)")
HAN_QUOTED = pattern(
    r"[“「][^“”「」\n]{2,30}[”」](?:（[A-Z]{2,10}）)?<initiatives.names:zh>(?=[^\u4e00-\u9fff]|$|<initiatives.behind-name>)"
)
JAPANESE = pattern(
    r"(?<=「)[^「」\n]{2,40}<initiatives.names:ja>(?=」)|[\u4e00-\u9fff\u30a1-\u30fa\u30fc·・A-Z0-9]{2,30}<initiatives.names:ja>"
)
JAPANESE_NAMES = Words("initiatives.names", part="ja")
ADVOCATES = pattern(r"(?:^|<initiatives.verbs-before-name>)<people.surnames:zh>[\u4e00-\u9fff]{1,2}<initiatives.names:zh>$")
BEHIND = pattern(r"<initiatives.behind-name>")
HAN_NAMES = Words("initiatives.names", part="zh")
# in French, Spanish, Portuguese, Italian and German the word "initiative" precedes the name
TO_NAME = "<initiatives.to-name>"
ARTICLE = "<initiatives.articles>"
CAPITAL = r"(?!<initiatives.names:spaced>)[A-ZÀ-Þ][^\W\d_]{2,}(?:-[^\W\d_]+)*"
JOINT = rf"(?:{TO_NAME}|<initiatives.links>)(?: {ARTICLE})?"
NO_LAW = r"(?!<initiatives.of-laws>\b)"  # a bill that somebody brings in: "Iniciativa de Ley"
WEAK, GERMAN_NOUN = "<grammar.weak-endings:de>", "<initiatives.capital-names:de>"
GERMAN_ENDING = rf"(?:{WEAK}|<grammar.feminine-endings:de>|<grammar.neuter-endings:de>)"
GERMAN_ADJECTIVE = rf"(?:[A-ZÄÖÜ][a-zäöüß]{{2,}}{GERMAN_ENDING} )?(?={GERMAN_NOUN}\b)"  # "Europäische Initiative gegen Energiearmut"
FRONT = pattern(
    rf"\b(?:{GERMAN_ADJECTIVE})?<initiatives.names:spaced> (?:{TO_NAME} ?(?:{ARTICLE} ?)?)?{NO_LAW}{CAPITAL}(?:(?: {JOINT})? {CAPITAL}){{0,5}}"
)
# in German with an adjective in capitals also "for the protection of the seas": "Nordische Initiative zum Schutz der Meere"
GERMAN_NOUNS = r"[A-ZÄÖÜ][\w-]{2,}(?: (?:<initiatives.noun-joints:de> )?[A-ZÄÖÜ][\w-]{2,}){0,3}"
GERMAN_FOR = pattern(
    rf"\b[A-ZÄÖÜ][a-zäöüß]{{2,}}(?:{WEAK}|<grammar.feminine-endings:de>) {GERMAN_NOUN} <initiatives.for-nouns:de> {GERMAN_NOUNS}"
)
# "die Initiative für saubere Häfen", where nobody takes the initiative; "Drei-Meere-Initiative", "die Nationale Hafeninitiative"
SMALL_ENDING = rf"(?:{WEAK}|<grammar.feminine-endings:de>|<grammar.dative-endings:de>)"
GERMAN_SMALL = rf"(?:(?!<initiatives.determiners:de>\b)[a-zäöüß]{{3,}}{SMALL_ENDING} )"
GERMAN_NAMED = r"[A-ZÄÖÜ][\w-]{2,}"
GERMAN_THE = pattern(
    rf"(?<=\b<initiatives.leading-articles:de> ){GERMAN_NOUN} <initiatives.to-name:de> {GERMAN_SMALL}{GERMAN_NAMED}"
    rf"(?: <grammar.and:de> {GERMAN_SMALL}?{GERMAN_NAMED})?"
)
GERMAN_HYPHENED = pattern(rf"\b(?!(?:<initiatives.no-compounds:de>)-)(?:[A-ZÄÖÜ][\wäöüß]+-){{1,4}}{GERMAN_NOUN}\b")
GERMAN_COMPOUND = r"(?!(?:<initiatives.no-compounds:de>)i)[A-ZÄÖÜ][a-zäöüß]{3,}<initiatives.closed-names:de>\b"
GERMAN_CLOSED = pattern(rf"(?<=[a-zäöüß] )[A-ZÄÖÜ][a-zäöüß]{{2,}}{WEAK} {GERMAN_COMPOUND}")
GERMAN_TAKEN = Words("initiatives.taken", part="de")
NEAR_TAKEN = 30  # code points before "die Initiative" in which the verb of "took the initiative" stands
# in French the nouns and adjectives of a name may be in lower case: "Initiative pour des détroits sûrs", "Initiative Mers lisibles"
OF_NAME = rf"(?: <initiatives.of-name:fr>{NAMED_WORD})?"
FRENCH_AFTER = r"(?: (?:<initiatives.subject-adjectives:fr>|[a-zà-ÿ]{3,}<initiatives.adjective-ends:fr>s?)\b)?"
FRENCH_END = rf"(?: <initiatives.subject-adjectives:fr>\b| {NAMED_WORD}(?=[.,;:!?)»”]|$))?"
FRENCH_NAMES = (
    rf"<initiatives.before-plurals:fr> (?:{NAMED_WORD})(?: {NAMED_WORD}s)?{OF_NAME}",
    rf"<initiatives.for-or-against:fr>{NAMED_WORD}{OF_NAME}(?: <initiatives.in-the:fr> {NAMED_WORD}s)?{FRENCH_END}",
    rf"<initiatives.of-one:fr>(?!<initiatives.of-laws>\b){NAMED_WORD}(?: <initiatives.against:fr>{NAMED_WORD}s?)?{FRENCH_AFTER}",
    rf"{CAPITAL} (?!<initiatives.no-plurals:fr>\b){NAMED_WORD}s",
    rf"[A-ZÀ-Þ][^\W\d_]+s <initiatives.of-one:fr>{NAMED_WORD}",
)
FRENCH_ADJECTIVE = r"(?:<initiatives.adjectives:fr>|[a-zà-ÿ-]{2,}<initiatives.adjective-ends:fr>) "
ON_SUBJECT = rf"<initiatives.on-the:fr>{NAMED_WORD}{OF_NAME}"
FRENCH = pattern(
    rf"\b<initiatives.names:fr> (?:(?:{FRENCH_ADJECTIVE})?(?:{'|'.join(FRENCH_NAMES)})|{FRENCH_ADJECTIVE}{ON_SUBJECT})(?=[\s,.;:!?)»”]|$)"
)
# in Russian an adjective in capitals precedes the word, and "on" with a dative and genitives follows it
SMALL_RUSSIAN = r"[\u0430-\u044f\u0451-]"
DATIVE = rf"(?:{SMALL_RUSSIAN}*<initiatives.dative-ends:ru> )*"
GENITIVE = rf" (?:<initiatives.joints:ru> )?{SMALL_RUSSIAN}*<initiatives.genitives:ru>(?![^\W\d_])"
RUSSIAN_ADJECTIVE = rf"{SMALL_RUSSIAN}*<initiatives.adjective-ends:ru>"
NAMED_RUSSIAN = rf"(?!<initiatives.bare:ru>\b)(?P<name>[\u0410-\u042f]{RUSSIAN_ADJECTIVE}(?: {RUSSIAN_ADJECTIVE})?"
SUBJECT_RUSSIAN = rf"(?: <initiatives.subject-links:ru> {DATIVE}{SMALL_RUSSIAN}+(?:{GENITIVE}){{0,5}})?"
RUSSIAN = pattern(rf"(?<![^\W\d_]){NAMED_RUSSIAN} <initiatives.led-names:ru>{SUBJECT_RUSSIAN})")
# with a capital inside a sentence the word itself starts the name
RUSSIAN_ALONE = pattern(rf"(?<=[\u0430-\u044f] )(?P<name><initiatives.capital-names:ru>{SUBJECT_RUSSIAN.removesuffix('?')})")
LED_NAMES = Words("initiatives.stems", part="ru")
# a name in quotation marks behind the word "initiative", in front of it, or with that word in it: Initiative „Sichere Daten“
STEMS = Words("initiatives.stems")
IN_QUOTES = r"(?:„[^„“”\n]{3,90}[“”]|«[^«»\n]{3,90}»|“[^“”\n]{3,90}”|\"[^\"\n]{3,90}\"|「[^「」\n]{2,60}」)"
BEHIND_WORD = rf"\b<initiatives.quoted-names>(?:,? <initiatives.called>)? {IN_QUOTES}"
BEFORE_QUOTED = ("„", "“", "«", '"', "「", "‘", "'")  # one of these starts each name in quotation marks
CALLED = pattern(r"<initiatives.quoted-names>,? <initiatives.called> ")
WORD_INSIDE = r"(?<=[«„“])(?!<initiatives.bare>)(?:[^\W\d_]+ ){0,2}?<initiatives.quoted-names> <initiatives.quoted-links>"
QUOTED = pattern(rf"{BEHIND_WORD}|{WORD_INSIDE} [^«»„“”\n.!?;:]{{3,90}}(?=[»“”])")
IN_SINGLE = r"(?<![^\W_])(?:‘(?P<single>[A-Z][^‘\n]{2,89})’|'(?P<straight>[A-Z][^'\n]{2,89})')"
OPEN_NAME = r"[„“«\"](?P<name>(?![a-zà-ÿ])[^«»„“”\"\n]{3,90})[“”»\"]"
BEFORE_WORD = pattern(rf"(?:{OPEN_NAME}|{IN_SINGLE})[ -](?P<word><initiatives.quoted-names>)(?![^\W\d_])")
# what a name in another language is about, in small letters: "Initiative de Vaudry sur l’eau et les forêts"
SUBJECT_WORD = r"(?!<initiatives.no-name-words>\b|<initiatives.no-subjects>\b)[^\W\d_]{3,}"
SUBJECT_JOINT = rf"(?:<initiatives.links>|<initiatives.of>)(?: ?{ARTICLE})?"
SUBJECT_AND = rf"(?: {SUBJECT_JOINT} ?{SUBJECT_WORD}){{0,3}}"
SUBJECT = pattern(rf" <initiatives.subject-preps> ?{ARTICLE} ?{SUBJECT_WORD}{SUBJECT_AND}(?: {SUBJECT_WORD}(?=[.,;:!?)»”]|$))?")
# in Arabic nouns with the article follow the word, or "for" and a noun
ARABIC_NOUN = r"[^\W\d_]{2,}"
ARABIC_DEFINITE = rf"(?!<initiatives.no-subjects:ar>(?![^\W\d_]))<initiatives.definite:ar>{ARABIC_NOUN}"
ARABIC_LED = rf"(?:<initiatives.led-names:ar>)(?: {ARABIC_DEFINITE}){{2,5}}"
ARABIC_FOR = rf"<initiatives.full-names:ar> {ARABIC_DEFINITE} <initiatives.for:ar>{ARABIC_NOUN}(?: {ARABIC_DEFINITE}){{1,3}}"
ARABIC = pattern(rf"(?<![^\W\d_])<initiatives.prefixes:ar>?(?P<name>{ARABIC_LED}|{ARABIC_FOR})(?![^\W\d_])")
ARABIC_NAMES = Words("initiatives.led-names", part="ar")
BARE = pattern(r"<initiatives.bare> <initiatives.capital-names:en>$")
LED = pattern(r"<initiatives.bare> (?=[A-Z])")
IN_ENGLISH_TOO = "Initiative"  # French and German have the same word
FOREIGN_NAMES = Words("initiatives.names", part="spaced")
SMALL = Words("initiatives.small-words")


class Mention(NamedTuple):
    """An occurrence of the name of an initiative in a text."""

    name: str
    start: int
    end: int


def find_initiatives(text: str) -> list[Mention]:
    """Every occurrence of the capitalised name of an initiative, in order.

    >>> [mention.name for mention in find_initiatives("the Harbour Initiative on Safe Charts, an initiative")]
    ['Harbour Initiative on Safe Charts']
    """
    found = [mention for match in _in_lines(INITIATIVE, text, ("Initiative",)) if (mention := _with_subject(text, match))]
    if any(name in text for name in HAN_NAMES):
        found += _chinese(text)
    if any(name in text for name in JAPANESE_NAMES):
        found += [Mention(match[0], *match.span()) for match in JAPANESE.finditer(text)]
    if not is_english(text) or any(name in text for name in FOREIGN_NAMES if name != IN_ENGLISH_TOO):
        found += [_longest(text, match) for match in FRONT.finditer(text)]
        if "Initiative zu" in text:
            found += [Mention(match[0], *match.span()) for match in GERMAN_FOR.finditer(text)]
        found += _german(text)
        taken = {mention.start for mention in found}
        found += [Mention(match[0], *match.span()) for match in FRENCH.finditer(text) if match.start() not in taken]
        found = [_about(text, each) for each in _united(text, found)]
        found += _russian_and_arabic(text)
    if STEMS.is_part_of(text):
        quoted = _quoted(text)
        found = [each for each in found if not any(one.start <= each.start < one.end for one in quoted)] + quoted
    return sorted(found, key=lambda mention: mention.start)


def _in_lines(pattern: re.Pattern[str], text: str, marks: Sequence[str]) -> Iterator[re.Match[str]]:
    """The matches of `pattern.finditer`, for a pattern all of whose matches are inside a line that has one of the marks."""
    start = 0
    if any(map(text.__contains__, marks)):
        for row in text.split("\n"):
            end = start + len(row)
            if any(map(row.__contains__, marks)):
                yield from pattern.finditer(text, start, end)
            start = end + 1


def _is_said_by(plain: str, start: int, end: int) -> bool:
    """True if the word is the verb "to advocate" behind the name of a person, with its object behind it."""
    return ADVOCATES.search(plain[start:end]) is not None and HAN.match(plain, end) is not None and BEHIND.match(plain, end) is None


def _german(text: str) -> Iterator[Mention]:
    """The German names with small adjectives and in compounds."""
    for match in GERMAN_THE.finditer(text) if "Initiative " in text else ():
        if not any(word in text[max(match.start() - NEAR_TAKEN, 0) : match.start()] for word in GERMAN_TAKEN):
            yield Mention(match[0], *match.span())
    for form, mark in ((GERMAN_HYPHENED, "-Initiative"), (GERMAN_CLOSED, "initiative")):
        for match in form.finditer(text) if mark in text else ():
            yield Mention(match[0], *match.span())


def _chinese(text: str) -> list[Mention]:
    """The Chinese names of a text."""
    plain = simplified(text)
    titled = [match.span() for form in (HAN_TITLED, HAN_QUOTED) for match in form.finditer(plain)]
    spans = [match.span("name") for match in CHINESE.finditer(plain)]
    spans = [span for span in spans if not _is_said_by(plain, *span)]
    spans = titled + [span for span in spans if not any(start <= span[0] < end for start, end in titled)]
    return [Mention(text[start:end], start, end) for start, end in spans]


def _russian_and_arabic(text: str) -> list[Mention]:
    """The Russian or Arabic names of a text, whose script has no capitals or whose cases change the words."""
    forms: tuple[re.Pattern[str], ...] = ()
    if any(stem in text.lower() for stem in LED_NAMES):
        forms = (RUSSIAN, RUSSIAN_ALONE)
    elif any(name in text for name in ARABIC_NAMES):
        forms = (ARABIC,)
    return [Mention(match["name"], *match.span("name")) for form in forms for match in form.finditer(text)]


def _quoted(text: str) -> list[Mention]:
    """The names in quotation marks behind the word "initiative", with it inside, or in front of it.

    "Called" and a word in small letters behind the name are no part of it.
    """
    found = []
    for match in _in_lines(QUOTED, text, BEFORE_QUOTED):
        called = CALLED.match(match[0])
        start, end = (match.start() + called.end() + 1, match.end() - 1) if called else match.span()
        while called and text[start].isspace():  # the spaces inside French quotation marks
            start += 1
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        found.append(Mention(text[start:end], start, end))
    for match in _in_lines(BEFORE_WORD, text, BEFORE_QUOTED):
        group = next(name for name in ("name", "single", "straight") if match[name])
        start, end = (match.start(), match.end()) if match["word"][0].isupper() else match.span(group)
        if not any(one.start < end and start < one.end for one in found):
            found.append(Mention(text[start:end], start, end))
    return found


def _about(text: str, mention: Mention) -> Mention:
    """The mention with what follows it in small letters: "sur l’eau et les forêts"."""
    match = SUBJECT.match(text, mention.end)
    return Mention(text[mention.start : match.end()], mention.start, match.end()) if match else mention


def _united(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions, with those that overlap as one: "Globale Initiative" and "Initiative für ..." in German."""
    united: list[Mention] = []
    for each in sorted(found, key=lambda mention: mention.start):
        if united and each.start < united[-1].end:
            start, end = united[-1].start, max(united[-1].end, each.end)
            united[-1] = Mention(text[start:end], start, end)
        else:
            united.append(each)
    return united


def _with_subject(text: str, match: re.Match[str]) -> Mention | None:
    """An English name with its subject, or None for the bare word: "the Initiative", "This Initiative"."""
    start = match.end() - len("Initiative") if BARE.match(match[0]) else _behind_holder(match)
    if start == match.start() and (opener := LED.match(match[0])):
        start += opener.end()  # "This Harbour Initiative"
    about = ABOUT.match(text, match.end())
    end = _subject_end(about) if about else match.end()
    if about and start == match.end() - len("Initiative"):
        named = text[about.start("about") : end].split()
        led = about["link"] == "on" or (LEADS.search(text, max(start - 4, 0), start) is not None and len(named) >= LEAST_ABOUT)
        return Mention(text[start:end], start, end) if led and end > match.end() else None
    return Mention(text[start:end], start, end) if match[0] != "Initiative" and not BARE.match(match[0]) else None


def _behind_holder(match: re.Match[str]) -> int:
    """Where an English name starts: not with the office whose initiative it is ("the Minister for Harbour Initiative", "Ministers' Ports Initiative")."""
    if match["inner"] and is_role(match[0].split()[0]):
        return match.end("inner") + 1
    holders = [each.end() for each in HOLDER.finditer(match[0]) if is_role(each[1]) or is_role(each[1].removesuffix("s"))]
    return match.start() + holders[-1] if holders else match.start()


def _subject_end(about: re.Match[str]) -> int:
    """Where the subject of an initiative ends; its own start if it is a day ("on Monday"), a person or a recipient ("to China")."""
    words = about["about"]
    first = words.split()[0]
    if _is_no_subject(first) or (about["link"] == "to" and (first.endswith("s") or not is_common_only(first))):
        return about.start()
    end = 0
    for step in ABOUT_STEP.finditer(words):
        word = step["word"]
        apart = step["joint"] == "and" or step[0].startswith(",")
        if apart and OTHERS.members.intersection(words[step.start() :].split()):
            break  # "on Safe Ports and the Safe Seas Compact"
        if end and (word == "Initiative" or _is_no_subject(word) or (apart and not is_common_only(word))):
            break
        end = step.end()
    return about.start("about") + end


def _is_no_subject(word: str) -> bool:
    low = word.lower()
    return low in MONTHS or low in WEEKDAY_WORDS or low in HONORIFICS or is_role(word)


def _longest(text: str, match: re.Match[str]) -> Mention:
    """The mention of a name after the word "Initiative", including a lower-case French adjective at its end."""
    french = FRENCH.match(text, match.start())
    end = max(match.end(), french.end()) if french else match.end()
    return Mention(text[match.start() : end], match.start(), end)


def content_words(name: str) -> frozenset[str]:
    """The set of the content words of a name."""
    return frozenset(word.lower() for word in re.findall(r"\w+", name) if word.lower() not in SMALL)


def acronym(name: str) -> str:
    """The id for a name: the first letters of its words, without articles and prepositions.

    >>> acronym("Six-Port Initiative on the Safety of Charts")
    'spisc'
    """
    return "".join(word[0].lower() for word in re.findall(r"\w+", name) if word.lower() not in SMALL)


def slug(name: str) -> str:
    """The id for the name of a person or organisation.

    >>> slug("Wang Yi"), slug("José Ferré"), slug("\u738b\u6bc5")
    ('wang-yi', 'jose-ferre', 'unnamed')
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "unnamed"


def cluster(mentions: Mapping[str, Iterable[Mention]]) -> list[tuple[str, ...]]:
    """The names of each initiative in several texts, the preferred name first; `mentions` has the mentions by text id.

    Names with the same words in another order belong together. A name that only one text has, and that differs by one word from
    a name in the same text that other texts have as well, is a variant of that name. The preferred name is the one in most texts.
    """
    texts: dict[str, set[str]] = {}
    for text, in_text in mentions.items():
        for mention in in_text:
            texts.setdefault(mention.name, set()).add(text)
    groups: dict[frozenset[str], list[str]] = {}
    for name in texts:
        groups.setdefault(content_words(name), []).append(name)
    spread = {words: set().union(*(texts[name] for name in names)) for words, names in groups.items()}
    for words in sorted(groups, key=lambda group: (len(spread[group]), sorted(group))):
        if len(spread[words]) == 1 and (home := _neighbour(words, groups, spread)):
            groups[home] += groups.pop(words)
    rank = Counter({name: len(ids) for name, ids in texts.items()})
    return [tuple(sorted(names, key=lambda name: (-rank[name], name))) for names in groups.values()]


def _neighbour(
    words: frozenset[str], groups: Mapping[frozenset[str], list[str]], spread: Mapping[frozenset[str], set[str]]
) -> frozenset[str] | None:
    for other in groups:
        if other != words and len(other ^ words) == 2 and spread[words] <= spread[other] and len(spread[other]) > 1:
            return other
    return None
