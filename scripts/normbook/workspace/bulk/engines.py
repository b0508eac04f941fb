"""Engines that run the units of a bulk cleaning: local processes or Dask. They all call the same function."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_all_start_methods, get_context, parent_process
from multiprocessing.process import BaseProcess

from normbook.workspace.bulk.plan import Unit
from normbook.workspace.bulk.run import Part, Settings, clean_unit

AHEAD = 4  # units queued per process: enough to keep it busy, few enough that memory use does not grow with the input
RARELY = (100_000, 50, 100)
Engine = Callable[[Iterable[Unit], Settings, int, str | None], Iterator[Part]]


class LostError(RuntimeError):
    """Units whose process was killed, and killed again when they were cleaned one by one."""

    def __init__(self, units: list[Unit]) -> None:
        super().__init__(f"{len(units)} units could not be cleaned: their process was killed")
        self.units = units


def local(units: Iterable[Unit], settings: Settings, jobs: int, address: str | None = None) -> Iterator[Part]:
    """The parts, in the order in which local processes finish them. A single job runs in this process.

    If a process is killed, the run continues with new ones; the interrupted units are cleaned again at the end, one by one.
    Raises LostError, after all other parts, if a process is killed again.
    """
    if jobs == 1:
        yield from map(partial(clean_unit, settings=settings), units)
        return
    _warm()
    broken: list[Unit] = []
    source = iter(units)
    while (begun := next(source, None)) is not None:
        yield from _together(chain([begun], source), settings, jobs, jobs * AHEAD, broken)
    lost: list[Unit] = []
    for unit in sorted(broken):
        yield from _together(iter([unit]), settings, 1, 1, lost)
    if lost:
        raise LostError(lost)


def _together(source: Iterator[Unit], settings: Settings, jobs: int, most: int, broken: list[Unit]) -> Iterator[Part]:
    """The parts of units, until there are no more or a process is killed; then the interrupted units are added to `broken`."""
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(jobs, get_context(method), initializer=_prepare)
    waiting: dict[Future[Part], Unit] = {}
    try:
        while True:
            for unit in islice(source, most - len(waiting)):
                waiting[pool.submit(clean_unit, unit, settings)] = unit
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                part = future.result()
                del waiting[future]
                yield part
    except BrokenProcessPool:
        broken += waiting.values()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _warm() -> None:
    """Loads the dictionaries once, so that forked processes share them."""
    from normbook.cleaning.clean import clean

    clean("It is what thegovernment of the day said to the people of the towns.")


def _prepare() -> None:
    """Makes a worker ignore interrupts, which its parent handles, and exit when the parent is gone."""
    gc.set_threshold(*RARELY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def dask(units: Iterable[Unit], settings: Settings, jobs: int, address: str | None = None) -> Iterator[Part]:
    """The parts, in the order in which Dask workers finish them: those of the cluster at `address`, else `jobs` local ones."""
    from distributed import Client, LocalCluster, as_completed

    cluster = None if address else LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None)
    with Client(address or cluster) as client:
        waiting = as_completed()
        source = iter(units)
        for _, unit in zip(range(jobs * AHEAD), source, strict=False):
            waiting.add(client.submit(clean_unit, unit, settings, pure=False))
        for future in waiting:
            for unit in source:
                waiting.add(client.submit(clean_unit, unit, settings, pure=False))
                break
            yield future.result()
    if cluster is not None:
        cluster.close()


ENGINES: dict[str, Engine] = {"local": local, "dask": dask}
