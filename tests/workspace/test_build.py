"""Builds: whole and of just what changed give the same bytes. That another process, folder, time zone or locale gives them too is tested with the exports."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from normbook.workspace.cache import NAME
from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]


def digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_a_second_build_does_nothing_and_a_changed_record_only_what_names_it(run: Run, small_built: Repo) -> None:
    root = ("--root", str(small_built.root), "build")
    assert "0 changed pages" in run(*root)[1]
    for file, old, new in (
        ("principles/tide-tables-1.yaml", "\ntitle: ", "\ntitle: On "),
        ("actors/ana-reyl.yaml", "\ntitle: Ana Reyl", "\ntitle: Ana Reyl, harbour master"),
        ("events/coastal-forum-2021.yaml", "\ntitle: ", "\ntitle: The "),
        ("initiatives/tide-tables.yaml", "\nstanding: announced", "\nstanding: unknown"),
    ):
        path = small_built.data / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        status, out, err = run(*root)
        assert status == 0, err
        assert "changed pages" in out, (file, out)
    changed = digests(small_built.site)
    (small_built.build / NAME).unlink()
    assert run(*root)[0] == 0
    assert digests(small_built.site) == changed


EDITS = (  # a pattern of a line, and what it becomes
    (r"(?m)^title: (.*)$", r"title: \1 again"),
    (r"(?m)^(summary|plain|definition): (.*)$", r"\1: More. \2"),
    (r"(?m)^themes:\n  - .*$", "themes:\n  - fairness"),
    (r"(?m)^(speaker|initiative): .*$", None),
    (r"(?m)^  - (china|russia|surveillance|backdoors)$", "  - openness"),
    (r"(?m)^  review: .*$", "  review: reviewed"),
    (r"(?m)^evidence:$", "note: A remark.\nevidence:"),
)


def test_after_random_edits_a_build_of_what_changed_gives_the_bytes_of_a_whole_one(run: Run, built: Repo) -> None:
    dice = random.Random(1)
    root = ("--root", str(built.root))
    folders = [
        path
        for path in built.data.iterdir()
        if path.is_dir() and path.name not in ("sources", "glossary", "derived", "corrections", "suggestions")
    ]
    anew = 0
    for number in range(8):
        path = dice.choice(sorted(dice.choice(sorted(folders)).glob("*.yaml")))
        before = path.read_text("utf-8")
        pattern, new = dice.choice(EDITS)
        other = dice.choice(sorted(path.parent.glob("*.yaml"))).read_text("utf-8")
        words = new or (found[0] if (found := re.search(pattern, other)) else "")
        path.write_text(re.sub(pattern, words, before, count=1), "utf-8")
        if number % 4 == 0:
            run(*root, "check")  # what changed is not forgotten by a check in between
        if number % 5 == 0:
            sound = path.read_text("utf-8")
            path.write_text(dice.choice(["id: [", "", sound.replace("id: ", "id: x", 1)]), "utf-8")
            assert run(*root, "build")[0] == 1
            path.write_text(sound, "utf-8")
        if number % 6 == 0:
            sound = path.read_bytes()
            path.unlink()
            run(*root, "check")
            path.write_bytes(sound)
        status, out, _ = run(*root, "build")
        anew += "changed pages" in out
        if status:
            path.write_text(before, "utf-8")
            assert run(*root, "build")[0] == 0
    assert anew > 4, "a whole build proves nothing"
    changed = digests(built.site)
    (built.build / NAME).unlink()
    status, out, _ = run(*root, "build")
    assert status == 0 and "changed pages" not in out
    assert digests(built.site) == changed


def test_a_pickle_that_somebody_put_into_the_build_folder_is_not_run(run: Run, small_built: Repo, tmp_path: Path) -> None:
    mark = tmp_path / "run"
    program = pickle.dumps(_Runs(str(mark)))
    root = ("--root", str(small_built.root))
    for name in ("memory.pickle", "memory-later.pickle", NAME):
        (small_built.build / name).write_bytes(program)
    for command in ("check", "build"):
        assert run(*root, command)[0] == 0
    assert not mark.exists()


class _Runs:
    """A value that makes a folder when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("mkdocs.yml", "nav:", "nav", "not built: mkdocs.yml:"),
        (
            "site_src/templates/theme.html",
            "{% block body %}",
            "{% block body }",
            "not built: site_src/templates/theme.html:2: unexpected '}'",
        ),
    ],
)
def test_settings_and_templates_that_cannot_be_read_are_told(run: Run, small_built: Repo, file: str, old: str, new: str, said: str) -> None:
    path = small_built.root / file
    sound = path.read_text("utf-8")
    path.write_text(sound.replace(old, new, 1), "utf-8")
    try:
        status, out, err = run("--root", str(small_built.root), "build")
    finally:
        path.write_text(sound, "utf-8")
    assert status == 1 and said in out and "Traceback" not in err


