"""The pages of records, written by several processes: forked ones, which inherit all that is loaded, or those of Dask, each of which loads the project.

A page is a pure function of the project, so all of them write the same bytes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from normbook.workspace.forks import can_share, cores, forked, in_batches
from normbook.workspace.load import load_project
from normbook.workspace.page_writer import Batch, PageWriter
from normbook.workspace.prepare import prepared
from normbook.workspace.repo import Repo

FEW = 400  # records; up to this number, more processes are not worth their cost
MANY = 4_000  # records; up to this number, processes that load the project themselves are not
BATCH = 100  # records that a process writes before it tells what it has noted
BATCHES = 8  # that a forked process does before a fresh one takes its place, without the copies of what it has touched
Engine = Callable[[Iterable[Sequence[str]]], Iterator[Batch]]  # gives the result of each batch of ids, in any order


def all_records(writer: PageWriter, ids: Sequence[str], engine: Engine | None = None) -> Iterator[int]:
    """Writes the pages of all records, on all cores if there are many, or by an engine; yields how many are done."""
    if engine is None and (len(ids) <= FEW or not can_share()):
        yield from _alone(writer, ids)
        return
    first = {writer.context.graph.type_of(id): id for id in reversed(ids)}.values()
    for id in first:  # of each type, so that forked processes inherit the templates and what these have asked for
        writer.record(id)
    rest = [id for id in ids if id not in first]
    done = len(first)
    tasks = in_batches(rest, BATCH)
    for batch in engine(tasks) if engine else forked(writer.batch, tasks, cores(), BATCHES):
        writer.merge(batch)
        done += len(batch.reads)
        yield done


def _alone(writer: PageWriter, ids: Sequence[str]) -> Iterator[int]:
    gc.freeze()  # what is loaded lives as long as the build: no collection need look at it
    for number, id in enumerate(ids, 1):
        writer.record(id)
        yield number
    gc.unfreeze()


class Shards(NamedTuple):
    """What a process that inherits nothing must know of a build; `number` tells one build from the next. All processes see the same files."""

    repo: Repo
    policy: bool
    without: frozenset[str]
    number: int


def shard(shards: Shards, ids: Sequence[str]) -> Batch:
    """Writes the pages of some records, in a process that loads the project for the first of its batches."""
    return _loaded(shards).batch(ids)


@lru_cache(maxsize=1)
def _loaded(shards: Shards) -> PageWriter:
    gc.set_threshold(100_000, 50, 100)
    writer, _ = prepared(load_project(shards.repo), shards.policy, shards.without)
    return writer


def spawned(shards: Shards, jobs: int, batches: Iterable[Sequence[str]]) -> Iterator[Batch]:
    """The batches, written by new processes on this machine, for systems that cannot fork."""
    import multiprocessing  # late, as below: a build of one change needs neither
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(partial(shard, shards), batches)


def dask(shards: Shards, jobs: int, address: str | None, batches: Iterable[Sequence[str]]) -> Iterator[Batch]:
    """The batches, written by the Dask cluster at an address, else by `jobs` local workers."""
    from distributed import Client, LocalCluster, as_completed

    cluster = None if address else LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    with Client(address or cluster) as client:
        for future in as_completed([client.submit(shard, shards, ids, pure=False) for ids in batches]):
            yield future.result()
    if cluster is not None:
        cluster.close()
