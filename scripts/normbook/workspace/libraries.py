"""Versions of installed libraries, by the modules that they provide."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

REQUIRED = re.compile(r"[A-Za-z0-9][\w.-]*")  # the name at the start of a requirement, as in "regex>=2024.1; python_version < '4'"


def required_by(library: str) -> tuple[str, ...]:
    """The libraries that a library requires, without extras; nothing if it is not installed."""
    found = _installed(library)
    declared = (found.requires if found else None) or ()
    return tuple(match[0] for each in declared if "extra ==" not in each and (match := REQUIRED.match(each)))


def versions_of(*modules: str) -> dict[str, str]:
    """The versions of the libraries that provide some modules, and of their requirements, by name; "" if not installed."""
    versions: dict[str, str] = {}
    waiting = [(module, _holder_of(module)) for module in sorted(modules)]
    while waiting:
        name, library = waiting.pop()
        key = library.metadata["Name"] if library else name
        if key not in versions:
            versions[key] = library.version if library else ""
            waiting += [(each, _installed(each)) for each in required_by(key)]
    return versions


def _holder_of(module: str) -> Distribution | None:
    """The library that provides a module. The one with the module's name is tried first, to avoid reading the records of everything that is installed."""
    likely = _installed(module)
    if likely and _provides(likely, module):
        return likely
    return next((each for each in distributions() if _provides(each, module)), None)


def _provides(library: Distribution, module: str) -> bool:
    record = library.read_text("RECORD")
    if record is None:
        return any(file.parts[0].partition(".")[0] == module for file in library.files or ())
    return bool(re.search(rf"(?m)^{re.escape(module)}[/.]", record))


def _installed(library: str) -> Distribution | None:
    try:
        return distribution(library)
    except PackageNotFoundError:
        return None
