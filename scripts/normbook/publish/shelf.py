"""What pages are made from, and the parts that pages of every type share: facts, names, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from normbook.graph.claims import claims
from normbook.graph.graph import Graph
from normbook.records.model import Record
from normbook.records.schema import FOLDERS, Schemas
from normbook.text.readings import Readings

HIDDEN = frozenset({"id", "title", "summary", "note", "status", "evidence", "plain", "lost", "lost_in_translation", "formal_text_adds", "judgements", "reviews", "definition", "justification", "names", "disagreements", "seed", "profile", "speakers", "offices"})  # fmt: skip
LABELS = {
    "announced/date": "announced on", "announced/event": "announced at", "announced/place": "occasion, as named", "legal_nature": "legal nature", "same_report": "same occasion reported in",
    "derived_from": "builds on", "part_of": "part of", "points/kind": "its points are", "points/declared": "number declared", "received_title": "headline as received",
    "original_language": "original language", "object_initiative": "other side", "proponents": "put forward by", "published": "published", "modality": "modality",
    "wording/expression": "expression of the work", "wording/lang": "language of the wording", "part_of/kind": "a point of", "part_of/event": "said at", "reports": "reports",
    "mapping_justification": "how mapped", "rights/full_text": "full text", "rights/holder": "rights held by", "rights/note": "note on rights", "points/note": "note on the number",
    "locator": "place in the text", "stub": "not compared, because", "differs": "what differs", "holder": "view of", "speech": "form of speech",
}  # fmt: skip
LISTED = frozenset({"texts", "identifiers", "labels", "mistranslations", "limbs", "dates"})  # lists that are shown item by item
READ = {"yes": "read", "part": "read in part", "no": "not read"}  # of a text outside
INVERSES = {"source": "quoted as evidence by", "speaker": "quoted as speaker in"}
MOST_LINKS = 100  # of one kind on one page


class Change(NamedTuple):
    """A commit that changed a file: its hash, its day, its subject."""

    commit: str
    day: str
    subject: str


@dataclass(frozen=True)
class History:
    """The changes of each file, latest first; `absent` says why there are none: no-git, shallow, or nothing."""

    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    absent: str = "no-git"


@dataclass(frozen=True)
class Shelf:
    """All that pages are made from. Nothing here reads a file."""

    graph: Graph
    schemas: Schemas
    readings: Mapping[str, Readings]
    corrections: Mapping[str, Mapping[str, Mapping[str, Any]]]
    decided: Mapping[str, Sequence[Mapping[str, str]]]
    site: Mapping[str, str]
    redirects: Sequence[Mapping[str, Any]] = ()
    history: History = History()

    def url(self, id: str) -> str:
        """The path of a record's page from the site's root. Raises KeyError for an unknown id."""
        return f"{FOLDERS[self.graph.briefs[id].type]}/{id}.html"


@dataclass(frozen=True)
class Value:
    """A shown value: its words, the record it names (empty if none), its language (empty if the editors'), whether it is a word of a vocabulary."""

    text: str
    ref: str = ""
    lang: str = ""
    word: bool = False


@dataclass(frozen=True)
class Fact:
    """A row of facts: a label, its values, a remark, and the numbers of the evidence that bears it."""

    label: str
    values: tuple[Value, ...]
    remark: str = ""
    evidence: tuple[int, ...] = ()


def facts(shelf: Shelf, record: Record) -> list[Fact]:
    """The facts of a record in the order of its schema, each with the numbers of its evidence."""
    places = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    borne = {pointer: tuple(places[each.pointer] for each in found) for pointer, found in claims(record, shelf.schemas).borne.items()}
    refs = {edge.pointer: edge.target for edge in shelf.graph.outgoing(record.id)}
    rows: list[Fact] = []
    for key in shelf.schemas.properties(record.type):
        if key in record.fields and key not in HIDDEN:
            rows += _rows(record.fields[key], key, f"/{key}", borne, refs, shelf)
    return rows


def _rows(
    value: Any, path: str, pointer: str, borne: Mapping[str, tuple[int, ...]], refs: Mapping[str, str], shelf: Shelf
) -> Iterator[Fact]:
    label = LABELS.get(path, path.rpartition("/")[2].replace("_", " "))
    if isinstance(value, Mapping) and "value" in value and "basis" in value:
        remark = value.get("derivation", "") if value["basis"] == "derived" else ""
        time = f", {value['time']}" if "time" in value else ""
        yield Fact(label, (Value(f"{value['value']}{time}"),), remark, borne.get(pointer, ()))
    elif isinstance(value, Mapping) and path == "dateline":
        words = ", ".join(filter(None, (value["place"], value.get("date", {}).get("value", ""), value.get("agency", ""))))
        yield Fact(label, (Value(words),), value.get("date", {}).get("derivation", ""), borne.get(pointer, ()))
    elif isinstance(value, Mapping) and set(value) == {"text", "lang"}:
        yield Fact(label, (Value(value["text"], "", value["lang"]),), "", borne.get(pointer, ()))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "evidence":
                yield from _rows(
                    inner, f"{path}/{key}", f"{pointer}/{key}", {**{f"{pointer}/{key}": borne.get(pointer, ())}, **borne}, refs, shelf
                )
    elif isinstance(value, list) and path in LISTED:
        yield from _one_by_one(value, path, label, pointer, borne, refs, shelf)
    elif isinstance(value, list):
        shown = tuple(_shown(item, f"{pointer}/{number}", refs, shelf) for number, item in enumerate(value))
        found = [number for i in range(len(value)) for number in borne.get(f"{pointer}/{i}", ())]
        if shown:
            yield Fact(label, shown, "", tuple(dict.fromkeys(found)))
    elif value is None:
        yield Fact(
            label,
            (
                Value(
                    "none in the received text"
                    if path == "received_title"
                    else "none declared"
                    if path.endswith("declared")
                    else "nobody yet",
                    word=True,
                ),
            ),
            "",
            borne.get(pointer, ()),
        )
    else:
        yield Fact(label, (_shown(value, pointer, refs, shelf),), "", borne.get(pointer, ()))


def _one_by_one(
    items: list[Any], path: str, label: str, pointer: str, borne: Mapping[str, tuple[int, ...]], refs: Mapping[str, str], shelf: Shelf
) -> Iterator[Fact]:
    """A row for each item of a list whose items have parts."""
    for number, item in enumerate(items):
        own = f"{label.removesuffix('s')} {number + 1}" if len(items) > 1 else label.removesuffix("s")
        if path == "limbs":
            value = _shown(item["modality"], f"{pointer}/{number}/modality", refs, shelf)
            yield Fact(own, (value,), item["plain"], borne.get(f"{pointer}/{number}/modality", ()))
        elif path == "dates":
            date = Value(item["date"]["value"])
            yield Fact(item["kind"].replace("-", " "), (date,), item.get("note", ""), borne.get(f"{pointer}/{number}/date", ()))
        else:
            found = tuple(_parts(item, f"{pointer}/{number}", refs, shelf))
            yield Fact(own, found, item.get("note", item.get("context", "")), borne.get(f"{pointer}/{number}", ()))


def _parts(item: Mapping[str, Any], pointer: str, refs: Mapping[str, str], shelf: Shelf) -> Iterator[Value]:
    for key, inner in item.items():
        if key == "read":
            yield Value(READ[inner], word=True)
        elif key not in ("note", "context", "lang", "evidence", "seen", "bore"):
            yield _shown(inner, f"{pointer}/{key}", refs, shelf, item.get("lang", "") if key == "text" else "")


def _shown(value: Any, pointer: str, refs: Mapping[str, str], shelf: Shelf, lang: str = "") -> Value:
    if pointer in refs and refs[pointer] in shelf.graph.briefs:
        return Value(shelf.graph.briefs[refs[pointer]].title, refs[pointer])
    if not isinstance(value, str):
        return Value(str(value), "", "")
    is_language = pointer.rpartition("/")[2] in ("lang", "language", "original_language")
    word = is_language or (value in shelf.schemas.vocabulary and not lang and ":" not in value)
    return Value(value.replace("-", " ") if word and not is_language else value, "", lang, word)


def links(shelf: Shelf, id: str) -> dict[str, dict[str, Any]]:
    """What names a record, grouped by what the link is called from this end; each record once a group, MOST_LINKS shown, the rest counted."""
    groups: dict[str, dict[str, None]] = {}
    for edge in shelf.graph.incoming(id):
        if edge.subject != id:
            groups.setdefault(edge.relation, {})[edge.subject] = None
    found: dict[str, dict[str, None]] = {}
    for relation, subjects in groups.items():
        for subject in subjects:
            found.setdefault(_from_here(relation, subject, shelf), {})[subject] = None
    return {
        label: {"rows": [shelf.graph.briefs[each] for each in list(named)[:MOST_LINKS]], "more": max(0, len(named) - MOST_LINKS)}
        for label, named in sorted(found.items())
    }


def _from_here(relation: str, subject: str, shelf: Shelf) -> str:
    """What a link is called from the end that it names."""
    inverse = INVERSES.get(relation.rpartition("/")[2])
    return inverse if inverse and "evidence" in relation else shelf.graph.relations[shelf.graph.type_of(subject), relation].inverse


def names_of(record: Record) -> list[dict[str, Any]]:
    """The names of a record with the numbers of their evidence."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    rows = []
    for i, name in enumerate(record.fields.get("names", ())):
        own = [number for pointer, number in numbers.items() if pointer.startswith(f"/names/{i}/evidence/")]
        rows.append({"text": name["text"], "lang": name["lang"], "kind": name["kind"], "evidence": own})
    return rows
