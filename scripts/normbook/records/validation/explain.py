"""Why a single value is refused, in words that name no regular expression and no keyword of a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

KINDS = {
    "string": "words", "integer": "a whole number", "number": "a number", "array": "a list", "object": "keys with values", "boolean": "true or false",
    "null": "nothing",
}  # fmt: skip
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def reason(error: Any) -> tuple[str, str, str]:
    """Code, message and remedy of an error of jsonschema about one value."""
    said = error.schema if isinstance(error.schema, Mapping) else {}
    described = str(said.get("description", "see the schema"))
    if said.get("examples"):
        described += f" For instance: {', '.join(map(str, said['examples']))}"
    return REASONS.get(error.validator, _other)(error, described)


def shown(value: Any) -> str:
    """A value as a message quotes it: words in quotation marks, all else as YAML has it."""
    words = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 80 else words[:77] + "…"


def _form(error: Any, described: str) -> tuple[str, str, str]:
    value = error.instance
    if isinstance(value, str) and value != value.strip():
        return "N204", f"{shown(value)} begins or ends with a space", "remove the space"
    if not value:
        return "N204", "there are no words", f"write them, or remove the key. {described}"
    if error.validator == "format" and DAY.fullmatch(str(value)):
        return "N204", f"{shown(value)} is no day of the calendar", "write the day that the source gives, as YYYY-MM-DD"
    meant = re.sub(r"[\W_]+", "-", str(value).strip().lower()).strip("-")
    if error.validator == "pattern":
        for each in (meant, f"/{value}"):
            if re.fullmatch(error.validator_value, each):
                return "N204", f"{shown(value)} has another form than it should", f"write {each}"
    return "N204", f"{shown(value)} has another form than it should", described


def _kind(error: Any, described: str) -> tuple[str, str, str]:
    wanted = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    value, asked = error.instance, " or ".join(KINDS[each] for each in wanted)
    if value is None:
        return "N205", f"nothing stands here, where {asked} should", f"write it, or remove the key. {described}"
    found = KINDS[next(name for name, types in TYPES if isinstance(value, types))]
    hint = described
    if "string" in wanted and isinstance(value, (int, float)):
        hint = (
            f"put it in quotation marks: '{value}'" if not isinstance(value, bool) else f"put it in quotation marks: '{str(value).lower()}'"
        )
    elif "array" in wanted and isinstance(value, str):
        hint = f"begin a line below the key with a dash: - {value[:60]}"
    elif "string" in wanted and isinstance(value, list) and len(value) == 1:
        hint = f"write it without the list: {value[0]}"
    if isinstance(value, (list, dict)) and len(value) != 1:
        return "N205", f"{found} {'stand' if isinstance(value, dict) else 'stands'} here, where {asked} should", hint
    return "N205", f"{shown(value)} is {found}, where {asked} should stand", hint


TYPES: tuple[tuple[str, Any], ...] = (
    ("boolean", bool),
    ("integer", int),
    ("number", float),
    ("string", str),
    ("array", list),
    ("object", dict),
)


def _empty(error: Any, described: str) -> tuple[str, str, str]:
    return "N206", "the list is empty", f"add an entry, or remove the key. {described}"


def _repeated(error: Any, described: str) -> tuple[str, str, str]:
    return "N207", f"{shown(error.instance[repeated(error.instance)])} stands in the list a second time", "remove the repeated entry"


def repeated(items: list[Any]) -> int:
    """The place of the first item that stood in the list before."""
    return next(number for number, each in enumerate(items) if each in items[:number])


def _forms(error: Any, described: str) -> tuple[str, str, str]:
    keys = [each for part in error.validator_value for each in part.get("required", ())]
    there = [key for key in keys if key in error.instance]
    have = f"{' and '.join(map(repr, there))} stand together" if there else f"none of {', '.join(map(repr, keys))} stands here"
    return "N208", f"{have}, where one of them should", f"keep one of: {', '.join(keys)}"


def _length(error: Any, described: str) -> tuple[str, str, str]:
    return "N209", f"{len(error.instance)} characters, where at most {error.validator_value} are allowed", f"shorten it. {described}"


def _least(error: Any, described: str) -> tuple[str, str, str]:
    return "N209", f"{shown(error.instance)} is less than {error.validator_value}", described


def _other(error: Any, described: str) -> tuple[str, str, str]:
    return "N209", f"{shown(error.instance)} is not allowed here", described


REASONS: dict[str, Callable[[Any, str], tuple[str, str, str]]] = {
    "pattern": _form, "format": _form, "minLength": _form, "type": _kind, "minItems": _empty, "uniqueItems": _repeated, "oneOf": _forms, "maxLength": _length, "minimum": _least,
}  # fmt: skip
