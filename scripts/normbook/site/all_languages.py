"""A page rendered once for all languages of the site: where they differ, the text has marks, and each language takes its words from them.

It serves sites in English and one other language; a site with more languages is rendered for each alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from normbook.graph.graph import Brief
from normbook.site.extras import embedding
from normbook.site.i18n import Interface, han, in_chinese
from normbook.site.templating import CLOSES, KEY, OPENS, OR, SEPARATOR, MarkedTextError, escaped, marked

HOME, UP = ".home", ".up"  # the keys of the two addresses that depend on the folder of a language


def pair(english: str, other: str) -> Markup:
    """Two pieces of HTML as one text with marks; one of them if they are equal. A piece may have such marks itself."""
    return marked(english if english == other else f"{OPENS}{english}{OR}{other}{CLOSES}")


def in_english_and_other(text: str, words: Sequence[Mapping[bytes, bytes]]) -> list[bytes]:
    """The text in English and in the other language, in UTF-8; `words` has the labels and addresses of each, by key.

    Raises MarkedTextError unless the marks match.

    >>> text = Markup("<p>") + pair(Markup("a %s") % pair("b", "c"), "d") + Markup(f"{KEY}record.cite-as{KEY}</p>")
    >>> in_english_and_other(text, [{b"record.cite-as": b"Cite"}, {b"record.cite-as": b"Zitat"}])
    [b'<p>a bCite</p>', b'<p>dZitat</p>']
    """
    pieces = PAIR.split(text.encode("utf-8"))
    return [_with_words(_side(pieces, other), known) for other, known in zip((2, 1), words, strict=True)]


# a pair without another one in it: its English text and its other text
PAIR = re.compile(f"{re.escape(OPENS)}([^{SEPARATOR}]*){re.escape(OR)}([^{SEPARATOR}]*){re.escape(CLOSES)}".encode())


def _side(pieces: list[bytes], other: int) -> bytes:
    """The text in one language, with the keys of labels still in it; `pieces` is the text split at PAIR, and `other` says which half of each pair is left out."""
    own = pieces.copy()
    del own[other::3]
    text = b"".join(own)
    while SEPARATOR.encode() in text:  # there are pairs around those that have just been read
        own = PAIR.split(text)
        if len(own) == 1:
            raise MarkedTextError(text)
        del own[other::3]
        text = b"".join(own)
    return text


def _with_words(text: bytes, known: Mapping[bytes, bytes]) -> bytes:
    """The text with its labels in place of their keys."""
    pieces = text.split(KEY.encode())
    pieces[1::2] = map(known.__getitem__, pieces[1::2])
    return b"".join(pieces)


class Words(dict[bytes, bytes]):
    """The labels of a language in UTF-8, by key."""

    def __init__(self, ask: Callable[[str], str]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: bytes) -> bytes:
        """Asks for a label."""
        self[key] = self._ask(key.decode("utf-8")).encode("utf-8")
        return self[key]


class Keys(dict[str, Markup]):
    """The labels by key, as HTML: each is asked for once."""

    def __init__(self, ask: Callable[[str], Markup]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: str) -> Markup:
        """Asks for a label."""
        self[key] = self._ask(str(key))
        return self[key]


def key_of(key: str) -> Markup:
    """The mark in place of a label."""
    return marked(f"{KEY}{key}{KEY}")


class AllLanguages:
    """What templates ask of a language, for English and the other one at once, as HTML with marks. Without values, each answer is kept."""

    def __init__(self, interfaces: Sequence[Interface]) -> None:
        self._english, self._other = interfaces
        self._known: dict[Hashable, Markup] = {}
        self.code = pair(self._english.code, self._other.code)
        self.english_mark = pair(self._english.english_mark, self._other.english_mark)
        self._opens, self._closes = pair("", '<span lang="en">'), pair("", "</span>")

    def _kept(self, asked: Hashable, say: Callable[[Interface], object]) -> Markup:
        if asked not in self._known:
            self._known[asked] = pair(escaped(say(self._english)), escaped(say(self._other)))
        return self._known[asked]

    def label(self, key: str, **values: object) -> Markup:
        """The label of a key with escaped values inserted."""
        if not values:
            return key_of(key)
        asked = (key, *values.items())
        if (known := self._known.get(asked)) is not None:
            return known
        for value in values.values():
            if type(value) is str and (SEPARATOR in value or KEY in value):
                raise MarkedTextError(key)
        if all(isinstance(value, str) for value in values.values()):  # numbers are as many as places in texts
            return self._kept(asked, lambda each: each.label(key, **values))
        return pair(self._english.label(key, **values), self._other.label(key, **values))

    def phrase(self, key: str) -> Markup:
        """The label of a key as the content of an element."""
        return self._kept(("phrase", key), lambda each: each.phrase(key))

    def embedding(self, brief: Brief, site: Mapping[str, str]) -> Markup:
        """The HTML by which another site embeds a record."""
        one, two = (escaped(embedding(each.plain_title(brief), brief.id, each.prefix, site)) for each in (self._english, self._other))
        return pair(one, two)

    def count(self, key: str, number: int) -> Markup:
        """The label of a key with the plural form for a number."""
        return self._kept(("count", key, number), lambda each: each.count(key, number))

    def field(self, path: str) -> Markup:
        """The label of a field of a record."""
        return self._kept(("field", path), lambda each: each.field(path))

    def pointer(self, pointer: str) -> Markup:
        """The JSON Pointer of a claim in words."""
        return self._kept(("pointer", pointer), lambda each: each.pointer(pointer))

    def date(self, value: str) -> Markup:
        """A date for prose."""
        return self._kept(("date", value), lambda each: each.date(value))

    def own(self, text: object) -> Markup:
        """The editors' text, marked as English on a page in another language if it has letters."""
        return self._in_english(text, self.han(text))

    def value(self, text: object) -> Markup:
        """A value of a record, marked as `own` marks text, with every sign as it is."""
        return self._in_english(text, in_chinese(escaped(self._checked(text))))

    def _in_english(self, text: object, said: Markup) -> Markup:
        return marked(f"{self._opens}{said}{self._closes}") if any(map(str.isalpha, str(text))) else said

    def han(self, text: object) -> Markup:
        """An editors' text, with Chinese passages marked as Chinese."""
        return han(self._checked(text))

    def _checked(self, text: object) -> object:
        """A text without our marks."""
        if type(text) is not Markup and (SEPARATOR in (said := str(text)) or KEY in said):
            raise MarkedTextError(text)
        return text

    def title(self, brief: Brief) -> Markup:
        """The text of a link to a record."""
        return self._kept(("title", brief.id), lambda each: each.title(brief))

    def capitalize(self, text: str) -> Markup:
        """A text with a capital first letter, as Jinja's filter makes it."""
        said = in_english_and_other(text, [Words(each.label) for each in (self._english, self._other)])
        return pair(*(marked(each.decode("utf-8").capitalize()) for each in said))

    def named(self, names: Mapping[str, str]) -> str:
        """The first of some names that is in the other language: templates ask for it on pages in that language only."""
        return self._other.named(names)

    def named_elsewhere(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Those of some names that are in the other language: templates ask for them on English pages only."""
        return self._english.named_elsewhere(names)

    def vocabulary(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The filters and the functions for templates."""
        filters = {each: getattr(self, each) for each in ("own", "value", "han", "date", "pointer", "capitalize")} | {"name": self.title}
        functions = {each: getattr(self, each) for each in ("count", "field", "phrase")}
        return filters, functions | {"_": self.label, "english": self.english_mark, "interface": self, "embedding": self.embedding}
