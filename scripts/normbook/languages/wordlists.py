"""The two word lists that the lexicon asks, read straight from the files of their packages: spylls' hunspell dictionary and wordfreq's list.

The packages themselves take a second to start: spylls makes an object of each of 50,000 entries, wordfreq loads the readers of all its languages.
Here an entry is made when a word needs it. `tests/text/test_shortcuts.py` compares both with what the packages say.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spylls.hunspell.algo.lookup import Lookup
    from spylls.hunspell.data.aff import Aff
    from spylls.hunspell.data.dic import Word
    from spylls.hunspell.readers.aff import Context

EN_US = "hunspell/data/en/en_US"


@cache
def stems() -> Mapping[str, str]:
    """The entries of hunspell's en_US list, each with its flags as they are written.

    The file is words and flags alone: it has no word twice, no tags and no escapes.
    """
    rows = _resource("spylls", EN_US + ".dic").decode("utf-8").splitlines()
    return dict([row.partition("/")[::2] for row in rows[1:]])


@cache
def frequencies() -> Mapping[str, float]:
    """How often each word of wordfreq's large English list is used, from 0 to 1.

    The file is a header and a list of words for each hundredth of a power of ten. Raises ValueError for another header.
    """
    from msgpack import unpackb

    header, *rows = unpackb(gzip.decompress(_resource("wordfreq", "data/large_en.msgpack.gz")), raw=False)
    if header != {"format": "cB", "version": 1}:
        raise ValueError(f"the word list of wordfreq is written in another way: {header}")
    found: dict[str, float] = {}
    for number, words in enumerate(rows):
        found.update(dict.fromkeys(words, 10 ** (-number / 100)))
    return found


@cache
def lookup() -> Lookup:
    """Hunspell's way of looking up a word with its affixes, over the entries above."""
    from spylls.hunspell.algo.lookup import Lookup
    from spylls.hunspell.readers import read_aff
    from spylls.hunspell.readers.file_reader import FileReader

    aff, context = read_aff(FileReader(str(_folder("spylls") / f"{EN_US}.aff")))
    return Lookup(aff, Entries(aff, context))


class Entries:
    """What spylls' Lookup asks of a dictionary; each entry is parsed when it is first asked for.

    It is asked without regard to capitals only by a lookup that may change them, which none here is.
    """

    def __init__(self, aff: Aff, context: Context) -> None:
        self.aff, self.context = aff, context
        self.known: dict[str, Sequence[Word]] = {}

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> Sequence[Word]:
        """The entry of a stem, if there is one."""
        from spylls.hunspell.data.dic import Word

        if ignorecase or (flags := stems().get(stem)) is None:
            return ()
        if stem not in self.known:
            parsed = {*self.context.parse_flags(flags)}
            self.known[stem] = (Word(stem, flags=parsed, data={}, alt_spellings=[], captype=self.aff.casing.guess(stem)),)
        return self.known[stem]

    def has_flag(self, stem: str, flag: str, *, for_all: bool = False) -> bool:
        """True if the entry of a stem has a flag; no stem has two entries, so that `for_all` is the same."""
        return any(flag in each.flags for each in self.homonyms(stem))


def _folder(package: str) -> Path:
    """The folder of a package, which is not imported for it."""
    found = find_spec(package)
    assert found is not None and found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def _resource(package: str, name: str) -> bytes:
    """A file of a package, as its loader gives it."""
    loader = find_spec(package).loader  # type: ignore[union-attr]
    assert isinstance(loader, SourceFileLoader)
    return loader.get_data(str(_folder(package) / name))
