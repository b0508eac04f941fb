"""What tests share: the project itself, and a copy of it that a test may break."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from normbook.cli.main import main
from normbook.records.schema import Schemas
from normbook.workspace.load import Project, load_project, load_schemas
from normbook.workspace.repo import Repo
from tests.shared import linked, made_once, use_memory
from tools.projects import ROOT, checkout, copy_project

__all__ = ["ROOT", "copy_project"]
Framed = Callable[[Repo], Repo]
State = Callable[..., Path]

use_memory()  # before anything asks where temporary files lie


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
    """The folder of the site, built once from a copy. No test changes it."""

    def make(root: Path) -> None:
        assert main(["--root", str(copy_project(root / "project").root), "build"]) == 0
        linked(root / "project" / "site", root / "site")

    return made_once(tmp_path_factory, "site", make) / "site"


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Path:
    """The folder of a site with its exports, made once by the command where the site was built. No test changes it."""
    project = site.parent / "project"

    def make(root: Path) -> None:
        assert main(["--root", str(project), "export"]) == 0
        root.mkdir()

    made_once(tmp_path_factory, "exported", make)
    return project / "site"


@pytest.fixture(scope="session")
def restricted(tmp_path_factory: pytest.TempPathFactory, framed: Framed) -> Callable[[str], Repo]:
    """Gives the project with the site and exports of texts that may be shown in excerpts alone or not at all ("excerpt", "withhold"). No test changes it."""

    def give(wish: str) -> Repo:
        def make(root: Path) -> None:
            repo = framed(copy_project(root))
            for id in ("seed-002", "seed-003", "seed-004"):
                path = repo.folder("source") / f"{id}.yaml"
                path.write_text(re.sub(r"full_text: \w+", f"full_text: {wish}", path.read_text("utf-8")), "utf-8")
            assert main(["--root", str(root), "export"]) == 0

        return Repo(made_once(tmp_path_factory, wish, make))

    return give


@pytest.fixture(scope="session")
def framed(site: Path) -> Framed:
    """Gives a copy of the project the frames of its pages, so that a build need not make them; where its pages are changed, it makes its own."""

    def give(repo: Repo) -> Repo:
        linked(site.parent / "project" / "build" / "frame", repo.build / "frame")
        return repo

    return give


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the copies lie that begin as built or exported ones: in one place, since a build remembers it."""
    return tmp_path_factory.mktemp("place") / "project"


@pytest.fixture(scope="session")
def state_after(place: Path, framed: Framed) -> State:
    """A folder that keeps what a copy of this project, or of the sample project, holds after a command, each made when first asked for; an export begins as a build."""
    kept: dict[str, Path] = {}

    def state(command: str, copied: Callable[[Path], Repo] = copy_project) -> Path:
        name = f"{command}-{copied.__name__}"
        if name not in kept:
            if command == "export":
                _lay(state("build", copied), place)
            else:
                framed(copied(place))
            assert main(["--root", str(place), command]) == 0
            kept[name] = place.rename(place.with_name(name))
        return kept[name]

    return state


def _lay(state: Path, place: Path) -> None:
    shutil.copytree(state, place, ignore=lambda folder, names: ["site"] if folder == str(state) else [])
    linked(state / "site", place / "site")


def _again(state: Path, place: Path) -> Iterator[Repo]:
    _lay(state, place)
    yield Repo(place)
    shutil.rmtree(place)


@pytest.fixture
def built(state_after: State, place: Path) -> Iterator[Repo]:
    """A copy of the project that was built, and not changed since."""
    yield from _again(state_after("build"), place)


@pytest.fixture
def small_built(state_after: State, place: Path) -> Iterator[Repo]:
    """A copy of the sample project that was built, and not changed since: a whole build of it takes a quarter of the time."""
    yield from _again(state_after("build", checkout), place)


@pytest.fixture
def small_exported(state_after: State, place: Path) -> Iterator[Repo]:
    """A copy of the sample project that was built and exported, and not changed since."""
    yield from _again(state_after("export", checkout), place)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command; gives its status and what it printed."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        out, err = capfdbinary.readouterr()
        return status, out.decode("utf-8", "surrogateescape"), err.decode("utf-8", "surrogateescape")

    return call


