"""Digests of all outputs, to compare two commits: `python -m tools.goldens OLD NEW` (checkouts; default: this one).

The inputs always come from this checkout, the program from the named one, so that two versions get the same inputs.
Everything goes through the command line, which stays stable when the package's layout changes. The site and the exports are
built from each checkout's own records, in a copy without history. Exit status 1 if any digest differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
TEXTS, SEED, PROJECTS = 20_000, 14, 12
COPIED = ("data", "schema", "seeds", "site_src", "releases", "mkdocs.yml")
# what noisy copies hold: glued, torn, misread, wrapped, framed by a page's own lines
FRAGMENTS = (
    "Home > News > World\n", "Share this article\n", "Read also: Ports reopen\n", "Photo: Agency\n", "Copyright 2020 All rights reserved\n", "Print  |  E-mail  |  A+ A-\n",
    "Page 3 of 7\n", "- 12 -\n", "Subscribe to our newsletter\n", "3 comments\n", "Published: 8 September 2020 10:15\n", "Updated 2020-09-09\n", "BEIJING, Sept. 8 (Agency) -- ",
    "Spokesperson: ", "Q: ", "A: ", "Question: What is the position?\n", "The Minister said on Tuesday that ", "yesterday", "three days ago", "on 30 February 2021", "(1) ", "(2) ",
    "1. ", "2. ", "a) ", "• ", "First, ", "Second, ", "Third, ", "The five principles are as follows:\n", "eight commitments", "\n\n", "\n", " \n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u2028",
    "â€™", "â€œ", "Ã©", "&amp;", "&#8217;", "don?t", "ï»¿", "鈥檚", "ÖÐ¹ú", "Ð¡ÐµÑ‚ÑŒ", "cafe\u0301", "’", "“data”", "''yes''", "state-\nof-the-art", "infor-\nmation", "co-\noperation",
    "datasecurity", "countries.The", "internationallaw", "the  two", "«données»", "Übermittlung", "5 G", "(ICT", "ICT)", "全球数据安全倡议", "王毅说，", "2020年9月8日", "发言人表示：", "首页 > 新闻\n",
    "Le ministre a déclaré que ", "El ministro dijo ", "Der Minister sagte am Montag, ", "Министр заявил, что ", "вчера", "Foreign Minister Wang Yi said ", "denied that ", "rejects the claim that ",
    "Global Initiative on Data Security", "States should refrain from ", "calls on all parties to ", "https://example.org/a?b=c", "To: all\nFrom: desk\n", "> quoted line\n", "***\n", "* * *\n", "\ufffd", "\x07",
)  # fmt: skip


def generated(count: int, seed: int) -> Iterator[str]:
    """Texts of a few sentences out of the seeds, with noise set between and inside them; the same for the same numbers everywhere."""
    dice = random.Random(seed)
    seeds = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    rows = [row for text in seeds for row in text.split("\n") if row.strip()]
    for _ in range(count):
        parts: list[str] = []
        for _ in range(dice.randint(1, 7)):
            row = dice.choice(rows)
            start = dice.randrange(len(row))
            parts.append(
                dice.choice((dice.choice(FRAGMENTS), row[start : start + dice.randint(5, 240)], row + "\n", dice.choice(FRAGMENTS)))
            )
        text = "".join(parts)
        if dice.random() < 0.3:
            at = dice.randrange(len(text) + 1)
            text = text[:at] + dice.choice(FRAGMENTS) + text[at:]
        if dice.random() < 0.05:
            text = text.replace("’", "â€™").replace("—", "â€”")
        if dice.random() < 0.05:
            text = text.replace(" ", dice.choice((" \n", "\n", "  ")), dice.randint(1, 9))
        yield text


def cases() -> Iterator[str]:
    """Every text of our own test cases, the frozen documents among them (they are digested, never shown)."""
    for path in sorted((ROOT / "tests" / "cases").rglob("*")):
        if path.suffix == ".txt":
            yield path.read_text("utf-8", "surrogateescape")
        elif path.suffix == ".yaml" and path.parent.name in ("rules", "dates", "people", "stance"):
            yield from (text for text in strings(yaml.safe_load(path.read_text("utf-8"))) if len(text) > 20)


def strings(value: object) -> Iterator[str]:
    """The strings in a tree of values, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def digest(chunks: Iterable[bytes]) -> str:
    """The first half of the SHA-256 of some bytes."""
    total = hashlib.sha256()
    for chunk in chunks:
        total.update(chunk + b"\0")
    return total.hexdigest()[:32]


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One command of a checkout's package."""
    env = {**os.environ, "PYTHONPATH": str(checkout / "scripts"), "SOURCE_DATE_EPOCH": "1600000000", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run([sys.executable, "-m", "normbook", *arguments], env=env, cwd=checkout, capture_output=True, check=False)


def cleaned(checkout: Path, texts: Iterable[str], work: Path) -> str:
    """The digest of what `clean --json` says of texts, in their order."""
    work.mkdir()
    (work / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "ascii")
    ran = run(checkout, "clean", "--out", str(work / "out"), "--jobs", "2", str(work / "in.jsonl"))
    rows = [
        json.loads(row)
        for path in sorted((work / "out").glob("part-*.jsonl"))
        if "errors" not in path.name
        for row in path.read_text("utf-8").splitlines()
    ]
    if not rows:
        raise SystemExit(ran.stderr.decode())
    for row in rows:
        row["file"] = row["file"].rpartition("/")[2]
    return f"{digest(json.dumps(row, sort_keys=True).encode() for row in rows)} ({len(rows)} texts)"


def copied(checkout: Path, target: Path) -> Path:
    """A project like that of a checkout, without its history and all that a build makes."""
    for name in COPIED:
        source = checkout / name
        target.mkdir(exist_ok=True)
        shutil.copytree(source, target / name) if source.is_dir() else shutil.copy(source, target / name)
    return target


def tree(folder: Path) -> str:
    """The digest of every file below a folder, names and bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return f"{digest(part for path in files for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()))} ({len(files)} files)"


def damaged(project: Path, dice: random.Random) -> None:
    """Some records changed as careless hands change them: keys, values, indents, lines lost, doubled or swapped."""
    for path in dice.sample(sorted((project / "data").rglob("*.yaml")), 25):
        lines = path.read_text("utf-8").split("\n")
        at = dice.randrange(len(lines))
        kind = dice.randrange(8)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[at])
        elif kind == 2:
            lines[at] = " " + lines[at]
        elif kind == 3:
            lines[at] = lines[at].replace("e", "", 1)
        elif kind == 4:
            lines[at] = lines[at].partition(":")[0] + ": [1, {a: b}]"
        elif kind == 5:
            lines[at] = lines[at].replace("-", "_", 1)
        elif kind == 6:
            lines[at] += "\u200b"
        else:
            lines[at] = lines[at].upper()
        path.write_text("\n".join(lines), "utf-8")


def goldens(checkout: Path, count: int) -> dict[str, str]:
    """Each kind of output with its digest."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        seeds = sorted((ROOT / "seeds").glob("*.txt"))
        found["seeds, cleaned"] = digest(run(checkout, "clean", str(path)).stdout for path in seeds)
        found["seeds, clean --json"] = digest(
            run(checkout, "clean", "--json", os.path.relpath(path, checkout)).stdout.partition(b'"sha256"')[2] for path in seeds
        )
        found["cases, clean --json"] = cleaned(checkout, cases(), work / "cases")
        found["generated, clean --json"] = cleaned(checkout, generated(count, SEED), work / "generated")
        project = copied(checkout, work / "project")
        ran = run(checkout, "--root", str(project), "export")
        if ran.returncode:
            raise SystemExit(ran.stderr.decode())
        found["site and exports"] = tree(project / "site")
        found["derived texts"] = tree(project / "data" / "derived")
        sound = run(checkout, "--root", str(project), "check", "--format", "json")
        found["check, sound"] = digest([sound.stdout])
        sample = copied(checkout, work / "sample")
        shutil.rmtree(sample / "data")
        shutil.rmtree(sample / "seeds")
        for name in ("data", "seeds"):
            shutil.copytree(ROOT / "tests" / "cases" / "sample" / name, sample / name)
        found["check, sample"] = digest([run(checkout, "--root", str(sample), "check", "--format", "json").stdout])
        dice = random.Random(SEED)
        outputs = []
        for number in range(PROJECTS):
            hostile = copied(ROOT, work / f"hostile-{number}")
            shutil.rmtree(hostile / "schema")
            shutil.copytree(checkout / "schema", hostile / "schema")
            damaged(hostile, dice)
            outputs.append(run(checkout, "--root", str(hostile), "check", "--format", "json").stdout)
            shutil.rmtree(hostile)
        found["check, hostile"] = f"{digest(outputs)} ({sum(output.count(b'N') for output in outputs)} marks)"
    return found


def main() -> int:
    """Prints the digests of each checkout; returns 1 if any differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkouts", nargs="*", type=Path, default=[ROOT])
    parser.add_argument("--texts", type=int, default=TEXTS, help="how many texts are generated (default: 20,000)")
    args = parser.parse_args()
    results = [goldens(checkout.resolve(), args.texts) for checkout in args.checkouts]
    differ = False
    for name in results[0]:
        values = {result[name] for result in results}
        differ |= len(values) > 1
        print(f"{'DIFFERS ' if len(values) > 1 else ''}{name}: {' | '.join(result[name] for result in results)}")
    return differ


if __name__ == "__main__":
    sys.exit(main())
