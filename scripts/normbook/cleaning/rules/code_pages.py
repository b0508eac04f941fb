"""Letters that were decoded with the code page of another region: "potøebují" for "potřebují", "Mьnchen" for "München", "яЁртшыр" for "правила".

Each byte is a letter in both tables, so no single letter is impossible. A text is read again only if its letters fit no
language that the package knows, while those of exactly one other table fit one whose commonest words the text has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from normbook.cleaning.rule import rule
from normbook.languages.language import Words, alphabets, pattern
from normbook.text.characters import alphabet
from normbook.text.ledger import Edit
from normbook.text.line_cache import LineCache, lines_of, remembered, starts_of

LEAST_ODD = 4  # letters beyond ASCII of a text; fewer may be those of foreign names
LEAST_HITS = 2  # common words of its language
LEAST_WRONG = 3  # the same, if most of them are signs or capitals inside words
MANY_ODD = 6  # such letters, with which one common word of two letters or more is enough
FITS = 0.97  # the share of the letters that the alphabet of a language has
# (the table in which a text was shown, the table in which it was written)
PAIRS = (
    ("windows-1252", "windows-1250"), ("windows-1252", "iso-8859-2"), ("windows-1252", "windows-1254"), ("windows-1252", "windows-1257"),
    ("windows-1250", "windows-1252"), ("windows-1254", "windows-1252"), ("windows-1257", "windows-1252"), ("iso-8859-2", "windows-1252"),
    ("windows-1251", "windows-1252"), ("windows-1251", "windows-1250"), ("windows-1253", "windows-1252"), ("koi8-r", "windows-1252"),
    ("windows-1252", "cp850"), ("cp850", "windows-1252"), ("cp437", "windows-1252"), ("mac-roman", "windows-1252"), ("windows-1252", "mac-roman"),
    ("windows-1252", "cp852"),
)  # fmt: skip
HIGH = range(0x80, 0x100)
# signs that are letters in another table: between two letters they are suspicious
SIGNS = frozenset(
    "\xb9\xb3\xbf\xb6\xb1\xbc\xbe\u201a\u201e\u2026\u2020\u2021\u02c6\u2030\u201c\u201d\u2122\xa2\xa3\xa1\xa4\xf7\xd7\x81\x8d\x8f\x90\x9d\u2013\u2014"
)
RARE_SIGNS = SIGNS - frozenset("\u2026\u201c\u201d\u2014\u2013")  # those of which one is enough to look closer
INSIDE = pattern(f"(?<=[a-z])[{''.join(sorted(SIGNS))}](?=[a-z])")
AT_WORD = "(?<=[a-zA-Z]){0}|{0}(?=[a-z])"
ANY_AT_WORD = pattern(AT_WORD.format(f"[{''.join(sorted(SIGNS))}]"))
CAPITALS = frozenset(map(chr, range(0xC0, 0xDF))) | frozenset("\u0152\u0160\u017d\u0178")
CAPITAL = re.compile("[\xc0-\xde\u0152\u0160\u017d\u0178]")
SAMPLE = 2_000  # code points in which common words are looked for first
WORD = re.compile(r"[^\W\d_]+")


class Table(NamedTuple):
    """How the characters of a table are written in another: "ø" was "ř"."""

    shown: str
    written: str
    letters: Mapping[str, str]


@cache
def tables() -> tuple[Table, ...]:
    """The pairs of tables, with the characters of both; a byte that a table does not define is a control character in it."""
    found = []
    for shown, written in PAIRS:
        pairs = [(_character(byte, shown), _character(byte, written)) for byte in HIGH]
        found.append(Table(shown, written, dict(pairs)))
    return tuple(found)


def _character(byte: int, table: str) -> str:
    read = bytes((byte,)).decode(table, "replace")
    return chr(byte) if read == "\ufffd" else read


class Reading(NamedTuple):
    """What a text would be in another table: the characters that change, and how many common words it then has."""

    letters: Mapping[str, str]
    hits: int


def _may_be_of_other_table(text: str, letters: frozenset[str]) -> bool:
    """True if a text has signs or capitals inside words, or letters that are those of no language whose words it has."""
    odd = frozenset(filter(str.isalpha, letters))
    if max(odd, default="") >= "\u2500":
        return False
    if not RARE_SIGNS.isdisjoint(letters) or _has_inner_capital(text, odd):
        return True
    covering = _languages_of(odd) if odd else ()
    if not odd or not covering:
        return bool(odd)
    words = frozenset(word for word in text[:SAMPLE].lower().split() if len(word) > 1)
    return all(words.isdisjoint(common) for common in covering)


def _has_inner_capital(text: str, odd: frozenset[str]) -> bool:
    """True if an accented capital follows a small letter."""
    return not CAPITALS.isdisjoint(odd) and any(text[match.start() - 1].islower() for match in CAPITAL.finditer(text) if match.start())


@remembered(64)
def _languages_of(odd: frozenset[str]) -> tuple[frozenset[str], ...]:
    """The common words of the languages whose alphabets have all these letters."""
    return tuple(common for known, common in alphabets() if odd <= known)


@rule(
    "code-page",
    layer="encoding",
    summary="Letters that were decoded with the code page of another region (Czech or Turkish as Western European, German as Cyrillic) are decoded correctly.",
    wrong_when=(
        "Wrong when a text mixes languages so that its letters fit none of them. So all letters must fit one language in the other table, "
        "the text must have its commonest words, and only one table may fit."
    ),
    may_find=_may_be_of_other_table,
    order=28,
)
def code_page(text: str) -> Iterator[Edit]:
    """Edits that read the letters of a text in the table in which it was written.

    >>> [edit.new for edit in code_page("Ministr uvedl, že nové studny potøebují povolení a že budou zapsány do rejstøíku bìhem roku")]
    ['ř', 'ř', 'ě']
    """
    if not _may_be_of_other_table(text, alphabet(text)):
        return
    letters = meant(text)
    if letters:
        form = "|".join(old if old.isalpha() else AT_WORD.format(old) for old in letters)
        for match in re.finditer(form, text):
            yield Edit(match.start(), match.end(), match[0], letters[match[0]])


@remembered(4)
def meant(text: str) -> Mapping[str, str]:
    """Letter -> the letter that was written, if a text was read in the wrong table; else nothing."""
    counts = {c: text.count(c) for c in alphabet(text) if c.isalpha()}
    inner = Counter(INSIDE.findall(text)) if not SIGNS.isdisjoint(alphabet(text)) else Counter[str]()
    if inner:
        inner = Counter(c for c in ANY_AT_WORD.findall(text) if c in RARE_SIGNS or c in inner)
    capitals = CAPITAL.finditer(text) if not CAPITALS.isdisjoint(counts) else ()
    wrong = inner.total() + sum(match[0] in counts and "a" <= text[match.start() - 1 : match.start()] <= "z" for match in capitals)
    counts |= inner
    total = sum(counts.values())
    if total < (LEAST_WRONG if wrong * 2 > total else LEAST_ODD):
        return {}
    fitting = [common for known, common in alphabets() if _share(counts, total, known) - wrong / total >= FITS]
    words = frozenset(WORD.findall(text.lower())) if fitting else frozenset[str]()
    if any(len(word) > 1 for common in fitting for word in words & common):
        return {}
    return _only([found for table in tables() if (found := _reading(text, counts, total, table))])


def _reading(text: str, counts: Mapping[str, int], total: int, table: Table) -> Reading | None:
    """The reading of a text in a table; None if some letter is not in it or the result is in no language."""
    if not all(map(table.letters.__contains__, counts)):
        return None
    read: dict[str, int] = {}
    for letter, count in counts.items():
        new = table.letters[letter]
        read[new] = read.get(new, 0) + count
    some = [common for known, common in alphabets() if _share(read, total, known) >= FITS] if all(map(str.isalpha, read)) else []
    if not some:
        return None
    changed = {letter: table.letters[letter] for letter in counts if table.letters[letter] != letter}
    new_text = text.translate({ord(letter): new for letter, new in changed.items()})
    if _has_inner_capital(new_text, frozenset(read)):
        return None
    words = frozenset(WORD.findall(new_text.lower()))
    hits = max((words & common for common in some), key=len)
    enough = len(hits) >= LEAST_HITS or (total >= MANY_ODD and any(len(word) > 1 for word in hits))
    beside = {c: table.letters[c] for c in SIGNS & alphabet(text) if table.letters.get(c, "").isalpha()}
    return Reading(beside | changed, len(hits)) if enough else None


def _only(found: list[Reading]) -> Mapping[str, str]:
    """The letters of the one reading with the most common words, if there is one."""
    best = max((each.hits for each in found), default=0)
    most = [each.letters for each in found if each.hits == best]
    return most[0] if most and all(each == most[0] for each in most) else {}


def _share(counts: Mapping[str, int], total: int, known: frozenset[str]) -> float:
    return sum(count for letter, count in counts.items() if letter in known) / total


BYTE_TABLES = ("windows-1250", "iso-8859-2", "windows-1254", "windows-1257", "cp850", "cp852", "mac-roman")


def table_of_bytes(decode: Callable[[str], str]) -> str | None:
    """The single-byte table in which the bytes of a text are letters of one language or script, or None; `decode` reads them in a table."""
    found: dict[str, int] = {}
    for name in (*BYTE_TABLES, *SCRIPTS):
        try:
            read = decode(name)
        except UnicodeDecodeError:
            continue
        hits = _hits_of_script(read, name) if name in SCRIPTS else _hits_of_language(read)
        if hits is not None:
            found[name] = hits
    best = max(found.values(), default=0)
    fitting = [name for name, hits in found.items() if hits == best]
    return fitting[0] if fitting and len({decode(name) for name in fitting}) == 1 else None


def _hits_of_language(read: str) -> int | None:
    """How many common words of the language with all its letters a text has; None if it fits no language."""
    letters = [c for c in read if c > "\x7f" and c not in MARKS]
    if len(letters) < LEAST_ODD or not all(map(str.isalpha, letters)) or _has_inner_capital(read, frozenset(letters)):
        return None
    counts = {c: letters.count(c) for c in set(letters)}
    some = [common for known, common in alphabets() if _share(counts, len(letters), known) >= FITS]
    words = frozenset(WORD.findall(read.lower()))
    return max((len(words & common) for common in some), default=None)


# scripts with tables of their own, and the letters of which there are many in every text
SCRIPTS = {
    "windows-1253": ("\u0370", "\u03ff", Words("grammar.frequent-letters", part="el")),
    "cp866": ("\u0400", "\u04ff", Words("grammar.frequent-letters", part="ru")),
    "windows-1256": ("\u0600", "\u06ff", Words("grammar.frequent-letters", part="ar")),
}
LEAST_OF_SCRIPT, MANY = 12, 1_000  # letters; more hits than any language of the Latin alphabet has
MARKS = frozenset("«»„“”‘’–—…№§°©\xa0")


def _hits_of_script(read: str, name: str) -> int | None:
    """MANY if all letters of a text beyond ASCII are of a script and half of them are its frequent ones, else None."""
    first, last, frequent = SCRIPTS[name]
    letters = [c for c in read if c > "\x7f" and c not in MARKS and not (name == "windows-1256" and c in "\u060c\u061b\u061f")]
    plain = [normalize("NFD", c)[0].lower() for c in letters]
    if len(letters) < LEAST_OF_SCRIPT or not all(first <= c <= last for c in letters) or _is_mixed(read, len(letters)):
        return None
    return MANY if sum(c in frequent for c in plain) > LEAST_FREQUENT * len(plain) else None


FREQUENT = Words("grammar.frequent-letters", part="ru")
VOWELS = Words("grammar.frequent-vowels", part="ru")
CYRILLIC = re.compile("[\u0401\u0404\u0406\u0407\u040e\u0410-\u044f\u0451\u0454\u0456\u0457\u045e\u0490\u0491]")
CYRILLIC_TABLES = ("windows-1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5")
USUAL_VOWELS = 0.18  # of the characters of a line of Russian, at least
SHORTEST = 12  # Cyrillic letters of a line; fewer prove nothing
LEAST_FREQUENT, BETTER = 0.5, 0.15  # the share of frequent letters, and by how much it must be greater than as shown
OTHER = re.compile("[^\x00-\x7f\u0401\u0404\u0406\u0407\u040e\u0410-\u044f\u0451\u0454\u0456\u0457\u045e\u0490\u0491«»„“”‘’–—…№§°\xa0]")
SMALL = "[\u0430-\u044f\u0451]"
BEFORE_SMALL = "[\u20ac\xac\u2020\u2021\u2030\u2122\xae\xa9\xb6\xa7\xb1]"
BEHIND_SMALL = "[\u20ac\u2020\u2021\u2030\xae\xa4\xa5\xa8\xaa\xb1\u201a]"
FAULT = re.compile(rf"{SMALL}[\u0410-\u042f]|{BEFORE_SMALL}(?={SMALL})|(?<={SMALL}){BEHIND_SMALL}(?!\d)")
LATIN_FRAMES = frozenset("\xae\xa5\xa8\xad")  # o, e, i and n of cp866 in Windows-1252
LEAST_FRAMES = 4


@remembered(1 << 10)
def as_other_cyrillic(row: str) -> str | None:
    r"""A line of Cyrillic in the table in which it was written, or None if it is plain as it stands or in no table.

    >>> as_other_cyrillic("яЁртшыр фы\xa0 ъюыюфЎхт єЄтхЁцфхэ√"), as_other_cyrillic("правила для колодцев утверждены")
    ('правила для колодцев утверждены', None)
    """
    low = row.lower()
    cyrillic = len(CYRILLIC.findall(row))
    if cyrillic + len(OTHER.findall(row)) < SHORTEST or (not cyrillic and sum(map(row.count, LATIN_FRAMES)) < LEAST_FRAMES):
        return None
    faults = _faults(row)
    if sum(map(low.count, VOWELS.ends)) >= USUAL_VOWELS * len(row) and not faults:
        return None
    before = frequency(row)
    best = max(_readings(row), key=lambda read: (frequency(read) > LEAST_FREQUENT, -_faults(read), frequency(read)), default="")
    after = frequency(best) if best else 0.0
    is_better = after > before + BETTER or (faults and not _faults(best) and not OTHER.search(best) and after >= before)
    return best if after > LEAST_FREQUENT and is_better else None


def _faults(row: str) -> int:
    """How often a capital follows a small letter, or a sign stands inside or at the start of a word."""
    return len(FAULT.findall(row))


def _readings(row: str) -> Iterator[str]:
    """The line in each pair of tables that has all its characters."""
    for shown in (*CYRILLIC_TABLES, "windows-1252"):
        try:
            raw = row.encode(shown)
        except UnicodeEncodeError:
            continue
        for written in CYRILLIC_TABLES if shown in CYRILLIC_TABLES else ("cp866",):
            if written != shown:
                try:
                    yield raw.decode(written)
                except UnicodeDecodeError:
                    continue


def frequency(row: str) -> float:
    """The share of frequent letters among the Cyrillic ones and signs of frames; 0 for an impossible mix of cases."""
    letters = CYRILLIC.findall(row)
    total = len(letters) + len(OTHER.findall(row))
    if not letters or _is_mixed(row, total):
        return 0.0
    return sum(letter.lower() in FREQUENT for letter in letters) / total


def _is_mixed(row: str, total: int) -> bool:
    """True if many capitals follow small letters, as where a table has the two cases exchanged."""
    return sum(one.islower() and two.isupper() for one, two in pairwise(row)) * 10 > total


_cyrillic = LineCache(as_other_cyrillic)
CYRILLIC_LETTERS = frozenset(map(chr, range(0x410, 0x450))) | LATIN_FRAMES


@rule(
    "cyrillic-table",
    layer="encoding",
    summary="Russian that was decoded with another Cyrillic table (Windows-1251, KOI8-R, DOS, Macintosh) is decoded correctly.",
    wrong_when="Wrong when a line quotes such letters on purpose. So the line must have too few of the letters that every Russian text has, and enough of them in exactly that table.",
    needs=CYRILLIC_LETTERS,
    order=15,
)
def cyrillic_table(text: str) -> Iterator[Edit]:
    """Edits that decode such lines.

    >>> [edit.new for edit in cyrillic_table("рТБЧЙМБ ДМС ЛПМПДГЕЧ ХФЧЕТЦДЕОЩ")]
    ['Правила для колодцев утверждены']
    """
    if CYRILLIC_LETTERS.isdisjoint(alphabet(text)):
        return
    starts = starts_of(text)
    for number, new in _cyrillic.numbered(rows := lines_of(text)):
        if new is not None:
            yield Edit(starts[number], starts[number] + len(rows[number]), rows[number], new)
