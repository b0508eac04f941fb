"""What each claim of a record rests on, and which quotations do not support the value that they are cited for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from normbook.extraction.dates.calendar import days_in
from normbook.graph.claims import claims, is_judged
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Resolved
from normbook.graph.support import days, modality, ordinals, people, stance
from normbook.graph.support.lexicon import find, pattern
from normbook.graph.support.turned import HAN, clause_start, is_open, is_unreal, left_out
from normbook.records.model import Evidence, Quotation, Record

NUMBER = re.compile(r"\d{1,3}")
PIECES = re.compile(r"\s*…\s*")


class Kind(NamedTuple):
    """A kind of claim: its name, the code of its finding, and what a contributor does about a pair that fails."""

    name: str
    code: str
    remedy: str


DATE = Kind(
    "date",
    "N511",
    "quote the words that state the day, or write a derivation that names the expression in “ ” and the day it is counted from",
)
ORDINAL = Kind("number", "N512", "quote the ordinal, or the list in which these words are an item, under `frame`")
MODALITY = Kind("modality", "N513", "write the modality that the words have, or quote the modal verb under `frame`")
ACTOR = Kind(
    "person or body", "N514", "quote a name, office or demonym from the actor's record; with a pronoun quote its antecedent under `frame`"
)
TOPIC = Kind("initiative or event", "N515", 'quote a name from its record; after "this initiative" quote the name under `frame`')
STANCE = Kind("stance", "N516", "write the stance that the verb has, or quote the verb under `frame`")
VERBATIM = Kind("name, title, office or place", "N517", "copy the value from the words, or quote the words that have it")
EDITORIAL = Kind(
    "editors' judgement", "N518", "remove the pointer from the evidence, and give the reason under `judgements` with `basis: editorial`"
)
KINDS: Mapping[str, Kind] = {
    "/date": DATE, "/published": DATE, "/updated": DATE, "/announced/date": DATE, "/dates/*/date": DATE, "/dateline": DATE,
    "/ordinal": ORDINAL, "/locator": ORDINAL, "/modality": MODALITY, "/limbs/*/modality": MODALITY,
    "/speaker": ACTOR, "/holder": ACTOR, "/proponents/*": ACTOR, "/participants/*": ACTOR, "/parties/*": ACTOR, "/supporters/*": ACTOR,
    "/addressees/*": ACTOR, "/part_of/*": ACTOR,
    "/initiative": TOPIC, "/about/*": TOPIC, "/related/*": TOPIC, "/derived_from/*": TOPIC,
    "/event": TOPIC, "/announced/event": TOPIC, "/reports/*": TOPIC, "/part_of": TOPIC,
    "/stance": STANCE,
    "/names/*": VERBATIM, "/offices/*": VERBATIM, "/office": VERBATIM, "/speakers/*": VERBATIM, "/received_title": VERBATIM,
    "/agency": VERBATIM, "/publisher": VERBATIM, "/mistranslations/*": VERBATIM, "/disagreements/*/values/*": VERBATIM, "/place": VERBATIM,
    "/standing": EDITORIAL, "/kind": EDITORIAL, "/themes": EDITORIAL, "/themes/*": EDITORIAL, "/legal_nature": EDITORIAL,
}  # fmt: skip


PUT_OR_ATTENDED = ("/proponents/*", "/participants/*")
TURNED_OUTSIDE = ("N511", "N512", "N513", "N517")  # kinds whose value is false if words around the quotation say that it is not so
TURNED_AWAY = {  # verbs that say of a name that it is not the one
    "/parties/*": ("negation.absent", "negation.against"),
    "/supporters/*": ("negation.absent", "negation.against"),
}
OTHER_TEXTS = ("negation.other-texts",)  # words behind which a text stands that a point does not belong to
OCCASIONS = {  # kinds of event and the words for them
    "seminar": "occasions.seminar", "press-conference": "occasions.press-conference", "press-briefing": "occasions.press-briefing",
    "meeting": "occasions.meeting", "summit": "occasions.summit", "release": "occasions.release",
}  # fmt: skip


def shape(pointer: str) -> str:
    """A pointer with `*` in place of numbers."""
    return re.sub(r"/\d+", "/*", pointer)


class Failure(NamedTuple):
    """A quotation that does not support the value of a claim: the value as it is shown, the words, and the nearest that would."""

    evidence: Evidence
    pointer: str
    kind: Kind
    value: str
    words: str
    found: str
    nearest: str


@dataclass(frozen=True)
class Judge:
    """Judges the quotations of one record."""

    context: CheckContext
    record: Record

    def failures(self) -> Iterator[Failure]:
        """Every quotation cited for a value that its words and frames do not carry, and that is not marked as inferred."""
        for pointer, borne in claims(self.record, self.context.schemas).evidence.items():
            kind = KINDS.get(shape(pointer))
            if kind is None or (kind is EDITORIAL and is_judged(self.record, pointer)):
                continue
            for each in borne:
                if not isinstance(each.what, Quotation) or each.what.role != "supports" or each.inferred:
                    continue
                said = said_of(self.context, each)
                if said is not None and not self.supports(pointer, each, said) and not self._is_open(each):
                    yield self._failure(pointer, kind, each, said)

    def _is_open(self, evidence: Evidence) -> bool:
        """True if a record whose names or days count for the words has an invalid file: its own findings come first."""
        source = self._source(evidence)
        assert isinstance(evidence.what, Quotation)
        ids = {evidence.what.source, *self._people(evidence), *(source.fields.get("reports", ()) if source else ())}
        return any(id in self.context.broken for id in sorted(ids))

    def supports(self, pointer: str, evidence: Evidence, said: stance.Said) -> bool:
        """True if the words carry the value at a pointer."""
        value = self.context.graph.get(self.record.id, pointer) if self.record.id in self.context.graph.records else None
        if KINDS[shape(pointer)].code in TURNED_OUTSIDE and value != "unstated" and _is_turned_outside(said):
            return False
        return self._carriers[KINDS[shape(pointer)].code](pointer, value, evidence, said)

    @cached_property
    def _carriers(self) -> Mapping[str, Callable[[str, Any, Evidence, stance.Said], bool]]:
        return {
            "N511": self._date, "N512": self._number, "N513": self._modality, "N514": self._actor, "N515": self._topic,
            "N516": self._stance, "N517": self._verbatim, "N518": lambda *_: False,
        }  # fmt: skip

    # -- what is quoted -----------------------------------------------------------------------------------------------------------

    def _source(self, evidence: Evidence) -> Record | None:
        assert isinstance(evidence.what, Quotation)
        return self.context.graph.records.get(evidence.what.source)

    def _people(self, evidence: Evidence) -> set[str]:
        """The ids of those whom the record or the quotation's source names."""
        source = self._source(evidence)
        fields = self.record.fields
        ids = {fields.get("speaker"), fields.get("holder"), evidence.holder}
        ids |= {each.get("actor") for each in (source.fields.get("speakers", ()) if source else ())}
        assert isinstance(evidence.what, Quotation)
        ids.add(evidence.what.speaker)
        for key in ("proponents", "participants"):
            ids |= set(fields.get(key, ()))
        return {id for id in ids if isinstance(id, str)}

    def _index(self, evidence: Evidence, *others: str) -> people.Index:
        """The names of those whom the record or the quotation's source names."""
        source = self._source(evidence)
        records = self.context.graph.records
        actors = {id: records[id] for id in self._people(evidence).union(others) if id in records and records[id].type == "actor"}
        return people.Index(actors, [source] if source else [])

    # -- whether it carries a value ---------------------------------------------------------------------------------------------

    def _date(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        if pointer == "/dateline":
            if any(part not in said.exact for key in ("place", "agency") if (part := value.get(key))):
                return False
            value = value.get("date") or {}
            if not value:
                return True
        return days.carries(
            str(value.get("value", "")), " … ".join((said.exact, *said.frames)), value.get("derivation", ""), self._known_days(evidence)
        )

    def _known_days(self, evidence: Evidence) -> list[str]:
        """The days that the source of a quotation is dated by, that it states, and of the events that it reports."""
        source = self._source(evidence)
        if source is None:
            return []
        fields = source.fields
        own = [fields.get("published"), fields.get("updated"), (fields.get("dateline") or {}).get("date")]
        events = [self.context.graph.records.get(id) for id in fields.get("reports", ())]
        own += [each.fields.get("date") for each in events if each]
        known = [each["value"] for each in own if each]
        if known:
            text = self.context.readings[source.id].received.text
            known += [day.stated.isoformat() for day in days_in(text) if day.stated]
        return known

    def _number(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        numbers = ordinals.numbered(said.exact, said.frames, self._listed(evidence))
        if pointer == "/locator":
            stated = {int(each) for each in NUMBER.findall(str(value))}
            return not stated or bool(stated & numbers)
        return value in numbers

    def _listed(self, evidence: Evidence) -> int | None:
        """The place of quoted words in a list that the segmenter found."""
        assert isinstance(evidence.what, Quotation)
        quoted = self.context.quoted(evidence.what)
        if quoted is None or not isinstance(quoted.place, Resolved):
            return None
        for _, enumeration in self.context.readings[evidence.what.source].segmented.lists:
            for number, point in enumerate(enumeration.points, 1):
                if point.marker <= quoted.place.start and quoted.place.end <= point.end + 1:
                    return point.number or number
        return None

    def _modality(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        return modality.supports(str(value), *said)

    def _actor(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        words = (said.exact, *said.frames)
        if pointer.startswith("/addressees"):
            return value in people.addressed(said.exact) or any(value in people.addressed(each) for each in said.frames)
        if value == "unnamed" or self.context.graph.records.get(value) is None:
            return True  # a missing record is a finding of its own
        index = self._index(evidence, value)
        if pointer == "/speaker":
            heard = [people.voices(each, index) for each in words]
            if any(value in each.named for each in heard):
                return True
            return any(each.pronoun for each in heard) and value in people.antecedents(said.frames, index)
        if pointer == "/holder":
            return value in people.holders(said.frames, said.exact, index, str(self.record.fields.get("speaker", "")))
        turned = TURNED_AWAY.get(shape(pointer), ())
        if (turned or shape(pointer) in PUT_OR_ATTENDED) and _is_turned_outside(said):
            return False
        if shape(pointer) == "/proponents/*":
            return value in people.authors(words if people.lends(said.exact) else words[:1], index)
        if shape(pointer) == "/participants/*":
            return value in people.attendees(words if people.lends(said.exact) else words[:1], index)
        return value in people.named(words if people.lends(said.exact) else words[:1], index, *turned)

    def _topic(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        if isinstance(value, Mapping):
            value = value.get("event", "")
        record = self.context.graph.records.get(value)
        if record is None:
            return True  # a missing record is a finding of its own
        words = "\n".join((said.exact, *said.frames))
        names = [each["text"] for each in record.fields.get("names", ())]
        if people.mentions_name(words, names, meant=True, others=OTHER_TEXTS if pointer == "/initiative" else ()):
            return True
        kind = OCCASIONS.get(record.fields.get("kind", "")) if record.type == "event" else None
        return kind is not None and bool(pattern(kind).search(words))

    def _stance(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        fields = self.record.fields
        speaker, holder = str(fields.get("speaker", "")), str(fields.get("holder") or "")
        return stance.supports(str(value), said, self._index(evidence), speaker, holder)

    def _verbatim(self, pointer: str, value: Any, evidence: Evidence, said: stance.Said) -> bool:
        exact = said.exact
        if shape(pointer) == "/speakers/*":
            return value["name"] in exact and (not value.get("office") or _holds(exact, value["office"]))
        if shape(pointer) == "/place":
            place = str(value).split(",")[0].casefold()
            return any(_has_words(each.casefold(), place, meant=True) for each in (exact, *said.frames))
        if isinstance(value, Mapping):
            value = value.get("text") or value.get("title") or value.get("value") or ""
        if shape(pointer) == "/disagreements/*/values/*":
            return any(piece and piece in exact for piece in PIECES.split(str(value)))
        if shape(pointer) in ("/offices/*", "/office"):
            return _holds(exact, str(value))
        return _has_words(exact, str(value))

    # -- what is said of a pair that fails ----------------------------------------------------------------------------------------

    def _failure(self, pointer: str, kind: Kind, evidence: Evidence, said: stance.Said) -> Failure:
        value = self.context.graph.get(self.record.id, pointer)
        shown = _shown(value)
        found = ""
        if kind is MODALITY:
            found = f"their modality is {modality.modality_of(*said)!r}"
        elif kind is DATE and (stated := list(days.stated_days(said.exact))):
            found = f"they state {', '.join(stated)}"
        elif kind is ORDINAL and (numbers := ordinals.numbered(said.exact, said.frames, self._listed(evidence))):
            found = f"they give the number {', '.join(map(str, sorted(numbers)))}"
        return Failure(evidence, pointer, kind, shown, _short(said.exact), found, self._nearest(pointer, kind, evidence))

    def _nearest(self, pointer: str, kind: Kind, evidence: Evidence) -> str:
        """The first sentence of the source that would support the value, with its line; empty if there is none."""
        if kind is EDITORIAL:
            return ""
        assert isinstance(evidence.what, Quotation)
        readings = self.context.readings[evidence.what.source]
        text = readings.cleaned.text
        for each in readings.segmented.segments:
            if each.kind in ("sent", "headline", "heading") and evidence.what.exact not in text[each.start : each.end]:
                words = text[each.start : each.end]
                if self.supports(pointer, evidence, stance.Said(words, (), "", "")):
                    return f"line {text.count(chr(10), 0, each.start) + 1}: {_short(words)!r}"
        return ""


def said_of(context: CheckContext, evidence: Evidence) -> stance.Said | None:
    """The words of a quotation with what stands around them; None where it does not stand in its source, which another check tells."""
    quotation = evidence.what
    assert isinstance(quotation, Quotation)
    quoted = context.quoted(quotation)
    frames = tuple(each.exact for each in evidence.frames)
    if quoted is None or not isinstance(quoted.place, Resolved):
        return None
    if quoted.place.start < 0:
        return stance.Said(quotation.exact, frames, "", "")
    readings = context.readings[quotation.source]
    text, start, end = readings.cleaned.text, quoted.place.start, quoted.place.end
    sentences = readings.sentences_at(start, end)
    first, last = (sentences[0][0], sentences[-1][1]) if sentences else (start, end)
    return stance.Said(quotation.exact, frames, text[min(first, start) : start], text[end : max(last, end)])


def _is_turned_outside(said: stance.Said) -> bool:
    """True if the words around a quotation say that it is not so: "nobody believes that …", "…, which is untrue"."""
    return is_open(said.before + said.exact, len(said.before)) or stance.denied_after(said.after)


def _holds(exact: str, office: str) -> bool:
    """True if an office stands in words as a whole, without a word before it that makes it another: former, deputy, 副."""
    at = exact.find(office)
    while at >= 0:
        before = exact[:at].rstrip(" -–")
        hits = find(before, "negation.changes-office", "negation.not-former")
        changes = bool(hits) and hits[-1].end == len(before) and hits[-1].key == "negation.changes-office"
        behind = exact[at + len(office) :].lstrip(" -–")
        changes = changes or bool(pattern("negation.changes-office-behind").match(behind))
        if not changes and _stands_free(exact[:at]) and _has_words(exact[at:], office):
            return True
        at = exact.find(office, at + 1)
    return False


def _stands_free(before: str) -> bool:
    """True if the words before an office let it be someone's own: none, names, "then", but not "hopes to become", "daughter of the"."""
    words = before.replace(",", " , ").split()
    while words and pattern("grammar.definite-articles").fullmatch(words[-1]):
        words.pop()
    last = words[-1] if words else ""
    return not last.isalpha() or not last.islower() or last >= HAN or bool(pattern("negation.before-office").fullmatch(last))


def _is_there(words: str, at: int) -> bool:
    """True if something is said to be in a place: the place opens the words, or stands behind "in" or 在, and not in a relative clause."""
    before = words[:at].rstrip()
    hits = find(before, "negation.places-at")
    inside = hits and hits[-1].end == len(before)
    relative = pattern("negation.relative-pronouns").match(words, clause_start(words, at))
    return not before or (bool(inside) and not relative)


def _has_words(exact: str, value: str, meant: bool = False) -> bool:
    """True if a value stands in words as a whole, not inside a longer word; with `meant`, not where they leave it out ("not in Lund")."""
    at = exact.find(value)
    while at >= 0:
        if meant and (left_out(exact, at) or is_unreal(exact, at, at + len(value)) or not _is_there(exact, at)):
            at = exact.find(value, at + 1)
            continue
        before, after = exact[at - 1 : at] if at else "", exact[at + len(value) : at + len(value) + 1]
        if not value or not (
            (before.isalnum() and before < "\u2e80" and value[0].isalnum())
            or (after.isalnum() and after < "\u2e80" and value[-1].isalnum())
        ):
            return True
        at = exact.find(value, at + 1)
    return False


def _short(words: str, longest: int = 100) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _shown(value: Any) -> str:
    """A value as a finding shows it: of one with parts the part that is read off the words."""
    if isinstance(value, Mapping):
        inner = value["date"] if isinstance(value.get("date"), Mapping) else value
        value = next((inner[key] for key in ("value", "text", "title", "name", "event") if inner.get(key)), "")
    return repr(value)
