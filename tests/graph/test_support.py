"""The support check, measured: false values beside true quotations are refused, sound ones are not."""

from __future__ import annotations

import pytest

from normbook.graph.context import Subject
from normbook.workspace.load import Project
from tests.graph.planted import KINDS, PLANTED, SEED, SOUND, Pair, book, complaints, planted_pairs, refusals, sound_pairs

MOST_MISSED, MOST_FALSE_ALARMS = 10, 4
SEEDS = (SEED, 7, 4242)


@pytest.fixture(scope="module")
def subject(project: Project) -> Subject:
    return book(project)


def _shown(pairs: list[Pair]) -> str:
    return "\n".join(f"{pair.kind}: {pair.label}" for pair in pairs)


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_falsehoods_are_refused(subject: Subject, seed: int) -> None:
    print(f"seed {seed}")
    pairs = planted_pairs(subject, seed)
    assert len(pairs) == PLANTED
    assert {pair.kind for pair in pairs} == set(KINDS)
    missed = [pair for pair in pairs if not refusals(pair)]
    assert len(missed) <= MOST_MISSED, _shown(missed)


@pytest.mark.parametrize("seed", SEEDS)
def test_sound_pairs_pass(subject: Subject, seed: int) -> None:
    print(f"seed {seed}")
    pairs = sound_pairs(subject, seed)
    assert len(pairs) == SOUND
    alarms = [pair for pair in pairs if complaints(pair)]
    assert len(alarms) <= MOST_FALSE_ALARMS, _shown(alarms)
