"""What a stored result depends on: code at any depth, data files, libraries, Python; nothing that it does not use."""

from __future__ import annotations

import importlib.metadata
import unicodedata
from pathlib import Path

import pytest

from normbook.cleaning.clean import read
from normbook.extraction.report import report
from normbook.workspace.bulk import run as bulk
from normbook.workspace.bulk.plan import plan
from normbook.workspace.bulk.run import Settings, clean_unit, fingerprint
from normbook.workspace.cache import _state_at_start, foundation
from normbook.workspace.fingerprint import depends_on, package_state
from normbook.workspace.frames import key_of
from normbook.workspace.repo import Repo

SOURCES = {
    "__init__.py": "def open():\n    from book.reader import Book",
    "reader.py": "import yaml",
    "run.py": "from book.cleaning import rules\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import jinja2\n    from book.site import page",
    "cleaning/__init__.py": "",
    "cleaning/rules/__init__.py": "from book.cleaning.rules.spacing import words",
    "cleaning/rules/spacing/__init__.py": "",
    "cleaning/rules/spacing/words.py": "def look():\n    try:\n        import ftfy\n    except ImportError:\n        from book.languages import load\n    return 'no-library'",
    "cleaning/rules/spacing/words.txt": "the",
    "languages/__init__.py": "import json",
    "languages/deep/en.toml": "months = []",
    "site/__init__.py": "",
    "site/page.py": "",
    "site/labels.toml": "",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    for name, source in SOURCES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    return folder


def test_a_result_depends_on_modules_at_any_depth_on_the_data_beside_them_and_on_libraries(package: Path) -> None:
    found = depends_on("book.run", package=package)
    assert {path.relative_to(package).as_posix() for path in found.files} == SOURCES.keys() - {"reader.py"} - {
        name for name in SOURCES if name.startswith("site/")
    }
    assert found.libraries.keys() == {"ftfy", "wcwidth"}, "ftfy and what it requires; not what a type checker alone needs"


def test_a_module_that_imports_whatever_a_folder_holds_depends_on_all_of_it(package: Path) -> None:
    all_rules = package / "cleaning" / "all_rules.py"
    all_rules.write_text("from pkgutil import walk_packages\nfrom book.cleaning import rules\nwalk_packages(rules.__path__)")
    (package / "cleaning" / "rules" / "new.py").write_text("")
    found = {path.relative_to(package).as_posix() for path in depends_on("book.cleaning.all_rules", package=package).files}
    assert found >= {"cleaning/rules/new.py", "cleaning/rules/spacing/words.py"}


@pytest.mark.parametrize("name", ["cleaning/rules/spacing/words.py", "cleaning/rules/spacing/words.txt", "languages/deep/en.toml"])
def test_the_digest_changes_with_a_file_that_counts(package: Path, name: str) -> None:
    before = depends_on("book.run", package=package).digest()
    assert depends_on("book.run", package=package).digest() == before
    (package / name).write_text(SOURCES[name] + "\n# changed")
    assert depends_on("book.run", package=package).digest() != before


def test_the_digest_stays_when_what_is_not_used_changes(package: Path) -> None:
    before = depends_on("book.run", package=package).digest()
    for name in ("reader.py", "site/page.py", "site/labels.toml"):
        (package / name).write_text("changed = True")
    assert depends_on("book.run", package=package).digest() == before


def test_a_bulk_run_depends_on_all_of_cleaning_and_on_its_libraries() -> None:
    found = depends_on(bulk.__name__)
    files = {str(path) for path in found.files}
    assert {function.__code__.co_filename for function in (clean_unit, report, read)} <= files
    assert {"ftfy", "sentencex", "py3langid"} <= found.libraries.keys()
    assert {"en.toml", "english_words.txt.gz", "english_frequency.txt.gz"} <= {path.name for path in found.files}
    assert not {"Jinja2", "mkdocs", "jsonschema"} & found.libraries.keys()
    assert all(found.libraries.values()), "each is installed and has a version"


@pytest.mark.parametrize("library", ["ftfy", "sentencex", "wcwidth"])
def test_a_part_is_made_again_with_another_version_of_a_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    (tmp_path / "in.txt").write_text("The parties agreed.")
    settings = Settings(str(tmp_path / "out"))
    (unit,) = plan([tmp_path / "in.txt"])
    fingerprint.cache_clear()
    assert clean_unit(unit, settings).made and not clean_unit(unit, settings).made
    owner = type(importlib.metadata.distribution("ftfy"))  # another library may bring a finder and a class of its own
    version = owner.version.fget
    assert version is not None
    monkeypatch.setattr(owner, "version", property(lambda found: "99" if found.metadata["Name"] == library else version(found)))
    fingerprint.cache_clear()
    assert clean_unit(unit, settings).made and not clean_unit(unit, settings).made
    monkeypatch.undo()
    fingerprint.cache_clear()


def test_a_bulk_run_depends_on_the_tables_of_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint.cache_clear()
    before = fingerprint()
    monkeypatch.setattr(unicodedata, "unidata_version", "0.0")
    fingerprint.cache_clear()
    assert fingerprint() != before
    fingerprint.cache_clear()


def test_the_state_of_the_package_changes_with_files_at_any_depth_and_with_what_is_installed(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "site-packages"
    installed.mkdir()
    monkeypatch.syspath_prepend(str(installed))
    states = [package_state(package)]
    assert package_state(package) == states[0]
    (package / "cleaning" / "rules" / "spacing" / "words.txt").write_text("the of")
    states.append(package_state(package))
    (package / "cleaning" / "rules" / "spacing" / "more.py").write_text("")
    states.append(package_state(package))
    (installed / "ftfy-99.dist-info").mkdir()
    states.append(package_state(package))
    assert len(set(states)) == 4


def test_a_check_and_a_build_start_anew_when_a_library_changes(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages"
    installed.mkdir()
    monkeypatch.syspath_prepend(str(installed))
    _state_at_start.cache_clear()
    before = foundation(repo)
    assert foundation(repo) == before
    (installed / "jinja2-99.dist-info").mkdir()
    _state_at_start.cache_clear()  # as in another process: one process runs the code that it began with
    assert foundation(repo) != before
    _state_at_start.cache_clear()


def test_a_frame_depends_on_what_the_generator_requires(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(repo, 0)
    owner = type(importlib.metadata.distribution("ftfy"))  # another library may bring a finder and a class of its own
    version = owner.version.fget
    assert version is not None
    monkeypatch.setattr(
        owner, "version", property(lambda found: "99" if found.metadata["Name"] == "pymdown-extensions" else version(found))
    )
    assert key_of(repo, 0) != before
