"""A new record to be filled in: valid by its schema, a draft, and marked where a person has to write."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, SPECS
from normbook.records.validation.expected import expect
from normbook.records.yaml.quick import LateLines
from normbook.records.yaml.writer import dump

MARK = "FILL IN"
ID = "fill-in"  # the mark where only the letters of an id are allowed
STATUS = {"publication": "draft", "review": "needs-review", "certainty": "low"}
KEPT = {
    "mapping_justification": "semapv:ManualMappingCuration", "reviewer": None, "lang": "en", "language": "en", "stance": "reported",
    "full_text": "withhold", "certainty": "low", "review": "needs-review",
}  # fmt: skip
SETTLED = frozenset({"id", "status", "mapping_justification", "reviewer"})
MOST = 12  # ids that a comment names
WANTING = re.compile(rf"# {MARK}:|(?:^|[:-] )['\"]?(?:{MARK}|{ID}|fill-in\.txt|https://{ID}\.invalid/)['\"]?\s*$")


@dataclass(frozen=True)
class Known:
    """What a new record can be told from: ids by type, and the values that follow from its id, by top-level key."""

    ids: Mapping[str, Sequence[str]]
    sure: Mapping[str, Any] = field(default_factory=dict)


def draft(schemas: Schemas, kind: str, id: str, known: Known) -> dict[str, Any]:
    """The values of a new record of a type: those that are known, and wherever something is wanting a value that says so.

    1. The schema of the type allows them, in the order of the schema.
    2. Publication is `draft`.
    """
    properties = schemas.properties(kind)
    keys = dict.fromkeys((*schemas.required(kind), *SPECS[kind].suggested, *known.sure))
    drafted = {key: _draft(schemas, properties[key], key) for key in keys if key in properties}
    values = {"title": MARK, **drafted, **known.sure, "id": id, "status": STATUS}
    pointers = [f"/{key}" for key in values if _is_claim(schemas, properties[key])]
    if SPECS[kind].makes_claims and pointers and "evidence" not in values:
        values["evidence"] = [{"for": pointers, **_quotation()}]
    return schemas.ordered(kind, values)


def scaffold(schemas: Schemas, kind: str, values: Mapping[str, Any], known: Known, given: Container[str] = ()) -> str:
    """The text of a new record: modeline, its values, and above each that has to be filled in a comment.

    The comment says what is wanted, and which words or ids are allowed. The keys `given` need none, unless a mark is left in them.
    """
    rows = [f"# yaml-language-server: $schema=../../schema/{kind}.schema.json"]
    for key, value in values.items():
        lines = dump({key: value}).rstrip("\n").split("\n")
        settled = key in given or key in known.sure or key in SETTLED
        if not settled or unfilled(lines):
            rows += _comment(schemas, kind, key, value, known)
        rows += lines
    return "\n".join(rows) + "\n"


def _is_claim(schemas: Schemas, schema: Any) -> bool:
    schema = schemas.resolve(schema)
    return "x-claim" in schema or "x-claim" in schemas.resolve(schema.get("items", {}))


def _quotation() -> dict[str, str]:
    return {"source": ID, "exact": MARK, "speaker": "unnamed", "stance": "reported", "role": "supports"}


def _draft(schemas: Schemas, schema: Any, key: str) -> Any:
    """A value that the schema allows, and that says itself that it is none where the schema leaves room for that."""
    schema = schemas.resolve(schema)
    if key in KEPT:
        return KEPT[key]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    kind = kinds if isinstance(kinds, str) else kinds[-1]
    if kind == "object":
        wanted = (*schema.get("required", ()), *(("evidence",) if "evidence" in schema.get("properties", {}) else ()))
        return {each: [_quotation()] if each == "evidence" else _draft(schemas, schema["properties"][each], each) for each in wanted}
    if kind == "array":
        return [_draft(schemas, schema["items"], "")] * max(1, schema.get("minItems", 0))
    if kind == "integer":
        return schema.get("minimum", 1)
    return None if kind == "null" else _string(schema)


def _string(schema: Mapping[str, Any]) -> str:
    """The mark in the form that a pattern wants."""
    for each in (MARK, ID, "https://fill-in.invalid/", "1000-01-01", "0" * 64, f"{ID}.txt", "XX"):
        if re.search(re.sub(r"\$$", r"\\Z", schema.get("pattern", "")), each):
            return each
    return MARK


def _comment(schemas: Schemas, kind: str, key: str, value: Any, known: Known) -> Iterator[str]:
    """The lines above a key that has to be filled in."""
    said = [str(schemas.resolve(schemas.properties(kind)[key]).get("description", ""))]
    if key == "evidence":
        said.append("Copy exact from data/derived/<source>/cleaned.txt; add prefix and suffix where it stands there twice.")
    places = [each for each in expect(schemas, kind, {key: value}) if each.pointer.startswith(f"/{key}")]
    for each in places:
        names = [part for part in each.pointer.split("/")[2:] if not part.isdigit()]
        if "enum" in each.schema:
            said.append(f"{names[-1] + ': one' if names else 'One'} of {', '.join(map(str, each.schema['enum']))}.")
        if "x-relation" in each.schema:
            ids = " ".join(_ids(each.schema["x-relation"]["range"], known))
            said.append(f"{names[-1]}: {ids}" if names else ids[0].upper() + ids[1:])
    words = textwrap.wrap(
        " ".join([f"{MARK}:", *dict.fromkeys(said)]), 110, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False
    )
    yield from words


def _ids(types: Sequence[str], known: Known) -> Iterator[str]:
    """The ids that a reference may name, a few of each type."""
    most = MOST // len(types)
    for type in types:
        ids = known.ids.get(type, ())
        more = f" and {len(ids) - most} more in data/{FOLDERS[type]}/" if len(ids) > most else ""
        article = "an" if type[0] in "aei" else "a"
        yield f"{article} {type}, for instance {', '.join(ids[:most])}{more}." if ids else f"{article} {type}, of which there is none yet."


def unfilled(lines: Sequence[str]) -> list[int]:
    """The lines (from 1) that a person still has to fill in, or whose comment is still to be removed.

    >>> unfilled(["title: FILL IN", "# FILL IN: An actor.", "speaker: fill-in", "note: forms to fill-in", "exact: FILL IN THE FORM"])
    [1, 2, 3]
    """
    text = lines.text if isinstance(lines, LateLines) else "\n".join(lines)  # most records hold neither word, and are many
    return [number for number, line in enumerate(lines, 1) if WANTING.search(line)] if MARK in text or ID in text else []
