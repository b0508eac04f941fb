"""The lines of a text, and a cache of what pure functions return for single lines: the only mutable state of this package.

Texts are cleaned in several passes, and most lines are the same in each pass and in many texts. A `LineCache` holds the
results of one function for some thousands of lines. Readers need no lock, for three reasons:

1. The cache is a set and a dict that only grow. When they are full they are not emptied but replaced, both in one
   assignment. A reader fetches the pair once and uses that pair: a line it has seen there will not disappear.
2. A line that is missing from the pair is computed; no code assumes that it will be there a moment later.
3. The function is pure, so it does not matter which thread computed a value, or whether two did.

Writers take a lock, because they read the size before they add.
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
_functions: list[Callable[[], None]] = []  # clear the caches of the functions below


class LineCache(Generic[Found]):
    """The results of a pure function for single lines (or words), cached for at most `most` of them.

    A line without a result (a false value) costs one entry in a set, and one `issuperset` asks about all lines of a text at
    once. Callers must not change results, so functions return tuples, not lists.

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
        """How many lines are cached."""
        silent, telling = self._known
        return len(silent) + len(telling)

    def are_silent(self, lines: Iterable[str]) -> bool:
        """True if the function returns nothing for all of these lines."""
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
        """(line number, result) for each of these lines that has a result."""
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
        """(line, result) for each of these lines that has a result, in no particular order."""
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
    """A decorator like `functools.lru_cache` (which is safe in threads) for a pure function; `forget` clears it too."""

    def decorate(function: Callable[Taken, Found]) -> Callable[Taken, Found]:
        cached = lru_cache(maxsize=most)(function)
        with _lock:
            _functions.append(cached.cache_clear)
        return cached  # type: ignore[return-value]  # its parameters are typed as Hashable

    return decorate


def forget() -> None:
    """Empties every cache of this package, as if no text had been read yet."""
    with _lock:
        caches, functions = list(_caches), list(_functions)
    for cache in caches:
        cache.forget()
    for empty in functions:
        empty()


@remembered(2)
def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text without their line feeds: the same string objects each time, whose hashes are already computed."""
    return tuple(text.split("\n"))


@remembered(2)
def starts_of(text: str) -> tuple[int, ...]:
    """The offset at which each line of a text starts, and the one at which another line would start."""
    return tuple(accumulate([len(line) + 1 for line in lines_of(text)], initial=0))


@remembered(2)
def shape_of(text: str) -> bytes:
    """The lines of a text as bytes: 0 for an empty line, 1 for any other.

    >>> shape_of("a\\n\\nb")
    b'\\x01\\x00\\x01'
    """
    return bytes(map(bool, lines_of(text)))
