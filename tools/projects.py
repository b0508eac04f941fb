"""Copies of this project and of the small sample project, which tests may break."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

from normbook.workspace.repo import Repo

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
SAMPLE = CASES / "sample"
CATALOGUE = ROOT / "site_src" / "findings"
PARTS = ("seeds", "schema", "data", "site_src")
DAY = {"GIT_AUTHOR_DATE": "2027-01-01T12:00:00Z", "GIT_COMMITTER_DATE": "2027-01-01T12:00:00Z"}


def copy_project(target: Path) -> Repo:
    """This project's inputs in another folder, without its releases and with an editor: a copy may be broken."""
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    imprint, home = (book.read_text("utf-8").partition("\nhome:") for book in (Repo(SAMPLE).book, Repo(ROOT).book))
    Repo(target).book.write_text("".join((imprint[0], *home[1:])), "utf-8")
    (target / "releases").mkdir()
    shutil.copy(ROOT / "releases" / "VERSION", target / "releases")
    return Repo(target)


def sample(target: Path) -> Path:
    """The sample project, with the schemas and the settings of this one; it can be checked, not built."""
    shutil.copytree(SAMPLE, target)
    shutil.copytree(ROOT / "schema", target / "schema")
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def checkout(target: Path) -> Repo:
    """The sample project with the schemas, templates and settings of this one; it can be built."""
    for part in ("schema", "site_src"):
        shutil.copytree(ROOT / part, target / part)
    for part in ("data", "seeds"):
        shutil.copytree(SAMPLE / part, target / part)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return Repo(target)


def commit(folder: Path) -> None:
    """Commits everything in a folder, on a fixed day; makes it a repository first if it is none."""
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "."], ["commit", "--quiet", "--message", "Sample"]):
        who = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True, env={**os.environ, **DAY})


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Every process of a run reads all cases when it lists the tests, so the parser in C is asked first; it refuses lone surrogates."""
    text = path.read_text("utf-8")
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.safe_load(text)
