"""The lines of a text, and what pure functions have found in single lines: the one place of this package that remembers anything.

A `LineCache` holds what one function found in each of some thousands of lines. It is right in threads without a lock on
the way of reading, for three reasons:

1. What it holds is a set and a dict that only grow. When they are full they are not emptied but replaced, both in one
   assignment. A reader takes the pair once and works on that: a line it saw there stays there.
2. A line missing from the pair is computed, never expected to be found a moment later.
3. The function is pure, so that it does not matter which thread computed a value, or whether two did.

Writing is done under a lock, since it reads the size before it adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakSet

MOST_LINES = 1 << 12
Found = TypeVar("Found")
Taken = ParamSpec("Taken")
_lock = Lock()
_caches: WeakSet[LineCache[Any]] = WeakSet()
_functions: list[Callable[[], None]] = []  # what empties each of the functions below


class LineCache(Generic[Found]):
    """What a pure function finds in single lines (or words), remembered for at most `most` of them.

    A line in which it finds nothing (a false value) costs no more than its place in a set, which is asked about all
    lines of a text at once. What is found must not be changed by whoever gets it: tuples, not lists.

    >>> shouted = LineCache(lambda line: tuple(word for word in line.split() if word.isupper()))
    >>> shouted.numbered(["so it is", "STOP it NOW"]), shouted.are_silent(["so it is"])
    ([(1, ('STOP', 'NOW'))], True)
    """

    def __init__(self, find: Callable[[str], Found], most: int = MOST_LINES) -> None:
        self.find, self.most = find, most
        self._lock = Lock()
        self._known: tuple[set[str], dict[str, Found]] = set(), {}
        with _lock:
            _caches.add(self)

    def __len__(self) -> int:
        """How many lines are remembered."""
        silent, telling = self._known
        return len(silent) + len(telling)

    def are_silent(self, lines: Iterable[str]) -> bool:
        """True if nothing is found in any of these lines."""
        silent, telling = self._known
        if silent.issuperset(lines):
            return True
        new: dict[str, Found] = {}
        quiet = True
        for line in lines:
            if line not in silent and line not in new:
                found = telling.get(line)
                if found is None:
                    found = new[line] = self.find(line)
                if found:
                    quiet = False
                    break
        self._add(new)
        return quiet

    def numbered(self, lines: Sequence[str]) -> list[tuple[int, Found]]:
        """What is found in these lines, each with the number of its line; lines in which nothing is found are left out."""
        silent, telling = self._known
        if silent.issuperset(lines):
            return []
        new: dict[str, Found] = {}
        result: list[tuple[int, Found]] = []
        for number in [number for number, line in enumerate(lines) if line not in silent]:
            line = lines[number]
            found = telling.get(line)
            if found is None and (found := new.get(line)) is None:
                found = new[line] = self.find(line)
            if found:
                result.append((number, found))
        if new:
            self._add(new)
        return result

    def telling(self, lines: set[str]) -> list[tuple[str, Found]]:
        """Those of some lines, in no order, in which something is found."""
        silent, telling = self._known
        new: dict[str, Found] = {}
        result: list[tuple[str, Found]] = []
        for line in lines - silent:
            found = telling.get(line)
            if found is None:
                found = new[line] = self.find(line)
            if found:
                result.append((line, found))
        if new:
            self._add(new)
        return result

    def forget(self) -> None:
        """Empties the cache."""
        with self._lock:
            self._known = set(), {}

    def _add(self, new: dict[str, Found]) -> None:
        with self._lock:
            silent, telling = self._known
            if len(silent) + len(telling) + len(new) > self.most:
                silent, telling = set(), {}
                new = dict(islice(new.items(), self.most))
            loud = {line: found for line, found in new.items() if found}
            silent.update(new if not loud else new.keys() - loud)
            telling.update(loud)
            self._known = silent, telling


def remembered(most: int) -> Callable[[Callable[Taken, Found]], Callable[Taken, Found]]:
    """`functools.lru_cache`, which is right in threads, for a pure function; `forget` empties it too."""

    def decorate(function: Callable[Taken, Found]) -> Callable[Taken, Found]:
        kept = lru_cache(maxsize=most)(function)
        with _lock:
            _functions.append(kept.cache_clear)
        return kept  # type: ignore[return-value]  # its parameters are typed as Hashable

    return decorate


def forget() -> None:
    """Empties every cache of this package, as if no text had been seen."""
    with _lock:
        caches, functions = list(_caches), list(_functions)
    for cache in caches:
        cache.forget()
    for empty in functions:
        empty()


@remembered(2)
def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text without their line feeds: the same strings each time, so that what is remembered of a line is found at once."""
    return tuple(text.split("\n"))


@remembered(2)
def starts_of(text: str) -> tuple[int, ...]:
    """Where each line of a text starts, and where one more would."""
    return tuple(accumulate([len(row) + 1 for row in lines_of(text)], initial=0))


@remembered(2)
def shape_of(text: str) -> bytes:
    """The lines of a text as bytes: 0 for an empty one, 1 for any other.

    >>> shape_of("a\\n\\nb")
    b'\\x01\\x00\\x01'
    """
    return bytes(map(bool, lines_of(text)))
