"""Cleaning a document and correcting it: its three readings (as received, cleaned, corrected) and the ledgers between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import gt

from normbook.cleaning.all_rules import RULES
from normbook.cleaning.readings import Correction, Misfit, Readings
from normbook.cleaning.rule import Rule, RulesOfLayer
from normbook.intake.kinds import Kind, received_as
from normbook.text.anchors import locate
from normbook.text.characters import alphabet, unusual
from normbook.text.decoding import Received
from normbook.text.ledger import IDENTITY, PLACE, Cleaned, Edit, Flag, Ledger
from normbook.text.tagged import NO_TAGS, TaggedPage

MOST_PASSES = 6
EDIT: Callable[[tuple[int, int, str, str, tuple[str, ...]]], Edit] = partial(tuple.__new__, Edit)  # takes a third of the time of Edit(...)


def clean(received: str, without: Iterable[str] = (), page: TaggedPage = NO_TAGS, thorough: bool = False) -> Cleaned:
    """The cleaned reading of a received text: all rules, except those named in `without`, run until nothing changes.

    `page` has the tags of a web page: page furniture that these show is dropped before. `thorough` drops more page
    furniture than is certain, and with it up to one line in twenty of the text of a page.

    1. `ledger.apply(received) == text` and `ledger.revert(text) == received`.
    2. `clean(text).text == text`.
    3. Every edit is minimal and names the rules that made it.
    4. If the text still changes after MOST_PASSES passes, it is left as received and flagged (N699).

    Raises KeyError if a name in `without` is not that of a rule.

    >>> clean(" date 2031-05-06 Data flow.\\n\\n").text
    'Data flow.\\n'
    """
    for name in (skipped := frozenset(without)):
        RULES[name]
    first = IDENTITY
    if page and "furniture-by-model" not in skipped:
        from normbook.page.tags import tag_edits

        first = Ledger.from_edits(tag_edits(received, page, thorough))
    return clean_by(received, RULES.in_layers(skipped, thorough=thorough), first)


def clean_by(received: str, layers: tuple[RulesOfLayer, ...], first: Ledger = IDENTITY) -> Cleaned:
    """Like `clean`, with a selection of rules or without gates (`Rules.in_layers`), after the edits of `first`."""
    text, whole = (first.apply(received), first) if first.edits else (received, IDENTITY)
    letters = alphabet(text)
    seen: set[Flag] = set()
    calm = 0  # consecutive layers that changed nothing; once all layers have seen the same text, it is clean
    for _ in range(MOST_PASSES):
        before = len(whole.edits), text
        for layer in layers:
            calm += 1
            if rules := layer.asked(text, letters):
                ledger, flags = _layer(text, rules)
                if flags:
                    seen.update(
                        flags if whole is IDENTITY else [Flag(flag.code, *whole.back(flag.start, flag.end), flag.message) for flag in flags]
                    )
                if ledger.edits:
                    text, whole, calm = ledger.apply(text), whole.compose(ledger), 0
                    letters = letters.union(unusual("".join([edit.new for edit in ledger.edits])))
            if calm == len(layers):
                break
        if calm == len(layers) or before == (len(whole.edits), text):
            return Cleaned(text, whole.minimal(), tuple(sorted(seen, key=lambda flag: (flag.start, flag.end, flag.code))))
    flag = Flag("N699", 0, len(received), "the rules did not converge on this text; it is left as received")
    return Cleaned(received, IDENTITY, (flag,))


def _layer(text: str, rules: Iterable[Rule]) -> tuple[Ledger, list[Flag]]:
    """The edits and flags of one layer's rules; if two edits overlap, the rule that comes first wins."""
    edits: list[Edit] = []
    flags: list[Flag] = []
    for rule in rules:
        names = (rule.name,)
        for result in rule.find(text):
            if isinstance(result, Edit):
                start, end, raw, new, _ = result
                edits.append(EDIT((start, end, raw, new, names)))
            else:
                flags.append(result)
    return (Ledger.from_edits(_disjoint(edits)) if edits else IDENTITY), flags


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """The edits sorted by position, without overlaps: of two that overlap, the one that is earlier in the list stays."""
    ordered = sorted(edits, key=PLACE)
    if not any(map(gt, [edit.end for edit in ordered], [edit.start for edit in ordered[1:]])):
        return ordered
    rank = {id(edit): number for number, edit in enumerate(edits)}
    chosen: list[Edit] = []
    for edit in ordered:
        if chosen and edit.start < chosen[-1].end:
            if rank[id(edit)] < rank[id(chosen[-1])] and (len(chosen) < 2 or edit.start >= chosen[-2].end):
                chosen[-1] = edit
            continue
        chosen.append(edit)
    return chosen


def correct(cleaned: str, corrections: Sequence[Correction]) -> tuple[Ledger, tuple[Misfit, ...]]:
    """The ledger from the cleaned to the corrected reading, whose edits name their correction as the rule, and the misfits.

    A correction whose anchor does not occur exactly once, or that overlaps or touches an earlier one, is a misfit and is not applied.
    """
    edits: list[Edit] = []
    misfits: list[Misfit] = []
    for index, correction in enumerate(corrections):
        spans = locate(cleaned, correction.anchor)
        if len(spans) != 1:
            code = "N422" if spans else "N421"
            misfits.append(Misfit(index, code, f"expected its words once in the cleaned reading, found them {len(spans)} times"))
            continue
        start, end = spans[0]
        clash = next((edit for edit in edits if edit.start <= end and start <= edit.end), None)
        if clash:
            misfits.append(Misfit(index, "N423", f"it overlaps or touches the correction {clash.rules[0]!r}"))
            continue
        edits.append(Edit(start, end, cleaned[start:end], correction.replacement, (correction.id,)))
    return Ledger.from_edits(edits), tuple(misfits)


def read(
    content: bytes,
    corrections: Sequence[Correction] = (),
    encoding: str | None = None,
    without: Sequence[str] = (),
    kind: Kind = "text",
    thorough: bool = False,
) -> Readings:
    """The readings of received bytes; corrections that do not fit are listed in `misfits`. Raises Refused if the file is not of its kind."""
    return read_received(received_as(kind, content, encoding), corrections, without, thorough)


def read_received(
    received: Received, corrections: Sequence[Correction] = (), without: Sequence[str] = (), thorough: bool = False
) -> Readings:
    """The readings of a received text; `without` and `thorough` as in `clean`."""
    cleaned = clean(received.text, without, received.page, thorough)
    ledger, misfits = correct(cleaned.text, corrections)
    return Readings(received, cleaned, ledger, misfits)
