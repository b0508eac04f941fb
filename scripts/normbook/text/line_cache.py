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
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import accumulate, islice
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakSet

MOST_LINES = 1 << 12
Result = TypeVar("Result")
Params = ParamSpec("Params")
_lock = Lock()
_caches: WeakSet[LineCache[Any]] = WeakSet()
_functions: list[Callable[[], None]] = []  # clear the caches of the functions below


class LineCache(Generic[Result]):
    """The results of a pure function for single lines (or words), cached for at most `most` of them.

    A line without a result (a false value) costs one entry in a set, and one `issuperset` asks about all lines of a text at
    once. Callers must not change results, so functions return tuples, not lists.

    >>> shouted = LineCache(lambda line: tuple(word for word in line.split() if word.isupper()))
    >>> shouted.numbered(["so it is", "STOP it NOW"]), shouted.are_silent(["so it is"])
    ([(1, ('STOP', 'NOW'))], True)
    """

    def __init__(self, find: Callable[[str], Result], most: int = MOST_LINES) -> None:
        self.find, self.most = find, most
        self._lock = Lock()
        self._known: tuple[set[str], dict[str, Result]] = set(), {}
        with _lock:
            _caches.add(self)

    def __len__(self) -> int:
        """How many lines are cached."""
        empty, results = self._known
        return len(empty) + len(results)

    def are_silent(self, lines: Iterable[str]) -> bool:
        """True if the function returns nothing for all of these lines."""
        empty, results = self._known
        if empty.issuperset(lines):
            return True
        new: dict[str, Result] = {}
        quiet = True
        for line in lines:
            if line not in empty and line not in new:
                result = results.get(line)
                if result is None:
                    result = new[line] = self.find(line)
                if result:
                    quiet = False
                    break
        self._add(new)
        return quiet

    def numbered(self, lines: Sequence[str]) -> list[tuple[int, Result]]:
        """(line number, result) for each of these lines that has a result."""
        empty, results = self._known
        if empty.issuperset(lines):
            return []
        new: dict[str, Result] = {}
        pairs: list[tuple[int, Result]] = []
        for number in [number for number, line in enumerate(lines) if line not in empty]:
            line = lines[number]
            result = results.get(line)
            if result is None and (result := new.get(line)) is None:
                result = new[line] = self.find(line)
            if result:
                pairs.append((number, result))
        if new:
            self._add(new)
        return pairs

    def results_for(self, lines: AbstractSet[str]) -> list[tuple[str, Result]]:
        """(line, result) for each of these lines that has a result, in no particular order."""
        empty, results = self._known
        new: dict[str, Result] = {}
        pairs: list[tuple[str, Result]] = []
        for line in lines - empty:
            result = results.get(line)
            if result is None:
                result = new[line] = self.find(line)
            if result:
                pairs.append((line, result))
        if new:
            self._add(new)
        return pairs

    def forget(self) -> None:
        """Empties the cache."""
        with self._lock:
            self._known = set(), {}

    def _add(self, new: dict[str, Result]) -> None:
        with self._lock:
            empty, results = self._known
            if len(empty) + len(results) + len(new) > self.most:
                empty, results = set(), {}
                new = dict(islice(new.items(), self.most))
            with_result = {line: result for line, result in new.items() if result}
            empty.update(new if not with_result else new.keys() - with_result)
            results.update(with_result)
            self._known = empty, results


def remembered(most: int) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """A decorator like `functools.lru_cache` (which is safe in threads) for a pure function; `forget` clears it too."""

    def decorate(function: Callable[Params, Result]) -> Callable[Params, Result]:
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
def tokens_of(text: str) -> frozenset[str]:
    """The distinct runs of characters without a space in a text."""
    return frozenset(text.split())


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
