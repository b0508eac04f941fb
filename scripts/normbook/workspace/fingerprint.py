"""What a stored result depends on beside its input: the code behind it, data files of the package, libraries, and Python.

`depends_on` follows what some modules need; `package_state` takes the whole package and every library, in a few milliseconds.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parents[__name__.count(".") - 1]
BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)  # what can hold a statement
NOT_READ = frozenset({".pyc", ".pyi", ".part"})


class Dependencies(NamedTuple):
    """Files of the package, and the version of each library by its name ("" if it is not installed)."""

    files: tuple[Path, ...]
    libraries: dict[str, str]

    def digest(self) -> str:
        """A digest that changes with the content of a file, a version of a library, and the version of Python or of its Unicode tables."""
        parts = [platform.python_implementation(), platform.python_version(), unicodedata.unidata_version]
        parts += [f"{name} {version}" for name, version in sorted(self.libraries.items())]
        parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def depends_on(*modules: str, package: Path = PACKAGE) -> Dependencies:
    """What some modules of the package depend on, found in their source.

    1. Every module that they import, directly or by way of others, inside functions too; imports for type checkers alone are left out.
       A module that calls `walk_packages` imports every module below the packages that it imports.
    2. The `__init__` of each package that holds such a module; its own imports count only where something is imported from it.
    3. Every file that is not Python in the top-level folders that hold such a module: word lists and tables lie beside the code that reads them.
    4. The libraries that these modules import, or name in a string (as for `find_spec`), and the libraries that those require.
    """
    from normbook.workspace.libraries import required_by, versions_of  # a check asks for the package's state alone, and starts 15 ms sooner

    required = {name.replace("-", "_") for name in required_by(package.name)}
    found: dict[str, Path] = {}
    used: set[str] = set()
    waiting = list(modules)
    while waiting:
        if (name := waiting.pop()) in found or (path := _file_of(name, package)) is None:
            continue
        found[name] = path
        tree = ast.parse(path.read_bytes())
        walks = any(isinstance(node, ast.Call) and ast.unparse(node.func).endswith("walk_packages") for node in ast.walk(tree))
        for imported in _imports(tree, package):
            if imported.partition(".")[0] == package.name:
                waiting += [imported, *(_modules_below(imported, package) if walks else ())]
            else:
                used.add(imported.partition(".")[0])
        used |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)} & required
    files = set(found.values())
    for path in found.values():
        files |= {
            folder / "__init__.py" for folder in path.parents if folder.is_relative_to(package) and (folder / "__init__.py").is_file()
        }
    for room in {package / path.relative_to(package).parts[0] for path in found.values() if path.parent != package}:
        files |= {path for path in room.rglob("*") if path.is_file() and path.suffix not in (NOT_READ | {".py"})}
    return Dependencies(tuple(sorted(files)), versions_of(*(used - sys.stdlib_module_names)))


def package_state(package: Path = PACKAGE) -> str:
    """A digest of the content of all files of the package, of Python, and of the libraries that are installed, with their versions."""
    digest = hashlib.sha256(f"{sys.version} {unicodedata.unidata_version}".encode())
    for place in sorted({place for place in sys.path if Path(place).name in ("site-packages", "dist-packages") and Path(place).is_dir()}):
        names = sorted(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - names alone, of which there are many
        digest.update(f"{names}\n".encode("utf-8", "backslashreplace"))
    add_tree(digest, package)
    return digest.hexdigest()


def add_tree(digest: Any, folder: Path) -> None:
    """Adds to a digest the names and the content of all files below a folder, without what Python or an interrupted write leaves there."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if not name.endswith(tuple(NOT_READ)):
                with open(f"{path}/{name}", "rb") as file:  # noqa: PTH123 - a third quicker, of hundreds
                    content = file.read()
                digest.update(f"{path}/{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
                digest.update(content)


def _file_of(module: str, package: Path) -> Path | None:
    """The source of a module of the package; None where the name is that of a function or value in a module."""
    path = package.parent.joinpath(*module.split("."))
    return next((each for each in (path / "__init__.py", path.with_name(f"{path.name}.py")) if each.is_file()), None)


def _modules_below(module: str, package: Path) -> Iterator[str]:
    """The modules below a package; none where the name is that of a module."""
    for path in sorted(package.parent.joinpath(*module.split(".")).rglob("*.py")):
        if path.name != "__init__.py":
            yield ".".join(path.relative_to(package.parent).with_suffix("").parts)


def _imports(tree: ast.AST, package: Path) -> Iterator[str]:
    """The modules that a module imports, those for type checkers left out. `from a import b` is an import of a.b if that is a module, else of a."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if _file_of(inner, package) else node.module
        elif isinstance(node, BLOCKS) and not (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")):
            yield from _imports(node, package)
