"""Who runs the units of a bulk cleaning: processes of this machine, or an engine that the caller has. All call the same function."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing import get_all_start_methods, get_context

from normbook.pipeline.bulk import Part, Settings, clean_unit
from normbook.pipeline.units import Unit

AHEAD = 4  # units that wait for each process: enough to keep it busy, so few that memory does not grow with the input
RARELY = (100_000, 50, 100)

Engine = Callable[[Iterable[Unit], Settings, int, str | None], Iterator[Part]]


def local(units: Iterable[Unit], settings: Settings, jobs: int, address: str | None = None) -> Iterator[Part]:
    """The parts as processes of this machine finish them, in any order; one job runs in this process."""
    run = partial(clean_unit, settings=settings)
    if jobs == 1:
        yield from map(run, units)
        return
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    room = threading.Semaphore(jobs * AHEAD)

    def feed() -> Iterator[Unit]:
        for unit in units:
            room.acquire()
            yield unit

    _warm()
    with get_context(method).Pool(jobs, initializer=_prepare) as pool:
        for part in pool.imap_unordered(run, feed()):
            room.release()
            yield part


def _warm() -> None:
    """Reads the dictionaries once, before processes share them."""
    from normbook.text.clean import clean

    clean("It is what thegovernment of the day said to the people of the towns.")


def _prepare() -> None:
    gc.set_threshold(*RARELY)


def dask(units: Iterable[Unit], settings: Settings, jobs: int, address: str | None = None) -> Iterator[Part]:
    """The parts as Dask's workers finish them: a cluster's at `address`, else `jobs` processes that Dask starts here."""
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


def ray(units: Iterable[Unit], settings: Settings, jobs: int, address: str | None = None) -> Iterator[Part]:
    """The parts as Ray's workers finish them: a cluster's at `address`, else `jobs` processes that Ray starts here."""
    import ray as engine

    engine.init(address=address, num_cpus=None if address else jobs, include_dashboard=False, log_to_driver=False, logging_level="error")
    try:
        task = engine.remote(clean_unit)
        waiting: list[object] = []
        for unit in units:
            if len(waiting) >= jobs * AHEAD:
                done, waiting = engine.wait(waiting, num_returns=1)
                yield engine.get(done[0])
            waiting.append(task.remote(unit, settings))
        while waiting:
            done, waiting = engine.wait(waiting, num_returns=1)
            yield engine.get(done[0])
    finally:
        engine.shutdown()


ENGINES: dict[str, Engine] = {"local": local, "dask": dask, "ray": ray}
