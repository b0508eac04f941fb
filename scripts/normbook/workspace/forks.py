"""Work shared among the cores by processes that are copies of this one: they inherit all that is loaded, and give back only their results."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
CAN_FORK = hasattr(os, "fork")
_work: Callable[[Any], Any] | None = None  # inherited by the forked processes


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def can_share() -> bool:
    """Whether work can be shared: on a system that can fork, with several cores, in a process that is not itself one of several."""
    library = sys.modules.get(
        "multiprocessing"
    )  # a process that is one of several has loaded it; loading it takes as long as a check of one change
    return CAN_FORK and cores() > 1 and (library is None or library.parent_process() is None)


def in_batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in pieces of `size`, in order.

    >>> list(in_batches("abcde", 2))
    ['ab', 'cd', 'e']
    """
    return (items[at : at + size] for at in range(0, len(items), size))


def forked(work: Callable[[T], R], tasks: Iterable[T], processes: int, lifetime: int | None = None) -> Iterator[R]:
    """The result of `work` for each task, in order. The processes begin at once, and the caller can do something else before it asks for results.

    `lifetime` is the number of tasks after which a fresh process takes the place of one. Tasks and results
    are pickled; `work` itself is inherited, with everything that it refers to.
    """
    import multiprocessing

    global _work  # noqa: PLW0603 - a forked process inherits it; nothing is copied
    _work = work
    gc.freeze()  # what is loaded lives longer than the processes: no collection need look at it
    pool = multiprocessing.get_context("fork").Pool(processes, maxtasksperchild=lifetime)
    return _until_done(pool, pool.imap(_inherited, tasks))


def _until_done(pool: Any, results: Iterator[R]) -> Iterator[R]:
    global _work  # noqa: PLW0603 - as above
    with pool:
        yield from results
    gc.unfreeze()
    _work = None


def _inherited(task: Any) -> Any:
    assert _work is not None
    return _work(task)