def test_a_changed_record_with_an_error_is_told_and_the_site_stays(run: Run, small_built: Repo) -> None:
    root = ("--root", str(small_built.root), "build")
    before = digests(small_built.site)
    path = small_built.folder("principle") / "tide-tables-1.yaml"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("initiative: tide-tables", "initiative: tide-tablez"), "utf-8")
    status, out, err = run(*root)
    assert status == 1 and "error[N303]: no record 'tide-tablez'" in err and "not built" in out
    assert digests(small_built.site) == before
    path.write_text(sound, "utf-8")
    assert run(*root)[0] == 0


@pytest.mark.parametrize("what", ["add", "remove", "template", "page"])
def test_other_changes_are_seen(run: Run, small_built: Repo, what: str) -> None:
    root = ("--root", str(small_built.root), "build")
    if what == "add":
        text = (small_built.folder("theme") / "tides.yaml").read_text("utf-8")
        (small_built.folder("theme") / "another.yaml").write_text(text.replace("id: tides", "id: another"), "utf-8")
    elif what == "remove":
        (small_built.folder("glossary") / "term-tide-table.yaml").unlink()
    elif what == "template":
        path = small_built.templates / "theme.html"
        path.write_text(path.read_text("utf-8").replace("{% if members %}\n<p>", '{% if members %}\n<p class="nb-other">'), "utf-8")
    else:
        path = small_built.pages / "about" / "method.md"
        path.write_text(path.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    status, out, _ = run(*root)
    assert status == 0 and "files written" in out
    checks = {
        "add": (small_built.site / "themes" / "another.html").exists, "remove": lambda: not (small_built.site / "glossary" / "term-tide-table.html").exists(),
        "template": lambda: "nb-other" in (small_built.site / "themes" / "tides.html").read_text("utf-8"), "page": lambda: "One more line." in (small_built.site / "about" / "method.html").read_text("utf-8"),
    }  # fmt: skip
    assert checks[what]()


def test_a_missing_frame_page_and_a_refused_page_are_told(run: Run, copy: Repo) -> None:
    (copy.pages / "themes" / "index.md").write_text("# Themes\n", "utf-8")
    status, out, _ = run("--root", str(copy.root), "build")
    assert status == 1 and "expected a page for the frame themes/index.html" in out
    (copy.pages / "about" / "policy.md").write_text("# Policy\n\n[dead](nowhere.md)\n", "utf-8")
    status, out, _ = run("--root", str(copy.root), "build")
    assert status == 1 and "the site generator failed on the hand-written pages" in out and "nowhere.md" in out


def test_rights_are_honoured_by_page_and_export(restricted: Callable[[str], Repo]) -> None:
    withheld, excerpted = (restricted(wish).site for wish in ("withhold", "excerpt"))
    page = (withheld / "sources" / "seed-004.html").read_text("utf-8")
    assert "The text is withheld" in page and "Chinese Internet users are counted" not in page
    assert not (withheld / "data" / "texts" / "seed-004.json").exists()
    page = (excerpted / "sources" / "seed-004.html").read_text("utf-8")
    assert "Only the sentences that records cite are shown" in page and not (excerpted / "data" / "texts" / "seed-004.json").exists()
