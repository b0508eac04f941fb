"""docs/recipes.md: each recipe is followed to the letter in a copy of the project, and what it shows is what happens.

`python -m tests.test_recipes [WORDS OF A TITLE]` writes what the commands print now into the document, for a person to look at and commit.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from compileall import compile_dir
from pathlib import Path

import pytest

from tests.cli.walk import VARIES, edited
from tests.conftest import ROOT, copy_project
from tools.projects import commit

DOCUMENT = ROOT / "docs" / "recipes.md"
BLOCK = re.compile(r"(?m)^(?P<indent> *)```(?P<kind>\w+)(?: (?P<path>\S+))?\n(?P<text>(?:.*\n)*?)(?P=indent)```$")
COPIED = ("scripts", "tests", "tools", "docs", "CONTRIBUTING.md", "RIGHTS.md", "pyproject.toml")
MOST_FILES = 5  # that a recipe asks a person to open
BUILDS = "normbook export"
PLACE = re.compile(r"(?m)(?<=\w):\d+$")  # a line of a file that other work moves


def recipes() -> dict[str, str]:
    """The recipes of the document by title."""
    parts = re.split(r"(?m)^## (.*)\n", DOCUMENT.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


RECIPES = recipes()
BUILDING = [title for title, text in RECIPES.items() if BUILDS in text]
OTHERS = [title for title in RECIPES if title not in BUILDING]


def begin(folder: Path) -> Path:
    """A copy of the project, its package and tests included, with a command `normbook` of its own, all committed, with the byte code and the compiled patterns that there are."""
    root = copy_project(folder).root
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("documents"))
        else:
            shutil.copy(ROOT / name, root)
    (root / ".gitignore").write_text("build/\nsite/\nbin/\n__pycache__/\n", "utf-8")
    (root / "bin").mkdir()
    for name, runs in (("normbook", "-m normbook"), ("python", "")):
        (root / "bin" / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {runs} "$@"\n', "utf-8")
        (root / "bin" / name).chmod(0o755)
    commit(root)
    compile_dir(root / "scripts", quiet=1)
    return root


def prepare(root: Path, text: str) -> None:
    """Makes the files of a recipe and the changes that it shows."""
    for match in BLOCK.finditer(text):
        body = dedented(match)
        if match["path"]:
            path = root / match["path"]
            assert not path.exists(), f"{match['path']} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
        elif match["kind"] == "diff":
            edited(root, body)


def shown(root: Path, text: str) -> str:
    """The text of a recipe with what each of its commands prints."""

    def ran(match: re.Match[str]) -> str:
        if match["kind"] != "console":
            return match[0]
        out = [f"$ {command}\n{run(root, command)}" for command in re.findall(r"(?m)^\$ (.*)$", dedented(match))]
        inside = "".join(f"{match['indent']}{line}\n" if line else "\n" for line in "".join(out).split("\n")[:-1])
        return f"{match['indent']}```console\n{inside}{match['indent']}```"

    return BLOCK.sub(ran, text)


def dedented(match: re.Match[str]) -> str:
    return "".join(line.removeprefix(match["indent"]) for line in match["text"].splitlines(keepends=True))


def run(root: Path, command: str) -> str:
    """What a command prints; it fails if the command does. What varies is written as an ellipsis."""
    environment = {
        **os.environ,
        "PATH": f"{root / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(root / "scripts"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in [name for name in environment if name.startswith(("PYTEST", "COV"))]:
        del environment[name]
    made = subprocess.run(command, shell=True, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = made.stdout.decode("utf-8").replace(f"{root}/", "")
    assert made.returncode == 0, f"{command}\n{said}"
    assert "labels.toml lacks" not in said, f"{command}\n{said}"
    if "pytest" in command:  # the dots before the last line differ from run to run
        return re.sub(r"^\d+ passed(?:, \d+ deselected)? in [\d.]+s$", "… passed in …s", said.splitlines()[-1]) + "\n"
    for pattern, instead in VARIES:
        said = pattern.sub(instead, said)
    if "tools.why" in command:
        said = PLACE.sub(":…", said)
    if command == BUILDS:  # the first of several exports makes all of it, the others nothing
        (said,) = {"… pages, … files written, … s\n" for line in said.split("\n") if "data files" in line}
    return said


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy with which every recipe begins."""
    return begin(tmp_path_factory.mktemp("begun") / "project")


@pytest.mark.parametrize("title", OTHERS)
def test_a_recipe_does_what_it_shows(title: str, begun: Path, tmp_path: Path) -> None:
    root = shutil.copytree(begun, tmp_path / "project")
    prepare(root, RECIPES[title])
    assert shown(root, RECIPES[title]) == RECIPES[title], "if the new output is right, «python -m tests.test_recipes» writes it"


@pytest.fixture(scope="module")
def built(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy with all recipes that build the site: the site is built once for all of them."""
    root = shutil.copytree(begun, tmp_path_factory.mktemp("recipes") / "project")
    for title in BUILDING:
        prepare(root, RECIPES[title])
    return root


@pytest.mark.parametrize("title", BUILDING)
def test_a_recipe_for_the_site_does_what_it_shows(title: str, built: Path) -> None:
    assert shown(built, RECIPES[title]) == RECIPES[title], "if the new output is right, «python -m tests.test_recipes» writes it"


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_opens_few_files(title: str) -> None:
    changed = {
        match["path"] or match["text"].partition("\n")[0]
        for match in BLOCK.finditer(RECIPES[title])
        if match["path"] or match["kind"] == "diff"
    }
    assert 1 <= len(changed) <= MOST_FILES


def test_a_recipe_that_forgets_a_label_would_be_seen(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"labels\.toml lacks 1 entry"):
        run(tmp_path, "echo labels.toml lacks 1 entry for the language en")


def test_another_output_a_failing_command_and_an_edit_that_does_not_fit_would_be_seen(tmp_path: Path) -> None:
    recipe = "```console\n$ echo one\ntwo\n```\n"
    assert shown(tmp_path, recipe) == recipe.replace("two", "one")
    with pytest.raises(AssertionError, match="grep one nothing"):
        run(tmp_path, "grep one nothing")
    (tmp_path / "mkdocs.yml").write_text("nav:\n", "utf-8")
    with pytest.raises(AssertionError, match=r"mkdocs\.yml"):
        prepare(tmp_path, "```diff\nmkdocs.yml\n a line\n+another line\n```\n")
    with pytest.raises(AssertionError, match="is there already"):
        prepare(tmp_path, "```yaml mkdocs.yml\nnav:\n```\n")


def write(words: str) -> None:
    """Writes the recipes whose titles hold these words anew."""
    chosen = [title for title in RECIPES if words in title]
    with tempfile.TemporaryDirectory() as folder:
        site = begin(Path(folder) / "site")
        for title in BUILDING:
            prepare(site, RECIPES[title])
        for number, title in enumerate(chosen):
            root = site
            if title in OTHERS:
                root = begin(Path(folder) / str(number))
                prepare(root, RECIPES[title])
            new = shown(root, RECIPES[title])
            DOCUMENT.write_text(DOCUMENT.read_text("utf-8").replace(RECIPES[title], new), "utf-8")


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]))
