"""Our scripts as they are published: shorter, and the same otherwise."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from normbook.workspace.site_files import copy_static, slim
from tools.projects import ROOT

ASSETS = ROOT / "site_src" / "assets"
OWN = sorted(path for path in ASSETS.rglob("*") if path.suffix == ".js" and "vendor" not in path.parts)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_text_in_backticks_goes_over_a_line_end(path: Path) -> None:
    """Where one did, its second line would lose the spaces at its start."""
    assert [row for row in path.read_text("utf-8").split("\n") if row.count("`") % 2] == []


SMALL = ASSETS / "propose" / "vendor" / "small"


def test_what_is_published_lacks_comments_and_indentation_alone(site: Path) -> None:
    """Unless it was made small."""
    for path in OWN:
        small = SMALL / path.relative_to(ASSETS)
        if small.is_file():
            assert (site / "assets" / path.relative_to(ASSETS)).read_bytes() == small.read_bytes()
            assert small.stat().st_size < len(slim(path.read_text("utf-8")).encode())
            continue
        written, published = path.read_text("utf-8"), (site / "assets" / path.relative_to(ASSETS)).read_text("utf-8")
        assert published == slim(written) and len(published) < len(written)
        rows = [row.strip() for row in written.split("\n")]
        assert all(row in rows for row in published.split("\n")), path
    for path in (path for path in ASSETS.rglob("vendor/*") if path.is_file()):
        assert (site / "assets" / path.relative_to(ASSETS)).read_bytes() == path.read_bytes()


def test_a_comment_inside_a_line_and_a_string_that_looks_like_one_stay() -> None:
    text = "  // gone\nconst a = 'x // y'; // stays\n/* gone\n   too */\n  b(); /* stays */\n"
    assert slim(text) == "const a = 'x // y'; // stays\nb(); /* stays */\n"


def test_a_script_that_has_changed_since_it_was_made_small_is_published_as_it_is(tmp_path: Path) -> None:
    built, site = tmp_path / "built", tmp_path / "site"
    small = built / "assets" / "propose" / "vendor" / "small" / "propose"
    small.mkdir(parents=True)
    for name in ("same", "other"):
        (built / "assets" / "propose" / f"{name}.js").write_text("const one = 1;\n  run(one);\n", "utf-8")
        (small / f"{name}.js").write_text("run(1);\n", "utf-8")
    sums = {
        "site_src/assets/propose/same.js": sha256(b"const one = 1;\n  run(one);\n").hexdigest(),
        "site_src/assets/propose/other.js": sha256(b"").hexdigest(),
    }
    (small.parents[1] / "sums.json").write_text(json.dumps({"inputs": sums}), "utf-8")
    copied = copy_static(built, site, {}, policy=False)
    assert [(site / "assets" / "propose" / f"{name}.js").read_text("utf-8") for name in ("same", "other")] == [
        "run(1);\n",
        "const one = 1;\nrun(one);\n",
    ]
    assert not [name for name in copied if "small" in name]
