"""One record and what it says of itself; the records of a type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar, cast

from normbook.reader.tables import FOLDERS, RELATIONS

Fields = TypeVar("Fields")
Fields_co = TypeVar("Fields_co", covariant=True)


class Quotation(NamedTuple):
    """Words of a source: `prefix + exact + suffix` stands in its reading once. `bears` names the claims, as JSON Pointers."""

    source: str
    exact: str
    speaker: str
    stance: str
    role: str
    prefix: str = ""
    suffix: str = ""
    reading: str = "cleaned"
    bears: tuple[str, ...] = ()


class Outside(NamedTuple):
    """A text that the book does not hold: its address, the day on which it was noted, and what it says in the editors' words."""

    url: str
    seen: str
    paraphrase: str
    bears: tuple[str, ...] = ()


class Link(NamedTuple):
    """One link: the record that makes it, its name, the record that it names, its name from that other end, and the value's JSON Pointer."""

    subject: str
    relation: str
    object: str
    inverse: str
    pointer: str


@dataclass(frozen=True, eq=False)
class Record(Generic[Fields_co]):
    """One record. `fields` holds all that it says, as its schema describes."""

    type: str
    id: str
    fields: Fields_co = field(repr=False)

    @property
    def _all(self) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self.fields)

    @property
    def title(self) -> str:
        """The editors' label."""
        return str(self._all["title"])

    @property
    def summary(self) -> str:
        """What it is about, in the editors' words; empty where they wrote nothing."""
        return str(self._all.get("summary", ""))

    @property
    def page(self) -> str:
        """The path of its page from the site's root."""
        return f"{FOLDERS[self.type]}/{self.id}.html"

    @property
    def evidence(self) -> tuple[Quotation | Outside, ...]:
        """Every piece of evidence, wherever it stands in the record, in order."""
        return tuple(_evidence(self._all, ""))

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The evidence that is quoted, each with speaker and stance."""
        return tuple(each for each in self.evidence if isinstance(each, Quotation))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links that the record makes."""
        return tuple(
            Link(self.id, relation.name, value, relation.inverse, pointer)
            for relation in RELATIONS.get(self.type, ())
            for pointer, value in _select(self._all, relation.path, "")
            if isinstance(value, str) and value not in relation.exempt
        )


class Records(Mapping[str, Record[Fields]], Generic[Fields]):
    """The records of one type, by id, in natural order; read with `lines` from the file at `path` when they are first asked for."""

    def __init__(self, type: str, path: str, lines: Callable[[str], list[dict[str, Any]]]) -> None:
        self._type, self._path, self._lines = type, path, lines

    @cached_property
    def _records(self) -> dict[str, Record[Fields]]:
        return {each["id"]: Record(self._type, each["id"], cast("Fields", each)) for each in self._lines(self._path)}

    def __getitem__(self, id: str) -> Record[Fields]:
        if id not in self._records:
            close = get_close_matches(id, self._records, 1)
            raise KeyError(f"no {self._type} {id!r}" + (f"; did you mean {close[0]!r}?" if close else ""))
        return self._records[id]

    def __contains__(self, id: object) -> bool:
        return id in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def _evidence(value: Any, pointer: str) -> Iterator[Quotation | Outside]:
    """Evidence bears the claims that it names, or the value that it stands in."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "evidence" and isinstance(inner, list):
                yield from (_piece(each, (pointer,) if pointer else ()) for each in inner)
            else:
                yield from _evidence(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _evidence(inner, f"{pointer}/{number}")


def _piece(each: Mapping[str, Any], around: tuple[str, ...]) -> Quotation | Outside:
    bears = tuple(each.get("for", around))
    kind = Outside if "url" in each else Quotation
    return kind(**{key: value for key, value in each.items() if key in kind._fields}, bears=bears)


def _select(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[tuple[str, Any]]:
    if not path:
        yield pointer, value
    elif path[0] == "*":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _select(item, path[1:], f"{pointer}/{number}")
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _select(value[path[0]], path[1:], f"{pointer}/{path[0]}")
