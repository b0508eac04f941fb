"""Builds: whole and of just what changed give the same bytes, whatever the folder, time zone, locale or hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.workspace.repo import Repo
from tests.conftest import Framed, copy_project

Run = Callable[..., tuple[int, str, str]]


def digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def build(root: Path, **environment: str) -> dict[str, str]:
    """The digests of a site built by another process."""
    ran = subprocess.run(
        [sys.executable, "-m", "normbook", "--root", str(root), "build"], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return digests(root / "site")


def test_two_builds_are_byte_identical(site: Path, tmp_path: Path) -> None:
    """The one that the tests share, and one of another process, folder, time zone, locale and hash seed."""
    two = build(copy_project(tmp_path / "elsewhere" / "two").root, TZ="Asia/Tokyo", PYTHONHASHSEED="77", LC_ALL="C")
    assert digests(site) == two and len(two) > 200


def test_a_second_build_does_nothing_and_a_changed_record_only_what_names_it(run: Run, built: Repo) -> None:
    root = ("--root", str(built.root), "build")
    assert "0 pages made anew" in run(*root)[1]
    for file, old, new in (
        ("principles/gids-3.yaml", "title: No abuse of technology for mass surveillance", "title: No abuse, said otherwise"),
        ("principles/gids-3.yaml", "  - surveillance", "  - backdoors"),
        ("statements/mao-ning-2024-02-29-3.yaml", "  - china", "  - russia"),
        ("actors/lin-jian.yaml", "title: Lin Jian", "title: Lin Jian, spokesperson"),
        ("events/press-briefing-2024-02-29.yaml", "title: Foreign-ministry briefing", "title: Briefing"),
        ("initiatives/gids.yaml", "standing: announced", "standing: unknown"),
    ):
        path = built.data / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        status, out, err = run(*root)
        assert status == 0, err
        assert "made anew for what changed" in out, (file, out)
    changed = digests(built.site)
    (built.build / "memory.pickle").unlink()
    assert run(*root)[0] == 0
    assert digests(built.site) == changed


def test_a_changed_record_with_an_error_is_told_and_the_site_stays(run: Run, built: Repo) -> None:
    root = ("--root", str(built.root), "build")
    before = digests(built.site)
    path = built.folder("principle") / "gids-3.yaml"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("initiative: gids", "initiative: gidz"), "utf-8")
    status, out, err = run(*root)
    assert status == 1 and "error[N303]: no record 'gidz'" in err and "not built" in out
    assert digests(built.site) == before
    path.write_text(sound, "utf-8")
    assert run(*root)[0] == 0


@pytest.mark.parametrize("what", ["add", "remove", "template", "page"])
def test_other_changes_are_seen(run: Run, built: Repo, what: str) -> None:
    root = ("--root", str(built.root), "build")
    if what == "add":
        text = (built.folder("theme") / "fairness.yaml").read_text("utf-8")
        (built.folder("theme") / "another.yaml").write_text(text.replace("id: fairness", "id: another"), "utf-8")
    elif what == "remove":
        (built.folder("glossary") / "term-clean.yaml").unlink()
    elif what == "template":
        path = built.templates / "theme.html"
        path.write_text(path.read_text("utf-8").replace("nb-lead", "nb-lead nb-other"), "utf-8")
    else:
        path = built.pages / "about" / "method.md"
        path.write_text(path.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    status, out, _ = run(*root)
    assert status == 0 and "files written" in out
    checks = {
        "add": (built.site / "themes" / "another.html").exists, "remove": lambda: not (built.site / "glossary" / "term-clean.html").exists(),
        "template": lambda: "nb-other" in (built.site / "themes" / "fairness.html").read_text("utf-8"), "page": lambda: "One more line." in (built.site / "about" / "method.html").read_text("utf-8"),
    }  # fmt: skip
    assert checks[what]()


def test_a_missing_frame_page_and_a_refused_page_are_told(run: Run, copy: Repo) -> None:
    (copy.pages / "themes" / "index.md").write_text("# Themes\n", "utf-8")
    status, out, _ = run("--root", str(copy.root), "build")
    assert status == 1 and "site_src/pages lacks the page of the frame themes/index.html" in out
    (copy.pages / "about" / "policy.md").write_text("# Policy\n\n[dead](nowhere.md)\n", "utf-8")
    status, out, _ = run("--root", str(copy.root), "build")
    assert status == 1 and "the site generator refused the hand-written pages" in out and "nowhere.md" in out


def test_rights_are_honoured_by_page_and_export(run: Run, copy: Repo, framed: Framed) -> None:
    framed(copy)
    path = copy.folder("source") / "seed-004.yaml"
    path.write_text(path.read_text("utf-8").replace("full_text: publish", "full_text: withhold"), "utf-8")
    assert run("--root", str(copy.root), "build")[0] == 0
    page = (copy.site / "sources" / "seed-004.html").read_text("utf-8")
    assert "The text is withheld" in page and "Chinese Internet users are counted" not in page
    assert not (copy.site / "data" / "texts" / "seed-004.json").exists()
    path.write_text(path.read_text("utf-8").replace("full_text: withhold", "full_text: excerpt"), "utf-8")
    assert run("--root", str(copy.root), "build")[0] == 0
    page = (copy.site / "sources" / "seed-004.html").read_text("utf-8")
    assert "Only the sentences that records cite are shown" in page and not (copy.site / "data" / "texts" / "seed-004.json").exists()
