"""Processes that share nothing write the same bytes as one that writes everything."""

from __future__ import annotations

import shutil
from functools import partial

import pytest

from normbook.workspace import forks, run_build
from normbook.workspace.build import build
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from normbook.workspace.shards import MANY, Shards, spawned
from tests.workspace.test_build import digests


def test_two_processes_that_load_the_project_themselves_write_the_same_site(small_built: Repo) -> None:
    whole = digests(small_built.site)
    shutil.rmtree(small_built.site)
    made = build(load_project(small_built), engine=partial(spawned, Shards(small_built, False, frozenset(), 1), 2))
    assert made.pages > 0
    assert digests(small_built.site) == whole


def test_only_many_records_are_written_so_and_only_where_a_system_cannot_fork(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    order = run_build.Order(lambda _: 0, print, False, False, frozenset(), {}, 0.0, "local", None)
    assert run_build._engine(repo, order, MANY + 1) is None
    monkeypatch.setattr(forks, "CAN_FORK", False)
    assert run_build._engine(repo, order, MANY) is None
    chosen = run_build._engine(repo, order, MANY + 1)
    assert isinstance(chosen, partial) and chosen.func is spawned
