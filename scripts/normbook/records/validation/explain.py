"""Explains why a value is invalid: uses jsonschema, and only after the fast validator has rejected the value.

Unknown keys are corrected first, each to what was probably meant, so that a mistyped key is one finding and hides no error below it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.records.yaml.loaded import Loaded, Mark, escape

Resolve = Callable[[Any], Any]


class Unknown(NamedTuple):
    """An unknown key: the pointer of its mapping, the key, the key that was probably meant (None if unclear), and the allowed keys."""

    holder: str
    key: str
    meant: str | None
    allowed: tuple[str, ...]


class CorrectedKeys(NamedTuple):
    """A value whose unknown keys are corrected or left out, those unknown keys, and the original pointer of each part by its corrected pointer."""

    value: Any
    unknown: tuple[Unknown, ...]
    places: Mapping[str, str]


def correct_keys(value: Any, schema: Any, resolve: Resolve) -> CorrectedKeys:
    """The value with its keys corrected at every depth, so that a mistyped key is one finding and does not hide errors below it.

    A key is taken for the most similar of the allowed keys that are not used yet.
    """
    unknown: list[Unknown] = []
    places: dict[str, str] = {}
    return CorrectedKeys(_correct(value, schema, "", "", (resolve, unknown, places)), tuple(unknown), places)


def _correct(value: Any, schema: Any, pointer: str, original: str, state: tuple[Resolve, list[Unknown], dict[str, str]]) -> Any:
    resolve, unknown, places = state
    places[pointer] = original
    schema = resolve(schema)
    if isinstance(value, list):
        return [
            _correct(item, schema.get("items", {}), f"{pointer}/{index}", f"{original}/{index}", state) for index, item in enumerate(value)
        ]
    if not isinstance(value, Mapping):
        return value
    known_keys = allowed(schema, resolve)
    closed = bool(known_keys) and _closed(schema, resolve)
    corrected: dict[str, Any] = {}
    for key, child in value.items():
        corrected_key: str | None = key
        if closed and key not in known_keys:
            corrected_key = suggest(key, [candidate for candidate in known_keys if candidate not in value and candidate not in corrected])
            unknown.append(Unknown(original, key, corrected_key, tuple(known_keys)))
        if corrected_key is not None:
            corrected[corrected_key] = _correct(
                child, known_keys.get(corrected_key, {}), f"{pointer}/{escape(corrected_key)}", f"{original}/{escape(key)}", state
            )
    return corrected


def allowed(schema: Any, resolve: Resolve) -> dict[str, Any]:
    """The keys that a schema allows, with the schema of each; keys of every branch are included."""
    schema = resolve(schema)
    keys = dict(schema.get("properties", {}))
    for part in _parts(schema):
        keys |= {key: schema_of_key for key, schema_of_key in allowed(part, resolve).items() if key not in keys}
    return keys


def _parts(schema: Any) -> Iterator[Any]:
    yield from schema.get("allOf", ())
    yield from (schema[name] for name in ("then", "else") if name in schema)


def _closed(schema: Any, resolve: Resolve) -> bool:
    """True if no other keys are allowed."""
    schema = resolve(schema)
    return schema.get("unevaluatedProperties") is False or any(_closed(part, resolve) for part in _parts(schema))


TYPE_NAMES = {
    "string": "a string", "integer": "a whole number", "number": "a number", "array": "a list", "object": "a mapping", "boolean": "true or false",
    "null": "nothing",
}  # fmt: skip
NUMBER = re.compile(r"[-+.\w]+")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def reason(error: Any) -> tuple[str, str, str]:
    """Code, message and remedy for a jsonschema error about one value."""
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    description = str(schema.get("description", "see the schema"))
    if schema.get("examples"):
        description += f" For example: {', '.join(map(str, schema['examples']))}"
    return REASONS.get(error.validator, _other)(error, description)


def display(value: Any) -> str:
    """A value as shown in a message, at most 80 code points: strings in quotation marks, anything else as JSON."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def _wrong_form(error: Any, description: str) -> tuple[str, str, str]:
    value = error.instance
    if isinstance(value, str) and value != value.strip():
        return "N204", f"{display(value)} starts or ends with a space", "remove the space"
    if not value:
        return "N204", "expected text, found an empty string", f"write the text, or remove the key. {description}"
    if error.validator == "format" and DAY.fullmatch(str(value)):
        return "N204", f"{display(value)} is not a calendar date", "write the date that the source gives, as YYYY-MM-DD"
    suggestion = re.sub(r"[\W_]+", "-", str(value).strip().lower()).strip("-")
    if error.validator == "pattern":
        for candidate in (suggestion, f"/{value}"):
            if re.fullmatch(error.validator_value, candidate):
                return "N204", f"{display(value)} does not have the expected form", f"write {candidate}"
    return "N204", f"{display(value)} does not have the expected form", description


