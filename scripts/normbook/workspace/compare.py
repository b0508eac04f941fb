"""Two reports side by side: `normbook compare`."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normbook.cleaning.clean import read
from normbook.cleaning.readings import Readings
from normbook.comparison.alignment import Pair, align
from normbook.findings.finding import Problem, empty, unknown_encoding, unreadable, visible
from normbook.structure.segments import Segment, segment
from normbook.text.decoding import LOST
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

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON values: sentences in both texts and in only one."""
        both = [pair for pair in self.pairs if pair.left and pair.right]
        return {
            "one": self.names[0],
            "two": self.names[1],
            "similarity": round(self.similarity, 4),
            "both": [
                {"one": {"eid": p.left, "text": self.sentence(0, p.left)}, "two": {"eid": p.right, "text": self.sentence(1, p.right)}, "same": self.sentence(0, p.left) == self.sentence(1, p.right)}
                for p in both
            ],
            "only_one": [{"eid": p.left, "text": self.sentence(0, p.left)} for p in self.pairs if not p.right],
            "only_two": [{"eid": p.right, "text": self.sentence(1, p.right)} for p in self.pairs if not p.left],
        }  # fmt: skip

    def as_page(self) -> str:
        """The comparison as text, with [-words of the first-] and {+words of the second+} where two sentences differ."""
        lines = [
            f"A: {visible(self.names[0])}",
            f"B: {visible(self.names[1])}",
            f"similarity {self.similarity:.2f} (3-word shingles shared; reports of one event lie above about 0.3)",
            "",
        ]
        for pair in self.pairs:
            if pair.left and pair.right:
                words = _marked(pair)
                mark = "=" if self.sentence(0, pair.left) == self.sentence(1, pair.right) else "~"
                lines += _wrapped(f"{mark} {pair.left} | {pair.right}", words)
            elif pair.left:
                lines += _wrapped(f"A {pair.left}, only here", self.sentence(0, pair.left))
            else:
                lines += _wrapped(f"B {pair.right}, only here", self.sentence(1, pair.right))
        both = sum(bool(pair.left and pair.right) for pair in self.pairs)
        lines.append(
            f"{both} sentences in both, {sum(not p.right for p in self.pairs)} in A alone, {sum(not p.left for p in self.pairs)} in B alone"
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
    misread = undecodable(name, content)
    declared = encoding if misread else None
    if not content.strip():
        problems.append(empty(name, "compare"))
        return None
    if kind := not_text(content, encoding):
        problems.append(Problem(name, 0, 0, "N720", f"this is {kind.what}", kind.hint))
        return None
    try:
        found = read(content, (), declared)
    except LookupError as error:
        problems.append(unknown_encoding(name, error))
        return None
    if declared and found.received.flags:
        problems.append(Problem(name, 0, 0, "N602", f"the file is not valid {declared}", "declare the encoding of the file, or none"))
        return None
    if misread and LOST.search(found.cleaned.text):
        problems += misread
    return found
