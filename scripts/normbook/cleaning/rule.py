"""Cleaning rules and their registry: one decorator, `@rule(...)`, declares everything about a rule.

Most rules concern rare characters or forms, so running every rule on every text would waste most of the time. A rule
therefore declares what a text must contain before the rule can find anything, and the gates of its layer are computed
from these declarations:

    @rule("ligature", layer="character", needs="\\ufb01\\ufb02", summary="Spells out ligatures.", wrong_when="…")
    def ligatures(text: str) -> Iterator[Edit]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from threading import Lock
from typing import Literal, NamedTuple, TypeVar

from normbook.text.ledger import Edit, Flag
from normbook.text.line_cache import LineCache, lines_of, remembered, starts_of

Layer = Literal["encoding", "character", "boilerplate", "wrap", "token"]
LAYERS: tuple[Layer, ...] = ("encoding", "character", "boilerplate", "wrap", "token")  # in the order in which they run
Find = Callable[[str], Iterable[Edit | Flag]]
MayFind = Callable[[str, frozenset[str]], bool]
Function = TypeVar("Function", bound=Find)
LAST = 1_000
LEAST_SUMMARY, LEAST_WRONG_WHEN = 21, 26  # characters: a reader of the page of rules needs a sentence
USUAL = frozenset(map(chr, range(0x20, 0x7F)))  # these are looked for in the text itself; all others in its alphabet


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A mechanical, general change to texts.

    - `summary` says what it does, in more than 20 characters; `wrong_when` begins "Wrong when ", has more than 25, and
      says when that would be wrong. Both are published on the page of rules.
    - `needs` are characters: the rule finds nothing in a text that has none of them. None if it depends on no
      particular character. The line feed is not allowed.
    - `may_find(text, letters)` is a test that is cheaper than the rule and returns False only if the rule finds
      nothing. `letters` has all characters of the text beyond printable ASCII and the line feed, and may have more.
    - A rule with neither runs on every text.
    - The rules of a layer run by `order`, then by name; if the edits of two overlap, the earlier rule wins.
    - `thorough` takes the place of `find`, on every text, for a reader who wants more furniture removed than is certain.
    """

    name: str
    layer: Layer
    find: Find
    summary: str
    wrong_when: str
    needs: frozenset[str] | None = None
    may_find: MayFind | None = None
    order: int = LAST
    thorough: Find | None = None


class Gate(NamedTuple):
    """Consecutive rules of a layer with the same declared need, and that need."""

    unusual: frozenset[str] | None  # characters beyond printable ASCII; None if no character is needed
    usual: str  # printable ASCII characters
    may_find: MayFind | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RulesOfLayer:
    """The rules of one layer in the order in which they run, behind their gates.

    The layer is skipped if all of its gates are closed. Nobody maintains the gates: they follow from what the rules declare.
    """

    layer: Layer
    gates: tuple[Gate, ...]

    def asked(self, text: str, letters: frozenset[str]) -> list[Rule]:
        """The rules that may find something in a text; `letters` as in `Rule`."""
        asked: list[Rule] = []
        for usual, may_find, rules in _open_gates(self, letters):
            if usual:
                for character in usual:
                    if character in text:
                        break
                else:
                    continue
            if may_find is None or may_find(text, letters):
                asked += rules
        return asked


@remembered(1 << 10)
def _open_gates(layer: RulesOfLayer, letters: frozenset[str]) -> tuple[tuple[str, MayFind | None, tuple[Rule, ...]], ...]:
    """The gates that may open for a text with these letters, each with ASCII characters of which the text must contain one ("": no need)."""
    return tuple(
        [
            ("" if unusual is None or met else usual, may_find, rules)
            for unusual, usual, may_find, rules in layer.gates
            if (met := unusual is not None and not unusual.isdisjoint(letters)) or unusual is None or usual
        ]
    )


