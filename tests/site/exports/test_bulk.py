"""The bulk forms together: the manifest, the archive, the same bytes in every run, and no form that outlives what it is of."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html as lxml_html

import normbook
from normbook.site.exports.catalogues import CRATE, CROISSANT, DCAT
from normbook.workspace import export as exporting
from normbook.workspace.cache import NAME
from normbook.workspace.files import write_by
from normbook.workspace.repo import Repo
from tests.conftest import copy_project
from tests.workspace.test_build import digests

Run = Callable[..., tuple[int, str, str]]


def rows(site: Path) -> dict[str, dict[str, object]]:
    return {row["path"]: row for row in json.loads((site / "data" / "manifest.json").read_text("utf-8"))["files"]}


def assert_true(site: Path) -> None:
    """The manifest tells the truth about every file, and no bulk file is there that it does not name."""
    named = rows(site)
    for path, row in named.items():
        content = (site / path).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["bytes"], row["sha256"]), path
    there = {path.relative_to(site).as_posix() for path in (site / "data").rglob("*") if path.is_file() and path.parent.name != "records"}
    assert there - set(named) == {"data/manifest.json"}


def export(root: Path, **environment: str) -> dict[str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "normbook", "--root", str(root), "export"], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return digests(root / "site")


def test_two_exports_are_byte_identical(exported: Path, tmp_path: Path) -> None:
    """Pages and data: the ones that the tests share, and those of another process, folder, time zone, locale and hash seed."""
    one = digests(exported)
    two = export(copy_project(tmp_path / "elsewhere" / "two").root, TZ="Asia/Tokyo", PYTHONHASHSEED="77", LC_ALL="C")
    assert {CRATE, CROISSANT, DCAT} <= set(one)
    assert one == two and len(one) > 3000 and len([path for path in one if path.startswith("data/") and "/records/" not in path]) > 120


def test_the_manifest_names_every_form_with_size_count_and_digest(exported: Path) -> None:
    assert_true(exported)
    kinds = {str(row["kind"]) for row in rows(exported).values()}
    assert kinds == {"lines", "csv", "sqlite", "parquet", "linked", "annotations", "sssom", "text", "schema", "archive", "catalogue"}
    assert all(isinstance(row["count"], int) and row["media_type"] for row in rows(exported).values())


def test_the_archive_holds_every_other_file_with_one_fixed_time(exported: Path) -> None:
    with zipfile.ZipFile(exported / "data" / "normbook.zip") as archive:
        assert archive.testzip() is None
        names = {f"data/{each.filename}" if not each.filename.startswith("schema/") else each.filename for each in archive.infolist()}
        assert names == set(rows(exported)) - {"data/normbook.zip"} | {"data/manifest.json"}
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("principles.jsonl") == (exported / "data" / "principles.jsonl").read_bytes()


def test_a_second_export_writes_nothing_and_a_build_keeps_the_forms(run: Run, small_exported: Repo) -> None:
    before = digests(small_exported.site)
    assert " 0 written" in run("--root", str(small_exported.root), "export")[1]
    (small_exported.build / NAME).unlink()
    status, said, _ = run("--root", str(small_exported.root), "build")
    assert status == 0 and "makes them anew" not in said
    assert digests(small_exported.site) == before


def test_forms_of_other_records_are_gone_after_a_build_and_back_after_an_export(run: Run, small_exported: Repo) -> None:
    for file, old, new in (
        ("principles/tide-tables-1.yaml", "title: ", "title: Said otherwise, "),
        ("themes/tides.yaml", "title: ", "title: The "),
    ):
        path = small_exported.data / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        status, said, _ = run("--root", str(small_exported.root), "build")
        assert status == 0 and "run `normbook export` to write it again" in said
        assert_true(small_exported.site)
        assert not (small_exported.site / "data" / "normbook.sqlite").exists() and "data/normbook.sqlite" not in rows(small_exported.site)
        assert "This build has no bulk files" in (small_exported.site / "data.html").read_text("utf-8")
        assert run("--root", str(small_exported.root), "export")[0] == 0
        assert_true(small_exported.site)
        assert b"Said otherwise" in (small_exported.site / "data" / "normbook.nq").read_bytes()
    changed = digests(small_exported.site)
    (small_exported.build / NAME).unlink()
    (small_exported.build / "exports.json").unlink()
    assert run("--root", str(small_exported.root), "export")[0] == 0
    assert digests(small_exported.site) == changed, "made bit by bit it is what it is made at once"


def test_two_processes_write_what_one_writes(run: Run, small_exported: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(small_exported.site)
    (small_exported.build / "exports.json").unlink()
    monkeypatch.setattr(exporting, "FEW", 1)
    assert run("--root", str(small_exported.root), "export")[0] == 0
    assert digests(small_exported.site) == before


def test_an_export_that_is_stopped_leaves_no_torn_file_and_no_false_manifest(
    run: Run, small_exported: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_exported.folder("principle") / "tide-tables-1.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Said otherwise, ", 1), "utf-8")
    for stop in (1, 5, 60, 110):
        count = 0

        def stopped(target: Path, make: Callable[..., int], stop: int = stop) -> object:
            nonlocal count
            count += 1
            if count == stop:
                with pytest.raises(KeyboardInterrupt):
                    write_by(target, lambda to: to.write(b"half") and (_ for _ in ()).throw(KeyboardInterrupt()))
                raise KeyboardInterrupt
            return write_by(target, make)

        monkeypatch.setattr(exporting, "write_by", stopped)
        assert run("--root", str(small_exported.root), "export")[0] == 130
        assert not list(small_exported.site.rglob("*.part"))
        named = rows(small_exported.site)
        assert "data/normbook.sqlite" not in named
        for each, row in named.items():
            assert hashlib.sha256((small_exported.site / each).read_bytes()).hexdigest() == row["sha256"]
    monkeypatch.undo()
    assert run("--root", str(small_exported.root), "export")[0] == 0
    assert_true(small_exported.site)


def test_the_data_page_shows_every_form_in_both_languages(exported: Path) -> None:
    for page in ("data.html", "zh/data.html"):
        tree = lxml_html.fromstring((exported / page).read_bytes())
        shown = {each.get("href").rpartition("../")[2]: each for each in tree.xpath("//table//a")}
        for path, row in rows(exported).items():
            if path.startswith("data/"):
                cells = [cell.text_content().strip() for cell in shown[path].getparent().getparent()]
                assert cells[1:] == [f"{row['count']:,}", f"{row['bytes']:,}", row["sha256"]]
    english = "".join(lxml_html.fromstring((exported / "zh/data.html").read_bytes()).xpath("//article//h3//text()"))
    assert "网络批注" in english and "清单" in english


def test_the_archive_is_a_book_for_the_reader(exported: Path) -> None:
    book = normbook.open(exported / "data" / "normbook.zip")
    assert set(book.principles) == set(normbook.open(exported).principles)
    assert book.verify() == len(rows(exported)) - 1
