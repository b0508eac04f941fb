"""The parts that pages of every type share: facts, links, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from normbook.graph.claims import claims
from normbook.records.model import Record
from normbook.site.context import RenderContext

HIDDEN = frozenset({"id", "title", "summary", "note", "status", "evidence", "plain", "lost", "lost_in_translation", "formal_text_adds", "texts", "limbs", "stub", "differs", "mapping_justification", "judgements", "reviews", "definition", "justification", "names", "disagreements", "seed", "profile", "speakers", "offices"})  # fmt: skip
INVERSES = {"source": "quoted as evidence by", "speaker": "quoted as speaker in"}  # labels for relations within evidence
NULL = ("received_title", "points/declared", "reviewer")  # fields for which null has a label of its own
UNLABELLED = frozenset(
    {"texts", "identifiers", "labels", "mistranslations"}
)  # lists whose items are clear without the labels of their parts
MOST_LINKS = 100  # per relation on one page


@dataclass(frozen=True)
class Value:
    """A value to show: its text, the record it refers to (or empty), its language (empty for the editors' own), and the key of its label if it is a fixed word.

    `label` is the path of the part of a list item that it belongs to; empty if no label is needed. A date stands in `date`, as ISO 8601, and
    `text` then has the time of day, if there is one.
    """

    text: str
    ref: str = ""
    lang: str = ""
    word: str = ""
    label: str = ""
    date: str = ""


class Label(NamedTuple):
    """The label of a fact: the path of the field (ending in `/*` for one item of a list), and the item's number, 0 if it is the only one.

    `word` is the key of a fixed word that stands in place of the field's label.
    """

    path: str
    number: int = 0
    word: str = ""


@dataclass(frozen=True)
class Fact:
    """A labelled fact: its values, a remark, and the numbers of the evidence that supports it.

    `within` has the labels of the enclosing list items, outermost first.
    """

    label: Label
    values: tuple[Value, ...]
    remark: str = ""
    evidence: tuple[int, ...] = ()
    within: tuple[Label, ...] = ()


def facts(context: RenderContext, record: Record) -> list[Fact]:
    """The facts of a record in the order of its schema, each with the numbers of its evidence."""
    places = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    borne = {pointer: tuple(places[each.pointer] for each in found) for pointer, found in claims(record, context.schemas).evidence.items()}
    refs = {edge.pointer: edge.target for edge in context.graph.outgoing(record.id)}
    rows = _Rows(context, refs)
    return [
        fact
        for key in context.schemas.properties(record.type)
        if key in record.fields and key not in HIDDEN
        for fact in rows.of(record.fields[key], key, f"/{key}", borne)
    ]


Borne = Mapping[str, tuple[int, ...]]  # the numbers of the evidence for each claim, by its JSON Pointer


class _Rows(NamedTuple):
    """Turns a record's values of any shape into facts: scalars, lists and objects, nested to any depth."""

    context: RenderContext
    refs: Mapping[str, str]  # the id of the record that a value refers to, by JSON Pointer

    def of(
        self, value: Any, path: str, pointer: str, borne: Borne, within: tuple[Label, ...] = (), label: Label | None = None
    ) -> Iterator[Fact]:
        """The facts of one value. `path` has the keys that lead to it; `label` replaces the one from its key."""
        label = Label(path) if label is None else label
        if isinstance(value, Mapping) and isinstance(value.get("value"), str) and "basis" in value:
            remark = value.get("derivation", "") if value["basis"] == "derived" else ""
            time = f", {value['time']}" if "time" in value else ""
            yield Fact(label, (Value(time, date=str(value["value"])),), remark, borne.get(pointer, ()), within)
        elif isinstance(value, list) and path == "dates":
            for number, item in enumerate(value):
                place = f"{pointer}/{number}"
                day = Value("", date=str(item["date"]["value"]))
                found = _together(borne, place, f"{place}/kind", f"{place}/date")
                yield Fact(Label(path, word=f"word.{item['kind']}"), (day,), item.get("note", ""), found)
        elif isinstance(value, Mapping) and path == "dateline":
            words = ", ".join(filter(None, (value["place"], value.get("date", {}).get("value", ""), value.get("agency", ""))))
            yield Fact(label, (Value(words),), value.get("date", {}).get("derivation", ""), borne.get(pointer, ()))
        elif isinstance(value, Mapping) and set(value) == {"text", "lang"}:
            yield Fact(label, (Value(str(value["text"]), "", str(value["lang"])),), "", borne.get(pointer, ()), within)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if key != "evidence":
                    place = f"{pointer}/{key}"
                    yield from self.of(inner, f"{path}/{key}", place, {place: borne.get(pointer, ()), **borne}, within)
        elif isinstance(value, list) and any(map(_is_whole, value)):
            for number, item in enumerate(value):
                one = Label(f"{label.path.removesuffix('/*')}/*", number + 1 if len(value) > 1 else 0)
                yield from self._item(item, path, f"{pointer}/{number}", borne, within, one)
        elif isinstance(value, list):
            if value:
                places = [f"{pointer}/{number}" for number in range(len(value))]
                yield Fact(label, self._listed(value, pointer), "", _together(borne, *places), within)
        else:
            shown = Value("", word=f"absent.{path if path in NULL else 'other'}") if value is None else self.shown(value, pointer)
            yield Fact(label, (shown,), "", borne.get(pointer, ()), within)

    def _item(self, item: Any, path: str, pointer: str, borne: Borne, within: tuple[Label, ...], label: Label) -> Iterator[Fact]:
        """The facts of one list item: its simple parts in one fact, then its objects and lists of objects."""
        if not isinstance(item, Mapping) or (isinstance(item.get("value"), str) and "basis" in item):
            yield from self.of(item, path, pointer, borne, within, label)
            return
        remark = next((item[key] for key in ("note", "context") if isinstance(item.get(key), str)), "")
        values: list[Value] = []
        places = [pointer]
        whole: list[str] = []
        for key, inner in item.items():
            if (
                key == "evidence"
                or (key in ("note", "context") and inner is remark)
                or (key == "lang" and ("text" in item or path in UNLABELLED))
            ):
                continue
            if _is_whole(inner) and (isinstance(inner, Mapping) or any(map(_is_whole, inner))):
                whole.append(key)
                continue
            place = f"{pointer}/{key}"
            lang = str(item.get("lang", "")) if key == "text" else ""
            shown = self._listed(inner, place) if isinstance(inner, list) else (self.shown(inner, place, lang),)
            named = "" if path in UNLABELLED or key == "text" else f"{path}/{key}"
            values += [
                replace(each, label=named if first else "") for each, first in zip(shown, (True, *(False,) * len(shown)), strict=False)
            ]
            places += [place, *(f"{place}/{number}" for number in range(len(shown)))]
        if values or remark:
            yield Fact(label, tuple(values), remark, _together(borne, *places), within)
        for key in whole:
            place = f"{pointer}/{key}"
            own = borne if values or remark else {place: borne.get(pointer, ()), **borne}
            yield from self.of(item[key], f"{path}/{key}", place, own, (*within, label))

    def _listed(self, values: Sequence[Any], pointer: str) -> tuple[Value, ...]:
        return tuple(self.shown(each, f"{pointer}/{number}") for number, each in enumerate(values))

    def shown(self, value: Any, pointer: str, lang: str = "") -> Value:
        """A scalar for display, with the title of a record instead of its id."""
        if pointer in self.refs and self.refs[pointer] in self.context.graph.briefs:
            return Value(self.context.graph.briefs[self.refs[pointer]].title, self.refs[pointer])
        if value is None:
            return Value("", word="absent.other")
        if isinstance(value, bool):
            return Value("", word="word.yes" if value else "word.no")
        if isinstance(value, float):
            return Value(format(Decimal(repr(value)), "f"))
        if not isinstance(value, str):
            return Value(str(value))
        is_language = pointer.rpartition("/")[2] in ("lang", "language", "original_language")
        word = is_language or (value in self.context.schemas.vocabulary and not lang and ":" not in value)
        return Value(value, "", lang, f"{'language' if is_language else 'word'}.{value}" if word else "")


def _is_whole(value: Any) -> bool:
    """True for an object or a list, which does not fit in one value."""
    return isinstance(value, (Mapping, list))


def _together(borne: Borne, *places: str) -> tuple[int, ...]:
    """The numbers of the evidence for some claims, without duplicates."""
    return tuple(dict.fromkeys(number for place in places for number in borne.get(place, ())))


def links(context: RenderContext, id: str) -> dict[str, dict[str, Any]]:
    """The records that refer to a record, grouped by the inverse name of the relation; MOST_LINKS of each group, the rest counted."""
    groups: dict[str, dict[str, None]] = {}
    for edge in context.graph.incoming(id):
        if edge.subject != id:
            groups.setdefault(edge.relation, {})[edge.subject] = None
    found: dict[str, dict[str, None]] = {}
    for relation, subjects in groups.items():
        for subject in subjects:
            found.setdefault(_from_here(relation, subject, context), {})[subject] = None
    return {
        label: {"rows": [context.graph.briefs[each] for each in list(named)[:MOST_LINKS]], "more": max(0, len(named) - MOST_LINKS)}
        for label, named in sorted(found.items())
    }


def _from_here(relation: str, subject: str, context: RenderContext) -> str:
    """The name of a relation as seen from its target."""
    inverse = INVERSES.get(relation.rpartition("/")[2])
    return inverse if inverse and "evidence" in relation else context.graph.relations[context.graph.type_of(subject), relation].inverse


def names_of(record: Record) -> list[dict[str, Any]]:
    """The names of a record with the numbers of their evidence."""
    numbers = {each.pointer: number for number, each in enumerate(record.evidence, 1)}
    rows = []
    for i, name in enumerate(record.fields.get("names", ())):
        own = [number for pointer, number in numbers.items() if pointer.startswith(f"/names/{i}/evidence/")]
        rows.append({"text": name["text"], "lang": name["lang"], "kind": name["kind"], "evidence": own})
    return rows
