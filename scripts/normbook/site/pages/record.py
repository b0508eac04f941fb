"""The page models of records. All decisions about what a page shows are made here; templates only print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from normbook.graph.graph import natural
from normbook.records.model import Quotation, Record
from normbook.records.types import FOLDERS, SPECS
from normbook.site.chrome import record_data
from normbook.site.citations import cited
from normbook.site.context import RenderContext
from normbook.site.evidence import actor, evidence_rows, host, judgements, reviews_of
from normbook.site.exports.linked_data import quotation
from normbook.site.exports.record_files import alternates
from normbook.site.extras import WITH_FEED
from normbook.site.facts import Fact, Label, Value, facts, links, names_of
from normbook.site.glossary_terms import terms_in
from normbook.site.page import Page
from normbook.site.pages.compare import compared_with, pair_path, pair_row
from normbook.site.pages.edition import source_model
from normbook.site.pages.reports import told_by
from normbook.site.readings import beside, footnotes, outside, quoted_for, reading_of
from normbook.site.statements import by_occasion

MOST_CHANGES = 12  # changes shown on a record's page
MOST_MEMBERS = 500  # records shown on a theme's page
# sections of a record's page, in order; their titles are labels
SECTIONS = (
    "facts", "names", "said", "text", "wording", "marks", "plain", "lost", "lost_in_translation", "formal_text_adds", "texts", "disagreements", "principles",
    "corresponds", "terms", "offices", "statements", "told", "members", "comparison", "differs", "same", "places", "coverage", "people", "beside", "evidence", "use", "technical",
)  # fmt: skip
# fields that only a close reader asks for: they stand among the technical details of the page
TECHNICAL = {
    "principle": {"initiative", "part_of", "ordinal", "kind", "wording", "locator"}, "initiative": {"points"}, "statement": {"stance"}, "actor": {"demonyms"},
    "correspondence": {"subject", "object", "relation", "reviewer"}, "glossary": {"lang"},
}  # fmt: skip
OPPOSITE = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}  # relations as seen from the other side


def record_page(context: RenderContext, id: str) -> Page:
    """The page of one record."""
    record = context.graph.records[id]
    shared = _shared(context, record)
    model = {**shared, **(MODELS[record.type](context, record) if record.type in MODELS else {})}
    if first := model.pop("first_facts", []):
        model["facts"] = [*first, *model["facts"]]
    order = SECTIONS if record.type != "source" else (*SECTIONS[1:-3], "facts", *SECTIONS[-3:])  # of a source, the text comes first
    present = [(key, f"section.{key}") for key in order if key in ("use", "technical") or model.get(key)]
    model = dict.fromkeys(SECTIONS, False) | model
    fields = record.fields
    summary = next((fields[key] for key in ("summary", "plain", "definition", "justification") if fields.get(key)), record.title)
    if record.type == "principle":
        whole = context.graph.briefs[fields["initiative"]].title
        summary = f"{whole}, {fields['kind'].replace('-', ' ')} {fields['ordinal']}: {summary}"
    address = context.site["url"] + context.url(id)
    return Page(
        context.url(id), FOLDERS[record.type], SPECS[record.type].page_template, record.title, str(summary)[:300], model, tuple(present), id,
        context.graph.briefs[id].names, kind="article", linked=record_data(record.type, fields, address, context.site["url"]) | quotation(context, record), alternates=tuple(alternates(context, id)),
    )  # fmt: skip


def _shared(context: RenderContext, record: Record) -> dict[str, Any]:
    status = {"reviewed": None, "withdrawn": None, **record.fields["status"]}
    found = facts(context, record)
    technical = [fact for fact in found if _is_technical(fact, record.type)]
    return {
        "record": {**dict.fromkeys(context.schemas.properties(record.type)), **record.fields, "status": status}, "type": record.type,
        "folder": FOLDERS[record.type], "facts": [fact for fact in found if fact not in technical], "technical_facts": technical,
        "evidence": evidence_rows(context, record), "judgements": judgements(record), "reviews": reviews_of(record), "links": links(context, record.id),
        "names": names_of(record), "path": record.path, "site": context.site, "other_names": context.graph.briefs[record.id].names,
        "cite": cited(context, record), "own_feed": bool(context.site.get("feeds")) and record.type in WITH_FEED,
        "history": {"changes": context.history.changes.get(record.path, ())[:MOST_CHANGES], "absent": context.history.absent,
                    "more": max(0, len(context.history.changes.get(record.path, ())) - MOST_CHANGES)},
    }  # fmt: skip


def _is_technical(fact: Fact, type: str) -> bool:
    """Whether a fact is one that only a close reader asks for, such as the reason why a record has no identifier."""
    key = (fact.within or (fact.label,))[0].path.partition("/")[0]
    return key in TECHNICAL.get(type, ()) or (key == "identifiers" and any(value.word == "word.none" for value in fact.values))


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
    wording = [reading_of(context, each) for each in quoted_for(record, "/wording")]
    alone = {"before": "", "after": "", "received_around": ("", "")}  # whole sentences need no others around them
    wording = [each | alone if each["whole"] else each for each in wording]
    return {
        "wording": wording or outside(record), "of": len(siblings), "part_of": record.fields.get("part_of"), "notes": footnotes(wording),
        "initiative": initiative, "first_facts": _occasion(context, record, wording),
        "terms": [term for each in wording[:1] for term in terms_in(context, each["received"], each["corrected"])],
        "previous": siblings[at - 1] if at else "", "next": siblings[at + 1] if at + 1 < len(siblings) else "",
        "plain": record.fields.get("plain", ""), "limbs": _limbs(record), "texts": _texts(record),
        "corresponds": _correspondences(context, record),
    } | {key: _differences(record, key) for key in ("lost", "lost_in_translation", "formal_text_adds")}  # fmt: skip


def _list_of(id: str) -> str:
    return id.rpartition("-")[0]


def _occasion(context: RenderContext, record: Record, wording: list[dict[str, Any]]) -> list[Fact]:
    """Who said a principle, where and when; without quoted words, who put its initiative forward and when."""
    found: list[tuple[Label, list[Value]]]
    if wording:
        reported = [e.target for e in context.graph.outgoing(wording[0]["source"]) if e.relation == "reports"]
        event = (record.fields.get("part_of") or {}).get("event") or next(iter(reported), "")
        found = [(Label("speaker"), [wording[0]["speaker"]])]
        if event:
            brief = context.graph.briefs[event]
            found += [(Label("part_of/event"), [Value(brief.title, event)])]
            found += [(Label("date"), [Value("", date=brief.date)])] if brief.date else []
    else:
        fields = context.graph.records[record.fields["initiative"]].fields
        found = [(Label("proponents"), [actor(context, each) for each in fields["proponents"]])]
        if date := fields.get("announced", {}).get("date"):
            found.append((Label("announced/date"), [Value("", date=date["value"])]))
        found += [
            (Label("dates", word=f"word.{each['kind']}"), [Value("", date=each["date"]["value"])]) for each in fields.get("dates", ())
        ]
    return [Fact(label, tuple(values)) for label, values in found]


def _limbs(record: Record) -> list[dict[str, Any]]:
    """The limbs of a principle, each with the numbers of the evidence for its modal verb."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    return [
        {**limb, "evidence": [numbers[each.pointer] for each in record.evidence if f"/limbs/{i}/modality" in each.supports]}
        for i, limb in enumerate(record.fields.get("limbs", ()))
    ]


