"""Pairs of a quotation and a value: false values planted beside true quotations, and sound ones beside them.

The pairs come from the records of the book and from invented passages (tests/cases/support). They were written from the
schemas and the records, before the check that is measured with them. `python -m tests.graph.planted [SEED]` prints the measurement.
"""

from __future__ import annotations

import copy
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from normbook.cleaning.clean import read
from normbook.findings.finding import Problem, is_error
from normbook.graph.checks.registry import NEAR, run_checks
from normbook.graph.claims import claims
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Resolved, resolve
from normbook.graph.graph import Graph, link
from normbook.records.model import Quotation, Record
from normbook.records.schema import Schemas
from normbook.workspace.load import Project, load_project
from normbook.workspace.repo import Repo
from tests.conftest import ROOT
from tools.projects import read_yaml

INVENTED = ROOT / "tests" / "cases" / "support" / "invented.yaml"
TURNED_AROUND = INVENTED.with_name("turned.yaml")
FRESH = INVENTED.with_name("fresh.yaml")
SEED = 20200908
PLANTED, SOUND = 200, 200
MODALITIES = ("must", "must-not", "should", "should-not", "may", "will", "encouraged", "unstated")
TURNED = {"must": "must-not", "must-not": "must", "should": "should-not", "should-not": "should"}
STANCES = ("asserted", "proposed", "denied", "attributed", "reported")
ADDRESSEES = ("states", "companies", "providers", "international-organisations", "persons", "authorities")
PLACES = ("Geneva", "Moscow", "Lima", "Beijing", "Wuzhen", "Nairobi")
ALL_CHECKS = [name for name in NEAR if name != "counts"]  # a false ordinal must be seen by its words, not by the gap that it leaves
KINDS = (
    "day", "month", "year", "ordinal", "modality", "negation", "speaker", "holder", "proponent",
    "addressee", "participant", "name", "place", "stance",
)  # fmt: skip


class Pair(NamedTuple):
    """A record with one value, the claim that it concerns, and what is known of it."""

    kind: str
    label: str
    context: CheckContext  # the book that the record stands in
    record: Record
    pointer: str


def refusals(pair: Pair) -> list[Problem]:
    """The errors about a pair that its book does not give without it."""
    invented = pair.record.id == "the-record"
    here = set() if invented else {(each.code, each.pointer, each.message) for each in _found(pair.context, pair.record.id)}
    changed = _found(_with(pair.context, pair.record), pair.record.id)
    return [each for each in changed if (each.code, each.pointer, each.message) not in here]


def complaints(pair: Pair) -> list[Problem]:
    """The errors about the claim of a pair, whether its book gives them or not, and all that are new with it."""
    changed = _found(_with(pair.context, pair.record), pair.record.id)
    new = refusals(pair)
    return [each for each in changed if each in new or each.pointer.startswith(pair.pointer)]


def _found(context: CheckContext, id: str) -> list[Problem]:
    return [each for each in run_checks(replace(context, only=frozenset((id,))), ALL_CHECKS) if is_error(each)]


def _with(context: CheckContext, record: Record) -> CheckContext:
    return replace(context, graph=with_record(context.graph, record))


def with_record(graph: Graph, record: Record) -> Graph:
    """A graph in which one record has other values."""
    return Graph(graph.briefs, graph.links, {**graph.records, record.id: record}, graph.relations)


def book(project: Project) -> CheckContext:
    """What the checks look at of a project."""
    return CheckContext(
        link(project.records, project.schemas), project.schemas, project.readings, project.corrections, project.redirects, project.broken
    )


# -- values -----------------------------------------------------------------------------------------------------------------------


def other_days(value: str, choose: random.Random) -> Iterator[tuple[str, str]]:
    """False dates for one: another day, month, year, each a day that there is."""
    parts = value.split("-")
    if len(parts) == 3:
        day = date.fromisoformat(value)
        yield "day", (day + timedelta(days=choose.choice((-7, -2, -1, 1, 2, 7)))).isoformat()
        for _ in range(9):
            month = choose.randrange(1, 13)
            if month != day.month:
                yield "month", day.replace(month=month, day=min(day.day, 28)).isoformat()
                break
    yield "year", "-".join([str(int(parts[0]) + choose.choice((-10, -1, 1, 2))), *parts[1:]])


def set_at(fields: Any, pointer: str, value: Any) -> None:
    """Puts a value at a pointer of fields that may be changed."""
    *way, last = pointer.split("/")[1:]
    for part in way:
        fields = fields[int(part)] if isinstance(fields, list) else fields[part]
    fields[int(last) if isinstance(fields, list) else last] = value


def get_at(fields: Any, pointer: str) -> Any:
    """The value at a pointer."""
    for part in pointer.split("/")[1:]:
        fields = fields[int(part)] if isinstance(fields, list) else fields[part]
    return fields


