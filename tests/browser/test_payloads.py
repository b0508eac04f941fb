"""Words of records that would be more than words: none fires, anywhere, without any policy; `make payloads` opens every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from yaml import safe_load

from normbook.findings.finding import Problem, format_problem
from normbook.records.schema import Schemas
from normbook.records.types import FOLDERS
from normbook.records.validation.record import read_record
from normbook.records.yaml.writer import dump
from normbook.site import i18n as interface
from normbook.site import templating
from normbook.site.pages.propose import properties
from normbook.workspace.load import load_schemas
from normbook.workspace.repo import Repo
from tools.hostile import ADDRESSES, PAYLOADS, SAFE, Made, Maker, combined, line_of, texts
from tools.payloads import Watcher, asked, build_hostile, chosen, served

COMBINED = dict(enumerate(combined()))  # `make payloads` has a record for each payload


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Repo, Made]:
    return build_hostile(tmp_path_factory.mktemp("hostile") / "project", COMBINED)


@pytest.fixture(scope="module")
def watcher(browser: Browser, hostile: tuple[Repo, Made]) -> Iterator[Watcher]:
    with served(hostile[0].site) as address:
        found = Watcher(browser, address)
        yield found
        found.context.close()


def test_no_payload_fires_on_a_page_a_list_a_feed_or_an_export(watcher: Watcher, hostile: tuple[Repo, Made]) -> None:
    assert len(PAYLOADS) >= 60
    fired = {path: found for path in chosen(hostile[0].site, COMBINED) if (found := watcher.look(path))}
    assert not fired
    assert watcher.opened > 80


def test_no_payload_fires_in_the_search_or_from_an_address(watcher: Watcher) -> None:
    fired = {}
    for number, payload in COMBINED.items():
        if number % 3 == 0:
            fired[payload] = watcher.search(payload, "zh/" if number % 6 else "")
        for path in list(asked(number, payload))[number % 2 :: 3]:
            fired[path] = watcher.look(path)
    assert not {what: found for what, found in fired.items() if found}


def test_the_search_shows_a_payload_as_words(watcher: Watcher) -> None:
    assert not watcher.search("<svg class=nbx onload=")
    assert "<svg class=nbx onload=" in watcher.page.inner_text(".nb-hits")


def test_a_payload_is_in_the_page_as_words(watcher: Watcher) -> None:
    """That nothing fires would say nothing if the payloads were not there."""
    for number in (0, 5, 12, 18, 23):
        watcher.look(f"themes/theme-{number}-1.html")
        assert COMBINED[number] in watcher.page.inner_text("h1") or COMBINED[number] in watcher.page.inner_text(".md-content")


@pytest.mark.parametrize("type", ["principle", "statement", "initiative"])
def test_nothing_fires_in_the_form_whatever_is_typed_or_stands_in_the_record(
    watcher: Watcher, hostile: tuple[Repo, Made], type: str
) -> None:
    for id, payloads in ((f"{type}-10-1", PAYLOADS), ("", PAYLOADS[::-1])):
        assert watcher.propose(type, id, payloads) == []
    assert watcher.page.evaluate("normbookProposal.state.text").count("\n") > 10
    assert_made_from_the_schema(load_schemas(hostile[0], []), type, watcher.page.evaluate(CONTROLS))


# every part of the form: its pointer, what can be chosen, and the ids that complete it, with those of the book
CONTROLS = """() => [...document.querySelectorAll('.nb-propose-fields [data-pointer]')].map((each) => {
  const control = each.querySelector(':scope > :is(input, select, textarea)'), list = control?.getAttribute('list');
  return [each.dataset.pointer, control?.localName === 'select' ? [...control.options].map((one) => one.value).filter(Boolean) : [], list ? [...document.getElementById(list).options].map((one) => one.value) : []];
})"""


def assert_made_from_the_schema(schemas: Schemas, type: str, controls: list[tuple[str, list[str], list[str]]]) -> None:
    """The form of a type has every field of the schema, with the values of its lists, and ids to complete each reference."""
    known: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for path, schema in properties(schemas, {"properties": schemas.properties(type)}):
        known.setdefault(path, []).append(schema)
    reached = set()
    for pointer, choices, ids in controls:
        path = tuple(part for part in pointer.split("/")[1:] if not part.isdecimal())
        reached.add(path)
        inner = [schemas.resolve(each.get("items", each)) if pointer.rpartition("/")[2].isdecimal() else each for each in known[path]]
        lists = [[str(value) for value in each["enum"]] for each in inner if "enum" in each]
        assert not choices or choices in lists or choices == ["true", "false"], pointer
        assert bool(ids) == any("x-relation" in each for each in inner) or not ids, pointer
    assert {path for path in known if len(path) == 1} <= reached and len(reached) > len(known) / 2, set(known) - reached


def test_the_detector_sees_an_escaping_that_is_switched_off(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "escape", lambda text: text)
    for name in ("escaped", "escaped_once"):
        monkeypatch.setattr(templating, name, str)
    numbers = range(10, 13)
    repo, _ = build_hostile(tmp_path / "project", {number: PAYLOADS[number] for number in numbers})
    with served(repo.site) as address:
        watcher = Watcher(browser, address)
        for number in numbers:
            found = watcher.look(f"themes/theme-{number}-1.html")
            assert "fired" in found and any(each.startswith("element") for each in found) and any("canary" in each for each in found)
        watcher.context.close()


def test_every_text_field_of_every_type_held_payloads_or_refused_them(hostile: tuple[Repo, Made]) -> None:
    """What holds no payload has a form of its own; there each of some payloads is refused, with a finding in its place."""
    repo, made = hostile
    schemas = load_schemas(repo, [])
    wanted = {(type, "/".join(at)) for type in FOLDERS if type != "correction" for at, _ in texts(schemas, schemas.whole(type))}
    assert made.fields == wanted and len(wanted) > 250
    formal = sorted(each for each in wanted if not made.held[each] and not each[1].startswith("profile/"))
    last = {name.rpartition("/")[2] for _, name in formal}
    assert last <= {
        "id",
        "*",
        "seen",
        "on",
        "day",
        "orcid",
        "lang",
        "language",
        "original_language",
        "value",
        "time",
        "country",
        "file",
        "sha256",
        "held_on",
        "archived",
    }, last
    for number, (type, name) in enumerate(formal):
        payload = PAYLOADS[number % len(PAYLOADS)]
        told = refusal(schemas, type, name, payload)
        assert told, (type, name, payload)
        assert all(each.line and each.column and each.hint for each in told)
        assert_plain(told)


@cache
def sound(schemas: Schemas, type: str, number: int) -> tuple[str, str]:
    """The id and the text of a sound record of a type with harmless words in every field; for even and odd numbers they differ."""
    maker = Maker(schemas, number, "words", b"Payload\n\nWe said: words or words or words It was so.\n", Made())
    return maker.ids[type], maker.record(type)


def refusal(schemas: Schemas, type: str, name: str, payload: str) -> list[Problem]:
    """The findings at a field in which a payload is put, of a record that is sound otherwise."""
    id, text = sound(schemas, type, 1 if name.rpartition("/")[2] == "seen" else 2)
    fields = safe_load(text)
    places = [*name.split("/")]
    holder = fields
    for part, following in pairwise(places):
        holder = holder[0] if part == "*" else holder.setdefault(part, [SAFE] if following == "*" else {})
    holder[0 if places[-1] == "*" else places[-1]] = payload
    found: list[Problem] = []
    read_record(schemas, type, f"data/{FOLDERS[type]}/{id}.yaml", dump(fields), found)
    return found


def assert_plain(problems: list[Problem]) -> None:
    """Findings print nothing that a terminal obeys."""
    for problem in problems:
        assert all(c.isprintable() or c == "\n" for c in format_problem(problem)), problem


def test_findings_about_payloads_print_nothing_that_a_terminal_obeys(hostile: tuple[Repo, Made]) -> None:
    refused = hostile[1].refused
    assert len(refused) > 100 and {problem.code for problem in refused.values()} >= {"N204", "N123"}
    assert_plain(list(refused.values()))


def test_addresses_that_run_are_refused_and_odd_ones_are_links(hostile: tuple[Repo, Made]) -> None:
    refused = {ADDRESSES[number % len(ADDRESSES)] for (_, name, number) in hostile[1].refused if name.endswith("url")}
    assert {each.partition(":")[0] for each in refused} >= {"javascript", "data", "vbscript", "HTTPS"}
    assert not {each for each in refused if each.startswith("https://user")}


def test_the_feed_and_the_lists_of_records_hold_the_payloads_as_text(hostile: tuple[Repo, Made]) -> None:
    import json

    from lxml import etree

    site = hostile[0].site
    titles = [json.loads(line)["title"] for line in (site / "data" / "themes.jsonl").read_text("utf-8").splitlines()]
    assert len(set(titles) & {*COMBINED.values(), *map(line_of, COMBINED.values())}) > len(COMBINED) * 3 // 4
    etree.parse(site / "feed.xml")
    etree.parse(site / "sitemap.xml")
