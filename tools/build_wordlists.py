"""Writes the lists of English words for cleaning: existing words (hunspell's en_US list), frequencies (wordfreq), and two made from these.

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

from normbook.cleaning.rules.ligatures import PARTS, SELDOM, is_used
from normbook.cleaning.rules.spacing.split_words import SELDOM as SELDOM_ALONE
from normbook.cleaning.rules.spacing.tokens import RARE
from normbook.text.lexicon import is_word

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


def ranks() -> dict[str, int]:
    """Each word of wordfreq's large list with the number n for which it is used 10 ** (-n / 100) times as often as all words together."""
    found = {}
    for word, use in get_frequency_dict("en", "large").items():
        found[word] = round(-100 * math.log10(use))
        assert 10 ** (-found[word] / 100) == use, f"{word}: expected a hundredth of a power of ten, found {use}"
        assert not any(map(str.isspace, word)), f"{word!r} is more than a word"
    return found


def frequencies() -> str:
    """A line for each three first letters: the words that start with them, and behind a tab the ranks of these words."""
    blocks: dict[str, list[str]] = defaultdict(list)
    known = ranks()
    for word in sorted(known):
        blocks[word[:3]].append(word)
    return "".join(f"{' '.join(words)}\t{' '.join(str(known[word]) for word in words)}\n" for _, words in sorted(blocks.items()))


def common() -> str:
    """The words of letters alone that are used more often than RARE."""
    return "\n".join(sorted(word for word, rank in ranks().items() if 10 ** (-rank / 100) > RARE and word.isalpha())) + "\n"


def usual() -> str:
    """The words of letters alone that are used at least as often as SELDOM_ALONE."""
    return "\n".join(sorted(word for word, rank in ranks().items() if 10 ** (-rank / 100) >= SELDOM_ALONE and word.isalpha())) + "\n"


def ligatures() -> str:
    """The fragments that remain of words without their ligature and that are no words; behind an empty line, the pairs of fragments and their ligatures."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word, rank in sorted(ranks().items(), key=lambda pair: (pair[1], pair[0])):
        if 10 ** (-rank / 100) < SELDOM or "f" not in word or not word.isalpha() or not word.isascii() or not is_word(word):
            continue
        for part in PARTS:
            at = word.find(part)
            if at > 0 and at + len(part) < len(word):
                pairs[word[:at], word[at + len(part) :]].append(part)
    fragments = {part for pair in pairs for part in pair if len(part) > 1 and not is_used(part)}
    return "\n".join([*sorted(fragments), "", *sorted(" ".join([*pair, *parts]) for pair, parts in pairs.items())]) + "\n"


# the last one is made with the others
LISTS = {
    "english_words.txt.gz": words,
    "english_frequency.txt.gz": frequencies,
    "english_common.txt.gz": common,
    "english_usual.txt.gz": usual,
    "english_ligatures.txt.gz": ligatures,
}


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
