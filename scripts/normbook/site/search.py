"""What the search reads: an entry for each page, and the sentences of the sources. The browser loads both. There is no index: see docs/decisions/0015."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from normbook.graph.evidence import Resolved, resolve
from normbook.graph.graph import Edge, Graph
from normbook.languages.language import vocabulary
from normbook.languages.phrases import first_words
from normbook.records.model import Quotation, Record
from normbook.site.context import RenderContext
from normbook.site.spans import pieces

LONGEST = 480  # code points of text per entry
ENTRIES, SENTENCES = "search/entries.js", "search/sentences.js"
GLOBALS = MappingProxyType({ENTRIES: "normbookEntries", SENTENCES: "normbookSentences"})
END = "\n];\n"
ACTS = MappingProxyType(
    {"denied": "acts.deny", "proposed": "acts.propose", "reported": "acts.report"}
)  # the list of words for what a speaker does
SUBSTANCE = frozenset({"/wording", "/stance"})  # the claims whose quotations are shown with speaker and stance


def entry(graph: Graph, id: str, path: str, named: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """The search entry of a record: its names, facets, a summary by the editors and, separately, a quotation with its stance. Empty values are left out.

    `named` has the record's names in the other languages of the site. `linked` are the records by whose names it is found too: people,
    themes and its initiative; their names are not repeated here.
    """
    record, brief = graph.records[id], graph.briefs[id]
    fields = record.fields
    words = [name["text"] for name in fields.get("names", ()) if name["text"] not in (brief.title, *named.values())]
    words += [*fields.get("variants", ()), brief.summary]
    initiative = fields.get("initiative", id if record.type == "initiative" else "")
    native = next(iter(named.values()), "")
    found = {
        "path": path, "type": record.type, "title": brief.title, "native": native if native != brief.title else "", "id": id, "date": _date(graph, record),
        "themes": list(fields.get("themes", ())), "initiative": initiative, "people": list(dict.fromkeys(people(graph, record))),
        "text": shortened(_one_text(words)), **_quotation(graph, record),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value or key == "path"}


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text of at most so many code points: a longer one ends after a word, or after any sign if it has no spaces, with an ellipsis.

    >>> shortened("attributed and reported", 18), shortened("attributed", 18)
    ('attributed and …', 'attributed')
    """
    if len(text) <= longest:
        return text
    start = text[: longest - 1]
    return (start[: start.rindex(" ")] if " " in start[longest // 2 :] else start[:-1]) + " …"


def _one_text(words: Iterable[str]) -> str:
    """Names and a summary as one text.

    >>> _one_text(["ARF", "Regional Forum", "A forum of ports."]), _one_text(["A forum of ports."])
    ('ARF; Regional Forum. A forum of ports.', 'A forum of ports.')
    """
    *names, summary = words
    return ". ".join(filter(None, ("; ".join(names), summary)))


def _quotation(graph: Graph, record: Record) -> dict[str, Any]:
    """The quotation that carries what the record says, with its stance, its speaker, and whether it is from a machine translation."""
    for each in record.evidence:
        if isinstance(each.what, Quotation) and SUBSTANCE & set(each.supports):
            speaker = each.what.speaker if each.what.speaker in graph.briefs else ""
            machine = graph.get(each.what.source, "/translation") == "machine"
            return {"quote": shortened(each.what.exact), "stance": each.what.stance, "speaker": speaker, "machine": machine}
    return {}


def _date(graph: Graph, record: Record) -> str:
    """The date of a record, or else of the event, the initiative or the source's event that it belongs to."""
    part: Mapping[str, Any] = record.fields.get("part_of", {}) if record.type == "principle" else {}
    whole = (record.fields.get("event"), part.get("event"), record.fields.get("initiative"), *record.fields.get("reports", ()))
    dates = (graph.briefs[id].date for id in (record.id, *filter(None, whole)) if id in graph.briefs)
    return next(filter(None, dates), "")


def people(graph: Graph, record: Record) -> Iterator[str]:
    """The people and bodies that a record names; for an event also who speaks in its statements and who is named in its reports."""
    yield from _actors(graph, graph.outgoing(record.id))
    if record.type == "event":
        for edge in graph.incoming(record.id):
            if edge.relation in ("event", "reports"):
                yield from _actors(graph, graph.outgoing(edge.subject))


def _actors(graph: Graph, edges: Iterable[Edge]) -> Iterator[str]:
    return (edge.target for edge in edges if graph.type_of(edge.target) == "actor")


def sentences(context: RenderContext, source: str, path: str) -> dict[str, Any]:
    """The sentences of a source that may be shown, each with its address, its words, and the speaker and stance of what is quoted from it.

    The corrected words are added where they differ. Of a source whose full text is not published, only sentences with a quotation are listed.
    """
    readings = context.readings[source]
    whole = context.graph.get(source, "/rights/full_text")
    quoted = list(_quoted(context, source))
    rows: list[dict[str, Any]] = []
    ends = [segment for segment in readings.segmented.segments if segment.kind == "sent"]
    for each in readings.segmented.segments:
        holds_some = any(each.start <= inner.start and inner.end <= each.end for inner in ends)
        if each.kind != "sent" and (each.kind in ("list", "item", "p") or holds_some):
            continue
        said = [[speaker, stance] for start, end, speaker, stance in quoted if start < each.end and each.start < end]
        if whole == "withhold" or (whole != "publish" and not said):
            continue
        found = pieces(readings, each.start, each.end)
        words, corrected = (" ".join("".join(texts).split()) for texts in ((p.cleaned for p in found), (p.corrected for p in found)))
        row = {
            "eid": each.eid,
            "words": words,
            "corrected": corrected if corrected != words else "",
            "said": [pair for n, pair in enumerate(said) if pair not in said[:n]],
        }
        rows.append({key: value for key, value in row.items() if value})
    machine = context.graph.get(source, "/translation") == "machine"
    return {"path": path, "lang": context.graph.get(source, "/language"), **({"machine": True} if machine else {}), "sentences": rows}


def _quoted(context: RenderContext, source: str) -> Iterator[tuple[int, int, str, str]]:
    """The quotations of a source that carry a wording or a statement: their span in the cleaned reading, speaker and stance."""
    graph = context.graph
    for id in dict.fromkeys(edge.subject for edge in graph.incoming(source) if edge.relation.endswith("evidence/source")):
        for evidence in graph.records[id].evidence:
            what = evidence.what
            if isinstance(what, Quotation) and what.source == source and SUBSTANCE & set(evidence.supports):
                place = resolve(what, context.readings[source])
                if isinstance(place, Resolved) and place.start >= 0:
                    yield place.start, place.end, what.speaker if what.speaker in graph.briefs else "", what.stance


def words_of_stance(stance: str) -> list[str]:
    """The words of all languages by which a stance is found too.

    >>> {"deny", "denied", "rejects"} <= set(words_of_stance("denied")), words_of_stance("asserted")
    (True, [])
    """
    if stance not in ACTS:
        return []
    return sorted({word for phrase in vocabulary().phrases(ACTS[stance]) if " " not in phrase for word in first_words(phrase, " ")})


def line(found: Mapping[str, Any]) -> str:
    """An entry as one line of a list, escaped so that it cannot end a script element."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def opening(file: str) -> str:
    """The first line of a list: it sets a global variable, since a script also loads from a file:// address."""
    return f"window.{GLOBALS[file]} = [\n"


def listed(file: str, entries: Iterable[Mapping[str, Any]]) -> str:
    """A list as a script, one entry per line."""
    return opening(file) + ",\n".join(map(line, entries)) + END


def patched(text: str, entries: Mapping[str, Mapping[str, Any]]) -> str:
    """A list with the entries of some pages replaced."""
    for path, found in entries.items():
        start = text.index(f'{{"path":{json.dumps(path)},')
        _, end = json.JSONDecoder().raw_decode(text, start)
        text = text[:start] + line(found) + text[end:]
    return text