def _wrong_type(error: Any, description: str) -> tuple[str, str, str]:
    expected_types = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    value, expected = error.instance, " or ".join(TYPE_NAMES[name] for name in expected_types)
    if value is None:
        return "N205", f"expected {expected}, found nothing", f"add the value, or remove the key. {description}"
    actual = TYPE_NAMES[next(name for name, types in PYTHON_TYPES if isinstance(value, types))]
    hint = description
    if "string" in expected_types and isinstance(value, (int, float)):
        hint = (
            f"put it in quotation marks: '{value}'" if not isinstance(value, bool) else f"put it in quotation marks: '{str(value).lower()}'"
        )
    elif "array" in expected_types and isinstance(value, str):
        hint = f"write each entry on its own line below the key, after a dash: - {value[:60]}"
    elif "string" in expected_types and isinstance(value, list) and len(value) == 1:
        hint = f"write it without the list: {value[0]}"
    if isinstance(value, (list, dict)) and len(value) != 1:
        return "N205", f"expected {expected}, found {actual}", hint
    if isinstance(value, bool):
        return "N205", f"expected {expected}, found {display(value)}", hint
    return "N205", f"expected {expected}, found {actual.replace('a ', 'the ', 1)} {display(value)}", hint


PYTHON_TYPES: tuple[tuple[str, Any], ...] = (
    ("boolean", bool),
    ("integer", int),
    ("number", float),
    ("string", str),
    ("array", list),
    ("object", dict),
)


def _empty_list(error: Any, description: str) -> tuple[str, str, str]:
    return "N206", "expected at least one entry, found an empty list", f"add an entry, or remove the key. {description}"


def _duplicate(error: Any, description: str) -> tuple[str, str, str]:
    return "N207", f"duplicate entry {display(error.instance[first_duplicate(error.instance)])}", "remove the duplicate"


def first_duplicate(items: list[Any]) -> int:
    """The index of the first item that equals an earlier one."""
    return next(number for number, item in enumerate(items) if item in items[:number])


def _not_exactly_one(error: Any, description: str) -> tuple[str, str, str]:
    keys = [key for part in error.validator_value for key in part.get("required", ())]
    present = [key for key in keys if key in error.instance]
    actual = f"found {' and '.join(map(repr, present))}" if present else "found none of them"
    return "N208", f"expected exactly one of the keys {', '.join(map(repr, keys))}, {actual}", f"write exactly one of: {', '.join(keys)}"


def _too_long(error: Any, description: str) -> tuple[str, str, str]:
    return "N209", f"expected at most {error.validator_value} characters, found {len(error.instance)}", f"shorten it. {description}"


def _too_small(error: Any, description: str) -> tuple[str, str, str]:
    return "N209", f"expected {error.validator_value} or more, found {display(error.instance)}", description


def _other(error: Any, description: str) -> tuple[str, str, str]:
    return "N209", f"{display(error.instance)} is not allowed here", description


REASONS: dict[str, Callable[[Any, str], tuple[str, str, str]]] = {
    "pattern": _wrong_form, "format": _wrong_form, "minLength": _wrong_form, "type": _wrong_type, "minItems": _empty_list, "uniqueItems": _duplicate, "oneOf": _not_exactly_one, "maxLength": _too_long, "minimum": _too_small,
}  # fmt: skip


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """The keyword `pattern` as JSON Schema defines it: $ matches only at the end, not before a final line feed."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Explainer: Any = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _specific_errors(errors: Any) -> Iterator[Any]:
    """The errors that a person can act on: those inside a failed branch instead of the branch itself."""
    for error in errors:
        if error.context and error.validator in ("oneOf", "anyOf", "if", "then", "else", "allOf"):
            yield from _specific_errors(error.context) if error.validator != "oneOf" else iter([error])
        else:
            yield error


def explainers(documents: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A validator for each name; the schemas refer to each other by their addresses."""
    # without $schema: at a reference into a document that has it, jsonschema would switch to its own class, with its own meaning of $
    contents = {address: {key: value for key, value in schema.items() if key != "$schema"} for address, schema in documents.items()}
    registry: Any = Registry().with_resources((address, DRAFT202012.create_resource(schema)) for address, schema in contents.items())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return {name: Explainer({"$ref": address}, registry=registry, format_checker=checker) for name, address in names.items()}


