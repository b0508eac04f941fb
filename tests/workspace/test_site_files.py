"""Our scripts as they are published: shorter, and the same otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from normbook.workspace.site_files import slim
from tools.projects import ROOT

ASSETS = ROOT / "site_src" / "assets"
OWN = sorted(path for path in ASSETS.rglob("*") if path.suffix == ".js" and "vendor" not in path.parts)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_no_text_in_backticks_goes_over_a_line_end(path: Path) -> None:
    """Where one did, its second line would lose the spaces at its start."""
    assert [row for row in path.read_text("utf-8").split("\n") if row.count("`") % 2] == []


def test_what_is_published_lacks_comments_and_indentation_alone(site: Path) -> None:
    for path in OWN:
        written, published = path.read_text("utf-8"), (site / "assets" / path.relative_to(ASSETS)).read_text("utf-8")
        assert published == slim(written) and len(published) < len(written)
        rows = [row.strip() for row in written.split("\n")]
        assert all(row in rows for row in published.split("\n")), path
    for path in ASSETS.rglob("vendor/*"):
        assert (site / "assets" / path.relative_to(ASSETS)).read_bytes() == path.read_bytes()


def test_a_comment_inside_a_line_and_a_string_that_looks_like_one_stay() -> None:
    text = "  // gone\nconst a = 'x // y'; // stays\n/* gone\n   too */\n  b(); /* stays */\n"
    assert slim(text) == "const a = 'x // y'; // stays\nb(); /* stays */\n"