def _differences(record: Record, key: str) -> dict[str, Any]:
    """A list of differences from another text, and the places where they were seen, each once."""
    rows = record.fields.get(key, ())
    places = {(each["url"], each.get("locator", "")): each for each in rows}
    seen = [
        {"url": url, "host": host(url), "locator": locator, "read": each.get("read", ""), "bore": "", "archived": each.get("archived", "")}
        for (url, locator), each in places.items()
    ]
    return {"notes": [each["note"] for each in rows], "seen": seen} if rows else {}


def _texts(record: Record) -> list[dict[str, Any]]:
    """Where the text of a record can be read: each of its expressions, with the addresses of its copies and translations."""
    empty = dict.fromkeys(("source", "url", "lang", "authority", "publisher", "locator", "read", "bore", "note", "archived"), "")
    rows = [{**empty, **each, "host": host(each["url"]) if "url" in each else ""} for each in record.fields.get("texts", ())]
    groups = {row["expression"]: [each for each in rows if each["expression"] == row["expression"]] for row in rows}
    return [{"expression": name, "rows": found} for name, found in groups.items()]


def _correspondences(context: RenderContext, record: Record) -> list[dict[str, Any]]:
    """The assessed correspondences of a principle, with the other side's wording next to its own."""
    rows = []
    for edge in context.graph.incoming(record.id):
        if edge.relation in ("subject", "object") and context.graph.briefs[edge.subject].publication != "withdrawn":
            other = context.graph.records[edge.subject].fields
            if other["status"]["publication"] == "withdrawn":
                continue
            far = other.get("object") if edge.relation == "subject" else other["subject"]
            sides = list(beside(context, record, context.graph.records[far])) if far else []
            relation = other["relation"] if edge.relation == "subject" else OPPOSITE.get(other["relation"], other["relation"])
            rows.append(
                {
                    "id": edge.subject, "relation": relation, "justification": other["justification"], "differs": other.get("differs", ""),
                    "far": far or other.get("object_initiative"), "sides": sides,
                    "initiative": context.graph.records[far].fields["initiative"] if far else "",
                }
            )  # fmt: skip
    return rows


