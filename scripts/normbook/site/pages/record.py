"""The page models of records. All decisions about what a page shows are made here; templates only print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from normbook.graph.graph import natural
from normbook.records.model import Quotation, Record
from normbook.records.types import FOLDERS, SPECS
from normbook.site.chrome import record_data
from normbook.site.citations import citations, plain
from normbook.site.context import RenderContext
from normbook.site.evidence import evidence_rows
from normbook.site.exports.record_files import alternates
from normbook.site.facts import MOST_LINKS, facts, links, names_of
from normbook.site.glossary_terms import terms_in
from normbook.site.page import Page
from normbook.site.pages.compare import compared_with, pair_path, pair_row
from normbook.site.pages.edition import source_model
from normbook.site.readings import beside, footnotes, outside, reading, wording_quotations

MOST_CHANGES = 12  # changes shown on a record's page
MOST_MEMBERS = 500  # records shown on a theme's page
# sections of a record's page, in order; their titles are labels
SECTIONS = (
    "names", "said", "text", "wording", "marks", "plain", "terms", "lost", "lost_in_translation", "formal_text_adds", "disagreements", "principles", "beside", "offices",
    "statements", "members", "comparison", "corresponds", "same", "coverage", "people", "facts", "evidence", "links", "history", "use",
)  # fmt: skip


def record_page(context: RenderContext, id: str) -> Page:
    """The page of one record."""
    record = context.graph.records[id]
    model = {**_shared(context, record), **(MODELS[record.type](context, record) if record.type in MODELS else {})}
    always = ("links", "use", "facts", "history")
    present = [
        (key, f"section.{key}")
        for key in SECTIONS
        if key in always or model.get(key) or (key == "corresponds" and record.type == "principle")
    ]
    model = dict.fromkeys(SECTIONS, False) | model
    fields = record.fields
    summary = next((fields[key] for key in ("summary", "plain", "definition", "justification") if fields.get(key)), record.title)
    if record.type == "principle":
        whole = context.graph.briefs[fields["initiative"]].title
        summary = f"{whole}, {fields['kind'].replace('-', ' ')} {fields['ordinal']}: {summary}"
    address = context.site["url"] + context.url(id)
    return Page(
        context.url(id), FOLDERS[record.type], SPECS[record.type].page_template, record.title, str(summary)[:300], model, tuple(present), id,
        context.graph.briefs[id].names, kind="article", linked=record_data(record.type, fields, address, context.site["url"]), alternates=tuple(alternates(context, id)),
    )  # fmt: skip


def _shared(context: RenderContext, record: Record) -> dict[str, Any]:
    status = {"reviewed": None, "withdrawn": None, **record.fields["status"]}
    address = context.site["url"] + context.url(record.id)
    return {
        "record": {**dict.fromkeys(context.schemas.properties(record.type)), **record.fields, "status": status}, "type": record.type,
        "folder": FOLDERS[record.type], "facts": facts(context, record), "evidence": evidence_rows(context, record), "links": links(context, record.id),
        "names": names_of(record), "path": record.path, "site": context.site, "use": True, "other_names": context.graph.briefs[record.id].names,
        "cite": {"plain": plain(record.title, record.id, address, context.site), "forms": citations(record.title, record.id, address, context.site)},
        "history": {"changes": context.history.changes.get(record.path, ())[:MOST_CHANGES], "absent": context.history.absent,
                    "more": max(0, len(context.history.changes.get(record.path, ())) - MOST_CHANGES)},
    }  # fmt: skip


def _principle(context: RenderContext, record: Record) -> dict[str, Any]:
    initiative = record.fields["initiative"]
    siblings = sorted(
        (
            e.subject
            for e in context.graph.incoming(initiative)
            if e.relation == "initiative" and _list_of(e.subject) == _list_of(record.id)
        ),
        key=natural,
    )
    at = siblings.index(record.id)
    wording = [reading(context, quotation) for quotation in wording_quotations(record)]
    notes = footnotes(wording)
    return {
        "wording": wording or outside(record), "of": len(siblings), "part_of": record.fields.get("part_of"), "notes": notes,
        "initiative": initiative, "marks": bool(notes["rules"] or notes["corrections"]),
        "terms": [term for each in wording[:1] for term in terms_in(context, each["received"], each["corrected"])],
        "previous": siblings[at - 1] if at else "", "next": siblings[at + 1] if at + 1 < len(siblings) else "",
        "plain": record.fields.get("plain", ""), "lost": record.fields.get("lost", []), "lost_in_translation": record.fields.get("lost_in_translation", []),
        "formal_text_adds": record.fields.get("formal_text_adds", []), "corresponds": _correspondences(context, record),
    }  # fmt: skip


def _list_of(id: str) -> str:
    return id.rpartition("-")[0]


def _correspondences(context: RenderContext, record: Record) -> list[dict[str, Any]]:
    """The assessed correspondences of a principle, with the other side's wording next to its own."""
    rows = []
    for edge in context.graph.incoming(record.id):
        if edge.relation in ("subject", "object"):
            other = context.graph.records[edge.subject].fields
            if other["status"]["publication"] == "withdrawn":
                continue
            far = other.get("object") if edge.relation == "subject" else other["subject"]
            sides = list(beside(context, record, context.graph.records[far])) if far else []
            rows.append(
                {
                    "id": edge.subject, "relation": other["relation"], "inverse": edge.relation == "object", "justification": other["justification"],
                    "far": far or other.get("object_initiative"), "sides": sides, "initiative": context.graph.records[far].fields["initiative"] if far else "",
                }
            )  # fmt: skip
    return rows


