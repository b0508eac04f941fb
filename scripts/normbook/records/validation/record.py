"""From the text of a file to a valid record: YAML, hidden characters, names, schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from normbook.findings.finding import Problem
from normbook.records.model import Record
from normbook.records.names import name_fault
from normbook.records.schema import Schemas, select
from normbook.records.yaml.hidden import escaped_findings, has_hidden_escapes
from normbook.records.yaml.late import LateLines, LateMarks
from normbook.records.yaml.loaded import Loaded, Mark, lines_of
from normbook.records.yaml.quick import quick


def read_record(schemas: Schemas, type: str, path: str, text: str, problems: list[Problem]) -> Record | None:
    """The record in a file, or None with the reasons added to `problems`."""
    escaped = "\\" in text and has_hidden_escapes(text)
    value = None if escaped else quick(text)
    if isinstance(value, Mapping) and schemas.allows(type, value):
        read = partial(str, text.encode("utf-8"), "utf-8")  # a text with a single Chinese word takes twice as many bytes as a string
        return _with_checked_id(Record(type, _stem(path), path, value, LateMarks(read, path), LateLines(read)), problems)
    from normbook.records.yaml.reader import load

    loaded = load(text, path)
    lines = lines_of(text)
    problems += loaded.problems
    if loaded.value is None and not loaded.whole:
        return None
    if escaped:
        problems += _hidden_characters(schemas, type, path, loaded, lines)
    schema_problems = schemas.explain(type, loaded, path, lines)
    problems += schema_problems
    if not isinstance(loaded.value, Mapping):
        return None
    record = _with_checked_id(Record(type, _stem(path), path, loaded.value, loaded.marks, tuple(lines)), problems)
    if schema_problems:
        problems += _misleading_names(record, schemas)
    return record if loaded.whole and not schema_problems else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _with_checked_id(record: Record, problems: list[Problem]) -> Record:
    """The record; if its id differs from the file name, a finding is added to `problems`."""
    id = record.fields.get("id")
    if isinstance(id, str) and id != record.id:
        message = f"the id {id!r} differs from the file name"
        ways = [f"write `id: {record.id}`"] * (not name_fault(record.id)) + [f"rename the file to {id}.yaml"] * (not name_fault(id))
        hint = ", or ".join(ways) or "choose an id, and name the file after it"
        problems.append(record.problem("/id", "N301", message, hint))
    return record


def _misleading_names(record: Record, schemas: Schemas) -> Iterator[Problem]:
    """Findings for letters of other alphabets and paths in the record's id and in the ids that it refers to."""
    id = record.fields.get("id")
    if isinstance(id, str) and _is_misleading(id) and (invalid := name_fault(id)):
        yield record.problem("/id", *invalid)
    for relation in schemas.relations_of.get(record.type, ()):
        for pointer, value in select(record.fields, relation.path):
            if isinstance(value, str) and _is_misleading(value) and (invalid := name_fault(value)):
                yield record.problem(pointer, *invalid)


def _is_misleading(name: str) -> bool:
    """True for an invalid id that may look valid or is a path; for all others the finding of the schema is enough."""
    return not name.isascii() or "/" in name or "\\" in name


def _hidden_characters(schemas: Schemas, type: str, path: str, loaded: Loaded, lines: list[str]) -> Iterator[Problem]:
    verbatim = frozenset(path_of_value for path_of_value, allowed in schemas.annotated(type, "x-verbatim") if allowed)
    for pointer, in_key, hidden in escaped_findings(loaded.value, verbatim):
        mark = loaded.marks.get(pointer, Mark(0, 0))
        line, column = (mark.key_line, mark.key_column) if in_key else (mark.line, mark.column)
        source_line = lines[line - 1] if line else ""
        if source_line[column - 1 : column] not in ('"', ""):
            continue  # typed literally, and reported already
        hint = "remove it: only text copied from a source may contain it" if hidden.code != "N125" else "write the intended character"
        yield Problem(path, line, column, hidden.code, hidden.message, hint, pointer, source_line=source_line)
