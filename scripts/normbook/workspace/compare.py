"""Two reports side by side: `normbook compare`."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normbook.cleaning.clean import read
from normbook.cleaning.readings import Readings
from normbook.comparison.alignment import Pair, align
from normbook.findings.finding import Problem, empty, unknown_encoding, unreadable, visible
from normbook.intake.intake import Refused
from normbook.intake.kinds import kind_of
from normbook.structure.segmented import Segment
from normbook.structure.segments import segment
from normbook.text.decoding import LOST, is_misread
from normbook.text.detection import recognise
from normbook.workspace.file_types import not_text, undecodable
from normbook.workspace.repo import Repo

COMPARED = frozenset(
    {"headline", "heading", "sent"}
)  # every kind of segment that says something, so that nothing said in one text alone goes unreported


@dataclass(frozen=True)
class Comparison:
    """Two named texts with their sentences aligned, and their similarity (Jaccard index of 3-word shingles)."""

    names: tuple[str, str]
    texts: tuple[str, str]
    segments: tuple[dict[str, Segment], dict[str, Segment]]
    pairs: tuple[Pair, ...]
    similarity: float

    def sentence(self, side: int, eid: str) -> str:
        """The words of one sentence."""
        found = self.segments[side][eid]
        return self.texts[side][found.start : found.end]

    def words(self, side: int, eids: Sequence[str]) -> str:
        """The words of some sentences of one text."""
        return " ".join(self.sentence(side, eid) for eid in eids)

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON values: sentences in both texts and in only one.

        Where one text merges what the other says in several sentences, `eids` names them all.
        """

        def told(side: int, eids: Sequence[str]) -> dict[str, Any]:
            return {"eid": eids[0], "eids": list(eids), "text": self.words(side, eids)}

        return {
            "one": self.names[0],
            "two": self.names[1],
            "similarity": round(self.similarity, 4),
            "both": [
                {"one": told(0, p.lefts), "two": told(1, p.rights), "same": self.words(0, p.lefts) == self.words(1, p.rights)}
                for p in self.pairs
                if p.lefts and p.rights
            ],
            "only_one": [told(0, p.lefts) for p in self.pairs if not p.rights],
            "only_two": [told(1, p.rights) for p in self.pairs if not p.lefts],
        }

    def as_page(self) -> str:
        """The comparison as text, with [-words of the first-] and {+words of the second+} where two sentences differ."""
        lines = [
            f"A: {visible(self.names[0])}",
            f"B: {visible(self.names[1])}",
            f"similarity {self.similarity:.2f} (3-word shingles shared; reports of one event lie above about 0.3)",
            "",
        ]
        for pair in self.pairs:
            one, two = " + ".join(pair.lefts), " + ".join(pair.rights)
            if one and two:
                mark = "=" if self.words(0, pair.lefts) == self.words(1, pair.rights) else "~"
                lines += _wrapped(f"{mark} {one} | {two}", _marked(pair))
            elif one:
                lines += _wrapped(f"A {one}, only here", self.words(0, pair.lefts))
            else:
                lines += _wrapped(f"B {two}, only here", self.words(1, pair.rights))
        both = sum(len(pair.lefts) for pair in self.pairs if pair.rights)
        lines.append(
            f"{both} sentences of A in both, {sum(not p.rights for p in self.pairs)} in A alone, {sum(not p.lefts for p in self.pairs)} in B alone"
        )
        return "\n".join(lines)


def _wrapped(head: str, words: str) -> list[str]:
    """A heading with indented text below it; control and invisible characters are escaped."""
    filled = textwrap.fill(words, 96, break_long_words=False)
    shown = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in filled)
    return [head, textwrap.indent(shown, "    "), ""]


def _marked(pair: Pair) -> str:
    """Two sentences merged into one line: common words once, differences marked."""
    gone = [words for same, words in pair.left_runs if not same]
    shared = [words for same, words in pair.left_runs if same]
    left, right = list(pair.left_runs), list(pair.right_runs)
    if not gone and not [1 for same, _ in right if not same]:
        return "".join(shared)
    out: list[str] = []
    while left or right:
        if left and not left[0][0]:
            out.append(f"[-{left.pop(0)[1]}-]")
        elif right and not right[0][0]:
            out.append(f"{{+{right.pop(0)[1]}+}}")
        else:
            out.append(left.pop(0)[1] if left else "")
            if right:
                right.pop(0)
    return "".join(out)


def compare_documents(one: str, two: str, root: Path | None, problems: list[Problem], encoding: str | None = None) -> Comparison | None:
    """The comparison of two documents; None with the reasons in `problems`. A name that is not a file is looked up among the sources.

    `encoding` applies to documents that are not UTF-8.
    """
    found = [_read(name, root, problems, encoding) for name in (one, two)]
    if found[0] is None or found[1] is None:
        return None
    texts = found[0].cleaned.text, found[1].cleaned.text
    parts = tuple(segment(text, recognise(text) or "en").segments for text in texts)
    pairs, similarity = align(texts[0], parts[0], texts[1], parts[1], COMPARED)
    by_eid = {s.eid: s for s in parts[0]}, {s.eid: s for s in parts[1]}
    return Comparison((one, two), texts, by_eid, tuple(pairs), similarity)


def _read(name: str, root: Path | None, problems: list[Problem], encoding: str | None) -> Readings | None:
    path = Path(name)
    if not path.is_file() and root is not None and "/" not in name:
        seeds = sorted((Repo(root).seeds).glob(f"{name.removeprefix('seed-')}_*"))
        path = seeds[0] if len(seeds) == 1 else path
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(unreadable(name, error.strerror, also="; name a file, or the id of a source such as seed-001"))
        return None
    kind = kind_of(path.name)
    misread = undecodable(name, content) if kind == "text" else []
    declared = encoding if misread else None
    if not content.strip():
        problems.append(empty(name, "compare"))
        return None
    if kind == "text" and (other := not_text(content, encoding)):
        problems.append(Problem(name, 0, 0, "N720", f"this is {other.what}", other.hint))
        return None
    try:
        found = read(content, (), declared, kind=kind)
    except Refused as refused:
        problems.append(Problem(name, 0, 0, refused.code, refused.message, refused.hint))
        return None
    except LookupError as error:
        problems.append(unknown_encoding(name, error))
        return None
    if declared and found.received.flags:
        problems.append(Problem(name, 0, 0, "N602", f"the file is not valid {declared}", "declare the encoding of the file, or none"))
        return None
    if misread and (LOST.search(found.cleaned.text) or is_misread(found.received.text)):
        problems += misread
    return found
