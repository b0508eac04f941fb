"""Pages rendered at once for all languages are those that plain Jinja renders for each language alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.compiler import CodeGenerator

from normbook.graph.graph import link
from normbook.records.types import PUBLISHED
from normbook.site import render
from normbook.site.all_languages import in_english_and_other
from normbook.site.context import RenderContext
from normbook.site.exports.record_files import alternates, other_formats
from normbook.site.glossary_terms import Terms
from normbook.site.i18n import Interface
from normbook.site.page import Frame
from normbook.site.pages.index import all_records
from normbook.site.pages.lists import type_index
from normbook.site.pages.record import record_page
from normbook.site.render import Renderer, Renderers, Sources
from normbook.site.templating import KEY, SEPARATOR, MarkedTextError, QuickEnvironment
from normbook.workspace.load import Project
from normbook.workspace.page_writer import LISTS
from normbook.workspace.prepare import render_context
from normbook.workspace.repo import Repo
from normbook.workspace.site_files import read_interfaces

EACH = 3  # records of each type


class Plain(QuickEnvironment):
    """The environment with Jinja's own compiler."""

    code_generator_class = CodeGenerator
    _generate = Environment._generate


@pytest.fixture(scope="module")
def interfaces(repo: Repo) -> tuple[Interface, ...]:
    return read_interfaces(repo)


@pytest.fixture(scope="module")
def context(project: Project) -> RenderContext:
    graph = link(project.records, project.schemas)
    return render_context(project.repo, graph, project.schemas, project.readings, project.corrections)


def sources(repo: Repo, context: RenderContext) -> Sources:
    return Sources(FileSystemLoader(repo.templates), context.url, context.graph.briefs.__getitem__, Terms(context))


def test_records_and_lists_read_the_same_as_from_plain_jinja(
    repo: Repo, context: RenderContext, interfaces: tuple[Interface, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = Renderers(sources(repo, context), interfaces)
    monkeypatch.setattr(render, "QuickEnvironment", Plain)
    plain = [Renderer(sources(repo, context), interface) for interface in interfaces]
    ids = [brief.id for type in {each.type for each in context.graph.plain.briefs.values()} for brief in context.graph.of_type(type)[:EACH]]  # type: ignore[attr-defined]
    assert len(ids) > 20
    frames = [Frame((), "<p>the English prose</p>"), Frame((), "<p>the other prose</p>")]
    made = [record_page(context, id) for id in ids] + [type_index(context, type, 0) for type in PUBLISHED] + [all_records(context, 0)]
    assert {page.template for page in made if not page.record} == LISTS
    for page in made:
        alone = [each.render(page, frame).encode() for each, frame in zip(plain, frames, strict=True)]
        assert quick.render(page, frames, at_once=True) == alone, page.path


def test_a_text_with_our_marks_is_shown_as_it_is(repo: Repo, context: RenderContext, interfaces: tuple[Interface, ...]) -> None:
    page = record_page(context, "gids-3")
    words = f"so {KEY}record.edit{KEY} it is"
    page = replace(page, model={**page.model, "record": {**page.model["record"], "note": words}})
    for body in Renderers(sources(repo, context), interfaces).render(page, [Frame(())] * 2, at_once=True):
        assert words.encode() in body


def test_marks_that_do_not_match_are_refused() -> None:
    with pytest.raises(MarkedTextError):
        in_english_and_other(f"a {SEPARATOR}( b", [{}, {}])


def test_a_form_that_is_left_out_has_neither_a_file_nor_a_link(context: RenderContext) -> None:
    fewer = replace(context, without=frozenset({"md"}))
    whole, less = (
        [{path for path, _ in other_formats(each, "gids-3")}, {row["path"] for row in alternates(each, "gids-3")}]
        for each in (context, fewer)
    )
    assert [of_all - of_fewer for of_all, of_fewer in zip(whole, less, strict=True)] == [{"principles/gids-3.md"}] * 2
