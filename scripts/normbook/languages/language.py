"""The languages of the package: what their files say, and the patterns that are made of it.

`languages/xx.toml` is written by hand, `languages/cldr/xx.toml` is generated from CLDR by tools/build_languages.py. A language is added by a file.

- A value with line breaks is a list of phrases, one a line; a value without is a list of words between blanks. Both are written as languages/phrases.py says.
- `[months]`, `[weekdays]` and `[numbers]` hold rows of twelve, of seven, and of as many as there are numbers from one on; a row is a list of places,
  each with the words for it, or "" for none. `cldr = ["wide"]` adds a row of the generated file under its name.
- `ordered = true` in a section says that the order of its phrases is their precedence.

Nothing else below `workspace` opens files. Here the package's own files are read when they are first needed, never at import.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from normbook.languages.phrases import PhraseError, choice, expression, literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SLOT = re.compile(r"<(?P<key>[a-z][\w-]*\.[\w.-]+)(?::(?P<part>[a-z-]+))?>")  # in a template; no group of a pattern has a name with a dot
ROWS = {"months": 12, "weekdays": 7, "numbers": None}
PLAIN = ("code", "name", "spaces")


class LanguageError(ValueError):
    """A file of a language that cannot be read, with the file, the place, what was expected and what was found."""


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its code (BCP 47), its English name, whether it sets blanks between words, and its lists."""

    code: str
    name: str
    spaces: bool
    lists: Mapping[str, tuple[str, ...]]  # "section.key" -> phrases
    rows: Mapping[str, tuple[tuple[str, ...], ...]]  # "months.wide" -> the words of each place
    ordered: frozenset[str] = frozenset()  # the sections whose order is precedence

    def numbered(self, key: str) -> dict[str, int]:
        """Each word of a row, in lower case -> its place, from 1 on."""
        return {word.lower(): n for n, words in enumerate(self.rows.get(key, ()), 1) for word in words}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Some languages together, in the order of their codes, English first."""

    languages: tuple[Language, ...]

    def phrases(self, key: str, part: str = "") -> tuple[str, ...]:
        """The phrases of a list in all languages, in one (`part` is its code), or in those with or without blanks ("spaced", "dense")."""
        return tuple(phrase for each in self.languages if _is_of(each, part) for phrase in each.lists.get(key, ()))

    def words(self, key: str, part: str = "") -> frozenset[str]:
        """The same as a set."""
        return frozenset(self.phrases(key, part))

    def numbered(self, key: str, part: str = "") -> dict[str, int]:
        """Each word of a row in all languages or in some -> its place, from 1 on; what two languages share is that of the first one."""
        found: dict[str, int] = {}
        for each in self.languages:
            if _is_of(each, part):
                found = each.numbered(key) | found
        return found

    def row(self, key: str, part: str = "") -> tuple[str, ...]:
        """The words of a row in all languages or in some, as they are written."""
        return tuple(word for each in self.languages if _is_of(each, part) for words in each.rows.get(key, ()) for word in words)

    def alternation(self, key: str, part: str = "", pieces: Mapping[str, str] = MappingProxyType({})) -> str:
        """The expression of any phrase of a list, or of any word of a row. Raises PhraseError where there is none.

        What a phrase names is looked for in its own language first.
        """
        section = key.partition(".")[0]
        some = [each for each in self.languages if _is_of(each, part)]
        if section in ROWS:
            return choice([(word, literal(word)) for word in dict.fromkeys(self.row(key, part))], key)
        found = {expression(phrase, partial(self._slot, each, pieces)): phrase for each in some for phrase in each.lists.get(key, ())}
        rows = [(phrase, written) for written, phrase in found.items()]
        return choice(rows, key, any(section in each.ordered for each in some))

    def _slot(self, language: Language, pieces: Mapping[str, str], name: str) -> str:
        """The expression of a part that a phrase of a language names."""
        if name in pieces:
            return self.fill(pieces[name], pieces, language)
        key, _, part = name.partition(":")
        if "." not in key:
            raise PhraseError(f"{language.code}: expected one of the parts {', '.join(sorted(pieces))}, found <{name}>")
        return self.alternation(key, part or (language.code if key in language.lists or key in language.rows else ""), pieces)

    def fill(self, template: str, pieces: Mapping[str, str] = MappingProxyType({}), language: Language | None = None) -> str:
        """A template of a pattern in which each `<section.key>` has become the choice of these words; those of one language where it has them."""

        def words(match: re.Match[str]) -> str:
            key, part = match["key"], match["part"] or ""
            own = language is not None and not part and (key in language.lists or key in language.rows)
            return self.alternation(key, language.code if own and language else part, pieces)

        return SLOT.sub(words, template)


def _is_of(language: Language, part: str) -> bool:
    return part in ("", language.code) or part == ("spaced" if language.spaces else "dense")


@cache
def vocabulary() -> Vocabulary:
    """The languages of the package, read when they are first asked for."""
    return read_languages(files("normbook.languages"))


@cache
def lookalikes() -> Mapping[str, str]:
    """Characters that look like one of an id -> that character."""
    rows = files("normbook.languages").joinpath("lookalikes.txt").read_text("utf-8").split("\n")
    return {odd: row[0] for row in rows if row and row[0] != "#" for odd in row[2:]}


@cache
def _simple_forms() -> dict[int, str]:
    """Traditional characters, by their code points -> the simplified ones that the lists of words are written in."""
    rows = files("normbook.languages").joinpath("traditional.txt").read_text("utf-8").split("\n")
    return {ord(form): row[0] for row in rows if row and row[0] != "#" for form in row[2:]}


def simplified(words: str) -> str:
    """Chinese words with traditional characters as the simplified ones, place by place; all else as it is.

    >>> simplified("\u5916\u4ea4\u90e8\u9577") == "\u5916\u4ea4\u90e8\u957f"
    True
    """
    return words.translate(_simple_forms())


def read_languages(*folders: Traversable) -> Vocabulary:
    """The languages whose files lie in some folders; of a language that lies in two the later one counts. Raises LanguageError."""
    found: dict[str, Language] = {}
    for folder in folders:
        for each in sorted(folder.iterdir(), key=lambda each: each.name):
            if each.name.endswith(".toml"):
                language = read_language(each, folder / "cldr" / each.name)
                found[language.code] = language
    return Vocabulary(tuple(sorted(found.values(), key=lambda each: (each.code != "en", each.code))))


def read_language(path: Traversable, generated: Traversable) -> Language:
    """The language of a file and of what CLDR says beside it, if there is such a file. Raises LanguageError."""
    stated = _tables(path)
    beside = _tables(generated) if generated.is_file() else {}
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
                    rows[f"{section}.{form}"] = _row(generated, beside, section, form)
            elif section in ROWS:
                rows[where] = _row(path, stated, section, key)
            elif isinstance(value, str):
                lists[where] = _phrases(value)
            else:
                raise LanguageError(f"{path}: {where}: expected a text of words or of lines, found {value!r}")
    return Language(stated["code"], stated["name"], stated["spaces"], MappingProxyType(lists), MappingProxyType(rows), frozenset(ordered))


def _tables(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"{path}: expected TOML in UTF-8: {error}") from error


def _phrases(value: str) -> tuple[str, ...]:
    """The phrases of a value: its lines, or the words of its only line."""
    if "\n" not in value:
        return tuple(value.split())
    return tuple(line for line in value.split("\n") if line)


def _row(path: Traversable, tables: Mapping[str, Any], section: str, key: str) -> tuple[tuple[str, ...], ...]:
    row = tables.get(section, {}).get(key)
    if not isinstance(row, list) or not all(isinstance(each, str) for each in row) or len(row) != (ROWS[section] or len(row)):
        raise LanguageError(
            f"{path}: {section}.{key}: expected a list of {ROWS[section] or 'the'} texts, one for each place, found {row!r}"
        )
    return tuple(tuple(each.split()) for each in row)


class Words(AbstractSet[str]):
    """The words of some lists in all languages or in some, without those of others; read when they are first asked for."""

    def __init__(self, *keys: str, part: str = "", without: tuple[str, ...] = ()) -> None:
        self.keys, self.part, self.without = keys, part, without

    @cached_property
    def found(self) -> frozenset[str]:
        """The words."""
        return frozenset(self.ends)

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The words in the order of their lists, as `str.endswith` takes them."""
        known = vocabulary()
        left_out = {word for key in self.without for word in known.words(key)}
        return tuple(word for key in self.keys for word in dict.fromkeys(known.phrases(key, self.part)) if word not in left_out)

    def __contains__(self, word: object) -> bool:
        return word in self.found

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    @classmethod
    def _from_iterable(cls, words: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(words)


class Numbered(Mapping[str, int]):
    """The words of some rows in all languages or in some, in lower case -> their places, from 1 on; read when they are first asked for."""

    def __init__(self, *keys: str, part: str = "") -> None:
        self.rows, self.part = keys, part

    @cached_property
    def found(self) -> dict[str, int]:
        """The words and their places; what two rows share is that of the first one."""
        found: dict[str, int] = {}
        for key in self.rows:
            found = vocabulary().numbered(key, self.part) | found
        return found

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The words in the order of their places."""
        return tuple(sorted(self.found, key=self.found.__getitem__))

    def __getitem__(self, word: str) -> int:
        return self.found[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


class Template:
    """A pattern with words of all languages in it, which is compiled when it is first used and then is that pattern."""

    def __init__(self, template: str, flags: int = 0, **pieces: str) -> None:
        self.template, self.flag, self.pieces = template, flags, pieces

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern."""
        return re.compile(vocabulary().fill(self.template, self.pieces), self.flag)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.compiled, name)
        setattr(self, name, found)  # from now on it is asked for no more
        return found


def pattern(template: str, flags: int = 0, **pieces: str) -> re.Pattern[str]:
    """A pattern in which `<section.key>` stands for any phrase of that list, in all languages or in some (`<section.key:fr>`, `:spaced`, `:dense`).

    It is compiled when it is first used. `pieces` are the parts that phrases name without a dot, templates themselves.

    >>> pattern(r"(?i)(?P<day><months.wide:en>) \\d").search("on 5 MAY 1")["day"]
    'MAY'
    """
    return cast("re.Pattern[str]", Template(template, flags, **pieces))
