"""Generates projects of any size: the real records plus variations of them, quoting copies of the same seeds."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

from normbook.graph.graph import link
from normbook.records.types import FOLDERS
from normbook.records.yaml.writer import dump
from normbook.site.context import RenderContext
from normbook.site.page import Page
from normbook.site.pages.record import record_page
from normbook.workspace.load import load_project
from normbook.workspace.pipeline import MODELINE, derive
from normbook.workspace.prepare import render_context
from normbook.workspace.repo import Repo

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("seeds", "schema", "data", "site_src")


def generate(target: Path, count: int) -> Repo:
    """Writes a project of `count` records to `target`, which is replaced. All records are valid, and their evidence resolves.

    Each group of eleven is an initiative, its eight principles, a statement about it and an event. Eight groups share a source,
    which is a copy of a real seed under another name.
    """
    shutil.rmtree(target, ignore_errors=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    repo = Repo(target)
    known = load_project(repo).records
    made = len(known)
    group, sources = (
        [(type, id, MODELINE.format(type) + dump(fields)) for type, id, fields in rows]
        for rows in (_group(known, NUMBER), _sources(known, FIRST))
    )
    number = 0
    while made < count:
        number += 1
        first = number - (number - 1) % PER_SOURCE
        if number == first:
            _copy_seeds(repo, known, number)
        for type, id, text in [*(sources if number == first else ()), *group][: count - made]:
            path = repo.folder(type) / f"{_numbered(id, number, first)}.yaml"
            path.write_text(_numbered(text, number, first), "utf-8")
            made += 1
    derive(load_project(repo))
    return repo


PER_SOURCE = 8  # groups
FIRST, NUMBER = 8_000_001, 8_000_002  # numbers of a group with sources and of one without, which no text has by chance
COPIED = ("seed-004", "seed-002")


def _numbered(text: str, number: int, first: int) -> str:
    """A text of the group NUMBER as that of another group: writing a record as YAML takes a hundred times as long."""
    return text.replace(str(NUMBER), str(number)).replace(str(FIRST), str(first))


def _copy_seeds(repo: Repo, known: Any, number: int) -> None:
    """Writes the seeds for the next groups."""
    for real in COPIED:
        seed = known[real].fields["seed"]
        name = _seed_name(seed["file"], number)
        shutil.copy(repo.seeds / seed["file"], repo.seeds / name)
        with repo.sums.open("a", encoding="utf-8") as file:
            file.write(f"{seed['sha256']}  {name}\n")


def _seed_name(name: str, number: int) -> str:
    return name.replace("_", f"_{number}_")


def _sources(known: Any, number: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The two sources of some groups."""
    rows = []
    for real in COPIED:
        fields = copy.deepcopy(dict(known[real].fields))
        fields["seed"]["file"] = _seed_name(fields["seed"]["file"], number)
        rows.append(("source", f"{real}-{number}", _rest_on(fields | {"id": f"{real}-{number}"}, number)))
    return rows


def _rest_on(value: Any, number: int) -> Any:
    """A record whose quotations refer to the copies instead of the two real sources."""
    if isinstance(value, dict):
        moved = {key: _rest_on(inner, number) for key, inner in value.items()}
        if moved.get("source") in COPIED:
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
    for name in fields.get("names", ()):
        name["text"] += f", variation {number}"  # names are not shared
        for each in name["evidence"]:
            if "exact" in each:
                each["inferred"] = "The number of the variation is added to the quoted name."
    if "initiative" in changed:
        _own_initiative(fields)
    if "about" in changed:  # the words name the initiative that was varied
        judged = {"for": ["/about/0"], "basis": "editorial", "reason": "The words name the initiative of which this one is a variation."}
        fields["judgements"] = [*fields.get("judgements", ()), judged]
    return record.type, id, _rest_on(fields, number)


def _own_initiative(fields: dict[str, Any]) -> None:
    """Gives an initiative outside evidence instead of a quotation: otherwise eight initiatives would quote the same words, which the check rejects."""
    for entry in fields["evidence"]:
        entry["for"] = [pointer for pointer in entry["for"] if pointer != "/initiative"] if "for" in entry else []
    fields["evidence"] = [entry for entry in fields["evidence"] if entry["for"]]
    read = {"url": "https://example.org/", "locator": "the list of points", "seen": "2024-01-01", "read": "yes"}
    fields["evidence"].append({"for": ["/initiative"], **read, "paraphrase": "A point of that initiative."})


def as_markdown(repo: Repo, target: Path) -> None:
    """Writes the records as Markdown pages for the plain site generator, which the build is compared with.

    The content comes from our page models, so that both write the same; records are not in the navigation.
    """
    shutil.rmtree(target, ignore_errors=True)
    docs = target / "docs"
    shutil.copytree(repo.pages, docs)
    shutil.copytree(repo.assets, docs / "assets", dirs_exist_ok=True)
    project = load_project(repo)
    context = render_context(repo, link(project.records, project.schemas), project.schemas, project.readings, project.corrections)
    for record in project.records.values():
        path = docs / FOLDERS[record.type] / f"{record.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(_lines(context, record_page(context, record.id))), "utf-8")
    (target / "mkdocs.yml").write_text(
        f"INHERIT: {repo.mkdocs}\ndocs_dir: docs\nsite_dir: site\nstrict: false\ntheme:\n  custom_dir: {repo.overrides}\nvalidation:\n  omitted_files: ignore\n",
        "utf-8",
    )


def _lines(context: RenderContext, page: Page) -> list[str]:
    """A page model as Markdown: readings, text, facts, evidence in context, links in both directions."""
    model = page.model
    lines = [f"# {page.title}", page.description]
    for each in [*(model.get("wording") or ()), *(model.get("said") or ())]:
        lines += ["## Wording", "### As received", each["received"], "### Cleaned", each["cleaned"], "### Corrected", each["corrected"]]
        lines += [f"- ~~{row['exact']}~~ **{row['replacement']}**: {row['reason']}" for row in each["corrections"]]
    lines += ["".join(piece.cleaned for unit in block.units for piece in unit.pieces) or block.dropped for block in model.get("text") or ()]
    lines += ["## Facts", "\n".join(["| what | value |", "|---|---|", *(_fact(context, fact) for fact in model["facts"])]), "## Evidence"]
    for row in model["evidence"]:
        if row["kind"] == "outside":
            lines.append(f"{row['paraphrase']} <{row['url']}>")
        else:
            lines += [
                f"> {row['before']}**{row['exact'].strip()}**{row['after']}",
                f"{row['stance']} by {_named(context, row['speaker'])} in {_to(context, row['source'])}",
            ]
    lines.append("## What links here")
    lines += [
        "\n".join([f"**{label}**", "", *(f"- {_to(context, each.id)}" for each in found["rows"])])
        for label, found in model["links"].items()
    ]
    return lines


def _fact(context: RenderContext, fact: Any) -> str:
    values = ", ".join(_named(context, value) for value in fact.values)
    return f"| {fact.label} | {values} {fact.remark} |".replace("\n", " ")


def _named(context: RenderContext, value: Any) -> str:
    return _to(context, value.ref) if value.ref else value.text.replace("|", "/")


def _to(context: RenderContext, id: str) -> str:
    return f"[{context.graph.briefs[id].title.replace('[', '(').replace(']', ')')}](../{context.url(id).removesuffix('.html')}.md)"