# what a test costs, by the dearest thing that it asks for: whether a build, a copy of the project, a folder, or nothing
COSTS = {
    "built": 20,
    "small_built": 10,
    "small_exported": 20,
    "exported": 20,
    "restricted": 40,
    "framed": 60,
    "site": 10,
    "copy": 5,
    "run": 3,
    "tmp_path": 2,
    "context": 2,
}
BUILDS = {
    "built",
    "restricted",
    "small_built",
    "small_exported",
    "exported",
    "framed",
    "site",
    "told",
}  # told: what an export of another project printed
GENERATED = 20  # a test of generated cases
COST_OF_A_SECOND = 200  # what the tests of a file cost together if they take about a second of processor time
TESTS = Path(__file__).parent
# seconds of processor time that the tests of a file take where they ask for few of these things, or for more than one of them would take
SECONDS = {
    "workspace/test_kills_and_mutations.py": 40,
    "workspace/test_build.py": 30,
    "site/exports/test_bulk.py": 25,
    "findings/test_catalogue.py": 20,
    "workspace/test_check_base.py": 15,
    "graph/test_checks.py": 12,
    "site/test_outputs.py": 12,
    "workspace/test_new.py": 12,
    "site/test_html.py": 12,
    "workspace/test_incremental.py": 11,
    "workspace/test_release.py": 10,
    "site/exports/test_record_files.py": 9,
    "cli/test_walk.py": 8,
    "workspace/test_ingest.py": 7,
    "cli/test_formats.py": 7,
    "cleaning/test_threads.py": 6,
    "site/test_languages.py": 6,
    "cli/test_show.py": 5,
    "site/test_citations.py": 5,
    "site/exports/test_tables.py": 5,
}
# files whose tests share what takes long to make, of the browser; those of its other files may run in several processes
SHARING = ("test_payloads.py", "test_frozen.py")
# and files without a browser, whose tests may do so too
SPLIT = ("workspace/test_kills_and_mutations.py",)


def alone(file: str) -> bool:
    """True if the tests of a file may run in several processes."""
    return file.endswith(SPLIT) or ("/browser/" in file and not file.endswith(SHARING))


def cost(item: pytest.Item) -> int:
    """What a test costs, roughly, as one that asks for nothing costs one."""
    asked = getattr(item, "fixturenames", ())
    return max(GENERATED if hasattr(getattr(item, "obj", None), "hypothesis") else 1, *(COSTS.get(name, 1) for name in asked), 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-site", action="store_true", help="leave out the tests for which the site is built")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The order of the tests.

    Those in a browser come first: it keeps no process busy all the time, so the others must still be there; what drives it
    leaves an event loop and threads in the process, which end with the last of them. Then come the files by what they cost,
    so that what comes last is small, and all processes end at about the same time.
    """
    if config.getoption("no_site", False):
        left_out = [item for item in items if BUILDS & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    costs: dict[Path, float] = {}
    for item in items:
        costs[item.path] = costs.get(item.path, 0) + cost(item) / COST_OF_A_SECOND
    costs.update({path: seconds for name, seconds in SECONDS.items() if (path := TESTS / name) in costs})

    def place(item: pytest.Item) -> tuple[bool, bool, float]:
        in_browser = "browser" in item.path.parts
        return not in_browser, in_browser and alone(item.path.as_posix()), -costs[item.path]

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """With `--dist loadscope`, tests of a file stay in one process, as they share what it makes; of the files that share nothing, those of one page.

    Not `--dist loadgroup`: pytest-xdist 3.8.0 writes its groups into the names of tests, which pytest 9.2 no longer lets it do.
    """
    return Together(config, log) if config.getoption("dist") == "loadscope" else None


class Together(LoadScopeScheduling):
    """Gives out tests by files, and some by pages."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        if not alone(file):
            return file
        return f"{file} {name[name.index('[') :]}" if "[" in name else nodeid
