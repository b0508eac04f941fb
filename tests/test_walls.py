"""The walls between the rooms of the package: a room imports only from floors below it, and opens nothing that is not its own."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "normbook"
FLOORS = ["problems", "languages", "text", "records", "graph", "publish", "paths", "pipeline", "cli"]
APART = "reader"  # for users: it needs the standard library alone, and no other room knows it
FORBIDDEN = {
    "text": {"yaml", "jsonschema", "jsonschema_rs", "jinja2", "mkdocs", "material"},
    "records": {"jinja2", "mkdocs", "material"},
    "graph": {"yaml", "jinja2", "mkdocs", "material", "pathlib", "os", "io"},
    "publish": {"yaml", "mkdocs", "material", "pathlib", "os", "subprocess", "shutil"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py" and path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    """The room that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield node.module or ""
            if node.module == "normbook":
                yield from (f"normbook.{name.name}" for name in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_from_its_own_floor_or_below(path: Path) -> None:
    if room(path) == APART:
        return
    own = FLOORS.index(room(path))
    for name in imports(ast.parse(path.read_text("utf-8"))):
        parts = name.split(".")
        if parts[0] == "normbook" and len(parts) > 1 and parts[1] != "__version__":
            assert FLOORS.index(parts[1]) <= own, f"{path.name} imports {name} from a floor above"


def test_the_reader_for_users_stands_apart() -> None:
    own = [path for path in MODULES if room(path) == APART]
    assert len(own) >= 4
    for path in own:
        for name in imports(ast.parse(path.read_text("utf-8"))):
            assert name.startswith(f"normbook.{APART}") or name.split(".")[0] in sys.stdlib_module_names, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_knows_no_library_of_another(path: Path) -> None:
    for name in imports(ast.parse(path.read_text("utf-8"))):
        assert name.split(".")[0] not in FORBIDDEN.get(room(path), set()), f"{path.name} imports {name}"
        assert name.split(".")[0] not in {"mkdocs", "material", "zensical"}, "the site generator is a command, never imported"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_below_the_command_nothing_prints_or_exits_and_below_the_pipeline_nothing_opens_writes_or_reads_the_clock(path: Path) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)}
    if room(path) != "cli":
        assert not calls & {"print", "input", "exit", "quit", "sys.exit"}
    if room(path) not in ("cli", "pipeline", "languages", APART):  # languages reads the package's own files
        assert not {
            call
            for call in calls
            if call.split(".")[-1]
            in ("write_text", "write_bytes", "read_text", "read_bytes", "unlink", "mkdir", "now", "today", "time", "perf_counter", "getenv")
        }
        assert "open" not in calls


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_catches_everything(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None and getattr(node.type, "id", "") != "Exception", f"{path.name}:{node.lineno}"


def test_the_test_would_see_a_breach() -> None:
    tree = ast.parse("import normbook.cli\nfrom normbook import pipeline")
    assert list(imports(tree)) == ["normbook.cli", "normbook", "normbook.pipeline"]


def test_names_that_are_not_used() -> None:
    """The words that the project does without, as names of modules, classes and functions."""
    for path in MODULES:
        assert path.stem not in {"utils", "helpers", "manager", "handler", "process", "info", "data"}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    assert not (isinstance(target, ast.Name) and target.id == "data"), f"{path.name}:{node.lineno}"


def test_public_functions_and_classes_say_what_the_caller_gets() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and node.col_offset == 0:
                assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"
