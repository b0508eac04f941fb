"""What a stored result depends on besides its input: code, data files of the package, libraries, and Python.

`depends_on` follows the imports of some modules; `package_state` covers the whole package and every library, in a few milliseconds.
"""

from __future__ import annotations

import ast
import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PACKAGE = Path(__file__).parents[__name__.count(".") - 1]
BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)  # nodes that can contain statements
NOT_READ = frozenset({".pyc", ".pyi", ".part", ".kept"})


class Dependencies(NamedTuple):
    """Files of the package, and versions of libraries by name ("" if not installed)."""

    files: tuple[Path, ...]
    libraries: dict[str, str]

    def digest(self) -> str:
        """A digest that changes with the content of any file, the version of any library, and the version of Python or its Unicode tables."""
        import platform

        parts = [platform.python_implementation(), platform.python_version(), unicodedata.unidata_version]
        parts += [f"{name} {version}" for name, version in sorted(self.libraries.items())]
        parts += [hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def depends_on(*modules: str, package: Path = PACKAGE) -> Dependencies:
    """The files and libraries that some modules of the package depend on, found in their source.

    1. Every module that they import, directly or indirectly, inside functions too, but not under TYPE_CHECKING.
       A module that calls `walk_packages` imports every module below the packages that it imports.
    2. The `__init__` of each package that holds such a module; its own imports count only if something is imported from it.
    3. Every non-Python file in the top-level folders of these modules: word lists and tables lie in the folder of the code that reads them.
    4. The libraries that these modules import, or name in a string (as for `find_spec`), and the libraries that those require.
    """
    from normbook.workspace.libraries import (
        required_by,
        versions_of,
    )  # imported here because a check only needs `package_state`, and starts 15 ms sooner

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
    for top in {package / path.relative_to(package).parts[0] for path in found.values() if path.parent != package}:
        files |= {path for path in top.rglob("*") if path.is_file() and path.suffix not in (NOT_READ | {".py"})}
    return Dependencies(tuple(sorted(files)), versions_of(*(used - sys.stdlib_module_names)))


def package_state(package: Path = PACKAGE) -> str:
    """A digest of the content of all files of the package, the version of Python, and the names and versions of all installed libraries."""
    digest = hashlib.sha256(f"{sys.version} {unicodedata.unidata_version}".encode())
    for place in sorted({place for place in sys.path if Path(place).name in ("site-packages", "dist-packages") and Path(place).is_dir()}):
        names = sorted(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - only names are needed, and there are many
        digest.update(f"{names}\n".encode("utf-8", "backslashreplace"))
    add_tree(digest, package)
    return digest.hexdigest()


def add_tree(digest: Any, folder: Path) -> None:
    """Adds the names and the content of all files below a folder to a digest, except caches of Python and temporary files."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if not name.endswith(tuple(NOT_READ)):
                with open(f"{path}/{name}", "rb") as file:  # noqa: PTH123 - a third faster, for hundreds of files
                    content = file.read()
                digest.update(f"{path}/{name} {len(content)}\n".encode("utf-8", "surrogateescape"))
                digest.update(content)


def _file_of(module: str, package: Path) -> Path | None:
    """The source file of a module of the package; None if the name is that of a function or value."""
    path = package.parent.joinpath(*module.split("."))
    return next((each for each in (path / "__init__.py", path.with_name(f"{path.name}.py")) if each.is_file()), None)


def _modules_below(module: str, package: Path) -> Iterator[str]:
    """The modules below a package; nothing if the name is that of a module."""
    for path in sorted(package.parent.joinpath(*module.split(".")).rglob("*.py")):
        if path.name != "__init__.py":
            yield ".".join(path.relative_to(package.parent).with_suffix("").parts)


def _imports(tree: ast.AST, package: Path) -> Iterator[str]:
    """The modules that a module imports, except under TYPE_CHECKING. `from a import b` imports a.b if that is a module, else a."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if _file_of(inner, package) else node.module
        elif isinstance(node, BLOCKS) and not (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")):
            yield from _imports(node, package)
