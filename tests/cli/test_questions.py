"""`normbook mcp`: a session with the client of the official library, in memory and over standard input and output."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from normbook.cli import questions
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo
from tests.conftest import ROOT

TOOLS = {"search", "record", "quotation", "verify_quote", "compare", "sources"}


async def ask_all(client: Any) -> dict[str, Any]:
    """One question to each tool, and two wrong ones."""
    listed = (await client.list_tools()).tools
    assert {each.name for each in listed} == TOOLS
    for each in listed:
        assert each.annotations and each.annotations.read_only_hint and not each.annotations.destructive_hint
        assert each.description and len(each.description) > 60
    asked: dict[str, tuple[str, dict[str, Any]]] = {
        "search": ("search", {"query": "surveillance"}), "record": ("record", {"id": "gids-3"}), "quotation": ("quotation", {"record": "gids-3", "number": 1}),
        "true": ("verify_quote", {"text": "must not IT abuse"}), "false": ("verify_quote", {"text": "must not IT misuse", "source": "seed-004"}),
        "compare": ("compare", {"one": "gids", "two": "china-c5-data-security"}), "sources": ("sources", {}),
        "wrong": ("record", {"id": "gdis-3"}), "missing": ("record", {}),
    }  # fmt: skip
    return {name: await client.call_tool(tool, given) for name, (tool, given) in asked.items()}


def check(said: dict[str, Any]) -> None:
    values = {name: each.structured_content for name, each in said.items() if not each.is_error}
    assert values.keys() == said.keys() - {"wrong", "missing"}
    assert values["true"]["accepted"] and values["true"]["places"][0]["stance"] == "proposed"
    assert not values["false"]["accepted"] and values["false"]["nearest"][0]["source"] == "seed-004"
    assert values["record"]["id"] == "gids-3" and values["sources"]["count"] == 5 and values["compare"]["assessed"] > 3
    assert values["search"]["count"] and values["quotation"]["quotations"][0]["sentence"]
    assert "did you mean 'gids-3'?" in said["wrong"].content[0].text and "Traceback" not in said["wrong"].content[0].text
    assert said["missing"].is_error and "Traceback" not in said["missing"].content[0].text


def test_a_session_in_memory(project: Project) -> None:
    import anyio
    from mcp import Client

    server = questions.server_of(questions.book_of(project))

    async def session() -> dict[str, Any]:
        async with Client(server) as client:
            return await ask_all(client)

    check(anyio.run(session))


def test_a_session_over_standard_input_and_output_writes_no_file(copy: Repo) -> None:
    import anyio
    from mcp import Client
    from mcp.client.stdio import StdioServerParameters, stdio_client

    before = {path: path.stat().st_mtime_ns for path in copy.root.rglob("*")}
    command = ["--root", str(copy.root), "mcp"]
    server = StdioServerParameters(command=sys.executable, args=["-m", "normbook", *command], cwd=ROOT)

    async def session() -> dict[str, Any]:
        async with Client(stdio_client(server)) as client:
            return await ask_all(client)

    check(anyio.run(session))
    assert {path: path.stat().st_mtime_ns for path in copy.root.rglob("*")} == before


def test_a_checkout_with_errors_is_not_asked(copy: Repo, run: Any) -> None:
    path = copy.folder("principle") / "gids-3.yaml"
    path.write_text(path.read_text("utf-8").replace("exact: must not IT abuse", "exact: must not abuse IT"), "utf-8")
    status, out, err = run("--root", str(copy.root), "mcp")
    assert status == 1 and out == "" and "N401" in err and "gids-3.yaml" in err


def test_without_the_library_a_finding_says_what_to_install(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "find_spec", lambda name: None)
    status, out, err = run("--root", str(ROOT), "mcp")
    assert (status, out) == (1, "")
    assert "error[N708]: the library mcp is not installed" in err and "pip install 'normbook[mcp]'" in err
