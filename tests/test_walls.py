"""The walls between the packages: one order, no cycle, and what each package may not do."""

from __future__ import annotations

import ast
import io
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "normbook"
# each package imports only from those before it
ORDER = [
    "findings",
    "languages",
    "text",
    "intake",
    "page",
    "structure",
    "cleaning",
    "extraction",
    "comparison",
    "records",
    "graph",
    "site",
    "workspace",
    "cli",
]
ALONE = "reader"  # for users: it needs the standard library alone, and no other package imports it
DOCUMENTED = {"text.report": "extraction.report"}  # an import path that users rely on, and what it hands on
FOLDER_READER, FOLDER_READ = "cleaning.all_rules", "cleaning.rules."  # a module that imports whatever a folder holds
TEXT_ONLY = {"yaml", "jsonschema", "jsonschema_rs", "jinja2"}
FORBIDDEN = {
    **dict.fromkeys(("languages", "text", "intake", "page", "structure", "cleaning", "extraction", "comparison"), TEXT_ONLY),
    "records": {"jinja2"},
    "graph": {"yaml", "jinja2", "pathlib", "os", "io"},
    "site": {"yaml", "pathlib", "os", "subprocess", "shutil"},
}
GENERATORS = {"mkdocs", "material", "zensical", "properdocs"}
READING = {"write_text", "write_bytes", "read_text", "read_bytes", "unlink", "mkdir", "now", "today", "time", "perf_counter", "getenv"}
LONGEST_PATTERN = 200  # characters
MARKS_OF_PATTERNS = ("(?:", "(?P<", "(?i)", "(?=", "(?!", "(?<", "\\b", "\\d", "\\s", "\\w", "{0,", "{1,", "{2,", "]*", "]+")
SHORT = 30  # lines: a shorter module with a single importer belongs to that importer


