"""The citation of the whole book, its deposit, and the identifiers of the seeds: from the settings, without drift, naming nobody but the imprint's editors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from normbook.site import deposit
from normbook.workspace.load import Project
from normbook.workspace.pipeline import cited_as, derive
from tests.conftest import ROOT

SITE = {
    "name": "Book",
    "url": "https://example.org/b/",
    "repo_url": "https://example.org/r",
    "description": "It says: who # said “what”.",
    "version": "1.2.0",
}
IMPRINT = {
    "editors": [{"name": "Ana Reyl", "institution": "Port Council", "orcid": "0000-0002-1825-0097"}, {"name": "Lu Wen"}],
    "email": "a@example.org",
}


def test_the_files_of_the_checkout_are_what_the_settings_say(project: Project) -> None:
    made = cited_as(project)
    assert {path.name for path in made} == {"CITATION.cff", ".zenodo.json"}
    for path, text in made.items():
        assert path.read_text("utf-8") == text, f"run `normbook derive` to write {path.name} again"


@pytest.mark.parametrize("imprint", [{}, {"editors": []}, IMPRINT])
def test_a_citation_is_valid_for_the_validator_of_its_format(tmp_path: Path, imprint: dict[str, Any]) -> None:
    path = tmp_path / "CITATION.cff"
    path.write_text(deposit.citation_cff(SITE, imprint), "utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(path)]
    ran = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
    said = yaml.safe_load(path.read_text("utf-8"))
    named = [each["name"] for each in imprint.get("editors", ())] or ["Book"]
    assert [each["name"] for each in said["authors"]] == named and said["abstract"] == SITE["description"]
    path.write_text(path.read_text("utf-8").replace('type: "dataset"', 'type: "book"'), "utf-8")
    assert subprocess.run(check, capture_output=True, check=False).returncode == 1


def test_an_editor_is_cited_with_what_the_imprint_has() -> None:
    said = yaml.safe_load(deposit.citation_cff(SITE, IMPRINT))
    assert said["authors"][0] == {"name": "Ana Reyl", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    assert said["contact"] == [{"name": "Book", "email": "a@example.org"}]
    assert json.loads(deposit.zenodo(SITE, IMPRINT))["creators"] == [{"name": "Ana Reyl", "affiliation": "Port Council", "orcid": "0000-0002-1825-0097"}, {"name": "Lu Wen"}]  # fmt: skip


def test_a_deposit_has_what_its_host_requires(project: Project) -> None:
    said = json.loads((ROOT / ".zenodo.json").read_text("utf-8"))
    assert {"title", "upload_type", "description", "creators", "access_right", "license", "version"} <= said.keys()
    assert (said["upload_type"], said["access_right"], said["license"]) == ("dataset", "open", "CC0-1.0")
    editors = [each["name"] for each in (project.book.fields["imprint"]["editors"] if project.book else ())]
    assert [each["name"] for each in said["creators"]] == (editors or [said["title"]])


def test_the_identifier_of_a_seed_is_gits_own_name_of_its_bytes(project: Project, site: Path) -> None:
    for id, readings in project.readings.items():
        file = project.records[id].fields["seed"]["file"]
        hashed = subprocess.run(
            ["git", "hash-object", "--no-filters", str(ROOT / "seeds" / file)], capture_output=True, text=True, check=True
        )
        expected = f"swh:1:cnt:{hashed.stdout.strip()}"
        assert deposit.swhid_of(readings.received) == expected
        assert json.loads((site / "data" / "texts" / f"{id}.json").read_text("utf-8"))["swhid"] == expected
        assert expected in (site / "sources" / f"{id}.html").read_text("utf-8")


def test_deriving_writes_the_citation_only_where_the_checkout_has_one(copy: Any) -> None:
    from normbook.workspace.load import load_project

    assert derive(load_project(copy)) == []
    (copy.root / "CITATION.cff").write_text("", "utf-8")
    assert [path.name for path in derive(load_project(copy))] == ["CITATION.cff"]
    assert derive(load_project(copy)) == []
