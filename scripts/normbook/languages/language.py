"""Languages: reads their files, and builds patterns from them.

`languages/xx.toml` is written by hand, `languages/cldr/xx.toml` is generated from CLDR by tools/build_languages.py. To add a language, add a file.

- A value with line breaks is a list of phrases, one per line; a value without is a list of words separated by spaces. The notation is that of languages/phrases.py.
- The values in `[months]`, `[weekdays]` and `[numbers]` are lists of twelve, of seven, and of any number of texts; the nth has the words for the nth
  month, weekday or number, "" for none. `cldr = ["wide"]` adds the list of that name from the generated file.
- `ordered = true` in a section means that its phrases are tried in the order of the file.

Nothing else below `workspace` opens files. Here the package's own files are read on first use, never at import.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from normbook.languages.kept import Kept
from normbook.languages.phrases import PhraseError, bare, choice, expression, literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SLOT = re.compile(
    r"<(?P<key>[a-z][\w-]*\.[\w.-]+)(?::(?P<part>[a-z-]+))?>"
)  # in a template; a named group of a regular expression cannot have a dot in its name
ROWS = {"months": 12, "weekdays": 7, "numbers": None}
QUANTIFIERS = tuple("?*+{")
PLAIN = ("code", "name", "spaces")
FOLDER = Path(__file__).parent
CODE = ("language.py", "phrases.py", "kept.py")  # what makes patterns of the files


class LanguageError(ValueError):
    """A language file is invalid; the message has the file, the key, what was expected and what was found."""


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its code (BCP 47), its English name, whether it separates words by spaces, and its lists."""

    code: str
    name: str
    spaces: bool
    lists: Mapping[str, tuple[str, ...]]  # "section.key" -> phrases
    rows: Mapping[str, tuple[tuple[str, ...], ...]]  # "months.wide" -> the words for January, for February …
    ordered: frozenset[str] = frozenset()  # the sections whose phrases are tried in their order

    def numbered(self, key: str) -> dict[str, int]:
        """Word, in lower case -> its number from 1, for instance "february" -> 2."""
        return {word.lower(): n for n, words in enumerate(self.rows.get(key, ()), 1) for word in words}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Several languages together: English first, then in the order of their codes."""

    languages: tuple[Language, ...]

    def phrases(self, key: str, part: str = "") -> tuple[str, ...]:
        """The phrases of a list in all languages, in one (`part` is its code), or in those that use spaces or do not ("spaced", "dense")."""
        return tuple(phrase for language in self._some(part) for phrase in language.lists.get(key, ()))

    def words(self, key: str, part: str = "") -> frozenset[str]:
        """The phrases as a set."""
        return frozenset(self.phrases(key, part))

    def numbered(self, key: str, part: str = "") -> dict[str, int]:
        """Word, in lower case -> its number from 1, in all languages or in some; the first language wins if two share a word."""
        numbers: dict[str, int] = {}
        for language in self._some(part):
            numbers = language.numbered(key) | numbers
        return numbers

    def row(self, key: str, part: str = "") -> tuple[str, ...]:
        """The words of a numbered list in all languages or in some, as written in the files."""
        return tuple(word for language in self._some(part) for words in language.rows.get(key, ()) for word in words)

    def _some(self, part: str) -> list[Language]:
        """All languages, or those that `part` names."""
        return [language for language in self.languages if _is_of(language, part)]

    def alternation(self, key: str, part: str = "", pieces: Mapping[str, str] = MappingProxyType({})) -> str:
        """A regular expression for any phrase of a list or any word of a numbered list. Raises PhraseError if there is none.

        A part that a phrase refers to is looked up in the phrase's own language first.
        """
        section = key.partition(".")[0]
        some = self._some(part)
        if section in ROWS:
            return choice([(word, literal(word)) for word in dict.fromkeys(self.row(key, part))], key)
        written = {
            expression(phrase, partial(self._slot, language, pieces)): phrase for language in some for phrase in language.lists.get(key, ())
        }
        alternatives = [(phrase, form) for form, phrase in written.items()]
        return choice(alternatives, key, any(section in language.ordered for language in some))

    def _slot(self, language: Language, pieces: Mapping[str, str], name: str) -> str:
        """The expression of a part that a phrase refers to as `<name>`."""
        if name in pieces:
            return self.fill(pieces[name], pieces, language)
        key, _, part = name.partition(":")
        if "." not in key:
            raise PhraseError(f"{language.code}: expected one of the parts {', '.join(sorted(pieces))}, found <{name}>")
        return self.alternation(key, part or (language.code if key in language.lists or key in language.rows else ""), pieces)

    def fill(self, template: str, pieces: Mapping[str, str] = MappingProxyType({}), language: Language | None = None) -> str:
        """A template with each `<section.key>` replaced by an expression for the words of that list; by those of `language`, if it has any."""

        def words(match: re.Match[str]) -> str:
            key, part = match["key"], match["part"] or ""
            own = language is not None and not part and (key in language.lists or key in language.rows)
            form = self.alternation(key, language.code if own and language else part, pieces)
            return form if template[match.end() : match.end() + 1] in QUANTIFIERS else bare(form)

        return SLOT.sub(words, template)


def _is_of(language: Language, part: str) -> bool:
    return part in ("", language.code) or part == ("spaced" if language.spaces else "dense")


@cache
def vocabulary() -> Vocabulary:
    """The languages of the package, read on first use."""
    found = kept().languages()
    return read_languages(FOLDER) if found is None else _vocabulary_of(found)


@cache
def kept() -> Kept:
    """The patterns and languages that an earlier process prepared, if the files of languages are still the same."""
    files = [
        path for folder in (FOLDER, FOLDER / "cldr") for path in sorted(folder.iterdir()) if path.suffix == ".toml" or path.name in CODE
    ]
    stamp = " ".join([f"{path.name} {status.st_size} {status.st_mtime_ns}" for path in files for status in (path.stat(),)])
    try:
        return Kept(kept_path().read_bytes(), stamp)
    except OSError:
        return Kept(b"", stamp)


def kept_path() -> Path:
    """Where compiled patterns are kept: with the byte code of this package."""
    return FOLDER / "__pycache__" / f"patterns.{sys.implementation.cache_tag}.kept"


def kept_content() -> bytes:
    """The file of patterns and languages for the next process; empty if this one has nothing new for it."""
    if not kept().added:
        return b""
    return kept().content(
        [[each.code, each.name, each.spaces, dict(each.lists), dict(each.rows), sorted(each.ordered)] for each in vocabulary().languages]
    )


def _vocabulary_of(found: list[tuple[str, str, bool, dict[str, list[str]], dict[str, list[list[str]]], list[str]]]) -> Vocabulary:
    """The languages from the form in which they are kept."""
    return Vocabulary(
        tuple(
            Language(
                code,
                name,
                spaces,
                MappingProxyType({key: tuple(phrases) for key, phrases in lists.items()}),
                MappingProxyType({key: tuple(map(tuple, row)) for key, row in rows.items()}),
                frozenset(ordered),
            )
            for code, name, spaces, lists, rows, ordered in found
        )
    )


def compiled(template: str, flags: int = 0, pieces: Mapping[str, str] = MappingProxyType({})) -> re.Pattern[str]:
    """A template as a compiled pattern, from an earlier process if it has been compiled before."""
    key = f"{template}\n{int(flags)}\n{sorted(pieces.items()) if pieces else ''}"
    return kept().pattern(key, lambda: vocabulary().fill(template, pieces), flags)


@cache
def lookalikes() -> Mapping[str, str]:
    """Character that looks like a character of ids -> the character that it looks like."""
    lines = FOLDER.joinpath("lookalikes.txt").read_text("utf-8").split("\n")
    return {odd: line[0] for line in lines if line and line[0] != "#" for odd in line[2:]}


@cache
def _simple_forms() -> dict[int, str]:
    """Traditional characters, by their code points -> the simplified ones that the lists of words are written in."""
    rows = FOLDER.joinpath("traditional.txt").read_text("utf-8").split("\n")
    return {ord(form): row[0] for row in rows if row and row[0] != "#" for form in row[2:]}


@cache
def alphabets() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each language of `alphabets.txt` its letters beyond a to z, with capitals, and some of its commonest words."""
    found = []
    for row in FOLDER.joinpath("alphabets.txt").read_text("utf-8").split("\n"):
        if row and row[0] != "#":
            _, letters, *words = row.split(" ")
            found.append((frozenset(letters) | frozenset(letters.upper()), frozenset(words)))
    return tuple(found)


