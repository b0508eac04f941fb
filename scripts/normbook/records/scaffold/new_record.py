"""A new record to fill in: a valid draft with a placeholder wherever a person has to write."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, SPECS
from normbook.records.validation.expected import expect
from normbook.records.yaml.late import LateLines

PLACEHOLDER = "FILL IN"
PLACEHOLDER_ID = "fill-in"  # the placeholder where only the letters of an id are allowed
STATUS = {"publication": "draft", "review": "needs-review", "certainty": "low"}
DEFAULTS = {
    "mapping_justification": "semapv:ManualMappingCuration", "reviewer": None, "lang": "en", "language": "en", "stance": "reported",
    "full_text": "withhold", "certainty": "low", "review": "needs-review",
}  # fmt: skip
NEVER_COMMENTED = frozenset({"id", "status", "mapping_justification", "reviewer"})
MAX_IDS = 12  # ids listed in a comment
PLACEHOLDER_LINE = re.compile(
    rf"# {PLACEHOLDER}:|(?:^|[:-] )['\"]?(?:{PLACEHOLDER}|{PLACEHOLDER_ID}|fill-in\.txt|https://{PLACEHOLDER_ID}\.invalid/)['\"]?\s*$"
)


@dataclass(frozen=True)
class Known:
    """What is known about a new record: existing ids by type, and the values that follow from its id, by top-level key."""

    ids: Mapping[str, Sequence[str]]
    sure: Mapping[str, Any] = field(default_factory=dict)


def draft(schemas: Schemas, kind: str, id: str, known: Known) -> dict[str, Any]:
    """The values of a new record of a type: the known ones, and placeholders for the rest.

    1. They are valid, and in schema order.
    2. The publication status is `draft`.
    """
    properties = schemas.properties(kind)
    keys = dict.fromkeys((*schemas.required(kind), *SPECS[kind].suggested, *known.sure))
    drafted = {key: _draft_value(schemas, properties[key], key) for key in keys if key in properties}
    values = {"title": PLACEHOLDER, **drafted, **known.sure, "id": id, "status": STATUS}
    pointers = [f"/{key}" for key in values if _is_claim(schemas, properties[key])]
    if SPECS[kind].makes_claims and pointers and "evidence" not in values:
        values["evidence"] = [{"for": pointers, **_quotation()}]
    return schemas.ordered(kind, values)


def scaffold(schemas: Schemas, kind: str, values: Mapping[str, Any], known: Known, given: Container[str] = ()) -> str:
    """The text of a new record: the modeline, the values, and a comment above each value to fill in.

    The comment says what is expected, and which values or ids are allowed. The keys in `given` get a comment only if they still
    have a placeholder.
    """
    from normbook.records.yaml.writer import dump

    output = [f"# yaml-language-server: $schema=../../schema/{kind}.schema.json"]
    for key, value in values.items():
        lines = dump({key: value}).rstrip("\n").split("\n")
        settled = key in given or key in known.sure or key in NEVER_COMMENTED
        if not settled or placeholder_lines(lines):
            output += _comment(schemas, kind, key, value, known)
        output += lines
    return "\n".join(output) + "\n"


def _is_claim(schemas: Schemas, schema: Any) -> bool:
    schema = schemas.resolve(schema)
    return "x-claim" in schema or "x-claim" in schemas.resolve(schema.get("items", {}))


def _quotation() -> dict[str, str]:
    return {"source": PLACEHOLDER_ID, "exact": PLACEHOLDER, "speaker": "unnamed", "stance": "reported", "role": "supports"}


def _draft_value(schemas: Schemas, schema: Any, key: str) -> Any:
    """A valid value that is recognizable as a placeholder, as far as the schema allows."""
    schema = schemas.resolve(schema)
    if key in DEFAULTS:
        return DEFAULTS[key]
    if "enum" in schema:
        return schema["enum"][0]
    types = schema.get("type", "object" if "properties" in schema else "string")
    kind = types if isinstance(types, str) else types[-1]
    if kind == "object":
        keys = (*schema.get("required", ()), *(("evidence",) if "evidence" in schema.get("properties", {}) else ()))
        return {
            key_inside: [_quotation()] if key_inside == "evidence" else _draft_value(schemas, schema["properties"][key_inside], key_inside)
            for key_inside in keys
        }
    if kind == "array":
        return [_draft_value(schemas, schema["items"], "")] * max(1, schema.get("minItems", 0))
    if kind == "integer":
        return schema.get("minimum", 1)
    return None if kind == "null" else _string(schema)


def _string(schema: Mapping[str, Any]) -> str:
    """The placeholder in a form that matches the pattern of the schema."""
    for candidate in (PLACEHOLDER, PLACEHOLDER_ID, "https://fill-in.invalid/", "1000-01-01", "0" * 64, f"{PLACEHOLDER_ID}.txt", "XX"):
        if re.search(re.sub(r"\$$", r"\\Z", schema.get("pattern", "")), candidate):
            return candidate
    return PLACEHOLDER


def _comment(schemas: Schemas, kind: str, key: str, value: Any, known: Known) -> Iterator[str]:
    """The comment lines above a key to fill in."""
    sentences = [str(schemas.resolve(schemas.properties(kind)[key]).get("description", ""))]
    if key == "evidence":
        sentences.append(
            "Copy `exact` from data/derived/<source>/cleaned.txt; add `prefix` and `suffix` if the text occurs there more than once."
        )
    expected_values = [expected for expected in expect(schemas, kind, {key: value}) if expected.pointer.startswith(f"/{key}")]
    for expected in expected_values:
        keys = [part for part in expected.pointer.split("/")[2:] if not part.isdigit()]
        if "enum" in expected.schema:
            sentences.append(f"{keys[-1] + ': one' if keys else 'One'} of {', '.join(map(str, expected.schema['enum']))}.")
        if "x-relation" in expected.schema:
            ids = " ".join(_ids(expected.schema["x-relation"]["range"], known))
            sentences.append(f"{keys[-1]}: {ids}" if keys else ids[0].upper() + ids[1:])
    import textwrap

    lines = textwrap.wrap(
        " ".join([f"{PLACEHOLDER}:", *dict.fromkeys(sentences)]), 110, initial_indent="# ", subsequent_indent="#   ", break_on_hyphens=False
    )
    yield from lines


def _ids(types: Sequence[str], known: Known) -> Iterator[str]:
    """The ids that a reference may have, a few of each type."""
    limit = MAX_IDS // len(types)
    for type in types:
        ids = known.ids.get(type, ())
        rest = f" and {len(ids) - limit} more in data/{FOLDERS[type]}/" if len(ids) > limit else ""
        article = "an" if type[0] in "aei" else "a"
        yield f"{article} {type}, for example {', '.join(ids[:limit])}{rest}." if ids else f"{article} {type} (none exist yet)."


def placeholder_lines(lines: Sequence[str]) -> list[int]:
    """The lines (from 1) that still have a placeholder or the comment that asks to fill it in.

    >>> placeholder_lines(["title: FILL IN", "# FILL IN: An actor.", "speaker: fill-in", "note: forms to fill-in", "exact: FILL IN THE FORM"])
    [1, 2, 3]
    """
    if isinstance(lines, LateLines) and lines.filled:
        return []
    text = lines.text if isinstance(lines, LateLines) else "\n".join(lines)  # checked first, since most of many records have no placeholder
    return (
        [number for number, line in enumerate(lines, 1) if PLACEHOLDER_LINE.search(line)]
        if PLACEHOLDER in text or PLACEHOLDER_ID in text
        else []
    )
