"""Work done apart, in a process of its own that has all we have, while we go on; what it made comes back as bytes."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable


def apart(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begins `make` in a second process and gives what waits for its bytes.

    Where there is but one processor, no fork, or a thread that a fork would cut off, it is done here when it is asked for; so it is too
    where the second process came to nothing: the result, or the exception, is that of `make`.
    """
    if not hasattr(os, "fork") or processors() < 2 or threading.active_count() > 1:
        return make
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _send(make, writing)
    os.close(writing)

    def wait() -> bytes:
        with os.fdopen(reading, "rb") as pipe:
            made = pipe.read()
        _, status = os.waitpid(child, 0)
        return made if status == 0 else make()

    return wait


def processors() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _send(make: Callable[[], bytes], writing: int) -> None:
    """The second process: it ends here, and nothing of ours is flushed or closed twice."""
    status = 1
    gc.disable()  # looking for cycles would copy what is shared
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(make())
        status = 0
    finally:
        os._exit(status)
