"""The three readings of one document, and the ledgers between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import gt

from normbook.cleaning.all_rules import RULES
from normbook.cleaning.readings import Correction, Misfit, Readings
from normbook.cleaning.rule import Rule, RulesOfLayer
from normbook.text.anchors import locate
from normbook.text.characters import alphabet, unusual
from normbook.text.decoding import decode
from normbook.text.ledger import IDENTITY, PLACE, Cleaned, Edit, Flag, Ledger

MOST_PASSES = 6
EDIT: Callable[[tuple[int, int, str, str, tuple[str, ...]]], Edit] = partial(tuple.__new__, Edit)  # in a third of the time of Edit(...)


def clean(received: str, without: Iterable[str] = ()) -> Cleaned:
    """The cleaned reading of a received text, all rules but those named in `without` run to a fixpoint.

    1. `ledger.apply(received) == text` and `ledger.revert(text) == received`.
    2. `clean(text).text == text`.
    3. Every edit is minimal and names the rules that made it.
    4. Where no fixpoint is reached in MOST_PASSES passes the text is left as received and flagged (N699).

    Raises KeyError for a name in `without` that is no rule.

    >>> clean(" date 2031-05-06 Data flow.\\n\\n").text
    'Data flow.\\n'
    """
    for name in (skipped := frozenset(without)):
        RULES[name]
    return clean_by(received, RULES.in_layers(skipped))


def clean_by(received: str, layers: tuple[RulesOfLayer, ...]) -> Cleaned:
    """The same with a choice of rules, or with their gates open (`Rules.in_layers`)."""
    text, whole, letters = received, IDENTITY, alphabet(received)
    seen: set[Flag] = set()
    calm = 0  # layers in a row that found nothing to change: when all have seen this text it is clean
    for _ in range(MOST_PASSES):
        before = len(whole.edits), text
        for layer in layers:
            calm += 1
            if rules := layer.asked(text, letters):
                found, flags = _layer(text, rules)
                if flags:
                    seen.update(
                        flags if whole is IDENTITY else [Flag(flag.code, *whole.back(flag.start, flag.end), flag.message) for flag in flags]
                    )
                if found.edits:
                    text, whole, calm = found.apply(text), whole.compose(found), 0
                    letters = letters.union(unusual("".join([edit.new for edit in found.edits])))
            if calm == len(layers):
                break
        if calm == len(layers) or before == (len(whole.edits), text):
            return Cleaned(text, whole.minimal(), tuple(sorted(seen, key=lambda flag: (flag.start, flag.end, flag.code))))
    unrest = Flag("N699", 0, len(received), "the rules do not come to rest on this text; it is left as received")
    return Cleaned(received, IDENTITY, (unrest,))


def _layer(text: str, rules: Iterable[Rule]) -> tuple[Ledger, list[Flag]]:
    """The edits of one layer's rules; where two overlap the rule that stands earlier in the table wins."""
    edits: list[Edit] = []
    flags: list[Flag] = []
    for rule in rules:
        names = (rule.name,)
        for found in rule.find(text):
            if isinstance(found, Edit):
                start, end, raw, new, _ = found
                edits.append(EDIT((start, end, raw, new, names)))
            else:
                flags.append(found)
    return (Ledger.from_edits(_disjoint(edits)) if edits else IDENTITY), flags


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """The edits that do not overlap, in order of their places; of two that do the one that stands earlier in the list."""
    ordered = sorted(edits, key=PLACE)
    if not any(map(gt, [edit.end for edit in ordered], [edit.start for edit in ordered[1:]])):
        return ordered
    rank = {id(edit): number for number, edit in enumerate(edits)}
    kept: list[Edit] = []
    for edit in ordered:
        if kept and edit.start < kept[-1].end:
            if rank[id(edit)] < rank[id(kept[-1])] and (len(kept) < 2 or edit.start >= kept[-2].end):
                kept[-1] = edit
            continue
        kept.append(edit)
    return kept


def correct(cleaned: str, corrections: Sequence[Correction]) -> tuple[Ledger, tuple[Misfit, ...]]:
    """The ledger from the cleaned to the corrected reading, each edit naming its correction as its rule; and what does not fit.

    A correction whose anchor is not found exactly once, or that overlaps or touches an earlier one, is left out and told.
    """
    edits: list[Edit] = []
    misfits: list[Misfit] = []
    for index, correction in enumerate(corrections):
        found = locate(cleaned, correction.anchor)
        if len(found) != 1:
            misfits.append(
                Misfit(index, "N421" if not found else "N422", f"its words stand {len(found)} times in the cleaned reading, not once")
            )
            continue
        start, end = found[0]
        clash = next((edit for edit in edits if edit.start <= end and start <= edit.end), None)
        if clash:
            misfits.append(Misfit(index, "N423", f"it overlaps or touches the correction {clash.rules[0]!r}"))
            continue
        edits.append(Edit(start, end, cleaned[start:end], correction.replacement, (correction.id,)))
    return Ledger.from_edits(edits), tuple(misfits)


def read(content: bytes, corrections: Sequence[Correction] = (), encoding: str | None = None, without: Sequence[str] = ()) -> Readings:
    """The readings of received bytes; corrections that do not fit are told in `misfits`."""
    received = decode(content, encoding)
    cleaned = clean(received.text, without)
    ledger, misfits = correct(cleaned.text, corrections)
    return Readings(received, cleaned, ledger, misfits)
