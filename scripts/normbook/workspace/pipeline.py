"""The pipeline, from top to bottom: each stage is a typed function, and nothing flows back.

seeds -> clean text + ledger -> segments -> drafts -> records -> graph -> views -> pages + exports -> site
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from normbook.findings.finding import Problem, sort_problems
from normbook.graph.claims import claims
from normbook.intake.kinds import kind_of
from normbook.records.types import SPECS
from normbook.workspace.derived import derived_texts, encoded, stale_texts
from normbook.workspace.files import write
from normbook.workspace.load import Project, load_schemas
from normbook.workspace.repo import Repo
from normbook.workspace.seeds import load_seeds

if TYPE_CHECKING:
    from normbook.graph.context import CheckContext
    from normbook.graph.graph import Graph
    from normbook.records.drafting.drafts import Document, Drafts

MODELINE = "# yaml-language-server: $schema=../../schema/{}.schema.json\n"


def check(project: Project) -> list[Problem]:
    """All findings about a project, sorted: from reading, the graph, derived texts, and contracts of releases."""
    if not project.schemas.documents:
        return sort_problems(project.problems)  # without schemas nothing more can be checked
    from normbook.graph.checks.exceptions import excuse
    from normbook.graph.checks.registry import run_checks
    from normbook.graph.graph import link
    from normbook.workspace.release.contracts import check_contract

    found = run_checks(context_of(project, link(project.records, project.schemas)))
    return sort_problems(excuse([*project.problems, *found, *stale(project), *check_contract(project)], project.exceptions))


def context_of(project: Project, graph: Graph) -> CheckContext:
    """What the checks look at of a project, with its graph."""
    from normbook.graph.context import CheckContext
    from normbook.workspace.git import authors, day_of

    return CheckContext(
        graph, project.schemas, project.readings, project.corrections, project.redirects, project.broken,
        day=day_of(project.repo), authors=partial(authors, project.repo), book=project.book,
    )  # fmt: skip


def derived(project: Project) -> dict[Path, str]:
    """The cleaned and the corrected text of each source, by path."""
    return derived_texts(project.repo, project.readings)


def stale(project: Project) -> list[Problem]:
    """Findings about committed derived texts that are missing, stale, or belong to no source."""
    readings = {
        id: made for id, made in project.readings.items() if id not in project.broken
    }  # those with broken corrections have findings of their own
    made = derived_texts(project.repo, readings)
    sources = {record.id for record in project.records.values() if record.type == "source"}
    return stale_texts(project.repo, made, lambda path, old: old == encoded(made[path]), project.broken | sources)


def derive(project: Project) -> list[Path]:
    """Writes the derived texts that are missing or stale, and the citation of the book where the checkout has it; returns their paths."""
    texts = [path for path, text in derived(project).items() if write(path, encoded(text))]
    return texts + [path for path, text in cited_as(project).items() if path.is_file() and write(path, text)]


def cited_as(project: Project) -> dict[Path, str]:
    """CITATION.cff and .zenodo.json, by path, from mkdocs.yml, releases/VERSION and data/book.yaml."""
    from normbook.site import deposit
    from normbook.workspace.site_files import read_site

    site, imprint = read_site(project.repo), project.book.fields["imprint"] if project.book else {}
    root = project.repo.root
    return {root / deposit.CITATION: deposit.citation_cff(site, imprint), root / deposit.ZENODO: deposit.zenodo(site, imprint)}


def count_claims(project: Project) -> Counter[str]:
    """How many claims are supported by a quotation, by outside evidence only, and by nothing."""
    total: Counter[str] = Counter()
    for record in project.records.values():
        total.update(claims(record, project.schemas).count())
    return total


def draft(repo: Repo, problems: list[Problem]) -> Drafts:
    """The drafts extracted from the seeds. Of the records only the statements are read, so that nothing is drafted that they quote."""
    from normbook.graph.support.modality import modalities
    from normbook.records.drafting.extract import extract  # this imports the whole extraction package, as do the imports below

    schemas = load_schemas(repo, problems)
    if not schemas.documents:
        return extract([], {})
    profiles = recorded_profiles(repo)
    documents = [_document_of(name, content, profiles.get(name, {})) for name, content in sorted(load_seeds(repo, problems).items())]
    required = {type: [*schemas.required(type), spec.completed_with] for type, spec in SPECS.items()}
    return extract(documents, required, recorded=recorded_statements(repo), modalities=modalities)


def recorded_statements(repo: Repo) -> dict[str, tuple[tuple[str, str], ...]]:
    """For the id of each file of a statement, drafts included, the source and the words of its quotations; none of a file that cannot be read."""
    from normbook.records.drafting.statements import quoted_words
    from normbook.records.yaml.reader import load

    paths = sorted(path for path in repo.folder("statement").glob("*.yaml") if path.is_file())
    return {path.stem: quoted_words(load(path.read_bytes().decode("utf-8", "replace"), path.name).value) for path in paths}


def recorded_profiles(repo: Repo) -> dict[str, Mapping[str, Any]]:
    """How the source of each seed says that it is read (encoding, page furniture, rules left out), by the name of the seed; none of a file that cannot be read."""
    from normbook.records.yaml.reader import load

    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(path for path in repo.folder("source").glob("*.yaml") if path.is_file()):
        fields = load(path.read_bytes().decode("utf-8", "replace"), path.name).value
        seed, profile = (fields.get("seed"), fields.get("profile")) if isinstance(fields, Mapping) else (None, None)
        if isinstance(seed, Mapping) and isinstance(profile, Mapping):
            found[str(seed.get("file"))] = profile
    return found


def _document_of(name: str, content: bytes, profile: Mapping[str, Any]) -> Document:
    """A seed read as its source says; read as any other text if that has an encoding or a rule that is not known, which the check reports."""
    try:
        return document(name, content, None, profile.get("encoding"), profile.get("furniture") == "thorough", profile.get("without", ()))
    except (LookupError, TypeError):
        return document(name, content)


def document(
    name: str,
    content: bytes,
    published: date | None = None,
    encoding: str | None = None,
    thorough: bool = False,
    without: Sequence[str] = (),
) -> Document:
    """A seed prepared for extraction; its id comes from the number at the start of its name, or else from the name."""
    from normbook.cleaning.clean import read  # imports all rules
    from normbook.extraction.dates.document import find_dates
    from normbook.records.drafting.drafts import Document
    from normbook.text.detection import recognise

    readings = read(content, (), encoding, without, kind_of(name), thorough)
    head = name.split("_", maxsplit=1)[0]
    id = f"seed-{head}" if head.isdigit() else "".join(c if c.isalnum() else "-" for c in Path(name).stem.lower()).strip("-")
    text = readings.cleaned.text
    dates = find_dates(readings.received.text, readings.segmented.lines, text, published)
    return Document(id, name, readings, dates, recognise(text) or "en")


def missing_drafts(repo: Repo, drafts: Drafts) -> dict[Path, str]:
    """The drafts without a file in data/, as YAML by path. Existing files are never among them."""
    from normbook.records.yaml.writer import dump

    schemas = load_schemas(repo, [])
    found: dict[Path, str] = {}
    for each in drafts.records:
        path = repo.folder(each.type) / f"{each.id}.yaml"
        if not path.exists():
            head = MODELINE.format(each.type)
            head += (
                f"# proposed by a machine; to be filled in by a person: {', '.join(each.missing)}\n"
                if each.missing
                else "# proposed by a machine\n"
            )
            found[path] = head + dump(schemas.ordered(each.type, each.fields))
    return found


def clean_object(
    name: str, content: bytes, encoding: str | None = None, published: date | None = None, thorough: bool = False
) -> dict[str, Any]:
    """What `normbook clean --json` prints for one document; see schema/clean.schema.json.

    Raises LookupError for an unknown encoding, Refused if the file is not of the kind that its name says.
    """
    from normbook.extraction.report import report

    return report(name, content, encoding, published, kind_of(name), thorough)
