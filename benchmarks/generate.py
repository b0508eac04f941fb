"""A project with as many records as asked for: the real one, and variations of its records that rest on the same seeds."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

from normbook.paths import Repo
from normbook.pipeline import MODELINE, derive
from normbook.pipeline.load import load_project
from normbook.records.schema import FOLDERS
from normbook.records.yaml_io import dump

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("seeds", "schema", "data", "site_src")


def generate(target: Path, count: int) -> Repo:
    """A project of `count` records in the folder `target`, which is made anew. The records are valid and their evidence resolves.

    Of every eleven made, one is an initiative, eight are its principles, one is a statement about it and one an event. Eight such
    groups rest on one source, which is a copy of a real seed under another name.
    """
    shutil.rmtree(target, ignore_errors=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    repo = Repo(target)
    known = load_project(repo).records
    made = len(known)
    number = 0
    while made < count:
        number += 1
        for type, id, fields in [*_sources(repo, known, number), *_group(known, number)][: count - made]:
            (repo.folder(type) / f"{id}.yaml").write_text(MODELINE.format(type) + dump(fields), "utf-8")
            made += 1
    derive(load_project(repo))
    return repo


PER_SOURCE = 8  # groups


def _sources(repo: Repo, known: Any, number: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The two sources that the next groups rest on, their seeds written and listed."""
    if number % PER_SOURCE != 1:
        return []
    rows = []
    for real in ("seed-004", "seed-002"):
        id = f"{real}-{number}"
        fields = copy.deepcopy(dict(known[real].fields))
        name = fields["seed"]["file"].replace("_", f"_{number}_")
        shutil.copy(repo.seeds / fields["seed"]["file"], repo.seeds / name)
        with repo.sums.open("a", encoding="utf-8") as file:
            file.write(f"{fields['seed']['sha256']}  {name}\n")
        fields["seed"]["file"] = name
        rows.append(("source", id, _rest_on(fields | {"id": id}, number)))
    return rows


def _rest_on(value: Any, number: int) -> Any:
    """A record with its quotations of the two real sources moved to the copies."""
    if isinstance(value, dict):
        moved = {key: _rest_on(inner, number) for key, inner in value.items()}
        if moved.get("source") in ("seed-004", "seed-002"):
            moved["source"] += f"-{number - (number - 1) % PER_SOURCE}"
        return moved
    return [_rest_on(item, number) for item in value] if isinstance(value, list) else value


def _group(known: Any, number: int) -> list[tuple[str, str, dict[str, Any]]]:
    initiative = f"made-{number}"
    rows = [_vary(known["gids"], initiative, number, points={"kind": "commitment", "declared": None})]
    rows += [_vary(known[f"gids-{ordinal}"], f"{initiative}-{ordinal}", number, initiative=initiative) for ordinal in range(1, 9)]
    rows.append(_vary(known["mao-ning-2024-02-29-3"], f"said-{number}", number, about=[initiative]))
    rows.append(_vary(known["press-briefing-2024-11-20"], f"briefing-{number}", number))
    return rows


def _vary(record: Any, id: str, number: int, **changed: Any) -> tuple[str, str, dict[str, Any]]:
    fields = copy.deepcopy(dict(record.fields)) | changed
    fields |= {"id": id, "title": f"{fields['title']}, variation {number}"}
    fields.pop("related", None)
    fields["evidence"] = [entry for entry in fields.get("evidence", []) if "/related/0" not in entry.get("for", ())]
    return record.type, id, _rest_on(fields, number)


def as_markdown(repo: Repo, target: Path) -> None:
    """The same records as Markdown pages for the site generator alone: the peer of the build. Records stay out of its navigation."""
    shutil.rmtree(target, ignore_errors=True)
    docs = target / "docs"
    shutil.copytree(repo.pages, docs)
    shutil.copytree(repo.assets, docs / "assets", dirs_exist_ok=True)
    for record in load_project(repo).records.values():
        path = docs / FOLDERS[record.type] / f"{record.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(_lines(record)), "utf-8")
    (target / "mkdocs.yml").write_text(
        f"INHERIT: {repo.mkdocs}\ndocs_dir: docs\nsite_dir: site\nstrict: false\ntheme:\n  custom_dir: {repo.overrides}\nvalidation:\n  omitted_files: ignore\n",
        "utf-8",
    )


def _lines(record: Any) -> list[str]:
    """A record as plain Markdown: a heading, its facts as a table, its evidence as quotations."""
    lines = [f"# {record.title}", str(record.fields.get("summary", ""))]
    rows = [f"| {key} | {str(value)[:200].replace('|', '/')} |" for key, value in record.fields.items() if key not in ("evidence", "title")]
    lines.append("\n".join(["| what | value |", "|---|---|", *rows]))
    for entry in record.fields.get("evidence", []):
        if "exact" in entry:
            lines += [
                f"> {entry.get('prefix', '')}**{entry['exact'].strip()}**{entry.get('suffix', '')}",
                f"{entry['stance']} by {entry['speaker']} in [{entry['source']}](../sources/{entry['source']}.md)",
            ]
    return lines
