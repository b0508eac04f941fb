"""One record with its evidence and links, and the records of one type."""

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
    """Words of a source: `prefix + exact + suffix` occurs once in its reading. `bears` has the supported claims, as JSON Pointers."""

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
    """An outside source: its address, the date on which it was seen, and a paraphrase by the editors."""

    url: str
    seen: str
    paraphrase: str
    bears: tuple[str, ...] = ()


class Link(NamedTuple):
    """One link: the record that holds it, the relation, the record it points to, the inverse relation, and the JSON Pointer of the value."""

    subject: str
    relation: str
    object: str
    inverse: str
    pointer: str


@dataclass(frozen=True, eq=False)
class Record(Generic[Fields_co]):
    """One record. `fields` has all its values, as described by its schema."""

    type: str
    id: str
    fields: Fields_co = field(repr=False)

    @property
    def _all(self) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self.fields)

    @property
    def title(self) -> str:
        """The editors' title."""
        return str(self._all["title"])

    @property
    def summary(self) -> str:
        """The editors' summary, empty if there is none."""
        return str(self._all.get("summary", ""))

    @property
    def page(self) -> str:
        """The path of its page from the site root."""
        return f"{FOLDERS[self.type]}/{self.id}.html"

    @property
    def evidence(self) -> tuple[Quotation | Outside, ...]:
        """Every piece of evidence in the record, at any depth, in order."""
        return tuple(_evidence(self._all, ""))

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The evidence that consists of quotations, each with speaker and stance."""
        return tuple(piece for piece in self.evidence if isinstance(piece, Quotation))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links from the record."""
        return tuple(
            Link(self.id, relation.name, value, relation.inverse, pointer)
            for relation in RELATIONS.get(self.type, ())
            for pointer, value in _select(self._all, relation.path, "")
            if isinstance(value, str) and value not in relation.exempt
        )


class Records(Mapping[str, Record[Fields]], Generic[Fields]):
    """The records of one type by id, in natural order; read on first use with `lines` from the file at `path`."""

    def __init__(self, type: str, path: str, lines: Callable[[str], list[dict[str, Any]]]) -> None:
        self._type, self._path, self._lines = type, path, lines

    @cached_property
    def _records(self) -> dict[str, Record[Fields]]:
        return {fields["id"]: Record(self._type, fields["id"], cast("Fields", fields)) for fields in self._lines(self._path)}

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
    """Evidence supports the claims in its `for`, or else the value that contains it."""
    if isinstance(value, Mapping):
        for key, child in value.items():
            if key == "evidence" and isinstance(child, list):
                yield from (_piece(entry, (pointer,) if pointer else ()) for entry in child)
            else:
                yield from _evidence(child, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from _evidence(child, f"{pointer}/{number}")


def _piece(entry: Mapping[str, Any], claims: tuple[str, ...]) -> Quotation | Outside:
    bears = tuple(entry.get("for", claims))
    kind = Outside if "url" in entry else Quotation
    return kind(**{key: value for key, value in entry.items() if key in kind._fields}, bears=bears)


def _select(value: Any, path: tuple[str, ...], pointer: str) -> Iterator[tuple[str, Any]]:
    if not path:
        yield pointer, value
    elif path[0] == "*":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _select(item, path[1:], f"{pointer}/{number}")
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _select(value[path[0]], path[1:], f"{pointer}/{path[0]}")
