"""Runs a cleaner over the cases and documents, and counts what is right."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.policytext.assertions import CHECKS, NEEDS, Answer, keys_of, many
from benchmarks.policytext.cases import Case, read_cases
from tools.measure import documents

KINDS_OF_TEXT = ("characters", "furniture", "glued", "hyphen", "ligature", "mojibake", "page", "wrap")
HALVES = ("open", "frozen")
FILES_AT_ONCE = 200
Said = Mapping[str, Any]


class NoAnswerError(Exception):
    """A command that cannot be run, or that says nothing of any file it was given."""


class Command(NamedTuple):
    """A cleaner: a command that prints one JSON object a file, with `file` and `text`, and whatever facts it finds."""

    words: tuple[str, ...]
    dates: bool  # whether it takes --published DATE

    @classmethod
    def read(cls, command: str) -> Command:
        """The command as typed; "{published}" in it stands for the date of publication, where one is known."""
        words = tuple(shlex.split(command))
        return cls(tuple(word for word in words if word != "{published}"), "{published}" in words)

    def said(self, paths: Sequence[Path], published: str | None = None) -> dict[Path, Said]:
        """What it says of files; those of which it says nothing are left out. Raises NoAnswerError if it says nothing of any of them."""
        found: dict[Path, Said] = {}
        told = ""
        given = ["--published", published] if self.dates and published else []
        for k in range(0, len(paths), FILES_AT_ONCE):
            some = [str(path) for path in paths[k : k + FILES_AT_ONCE]]
            try:
                done = subprocess.run([*self.words, *given, *some], capture_output=True, text=True, check=False)
            except OSError as error:
                raise NoAnswerError(f"expected a command that can be run, found {self.words[0]!r}: {error.strerror}") from error
            told = told or (done.stderr.strip().splitlines() or ["nothing"])[-1]
            for line in done.stdout.splitlines():
                try:
                    each = json.loads(line)
                    found[Path(each["file"])] = each
                except (ValueError, KeyError, TypeError):
                    continue
        if paths and not found:
            raise NoAnswerError(f"expected an object of JSON for each file, with `file` and `text`, found none; the command says: {told}")
        return found


class Result(NamedTuple):
    """What a cleaner gets of one case: the assertions that do not hold; `asked` is False if it does not find facts of the kind at all."""

    case: Case
    missed: tuple[Any, ...]
    asked: bool = True


def answers(command: Command, cases: Sequence[Case], folder: Path) -> Iterator[tuple[Case, Said | None]]:
    """Each case with what the command says of it, None for no answer."""
    paths: dict[Path, Case] = {}
    for number, case in enumerate(cases):
        path = folder / f"{number:04}-{case.id}.txt"
        path.write_bytes(case.content)
        paths[path] = case
    for day in dict.fromkeys(case.published for case in cases):
        some = [path for path, case in paths.items() if case.published == day]
        said = command.said(some, day)
        yield from ((paths[path], said.get(path)) for path in some)


def judge(command: Command, groups: Sequence[str]) -> list[Result]:
    """The results of a command on sets of cases."""
    with tempfile.TemporaryDirectory() as folder:
        cases = [case for group in groups for case in read_cases(group)]
        return [result_of(case, said) for case, said in answers(command, cases, Path(folder))]


def result_of(case: Case, said: Said | None) -> Result:
    """What a case gets of an answer."""
    if said is None:
        return Result(case, ("no answer",))
    if not all(is_askable(each, said) for each in many(case.expect)):
        return Result(case, (), False)
    try:
        received = case.content.decode(said.get("encoding", "utf-8"), "surrogateescape")
        answer = Answer(said, received)
        missed = answer.missed(case.expect)
        reverts = answer.reverts()
    except (KeyError, TypeError, AttributeError, LookupError) as error:
        return Result(case, (f"the answer has another form than expected: {error!r}",))
    return Result(case, (*missed, *([] if reverts else ["the edits do not lead from the received text to the cleaned one"])))


def is_askable(asserted: Mapping[str, Any], said: Said) -> bool:
    """True if an answer has everything that an assertion needs; of `any_of` one choice is enough."""
    for key, value in asserted.items():
        if key not in CHECKS:
            raise ValueError(f"expected one of {', '.join(CHECKS)}, found {key}")
        if key == "any_of":
            if not any(all(NEEDS.get(name, "text") in said for name in keys_of(choice)) for choice in value):
                return False
        elif NEEDS.get(key, "text") not in said:
            return False
    return True


def measure_documents(command: Command, half: str) -> dict[str, float | None]:
    """The figures of a command on one half of the documents: shares of what is to be mended, and what is lost."""
    cases = documents.cases(half)
    total = {name: documents.Score() for name in ("boilerplate", "wraps", "glued", "characters", "dates", "speakers", "initiatives")}
    facts = dict.fromkeys(("dates", "speakers", "initiatives"), 0)
    lost = unanswered = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = {Path(folder) / f"{case.name}.txt": case for case in cases}
        for path, case in paths.items():
            path.write_text(documents.received(case), "utf-8", "surrogateescape", newline="")
        said = command.said(list(paths))
    for path, case in paths.items():
        if path not in said:
            unanswered += 1
            continue
        raw, each = documents.received(case), said[path]
        want, have = documents.changes(raw, case.text), documents.changes(raw, each["text"])
        for name in want:
            total[name] += documents.compare(want[name], have[name])
        lost += len(have["boilerplate"] - want["boilerplate"])
        for name, score in _facts(case, each).items():
            facts[name] += 1
            total[name] += score
    figures: dict[str, float | None] = {name: round(score.recall, 3) for name, score in total.items() if facts.get(name, 1)}
    figures |= {f"{name} precision": round(total[name].precision, 3) for name, count in facts.items() if count}
    return {**dict.fromkeys(facts), **figures, "lines lost": lost, "unanswered": unanswered}


def _facts(case: documents.Case, said: Said) -> dict[str, documents.Score]:
    """The scores of the facts that an answer holds."""
    found: dict[str, documents.Score] = {}
    if "dates" in said:
        found["dates"] = documents.compare(set(documents.dated(case.expected["dates"])), set(documents.dated(said["dates"])))
    if "speakers" in said:
        wanted = {each["name"] for each in case.expected["speakers"] if each["office"]}
        found["speakers"] = documents.compare(wanted, {each["name"] for each in said["speakers"] if each.get("office")})
    if "initiatives" in said:
        names = {each["name"].removeprefix("The ") for each in said["initiatives"]}
        found["initiatives"] = documents.compare(set(case.expected["initiatives"]), names)
    return found
