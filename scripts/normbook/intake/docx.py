"""A Word document as received text: its paragraphs, tables, notes and text boxes, each character traced to its run.

The text is the one with all tracked changes accepted; deleted, moved and hidden words stay as marks. Headers, footers and comments are not read.
Formulas are read in the order of their signs, and marked.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from normbook.intake.archive import Archive
from normbook.intake.intake import Element, Fact, Intake, Mark, Origin, Refused, Stretch
from normbook.intake.numerals import numeral
from normbook.intake.word_lists import Lists, child, is_on, local, rows, value

MAIN = "word/document.xml"
NOTES = {"footnoteReference": ("word/footnotes.xml", "footnote", "1"), "endnoteReference": ("word/endnotes.xml", "endnote", "i")}
CORE = "docProps/core.xml"
OUTSIDE = re.compile(r"word/(header|footer|comments)\d*\.xml")
PROGRAM = "vbaProject.bin"
# what stands for a character
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
SKIPPED = frozenset(
    "rPr pPr sectPr tblPr tblGrid tcPr trPr instrText delInstrText sdtPr sdtEndPr rubyPr annotationRef footnoteRef endnoteRef".split()
)
MATH = re.compile(r"\{[^}]*/officeDocument/(?:2006/)?math\}(\w+)")
PLAIN = re.compile(r"\s*[\w.,]*\s*")  # a part of a fraction that needs no brackets
PIECES = re.compile(r"[\t\n\r]|[^\t\n\r]+")


class _Around(NamedTuple):
    """What the elements around a piece of text say about it."""

    left_out: str = ""
    mark: str = ""
    by: int = -1
    in_cell: bool = False


class _Break(NamedTuple):
    text: str
    element: int


class _Note(NamedTuple):
    part: str
    id: str
    number: str


def docx_intake(content: bytes) -> Intake:
    """The text of a Word document and its map. Raises Refused for other files, damaged and encrypted ones, and those over the limits."""
    archive = Archive(content)
    main = archive.part(MAIN)
    if main is None or child(main, "body") is None:
        raise Refused("N723", "the archive holds no Word document", "unpack it, or save its text as .docx or .txt")
    if any(name.endswith(PROGRAM) for name in archive.names):
        raise Refused("N725", "the document holds a program (macros)", "save it as .docx without macros")
    walk = _Walk(archive)
    walk.read_part(MAIN, main)
    walk.read_notes()
    walk.mark_outside()
    return walk.intake(_facts(archive))


def _facts(archive: Archive) -> tuple[Fact, ...]:
    """The title and the language that the properties of the document state."""
    core = archive.part(CORE)
    found = []
    for each in core if core is not None else ():
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else ""
        words = " ".join((each.text or "").split())
        if name in ("title", "language") and words:
            found.append(Fact(name, words, f"{CORE} {name}", 0, len(each.text or "")))
    return tuple(found)


def _plain(element: etree._Element) -> str:
    """The words of a part, a line for each paragraph."""
    lines = ["".join(each.text or "" for each in p.iter() if local(each) == "t") for p in element.iter() if local(p) == "p"]
    return "\n".join(line for line in lines if line.strip())


class _Walk:
    """Goes through the parts of a document and writes its text."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.lists = Lists(archive.part("word/numbering.xml"), archive.part("word/styles.xml"))
        self.parts: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []
        self.marks: list[Mark] = []
        self.elements: list[Element] = []
        self.part = ""
        self.edge: tuple[int, int] | None = None  # line ends before the next word, and the element that makes them
        self.tabs: list[_Break] = []
        self.number: _Break | None = None
        self.notes: list[_Note] = []
        self.comments: dict[str, int] = {}  # where each is referred to, by its id
        self.boxes: list[tuple[etree._Element, int]] = []
        self.after_item = self.joined = False

    def read_part(self, name: str, root: etree._Element) -> None:
        """Writes the text of a part."""
        self.part = name
        index = self._element(root, -1, {})
        self._children(root, index, _Around())

    def read_notes(self) -> None:
        """Writes the notes in the order of their marks, each after its number."""
        for name, kind, _ in NOTES.values():
            wanted = [note for note in self.notes if note.part == name]
            root = self.archive.part(name) if wanted else None
            if root is None:
                continue
            self.part = name
            top = self._element(root, -1, {})
            counts: dict[str, int] = {}
            held = {value(each, "id"): (each, self._element(each, top, counts)) for each in rows(root, kind)}
            for note in wanted:
                if note.id in held:
                    element, index = held.pop(note.id)
                    self._edge(2, index)
                    self.number = _Break(f"{note.number} ", index)
                    self._children(element, index, _Around())

    def mark_outside(self) -> None:
        """Marks what stands outside the text: headers at its beginning, footers at its end, comments where they refer to it."""
        for name in sorted(self.archive.names):
            match = OUTSIDE.fullmatch(name)
            root = self.archive.part(name) if match else None
            if match is None or root is None:
                continue
            top = self._element(root, -1, {})
            if match[1] != "comments":
                at = 0 if match[1] == "header" else self.length
                self.marks.append(Mark(match[1], at, at, _plain(root), 0, 0, top, name))
                continue
            counts: dict[str, int] = {}
            for each in rows(root, "comment"):
                at, index = self.comments.get(value(each, "id"), self.length), self._element(each, top, counts)
                self.marks.append(Mark("comment", at, at, _plain(each), 0, 0, index, name))

    def intake(self, facts: tuple[Fact, ...]) -> Intake:
        """What was written."""
        if self.parts and not self.parts[-1].endswith("\n"):
            self._put("\n", "made", 0, 0, -1)
        marks = sorted((each for each in self.marks if each.text.strip()), key=lambda each: (each.start, each.end, each.element))
        return Intake("".join(self.parts), tuple(self.stretches), tuple(marks), tuple(self.elements), "utf-8", facts, "characters")

    def _element(self, element: etree._Element, parent: int, counts: dict[str, int]) -> int:
        tag = str(element.tag)
        prefix = f"{element.prefix}:" if element.prefix else ""
        name = prefix + tag.rpartition("}")[2]
        counts[name] = counts.get(name, 0) + 1
        self.elements.append(Element(name, parent, counts[name]))
        return len(self.elements) - 1

    def _children(self, element: etree._Element, index: int, around: _Around) -> None:
        counts: dict[str, int] = {}
        for each in element:
            if isinstance(each.tag, str):
                self._read(each, self._element(each, index, counts), around)

    def _read(self, element: etree._Element, index: int, around: _Around) -> None:
        name = local(element)
        if name in SKIPPED:
            return
        if name == "p":
            self._paragraph(element, index, around)
        elif name in ("t", "delText"):
            self._text(element, index, around)
        elif name in SIGNS and local(element.getparent()) == "r":  # tabs also stand in properties
            self._sign(SIGNS[name], index, around)
        elif name == "br":
            if value(element, "type") in ("", "textWrapping"):
                self._sign("\n", index, around)
            else:
                self._edge(1, index)
        elif name == "sym":
            self._symbol(element, index, around)
        elif name == "commentReference":
            self.comments.setdefault(value(element, "id"), self.length)
        elif name in NOTES:
            self._note(element, name, index, around)
        elif name == "txbxContent":
            self.boxes.append((element, index))
        elif name == "AlternateContent":
            self._alternative(element, index, around)
        elif name == "tr":
            self._row(element, index, around)
        elif name == "tbl":
            self._edge(2, index)
            self._children(element, index, around)
            self._edge(2, index)
        else:
            self._others(element, name, index, around)

    def _others(self, element: etree._Element, name: str, index: int, around: _Around) -> None:
        """An element that counts for what is inside it."""
        if formula := MATH.fullmatch(str(element.tag)):
            self._formula(element, formula[1], index, around)
        else:
            self._children(element, index, self._inside(element, name, index, around))

    def _formula(self, element: etree._Element, name: str, index: int, around: _Around) -> None:
        """A formula or a part of one: its signs in their order, with the stroke of a fraction; a formula and what is raised in it are marked."""
        if name == "t":
            self._text(element, index, around)
        elif name in ("num", "den"):
            opening, closing = ("", "") if PLAIN.fullmatch("".join(str(each) for each in element.itertext())) else ("(", ")")
            if before := "/" * (name == "den") + opening:
                self._write(before, "made", 0, 0, index, around)
            self._children(element, index, around)
            if closing:
                self._write(closing, "made", 0, 0, index, around)
        elif not name.endswith("Pr"):
            first = len(self.stretches)
            self._children(element, index, around)
            if name in ("oMath", "sup"):
                self._mark_from(first, "formula" if name == "oMath" else "superscript", index)

    def _inside(self, element: etree._Element, name: str, index: int, around: _Around) -> _Around:
        """What an element adds to what is around it."""
        if around.left_out:
            return around
        if name in ("del", "moveFrom"):
            return around._replace(left_out="deleted", by=index)
        if name == "rt":  # how the words below it are said
            return around._replace(left_out="reading", by=index)
        if name in ("ins", "moveTo"):
            return around._replace(mark="inserted", by=index)
        if name == "r":
            switch = child(element, "rPr", "vanish")
            styled = value(child(element, "rPr", "rStyle"))
            if is_on(switch) or (switch is None and styled and self.lists.hides(styled)):
                return around._replace(left_out="hidden", by=index)
        return around

    def _paragraph(self, element: etree._Element, index: int, around: _Around) -> None:
        number = self.lists.number(element) if not around.left_out else None
        if not self.joined:
            near = around.in_cell or (number is not None and self.after_item)
            self._edge(1 if near else 2, index)
        self.after_item = number is not None
        if number:
            self.number = _Break(f"{number} ", index)
        boxes, self.boxes = self.boxes, []
        self._children(element, index, around)
        mine, self.boxes = self.boxes, boxes
        styled = value(child(element, "pPr", "pStyle")).lower()
        if child(element, "pPr", "outlineLvl") is not None or styled.startswith("heading") or styled == "title":
            self._mark_heading(index)
        self.joined = child(element, "pPr", "rPr", "del") is not None  # its end is deleted: the next paragraph goes on with it
        if not self.joined:
            self._edge(1, index)
        for box, at in mine:
            self._edge(2, at)
            self._children(box, at, _Around())
            self._edge(2, at)

    def _row(self, element: etree._Element, index: int, around: _Around) -> None:
        """A row of a table: a line, whose cells are divided by tabs."""
        if child(element, "trPr", "del") is not None and not around.left_out:
            around = around._replace(left_out="deleted", by=index)
        self._edge(1, index)
        counts: dict[str, int] = {}
        begun, is_first = self.length, True
        for each in element:
            if not isinstance(each.tag, str):
                continue
            at = self._element(each, index, counts)
            if local(each) not in ("tc", "sdt", "customXml"):
                continue
            if not is_first and not around.left_out:
                if self.length > begun:
                    self.edge = None
                self.tabs.append(_Break("\t", at))
            is_first = False
            self._children(each, at, around._replace(in_cell=True))
        self.tabs.clear()
        self._edge(1, index)

    def _alternative(self, element: etree._Element, index: int, around: _Around) -> None:
        """One of the branches that say the same: the first choice, else the fallback."""
        counts: dict[str, int] = {}
        branches = [(each, self._element(each, index, counts)) for each in element if isinstance(each.tag, str)]
        for wanted in ("Choice", "Fallback"):
            for each, at in branches:
                if local(each) == wanted:
                    self._children(each, at, around)
                    return

    def _text(self, element: etree._Element, index: int, around: _Around) -> None:
        text = element.text or ""
        first, last = 0, len(text)
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            first, last = len(text) - len(text.lstrip(" \t\n\r")), len(text.rstrip(" \t\n\r"))
        for match in PIECES.finditer(text, first, max(first, last)):
            if match[0] in "\t\n\r":
                self._write(" ", "space", match.start(), match.end(), index, around)
            else:
                self._write(match[0], "written", match.start(), match.end(), index, around)

    def _sign(self, text: str, index: int, around: _Around) -> None:
        if text == "\n" and not around.left_out:
            if self.parts:
                self._write(text, "made", 0, 0, index, around)
        else:
            self._write(text, "made", 0, 0, index, around)

    def _symbol(self, element: etree._Element, index: int, around: _Around) -> None:
        code = value(element, "char")
        number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
        if not 0x20 <= number < 0x110000 or 0xD800 <= number < 0xE000:
            return
        at = self.length
        self._write(chr(number), "made", 0, 0, index, around)
        if not around.left_out and self.length > at:
            self.marks.append(Mark("symbol", self.length - 1, self.length, value(element, "font") or "no font", 0, 0, index, self.part))

    def _note(self, element: etree._Element, name: str, index: int, around: _Around) -> None:
        """The mark of a note: its number is its order, whatever its id."""
        if around.left_out:
            return
        part, _, style = NOTES[name]
        order = 1 + sum(note.part == part and bool(note.number) for note in self.notes)
        shown = "" if value(element, "customMarkFollows") in ("1", "true", "on") else numeral(order, style)
        self.notes.append(_Note(part, value(element, "id"), shown))
        if shown:
            self._write(shown, "made", 0, 0, index, around)
            self.marks.append(Mark("note", self.length - len(shown), self.length, shown, 0, 0, index, self.part))

    def _write(self, text: str, origin: Origin, first: int, last: int, index: int, around: _Around) -> None:
        if around.left_out:
            self._leave_out(text, first, last, around)
            return
        if self.parts:
            lines, by = self.edge or (0, -1)
            for _ in range(lines - (self.parts[-1] == "\n")):
                self._put("\n", "made", 0, 0, by)
            for each in self.tabs:
                self._put(each.text, "made", 0, 0, each.element)
        self.edge = None
        self.tabs.clear()
        if self.number:
            self._put(self.number.text.rstrip() if text.startswith(" ") else self.number.text, "made", 0, 0, self.number.element)
            self.number = None
        if around.mark:
            self._mark(text, around)
        self._put(text, origin, first, last, index)

    def _mark(self, text: str, around: _Around) -> None:
        last = self.marks[-1] if self.marks else None
        if last and last.element == around.by and last.end == self.length:
            self.marks[-1] = last._replace(end=self.length + len(text), text=last.text + text)
        else:
            self.marks.append(Mark(around.mark, self.length, self.length + len(text), text, 0, 0, around.by, self.part))

    def _leave_out(self, text: str, first: int, last: int, around: _Around) -> None:
        held = self.marks[-1] if self.marks else None
        if held and held.element == around.by and held.kind == around.left_out:
            self.marks[-1] = held._replace(text=held.text + text)
        else:
            self.marks.append(Mark(around.left_out, self.length, self.length, text, first, last, around.by, self.part))

    def _mark_from(self, first: int, kind: str, index: int) -> None:
        """Marks what an element wrote from a stretch on, without the line ends and the number that earlier ones have there."""
        while first < len(self.stretches) and self.stretches[first].element < index:
            first += 1
        if first < len(self.stretches):
            self.marks.append(Mark(kind, self.stretches[first].start, self.length, "".join(self.parts[first:]), 0, 0, index, self.part))

    def _mark_heading(self, index: int) -> None:
        """Marks the words of the paragraph that was just written as a heading."""
        first = len(self.stretches)
        while first and self._holds(index, self.stretches[first - 1].element):
            first -= 1
        if first < len(self.stretches):
            start, text = self.stretches[first].start, "".join(self.parts[first:])
            self.marks.append(Mark("heading", start, self.length, text, 0, 0, index, self.part))

    def _holds(self, index: int, element: int) -> bool:
        """True if an element stands inside another."""
        while element > index:
            element = self.elements[element].parent
            if element == index:
                return True
        return False

    def _edge(self, lines: int, index: int) -> None:
        if self.tabs:
            return  # the beginning of what a cell holds
        if self.edge is None or self.edge[0] < lines:
            self.edge = lines, index

    def _put(self, text: str, origin: Origin, first: int, last: int, element: int) -> None:
        self.parts.append(text)
        self.stretches.append(Stretch(self.length, self.length + len(text), origin, first, last, element, self.part))
        self.length += len(text)
