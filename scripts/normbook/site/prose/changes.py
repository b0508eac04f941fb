"""Changes as sentences, for a terminal, or as Markdown for a comment or a changelog.

A sentence is a list of our own words (str) and words from records (Cited), which are escaped only when they are printed. So nothing from a
record is ever interpreted as Markdown, HTML, a link or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normbook.graph.diff import Change, EvidenceChange, ValueChange
from normbook.graph.text_diff import CorrectionChange, LineChange
from normbook.records.model import Outside, Quotation
from normbook.site.prose.text import Cited, Sentence, Words, flat, shown, window, words

LABEL = re.compile(r"[a-z0-9 ]+")
MOST_LINES = 12  # shown per reading
VERBS = {
    "added": "is new", "removed": "is removed", "moved": "moved", "withdrawn": "is withdrawn", "published": "is now published",
    "unpublished": "is a draft again", "altered": "is altered",
}  # fmt: skip


def describe_changes(
    changes: Sequence[Change], corrections: Sequence[CorrectionChange] = (), texts: Sequence[LineChange] = ()
) -> list[Sentence]:
    """The changes as sentences: the count, changes of speaker and stance, each published record, the texts, the drafts."""
    counted = [each for each in changes if each.counts]
    told = [Sentence(1, [count(changes)])]
    turned = [(each, one) for each in counted for one in each.turned]
    if turned:
        told.append(Sentence(0, ["Look here first: changes of speaker or stance"]))
        told += [Sentence(1, [*_named(each), ": ", *_turned(one)]) for each, one in turned]
    for each in counted:
        told += _record(each)
    if corrections:
        told.append(Sentence(0, ["Corrections of texts"]))
        told += [Sentence(1, _corrected(one)) for one in corrections]
    if texts:
        told.append(Sentence(0, ["Texts"]))
        told += _texts(texts)
    if drafts := [each for each in changes if not each.counts]:
        told.append(Sentence(0, ["Drafts (not published)"]))
        told += [Sentence(1, [*_named(each), f" {VERBS[each.what]}"]) for each in drafts]
    return told


def count(changes: Sequence[Change]) -> str:
    """One sentence with the numbers of changed published claims."""
    altered, added, removed = (
        sum(_kind(one) == kind for each in changes if each.counts for one in each.claims) for kind in ("altered", "added", "removed")
    )
    lost = sum(len(each.unborne) for each in changes if each.counts)
    if not altered + added + removed + lost:
        return "No published claim is altered, added or removed."
    sentence = f"{altered} published claim{'s' * (altered != 1)} altered, {added} added, {removed} removed"
    return sentence + (f"; {lost} claim{'s' * (lost != 1)} lost {'their' if lost != 1 else 'its'} last quotation." if lost else ".")


def _kind(change: ValueChange) -> str:
    return "added" if change.old is None else "removed" if change.new is None else "altered"


def _named(change: Change) -> Words:
    return [f"{change.type} ", Cited(change.id), " (", Cited(change.title), ")"]


def _record(change: Change) -> Iterator[Sentence]:
    head: Words = [*_named(change), f" {VERBS[change.what]}"]
    if change.moved_to:
        head += [" to ", *_listed(change.moved_to)]
    if change.reason:
        head += [": ", Cited(change.reason)]
    yield Sentence(0, head)
    for one in change.claims:
        yield Sentence(1, ["claim ", *_altered(one)])
    for requoted in change.evidence:
        yield Sentence(1, _requoted(requoted))
    for pointer in change.unborne:
        yield Sentence(1, ["no quotation supports the claim ", _label(pointer), " any more"])
    if change.what not in ("added", "removed"):
        for one in change.status:
            yield Sentence(1, _altered(one))
        for one in change.other:
            yield Sentence(1, [*([] if one.pointer.startswith("/themes") else ["not a claim: "]), *_altered(one)])


def _label(pointer: str) -> str | Cited:
    """The name of a value: our own if it is from the schema, cited if a record could have invented it."""
    name = words(pointer)
    return name if LABEL.fullmatch(name) else Cited(name)


def _altered(change: ValueChange) -> Words:
    name = _label(change.pointer)
    if change.old is None:
        return [name, " added: ", Cited(shown(change.new))]
    if change.new is None:
        return [name, " removed: ", Cited(shown(change.old))]
    one, two = window(flat(change.old), flat(change.new))
    return [name, ": from ", Cited(one), " to ", Cited(two)]


def _turned(change: ValueChange | EvidenceChange) -> Words:
    if isinstance(change, ValueChange):
        return ["the ", *_altered(change)]
    assert isinstance(change.old, Quotation)
    assert isinstance(change.new, Quotation)
    same = change.old.exact == change.new.exact
    before: Words = ["the words ", Cited(shown(change.old.exact)), ", ", *_manner(change.old), " previously, are now "]
    others: Words = [] if same else [Cited(shown(change.new.exact)), ", "]
    return [*before, *others, *_manner(change.new)]


def _manner(quotation: Quotation) -> Words:
    return [f"{quotation.stance} by ", Cited(quotation.speaker)]


def _requoted(change: EvidenceChange) -> Words:
    bears = _joined([_label(each) for each in change.bears])
    if change.old is None or change.new is None:
        what = change.new or change.old
        assert what is not None
        verb = "removed" if change.new is None else "added"
        return [f"{_medium(what)} {verb} for ", *bears, ": ", *_evidence(what)]
    if isinstance(change.old, Quotation) and isinstance(change.new, Quotation) and _same_words(change.old, change.new):
        return ["quotation ", Cited(shown(change.new.exact)), " altered: ", *_joined(list(_fields(change)), "; ")]
    return [f"{_medium(change.new)} altered for ", *bears, ": from ", *_evidence(change.old), " to ", *_evidence(change.new)]


def _same_words(one: Quotation, two: Quotation) -> bool:
    return (one.source, one.exact) == (two.source, two.exact)


def _fields(change: EvidenceChange) -> Iterator[Words]:
    """The differences between two quotations of the same words."""
    if change.bore != change.bears:
        now, before = (_joined([_label(each) for each in pointers]) for pointers in (change.bears, change.bore))
        yield ["supports ", *now, ", previously ", *before]
    for key in ("speaker", "stance", "role", "prefix", "suffix", "reading"):
        one, two = getattr(change.old, key), getattr(change.new, key)
        if one != two:
            yield _altered(ValueChange(f"/{key}", one or None, two or None))


def _medium(what: Quotation | Outside) -> str:
    return "quotation" if isinstance(what, Quotation) else "outside evidence"


def _evidence(what: Quotation | Outside) -> Words:
    """Evidence as text; a quotation always has its speaker and stance."""
    if isinstance(what, Outside):
        return [Cited(shown(what.paraphrase)), " (from ", Cited(what.url), ")"]
    role: Words = [] if what.role == "supports" else [f", which {'refutes it' if what.role == 'refutes' else 'is context'}"]
    return [Cited(shown(what.exact)), ", ", *_manner(what), ", in ", Cited(what.source), *role]


def _corrected(change: CorrectionChange) -> Words:
    held = change.new or change.old
    assert held is not None
    verb = "new" if change.old is None else "removed" if change.new is None else "altered"
    reads: Words = [Cited(shown(held["exact"])), " is read as ", Cited(shown(held["replacement"]))]
    old: Words = []
    if change.old is not None and change.new is not None:
        keys = [key for key in {**change.old, **change.new} if change.old.get(key) != change.new.get(key)]
        for key in keys:
            old += ["; ", *_altered(ValueChange(f"/{key}", change.old.get(key), change.new.get(key)))]
    return [f"{verb}: in ", Cited(change.source), " ", *reads, ", because ", Cited(shown(held["reason"])), *old]


def _texts(texts: Sequence[LineChange]) -> Iterator[Sentence]:
    for source, reading in dict.fromkeys((each.source, each.reading) for each in texts):
        found = [each for each in texts if (each.source, each.reading) == (source, reading)]
        lines = sum(max(len(each.old), len(each.new)) for each in found)
        yield Sentence(1, [f"the {reading} reading of ", Cited(source), f" differs in {lines} line{'s' * (lines != 1)}"])
        for each in found[:MOST_LINES]:
            one, two = window("\n".join(each.old), "\n".join(each.new))
            yield Sentence(2, [f"line {each.line}: from ", Cited(one or "nothing"), " to ", Cited(two or "nothing")])
        if len(found) > MOST_LINES:
            yield Sentence(2, [f"and {len(found) - MOST_LINES} more places"])


def _listed(items: Sequence[str]) -> Words:
    return _joined([Cited(each) for each in items])


def _joined(items: Sequence[str | Cited | Words], between: str = ", ") -> Words:
    found: Words = []
    for number, each in enumerate(items):
        found += [*([] if not number else [between]), *(each if isinstance(each, list) else [each])]
    return found
