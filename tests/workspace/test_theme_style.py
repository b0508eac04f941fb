"""The style sheets of the theme lose the rules of parts that no page has, and nothing else."""

from __future__ import annotations

import pytest

from normbook.workspace.theme_style import PARTS, RIGHT_TO_LEFT, used_parts, without_parts

EVERYTHING = frozenset({*PARTS, RIGHT_TO_LEFT})


@pytest.mark.parametrize(
    ("style", "short"),
    [
        (".admonition{top:0}p{top:1px}", "p{top:1px}"),
        (".a .admonition-title,.a details{top:0}", ".a details{top:0}"),
        ("@media print{.tabbed-set{top:0}}p{top:0}", "p{top:0}"),
        ("@media print{.tabbed-set{top:0}p{top:1px}}", "@media print{p{top:1px}}"),
        ("@supports (top:0){@media print{.mermaid{top:0}}}", ""),
        ("[dir=rtl] p{top:0}[dir=ltr] p{top:1px}", "[dir=ltr] p{top:1px}"),
        # near misses: the part is one alternative, what is excluded, or the word is not a class
        (":is(.admonition,details)>p{top:0}", ":is(.admonition,details)>p{top:0}"),
        ("p:not(.footnote){top:0}", "p:not(.footnote){top:0}"),
        ("[href*=footnote]{top:0}", "[href*=footnote]{top:0}"),
        (".my-footnote{top:0}", ".my-footnote{top:0}"),
        ("@keyframes admonition{0%{top:0}to{top:1px}}", "@keyframes admonition{0%{top:0}to{top:1px}}"),
    ],
)
def test_rules_of_unused_parts_go(style: str, short: str) -> None:
    assert without_parts(style, ()) == short
    assert without_parts(style, EVERYTHING) == style


def test_a_part_is_used_if_some_page_has_a_class_of_it() -> None:
    assert used_parts(['<p class="admonition-title x">', "<p class=task-list-item>"]) == {"admonition", "task-list"}
    assert used_parts(['<p class="my-footnote" title="footnote">a footnote</p>']) == frozenset()
    assert used_parts(['<body dir="rtl">']) == {RIGHT_TO_LEFT}


def test_the_style_sheets_of_the_theme_stay_whole_otherwise() -> None:
    """Braces balance, and every selector that is left stood there before."""
    from importlib.resources import files

    for path in (files("material") / "templates" / "assets" / "stylesheets").iterdir():
        if path.name.endswith(".min.css"):
            style = path.read_text("utf-8")
            short = without_parts(style, ())
            assert len(short) <= len(style) and short.count("{") == short.count("}")
            assert ".md-header" not in style or ".md-header" in short
