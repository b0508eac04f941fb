"""From the text of a file to a sound record: YAML, hidden characters, names, schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normbook.findings.finding import Problem
from normbook.records.model import Record
from normbook.records.names import fault_of
from normbook.records.schema import Schemas, select
from normbook.records.yaml.hidden import escaped_findings, hides
from normbook.records.yaml.quick import LateLines, LateMarks, quick
from normbook.records.yaml.reader import Loaded, Mark, lines_of, load


def read_record(schemas: Schemas, type: str, path: str, text: str, problems: list[Problem]) -> Record | None:
    """The record that a file holds, or None with the reasons added to `problems`."""
    escaped = "\\" in text and hides(text)
    value = None if escaped else quick(text)
    if isinstance(value, Mapping) and schemas.allows(type, value):
        return _named(Record(type, _stem(path), path, value, LateMarks(text.__str__, path), LateLines(text.__str__)), problems)
    loaded = load(text, path)
    lines = lines_of(text)
    problems += loaded.problems
    if loaded.value is None and not loaded.whole:
        return None
    if escaped:
        problems += _escaped(schemas, type, path, loaded, lines)
    refused = schemas.explain(type, loaded, path, lines)
    problems += refused
    if not isinstance(loaded.value, Mapping):
        return None
    record = _named(Record(type, _stem(path), path, loaded.value, loaded.marks, tuple(lines)), problems)
    if refused:
        problems += _names(record, schemas)
    return record if loaded.whole and not refused else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _named(record: Record, problems: list[Problem]) -> Record:
    """The record; an id that differs from the file's name is added to `problems`."""
    id = record.fields.get("id")
    if isinstance(id, str) and id != record.id:
        said = f"the id {id!r} differs from the file's name"
        rename = f", or rename the file to {id}.yaml" if not fault_of(id) else ""
        problems.append(record.problem("/id", "N301", said, f"write «id: {record.id}»{rename}"))
    return record


def _names(record: Record, schemas: Schemas) -> Iterator[Problem]:
    """Letters of other alphabets and paths in the record's id and in the ids that it names, which the schema has refused."""
    id = record.fields.get("id")
    if isinstance(id, str) and _deceives(id) and (fault := fault_of(id)):
        yield record.problem("/id", *fault)
    for relation in schemas.relations_of.get(record.type, ()):
        for pointer, value in select(record.fields, relation.path):
            if isinstance(value, str) and _deceives(value) and (fault := fault_of(value)):
                yield record.problem(pointer, *fault)


def _deceives(name: str) -> bool:
    """True for a word that looks like an id and is none, or leads elsewhere; of other words the schema says enough."""
    return not name.isascii() or "/" in name or "\\" in name


def _escaped(schemas: Schemas, type: str, path: str, loaded: Loaded, lines: list[str]) -> Iterator[Problem]:
    verbatim = frozenset(where for where, said in schemas.annotated(type, "x-verbatim") if said)
    for pointer, in_key, found in escaped_findings(loaded.value, verbatim):
        mark = loaded.marks.get(pointer, Mark(0, 0))
        line, column = (mark.key_line, mark.key_column) if in_key else (mark.line, mark.column)
        row = lines[line - 1] if line else ""
        if row[column - 1 : column] not in ('"', ""):
            continue  # typed as it is, and told of already
        hint = "remove it: only words copied from a source may hold it" if found.code != "N125" else "write the character that is meant"
        yield Problem(path, line, column, found.code, found.words, hint, pointer, source_line=row)
