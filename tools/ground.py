"""A sound project of which one record after another is mutated: what is found and shown of it then."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jinja2 import FileSystemBytecodeCache, FileSystemLoader

from normbook.findings.finding import Problem, sort_problems
from normbook.graph.graph import link
from normbook.graph.tracking import TrackedGraph
from normbook.site import search
from normbook.site.chrome import head
from normbook.site.context import RenderContext
from normbook.site.exports import record_json as exports
from normbook.site.feed import feed
from normbook.site.glossary_terms import Terms
from normbook.site.i18n import Interface
from normbook.site.page import Frame
from normbook.site.pages.record import record_page
from normbook.site.render import Renderers, Sources
from normbook.workspace import site_files as sites
from normbook.workspace.load import Project, load_project, load_record
from normbook.workspace.pipeline import check
from normbook.workspace.repo import Repo
from normbook.workspace.seeds import read_source
from tools.mutators import mutate

SEEDS = {"principle": "gids-7", "source": "seed-001", "event": "press-conference-2020-09-11"}


@dataclass
class Ground:
    """A sound project in a folder of its own, and its records' bytes."""

    project: Project
    contents: dict[str, bytes]
    site: tuple[dict[str, str], tuple[Interface, ...]]
    others: dict[str, list[Problem]] = field(default_factory=dict)  # what is found of all other records where that of a type cannot be read

    @classmethod
    def over(cls, repo: Repo) -> Ground:
        """The ground over a copy of the project; every cache is warm."""
        project = load_project(repo)
        assert not check(project)
        site = {**sites.read_site(repo), "day": "2026-01-01", "cards": "", "feeds": ""}, sites.read_interfaces(repo)
        ground = cls(project, {type: (repo.folder(type) / f"{id}.yaml").read_bytes() for type, id in SEEDS.items()}, site)
        for type, id in SEEDS.items():
            ground.put(type, b"")
            ground.others[type] = [problem for problem in check(load_project(repo)) if problem.path != f"data/{type}s/{id}.yaml"]
            ground.put(type, ground.contents[type])
            ground.look(type)
        return ground

    def mutant(self, seed: int, number: int) -> tuple[str, str, bytes]:
        """The type, what was done, and the bytes of a mutant: the same for the same numbers everywhere."""
        dice = random.Random(f"{seed}:{number}")
        type = list(SEEDS)[number % len(SEEDS)]
        return type, *mutate(self.contents[type], dice)

    def put(self, type: str, content: bytes) -> None:
        """Writes the record of a type into the folder."""
        (self.project.repo.folder(type) / f"{SEEDS[type]}.yaml").write_bytes(content)

    def look(self, type: str) -> tuple[Project, list[Problem]]:
        """The project with the record of that type as its file now is, and every finding: what loading the whole project gives, sooner."""
        whole, id = self.project, SEEDS[type]
        problems: list[Problem] = []
        record = load_record(whole.repo, whole.schemas, type, whole.repo.folder(type) / f"{id}.yaml", problems)
        if record is None:
            return whole, sort_problems([*problems, *self.others[type]])
        records = {key: record if key == id else value for key, value in whole.records.items()}
        readings = dict(whole.readings)
        if type == "source":
            read = read_source(record, whole.seeds, whole.corrections, problems)
            readings = {key: read if key == id else value for key, value in readings.items() if read or key != id}  # type: ignore[misc]
        changed = replace(whole, records=records, readings=readings, problems=tuple(problems))
        return changed, check(changed)

    def show(self, project: Project, id: str) -> Iterator[str]:
        """All that is made of one record: its page in every language, its data, what the search and the feed say of it."""
        graph = TrackedGraph.over(link(project.records, project.schemas), set())
        corrections = {key: {each["id"]: each for each in found.fields["corrections"]} for key, found in project.corrections.items()}
        site, interfaces = self.site
        context = RenderContext(graph, project.schemas, project.readings, corrections, {}, site)
        page = record_page(context, id)
        loader, cache = FileSystemLoader(project.repo.templates), FileSystemBytecodeCache(str(project.repo.root))
        renderers = Renderers(Sources(loader, context.url, graph.briefs.__getitem__, Terms(context), cache), interfaces)
        yield from (body.decode() for body in renderers.render(page, [Frame(())] * len(interfaces)))
        yield from (str(head(page, interface, interfaces, context.site)) for interface in interfaces)
        yield renderers.each[0].text("feed.xml", feed(context, 0))
        yield search.line(search.entry(graph, id, page.path))
        yield exports.record_json(context, id) + exports.json_line(graph.records[id])
