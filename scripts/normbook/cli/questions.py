"""The command `mcp`: a server that answers programs about the book, by the Model Context Protocol over standard input and output. It only reads."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from normbook import __version__
from normbook.cli.output import exit_status, find_repo, print_findings
from normbook.findings.finding import whole_file

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from normbook.site.answers import Book
    from normbook.workspace.load import Project

INSTRUCTIONS = (
    "Normbook is a reference book of initiatives and principles on data and cyberspace. It says who said what, when, in which words, and judges nothing. "
    "Before you quote a source, call verify_quote: words that it does not accept are not in the sources. Always give the speaker and the stance with a "
    "quotation: words that are denied, reported or proposed are not asserted. Say so where a record still needs review or a text is a machine translation."
)


def serve_questions(args: argparse.Namespace) -> int:
    """Answers questions until standard input ends. Standard output belongs to the protocol, so findings go to standard error."""
    from yaml import YAMLError

    from normbook.workspace.errors import BuildError
    from normbook.workspace.load import load_project
    from normbook.workspace.pipeline import check

    if find_spec("mcp") is None:
        hint = "install it with `pip install 'normbook[mcp]'`"
        return print_findings([whole_file("<command>", "N708", "the library mcp is not installed", hint)])
    if (repo := find_repo(args)) is None:
        return 2
    project = load_project(repo)
    problems = check(project)
    if exit_status(problems):
        return print_findings(problems)
    try:
        book = book_of(project)
    except (BuildError, YAMLError) as error:
        hint = "correct mkdocs.yml; `normbook build` says more"
        return print_findings([whole_file("mkdocs.yml", "N109", f"the settings cannot be read: {error}", hint)])
    server_of(book).run("stdio")
    return 0


def book_of(project: Project) -> Book:
    """A checked project as a book to ask."""
    from normbook.graph.graph import link
    from normbook.site.answers import Book
    from normbook.workspace.prepare import render_context

    redirects = project.redirects.fields["redirects"] if project.redirects else ()
    graph = link(project.records, project.schemas)
    return Book(render_context(project.repo, graph, project.schemas, project.readings, project.corrections, redirects))


def server_of(book: Book) -> MCPServer[Any]:
    """A server with one tool for each question. What has no answer is an error with the reason, never a traceback."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    from normbook.site.answers import AnswerError

    server: MCPServer[Any] = MCPServer(
        "normbook", version=__version__, instructions=INSTRUCTIONS, website_url=book.context.site["url"], log_level="ERROR"
    )
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def answered(ask: Callable[..., dict[str, Any]], *asked: Any) -> dict[str, Any]:
        try:
            return ask(*asked)
        except AnswerError as error:
            raise ToolError(str(error)) from error

    @server.tool(annotations=reads)
    def search(query: str, type: str = "", limit: int = 10) -> dict[str, Any]:
        """Find records and sentences of sources by words, names or ids, in English or Chinese. `type` limits the search to one type of record, for example principle."""
        return answered(book.search, query, type, limit)

    @server.tool(annotations=reads)
    def record(id: str) -> dict[str, Any]:
        """One record: its fields, its evidence, what each of its claims rests on, its links in both directions, and its state of review."""
        return answered(book.record, id)

    @server.tool(annotations=reads)
    def quotation(record: str, number: int = 0) -> dict[str, Any]:
        """The quotations of a record in context: the sentence with those before and after it, speaker, stance, reading, offsets and state of review. `number` chooses one."""
        return answered(book.quotation, record, number)

    @server.tool(annotations=reads)
    def verify_quote(text: str, source: str = "", prefix: str = "", suffix: str = "") -> dict[str, Any]:
        """Is this a true quotation? Accepted only if a source held here has exactly these words, once. The answer has the place, speaker, stance, form of speech and state of review, or the reason for the refusal and the nearest words. `prefix` and `suffix` are the characters directly around words that occur more than once."""
        return answered(book.verify_quote, text, source, prefix, suffix)

    @server.tool(annotations=reads)
    def compare(one: str, two: str) -> dict[str, Any]:
        """The assessed correspondences between two principles or two initiatives, by their ids, with reasons and evidence."""
        return answered(book.compare, one, two)

    @server.tool(annotations=reads)
    def sources() -> dict[str, Any]:
        """The sources that the book holds: title, publisher, date, language, translation, address, rights and state of review."""
        return answered(book.sources)

    return server
