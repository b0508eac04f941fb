"""What the search reads: entries of pages and sentences of sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from normbook.records.types import PUBLISHED
from normbook.site.search import ENTRIES, SENTENCES, listed, opening, patched, shortened, words_of_stance
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo


def read(site: Path, file: str) -> list[dict[str, Any]]:
    """The entries of a list."""
    text = (site / file).read_text("utf-8")
    assert text.startswith(opening(file))
    found: list[dict[str, Any]] = json.loads(text[text.index("[") : text.rindex("]") + 1])
    return found


def test_the_list_of_the_search_holds_every_record_with_its_stance_and_speaker(site: Path, project: Project) -> None:
    entries = read(site, ENTRIES)
    assert {each["id"] for each in entries if each["type"] != "page"} == {
        id for id, each in project.records.items() if each.type in PUBLISHED
    }
    assert all(each["stance"] for each in entries if "quote" in each)
    paths = {each["path"] for each in entries if each["type"] == "page"}
    assert {"about/cite.html", "zh/about/cite.html", "about/method.html"} <= paths and all((site / path).is_file() for path in paths)


def test_an_entry_has_the_date_of_its_occasion(site: Path) -> None:
    dates = {each["id"]: each.get("date") for each in read(site, ENTRIES)}
    assert dates["mao-ning-2024-02-29-4"] == "2024-02-29" and dates["gids-6"] == "2020-09-08" and dates["gids-speech-1"] == "2020-09-08"


def test_an_event_is_found_by_those_who_speak_at_it_or_are_named_in_its_reports(site: Path) -> None:
    named = {each["id"]: each.get("people", []) for each in read(site, ENTRIES)}
    for event in ("meeting-2020-09-09", "press-conference-2020-09-11"):
        assert "teodoro-locsin" in named[event]


def test_every_sentence_of_a_published_source_is_searched_with_its_address(site: Path, project: Project) -> None:
    sources = {each["path"]: each for each in read(site, SENTENCES)}
    for id, readings in project.readings.items():
        page = (site / "sources" / f"{id}.html").read_text("utf-8")
        rows = sources[f"sources/{id}.html"]["sentences"]
        assert {each.eid for each in readings.segmented.segments if each.kind == "sent"} <= {row["eid"] for row in rows}
        assert all(f'id="{row["eid"]}"' in page for row in rows)
        text = " ".join(readings.cleaned.text.split())
        assert all(row["words"] in text for row in rows)
    said = [tuple(pair) for row in sources["sources/seed-002.html"]["sentences"] for pair in row.get("said", ())]
    assert ("mao-ning", "denied") in said and ("mao-ning", "asserted") in said
    assert any("corrected" in row for row in sources["sources/seed-004.html"]["sentences"])


@pytest.mark.parametrize("hostile", ["</script>", "\u2028", '"];alert(1)//'])
@pytest.mark.parametrize("file", [ENTRIES, SENTENCES])
def test_nothing_in_an_entry_ends_the_list(file: str, hostile: str) -> None:
    text = listed(file, [{"path": "a.html", "title": hostile}])
    assert text.count("\n") == 3 and "</script>" not in text
    assert json.loads(text[text.index("[") : text.rindex("]") + 1]) == [{"path": "a.html", "title": hostile}]
    again = patched(text, {"a.html": {"path": "a.html", "title": f"x{hostile}"}})
    assert json.loads(again[again.index("[") : again.rindex("]") + 1])[0]["title"] == f"x{hostile}"


@pytest.mark.parametrize("wish", ["excerpt", "withhold"])
def test_the_search_has_no_sentence_of_a_text_that_may_not_be_shown(restricted: Callable[[str], Repo], wish: str) -> None:
    (source,) = [each for each in read(restricted(wish).site, SENTENCES) if each["path"] == "sources/seed-003.html"]
    assert all(row["said"] for row in source["sentences"]) if wish == "excerpt" else source["sentences"] == []
    assert bool(source["sentences"]) == (wish == "excerpt")


def test_a_stance_is_found_by_the_words_for_it_in_every_language() -> None:
    assert {"deny", "denies", "denied", "否认"} <= set(words_of_stance("denied"))
    assert not set(words_of_stance("denied")) & set(words_of_stance("proposed"))


def test_a_shortened_text_ends_after_a_word() -> None:
    assert shortened("asserted, proposed and reported", 30) == "asserted, proposed and …"
    assert shortened("asserted, proposed", 18) == "asserted, proposed"
    assert shortened("全球数据安全倡议" * 3, 10) == "全球数据安全倡议 …", "without spaces, after any sign"
    assert all(len(shortened("word " * 99, size)) <= size for size in range(12, 60))
