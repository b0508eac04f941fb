"""A web page as received text: the words that the page shows, each traced to its bytes and its element.

The text stands in the order of the source. `<br>`, the edges of blocks, cells and rows give line ends and tabs; the numbers of ordered lists, the marks of
quotations (`<q>`) and the strokes of fractions are computed.
Hidden and deleted words, and readings above words (ruby), stay as marks. What a style sheet hides or adds is not known here: nothing is fetched, and nothing is executed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from normbook.intake.encodings import byte_places, decode_page
from normbook.intake.intake import Element, Fact, Intake, Mark, Origin, Refused, Stretch
from normbook.intake.markup import BLOCKS, CELLS, SAVE_PART, SPACED, Markup, Token, read_markup
from normbook.intake.numerals import numeral
from normbook.intake.page_facts import stated_facts
from normbook.intake.quotation_marks import BEFORE, INSIDE, pair_of
from normbook.intake.tagged_lines import tagged_page
from normbook.text.tagged import Tag

RUNS = re.compile(r"[ \t\n\f]+|[^ \t\n\f\x00]+(?: [^ \t\n\f\x00]+)*")  # browsers show nothing for U+0000
KEPT = re.compile(r"[^\x00]+")
A_TAG = re.compile(r"<(?:[A-Za-z]|![A-Za-z]|/[A-Za-z])")
MOST_STRETCHES = 400_000
NO_TEXT = frozenset("script style template head title iframe noframes noembed select datalist annotation annotation-xml".split())
UNSEEN = frozenset("noscript object audio video canvas rp".split())  # shown only if the browser lacks something
READINGS = frozenset(("rt", "rtc"))  # how the words before are said, above them
HIDING = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b")
KEEPING = re.compile(r"(?i)(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)\b")
NO_NUMBERS = re.compile(r"(?i)(?:^|;)\s*list-style(?:-type)?\s*:[^;]*\bnone\b")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
LISTS = frozenset(("ol", "ul", "menu", "dir"))
ROWS = frozenset(("tr", "table", "tbody", "thead", "tfoot"))
HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
NOTE = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*\u2020\u2021\u00a7]{1,4})[\])]?")


class _State(NamedTuple):
    """What an element and those around it say about the text inside: why it is left out and the outermost element that says so, and so on."""

    left_out: str = ""
    by: int = -1
    keeps: bool = False  # white space
    in_list: bool = False
    mark: str = ""
    marked: int = -1
    language: str = ""
    quoted: int = 0  # how many quotations are around it


class _Break(NamedTuple):
    """White space that stands before the next word, if there is one, and the piece of source that makes it."""

    text: str
    origin: Origin
    start: int
    end: int
    element: int


def html_intake(content: bytes, declared: str | None = None) -> Intake:
    """The text of a page and its map. Raises Refused if it is not a page or over the limits, LookupError for an unknown encoding."""
    decoded = decode_page(content, declared)
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not A_TAG.search(source):
        raise Refused("N723", "the file holds no markup: it is not a web page", "rename it to end in .txt if it is a text")
    markup = read_markup(source)
    writer = _Writer(markup)
    for token in markup.tokens:
        writer.read(token)
    writer.finish(len(source))
    facts = stated_facts(markup, source)
    places = byte_places(decoded, [*writer.offsets(), *(place for fact in facts for place in (fact.start, fact.end))], len(content))
    elements = tuple([Element(*tag[:3]) for tag in markup.elements])
    stretches = tuple([Stretch(*each[:3], places[each.first], places[each.last], *each[5:]) for each in writer.stretches])
    left_out = [each._replace(first=places[each.first], last=places[each.last]) for each in writer.left_out]
    marks = sorted([*left_out, *_marked(writer, stretches)], key=lambda each: (each.start, each.first, each.end))
    stated = tuple(Fact(each.field, each.value, each.evidence, places[each.start], places[each.end]) for each in facts)
    text = "".join(writer.parts)
    titles = [fact.value for fact in facts if fact.field == "title"]
    page = tagged_page(text, stretches, markup.elements, titles, [mark.element for mark in marks if mark.kind == "note"])
    return Intake(text, stretches, tuple(marks), elements, decoded.encoding, stated, page=page)


def _states(markup: Markup) -> list[_State]:
    """The state of each element, from those around it and from itself."""
    found: list[_State] = []
    for index, tag in enumerate(markup.elements):
        state = found[tag.parent] if tag.parent >= 0 else _State()
        style = tag.attributes.get("style", "")
        if not state.left_out and (why := _left_out(tag, style)):
            state = state._replace(left_out=why, by=index)
        if tag.name in ("pre", "textarea", "listing", "xmp", "plaintext") or KEEPING.search(style):
            state = state._replace(keeps=True)
        if tag.name in LISTS:
            state = state._replace(in_list=True)
        if kind := _kind_of_mark(tag, markup.elements[tag.parent].name if index != tag.parent + 1 else ""):
            state = state._replace(mark=kind, marked=index)
        if "lang" in tag.attributes:
            state = state._replace(language=tag.attributes["lang"])
        if tag.name == "q":
            state = state._replace(quoted=state.quoted + 1)
        found.append(state)
    return found


def _left_out(tag: Tag, style: str) -> str:
    if tag.name in NO_TEXT:
        return "no text"
    if tag.name == "del":
        return "deleted"
    if tag.name in READINGS:
        return "reading"
    hidden = (
        tag.name in UNSEEN or "hidden" in tag.attributes or HIDING.search(style) or (tag.name == "dialog" and "open" not in tag.attributes)
    )
    return "hidden" if hidden else ""


def _kind_of_mark(tag: Tag, after_first_of: str) -> str:
    """The kind of mark of an element; `after_first_of` is the name of its parent, unless it is the first element there."""
    if tag.name == "math":
        return "formula"
    if after_first_of == "msup":
        return "superscript"
    if tag.name in HEADINGS:
        return "heading"
    if tag.name == "sup" or (tag.name == "a" and tag.attributes.get("href", "").startswith("#")):
        return "note"
    return "inserted" if tag.name == "ins" else ""


def _numbers(markup: Markup) -> dict[int, str]:
    """The numbers of the items of ordered lists, by the element of the item."""
    found: dict[int, str] = {}
    items: dict[int, list[int]] = {}
    for index, tag in enumerate(markup.elements):
        if tag.name == "li" and tag.parent >= 0 and markup.elements[tag.parent].name == "ol":
            items.setdefault(tag.parent, []).append(index)
    for parent, rows in items.items():
        given = markup.elements[parent].attributes
        if NO_NUMBERS.search(given.get("style", "")):
            continue
        step = -1 if "reversed" in given else 1
        number = _integer(given.get("start", ""), len(rows) if step < 0 else 1)
        for index in rows:
            own = markup.elements[index].attributes
            number = _integer(own.get("value", ""), number)
            if not NO_NUMBERS.search(own.get("style", "")):
                found[index] = f"{numeral(number, own.get('type') or given.get('type') or '1')}. "
            number += step
    return found


def _is_row(tag: Tag, index: int) -> bool:
    """True for a part of a fraction that holds more than one element."""
    return tag.last > index + 2


def _integer(words: str, otherwise: int) -> int:
    match = re.match(r"\s*([-+]?\d{1,9})", words, re.ASCII)
    return int(match[1]) if match else otherwise


class _Writer:
    """Reads the tokens of a page in order and writes its text; places are offsets in the source until the end."""

    def __init__(self, markup: Markup) -> None:
        self.markup, self.states, self.numbers = markup, _states(markup), _numbers(markup)
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.left_out: list[Mark] = []
        self.left_out_words: list[list[str]] = []
        self.length = 0
        self.element = -1
        self.space: _Break | None = None
        self.breaks: list[_Break] = []  # of <br>, each a line end
        self.edge: tuple[int, _Break] | None = None  # of blocks: how many line ends are wanted, and by what
        self.tabs: list[_Break] = []
        self.number: _Break | None = None
        self.opening: list[_Break] = []  # marks of quotations that have begun and of which no word is written yet
        self.closing: dict[int, str] = {}  # marks of the quotations whose end is to come, by element
        self.row, self.row_began = -2, 0
        self.just_opened = False  # an element whose first line end is not part of its text

    def offsets(self) -> list[int]:
        """All offsets in the source that a place names."""
        places = [place for each in self.stretches for place in (each.first, each.last)]
        return [*places, *(place for each in self.left_out for place in (each.first, each.last))]

    def read(self, token: Token) -> None:
        """Takes the next token in."""
        if token.kind in ("text", "reference"):
            self._words(token)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)

    def _state(self) -> _State:
        return self.states[self.element] if self.element >= 0 else _State()

    def _start(self, token: Token) -> None:
        index = self.markup.starts.get(token.start)
        if index is None:
            return
        self._close_quotations(index, token)
        tag, state = self.markup.elements[index], self.states[index]
        self.just_opened = tag.name in ("pre", "textarea", "listing")
        if tag.name not in VOID:
            self.element = index
        if state.left_out:
            return
        if tag.name == "br":
            self.breaks.append(_Break("\n", "made", token.start, token.end, index))
        elif tag.name in CELLS:
            self._cell(tag, token, index)
        elif tag.name in BLOCKS or tag.name in SPACED:
            self._block(tag.name, state, token, index)
        elif tag.name == "q" and (pair := self._pair(index)):
            self.opening.append(_Break(pair[0], "made", token.start, token.end, index))
            self.closing[index] = pair[1]
        elif tag.parent >= 0 and self.markup.elements[tag.parent].name == "mfrac":
            self._fraction(token, "/" * (index != tag.parent + 1) + "(" * _is_row(tag, index))
        if index in self.numbers:
            self.number = _Break(self.numbers[index], "made", token.start, token.end, index)

    def _end(self, token: Token) -> None:
        index = self.markup.ends.get(token.start)
        self.just_opened = False
        if index is None:
            if token.text == "br" and not self._state().left_out:
                self.breaks.append(_Break("\n", "made", token.start, token.end, self.element))
            return
        tag, state = self.markup.elements[index], self.states[index]
        self._close_quotations(index, token, tag.last)
        if tag.parent >= 0 and self.markup.elements[tag.parent].name == "mfrac" and not state.left_out:
            self._fraction(token, ")" * _is_row(tag, index))
        if index <= self.element < tag.last:
            self.element = tag.parent
        if not state.left_out and (tag.name in BLOCKS or tag.name in SPACED):
            self._block(tag.name, state, token, index)

    def _block(self, name: str, state: _State, token: Token, index: int) -> None:
        """The edge of a block: a line end, or a blank line, before the next word."""
        inner = self.states[self.markup.elements[index].parent] if self.markup.elements[index].parent >= 0 else _State()
        if name in ROWS:
            self.tabs.clear()
        elif self.tabs:
            return  # the beginning of what a cell holds
        wanted = 2 if name in SPACED and not (inner.in_list or (state.in_list and name == "p")) else 1
        if self.edge is None or self.edge[0] < wanted:
            self.edge = wanted, _Break("\n", "made", token.start, token.end, index)

    def _fraction(self, token: Token, signs: str) -> None:
        """Writes the stroke of a fraction and the brackets around a part that holds more than a number or a name."""
        if signs:
            self.space = self.space if signs == "(" else None
            self._write(signs, "made", token.start, token.end)

    def _pair(self, index: int) -> str:
        """The marks of a quotation; the language is that of the text around it."""
        tag = self.markup.elements[index]
        around = self.states[tag.parent] if tag.parent >= 0 else _State()
        return pair_of(around.language, around.quoted, tag.attributes.get("style", ""))

    def _close_quotations(self, index: int, token: Token, last: int = -1) -> None:
        """Writes the closing marks of the quotations that end before an element, or with it if `last` is its own; none where no word was written."""
        for each in reversed(tuple(self.closing)):
            if not (self.markup.elements[each].last <= index or index <= each < last):
                continue
            mark = self.closing.pop(each)
            if any(opening.element == each for opening in self.opening):
                self.opening = [opening for opening in self.opening if opening.element != each]
            else:
                space, self.space = self.space, None
                self._write(mark, "made", token.start, token.end)
                self.space = space

    def _open(self, text: str) -> None:
        """Writes the opening marks that stand before a text, unless the page has its own there."""
        before = self.parts[-1][-1] if self.parts and self.stretches[-1].origin != "made" else ""
        if before in BEFORE or text[0] in INSIDE:
            for each in self.opening:
                self.closing.pop(each.element, None)
        else:
            for each in self.opening:
                self._put(*each)
        self.opening.clear()

    def _cell(self, tag: Tag, token: Token, index: int) -> None:
        """A cell: a line end before the first of a row, a tab before the others."""
        if tag.parent != self.row:
            self.row, self.row_began = tag.parent, self.length
            self.tabs.clear()
            self._block(tag.name, self.states[index], token, index)
            return
        if self.length > self.row_began:  # what ended inside the cell before does not end the row
            self.edge = None
            self.breaks.clear()
            self.space = None
        self.tabs.append(_Break("\t", "made", token.start, token.end, index))

    def _words(self, token: Token) -> None:
        state = self._state()
        if state.left_out:
            if state.left_out != "no text":
                self._leave_out(state, token)
            return
        if token.kind == "reference" and (state.keeps or token.text not in (" ", "\t", "\n", "\f")):
            self._write(token.text, "reference", token.start, token.end)
        elif state.keeps:
            for match in KEPT.finditer(token.text, int(self.just_opened and token.text.startswith("\n"))):
                self._write(match[0], "written", token.start + match.start(), token.start + match.end())
        else:
            for match in RUNS.finditer(token.text):
                start, end = (token.start + match.start(), token.start + match.end()) if token.kind == "text" else (token.start, token.end)
                if match[0][0] not in " \t\n\f":
                    self._write(match[0], "written", start, end)
                elif self.space is None:
                    self.space = _Break(" ", "space", start, end, self.element)
        self.just_opened = False

    def _leave_out(self, state: _State, token: Token) -> None:
        """Keeps hidden or deleted words as a mark, one for each outermost element that says so."""
        last = self.left_out[-1] if self.left_out else None
        if last and last.element == state.by:
            self.left_out[-1] = last._replace(last=token.end)
        else:
            self.left_out.append(Mark(state.left_out, self.length, self.length, "", token.start, token.end, state.by))
            self.left_out_words.append([])
        self.left_out_words[-1].append(token.text)

    def _write(self, text: str, origin: Origin, start: int, end: int) -> None:
        if self.parts:
            wanted, made = self.edge or (0, None)
            wanted -= self.parts[-1].endswith("\n")  # of preformatted text
            lines = [*self.breaks, *([made] * (wanted - len(self.breaks)) if made else ())]
            for each in lines:
                self._put(*each)
            if not lines and not self.tabs and self.space:
                self._put(*self.space)
            for each in self.tabs:
                self._put(*each)
        self.space, self.edge = None, None
        self.breaks.clear()
        self.tabs.clear()
        if self.number:
            self._put(*self.number)
            self.number = None
        if self.opening:
            self._open(text)
        self._put(text, origin, start, end, self.element)

    def _put(self, text: str, origin: Origin, start: int, end: int, element: int) -> None:
        if len(self.stretches) >= MOST_STRETCHES:
            raise Refused("N724", f"the page is too large: expected at most {MOST_STRETCHES:,} pieces of text", SAVE_PART)
        self.parts.append(text)
        self.stretches.append(Stretch(self.length, self.length + len(text), origin, start, end, element))
        self.length += len(text)

    def finish(self, size: int) -> None:
        """Ends open quotations and the text, the latter with a line end, and drops left-out pieces that hold no word."""
        self._close_quotations(len(self.markup.elements), Token("other", size, size, ""))
        if self.parts and not self.parts[-1].endswith("\n"):
            self._put("\n", "made", size, size, -1)
        told = [" ".join("".join(words).split()) for words in self.left_out_words]
        self.left_out = [each._replace(text=text) for each, text in zip(self.left_out, told, strict=True) if text]


def _marked(writer: _Writer, stretches: tuple[Stretch, ...]) -> list[Mark]:
    """The marks of headings, notes and inserted words: what stands in one element that says so."""
    rows: dict[int, list[int]] = {}
    for number, each in enumerate(stretches):
        state = writer.states[each.element] if each.element >= 0 else _State()
        if state.marked >= 0 and (each.origin != "made" or state.mark == "formula"):
            rows.setdefault(state.marked, []).append(number)
    found = []
    for marked, numbers in rows.items():
        first, last = stretches[numbers[0]], stretches[numbers[-1]]
        text = "".join(writer.parts[numbers[0] : numbers[-1] + 1])
        kind = writer.states[marked].mark
        if kind == "note" and not NOTE.fullmatch(text.strip()):
            if writer.markup.elements[marked].name != "sup":
                continue
            kind = "superscript"
        found.append(Mark(kind, first.start, last.end, text, first.first, last.last, marked))
    return found
