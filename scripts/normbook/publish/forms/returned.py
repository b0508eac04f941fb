"""Records from their N-Quads: the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse

from normbook.publish.forms.tree import grown
from normbook.publish.forms.words import PREFIXES, SHARED, expand, namespace, term

READ: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "double": float,
    "boolean": "true".__eq__,
}  # the value of a literal, by its type


def records_from_nquads(content: bytes, site_url: str) -> dict[str, dict[str, Any]]:
    """The fields of every record, by id, from what `nquads` wrote."""
    found: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for quad in parse(content, RdfFormat.N_QUADS):
        subject = str(quad.subject.value)
        found.setdefault(quad.graph_name.value, {}).setdefault(subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    keys = {expand(term(key), site_url): key for key in SHARED}
    own = namespace(site_url)
    made = {}
    for page, nodes in found.items():
        pairs = [*_values(page, nodes, keys, own, site_url)]
        fields = grown(pairs)
        made[fields["id"]] = fields
    return made


def _values(
    page: str, nodes: Mapping[str, Mapping[str, list[Any]]], keys: Mapping[str, str], own: str, site_url: str
) -> Iterator[tuple[str, Any]]:
    """Each value of a record with its JSON Pointer."""
    member, kind, sequence = (expand(each, site_url) for each in ("rdf:_", "rdf:type", "rdf:Seq"))
    lists = {name for name, said in nodes.items() if any(each.value == sequence for each in said.get(kind, ()))}
    for name, said in nodes.items():
        pointer = "" if name == f"{page}#record" else name.removeprefix(f"{page}#")
        if name in lists:
            members = [(int(key.removeprefix(member)), each[0]) for key, each in said.items() if key.startswith(member)]
            if not members:
                yield pointer, []
            yield from ((f"{pointer}/{number - 1}", _plain(each, own)) for number, each in members if not _is_part(each, page))
            continue
        if not name.startswith(f"{page}#") or (pointer and not pointer.startswith("/")):
            continue
        empty = bool(pointer) and not any(key.startswith(own) or key in keys for key in said)
        if empty:
            yield pointer, {}
        for predicate, values in said.items():
            key = keys.get(predicate) or (predicate.removeprefix(own) if predicate.startswith(own) else "")
            if key and f"{page}#{pointer}/{key}" not in lists and not _is_part(values[0], page):
                yield f"{pointer}/{key}", _plain(values[0], own)


def _is_part(value: Any, page: str) -> bool:
    """Whether a value is a node of the record that tells of its own place."""
    return isinstance(value, NamedNode) and value.value.startswith(f"{page}#/")


def _plain(value: Any, own: str) -> Any:
    """A value as a record has it."""
    if isinstance(value, NamedNode):
        if value.value == f"{own}null":
            return None
        return value.value.rpartition("/")[2].removesuffix(".html#record")
    read = READ.get(value.datatype.value.removeprefix(PREFIXES["xsd"]), str)
    return read(value.value)
