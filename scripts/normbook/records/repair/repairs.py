"""Repairs of a record's text: what each is, and how it is tried before it is believed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from normbook.findings.finding import Problem
from normbook.records.schema import Schemas
from normbook.records.validation.expected import Expected, expect
from normbook.records.yaml.positions import Node, read_nodes
from normbook.records.yaml.reader import Loaded, escape, load

MOST = 400  # attempts that are tried one by one where all at once are not sure


class Repair(NamedTuple):
    """One repair: its place in the text as it was (from 1), and what was done and why."""

    line: int
    column: int
    reason: str


class Change(NamedTuple):
    """What a repair does to the record's value: the value at a pointer becomes another, or its key another (`rename`)."""

    pointer: str
    new: Any
    rename: bool = False


@dataclass(frozen=True)
class Attempt:
    """Replacements at spans of a text (code points, ordered, not overlapping), what they mend, and which values they change."""

    repairs: tuple[Repair, ...]
    edits: tuple[tuple[int, int, str], ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class State:
    """A record's text with all that repairs look at."""

    text: str
    kind: str
    schemas: Schemas
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def loaded(self) -> Loaded:
        return load(self.text, "")

    @property
    def readable(self) -> bool:
        """True if the text gives a value, and nothing had to be left out of it to be read."""
        return isinstance(self.loaded.value, dict) and self.loaded.whole

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The findings of the file by itself: of reading and of the schema."""
        refused = self.schemas.explain(self.kind, self.loaded, "", self.text.split("\n")) if self.readable else []
        return (*self.loaded.problems, *refused)

    @cached_property
    def root(self) -> Node | None:
        """Where each value stands; None where positions would be misleading: the text is no YAML, or a key stands twice."""
        return None if any(problem.code == "N102" for problem in self.loaded.problems) else read_nodes(self.text)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The values by JSON Pointer."""
        return {node.pointer: node for node in self.root.walk()} if self.root else {}

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """The values with what the schema wants of them."""
        return tuple(expect(self.schemas, self.kind, self.loaded.value)) if self.readable else ()

    def place(self, at: int) -> tuple[int, int]:
        """The line and column, from 1, of a code point."""
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def repair(self, at: int, reason: str) -> Repair:
        """A repair at a code point."""
        return Repair(*self.place(at), reason)

    def with_text(self, text: str) -> State:
        """The state of another text of the same record."""
        return State(text, self.kind, self.schemas, self.ids)


def attempt(state: State, tries: Sequence[Attempt]) -> tuple[State, list[Repair], list[Repair]]:
    """The state after those attempts that are sure, what they repaired, and what was left alone.

    An attempt is sure if the text loads again to the same value, its own changes apart, and no finding is there more than before.
    """
    if not tries:
        return state, [], []
    whole = apply(state, tries)
    if _is_sure(state, whole, tries):
        return whole, [repair for each in tries for repair in each.repairs], []
    if len(tries) == 1 or len(tries) > MOST:
        return state, [], [repair for each in tries for repair in each.repairs]
    done: list[Repair] = []
    left: list[Repair] = []
    for each in reversed(tries):  # from the end, so that places before it stay
        tried = apply(state, [each])
        sure = _is_sure(state, tried, [each])
        (done if sure else left).extend(each.repairs)
        state = tried if sure else state
    return state, sorted(done), sorted(left)


def apply(state: State, tries: Sequence[Attempt]) -> State:
    """The state after attempts, whether sure or not."""
    pieces, at = [], 0
    for start, end, new in sorted(edit for each in tries for edit in each.edits):
        pieces += [state.text[at:start], new]
        at = end
    return state.with_text("".join([*pieces, state.text[at:]]))


def _is_sure(old: State, new: State, tries: Sequence[Attempt]) -> bool:
    if not new.readable:
        return False
    wanted = old.loaded.value
    for each in tries:
        for change in each.changes:
            wanted = changed(wanted, change.pointer.split("/")[1:], change)
    return fingerprint(new.loaded.value) == fingerprint(wanted) and Counter(codes(new)) <= Counter(codes(old))


def codes(state: State) -> list[str]:
    """The codes of the findings of a file by itself."""
    return [problem.code for problem in state.problems]


def fingerprint(value: Any) -> str:
    """The same for values that are the same, whatever the order of their keys; 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True)


def changed(value: Any, path: Sequence[str], change: Change) -> Any:
    """The value with a change made."""
    if not path:
        return change.new
    if isinstance(value, list):
        return [changed(item, path[1:], change) if str(number) == path[0] else item for number, item in enumerate(value)]
    assert isinstance(value, Mapping)
    if change.rename and len(path) == 1:
        return {change.new if escape(key) == path[0] else key: inner for key, inner in value.items()}
    return {key: changed(inner, path[1:], change) if escape(key) == path[0] else inner for key, inner in value.items()}