def simplified(words: str) -> str:
    """Chinese words with traditional characters as the simplified ones, place by place; all else as it is.

    >>> simplified("\u5916\u4ea4\u90e8\u9577") == "\u5916\u4ea4\u90e8\u957f"
    True
    """
    return words.translate(_simple_forms())


def read_languages(*folders: Traversable) -> Vocabulary:
    """The languages with files in these folders; a later folder overrides an earlier one. Raises LanguageError."""
    by_code: dict[str, Language] = {}
    for folder in folders:
        for path in sorted(folder.iterdir(), key=lambda path: path.name):
            if path.name.endswith(".toml"):
                language = read_language(path, folder / "cldr" / path.name)
                by_code[language.code] = language
    return Vocabulary(tuple(sorted(by_code.values(), key=lambda language: (language.code != "en", language.code))))


def read_language(path: Traversable, generated: Traversable) -> Language:
    """The language of a file and, if there is one, of the file generated from CLDR. Raises LanguageError."""
    stated = _tables(path)
    from_cldr = _tables(generated) if generated.is_file() else {}
    for key, kind in (("code", str), ("name", str), ("spaces", bool)):
        if not isinstance(stated.get(key), kind):
            raise LanguageError(f"{path}: {key}: expected a {kind.__name__}, found {stated.get(key)!r}")
    lists: dict[str, tuple[str, ...]] = {}
    rows: dict[str, tuple[tuple[str, ...], ...]] = {}
    ordered = set()
    for section, table in stated.items():
        if section in PLAIN:
            continue
        if not isinstance(table, dict):
            raise LanguageError(f"{path}: {section}: expected a section, found {table!r}")
        for key, value in table.items():
            where = f"{section}.{key}"
            if where == f"{section}.ordered":
                ordered |= {section} if value else set()
            elif section in ROWS and key == "cldr":
                for form in value:
                    rows[f"{section}.{form}"] = _row(generated, from_cldr, section, form)
            elif section in ROWS:
                rows[where] = _row(path, stated, section, key)
            elif isinstance(value, str):
                lists[where] = _phrases(value)
            else:
                raise LanguageError(f"{path}: {where}: expected a string of words or of lines, found {value!r}")
    return Language(stated["code"], stated["name"], stated["spaces"], MappingProxyType(lists), MappingProxyType(rows), frozenset(ordered))


