"""Graph -> page models: one page a record. Every decision about what a page shows is taken here; templates only print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from normbook.graph.evidence import Resolved, resolve
from normbook.graph.graph import natural
from normbook.publish.edition import source_model
from normbook.publish.page import Page
from normbook.publish.pieces import Piece, pieces, used
from normbook.publish.shelf import MOST_LINKS, Shelf, evidence_row, evidence_rows, facts, links, names_of, speaker
from normbook.records.model import Evidence, Quotation, Record
from normbook.records.schema import FOLDERS
from normbook.text.rules import RULES

MOST_MEMBERS = 500  # of a theme, on its page
SECTIONS = {
    "names": "Names", "said": "What was said", "coverage": "What is cited", "text": "The text", "wording": "Wording", "marks": "What was changed", "plain": "In plain words",
    "lost": "What the received wording lost", "disagreements": "Where the sources differ", "principles": "Principles", "offices": "Offices", "statements": "Statements",
    "members": "Under this theme", "comparison": "Side by side", "corresponds": "Corresponds to",
    "people": "People named, with their offices", "same": "The same occasion elsewhere", "facts": "Facts", "evidence": "Evidence",
    "links": "What links here", "use": "Use this record",
}  # fmt: skip


def record_page(shelf: Shelf, id: str) -> Page:
    """The page of one record."""
    record = shelf.graph.records[id]
    model = {**_shared(shelf, record), **MODELS[record.type](shelf, record)}
    present = [
        (key, title)
        for key, title in SECTIONS.items()
        if key in ("evidence", "links", "use", "facts") or model.get(key) or (key == "corresponds" and record.type == "principle")
    ]
    present = [pair for pair in present if pair[0] != "evidence" or model["evidence"]]
    model = dict.fromkeys(SECTIONS, False) | model | {"titles": SECTIONS}
    summary = (
        record.fields.get("summary")
        or record.fields.get("plain")
        or record.fields.get("definition")
        or record.fields.get("justification")
        or record.title
    )
    return Page(
        shelf.url(id),
        FOLDERS[record.type],
        f"{record.type}.html",
        record.title,
        str(summary)[:300],
        model,
        tuple(present),
        _search(record, model),
        id,
    )


def _shared(shelf: Shelf, record: Record) -> dict[str, Any]:
    status = {"reviewed": None, "withdrawn": None, **record.fields["status"]}
    return {
        "record": {**dict.fromkeys(shelf.schemas.properties(record.type)), **record.fields, "status": status}, "type": record.type, "folder": FOLDERS[record.type], "facts": facts(shelf, record), "evidence": evidence_rows(shelf, record),
        "links": links(shelf, record.id), "names": names_of(record), "path": record.path, "site": shelf.site, "use": True,
    }  # fmt: skip


def _search(record: Record, model: Mapping[str, Any]) -> str:
    """The words under which a record is found: its id, names, summary and wording."""
    fields = record.fields
    found = [
        record.id,
        *(name["text"] for name in fields.get("names", ())),
        *(fields.get(key, "") for key in ("summary", "plain", "definition", "justification")),
    ]
    found += [fields["original"]["text"]] if "original" in fields else []
    found += [label["text"] for label in fields.get("labels", ())]
    found += [reading["text"] for reading in model.get("searchable", ())]
    return "\n".join(filter(None, found))


def _principle(shelf: Shelf, record: Record) -> dict[str, Any]:
    worded = [each for each in record.evidence if "/wording" in each.bears and isinstance(each.what, Quotation)]
    initiative = record.fields["initiative"]
    siblings = sorted(
        (e.subject for e in shelf.graph.incoming(initiative) if e.relation == "initiative" and _list_of(e.subject) == _list_of(record.id)),
        key=natural,
    )
    at = siblings.index(record.id)
    wording = [_reading(shelf, each.what) for each in worded if isinstance(each.what, Quotation)]
    return {
        "wording": wording, "searchable": [{"text": each["corrected"]} for each in wording], "of": len(siblings), "part_of": record.fields.get("part_of"),
        "initiative": {"id": initiative, "title": shelf.graph.briefs[initiative].title}, "marks": any(each["rules"] or each["corrections"] for each in wording),
        "previous": siblings[at - 1] if at else "", "next": siblings[at + 1] if at + 1 < len(siblings) else "",
        "plain": record.fields.get("plain", ""), "lost": record.fields.get("lost", []), "corresponds": _correspondences(shelf, record),
    }  # fmt: skip


def _list_of(id: str) -> str:
    return id.rpartition("-")[0]


def _reading(shelf: Shelf, quotation: Quotation) -> dict[str, Any]:
    """The three readings of a quoted stretch, with what its marks mean."""
    readings = shelf.readings[quotation.source]
    place = resolve(quotation, readings)
    assert isinstance(place, Resolved)
    found = pieces(readings, place.start, place.end)
    rules, corrections = used(found)
    known = shelf.corrections.get(quotation.source, {})
    context = evidence_row(shelf, Evidence("", (), quotation), 0)
    return {
        "pieces": found, "received": "".join(p.received for p in found), "cleaned": "".join(p.cleaned for p in found), "corrected": "".join(p.corrected for p in found),
        "rules": [rule_row(name, found) for name in rules], "corrections": [correction_row(known[id]) for id in corrections if id in known],
        "source": quotation.source, "title": shelf.graph.briefs[quotation.source].title, "eid": context["eid"], "before": context["before"], "after": context["after"],
        "speaker": speaker(shelf, quotation), "stance": quotation.stance, "lang": shelf.graph.get(quotation.source, "/language"),
        "machine": shelf.graph.get(quotation.source, "/translation") == "machine", "raw_start": place.raw_start, "raw_end": place.raw_end,
    }  # fmt: skip


def correction_row(correction: Mapping[str, Any]) -> dict[str, Any]:
    """A correction as a page shows it: every key there, empty where the file has none."""
    return {"prefix": "", "suffix": "", "basis": "", "original": "", **correction}


def rule_row(name: str, found: list[Piece]) -> dict[str, Any]:
    """A rule as a page explains it, with what it changed here."""
    rule = RULES[name]
    changed = [
        (part.received, part.cleaned) for piece in found for part in (piece, *piece.parts) if part.kind == "edit" and name in part.ids
    ]
    return {"name": name, "summary": rule.summary, "changed": changed}


def _correspondences(shelf: Shelf, record: Record) -> list[dict[str, Any]]:
    rows = []
    for edge in shelf.graph.incoming(record.id):
        if edge.relation in ("subject", "object"):
            other = shelf.graph.records[edge.subject].fields
            far = other.get("object") if edge.relation == "subject" else other["subject"]
            far = far or other.get("object_initiative")
            rows.append(
                {
                    "id": edge.subject,
                    "relation": other["relation"],
                    "justification": other["justification"],
                    "far": far,
                    "title": shelf.graph.briefs[far].title if far else "",
                }
            )
    return rows


def _initiative(shelf: Shelf, record: Record) -> dict[str, Any]:
    own: list[dict[str, Any]] = []
    held = False
    spoken: list[dict[str, Any]] = []
    for id in sorted({e.subject for e in shelf.graph.incoming(record.id) if e.relation == "initiative"}, key=natural):
        principle = shelf.graph.records[id]
        row = {
            "id": id,
            "title": principle.title,
            "ordinal": principle.fields["ordinal"],
            "kind": principle.fields["kind"],
            "plain": principle.fields.get("plain", ""),
        }
        (spoken if "part_of" in principle.fields else own).append(row)
        held |= "wording" in principle.fields
    statements = [
        e.subject for e in shelf.graph.incoming(record.id) if e.relation == "about" and shelf.graph.type_of(e.subject) == "statement"
    ]
    return {
        "principles": [*own, *spoken],
        "own": own,
        "spoken": spoken,
        "found": len(own),
        "held": held,
        "statements": statement_rows(shelf, statements),
    }


def statement_rows(shelf: Shelf, ids: list[str]) -> list[dict[str, Any]]:
    """Statements as lists show them: who, stance, the words, where."""
    rows = []
    for id in sorted(dict.fromkeys(ids), key=natural)[:MOST_LINKS]:
        record = shelf.graph.records[id]
        said = next((each.what for each in record.evidence if isinstance(each.what, Quotation)), None)
        who = record.fields["speaker"]
        rows.append(
            {
                "id": id,
                "title": record.title,
                "speaker": who,
                "name": shelf.graph.briefs[who].title if who in shelf.graph.briefs else "unnamed",
                "stance": record.fields["stance"],
                "exact": said.exact if said else "",
                "source": said.source if said else "",
            }
        )
    return rows


def _statement(shelf: Shelf, record: Record) -> dict[str, Any]:
    said = [each.what for each in record.evidence if isinstance(each.what, Quotation) and "/stance" in each.bears]
    return {
        "said": [_reading(shelf, quotation) for quotation in said],
        "searchable": [{"text": quotation.exact} for quotation in said],
        "stance": record.fields["stance"],
    }


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
    sides = []
    for id in filter(None, (record.fields["subject"], record.fields.get("object"))):
        principle = shelf.graph.records[id]
        worded = [each.what for each in principle.evidence if "/wording" in each.bears and isinstance(each.what, Quotation)]
        wording = [_reading(shelf, quotation) for quotation in worded]
        sides.append({"id": id, "title": principle.title, "wording": wording, "plain": principle.fields.get("plain", "")})
    return {"comparison": sides, "justification": record.fields["justification"]}


def _plain(shelf: Shelf, record: Record) -> dict[str, Any]:
    return {}


MODELS: dict[str, Callable[[Shelf, Record], dict[str, Any]]] = {
    "source": source_model, "initiative": _initiative, "principle": _principle, "statement": _statement, "event": _event, "actor": _actor, "theme": _theme,
    "correspondence": _correspondence, "glossary": _plain,
}  # fmt: skip