def _thawed(value: Any) -> Any:
    """The fields of a record as lists and dictionaries that may be changed."""
    if isinstance(value, Mapping):
        return {key: _thawed(inner) for key, inner in value.items()}
    return [_thawed(each) for each in value] if isinstance(value, (list, tuple)) else copy.copy(value)


def changed(record: Record, *changes: tuple[str, Any]) -> Record:
    """A record with other values."""
    fields = _thawed(record.fields)
    for pointer, value in changes:
        set_at(fields, pointer, value)
    return Record(record.type, record.id, record.path, fields, record.marks, record.lines)


# -- the records of the book ------------------------------------------------------------------------------------------------------


def _bearers(record: Record, pointer: str, schemas: Schemas) -> list[Any]:
    return [each for each in claims(record, schemas).evidence[pointer] if isinstance(each.what, Quotation)]


def _shape(pointer: str) -> str:
    return re.sub(r"/\d+", "/*", pointer)


def falsehoods(context: CheckContext, choose: random.Random) -> Iterator[Pair]:
    """Every kind of false value for every claim of the book that rests on a quotation; whoever plants one does it consistently."""
    actors = [each.id for each in context.graph.of_type("actor")]
    titles = [name["text"] for each in context.graph.of_type("initiative") for name in context.graph.records[each.id].fields["names"]]
    for record in context.graph.records.values():
        for pointer, borne in claims(record, context.schemas).evidence.items():
            if any(not isinstance(each.what, Quotation) or each.inferred for each in borne):
                continue  # what editors infer, or know from outside, cannot be read off words held here
            for kind, label, *changes in _false(record, pointer, _bearers(record, pointer, context.schemas), actors, titles, choose):
                yield Pair(kind, f"{record.id}{pointer}: {label}", context, changed(record, *changes), pointer)


def _false(
    record: Record, pointer: str, borne: list[Any], actors: list[str], titles: list[str], choose: random.Random
) -> Iterator[tuple[Any, ...]]:
    shape, value = _shape(pointer), get_at(record.fields, pointer)
    known = {value} if isinstance(value, str) else set()
    strangers = [each for each in actors if each not in known]
    if shape in ("/date", "/announced/date", "/published", "/updated"):
        for kind, false in other_days(value["value"], choose):
            yield kind, false, (f"{pointer}/value", false)
    elif shape == "/dateline" and "date" in value:
        for kind, false in other_days(value["date"]["value"], choose):
            yield kind, false, (f"{pointer}/date/value", false)
    elif shape == "/ordinal":
        for false in choose.sample([each for each in range(1, 13) if each != value], 2):
            yield "ordinal", str(false), (pointer, false)
    elif shape in ("/modality", "/limbs/*/modality"):
        if value in TURNED:
            yield "negation", TURNED[value], (pointer, TURNED[value])
        for false in choose.sample([each for each in MODALITIES if each not in (value, TURNED.get(value))], 2):
            yield "modality", false, (pointer, false)
    elif shape in ("/speaker", "/holder") and record.type == "statement":
        taken = {value, record.fields.get("holder"), record.fields["speaker"]}
        for false in choose.sample([each for each in actors if each not in taken], 2):
            key = shape[1:]
            yield key, false, (pointer, false), *((f"{each.pointer}/{key}", false) for each in borne)
    elif shape in ("/proponents/*", "/participants/*"):
        taken = set(record.fields[shape.split("/")[1]])
        for false in choose.sample([each for each in strangers if each not in taken], 3):
            yield shape[1:-3], false, (pointer, false)
    elif shape == "/addressees/*":
        taken = set(record.fields["addressees"])
        for false in choose.sample([each for each in ADDRESSEES if each not in taken | {value}], 3):
            yield "addressee", false, (pointer, false)
    elif shape == "/names/*":
        false = choose.choice([each for each in titles if each != value["text"]])
        yield "name", false, (f"{pointer}/text", false)
    elif shape == "/offices/*":
        yield "name", "Deputy " + value["title"], (f"{pointer}/title", "Deputy " + value["title"])
    elif shape == "/speakers/*":
        yield "name", "another", (f"{pointer}/name", "Anna Novak")
    elif shape == "/received_title":
        yield "name", "another", (pointer, value.replace("China", "Chile") if "China" in value else "Another title")
    elif shape in ("/agency", "/publisher"):
        yield "name", "another", (pointer, "Reuters")
    elif shape == "/place":
        for false in choose.sample([each for each in PLACES if each.lower() not in value.lower()], 3):
            yield "place", false, (pointer, false)
    elif shape == "/stance":
        for false in [each for each in STANCES if each != value]:
            yield "stance", false, (pointer, false), *((f"{each.pointer}/stance", false) for each in borne)


