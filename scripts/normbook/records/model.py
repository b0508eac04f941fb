"""Records as immutable values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from normbook.findings.finding import Level, Problem
from normbook.records.yaml.late import LateLines
from normbook.records.yaml.loaded import Mark


@dataclass(frozen=True, eq=False)
class Record:
    """One authored record: its type, its id (the stem of the file name), its fields as loaded, and the position of each in the file."""

    type: str
    id: str
    path: str
    fields: Mapping[str, Any]
    marks: Mapping[str, Mark] = field(default_factory=dict, repr=False, compare=False)
    lines: Sequence[str] = field(default=(), repr=False, compare=False)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every piece of evidence of the record, at any depth, in order."""
        return tuple(_collect(self.fields, "", []))

    def forget(self) -> None:
        """Frees what was computed from the fields and the file; it is computed again when it is asked for."""
        self.__dict__.pop("evidence", None)
        if isinstance(self.lines, LateLines):
            self.lines.drop()

    @property
    def title(self) -> str:
        """The editors' title, or the id if there is none yet."""
        return str(self.fields.get("title") or self.id)

    def problem(self, pointer: str, code: str, message: str, hint: str = "", *, key: bool = False, level: Level = "error") -> Problem:
        """A finding about the value at a pointer of this record, located at the value or, with `key`, at its key.

        If the value is missing, the finding is located at the closest enclosing value.
        """
        ancestor, mark = pointer, self.marks.get(pointer)
        while mark is None and ancestor:
            ancestor = ancestor.rpartition("/")[0]
            mark = self.marks.get(ancestor)
        line, column = (0, 0) if mark is None else (mark.key_line, mark.key_column) if key and mark.key_line else (mark.line, mark.column)
        source_line = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Problem(self.path, line, column, code, message, hint, pointer, level, source_line)


@dataclass(frozen=True)
class Quotation:
    """Words of a source: `prefix + exact + suffix` occurs exactly once in one reading of it."""

    source: str
    exact: str
    prefix: str
    suffix: str
    speaker: str
    stance: str
    role: str
    reading: str


@dataclass(frozen=True)
class Outside:
    """An outside source: a text that the book cites but does not hold."""

    url: str
    seen: str
    paraphrase: str
    locator: str = ""
    read: str = ""  # yes, part, no; empty where it is not said
    bore: str = ""  # what the page was found to say, where that is less than the claim
    archived: str = ""  # the address of an archived copy


@dataclass(frozen=True)
class Frame:
    """Words of the same source that say what a quotation is: who speaks, what the list is of, what is done with the words."""

    pointer: str
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence of a record: its own JSON Pointer, and those of the claims that it supports.

    `inferred` is the editors' reason if the words alone do not carry the values. `speech` says how the words reach the reader: direct,
    indirect or narrated; empty where it is not recorded.
    """

    pointer: str
    supports: tuple[str, ...]
    what: Quotation | Outside
    frames: tuple[Frame, ...] = ()
    holder: str = ""
    inferred: str = ""
    speech: str = ""


def read_evidence(entry: Mapping[str, Any], pointer: str, holder: str) -> Evidence:
    """The evidence of one entry of an `evidence` list; without `for` it supports the value that contains the list."""
    supports = tuple(entry.get("for", ())) or ((holder,) if holder else ())
    if "url" in entry:
        outside = Outside(
            entry["url"], entry["seen"], entry["paraphrase"], *(entry.get(key, "") for key in ("locator", "read", "bore", "archived"))
        )
        return Evidence(pointer, supports, outside, inferred=entry.get("inferred", ""))
    quoted = Quotation(
        entry["source"],
        entry["exact"],
        entry.get("prefix", ""),
        entry.get("suffix", ""),
        entry["speaker"],
        entry["stance"],
        entry["role"],
        entry.get("reading", "cleaned"),
    )
    frames = tuple(
        Frame(f"{pointer}/frame/{number}", frame["exact"], frame.get("prefix", ""), frame.get("suffix", ""))
        for number, frame in enumerate(entry.get("frame", ()))
    )
    return Evidence(pointer, supports, quoted, frames, entry.get("holder", ""), entry.get("inferred", ""), entry.get("speech", ""))


def _collect(value: Any, pointer: str, found: list[Evidence]) -> list[Evidence]:
    """Adds the evidence in a value, at any depth, to that found before."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            if isinstance(item, (dict, list)):
                _collect(item, f"{pointer}/{number}", found)
        return found
    for key, child in value.items():
        if key == "evidence" and isinstance(child, list):
            found += (read_evidence(entry, f"{pointer}/evidence/{number}", pointer) for number, entry in enumerate(child))
        elif isinstance(child, (dict, list)):
            _collect(child, f"{pointer}/{key}", found)
    return found


def outline(key: str, value: Any, depth: int = 0) -> Iterator[tuple[int, str, list[Any] | None]]:
    """A field as rows to print: how deep each is, its name, and its values (None for a heading). Evidence is left out.

    >>> list(outline("held_by", {"names": ["A", "B"], "offices": [{"title": "C"}]}))
    [(0, 'held by', None), (1, 'names', ['A', 'B']), (1, 'offices 1', None), (2, 'title', ['C'])]
    """
    name = key.replace("_", " ")
    if isinstance(value, Mapping):
        yield depth, name, None
        for inner, each in value.items():
            if inner != "evidence":
                yield from outline(inner, each, depth + 1)
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for number, each in enumerate(value, 1):
            yield from outline(f"{name} {number}", each, depth)
    else:
        yield depth, name, value if isinstance(value, list) else [value]