def _initiative(context: RenderContext, record: Record) -> dict[str, Any]:
    own: list[dict[str, Any]] = []
    is_held = False
    spoken: list[dict[str, Any]] = []
    for id in sorted({e.subject for e in context.graph.incoming(record.id) if e.relation == "initiative"}, key=natural):
        principle = context.graph.records[id]
        row = {"id": id, "ordinal": principle.fields["ordinal"], "plain": principle.fields.get("plain", "")}
        (spoken if "part_of" in principle.fields else own).append(row)
        is_held |= "wording" in principle.fields
    statements = [
        e.subject for e in context.graph.incoming(record.id) if e.relation == "about" and context.graph.type_of(e.subject) == "statement"
    ]
    return {
        "principles": [*own, *spoken], "own": own, "spoken": spoken, "found": len(own), "held": is_held, "statements": statement_rows(context, statements),
        "beside": [(each, pair_path(record.id, each)) for each in compared_with(context, record.id)],
    }  # fmt: skip


def statement_rows(context: RenderContext, ids: list[str]) -> list[dict[str, Any]]:
    """Statements for lists: speaker, stance, words, and source."""
    rows = []
    for id in sorted(dict.fromkeys(ids), key=natural)[:MOST_LINKS]:
        record = context.graph.records[id]
        said = next((each.what for each in record.evidence if isinstance(each.what, Quotation) and "/stance" in each.supports), None)
        told = next((each["paraphrase"] for each in outside(record)), "") if not said else ""
        row = {"id": id, "stance": record.fields["stance"], "told": told, "said": reading(context, said) if said else None}
        row |= {"speaker": record.fields["speaker"], "date": record.fields.get("date", {}).get("value", "")}
        rows.append(row)
    return rows


def _statement(context: RenderContext, record: Record) -> dict[str, Any]:
    said = [each.what for each in record.evidence if isinstance(each.what, Quotation) and "/stance" in each.supports]
    teller = next((each.speaker for each in said if each.speaker != record.fields["speaker"] and each.speaker in context.graph.briefs), "")
    return {"said": [reading(context, each) for each in said] or outside(record), "stance": record.fields["stance"], "teller": teller}


def _event(context: RenderContext, record: Record) -> dict[str, Any]:
    rows = []
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    for i, each in enumerate(record.fields.get("disagreements", ())):
        values = [
            {
                "value": value["value"],
                "source": value["evidence"][0].get("source", ""),
                "evidence": [n for p, n in numbers.items() if p.startswith(f"/disagreements/{i}/values/{j}/")],
            }
            for j, value in enumerate(each["values"])
        ]
        rows.append({"field": each["field"], "values": values})
    made = [e.subject for e in context.graph.incoming(record.id) if e.relation == "event"]
    return {"disagreements": rows, "statements": statement_rows(context, made)}


def _actor(context: RenderContext, record: Record) -> dict[str, Any]:
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    offices = [
        {"of": "", "held_on": "", **office, "numbers": [n for p, n in numbers.items() if p.startswith(f"/offices/{i}/")]}
        for i, office in enumerate(record.fields.get("offices", ()))
    ]
    made = [e.subject for e in context.graph.incoming(record.id) if e.relation == "speaker"]
    return {"offices": offices, "statements": statement_rows(context, made)}


def _theme(context: RenderContext, record: Record) -> dict[str, Any]:
    members = sorted({e.subject for e in context.graph.incoming(record.id) if e.relation == "themes"}, key=natural)
    return {
        "members": [context.graph.briefs[id] for id in members[:MOST_MEMBERS]],
        "more": max(0, len(members) - MOST_MEMBERS),
        "definition": record.fields["definition"],
    }


def _correspondence(context: RenderContext, record: Record) -> dict[str, Any]:
    ids = [id for id in (record.fields["subject"], record.fields.get("object")) if id]
    sides = list(beside(context, *(context.graph.records[id] for id in ids))) if len(ids) == 2 else []
    return {"comparison": bool(sides), "judged": {**pair_row(record), "seen": record.fields["relation"], "sides": sides}}


# the parts of a type's page that other pages do not have
MODELS: dict[str, Callable[[RenderContext, Record], dict[str, Any]]] = {
    "source": source_model, "initiative": _initiative, "principle": _principle, "statement": _statement, "event": _event, "actor": _actor, "theme": _theme,
    "correspondence": _correspondence,
}  # fmt: skip
