"""Writes the two lists of English words for cleaning: existing words (hunspell's en_US list) and frequencies (wordfreq).

    python tools/build_wordlists.py [--check]

It needs spylls and wordfreq (`pip install normbook[dev]`), which the package itself does not. --check writes nothing and fails if a file
would change. The licences of the lists are in languages/english_*.LICENSE.txt and RIGHTS.md.
"""

from __future__ import annotations

import argparse
import gzip
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary
from wordfreq import get_frequency_dict

FOLDER = Path(__file__).parents[1] / "scripts" / "normbook" / "languages"


def words() -> str:
    """Every word of hunspell's list with every form that its affixes give it: first the entries with a capital, then, behind an empty line, all else.

    Left out are the entries that only stand in compounds ("1th"). That ordinal numbers are words is a rule of the reader.
    """
    dictionary = Dictionary.from_files("en_US")
    entries = {word.stem for word in dictionary.dic.words if dictionary.aff.ONLYINCOMPOUND not in word.flags}
    forms = {form for word in dictionary.dic.words if word.stem in entries for form in _forms(word, dictionary.aff)}
    names = {entry for entry in entries if entry[0].isupper()}
    return "\n".join([*sorted(names), "", *sorted(forms - names)]) + "\n"


def _forms(word: Any, aff: Any) -> Iterator[str]:
    """A word with no affix, with each of its prefixes, with each of its suffixes, and with both where both allow it."""
    stem = word.stem
    yield stem
    prefixes = [each for flag in word.flags for each in aff.PFX.get(flag, ()) if each.cond_regexp.search(stem)]
    yield from (prefix.add + stem[len(prefix.strip) :] for prefix in prefixes)
    for suffix in (each for flag in word.flags for each in aff.SFX.get(flag, ()) if each.cond_regexp.search(stem)):
        form = stem[: len(stem) - len(suffix.strip)] + suffix.add
        yield form
        if suffix.crossproduct:
            yield from (prefix.add + form[len(prefix.strip) :] for prefix in prefixes if prefix.crossproduct)


def frequencies() -> str:
    """The words of wordfreq's large list: line n, from 0 on, has those that are used 10 ** (-n / 100) times as often as all words together."""
    rows: dict[int, list[str]] = defaultdict(list)
    for word, use in get_frequency_dict("en", "large").items():
        number = round(-100 * math.log10(use))
        assert 10 ** (-number / 100) == use, f"{word}: expected a hundredth of a power of ten, found {use}"
        assert not any(map(str.isspace, word)), f"{word!r} is more than a word"
        rows[number].append(word)
    return "\n".join(" ".join(sorted(rows.get(number, ()))) for number in range(max(rows) + 1)) + "\n"


LISTS = {"english_words.txt.gz": words, "english_frequency.txt.gz": frequencies}


def main() -> int:
    """Writes the lists; with --check returns 1 if one is out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file would change")
    check = parser.parse_args().check
    changed = []
    for name, made in LISTS.items():
        target, text = FOLDER / name, made()
        if not target.is_file() or gzip.decompress(target.read_bytes()).decode("utf-8") != text:
            changed.append(name)
            if not check:
                target.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{', '.join(changed) or 'no file'} {'differs' if check else 'written'}\n")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
