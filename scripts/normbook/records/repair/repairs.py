"""Repairs of a record's text, and how each is tried out before it is accepted."""

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
from normbook.records.yaml.loaded import Loaded, escape
from normbook.records.yaml.positions import Node, read_nodes
from normbook.records.yaml.reader import load

MAX_SINGLE_ATTEMPTS = 400  # attempts that are tried one by one if all of them together are not safe


class Repair(NamedTuple):
    """One repair: its line and column (from 1) in the text before it, and what was done and why."""

    line: int
    column: int
    reason: str


class Change(NamedTuple):
    """What a repair changes in the record's value: the value at a pointer or, with `rename`, its key."""

    pointer: str
    new: Any
    rename: bool = False


@dataclass(frozen=True)
class Attempt:
    """Replacements at spans of a text (code points, sorted, not overlapping), the repairs they make, and the values they change."""

    repairs: tuple[Repair, ...]
    edits: tuple[tuple[int, int, str], ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class State:
    """A record's text with everything that repairs look at."""

    text: str
    kind: str
    schemas: Schemas
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def loaded(self) -> Loaded:
        return load(self.text, "")

    @property
    def readable(self) -> bool:
        """True if the text loads to a mapping, without a fault that had to be passed over."""
        return isinstance(self.loaded.value, dict) and self.loaded.whole

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The findings of the reader and of the schema."""
        schema_problems = self.schemas.explain(self.kind, self.loaded, "", self.text.split("\n")) if self.readable else []
        return (*self.loaded.problems, *schema_problems)

    @cached_property
    def root(self) -> Node | None:
        """The position of each value; None if the text is not valid YAML or has a duplicate key, which makes positions ambiguous."""
        return None if any(problem.code == "N102" for problem in self.loaded.problems) else read_nodes(self.text)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The values by JSON Pointer."""
        return {node.pointer: node for node in self.root.walk()} if self.root else {}

    @cached_property
    def expected(self) -> tuple[Expected, ...]:
        """The values with what the schema expects of them."""
        return tuple(expect(self.schemas, self.kind, self.loaded.value)) if self.readable else ()

    def place(self, at: int) -> tuple[int, int]:
        """The line and column (from 1) of a code point."""
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)

    def repair(self, at: int, reason: str) -> Repair:
        """A repair at a code point."""
        return Repair(*self.place(at), reason)

    def with_text(self, text: str) -> State:
        """The state for another text of the same record."""
        return State(text, self.kind, self.schemas, self.ids)


def attempt(state: State, attempts: Sequence[Attempt]) -> tuple[State, list[Repair], list[Repair]]:
    """The state after the safe attempts, the repairs they made, and the repairs that were left out.

    An attempt is safe if the new text loads to the same value, except for its stated changes, and has no new finding.
    """
    if not attempts:
        return state, [], []
    candidate_of_all = apply_all(state, attempts)
    if _is_safe(state, candidate_of_all, attempts):
        return candidate_of_all, [repair for attempted in attempts for repair in attempted.repairs], []
    if len(attempts) == 1 or len(attempts) > MAX_SINGLE_ATTEMPTS:
        return state, [], [repair for attempted in attempts for repair in attempted.repairs]
    applied: list[Repair] = []
    skipped: list[Repair] = []
    for attempted in reversed(attempts):  # from the end, so that earlier positions stay valid
        candidate = apply_all(state, [attempted])
        safe = _is_safe(state, candidate, [attempted])
        (applied if safe else skipped).extend(attempted.repairs)
        state = candidate if safe else state
    return state, sorted(applied), sorted(skipped)


def apply_all(state: State, attempts: Sequence[Attempt]) -> State:
    """The state after attempts, whether safe or not."""
    pieces, end_of_last = [], 0
    for start, end, new in sorted(edit for attempted in attempts for edit in attempted.edits):
        pieces += [state.text[end_of_last:start], new]
        end_of_last = end
    return state.with_text("".join([*pieces, state.text[end_of_last:]]))


def _is_safe(old: State, new: State, attempts: Sequence[Attempt]) -> bool:
    if not new.readable:
        return False
    expected = old.loaded.value
    for attempted in attempts:
        for change in attempted.changes:
            expected = with_change(expected, change.pointer.split("/")[1:], change)
    return fingerprint(new.loaded.value) == fingerprint(expected) and Counter(finding_codes(new)) <= Counter(finding_codes(old))


def finding_codes(state: State) -> list[str]:
    """The codes of the findings of the reader and of the schema."""
    return [problem.code for problem in state.problems]


def fingerprint(value: Any) -> str:
    """Text that is equal for equal values, whatever the order of their keys; 1, 1.0 and true differ."""
    return json.dumps(value, sort_keys=True)


def with_change(value: Any, path: Sequence[str], change: Change) -> Any:
    """The value with a change applied."""
    if not path:
        return change.new
    if isinstance(value, list):
        return [with_change(item, path[1:], change) if str(number) == path[0] else item for number, item in enumerate(value)]
    assert isinstance(value, Mapping)
    if change.rename and len(path) == 1:
        return {change.new if escape(key) == path[0] else key: inner for key, inner in value.items()}
    return {key: with_change(inner, path[1:], change) if escape(key) == path[0] else inner for key, inner in value.items()}