def name_of(path: Path) -> str:
    """The dotted name of a module below the package; that of a package itself is its folder's."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__main__.py" and path != PACKAGE / "__init__.py"}


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax of each module."""
    return {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def room(name: str) -> str:
    """The package that a module belongs to."""
    return name.partition(".")[0]


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module or name that is imported anywhere in a tree, inside functions too, but for types alone."""
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, (ast.Name, ast.Attribute)) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{name.name}" for name in node.names)


@cache
def imported(tree: ast.AST) -> tuple[str, ...]:
    """The same, walked once for all tests."""
    return tuple(imports(tree))


@cache
def own_imports(tree: ast.AST, modules: frozenset[str] = frozenset(MODULES)) -> frozenset[str]:
    """The package's own modules among what a tree imports."""
    found = set()
    for name in imported(tree):
        if name.startswith("normbook."):
            inner = name.removeprefix("normbook.")
            found.add(inner if inner in modules else inner.rpartition(".")[0])
    return frozenset(found - {""})


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules that import each other, directly or not."""
    reach: dict[str, set[str]] = {}
    for start, named in graph.items():
        seen: set[str] = set()
        queue = [*named]
        while queue:
            name = queue.pop()
            if name not in seen:
                seen.add(name)
                queue += graph.get(name, ())
        reach[start] = seen
    return sorted({tuple(sorted(other for other in reach[name] if name in reach.get(other, ()))) for name in graph if name in reach[name]})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", MODULES)
def test_a_package_imports_only_from_those_before_it(name: str) -> None:
    if room(name) == ALONE or name in DOCUMENTED:
        return
    own = ORDER.index(room(name))
    for other in own_imports(trees()[name]):
        assert room(other) != ALONE or room(name) == "cli", f"{name} imports {other}, which is for users alone"
        assert ORDER.index(room(other)) <= own, f"{name} imports {other} from a package after its own"


def test_no_modules_import_each_other_even_inside_functions() -> None:
    graph = {name: {*own_imports(tree)} for name, tree in trees().items()}
    graph[FOLDER_READER] |= {name for name in MODULES if name.startswith(FOLDER_READ)}
    assert cycles(graph) == []


def test_a_documented_path_only_hands_on() -> None:
    for name, home in DOCUMENTED.items():
        assert own_imports(trees()[name]) == {home}
        assert not [node for node in trees()[name].body if not isinstance(node, (ast.Expr, ast.ImportFrom, ast.Assign))]


def test_the_reader_for_users_stands_alone() -> None:
    own = [name for name in MODULES if room(name) == ALONE]
    assert len(own) >= 4
    for name in own:
        for other in imported(trees()[name]):
            assert other.startswith(f"normbook.{ALONE}") or other.split(".")[0] in sys.stdlib_module_names, f"{name} imports {other}"


@pytest.mark.parametrize("name", MODULES)
def test_a_package_uses_no_library_that_is_not_its_own(name: str) -> None:
    for other in imported(trees()[name]):
        assert other.split(".")[0] not in FORBIDDEN.get(room(name), set()), f"{name} imports {other}"
        assert other.split(".")[0] not in GENERATORS, "the site generator is a command, never imported"


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_line_prints_and_only_the_workspace_reads_and_writes(name: str) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(trees()[name]) if isinstance(node, ast.Call)}
    if room(name) != "cli":
        assert not calls & {"print", "input", "exit", "quit", "sys.exit"}
    if room(name) not in ("cli", "workspace", ALONE):
        assert not {call for call in calls if call.split(".")[-1] in READING and not reads_package_data(name, call)}
        assert "open" not in calls


def reads_package_data(name: str, call: str) -> bool:
    """The languages and word lists are data of the package itself, read once when they are first needed."""
    return room(name) == "languages" and call.rsplit(".", maxsplit=1)[-1] in ("read_text", "read_bytes")


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text literal of a module but its docstrings: the line, and the text; what is filled in is written as its expression."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part)}}}" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told | inside:
            yield node.lineno, node.value


def long_patterns(tree: ast.AST) -> list[int]:
    """The lines of regular expressions that are longer than anybody can read."""
    return [line for line, text in texts(tree) if len(text) > LONGEST_PATTERN and any(mark in text for mark in MARKS_OF_PATTERNS)]


def odd_letters(source: str) -> dict[int, str]:
    """Line -> letters beyond Latin-1 outside docstrings."""
    if not any(letter > "\xff" and letter.isalpha() for letter in source):
        return {}
    told = {
        (node.body[0].value.lineno, node.body[0].value.col_offset)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.start not in told and (odd := {letter for letter in token.string if letter > "\xff" and letter.isalpha()}):
            found[token.start[0]] = "".join(sorted(odd))
    return found


def test_no_pattern_is_longer_than_can_be_read() -> None:
    """The words of a pattern stand in the files of languages, one a line."""
    assert {name: lines for name, tree in trees().items() if (lines := long_patterns(tree))} == {}
    assert long_patterns(ast.parse(f"A = rf'(?:{'word|' * 50}{{B}})'")) == [1]


def test_letters_beyond_latin_1_stand_in_data_alone() -> None:
    assert {name: odd for name, path in MODULES.items() if (odd := odd_letters(path.read_text("utf-8")))} == {}
    assert odd_letters('"""Слово."""\nA = "слово"\n') == {2: "влос"}


@pytest.mark.parametrize("name", MODULES)
def test_nothing_catches_everything(name: str) -> None:
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.ExceptHandler):
            cleans_up = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None  # and raises the same again
            assert cleans_up or (node.type is not None and getattr(node.type, "id", "") not in ("Exception", "BaseException")), (
                f"{name}:{node.lineno}"
            )


def test_no_package_file_holds_logic() -> None:
    for name, path in MODULES.items():
        if path.name == "__init__.py":
            assert all(isinstance(node, (ast.Expr, ast.ImportFrom, ast.Assign)) for node in trees()[name].body), f"{name}/__init__.py"


def test_a_very_short_module_is_used_by_more_than_one() -> None:
    users: dict[str, set[str]] = {name: set() for name in MODULES}
    for name, tree in trees().items():
        for other in own_imports(tree):
            users.setdefault(other, set()).add(name)
    short = [
        name
        for name, path in MODULES.items()
        if path.name != "__init__.py"
        and name not in DOCUMENTED
        and len(path.read_text("utf-8").splitlines()) < SHORT
        and len(users[name]) == 1
    ]
    assert short == []


def test_the_tests_would_see_a_breach() -> None:
    tree = ast.parse("import normbook.cli.main\ndef f():\n    from normbook.workspace import files")
    assert own_imports(tree, frozenset({"cli.main", "workspace.files"})) == {"cli.main", "workspace.files"}
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [("a", "b", "c")]
    assert cycles({"a": {"b"}, "b": set()}) == []


def test_names_that_are_not_used() -> None:
    """The words that the project does without, as names of modules and values."""
    for name, tree in trees().items():
        assert name.split(".")[-1] not in {"utils", "helpers", "manager", "handler", "process", "info", "data"}
        for node in ast.walk(tree):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    assert not (isinstance(target, ast.Name) and target.id == "data"), f"{name}:{node.lineno}"


def test_public_functions_and_classes_say_what_the_caller_gets() -> None:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and node.col_offset == 0:
                assert ast.get_docstring(node), f"{name}: {node.name} has no docstring"
