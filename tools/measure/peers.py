"""The peers' own tests, from their source distributions at pinned versions, run on what we use them for or do ourselves.

ftfy's test cases (tests/test_cases.json): the encoding layer must give what ftfy's own encoding repair gives, and leave the negative
ones as they are. pySBD's golden rules for English: our sentences beside theirs. What is known to fail is listed in known_failures.yaml;
a listed case that passes, or an unlisted one that fails, ends the run with status 1.
"""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from normbook.cleaning.all_rules import RULES
from normbook.structure.sentences import sentences
from normbook.text.ledger import Edit, Ledger

PINNED = {"ftfy": "6.3.1", "pysbd": "0.3.3"}
KNOWN = Path(__file__).with_name("known_failures.yaml")


def peers() -> None:
    """Prints a line a peer; raises SystemExit where the failures are not those that are known."""
    known = yaml.safe_load(KNOWN.read_text("utf-8"))
    status = 0
    for name, run in (("ftfy", _ftfy), ("pysbd", _pysbd)):
        source = _source(name, PINNED[name])
        if source is None:
            print(f"{name} {PINNED[name]}: the registry gives no source distribution; not run")
            status = 1
            continue
        results = dict(run(source))
        failed = sorted(case for case, passed in results.items() if not passed)
        print(
            f"{name} {PINNED[name]}: {len(results)} cases, {len(results) - len(failed)} pass, {len(failed)} fail ({len(known[name])} known)"
        )
        for case in sorted(set(failed) ^ set(known[name])):
            print(f"  {'fails and is not listed' if case in failed else 'passes and is listed'}: {case}")
            status = 1
    if status:
        raise SystemExit(status)


def _source(name: str, version: str) -> tarfile.TarFile | None:
    """A source distribution, fetched by pip from the registry it is set to."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
            "--dest",
            folder,
            f"{name}=={version}",
        ]
        subprocess.run(command, check=False, capture_output=True)
        found = next(iter(Path(folder).glob("*.tar.gz")), None)
        return tarfile.open(fileobj=io.BytesIO(found.read_bytes())) if found else None


def _files(source: tarfile.TarFile, end: str) -> Iterator[tuple[str, str]]:
    for member in source.getmembers():
        if member.name.endswith(end) and (file := source.extractfile(member)):
            yield member.name, file.read().decode("utf-8")


def _ftfy(source: tarfile.TarFile) -> Iterator[tuple[str, bool]]:
    """ftfy's cases of encoding repair: ours must give what its `fixed-encoding` says."""
    for name, text in _files(source, "tests/test_cases.json"):
        for case in json.loads(text):
            if case.get("expect", "pass") != "pass":
                continue
            original = case["original"]
            wanted = case.get("fixed-encoding", case["fixed"])
            edits = [edit for edit in RULES["mojibake"].find(original) if isinstance(edit, Edit)]
            yield f"{Path(name).stem}: {case['label']}", Ledger.from_edits(edits).apply(original) == wanted


def _pysbd(source: tarfile.TarFile) -> Iterator[tuple[str, bool]]:
    """pySBD's golden rules for English, read from its table without running it."""
    for _name, text in _files(source, "english_golden_rules.py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Assign) and "GOLDEN" in ast.unparse(node.targets[0]):
                for number, (words, wanted) in enumerate(ast.literal_eval(node.value), 1):
                    found = [words[a:b] for a, b in sentences(words)]
                    yield f"golden rule {number}", found == [each.strip() for each in wanted]