def true_pairs(context: CheckContext) -> Iterator[Pair]:
    """The claims of the book as they are, and those whose value does not depend on it with the quotation widened to its sentence."""
    for record in context.graph.records.values():
        for pointer, borne in claims(record, context.schemas).evidence.items():
            quoted = [each for each in borne if isinstance(each.what, Quotation)]
            if len(quoted) < len(borne) or not quoted:
                continue
            kind = _shape(pointer)
            yield Pair(kind, f"{record.id}{pointer} as it is", context, record, pointer)
            if kind in (
                "/date",
                "/announced/date",
                "/speaker",
                "/holder",
                "/proponents/*",
                "/participants/*",
                "/names/*",
                "/place",
                "/initiative",
            ):
                wide = [(each, _sentence(each.what, context)) for each in quoted]
                if all(words for _, words in wide):
                    edits = [change for each, words in wide for change in _requote(each, words)]
                    yield Pair(kind, f"{record.id}{pointer} widened", context, changed(record, *edits), pointer)


def _requote(evidence: Any, words: str) -> Iterator[tuple[str, Any]]:
    yield f"{evidence.pointer}/exact", words
    yield f"{evidence.pointer}/prefix", ""
    yield f"{evidence.pointer}/suffix", ""


def _sentence(quotation: Quotation, context: CheckContext) -> str:
    """The sentence around a quotation, empty if there is none or its words stand twice."""
    readings = context.readings.get(quotation.source)
    place = resolve(quotation, readings) if readings else None
    if readings is None or not isinstance(place, Resolved) or place.start < 0:
        return ""
    text = readings.cleaned.text
    for each in readings.segmented.segments:
        if each.kind == "sent" and each.start <= place.start and place.end <= each.end:
            words = text[each.start : each.end]
            return words if text.count(words) == 1 else ""
    return ""


# -- invented passages ------------------------------------------------------------------------------------------------------------


@cache
def _invented() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(INVENTED)
    return found


@cache
def _turned() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(TURNED_AROUND)
    return found


def invented_passages() -> list[Mapping[str, Any]]:
    """The invented passages: those whose words lack a false value, and those that have it in a turned sense."""
    return [*_invented()["passages"], *_turned()["passages"]]


