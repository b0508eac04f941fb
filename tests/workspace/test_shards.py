"""Processes that share nothing write the same bytes as one that writes everything."""

from __future__ import annotations

import shutil
from functools import partial

from normbook.workspace.build import build
from normbook.workspace.load import load_project
from normbook.workspace.repo import Repo
from normbook.workspace.shards import Shards, spawned
from tests.workspace.test_build import digests


def test_two_processes_that_load_the_project_themselves_write_the_same_site(built: Repo) -> None:
    whole = digests(built.site)
    shutil.rmtree(built.site)
    made = build(load_project(built), engine=partial(spawned, Shards(built, False, frozenset(), 1), 2))
    assert made.pages > 0
    assert digests(built.site) == whole
