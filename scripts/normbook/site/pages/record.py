"""Graph -> page models: one page a record. Every decision about what a page shows is taken here; templates only print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from normbook.graph.graph import natural
from normbook.records.model import Quotation, Record
from normbook.records.types import FOLDERS, SPECS
from normbook.site.chrome import record_data
from normbook.site.citations import citations, plain
from normbook.site.context import Shelf
from normbook.site.evidence import evidence_rows
from normbook.site.exports.record_files import alternates
from normbook.site.facts import MOST_LINKS, facts, links, names_of
from normbook.site.glossary_terms import terms_in
from normbook.site.page import Page
from normbook.site.pages.compare import has_pairs, pair_path
from normbook.site.pages.edition import source_model
from normbook.site.readings import beside, noted, outside, reading, worded

MOST_CHANGES = 12  # of a record's history, on its page
MOST_MEMBERS = 500  # of a theme, on its page
# of a record's page, in order; their titles are labels
SECTIONS = (
    "names", "said", "coverage", "text", "wording", "marks", "plain", "terms", "lost", "lost_in_translation", "formal_text_adds", "disagreements", "principles", "beside", "offices",
    "statements", "members", "comparison", "corresponds", "people", "same", "facts", "evidence", "links", "history", "use",
)  # fmt: skip


def record_page(shelf: Shelf, id: str) -> Page:
    """The page of one record."""
    record = shelf.graph.records[id]
    model = {**_shared(shelf, record), **(MODELS[record.type](shelf, record) if record.type in MODELS else {})}
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
        whole = shelf.graph.briefs[fields["initiative"]].title
        summary = f"{whole}, {fields['kind'].replace('-', ' ')} {fields['ordinal']}: {summary}"
    address = shelf.site["url"] + shelf.url(id)
    return Page(
        shelf.url(id), FOLDERS[record.type], SPECS[record.type].page_template, record.title, str(summary)[:300], model, tuple(present), id,
        shelf.graph.briefs[id].names, kind="article", linked=record_data(record.type, fields, address, shelf.site["url"]), alternates=tuple(alternates(shelf, id)),
    )  # fmt: skip


def _shared(shelf: Shelf, record: Record) -> dict[str, Any]:
    status = {"reviewed": None, "withdrawn": None, **record.fields["status"]}
    address = shelf.site["url"] + shelf.url(record.id)
    return {
        "record": {**dict.fromkeys(shelf.schemas.properties(record.type)), **record.fields, "status": status}, "type": record.type,
        "folder": FOLDERS[record.type], "facts": facts(shelf, record), "evidence": evidence_rows(shelf, record), "links": links(shelf, record.id),
        "names": names_of(record), "path": record.path, "site": shelf.site, "use": True, "other_names": shelf.graph.briefs[record.id].names,
        "cite": {"plain": plain(record.title, record.id, address, shelf.site), "forms": citations(record.title, record.id, address, shelf.site)},
        "history": {"changes": shelf.history.changes.get(record.path, ())[:MOST_CHANGES], "absent": shelf.history.absent,
                    "more": max(0, len(shelf.history.changes.get(record.path, ())) - MOST_CHANGES)},
    }  # fmt: skip


def _principle(shelf: Shelf, record: Record) -> dict[str, Any]:
    initiative = record.fields["initiative"]
    siblings = sorted(
        (e.subject for e in shelf.graph.incoming(initiative) if e.relation == "initiative" and _list_of(e.subject) == _list_of(record.id)),
        key=natural,
    )
    at = siblings.index(record.id)
    wording = [reading(shelf, quotation) for quotation in worded(record)]
    notes = noted(wording)
    return {
        "wording": wording or outside(record), "of": len(siblings), "part_of": record.fields.get("part_of"), "notes": notes,
        "initiative": initiative, "marks": bool(notes["rules"] or notes["corrections"]),
        "terms": [term for each in wording[:1] for term in terms_in(shelf, each["received"], each["corrected"])],
        "previous": siblings[at - 1] if at else "", "next": siblings[at + 1] if at + 1 < len(siblings) else "",
        "plain": record.fields.get("plain", ""), "lost": record.fields.get("lost", []), "lost_in_translation": record.fields.get("lost_in_translation", []),
        "formal_text_adds": record.fields.get("formal_text_adds", []), "corresponds": _correspondences(shelf, record),
    }  # fmt: skip


def _list_of(id: str) -> str:
    return id.rpartition("-")[0]


def _correspondences(shelf: Shelf, record: Record) -> list[dict[str, Any]]:
    """The assessed pairs that a principle is one side of, the other side's wording beside its own."""
    rows = []
    for edge in shelf.graph.incoming(record.id):
        if edge.relation in ("subject", "object"):
            other = shelf.graph.records[edge.subject].fields
            far = other.get("object") if edge.relation == "subject" else other["subject"]
            sides = list(beside(shelf, record, shelf.graph.records[far])) if far else []
            rows.append(
                {
                    "id": edge.subject, "relation": other["relation"], "inverse": edge.relation == "object", "justification": other["justification"],
                    "far": far or other.get("object_initiative"), "sides": sides, "initiative": shelf.graph.records[far].fields["initiative"] if far else "",
                }
            )  # fmt: skip
    return rows