@cache
def fresh_passages() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The passages with falsehoods that nobody planned for, by round."""
    return read_yaml(FRESH)


STATUS = {"publication": "published", "review": "needs-review", "certainty": "high"}


def _named(text: str) -> dict[str, Any]:
    return {"text": text, "lang": "zh-Hans" if ord(text[0]) > 0x2E80 else "en", "kind": "short", "evidence": []}


def _actor(id: str, said: Mapping[str, Any]) -> Record:
    fields = {
        "id": id, "title": said["names"][0], "kind": said["kind"], "names": [_named(each) for each in said["names"]],
        "demonyms": [{"text": each, "lang": "en"} for each in said.get("demonyms", ())],
        "offices": [{"title": each, "evidence": []} for each in said.get("offices", ())], "status": STATUS,
    }  # fmt: skip
    return Record("actor", id, f"data/actors/{id}.yaml", fields)


def _source(text: str) -> Record:
    fields = {
        "id": "seed-900", "title": "An invented passage", "seed": {"file": "900.txt", "sha256": "0" * 64},
        "language": "zh-Hans" if re.search("[一-鿿]", text) else "en", "genre": "news-report", "url": "https://example.org/", "status": STATUS,
    }  # fmt: skip
    return Record("source", "seed-900", "data/sources/seed-900.yaml", fields)


def invented_subject(passage: Mapping[str, Any], value: Any, schemas: Schemas) -> tuple[CheckContext, str, str]:
    """A book of one passage and one record with that value; the id of the record, and the pointer of its claim."""
    said = _invented()
    record, pointer = _record(passage, value)
    records = {id: _actor(id, each) for id, each in said["actors"].items()}
    for id, names in said["initiatives"].items():
        fields = {"id": id, "title": names[0], "names": [_named(each) for each in names], "status": STATUS}
        records[id] = Record("initiative", id, f"data/initiatives/{id}.yaml", fields)
    records["seed-900"] = _source(passage["text"])
    records[record.id] = record
    readings = {"seed-900": read(passage["text"].encode("utf-8"))}
    return CheckContext(link(records, schemas), schemas, readings, {}, None), record.id, pointer


def _record(passage: Mapping[str, Any], value: Any) -> tuple[Record, str]:
    kind = passage["kind"]
    quoted: dict[str, Any] = {
        "source": "seed-900", "exact": passage["exact"], "speaker": passage.get("speaker", "unnamed"),
        "stance": passage.get("stance", "reported"), "role": "supports",
    }  # fmt: skip
    if "frame" in passage:
        quoted["frame"] = [{"exact": each} for each in passage["frame"]]
    fields: dict[str, Any] = {"id": "the-record", "title": "The record", "status": STATUS}

    def made(type: str, pointer: str, own: Mapping[str, Any], *others: str) -> tuple[Record, str]:
        fields.update(own)
        fields["evidence"] = [{"for": [pointer, *others], **quoted}]
        return Record(type, "the-record", f"data/{type}s/the-record.yaml", fields), pointer

    if kind == "date":
        precision = {4: "year", 7: "month", 10: "day"}[len(value)]
        derived = "derivation" in passage
        dated = {"value": value, "precision": precision, "basis": "derived" if derived else "stated", "evidence": [quoted]}
        if derived:
            dated["derivation"] = passage["derivation"]
        fields.update({"kind": "meeting", "date": dated})
        return Record("event", "the-record", "data/events/the-record.yaml", fields), "/date"
    if kind in ("ordinal", "modality", "initiative"):
        return made("principle", f"/{kind}", {kind: value, "kind": "principle"})
    if kind == "addressee":
        return made("principle", "/addressees/0", {"addressees": [value]})
    if kind in ("speaker", "holder", "stance"):
        own = {"speaker": passage.get("speaker", "unnamed"), "stance": passage.get("stance", "asserted")}
        if "holder" in passage:
            own["holder"] = quoted["holder"] = passage["holder"]
        own[kind] = quoted[kind] = value
        if kind == "speaker":
            quoted["stance"] = "asserted"
        return made("statement", f"/{kind}", own, *(f"/{each}" for each in own if each != kind))
    if kind == "proponent":
        return made("initiative", "/proponents/0", {"proponents": [value], "names": []})
    if kind == "participant":
        return made("event", "/participants/0", {"participants": [value], "kind": "meeting"})
    if kind == "place":
        return made("event", "/place", {"place": value, "kind": "meeting"})
    if kind == "name":
        fields.update({"kind": "organisation", "names": [{**_named(value), "evidence": [quoted]}]})
        return Record("actor", "the-record", "data/actors/the-record.yaml", fields), "/names/0"
    assert kind == "office", kind
    fields.update({"kind": "person", "names": [], "offices": [{"title": value, "evidence": [quoted]}]})
    return Record("actor", "the-record", "data/actors/the-record.yaml", fields), "/offices/0"


def invented(schemas: Schemas, sound: bool) -> Iterator[Pair]:
    """The pairs of the invented passages."""
    for passage in invented_passages():
        for value in passage["sound" if sound else "wrong"]:
            context, id, pointer = invented_subject(passage, value, schemas)
            kind = passage["kind"]
            if kind == "modality" and not sound and TURNED.get(next(iter(passage["sound"]), "")) == value:
                kind = "negation"
            if kind == "date":
                kind = _differs(passage["sound"][0], str(value)) if passage["sound"] else "day"
            kind = {"office": "name", "initiative": "name"}.get(kind, kind)
            label = f"{passage['exact']}: {value}"
            yield Pair(kind, label, context, context.graph.records[id], pointer)


def _differs(true: str, false: str) -> str:
    return "year" if true[:4] != false[:4] else "month" if true[5:7] != false[5:7] else "day"


def drawn(pairs: list[Pair], number: int, choose: random.Random) -> list[Pair]:
    """So many pairs, as evenly over their kinds as there are any."""
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.kind].append(pair)
    for group in groups.values():
        choose.shuffle(group)
    found: list[Pair] = []
    while len(found) < number and any(groups.values()):
        for kind in sorted(groups):
            if groups[kind] and len(found) < number:
                found.append(groups[kind].pop())
    return found


def planted_pairs(context: CheckContext, seed: int) -> list[Pair]:
    """False values beside true quotations, over all kinds."""
    choose = random.Random(seed)
    return drawn([*falsehoods(context, choose), *invented(context.schemas, sound=False)], PLANTED, choose)


def sound_pairs(context: CheckContext, seed: int) -> list[Pair]:
    """True quotations and rewordings, over all kinds."""
    choose = random.Random(seed)
    return drawn([*true_pairs(context), *invented(context.schemas, sound=True)], SOUND, choose)


def main(seed: int) -> None:
    """Prints what is refused of the planted values, and which sound ones are."""
    context = book(load_project(Repo(ROOT)))
    print(f"seed {seed}")
    for title, pairs, found in (("planted", planted_pairs(context, seed), refusals), ("sound", sound_pairs(context, seed), complaints)):
        told = [(pair, found(pair)) for pair in pairs]
        print(f"{title}: {sum(bool(each) for _, each in told)} of {len(told)} refused; {dict(Counter(pair.kind for pair in pairs))}")
        for pair, problems in told:
            if bool(problems) == (title == "sound"):
                print(f"  {pair.kind}: {pair.label}", *(f"\n      {each.code} {each.pointer}: {each.message}" for each in problems[:2]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEED)
