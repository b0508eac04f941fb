"""What tests share: the project itself, and a copy of it that a test may break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.cli import main
from normbook.paths import Repo
from normbook.pipeline.load import Project, load_project, load_schemas
from normbook.records.schema import Schemas
from tools.projects import ROOT, copy_project

__all__ = ["ROOT", "copy_project"]


@pytest.fixture(scope="session")
def repo() -> Repo:
    return Repo(ROOT)


@pytest.fixture(scope="session")
def schemas(repo: Repo) -> Schemas:
    return load_schemas(repo, [])


@pytest.fixture(scope="session")
def project(repo: Repo) -> Project:
    return load_project(repo)


@pytest.fixture
def copy(tmp_path: Path) -> Repo:
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built once from a copy."""
    copied = copy_project(tmp_path_factory.mktemp("built") / "project")
    assert main(["--root", str(copied.root), "build"]) == 0
    return copied.site


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command; gives its status and what it printed."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        out, err = capfdbinary.readouterr()
        return status, out.decode("utf-8", "surrogateescape"), err.decode("utf-8", "surrogateescape")

    return call


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: its driver leaves an event loop and threads in the process, which others cannot do with."""
    items.sort(key=lambda item: "browser" in item.path.parts)
