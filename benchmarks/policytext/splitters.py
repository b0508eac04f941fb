"""Libraries that split text into sentences behind the protocol: `python -m benchmarks.policytext.splitters NAME FILE...`.

Each nonblank line is a paragraph. Install them where this runs: `pip install pysbd syntok blingfire spacy sentencex py3langid`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

Splitter = Callable[[str, str], Iterable[str]]
PYSBD = frozenset("am ar bg da de el en es fa fr hi hy it ja kk mr my nl pl ru sk ur zh".split())


def by_pysbd(row: str, language: str) -> list[str]:
    """PySBD with the rules of the language, else of English."""
    return list(import_module("pysbd").Segmenter(language=language if language in PYSBD else "en", clean=False).segment(row))


def by_syntok(row: str, _: str) -> Iterator[str]:
    """Syntok, which has one set of rules for European languages."""
    for paragraph in import_module("syntok.segmenter").process(row):
        for sentence in paragraph:
            yield row[sentence[0].offset : sentence[-1].offset + len(sentence[-1].value)]


def by_blingfire(row: str, _: str) -> list[str]:
    """BlingFire with its built-in model."""
    return str(import_module("blingfire").text_to_sentences(row)).split("\n")


def by_spacy(row: str, language: str) -> list[str]:
    """The rule-based sentencizer of spaCy."""
    spacy = import_module("spacy")
    try:
        model: Any = spacy.blank(language)
    except ImportError:
        model = spacy.blank("xx")
    model.add_pipe("sentencizer")
    return [str(sentence.text) for sentence in model(row).sents]


def by_sentencex(row: str, language: str) -> list[str]:
    """The library on which ours builds, alone."""
    return list(import_module("sentencex").segment(language, row))


SPLITTERS: dict[str, Splitter] = {
    "pysbd": by_pysbd,
    "syntok": by_syntok,
    "blingfire": by_blingfire,
    "spaCy": by_spacy,
    "sentencex": by_sentencex,
}


def segments(text: str, language: str, split: Splitter) -> Iterator[dict[str, Any]]:
    """The sentences of a text as segments; a sentence that a library changed is left out."""
    at = 0
    for row in text.split("\n"):
        inside = at
        for sentence in split(row, language) if row.strip() else ():
            words = sentence.strip()
            start = text.find(words, inside, at + len(row)) if words else -1
            if start >= 0:
                yield {"kind": "sent", "start": start, "end": start + len(words)}
                inside = start + len(words)
        at += len(row) + 1


def main() -> None:
    """Prints the sentences of files."""
    name, *files = sys.argv[1:]
    for path in files:
        text = Path(path).read_bytes().decode("utf-8", "replace")
        language = str(import_module("py3langid").classify(text)[0])
        print(json.dumps({"file": path, "text": text, "segments": list(segments(text, language, SPLITTERS[name]))}))


if __name__ == "__main__":
    main()
