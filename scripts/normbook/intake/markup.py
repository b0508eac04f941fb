"""The one place that knows the parser of HTML: tokens and the tree of a page as plain values, with the places of both."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal, NamedTuple

import turbohtml

from normbook.intake.intake import Refused
from normbook.text.decoding import LOST

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


class Tag(NamedTuple):
    """An element of the tree, after its parent: `last` is the number of the first element after those inside it; `at` is -1 without a tag."""

    name: str
    parent: int
    number: int
    at: int
    last: int
    attributes: Mapping[str, str]


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
    readable = LOST.sub(REPLACED, source)  # the parser cannot name what holds bytes without a character
    elements, starts, ends = _tree(readable)
    return Markup(elements, starts, ends, _tokens(source, readable))


def _tree(source: str) -> tuple[list[Tag], dict[int, int], dict[int, int]]:
    document = turbohtml.parse(source, source_locations=True)
    found: list[tuple[str, int, int, int, dict[str, str]]] = []  # what `Tag` has, without `last`
    lasts: list[int] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    open_: list[int] = []  # the elements around the present one
    counts: list[dict[str, int]] = [{}]
    rows = [iter(document.children)]
    while rows:
        node = next(rows[-1], None)
        if node is None:
            rows.pop()
            counts.pop()
            if open_:
                lasts[open_.pop()] = len(found)
            continue
        if not isinstance(node, turbohtml.Element):
            continue
        index, location, name = len(found), node.source_location, node.tag
        if len(open_) >= DEEPEST or index >= MOST_ELEMENTS:
            what = f"{DEEPEST:,} elements inside each other" if len(open_) >= DEEPEST else f"{MOST_ELEMENTS:,} elements"
            raise Refused("N724", f"the page is too large: expected at most {what}", SAVE_PART)
        counts[-1][name] = counts[-1].get(name, 0) + 1
        at = -1
        if location is not None:
            at = location.start_tag.start_offset
            starts.setdefault(at, index)
            if location.end_tag is not None:
                ends.setdefault(location.end_tag.start_offset, index)
        words = {key: " ".join(value) if isinstance(value, list) else value or "" for key, value in node.attrs.items()}
        found.append((name, open_[-1] if open_ else -1, counts[-1][name], at, words))
        lasts.append(index + 1)
        open_.append(index)
        counts.append({})
        rows.append(iter(node.children))
    tags = [Tag(name, parent, number, at, last, words) for (name, parent, number, at, words), last in zip(found, lasts, strict=True)]
    return tags, starts, ends


def _tokens(source: str, readable: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    for token in turbohtml.tokenize(readable, resolve_references=False, capture_source=True, capture_attributes=False):
        kind = KINDS.get(token.type, "other")
        written = (token.source if kind != "text" else token.data) or ""
        piece = readable[at : at + len(written)]
        if not written or (piece != written and piece.replace("\0", REPLACED) != written):  # inside scripts the parser replaces U+0000
            line = source.count("\n", 0, at) + 1
            raise Refused("N722", f"the source cannot be read from line {line} on", "open the page in a browser and save it again")
        end = at + len(written)
        if len(found) >= MOST_TOKENS:
            raise Refused("N724", f"the page is too large: expected at most {MOST_TOKENS:,} tags and pieces of text", SAVE_PART)
        found.append(TOKEN((kind, at, end, (source[at:end] if kind == "text" else token.data if kind == "reference" else token.tag) or "")))
        at = end
    return found