def _tables(path: Traversable) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path}: expected TOML in UTF-8: {error}") from error


def _phrases(value: str) -> tuple[str, ...]:
    """The phrases of a value: its lines, or the words if it is a single line."""
    if "\n" not in value:
        return tuple(value.split())
    return tuple(line for line in value.split("\n") if line)


def _row(path: Traversable, tables: Mapping[str, Any], section: str, key: str) -> tuple[tuple[str, ...], ...]:
    """The words of a numbered list; an underscore stands for a space inside a word: "tháng_1"."""
    row = tables.get(section, {}).get(key)
    if not isinstance(row, list) or not all(isinstance(text, str) for text in row) or len(row) != (ROWS[section] or len(row)):
        raise LanguageError(
            f"{path}: {section}.{key}: expected a list of {str(ROWS[section]) + ' ' if ROWS[section] else ''}strings, found {row!r}"
        )
    return tuple(tuple(word.replace("_", " ") for word in text.split()) for text in row)


class Words(AbstractSet[str]):
    """The words of some lists, in all languages or in some, without those of other lists; read on first use."""

    def __init__(self, *keys: str, part: str = "", without: tuple[str, ...] = ()) -> None:
        self.keys, self.part, self.without = keys, part, without

    @cached_property
    def members(self) -> frozenset[str]:
        """The words."""
        return frozenset(self.ends)

    def is_part_of(self, text: str) -> bool:
        """True if a text in lower case has one of the words anywhere; a text in ASCII is not searched for words beyond it."""
        return any(map(text.__contains__, self._plain if text.isascii() else self._parts))

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The words that have none of the others inside."""
        return tuple(word for word in self.ends if not any(other in word and other != word for other in self.members))

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        return tuple(filter(str.isascii, self._parts))

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The words in the order of their lists, as a tuple for `str.endswith`."""
        known = vocabulary()
        left_out = {word for key in self.without for word in known.words(key)}
        return tuple(word for key in self.keys for word in dict.fromkeys(known.phrases(key, self.part)) if word not in left_out)

    def __contains__(self, word: object) -> bool:
        return word in self.members

    def __iter__(self) -> Iterator[str]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    @classmethod
    def _from_iterable(cls, words: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(words)


class Numbered(Mapping[str, int]):
    """Word, in lower case -> its number from 1, for some numbered lists in all languages or in some; read on first use."""

    def __init__(self, *keys: str, part: str = "") -> None:
        self.rows, self.part = keys, part

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The words and their numbers; the first list wins if two share a word."""
        numbers: dict[str, int] = {}
        for key in self.rows:
            numbers = vocabulary().numbered(key, self.part) | numbers
        return numbers

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The words in the order of their numbers."""
        return tuple(sorted(self.numbers, key=self.numbers.__getitem__))

    def __getitem__(self, word: str) -> int:
        return self.numbers[word]

    def __contains__(self, word: object) -> bool:
        return word in self.numbers  # a third of the time of what Mapping does

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


class Template:
    """A pattern with words of languages, compiled on first use; it can be used like an `re.Pattern`."""

    def __init__(self, template: str, flags: int = 0, **pieces: str) -> None:
        self.template, self.flag, self.pieces = template, flags, pieces

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        return compiled(self.template, self.flag, self.pieces)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a pattern has no such attribute, and what asks every object for one should compile nothing
            raise AttributeError(name)
        attribute = getattr(self.compiled, name)
        setattr(self, name, attribute)  # so that the next look-up does not come here
        return attribute


def pattern(template: str, flags: int = 0, **pieces: str) -> re.Pattern[str]:
    """A pattern in which `<section.key>` matches any phrase of that list, in all languages or in some (`<section.key:fr>`, `:spaced`, `:dense`).

    It is compiled on first use. `pieces` are the parts that phrases refer to without a dot; they are templates too.

    >>> pattern(r"(?i)(?P<day><months.wide:en>) \\d").search("on 5 MAY 1")["day"]
    'MAY'
    """
    return cast("re.Pattern[str]", Template(template, flags, **pieces))
