"""Why a schema refuses a value, in words: by jsonschema, asked only when the fast gate has refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from normbook.problems import Problem
from normbook.records.yaml_io import Loaded, Mark, escape


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """The keyword as JSON Schema means it: $ is the end, not also the place before a last line feed."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Explainer: Any = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


def _leaves(errors: Any) -> Iterator[Any]:
    """The errors that a person can act on: those inside a failed branch rather than the branch."""
    for error in errors:
        if error.context and error.validator in ("oneOf", "anyOf", "if", "then", "else", "allOf"):
            yield from _leaves(error.context) if error.validator != "oneOf" else iter([error])
        else:
            yield error


REMEDIES = {
    "pattern": ("N204", "write it in the form that the schema describes"),
    "format": ("N204", "write it in the form that the schema describes"),
    "type": ("N205", "give a value of that kind"),
    "minItems": ("N206", "add an entry, or remove the key"),
    "uniqueItems": ("N207", "remove the repeated entry"),
}


def explainers(documents: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A validator for each name, over schemas that refer to each other by their addresses."""
    # without $schema: at a reference into a document that names it, jsonschema would go back to its own class, and so to its own $
    contents = {address: {key: value for key, value in schema.items() if key != "$schema"} for address, schema in documents.items()}
    registry: Any = Registry().with_resources((address, DRAFT202012.create_resource(schema)) for address, schema in contents.items())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return {name: Explainer({"$ref": address}, registry=registry, format_checker=checker) for name, address in names.items()}


def explain(explainer: Any, loaded: Loaded, path: str, lines: list[str]) -> list[Problem]:
    """Every reason why a schema refuses a value, with its place and remedy."""
    return [_problem(error, loaded, path, lines) for error in _leaves(explainer.iter_errors(loaded.value))]


def _problem(error: Any, loaded: Loaded, path: str, lines: list[str]) -> Problem:
    pointer = "".join(f"/{escape(str(part))}" for part in error.absolute_path)
    code, message, hint, key = _words(error, pointer)
    mark = loaded.marks.get(f"{pointer}/{escape(key)}" if key else pointer, loaded.marks.get(pointer, Mark(1, 1)))
    line, column = (mark.key_line, mark.key_column) if key and mark.key_line else (mark.line, mark.column)
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(path, line, column, code, message, hint, pointer, source_line=shown)


def _words(error: Any, pointer: str) -> tuple[str, str, str, str]:
    """Code, message, remedy, and the key that the finding stands at (empty for the value itself)."""
    where = pointer[1:].replace("/", ".") or "the record"
    if error.validator == "required":
        missing = re.match(r"'(.*)' is a required", error.message)
        key = missing[1] if missing else "?"
        return "N201", f"{where}: the key {key!r} is missing", f"add a line «{key}: …»; {_describe(error, key)}", ""
    if error.validator in ("unevaluatedProperties", "additionalProperties"):
        known = _known(error)
        extra = sorted(set(error.instance) - known) if known else re.findall(r"'([^']*)'", error.message)
        key = extra[0] if extra else ""
        close = get_close_matches(key, known, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"remove it; known keys: {', '.join(sorted(known))}"
        return "N202", f"{where}: unknown key {', '.join(map(repr, extra))}", hint, key
    if error.validator == "enum":
        close = get_close_matches(str(error.instance), [str(value) for value in error.validator_value], 1)
        allowed = ", ".join(map(str, error.validator_value))
        hint = f"did you mean {close[0]!r}? allowed: {allowed}" if close else f"allowed: {allowed}"
        return "N203", f"{where}: {error.instance!r} is not one of the allowed values", hint, ""
    if error.validator == "oneOf":
        return (
            "N208",
            f"{where}: exactly one of several forms is allowed",
            f"keep one of: {', '.join(str(part.get('required', part)) for part in error.validator_value)}",
            "",
        )
    code, hint = REMEDIES.get(error.validator, ("N209", "see the schema"))
    described = error.schema.get("description") if isinstance(error.schema, Mapping) else None
    if error.validator == "type":
        kinds = error.validator_value if isinstance(error.validator_value, str) else " or ".join(error.validator_value)
        return code, f"{where}: {_shown(error.instance)} is not of type {kinds}", described or hint, ""
    return (
        code,
        f"{where}: {_shown(error.instance)} {error.message.rpartition(repr(error.instance))[2].strip() or 'is not allowed'}",
        described or hint,
        "",
    )


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else shown[:77] + "…"


def _describe(error: Any, key: str) -> str:
    said = error.schema.get("properties", {}).get(key, {}).get("description") if isinstance(error.schema, Mapping) else None
    return said or "see the schema"


def _known(error: Any) -> set[str]:
    """The keys that the refusing schema and what it refers to allow."""
    known: set[str] = set(error.schema.get("properties", {}))
    for part in error.schema.get("allOf", ()):
        if part.get("$ref", "").endswith("/record"):
            known |= {"id", "title", "status", "identifiers", "summary", "note", "evidence"}
    return known