class Rules(Mapping[str, Rule]):
    """All rules by name, in the order in which they run.

    A table is never modified: adding a rule replaces it by a new one, so readers need no lock.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._table: Mapping[str, Rule] = {}
        self._ordered: tuple[Rule, ...] = ()
        self._layers: tuple[RulesOfLayer, ...] | None = None  # grouped on first use, since each module of rules adds some

    def __getitem__(self, name: str) -> Rule:
        return self._table[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def add(self, new: Rule) -> None:
        """Registers a rule. Raises ValueError for a duplicate name, an unknown layer, a need that no gate can check, or words that are too short."""
        if new.layer not in LAYERS:
            raise ValueError(f"rule {new.name!r}: expected a layer of {', '.join(LAYERS)}, found {new.layer!r}")
        if new.needs is not None and (not new.needs or "\n" in new.needs or any(len(character) != 1 for character in new.needs)):
            raise ValueError(f"rule {new.name!r}: `needs` must be single characters other than the line feed, found {sorted(new.needs)}")
        if len(new.summary) < LEAST_SUMMARY:
            raise ValueError(f"rule {new.name!r}: expected a `summary` of {LEAST_SUMMARY} characters or more, found {new.summary!r}")
        if not new.wrong_when.startswith("Wrong when ") or len(new.wrong_when) < LEAST_WRONG_WHEN:
            expected = f"`wrong_when` to begin with 'Wrong when ' and to have {LEAST_WRONG_WHEN} characters or more"
            raise ValueError(f"rule {new.name!r}: expected {expected}, found {new.wrong_when!r}")
        with self._lock:
            if new.name in self._table:
                raise ValueError(f"duplicate rule name {new.name!r}; names are published, so choose another")
            self._set({**self._table, new.name: new})

    @contextmanager
    def restored(self) -> Iterator[None]:
        """A context manager that restores the rules when the block ends; for tests that add rules."""
        before = self._table
        try:
            yield
        finally:
            with self._lock:
                self._set(before)

    def in_layers(self, skipped: frozenset[str] = frozenset(), gated: bool = True, thorough: bool = False) -> tuple[RulesOfLayer, ...]:
        """The layers with their rules, except those named in `skipped`; unless `gated`, every rule runs on every text.

        With `thorough`, the rules of page furniture take what is less certain too.
        """
        if not skipped and gated and not thorough:
            if (layers := self._layers) is None:
                with self._lock:
                    layers = self._layers = _grouped(self._ordered, True)
            return layers
        rules = _thorough(self._ordered) if thorough else self._ordered
        return _grouped(tuple([rule for rule in rules if rule.name not in skipped]), gated)

    def _set(self, table: Mapping[str, Rule]) -> None:
        ordered = sorted(table.values(), key=lambda rule: (LAYERS.index(rule.layer), rule.order, rule.name))
        self._table = {rule.name: rule for rule in ordered}
        self._ordered, self._layers = tuple(ordered), None


@remembered(16)
def _thorough(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules, with what finds less certain page furniture in place of what finds the certain."""
    return tuple([replace(each, find=each.thorough, may_find=None) if each.thorough else each for each in rules])


@remembered(16)
def _grouped(rules: tuple[Rule, ...], gated: bool) -> tuple[RulesOfLayer, ...]:
    return tuple(RulesOfLayer(layer, _gates([rule for rule in rules if rule.layer == layer], gated)) for layer in LAYERS)


def _gates(rules: list[Rule], gated: bool) -> tuple[Gate, ...]:
    if not gated:
        return (Gate(None, "", None, tuple(rules)),)
    gates: list[Gate] = []
    for (needs, may_find), group in groupby(rules, key=lambda rule: (rule.needs, rule.may_find)):
        usual = "" if needs is None else "".join(sorted(needs & USUAL))
        gates.append(Gate(None if needs is None else needs - USUAL, usual, may_find, tuple(group)))
    return tuple(gates)


RULES = Rules()


def rule(
    name: str,
    *,
    layer: Layer,
    summary: str,
    wrong_when: str,
    needs: Iterable[str] | None = None,
    may_find: MayFind | None = None,
    by_line: bool = False,
    order: int = LAST,
    thorough: Find | None = None,
) -> Callable[[Function], Function]:
    """Registers a function from texts to edits and flags as a rule, and returns the function unchanged.

    The edits need not name the rule. `by_line` declares that the rule looks at one line at a time and never beyond it;
    then it runs once per distinct line and the result is cached. `Rule` explains the other parameters.
    """

    def decorate(find: Function) -> Function:
        whole = _line_by_line(find) if by_line else find
        RULES.add(Rule(name, layer, whole, summary, wrong_when, None if needs is None else frozenset(needs), may_find, order, thorough))
        return find

    return decorate


def _line_by_line(find: Find) -> Find:
    """The same rule, run on each line of a text separately and cached by line."""
    cache = LineCache(lambda line: tuple(find(line)))

    def find_by_line(text: str) -> Iterable[Edit | Flag]:
        numbered = cache.numbered(lines_of(text))
        if not numbered:
            return ()
        starts = starts_of(text)
        return [edit._replace(start=edit.start + starts[n], end=edit.end + starts[n]) for n, edits in numbered for edit in edits]

    return find_by_line
