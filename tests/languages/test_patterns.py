"""No pattern tries every way through a line: a short form of `make patterns`."""

from __future__ import annotations

import re

from tools.patterns import Tree, slow


def test_no_pattern_hangs_on_a_pumped_line() -> None:
    assert not [(each.name, each.line) for each in slow(samples=1, seed=1)]


def test_a_pattern_that_would_hang_is_seen(monkeypatch) -> None:
    monkeypatch.setattr("tools.patterns.LIMIT", 0.2)
    monkeypatch.setattr("tools.patterns.patterns", lambda: {r"(?:\s*[|,]?\s*\d+ views)*$": ("made", re.IGNORECASE)})
    assert [each.name for each in slow(samples=20, seed=1)] == ["made"]


def test_a_pumped_line_comes_from_the_pattern() -> None:
    import random

    tree = Tree(r"Views: (?:\d )*end", 0)
    assert re.fullmatch(r"Views: (?:\d ){28}end", tree.line(tree.repeats[0], random.Random(1)))