def _initiative(context: RenderContext, record: Record) -> dict[str, Any]:
    own: list[dict[str, Any]] = []
    apart: dict[tuple[str, str], list[dict[str, Any]]] = {}  # by their kind and the kind of the whole that they are part of
    for id in sorted({e.subject for e in context.graph.incoming(record.id) if e.relation == "initiative"}, key=natural):
        principle = context.graph.records[id]
        if principle.fields["status"]["publication"] == "withdrawn":
            continue
        quoted = next((each.what for each in quoted_for(principle, "/wording") if isinstance(each.what, Quotation)), None)
        row = {
            "id": id, "ordinal": principle.fields["ordinal"], "plain": principle.fields.get("plain", ""), "stub": "stub" in principle.fields,
            "words": quoted.exact if quoted else "", "lang": context.graph.get(quoted.source, "/language") if quoted else "",
            "machine": quoted is not None and context.graph.get(quoted.source, "/translation") == "machine",
        }  # fmt: skip
        if "part_of" in principle.fields:
            apart.setdefault((principle.fields["kind"], principle.fields["part_of"]["kind"]), []).append(row)
        else:
            own.append(row)
    statements = [
        e.subject for e in context.graph.incoming(record.id) if e.relation == "about" and context.graph.type_of(e.subject) == "statement"
    ]
    principles = [*own, *(row for rows in apart.values() for row in rows)]
    return {
        "principles": principles, "own": own, "found": len(own), "held": any(row["words"] for row in principles),
        "apart": [{"kind": kind, "whole": whole, "rows": rows} for (kind, whole), rows in apart.items()],
        "machine": any(row["machine"] for row in principles), "statements": _listed(context, statements), "texts": _texts(record),
        "beside": [(each, pair_path(record.id, each)) for each in compared_with(context, record.id)],
    }  # fmt: skip


def _listed(context: RenderContext, ids: Iterable[str]) -> dict[str, Any]:
    """A list of statements by occasion; empty if there are none."""
    found = by_occasion(context, ids)
    return found if found["total"] else {}


def _statement(context: RenderContext, record: Record) -> dict[str, Any]:
    said = [reading_of(context, each) for each in quoted_for(record, "/stance")]
    fields = record.fields
    event = fields.get("event", "")
    dated = "date" not in fields and event and context.graph.briefs[event].date
    return {
        "said": said or outside(record), "stance": fields["stance"], "speaker": actor(context, fields["speaker"]),
        "holder": actor(context, fields["holder"]) if "holder" in fields else None,
        "first_facts": [Fact(Label("date"), (Value("", date=context.graph.briefs[event].date),))] if dated else [],
    }  # fmt: skip


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
    tellers = told_by(context, (value["source"] for row in rows for value in row["values"] if value["source"]))
    return {"disagreements": rows, "tellers": tellers, "statements": _listed(context, made)}


def _actor(context: RenderContext, record: Record) -> dict[str, Any]:
    links_here = context.graph.incoming(record.id)
    return {
        "offices": offices_of(record),
        "statements": _listed(context, [e.subject for e in links_here if e.relation == "speaker"]),
        "told": _listed(
            context, [e.subject for e in links_here if e.relation == "holder" and context.graph.type_of(e.subject) == "statement"]
        ),
    }


def offices_of(record: Record) -> list[dict[str, Any]]:
    """The offices of an actor, each once, with the days on which a source names it and the numbers of their evidence."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for i, office in enumerate(record.fields.get("offices", ())):
        title, of = office["title"], office.get("of", "")
        row = found.setdefault((title, of), {"title": title, "of": of, "days": [], "numbers": []})
        row["days"] += [office["held_on"]] if office.get("held_on") and office["held_on"] not in row["days"] else []
        row["numbers"] += [n for p, n in numbers.items() if p.startswith(f"/offices/{i}/")]
    return list(found.values())


def _theme(context: RenderContext, record: Record) -> dict[str, Any]:
    """The records under a theme: its principles by initiative, without those that take no part in comparison, and the rest."""
    ids = sorted({e.subject for e in context.graph.incoming(record.id) if e.relation == "themes"}, key=natural)
    found = [brief for brief in (context.graph.briefs[id] for id in ids) if brief.publication != "withdrawn" and not brief.stub]
    stubs = [id for id in ids if context.graph.briefs[id].stub and context.graph.briefs[id].publication != "withdrawn"]
    groups: dict[str, list[Any]] = {}
    for brief in found[:MOST_MEMBERS]:
        edges = context.graph.outgoing(brief.id) if brief.type == "principle" else ()
        groups.setdefault(next((e.target for e in edges if e.relation == "initiative"), ""), []).append(brief)
    return {"members": sorted(groups.items()), "more": max(0, len(found) - MOST_MEMBERS), "stubs": stubs[:MOST_MEMBERS]}


def _correspondence(context: RenderContext, record: Record) -> dict[str, Any]:
    ids = [id for id in (record.fields["subject"], record.fields.get("object")) if id]
    sides = list(beside(context, *(context.graph.records[id] for id in ids))) if len(ids) == 2 else []
    return {"comparison": bool(sides), "judged": {**pair_row(record), "seen": record.fields["relation"], "sides": sides}}


# the parts of a type's page that other pages do not have
MODELS: dict[str, Callable[[RenderContext, Record], dict[str, Any]]] = {
    "source": source_model, "initiative": _initiative, "principle": _principle, "statement": _statement, "event": _event, "actor": _actor, "theme": _theme,
    "correspondence": _correspondence,
}  # fmt: skip
