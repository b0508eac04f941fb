"""`make typos`: makes every single-letter typo of every key, listed value and id, and counts how often the right word is suggested."""

from __future__ import annotations

import random
import string
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from normbook.comparison.spelling import suggest
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS, TYPES
from normbook.records.validation.explain import allowed
from normbook.workspace.load import Project

KINDS = ("a letter left out", "two letters swapped", "a letter changed", "a letter put in")


class Word(NamedTuple):
    """A word, the words that may stand where it stands, and where that is."""

    word: str
    known: tuple[str, ...]
    place: str


def typos(word: str, letters: str = string.ascii_lowercase) -> Iterator[tuple[str, str]]:
    """Every typo of one letter, with its kind."""
    for at in range(len(word)):
        yield KINDS[0], word[:at] + word[at + 1 :]
        yield from ((KINDS[2], word[:at] + letter + word[at + 1 :]) for letter in letters if letter != word[at])
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield KINDS[1], word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    yield from ((KINDS[3], word[:at] + letter + word[at:]) for at in range(len(word) + 1) for letter in letters)


def objects(schemas: Schemas, schema: Any, place: str) -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Every object and list of words that a schema describes: its place, its keys (an object's), its words (an enum's)."""
    schema = schemas.resolve(schema)
    yield place, allowed(schema, schemas.resolve), tuple(each for each in schema.get("enum", ()) if isinstance(each, str))
    for key, inner in allowed(schema, schemas.resolve).items():
        yield from objects(schemas, inner, f"{place}/{key}")
    if "items" in schema:
        yield from objects(schemas, schema["items"], f"{place}/*")


def words(project: Project) -> dict[str, list[Word]]:
    """The keys, listed values and ids of the project, each with what may stand in its place; a key or value once for each set of neighbours."""
    found: dict[str, dict[tuple[str, tuple[str, ...]], Word]] = {"keys": {}, "enums": {}, "ids": {}}
    for type in (*TYPES, "redirects", "suggestion"):
        for place, keys, listed in objects(project.schemas, project.schemas.whole(type), type):
            for kind, known in (("keys", tuple(keys)), ("enums", listed)):
                found[kind] |= {(word, known): Word(word, known, place) for word in known}
    for type in FOLDERS:
        ids = tuple(record.id for record in project.records.values() if record.type == type)
        found["ids"] |= {(word, ids): Word(word, ids, FOLDERS[type]) for word in ids}
    return {kind: list(each.values()) for kind, each in found.items()}


class Told(NamedTuple):
    """For each kind of typo: how many were tried, how many were told rightly, how many lie as near to another word, how many are another valid word (left out)."""

    tried: Counter[str]
    right: Counter[str]
    ambiguous: Counter[str]
    valid: Counter[str]

    def share(self) -> float:
        """The share told rightly, each kind of typo counting alike: changed and put in letters would else outnumber the others."""
        kinds = [kind for kind in KINDS if self.tried[kind]]
        return sum(self.right[kind] / self.tried[kind] for kind in kinds) / len(kinds)


def tell(found: list[Word], sample: int | None = None, seed: int = 1) -> Told:
    """What is told of all typos of some words, or of so many of each word and kind, drawn at random."""
    dice, told = random.Random(seed), Told(Counter(), Counter(), Counter(), Counter())
    for each in found:
        by_kind: dict[str, list[str]] = {}
        for kind, typo in typos(each.word):
            by_kind.setdefault(kind, []).append(typo)
        for kind, all_typos in by_kind.items():
            for typo in all_typos if sample is None else dice.sample(all_typos, min(sample, len(all_typos))):
                if typo in each.known or not typo:
                    told.valid[kind] += 1
                    continue
                told.tried[kind] += 1
                told.right[kind] += suggest(typo, each.known) == each.word
                told.ambiguous[kind] += sum(OSA.distance(typo, other, score_cutoff=1) <= 1 for other in each.known) > 1
    return told


def main() -> None:
    """Prints the shares; returns 1 if one is below 95 percent."""
    from normbook.workspace.load import load_project
    from normbook.workspace.repo import Repo
    from tools.projects import ROOT

    low = False
    for name, found in words(load_project(Repo(ROOT))).items():
        told = tell(found)
        low |= told.share() < 0.95
        print(
            f"{name}: {len(found)} words, {told.tried.total()} typos, told rightly {told.share():.2%} (by kind) {told.right.total() / told.tried.total():.2%} (of all)"
        )
        for kind in KINDS:
            print(
                f"  {kind}: {told.right[kind] / told.tried[kind]:.2%} of {told.tried[kind]}; as near to another word {told.ambiguous[kind]}, another valid word {told.valid[kind]}"
            )
    raise SystemExit(low)


if __name__ == "__main__":
    main()
