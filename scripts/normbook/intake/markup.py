"""The one place that knows the parser of HTML: tokens and the tree of a page as plain values, with the places of both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

import turbohtml

from normbook.intake.intake import Refused
from normbook.text.decoding import LOST
from normbook.text.tagged import Tag

DEEPEST = 512  # elements inside each other, as browsers build them
MOST_ELEMENTS, MOST_TOKENS = 100_000, 400_000
REPLACED = "\ufffd"
SAVE_PART = "save the part of the page that holds the text"
BLOCKS = frozenset(
    "address article aside body caption center dd details dialog dir div dt fieldset figcaption figure footer form header hgroup html legend li main menu nav optgroup option p search section summary tbody tfoot thead tr".split()
)
SPACED = frozenset("blockquote dl figure h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())  # with a blank line around them
CELLS = frozenset(("td", "th"))
Kind = Literal["text", "reference", "start", "end", "other"]
KINDS: Mapping[turbohtml.TokenType, Kind] = {
    turbohtml.TokenType.TEXT: "text",
    turbohtml.TokenType.CHARACTER_REFERENCE: "reference",
    turbohtml.TokenType.START_TAG: "start",
    turbohtml.TokenType.END_TAG: "end",
}


class Token(NamedTuple):
    """A piece of the source: its kind, its place, and its characters, or the name of its tag."""

    kind: Kind
    start: int
    end: int
    text: str


TOKEN: Callable[[tuple[Kind, int, int, str]], Token] = partial(tuple.__new__, Token)  # takes a third of the time of Token(...)


TAG: Callable[[tuple[str, int, int, int, int, Mapping[str, str]]], Tag] = partial(tuple.__new__, Tag)


class Markup(NamedTuple):
    """The elements in the order of the tree, those that begin and end at an offset, and the tokens, which tile the source."""

    elements: list[Tag]
    starts: dict[int, int]
    ends: dict[int, int]
    tokens: list[Token]

    def token_at(self, start: int) -> int:
        """The number of the token that begins at an offset, or before it."""
        return bisect_right(self.tokens, start, key=lambda token: token.start) - 1


def read_markup(source: str) -> Markup:
    """The elements and tokens of a page's source, in which every line end is one LF. Raises Refused for pages over the limits."""
    readable = LOST.sub(REPLACED, source) if LOST.search(source) else source  # the parser cannot name what holds bytes without a character
    elements, starts, ends = _tree(readable)
    return Markup(elements, starts, ends, _tokens(source, readable))


def _tree(source: str) -> tuple[list[Tag], dict[int, int], dict[int, int]]:
    document = turbohtml.parse(source, source_locations=True)
    element = turbohtml.Element
    found: list[tuple[str, int, int, int, Mapping[str, str]]] = []  # what `Tag` has, without `last`
    lasts: list[int] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    open_: list[int] = []  # the elements around the present one
    around = -1
    counts: dict[str, int] = {}  # how many elements of each name stand in it so far
    nodes = iter(document.children)
    outside: list[tuple[dict[str, int], Iterator[Any]]] = []
    while True:
        for node in nodes:
            if type(node) is element:
                break
        else:
            if not outside:
                break
            lasts[around] = len(found)
            open_.pop()
            around = open_[-1] if open_ else -1
            counts, nodes = outside.pop()
            continue
        index, location, name = len(found), node.source_location, node.tag
        if len(open_) >= DEEPEST or index >= MOST_ELEMENTS:
            what = f"{DEEPEST:,} elements inside each other" if len(open_) >= DEEPEST else f"{MOST_ELEMENTS:,} elements"
            raise Refused("N724", f"the page is too large: expected at most {what}", SAVE_PART)
        number = counts[name] = counts.get(name, 0) + 1
        at = -1
        if location is not None:
            at = location.start_tag.start_offset
            starts.setdefault(at, index)
            if (end := location.end_tag) is not None:
                ends.setdefault(end.start_offset, index)
        attributes = node.attrs
        words = {key: value if type(value) is str else " ".join(value or ()) for key, value in attributes.items()} if attributes else {}
        found.append((name, around, number, at, words))
        lasts.append(index + 1)
        if children := node.children:
            open_.append(index)
            outside.append((counts, nodes))
            around, counts, nodes = index, {}, iter(children)
    tags = [TAG((name, parent, number, at, last, words)) for (name, parent, number, at, words), last in zip(found, lasts, strict=True)]
    return tags, starts, ends


def _tokens(source: str, readable: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    text = turbohtml.TokenType.TEXT
    kinds = KINDS.get
    for token in turbohtml.tokenize(readable, resolve_references=False, capture_source=True, capture_attributes=False):
        which = token.type
        written = (token.data if which is text else token.source) or ""
        end = at + len(written)
        if not written or not (
            readable.startswith(written, at) or readable[at:end].replace("\0", REPLACED) == written
        ):  # inside scripts the parser replaces U+0000
            line = source.count("\n", 0, at) + 1
            raise Refused("N722", f"the source cannot be read from line {line} on", "open the page in a browser and save it again")
        if len(found) >= MOST_TOKENS:
            raise Refused("N724", f"the page is too large: expected at most {MOST_TOKENS:,} tags and pieces of text", SAVE_PART)
        kind = kinds(which, "other")
        if which is text:
            words = written if source is readable else source[at:end]
        else:
            words = (token.data if kind == "reference" else token.tag) or ""
        found.append(TOKEN((kind, at, end, words)))
        at = end
    return found