def explain(explainer: Any, loaded: Loaded, path: str, lines: list[str], schema: Any, resolve: Resolve) -> list[Problem]:
    """A finding for each reason why a value is invalid, with location and remedy.

    A mistyped key gives one finding: the correct key is not also reported as missing, and the value below it is still validated.
    """
    corrected = correct_keys(loaded.value, schema, resolve)
    findings = [_unknown_key(unknown, loaded, path, lines) for unknown in corrected.unknown]
    for error in _specific_errors(explainer.iter_errors(corrected.value)):
        if parts := _message(error, schema, resolve):
            pointer = corrected.places["".join(f"/{escape(str(part))}" for part in error.absolute_path)]
            code, message, hint, key = parts
            if code == "N207":
                pointer += f"/{first_duplicate(error.instance)}"
            original = f"{pointer}/{escape(key)}" if key else pointer
            location = pointer[1:].replace("/", ".") or "the record"
            if code == "N205" and isinstance(error.instance, (int, float)) and not isinstance(error.instance, bool):
                hint = hint.replace(f"'{error.instance}'", f"'{_written(loaded.marks.get(pointer), lines) or error.instance}'")
            findings.append(_problem((code, f"{location}: {message}", hint), original, bool(key), loaded, path, lines))
    return findings


def _written(mark: Mark | None, lines: list[str]) -> str:
    """A number as it stands in the file, where 1.10 is not 1.1; empty if its place is not known."""
    found = NUMBER.match(lines[mark.line - 1], mark.column - 1) if mark and 0 < mark.line <= len(lines) else None
    return found[0] if found else ""


def _unknown_key(unknown: Unknown, loaded: Loaded, path: str, lines: list[str]) -> Problem:
    location = unknown.holder[1:].replace("/", ".") or "the record"
    hint = f"did you mean {unknown.meant!r}?" if unknown.meant else f"remove it; known keys: {', '.join(sorted(unknown.allowed))}"
    message = "N202", f"{location}: unknown key {display(unknown.key)}", hint
    return _problem(message, f"{unknown.holder}/{escape(unknown.key)}", True, loaded, path, lines)


def _problem(message: tuple[str, str, str], pointer: str, at_key: bool, loaded: Loaded, path: str, lines: list[str]) -> Problem:
    mark = loaded.marks.get(pointer, Mark(1, 1))
    line, column = (mark.key_line, mark.key_column) if at_key and mark.key_line else (mark.line, mark.column)
    source_line = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(path, line, column, *message, pointer, source_line=source_line)


def _message(error: Any, schema: Any, resolve: Resolve) -> tuple[str, str, str, str] | None:
    """Code, message, remedy, and the key to report (empty for the value itself); None if the error only follows from another one."""
    if error.validator == "required":
        missing = re.match(r"'(.*)' is a required", error.message)
        key = missing[1] if missing else "?"
        return "N201", f"missing key {key!r}", f"add a line `{key}: …`. {_description_of(error, key, schema, resolve)}", ""
    if error.validator in ("unevaluatedProperties", "additionalProperties"):
        known_keys = allowed(error.schema, resolve)
        unknown = sorted(set(error.instance) - set(known_keys))  # keys of another branch: mistyped ones were corrected before
        message = f"{', '.join(map(display, unknown))} cannot be used here together with the other keys"
        return ("N202", message, f"remove it; known keys: {', '.join(sorted(known_keys))}", unknown[0]) if unknown else None
    if error.validator == "enum":
        suggestion = suggest(error.instance, error.validator_value) if isinstance(error.instance, str) else None
        allowed_values = f"allowed: {', '.join(map(str, error.validator_value))}"
        hint = f"did you mean {suggestion!r}? {allowed_values}" if suggestion else allowed_values
        if error.instance is None:
            return "N203", "expected one of the allowed values, found nothing", hint, ""
        return "N203", f"{display(error.instance)} is not one of the allowed values", hint, ""
    return *reason(error), ""


def _description_of(error: Any, key: str, schema: Any, resolve: Resolve) -> str:
    """The description of a missing key, and the values it may have. If a condition requires the key, it is described by the full schema at that place."""
    enclosing = schema
    for part in error.absolute_path:
        enclosing = resolve(enclosing)
        enclosing = enclosing.get("items", {}) if isinstance(part, int) else allowed(enclosing, resolve).get(part, {})
    for candidate in (error.schema, resolve(enclosing)):
        described = resolve(allowed(candidate, resolve).get(key, {}))
        if description := described.get("description", ""):
            values = f" Allowed: {', '.join(map(str, described['enum']))}." if "enum" in described else ""
            return f"{description}{values}"
    return "see the schema"