def _initiative(shelf: Shelf, record: Record) -> dict[str, Any]:
    own: list[dict[str, Any]] = []
    is_held = False
    spoken: list[dict[str, Any]] = []
    for id in sorted({e.subject for e in shelf.graph.incoming(record.id) if e.relation == "initiative"}, key=natural):
        principle = shelf.graph.records[id]
        row = {"id": id, "ordinal": principle.fields["ordinal"], "plain": principle.fields.get("plain", "")}
        (spoken if "part_of" in principle.fields else own).append(row)
        is_held |= "wording" in principle.fields
    statements = [
        e.subject for e in shelf.graph.incoming(record.id) if e.relation == "about" and shelf.graph.type_of(e.subject) == "statement"
    ]
    beside = [(each, pair_path(record.id, each)) for each in shelf.graph.ids_of("initiative") if each != record.id]
    return {
        "principles": [*own, *spoken], "own": own, "spoken": spoken, "found": len(own), "held": is_held, "statements": statement_rows(shelf, statements),
        "beside": beside if has_pairs(shelf) else [],
    }  # fmt: skip


def statement_rows(shelf: Shelf, ids: list[str]) -> list[dict[str, Any]]:
    """Statements as lists show them: who, stance, the words, where."""
    rows = []
    for id in sorted(dict.fromkeys(ids), key=natural)[:MOST_LINKS]:
        record = shelf.graph.records[id]
        said = next((each.what for each in record.evidence if isinstance(each.what, Quotation) and "/stance" in each.supports), None)
        told = next((each["paraphrase"] for each in outside(record)), "") if not said else ""
        row = {"id": id, "stance": record.fields["stance"], "told": told, "said": reading(shelf, said) if said else None}
        row |= {"speaker": record.fields["speaker"], "date": record.fields.get("date", {}).get("value", "")}
        rows.append(row)
    return rows


def _statement(shelf: Shelf, record: Record) -> dict[str, Any]:
    said = [each.what for each in record.evidence if isinstance(each.what, Quotation) and "/stance" in each.supports]
    teller = next((each.speaker for each in said if each.speaker != record.fields["speaker"] and each.speaker in shelf.graph.briefs), "")
    return {"said": [reading(shelf, each) for each in said] or outside(record), "stance": record.fields["stance"], "teller": teller}


def _event(shelf: Shelf, record: Record) -> dict[str, Any]:
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
    made = [e.subject for e in shelf.graph.incoming(record.id) if e.relation == "event"]
    return {"disagreements": rows, "statements": statement_rows(shelf, made)}


def _actor(shelf: Shelf, record: Record) -> dict[str, Any]:
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    offices = [
        {"of": "", "held_on": "", **office, "numbers": [n for p, n in numbers.items() if p.startswith(f"/offices/{i}/")]}
        for i, office in enumerate(record.fields.get("offices", ()))
    ]
    made = [e.subject for e in shelf.graph.incoming(record.id) if e.relation == "speaker"]
    return {"offices": offices, "statements": statement_rows(shelf, made)}


def _theme(shelf: Shelf, record: Record) -> dict[str, Any]:
    members = sorted({e.subject for e in shelf.graph.incoming(record.id) if e.relation == "themes"}, key=natural)
    return {
        "members": [shelf.graph.briefs[id] for id in members[:MOST_MEMBERS]],
        "more": max(0, len(members) - MOST_MEMBERS),
        "definition": record.fields["definition"],
    }


def _correspondence(shelf: Shelf, record: Record) -> dict[str, Any]:
    ids = [id for id in (record.fields["subject"], record.fields.get("object")) if id]
    records = [shelf.graph.records[id] for id in ids]
    sides = list(beside(shelf, *records)) if len(records) == 2 else []
    return {"comparison": sides, "justification": record.fields["justification"]}


# what the page of a type shows beside the parts that all pages share
MODELS: dict[str, Callable[[Shelf, Record], dict[str, Any]]] = {
    "source": source_model, "initiative": _initiative, "principle": _principle, "statement": _statement, "event": _event, "actor": _actor, "theme": _theme,
    "correspondence": _correspondence,
}  # fmt: skip
