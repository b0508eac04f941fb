"""What lets an editor complete ids: sound schemas that allow what is there and nothing else, and snippets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from normbook.records.editor import ids_by_type, schemas_with_ids, snippets
from normbook.records.types import TYPES
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo

BASE = "https://editor.invalid/"


@pytest.fixture(scope="module")
def validators(project: Project) -> dict[str, Any]:
    made = {name: json.loads(text) for name, text in schemas_with_ids(project.schemas, ids_by_type(project.records.values())).items()}
    registry: Registry[Any] = Registry().with_resources((BASE + name, Resource.from_contents(schema)) for name, schema in made.items())
    for schema in made.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    return {type: jsonschema.Draft202012Validator({"$ref": f"{BASE}{type}.schema.json"}, registry=registry) for type in TYPES}


def test_they_are_2020_12_and_accept_every_record(project: Project, validators: dict[str, Any]) -> None:
    for record in [*project.records.values(), *project.corrections.values()]:
        assert validators[record.type].is_valid(record.fields), record.path


def test_they_refuse_an_id_that_is_not_there_and_one_of_another_type(project: Project, validators: dict[str, Any]) -> None:
    for field, wrong in (("initiative", "gid"), ("initiative", "wang-yi"), ("themes", ["gids"])):
        assert not validators["principle"].is_valid({**project.records["gids-7"].fields, field: wrong})
    evidence = [{**project.records["gids-7"].fields["evidence"][0], "speaker": "nobody-known"}]
    assert not validators["principle"].is_valid({**project.records["gids-7"].fields, "evidence": evidence})


def test_every_reference_lists_the_ids_of_its_range_with_their_titles(project: Project) -> None:
    made = schemas_with_ids(project.schemas, ids_by_type(project.records.values()))
    lists = json.loads(made["ids.schema.json"])["$defs"]
    assert json.loads(made["principle.schema.json"])["properties"]["initiative"]["$ref"] == "ids.schema.json#/$defs/initiative"
    ids = sorted(record.id for record in project.records.values() if record.type == "initiative")
    assert lists["initiative"]["enum"] == ids and len(lists["initiative"]["enumDescriptions"]) == len(ids)
    assert lists["initiative"]["enumDescriptions"][ids.index("gids")] == f"initiative: {project.records['gids'].title}"
    assert lists["actor-unnamed"]["enum"][-1] == "unnamed" and "wang-yi" in lists["actor-unnamed"]["enum"]
    assert not any("$id" in json.loads(text) for text in made.values())


def test_a_type_without_records_leaves_the_reference_as_it_is(project: Project) -> None:
    made = schemas_with_ids(project.schemas, ids_by_type([]))
    assert json.loads(made["principle.schema.json"])["properties"]["initiative"]["$ref"] == "common.schema.json#/$defs/id"


def test_every_id_is_a_snippet_once(project: Project) -> None:
    made = json.loads(snippets(ids_by_type(project.records.values())))
    assert set(made) == set(project.records)
    assert made["wang-yi"] == {
        "scope": "yaml",
        "prefix": ["wang-yi", project.records["wang-yi"].title],
        "body": "wang-yi",
        "description": f"actor: {project.records['wang-yi'].title}",
    }


def test_the_command_writes_them_where_git_ignores_them_and_again_only_what_changed(
    run: Callable[..., tuple[int, str, str]], copy: Repo
) -> None:
    (copy.root / ".vscode").mkdir()
    (copy.build / "editor").mkdir(parents=True)
    (copy.build / "editor" / "gone.schema.json").write_text("{}", "utf-8")
    status, out, _ = run("--root", str(copy.root), "editor")
    assert status == 0 and "wrote build/editor/principle.schema.json" in out and "wrote .vscode/ids.code-snippets" in out
    assert not (copy.build / "editor" / "gone.schema.json").exists()
    assert "wrote" not in run("--root", str(copy.root), "editor")[1]
    (copy.folder("actor") / "laos.yaml").unlink()
    out = run("--root", str(copy.root), "editor")[1]
    assert "wrote build/editor/ids.schema.json" in out and "common.schema.json" not in out
