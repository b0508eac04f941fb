"""The contract of a release: what later states break, which version that calls for, and where it is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normbook.findings.finding import is_error
from normbook.records.contract.contract import (
    Contract,
    Version,
    as_json,
    differences,
    next_version,
    read_contract,
    read_version,
    required_rank,
)
from normbook.workspace.cache import NAME
from normbook.workspace.load import Project, load_project
from normbook.workspace.pipeline import check
from normbook.workspace.release.contracts import check_contract, contracts, moved_addresses, present
from normbook.workspace.repo import Repo

Run = Callable[..., tuple[int, str, str]]
LAST = Contract(Version(1, 2, 3), "2024-01-01", {"a": "theme", "b": "actor"}, ("api/index.json", "themes/{id}.html"), {})


@pytest.mark.parametrize(
    ("now", "moved", "codes"),
    [
        (LAST, {}, []),
        (replace(LAST, records={"a": "theme", "b": "actor", "c": "theme"}), {}, [""]),
        (replace(LAST, records={"b": "actor"}), {}, ["N731"]),
        (replace(LAST, records={"b": "actor"}), {"a": ["z"]}, ["N731"]),
        (replace(LAST, records={"b": "actor", "c": "theme"}), {"a": ["c"]}, ["", ""]),
        (replace(LAST, records={"b": "actor"}), {"a": ["b"]}, ["N737"]),
        (replace(LAST, records={"a": "actor", "b": "actor"}), {}, ["N737"]),
        (replace(LAST, addresses=("api/index.json",)), {}, ["N737"]),
        (replace(LAST, addresses=(*LAST.addresses, "feed.xml")), {}, [""]),
    ],
)
def test_records_and_addresses(now: Contract, moved: dict[str, list[str]], codes: list[str]) -> None:
    found = differences(LAST, now, moved)
    assert [each.code for each in found] == codes
    assert required_rank(found) == ("major" if any(codes) else "minor" if codes else "patch")


VERSIONS = st.builds(Version, *(st.integers(0, 9) for _ in range(3)))


@given(VERSIONS, VERSIONS)
def test_what_is_needed_is_later_and_grows_with_what_changed(last: Version, other: Version) -> None:
    patch, minor, major = (next_version(last, rank) for rank in ("patch", "minor", "major"))
    assert last < patch <= minor < major
    assert (str(last) < str(other)) == (last < other) and read_version(str(other)) == other


@pytest.mark.parametrize("text", ["", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.2.3-beta", "1.2.x", "１.2.3"])
def test_what_is_no_version(text: str) -> None:
    assert read_version(text) is None


def test_a_change_of_what_types_share_is_told_once(project: Project) -> None:
    last = present(project)
    shared = json.loads(json.dumps(last.schemas["common"]))
    shared["$defs"]["stance"]["enum"].remove("denied")
    (found,) = differences(last, replace(last, schemas={**last.schemas, "common": shared}), {})
    assert found.code == "N734" and found.words == 'the value "denied" is no longer allowed' and found.places > 20


def test_a_contract_is_read_as_it_was_written(project: Project) -> None:
    now = replace(present(project, "2024-01-01", ("a", "b")), version=Version(3, 0, 0))
    assert read_contract(json.loads(json.dumps(as_json(now))), now.schemas) == now


@pytest.mark.parametrize("value", [None, [], {}, {"records": {}, "addresses": []}, {"version": "1.0.0", "records": [], "addresses": []}, {"version": "1.0.0", "records": {"a": "b"}, "addresses": []}, {"version": "1.0.0", "records": {}, "addresses": [], "epoch": "x"}])  # fmt: skip
def test_what_is_no_contract(value: Any) -> None:
    assert read_contract(value, {}) is None


def released(repo: Repo, version: str = "1.0.0", addresses: tuple[str, ...] = ()) -> Path:
    """The checkout with its present state frozen as a release."""
    folder = repo.releases / version
    now = replace(present(load_project(repo), "2024-01-01", addresses), version=read_version(version) or Version(0, 0, 0))
    (folder / "schema").mkdir(parents=True)
    for name, schema in now.schemas.items():
        (folder / "schema" / f"{name}.schema.json").write_text(json.dumps(schema), "utf-8")
    (folder / "contract.json").write_text(json.dumps(as_json(now)), "utf-8")
    repo.version.write_text(f"{version}\n", "utf-8")
    return folder


def test_a_checkout_that_changed_nothing_keeps_its_promise(copy: Repo) -> None:
    released(copy)
    project = load_project(copy)
    assert check_contract(project) == []
    assert [str(each.version) for each in contracts(copy, [])] == ["1.0.0"]


def test_a_field_taken_away_fails_the_check_until_the_version_says_so(copy: Repo, run: Run) -> None:
    released(copy)
    path = copy.schema / "event.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    del schema["properties"]["place"]
    path.write_text(json.dumps(schema, indent=2), "utf-8")
    found = [each for each in check(load_project(copy)) if each.code == "N732"]
    assert [each.message for each in found] == ["event place: the field place was removed"]
    assert found[0].path == "schema/event.schema.json" and found[0].line > 1
    copy.version.write_text("2.0.0\n", "utf-8")
    assert [each for each in check(load_project(copy)) if each.code.startswith("N73")] == []


def test_a_record_that_cannot_be_read_is_not_told_as_gone(copy: Repo) -> None:
    released(copy)
    (copy.folder("theme") / "fairness.yaml").write_text("id: [", "utf-8")
    (copy.folder("theme") / "openness.yaml").unlink()
    gone = [each.message for each in check_contract(load_project(copy)) if each.code == "N731"]
    assert gone == ["the published id 'openness' was removed without a redirect"]


def test_an_added_field_is_a_warning_that_names_the_next_version(copy: Repo) -> None:
    released(copy)
    text = (copy.folder("theme") / "fairness.yaml").read_text("utf-8")
    (copy.folder("theme") / "another.yaml").write_text(text.replace("id: fairness", "id: another"), "utf-8")
    assert check_contract(load_project(copy)) == [], "who adds a record is not asked for a version"
    path = copy.schema / "event.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    schema["properties"]["weather"] = {"description": "The weather.", "type": "string"}
    path.write_text(json.dumps(schema, indent=2), "utf-8")
    (found,) = check_contract(load_project(copy))
    assert (found.code, is_error(found), found.hint) == ("N738", False, "write `1.1.0`, the next version that allows additions")
    assert "event weather: the field weather is new" in found.message and "1 record is new or moved" in found.message


def test_an_address_at_which_nothing_is_published_is_told_by_a_build_for_publication(small_built: Repo, run: Run) -> None:
    copy = small_built
    released(copy, addresses=("api/index.json", "data/gone.csv", "themes/{id}.html"))
    assert run("--root", str(copy.root), "build")[0] == 0, "a build to look at promises nothing"
    (copy.build / NAME).unlink()
    status, out, err = run("--root", str(copy.root), "build", "--releases")
    assert status == 1 and "frozen site is left out" in out
    assert "error[N737]: 'data/gone.csv' is no longer published" in err and err.count("N737") == 1
    copy.version.write_text("2.0.0\n", "utf-8")
    assert moved_addresses(load_project(copy), ()) == []


def test_a_spoilt_release_is_told_and_the_others_are_read(copy: Repo) -> None:
    folder = released(copy)
    shutil.copytree(folder, copy.releases / "1.0.1")
    (folder / "schema" / "theme.schema.json").write_text("{", "utf-8")
    problems = check_contract(load_project(copy))
    assert {each.path for each in problems if each.code == "N739"} == {"releases/1.0.0/contract.json", "releases/1.0.1/contract.json"}
