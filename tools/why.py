"""`python -m tools.why WORDS [FILE]`: why a page shows these words.

Without FILE: the labels with these words, as they are or with numbers and names put in, and where templates and code use each; then the
lines of records, texts, pages, templates and schemas that hold the words.
With FILE: the edits that cleaning makes at these words of the file, each with its line and its rules.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from normbook.cleaning.clean import read
from tools.projects import ROOT

LABELS = "scripts/normbook/site/labels.toml"
USERS = ("site_src/templates/*.html", "scripts/normbook/site/**/*.py", "scripts/normbook/workspace/**/*.py", "mkdocs.yml")
HOLDERS = ("data/**/*.yaml", "data/derived/*/*.txt", "site_src/pages/**/*.md", "site_src/templates/*.html", "schema/*.json", "CHANGELOG.md")
MOST = 12  # places shown
ALIKE = {
    "'": "(?:''|['’])",
    "’": "(?:''|['’])",
    '"': '["“”]',
    "“": '["“”]',
    "”": '["“”]',
}  # pages curl quotation marks; YAML doubles an apostrophe
LEAST_FIXED = 1 / 3  # share of the shown letters that a label with values put in has of its own; with fewer it is a guess
PUT_IN = re.compile(r"%\(\w+\)s")
LETTER = re.compile(r"[^\W\d_]")


class Label(NamedTuple):
    """Words of labels.toml with their section, key and line; `words` holds one wording a plural form."""

    section: str
    key: str
    line: int
    words: tuple[str, ...]


def labels(text: str) -> Iterator[Label]:
    """All labels of the file: every entry stands on a line of its own."""
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif "=" in line and not line.startswith("#") and not section.startswith("languages."):
            ((key, of_language),) = tomllib.loads(line).items()
            for words in of_language.values():
                yield Label(section, key, number, tuple(words.values()) if isinstance(words, dict) else (words,))


def could_say(template: str, shown: str) -> bool:
    """Whether a label with values put in reads like this.

    >>> could_say("%(num)s records", "12 records"), could_say("%(year)s", "12 records")
    (True, False)
    """
    fixed = PUT_IN.split(template.replace("%%", "%"))
    return bool(LETTER.search("".join(fixed))) and re.fullmatch(".+?".join(map(re.escape, fixed)), shown) is not None


def is_guess(template: str, shown: str) -> bool:
    """Whether most of the shown letters would have to be values put into a label, as in "the texts and themes" for "%(one)s and %(two)s"."""
    fixed = len(LETTER.findall("".join(PUT_IN.split(template))))
    return fixed < LEAST_FIXED * len(LETTER.findall(shown))


def reading_like(words: str, text: str, guess: bool = False) -> list[Label]:
    """The labels that read like these words; guesses are left out, or given alone."""
    return [each for each in labels(text) if any(could_say(one, words) and is_guess(one, words) is guess for one in each.words)]


def holding(words: str, text: str) -> list[Label]:
    """The labels that hold the words among others, in any spelling of capitals."""
    return [each for each in labels(text) if any(words.casefold() in one.casefold() for one in each.words)]


def holders(words: str, root: Path = ROOT) -> list[str]:
    """The places of words in records, texts, pages, templates and schemas, however their lines are broken; those that hold nothing else come first, and of many not all are given."""
    form = re.compile(r"\s+".join("".join(ALIKE.get(each, re.escape(each)) for each in word) for word in words.split()), re.IGNORECASE)
    value = re.compile(rf"\s*(?:- )?(?:[\w-]+: )?['\"]?(?:{form.pattern})['\"]?", re.IGNORECASE)
    ranked = [
        (value.fullmatch(text.splitlines()[line]) is None, f"{path.relative_to(root).as_posix()}:{line + 1}")
        for files in HOLDERS
        for path in sorted(root.glob(files))
        for text in [path.read_text("utf-8")]
        for line in dict.fromkeys(text.count("\n", 0, match.start()) for match in form.finditer(text))
    ]
    places = [place for _, place in sorted(ranked, key=lambda each: each[0])]
    return places[:MOST] + ([f"… and {len(places) - MOST} more"] if len(places) > MOST else [])


def uses(section: str, key: str, root: Path = ROOT) -> list[str]:
    """The lines that name a label; if none does, those that put its key together from its section."""
    name, key = re.escape(section), re.escape(key)
    whole = rf"- {key}:" if section == "nav" else rf"\b{name}\.{key}(?![\w-])"
    built = rf"\b{name}\.(?:[\"'] *~|\{{)|\b{name}\(|[\"']{name}[\"']"
    for pattern, is_built in ((whole, False), (built, True)):
        lines = [
            f"{path.relative_to(root).as_posix()}{f' (any key of [{section}])' if is_built else f':{number}'}"
            for users in USERS
            for path in sorted(root.glob(users))
            for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
            if re.search(pattern, line)
        ]
        if lines:
            return list(dict.fromkeys(lines))
    return []


def why_label(words: str) -> list[str]:
    """What to print about words of a page: the labels that read like them, else all that holds them, else labels that could."""
    text = (ROOT / LABELS).read_text("utf-8")
    if found := reading_like(words, text):
        held = []
    else:
        found, held = holding(words, text), holders(words)
    lines: list[str] = []
    for each in found or ([] if held else reading_like(words, text, guess=True)):
        lines.append(f"{each.section}.{each.key}  {LABELS}:{each.line}")
        lines += [f"  used in {place}" for place in uses(each.section, each.key)]
    return lines + held


def why_edit(words: str, content: bytes) -> list[str]:
    """What to print about words of a document: edits that remove them, put them in, or lie within them."""
    reading = read(content)
    raw = reading.cleaned.ledger.revert(reading.cleaned.text)
    lines: list[str] = []
    for edit in reading.cleaned.ledger.edits:
        # the new text at the edit, with as much before and after it as the words could cover
        before, after = raw[max(0, edit.start - len(words) + 1) : edit.start], raw[edit.end : edit.end + len(words) - 1]
        touched = (
            words in edit.raw
            or words in edit.new
            or any(
                at < len(before) + len(middle) and at + len(words) > len(before)
                for middle in (edit.raw, edit.new)
                if (at := (before + middle + after).find(words)) >= 0
            )
        )
        if touched:
            lines.append(f"line {raw.count(chr(10), 0, edit.start) + 1}: {edit.raw!r} -> {edit.new!r}  {', '.join(edit.rules)}")
    return lines


def main() -> int:
    """Prints what is known of the words; the exit status is 1 if nothing is."""
    parser = argparse.ArgumentParser(prog="python -m tools.why", description="Why a page shows these words.")
    parser.add_argument("words", metavar="WORDS")
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="a received text (default: look in the labels, records, texts and pages of the site)",
    )
    args = parser.parse_args()
    if not args.words:
        parser.error("expected words to look for, found an empty argument")
    try:
        lines = why_edit(args.words, args.file.read_bytes()) if args.file else why_label(args.words)
    except OSError as error:
        parser.error(f"{args.file}: {error.strerror}")
    place = f"no edit of {args.file} touches" if args.file else "no label, record, text, page or template holds"
    print("\n".join(lines) or f"{place} {args.words!r}")
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
