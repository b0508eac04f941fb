"""Precision and recall on our own documents do not sink: each figure is at its floor or above (tests/cases/floors.yaml)."""

from __future__ import annotations

from functools import cache

import pytest

from tools.measure.floors import HALVES, Figures, figures, read_floors, shortfalls

now = cache(figures)


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_is_below_its_floor(half: str) -> None:
    assert list(shortfalls(read_floors()[half], now(half))) == []


@pytest.mark.parametrize("half", HALVES)
def test_all_that_is_measured_has_a_floor(half: str) -> None:
    assert now(half).keys() == read_floors()[half].keys()
    assert sum(len(each) for each in read_floors()[half].values()) > 30


def test_a_figure_that_sinks_or_is_no_longer_measured_is_told() -> None:
    floors: Figures = {"dates": {"precision": 0.9, "recall": 0.8}, "lists": {"recall": 1.0}, "prose": {"lost": 2}}
    sound: Figures = {"dates": {"precision": 0.95, "recall": 0.8}, "lists": {"recall": 1.0}, "prose": {"lost": 2}}
    assert list(shortfalls(floors, sound)) == []
    sunk: Figures = {"dates": {"precision": 0.95, "recall": 0.79}, "prose": {"lost": 3}}
    assert [each.split(" is ")[0] for each in shortfalls(floors, sunk)] == ["dates: recall", "lists: recall", "prose: lost"]
