"""The check that quoted words support the values that they are cited for."""

from __future__ import annotations

from collections.abc import Iterator

from normbook.extraction.stance import find_denied
from normbook.findings.finding import Problem
from normbook.graph.claims import is_judged
from normbook.graph.context import CheckContext
from normbook.graph.evidence import Refusal, resolve
from normbook.graph.lookup import MIN_WORDS, OWN_STANCES
from normbook.graph.support.negation import cut_off
from normbook.graph.support.people import mentions_name, names_of
from normbook.graph.support.stance import is_denied
from normbook.graph.support.verdicts import TOPIC, Judge, said_of
from normbook.records.model import Evidence, Outside, Quotation, Record


def support(context: CheckContext) -> Iterator[Problem]:
    """Every value can be read off the words or the frames that are quoted for it; every frame stands in the source; outside pages say what was read."""
    for record in context.records():
        for each in record.evidence:
            if isinstance(each.what, Outside):
                yield from _outside(record, each)
            else:
                yield from _frames(context, record, each)
        yield from _cut_short(context, record)
        if record.type == "statement":
            yield from _about(context, record)
        for failure in Judge(context, record).failures():
            said = f"; {failure.found}" if failure.found else ""
            near = f"; {failure.nearest} would support it" if failure.nearest else ""
            yield record.problem(
                f"{failure.evidence.pointer}/exact",
                failure.kind.code,
                f"the quoted words {failure.words!r} do not support {failure.pointer} {failure.value}{said}",
                f"{failure.kind.remedy}{near}",
            )


def _cut_short(context: CheckContext, record: Record) -> Iterator[Problem]:
    """Quotations that leave out the negation or the exception of their clause, where it is not told already; denials without a denial."""
    for each in record.evidence:
        if not isinstance(each.what, Quotation) or (said := said_of(context, each)) is None:
            continue
        known = context.quoted(each.what)
        if each.what.stance in OWN_STANCES and _is_long(said.exact) and not (known and any(doubt.code == "N503" for doubt in known.doubts)):
            framed = " ".join(said.frames).casefold()
            if (word := cut_off(said.before, said.after)) and word.casefold() not in framed:
                message = f"the quotation leaves out {word!r}, which belongs to the same clause"
                yield record.problem(
                    f"{each.pointer}/exact",
                    "N503",
                    message,
                    "quote the negation or exception too, in the quotation or as a frame",
                    level="warning",
                )
        elif each.what.stance == "denied" and "/stance" not in each.supports and not is_denied(said) and not find_denied(said.exact):
            yield record.problem(
                f"{each.pointer}/stance", "N516", f"nothing denies the quoted words {said.exact[:100]!r}", "quote the denial under `frame`"
            )


def _is_long(exact: str) -> bool:
    """True for words that can lose a negation: four words, or six Chinese characters."""
    return len(exact.split()) >= MIN_WORDS or sum(character >= "\u2e80" for character in exact) >= 6


def _about(context: CheckContext, record: Record) -> Iterator[Problem]:
    """What a statement of a source held here is about is named in the words or frames that are quoted for it, or is the editors' judgement."""
    quoted = [each for each in record.evidence if isinstance(each.what, Quotation)]
    words = "\n".join(part for each in quoted for part in (each.what.exact, *(frame.exact for frame in each.frames)))  # type: ignore[union-attr]
    for number, id in enumerate(record.fields.get("about", ()) if quoted else ()):
        pointer = f"/about/{number}"
        topic = context.graph.records[id] if id in context.graph.briefs else None
        if topic is None or topic.type not in ("initiative", "actor") or is_judged(record, pointer):
            continue
        if not mentions_name(words, [name for name, _ in names_of(topic)]):
            yield record.problem(
                pointer,
                TOPIC.code,
                f"no quoted words name {id}",
                f"{TOPIC.remedy}, or say under `judgements` why the statement is about it",
            )


def _frames(context: CheckContext, record: Record, evidence: Evidence) -> Iterator[Problem]:
    """Each frame stands in the source of its quotation exactly once."""
    quotation = evidence.what
    assert isinstance(quotation, Quotation)
    if not any(character.isalnum() for character in quotation.exact):
        yield record.problem(
            f"{evidence.pointer}/exact",
            "N410",
            f"the quotation {quotation.exact!r} has no word in it",
            "quote the words that support the value",
        )
    source = context.graph.records[quotation.source] if quotation.source in context.graph.briefs else None
    listed = {each.get("actor") for each in source.fields.get("speakers", ())} if source else set()
    if listed and quotation.speaker != "unnamed" and quotation.speaker not in listed:
        yield record.problem(
            f"{evidence.pointer}/speaker",
            "N505",
            f"{quotation.source} does not list {quotation.speaker} among its speakers",
            "name the one who says the words, or add the speaker to the source with the words that name them",
            level="warning",
        )
    readings = context.readings.get(quotation.source)
    for each in evidence.frames if readings else ():
        framed = Quotation(
            quotation.source, each.exact, each.prefix, each.suffix, quotation.speaker, quotation.stance, "context", "cleaned"
        )
        assert readings is not None
        place = resolve(framed, readings)
        if isinstance(place, Refusal):
            yield record.problem(f"{each.pointer}/exact", place.code, place.message, place.hint)


def _outside(record: Record, evidence: Evidence) -> Iterator[Problem]:
    """Outside evidence says whether the page was read, and where on it a point stands."""
    outside = evidence.what
    assert isinstance(outside, Outside)
    if not outside.read:
        yield record.problem(
            evidence.pointer,
            "N519",
            "this outside evidence does not say whether the page was read",
            "write `read: 'yes'`, `read: part` or `read: 'no'`",
        )
    if not outside.locator and record.type == "principle":
        yield record.problem(
            evidence.pointer,
            "N519",
            "this outside evidence does not say where on the page the point stands",
            "write a `locator`, for example para 13(i)",
        )
