"""The marks and the lines of a record's file, computed when they are asked for: most records are valid, and nobody asks for the positions of their values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from normbook.records.yaml.loaded import Mark, lines_of


class LateMarks(Mapping[str, Mark]):
    """The marks of a text, computed on first use; `read` returns the text."""

    def __init__(self, read: Callable[[], str], path: str) -> None:
        self.read, self.path = read, path

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """The marks, computed once."""
        from normbook.records.yaml.reader import load

        return load(self.read(), self.path).marks

    def __getitem__(self, key: str) -> Mark:
        return self.marks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


class LateLines(Sequence[str]):
    """The lines of a text, split on first use; `read` returns the text. `filled` if it is known already to have no placeholder."""

    def __init__(self, read: Callable[[], str], filled: bool = False) -> None:
        self.read, self.filled = read, filled

    @cached_property
    def text(self) -> str:
        """The text, read once."""
        return self.read()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, split once."""
        return lines_of(self.text)

    def drop(self) -> None:
        """Frees the text and its lines until they are used again."""
        self.__dict__.pop("text", None)
        self.__dict__.pop("lines", None)

    def __getitem__(self, at: Any) -> Any:
        return self.lines[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)  # the inherited method calls __getitem__ for each line, which is ten times slower

    def __len__(self) -> int:
        return len(self.lines)
