"""Schemas: every property described, both validators of one mind, findings placed and explained."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normbook.findings.finding import format_problem
from normbook.records.schema import Schemas
from normbook.records.types import TYPES
from normbook.records.validation.explain import Explainer
from normbook.records.yaml.reader import load
from normbook.records.yaml.writer import dump
from normbook.workspace.load import Project


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            yield from parts(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from parts(value, f"{path}/{number}")


def test_schemas_are_valid_and_of_2020_12(schemas: Schemas) -> None:
    assert set(TYPES) | {"common", "redirects", "exceptions", "book", "findings", "clean", "suggestion"} == set(schemas.documents)
    for schema in schemas.documents.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_property_has_a_description_and_every_object_refuses_unknown_keys(schemas: Schemas) -> None:
    for name, schema in schemas.documents.items():
        for path, part in parts(schema):
            for key, value in part.get("properties", {}).items() if isinstance(part.get("properties"), dict) else ():
                if "/if" in path or "/then" in path:
                    continue
                assert schemas.resolve(
                    value if not value.get("$ref", "").startswith("#") else {**value, "$ref": f"{name}.schema.json{value['$ref']}"}
                ).get("description"), f"{name}{path}/properties/{key}"
            if part.get("type") == "object" and "properties" in part and not path.endswith("/record"):
                assert part.get("unevaluatedProperties") is False, f"{name}{path}"


def test_the_committed_records_are_valid_for_both(project: Project) -> None:
    for record in [*project.records.values(), *project.corrections.values()]:
        assert project.schemas.allows(record.type, record.fields), record.path
        assert not list(project.schemas.explainers[record.type].iter_errors(record.fields)), record.path


MUTATIONS = (
    None,
    1,
    -1,
    1.5,
    True,
    "",
    " x",
    "x ",
    "x\n",
    "UPPER",
    "a--b",
    "2020-13-01",
    "2020-02-30",
    "2020-09-08",
    "http://a.b/c",
    "ftp://a",
    "javascript:alert(1)",
    [],
    [[]],
    {},
    "no",
    "zz",
    0,
    "x" * 300,
)


@settings(deadline=None)  # on a busy machine any call may take long
@given(st.integers(0, 2**32))
def test_gate_and_explainer_agree_on_mutated_records(project: Project, seed: int) -> None:
    dice = random.Random(seed)
    record = project.records[dice.choice(sorted(project.records))]
    value = copy.deepcopy(dict(record.fields))
    for _ in range(dice.randint(1, 3)):
        part, key = dice.choice([(part, key) for _, part in parts(value) for key in list(part)])
        action = dice.choice(["set", "drop", "add"])
        if action == "drop":
            part.pop(key, None)
        else:
            part[key if action == "set" else f"{key}x"] = copy.deepcopy(dice.choice(MUTATIONS))
    gate = project.schemas.allows(record.type, value)
    explained = not list(project.schemas.explainers[record.type].iter_errors(value))
    assert gate == explained, value


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("modality: must-not", "modality: must-nott", "error[N203]: modality: 'must-nott' is not one of the allowed values"),
        ("modality: must-not", "modalty: must-not", "error[N202]: the record: unknown key 'modalty'"),
        ("ordinal: 3", "ordinal: three", "error[N205]: ordinal: expected a whole number, found the string 'three'"),
        ("kind: commitment\n", "", "error[N201]: the record: missing key 'kind'"),
        ("initiative: gids", "initiative: 0185.10", "put it in quotation marks: '0185.10'"),
        ("initiative: gids", "initiative: 1e3", "put it in quotation marks: '1e3'"),
        ("lang: en", "lang: English", "error[N204]: wording.lang: 'English' does not have the expected form"),
        ("    stance: proposed\n", "", "error[N201]: evidence.0: missing key 'stance'"),
        ("    speaker: wang-yi\n", "", "error[N201]: evidence.0: missing key 'speaker'"),
        ("publication: published", "publication: publishd", "did you mean 'published'?"),
    ],
)
def test_findings_are_placed_and_say_what_to_do(project: Project, old: str, new: str, expected: str) -> None:
    record = project.records["gids-3"]
    text = "\n".join(record.lines).replace(old, new, 1)
    assert text != "\n".join(record.lines)
    loaded = load(text, record.path)
    found = [format_problem(problem) for problem in project.schemas.explain("principle", loaded, record.path, text.split("\n"))]
    assert any(expected in each for each in found), found
    assert all(each.startswith(f"{record.path}:") and "\n  = " in each for each in found)


def test_wording_may_be_missing_only_where_all_evidence_is_outside(schemas: Schemas, project: Project) -> None:
    outside, quoted = dict(project.records["un-gge-norms-6"].fields), dict(project.records["gids-3"].fields)
    assert "wording" not in outside and schemas.allows("principle", outside)
    for key in ("wording", "modality"):
        assert not schemas.allows("principle", {name: value for name, value in quoted.items() if name != key}), key
    assert not schemas.allows("principle", outside | {"evidence": [*outside["evidence"], *quoted["evidence"]]})
    assert not schemas.allows("principle", {name: value for name, value in outside.items() if name != "evidence"})
    assert schemas.required("principle")[-2:] == ["wording", "modality"]


def test_the_canonical_order_is_that_of_the_schema(project: Project) -> None:
    for record in project.records.values():
        ordered = project.schemas.ordered(record.type, record.fields)
        assert ordered == dict(record.fields)
        assert list(ordered)[:2] == ["id", "title"]
        assert "\n".join(record.lines).endswith(dump(ordered)), f"{record.path} is not written canonically"


def test_a_dollar_is_the_end_of_the_string() -> None:
    assert list(Explainer({"pattern": "^a$"}).iter_errors("a\n"))
