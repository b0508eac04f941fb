"""Loads seeds and the readings of sources, with all findings on the way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from normbook.cleaning.readings import Correction, Readings
from normbook.findings.finding import Problem
from normbook.intake.intake import Refused
from normbook.intake.kinds import kind_of
from normbook.records.model import Record
from normbook.records.scaffold.new_record import PLACEHOLDER_ID
from normbook.text.anchors import Anchor
from normbook.workspace.repo import Repo
from normbook.workspace.safe_read import SEED, list_files, read_plain, read_text, refusal

ROW = re.compile(r"([0-9a-f]{64})  ([^/\\\x00]+)")
ONE_PASSAGE = "copy prefix, exact and suffix from one continuous passage of the cleaned reading"
APART = "make one correction of the two, or leave at least one character between them"


def load_seeds(repo: Repo, problems: list[Problem]) -> dict[str, bytes]:
    """The seeds by file name. Changed, missing and unlisted ones, compared with SHA256SUMS, are reported."""
    found: dict[str, bytes] = {}
    present = {file.name: state for file, state in list_files(repo, repo.seeds, problems)}
    listed = _listed(repo, problems)
    for name, (digest, number, line_text) in listed.items():
        place = repo.relative(repo.sums), number, len(digest) + 3
        if name not in present:
            hint = "restore it from the repository's history: seeds are never removed"
            problems.append(Problem(*place, "N702", f"the seed {name} is missing", hint, source_line=line_text))
            continue
        content = read_plain(repo.seeds / name, f"seeds/{name}", SEED, problems)
        if content is None:
            continue
        if (got := hashlib.sha256(content).hexdigest()) != digest:
            message, hint = (
                f"SHA-256 mismatch for seeds/{name}: expected {digest}, found {got}",
                f"restore it with `git checkout -- seeds/{name}`: seeds are never edited",
            )
            problems.append(Problem(*place, "N701", message, hint, source_line=line_text))
            continue
        found[name] = content
    for name, state in present.items():
        if name == repo.sums.name or name in listed or name.startswith("."):
            continue
        path = repo.seeds / name
        if refused := refusal(str(path), state, f"seeds/{name}", SEED):
            problems.append(refused)
        elif (content := read_plain(path, f"seeds/{name}", SEED, problems)) is not None:
            line = f"{hashlib.sha256(content).hexdigest()}  {name}"
            problems.append(Problem(f"seeds/{name}", 0, 0, "N703", "this seed is not listed in SHA256SUMS", f"add the line `{line}`"))
    return found


def _listed(repo: Repo, problems: list[Problem]) -> dict[str, tuple[str, int, str]]:
    """The lines of SHA256SUMS by seed: its checksum, the line number, and the line."""
    text = read_text(repo.sums, repo.relative(repo.sums), problems, SEED) or ""
    rows: dict[str, tuple[str, int, str]] = {}
    for number, line_text in enumerate(text.split("\n"), 1):
        match = ROW.fullmatch(line_text.removesuffix("\r"))
        if match is None or match[2] in rows:
            if line_text:
                message = "duplicate line for this seed" if match else "expected a SHA-256, two spaces and the name of a file in seeds/"
                hint = "remove the line" if match else "write it as `sha256sum`, run inside seeds/, prints it"
                problems.append(Problem(repo.relative(repo.sums), number, 1, "N133", message, hint, source_line=line_text))
            continue
        rows[match[2]] = match[1], number, line_text
    return rows


def read_source(record: Record, seeds: Mapping[str, bytes], corrections: Mapping[str, Record], problems: list[Problem]) -> Readings | None:
    """The readings of a source, or None with the reason added to `problems`."""
    from normbook.cleaning.clean import read

    seed = record.fields["seed"]
    content = seeds.get(seed["file"])
    if content is None and seed["file"] == PLACEHOLDER_ID:
        return None  # the placeholder has a finding of its own
    if content is None:
        message, hint = f"no valid seed {seed['file']!r} in seeds/", "copy the name of the file from seeds/SHA256SUMS"
        problems.append(record.problem("/seed/file", "N704", message, hint))
        return None
    if (digest := hashlib.sha256(content).hexdigest()) != seed["sha256"]:
        problems.append(record.problem("/seed/sha256", "N705", f"SHA-256 mismatch for seeds/{seed['file']}", f"write `sha256: {digest}`"))
    present = corrections.get(record.id)
    profile = record.fields.get("profile", {})
    try:
        readings = read(
            content,
            read_corrections(present) if present else (),
            profile.get("encoding"),
            profile.get("without", ()),
            kind_of(seed["file"]),
            profile.get("furniture") == "thorough",
        )
    except Refused as refused:
        problems.append(record.problem("/seed/file", refused.code, refused.message, refused.hint))
        return None
    except LookupError as error:
        problems.append(record.problem("/profile", "N706", f"unknown encoding or rule: {error}", "see the page of rules for their names"))
        return None
    for misfit in readings.misfits:
        assert present is not None
        message = f"correction {present.fields['corrections'][misfit.place]['id']!r}: {misfit.reason}"
        hint = APART if misfit.code == "N423" else ONE_PASSAGE
        problems.append(present.problem(f"/corrections/{misfit.place}/exact", misfit.code, message, hint))
    return readings


def read_corrections(record: Record) -> list[Correction]:
    """The corrections of a file, in their order."""
    return [
        Correction(each["id"], Anchor(each.get("prefix", ""), each["exact"], each.get("suffix", "")), each["replacement"])
        for each in record.fields["corrections"]
    ]
