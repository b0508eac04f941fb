"""The list of each record type, with what a reader compares: who, when, of what kind. Who's who is the list of the actors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from normbook.graph.graph import Brief, natural
from normbook.records.types import FOLDERS
from normbook.site.context import RenderContext
from normbook.site.evidence import actor
from normbook.site.facts import Value
from normbook.site.page import Page
from normbook.site.pages.record import offices_of
from normbook.site.statements import statement_row

ROWS = 500  # per page
Line = tuple[Value, ...]  # the values of one line of a cell
Cells = tuple[tuple[Line, ...], ...]
UNDATED = "9999"  # sorts after every date
KINDS = ("person", "state", "organisation", "group")  # of actors, in the order of who's who
STATES = ("main", "stub", "withdrawn")  # the parts of a list, in order


def parts(total: int, size: int = ROWS) -> int:
    """The number of pages of a list; an empty list has one."""
    return max(1, -(-total // size))


def path(stem: str, number: int) -> str:
    """The path of one page of a list, counted from 0."""
    return f"{stem}{f'-{number + 1}' if number else ''}.html"


def pages(total: int, stem: str, size: int = ROWS) -> list[str]:
    """The paths of all pages of a list; none if there is only one."""
    return [path(stem, number) for number in range(parts(total, size))] if total > size else []


def type_index(context: RenderContext, type: str, number: int) -> Page:
    """The list of one type, ROWS records per page. On each, records that take no part in comparison come last, under headings of their own."""
    found = context.graph.ids_of(type)
    shown = sorted((context.graph.briefs[id] for id in found[number * ROWS : (number + 1) * ROWS]), key=lambda each: _order(context, each))
    columns, cells = COLUMNS.get(type, ((), _no_cells))
    rows = [{"brief": brief, "state": _state(brief), "cells": cells(context, brief) if _state(brief) == "main" else ()} for brief in shown]
    stem = f"{FOLDERS[type]}/index"
    model = {
        "groups": [(state, own) for state in STATES if (own := [row for row in rows if row["state"] == state])], "columns": columns, "type": type,
        "total": len(found), "pages": pages(len(found), stem), "number": number, "first": not number, "frozen": bool(context.site.get("release")),
    }  # fmt: skip
    return Page(path(stem, number), FOLDERS[type], "index.html", f"type-list.{type}", f"type-list-about.{type}", model)


def _state(brief: Brief) -> str:
    return "withdrawn" if brief.publication == "withdrawn" else "stub" if brief.stub else "main"


def _order(context: RenderContext, brief: Brief) -> tuple[Any, ...]:
    """What has a date by it, those without one last; actors by kind, people first; all else by id as people count."""
    first: str | int = ""
    if brief.type in ("initiative", "event"):
        first = brief.date or UNDATED
    elif brief.type == "statement":
        first = statement_row(context, brief.id)["date"] or UNDATED
    elif brief.type == "actor":
        first = KINDS.index(context.graph.records[brief.id].fields["kind"])
    return (first, natural(brief.id))


def _one(*values: Value) -> tuple[Line, ...]:
    return (values,) if values else ()


def _word(value: Any) -> tuple[Line, ...]:
    return _one(Value("", word=f"word.{value}")) if value else ()


def _day(value: str) -> tuple[Line, ...]:
    return _one(Value("", date=value)) if value else ()


def _refs(context: RenderContext, ids: Sequence[str]) -> tuple[Line, ...]:
    return _one(*(Value(context.graph.briefs[id].title, id) for id in ids))


def _targets(context: RenderContext, id: str, *relations: str) -> list[str]:
    return [edge.target for edge in context.graph.outgoing(id) if edge.relation in relations]


def _no_cells(context: RenderContext, brief: Brief) -> Cells:
    return ()


def _initiative(context: RenderContext, brief: Brief) -> Cells:
    fields = context.graph.records[brief.id].fields
    points = sum(edge.relation == "initiative" for edge in context.graph.incoming(brief.id))
    return (
        _day(brief.date or next((each["date"]["value"] for each in fields.get("dates", ())), "")), _refs(context, fields["proponents"]),
        _word(fields.get("legal_nature")), _one(Value(str(points))) if points else (),
    )  # fmt: skip


def _principle(context: RenderContext, brief: Brief) -> Cells:
    modality = context.graph.records[brief.id].fields.get("modality")
    return _refs(context, _targets(context, brief.id, "initiative")), _word(modality if modality != "unstated" else "")


def _statement(context: RenderContext, brief: Brief) -> Cells:
    row = statement_row(context, brief.id)
    view = (Value("", row["holder"].ref, label="holder"),) if row["holder"] else ()
    return _day(row["date"]), ((row["speaker"],), *((view,) if view else ())), _word(row["stance"]), _word(row["speech"])


def _event(context: RenderContext, brief: Brief) -> Cells:
    fields = context.graph.records[brief.id].fields
    return _day(brief.date), _word(fields["kind"]), _refs(context, fields.get("participants", ()))


def _actor(context: RenderContext, brief: Brief) -> Cells:
    """The kind, and the offices with the days on which a source names them, or else the actors that this one belongs to."""
    record = context.graph.records[brief.id]
    lines = tuple(
        (
            Value(office["title"]),
            *((actor(context, office["of"]),) if office["of"] else ()),
            *(Value("", date=day) for day in office["days"]),
        )
        for office in offices_of(record)
    )
    speaks = sum(
        edge.relation in ("speaker", "holder") and context.graph.type_of(edge.subject) == "statement"
        for edge in context.graph.incoming(brief.id)
    )
    return (
        _word(record.fields["kind"]),
        lines or _refs(context, record.fields.get("part_of", ())),
        _one(Value(str(speaks))) if speaks else (),
    )


def _source(context: RenderContext, brief: Brief) -> Cells:
    fields = context.graph.records[brief.id].fields
    return _day(brief.date), _one(Value(str(fields.get("publisher") or ""))), _one(Value("", word=f"language.{fields['language']}"))


def _theme(context: RenderContext, brief: Brief) -> Cells:
    return (_one(Value(str(sum(edge.relation == "themes" for edge in context.graph.incoming(brief.id))))),)


def _correspondence(context: RenderContext, brief: Brief) -> Cells:
    fields = context.graph.records[brief.id].fields
    ends = [context.graph.get(fields["subject"], "/initiative")]
    ends += [context.graph.get(fields["object"], "/initiative")] if fields.get("object") else [fields["object_initiative"]]
    return _one(Value("", word=f"word.{fields['relation']}")), _refs(context, ends)


def _glossary(context: RenderContext, brief: Brief) -> Cells:
    wrong = context.graph.records[brief.id].fields.get("mistranslations", ())
    return (tuple((Value(each["text"], lang="en"),) for each in wrong),)


Column = Callable[[RenderContext, Brief], Cells]
# for each type: the labels of its columns after the title, and what stands in them
COLUMNS: Mapping[str, tuple[tuple[str, ...], Column]] = {
    "source": (("common.date", "column.publisher", "column.language"), _source),
    "initiative": (("common.date", "column.proponents", "column.legal-nature", "column.points"), _initiative),
    "principle": (("common.initiative", "column.modality"), _principle),
    "statement": (("common.date", "column.speaker", "column.stance", "column.speech"), _statement),
    "event": (("common.date", "column.kind", "column.participants"), _event),
    "actor": (("column.kind", "column.office", "column.statements"), _actor),
    "theme": (("column.records",), _theme),
    "correspondence": (("common.relation", "column.between"), _correspondence),
    "glossary": (("column.mistranslations",), _glossary),
}
