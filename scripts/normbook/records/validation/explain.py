"""Why a schema refuses a value, in words: by jsonschema, asked only when the fast gate has refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from normbook.comparison.spelling import suggest
from normbook.findings.finding import Problem
from normbook.records.validation.keys import Resolve, Unknown, allowed, mend_keys
from normbook.records.yaml.reader import Loaded, Mark, escape

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


def explainers(documents: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A validator for each name, over schemas that refer to each other by their addresses."""
    # without $schema: at a reference into a document that names it, jsonschema would go back to its own class, and so to its own $
    contents = {address: {key: value for key, value in schema.items() if key != "$schema"} for address, schema in documents.items()}
    registry: Any = Registry().with_resources((address, DRAFT202012.create_resource(schema)) for address, schema in contents.items())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return {name: Explainer({"$ref": address}, registry=registry, format_checker=checker) for name, address in names.items()}


def explain(explainer: Any, loaded: Loaded, path: str, lines: list[str], schema: Any, resolve: Resolve) -> list[Problem]:
    """Every reason why a schema refuses a value, with its place and remedy.

    A mistyped key is one finding: what follows from it (that the key is missing) is not told, what stands below it is looked at.
    """
    mended = mend_keys(loaded.value, schema, resolve)
    found = [_unknown(each, loaded, path, lines) for each in mended.unknown]
    for error in _leaves(explainer.iter_errors(mended.value)):
        if said := _words(error, schema, resolve):
            pointer = mended.places["".join(f"/{escape(str(part))}" for part in error.absolute_path)]
            code, message, hint, key = said
            if code == "N207":
                pointer += f"/{repeated(error.instance)}"
            place = f"{pointer}/{escape(key)}" if key else pointer
            where = pointer[1:].replace("/", ".") or "the record"
            found.append(_problem((code, f"{where}: {message}", hint), place, bool(key), loaded, path, lines))
    return found


def _unknown(each: Unknown, loaded: Loaded, path: str, lines: list[str]) -> Problem:
    where = each.holder[1:].replace("/", ".") or "the record"
    hint = f"did you mean {each.meant!r}?" if each.meant else f"remove it; known keys: {', '.join(sorted(each.allowed))}"
    said = "N202", f"{where}: unknown key {shown(each.key)}", hint
    return _problem(said, f"{each.holder}/{escape(each.key)}", True, loaded, path, lines)


def _problem(said: tuple[str, str, str], pointer: str, at_key: bool, loaded: Loaded, path: str, lines: list[str]) -> Problem:
    mark = loaded.marks.get(pointer, Mark(1, 1))
    line, column = (mark.key_line, mark.key_column) if at_key and mark.key_line else (mark.line, mark.column)
    row = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem(path, line, column, *said, pointer, source_line=row)


def _words(error: Any, schema: Any, resolve: Resolve) -> tuple[str, str, str, str] | None:
    """Code, message, remedy, and the key that the finding stands at (empty for the value itself); None for what only follows from another error."""
    if error.validator == "required":
        missing = re.match(r"'(.*)' is a required", error.message)
        key = missing[1] if missing else "?"
        return "N201", f"the key {key!r} is missing", f"add a line «{key}: …»; {_describe(error, key, schema, resolve)}", ""
    if error.validator in ("unevaluatedProperties", "additionalProperties"):
        known = allowed(error.schema, resolve)
        extra = sorted(set(error.instance) - set(known))  # keys of another form: mistyped ones were mended before
        said = f"{', '.join(map(shown, extra))}: no key of this form"
        return ("N202", said, f"remove it; known keys: {', '.join(sorted(known))}", extra[0]) if extra else None
    if error.validator == "enum":
        meant = suggest(error.instance, error.validator_value) if isinstance(error.instance, str) else None
        listed = f"allowed: {', '.join(map(str, error.validator_value))}"
        hint = f"did you mean {meant!r}? {listed}" if meant else listed
        if error.instance is None:
            return "N203", "no value stands here", hint, ""
        return "N203", f"{shown(error.instance)} is not one of the allowed values", hint, ""
    return *reason(error), ""


def _describe(error: Any, key: str, schema: Any, resolve: Resolve) -> str:
    """What a missing key means. What asks for it may be a condition: then the schema of the whole, at that place, describes it."""
    around = schema
    for part in error.absolute_path:
        around = resolve(around)
        around = around.get("items", {}) if isinstance(part, int) else allowed(around, resolve).get(part, {})
    for at in (error.schema, resolve(around)):
        if said := resolve(allowed(at, resolve).get(key, {})).get("description", ""):
            return str(said)
    return "see the schema"
