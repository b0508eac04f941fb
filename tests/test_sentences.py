"""`make sentences`: what it draws from the built pages, and that anyone draws the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import sentences

PAGE = """<html><body><nav><p>This is not read at all.</p></nav><article>
<h1>A title of four words</h1><p>Mao Ning denies it on page 12. She says <q>that it is all wrong.</q></p>
<blockquote><p>Words of a text are not drawn.</p></blockquote>
<ul><li><p lang="en">Mao Ning denies it on page 13.</p></li><li>每项陈述都有说话者和立场。<span lang="en">Not this one here.</span></li></ul>
<script>let these = "be left out of it.";</script></article></body></html>"""


def test_whole_sentences_of_the_editors_are_gathered_once(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    assert sentences.gathered(tmp_path, "en") == {"Mao Ning denies it on page 12.": "a.html"}
    assert sentences.gathered(tmp_path, "zh") == {"每项陈述都有说话者和立场。": "zh/a.html"}


def test_a_seed_draws_the_same_sentences(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--site", str(site), "--number", "5", "--language", "en"]
    assert sentences.main([*chosen, "--seed", "3"]) == 0
    first = capsys.readouterr().out
    assert sentences.main([*chosen, "--seed", "3"]) == 0
    assert capsys.readouterr().out == first and len(first.splitlines()) == 6
    assert sentences.main([*chosen, "--seed", "4"]) == 0
    assert capsys.readouterr().out != first


def test_a_site_that_is_not_built_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sentences.main(["--site", str(tmp_path)]) == 1
    assert "run `normbook build` first" in capsys.readouterr().err
