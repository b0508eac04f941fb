"""The static API: what the description says is there, and answers as it says; hosts are told who may read it and for how long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from normbook.records.types import FOLDERS
from normbook.site.exports.api import COMPONENTS, addresses, template
from normbook.workspace.hosting import FROM_ANYWHERE, HEADERS, POLICY, SERVED, host_files
from normbook.workspace.load import Project
from normbook.workspace.repo import Repo

URL = "https://normbook.github.io/normbook/"


@pytest.fixture(scope="module")
def api(site: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((site / "openapi.json").read_text("utf-8"))
    return made


def registry(site: Path, api: dict[str, Any]) -> Registry[Any]:
    """The published schemas at their `$id`, and the description at its own address. Nothing is fetched."""
    documents = [json.loads(path.read_text("utf-8")) for path in sorted((site / "schema").glob("*.json"))]
    found: Registry[Any] = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in documents)
    described = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema", **api})
    return found.with_resource(URL + "openapi.json", described)


def absolute(schema: Any) -> Any:
    """A schema of the description with its references counted from the description's address."""
    if isinstance(schema, dict):
        return {key: URL + ("openapi.json" if each.startswith("#") else "") + each if key == "$ref" else absolute(each) for key, each in schema.items()}  # fmt: skip
    return [absolute(each) for each in schema] if isinstance(schema, list) else schema


def test_the_description_is_valid_for_the_validator_of_openapi(site: Path, api: dict[str, Any]) -> None:
    from openapi_spec_validator import validate  # here, as every process of a run collects this file, and one alone runs it
    from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

    validate(api, base_uri=(site / "openapi.json").as_uri())
    for broken in ({**api, "info": {}}, {**api, "paths": {"/a/{id}.json": api["paths"]["/api/index.json"]}}):
        with pytest.raises(OpenAPIValidationError):
            validate(broken, base_uri=(site / "openapi.json").as_uri())
    assert api["openapi"].startswith("3.1") and api["servers"] == [{"url": URL.rstrip("/")}]


def references(value: Any) -> Iterator[str]:
    """Every reference in a description."""
    if isinstance(value, dict):
        yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_the_description_needs_no_other_file_and_every_operation_has_a_tag(api: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in api["components"]["schemas"]}
    assert set(references(api)) <= known and len(set(references(api))) > 30
    assert api["security"] == []
    tags = {each["name"] for each in api["tags"]}
    assert {tag for operations in api["paths"].values() for tag in operations["get"]["tags"]} == tags
    assert not [each for each in arrays(api) if "items" not in each]


def arrays(value: Any) -> Iterator[dict[str, Any]]:
    """Every schema of a list."""
    if isinstance(value, dict):
        if "array" in (value.get("type") or ()):
            yield value
        for each in value.values():
            yield from arrays(each)
    elif isinstance(value, list):
        for each in value:
            yield from arrays(each)


def test_every_address_is_there_and_answers_as_described(site: Path, api: dict[str, Any]) -> None:
    known = registry(site, api)
    checked = 0
    for address, operations in api["paths"].items():
        for name, operation in operations.items():
            assert name == "get"
            path = address.lstrip("/")
            for parameter in operation.get("parameters", ()):
                path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
            assert (site / path).is_file(), path
            ((media, answer),) = operation["responses"]["200"]["content"].items()
            if media in ("application/json", "application/ld+json"):
                value = json.loads((site / path).read_text("utf-8"))
                jsonschema.Draft202012Validator(absolute(answer["schema"]), registry=known).validate(value)
                checked += 1
    assert checked > 25 and len(api["paths"]) > 35


def test_strict_validators_compile_the_published_schemas(site: Path) -> None:
    """They know the standard's keywords alone, and want each field that a condition requires to be described before it."""

    def faults(schema: Any, known: frozenset[str], place: str) -> Iterator[str]:
        if isinstance(schema, list):
            for number, each in enumerate(schema):
                yield from faults(each, known, f"{place}/{number}")
        if not isinstance(schema, dict):
            return
        yield from (f"{place}: {key}" for key in schema if key.startswith("x-"))
        required, own = schema.get("required", []), schema.get("properties", {})
        yield from (f"{place}: {name}" for name in required if isinstance(required, list) and name not in known and name not in own)
        for key, value in schema.items():
            told = known if key in ("if", "then", "else", "oneOf", "anyOf") else frozenset()
            if key == "allOf":
                for number, each in enumerate(value):
                    yield from faults(each, known, f"{place}/{number}")
                    known |= frozenset(each.get("properties", {}))
            else:
                yield from faults(value, told, f"{place}/{key}")

    for path in sorted((site / "schema").glob("*.json")):
        assert list(faults(json.loads(path.read_text("utf-8")), frozenset(), path.stem)) == []
    assert list(faults({"x-claim": True, "then": {"required": ["a"]}}, frozenset(), "s")) == ["s: x-claim", "s/then: a"]


def test_every_object_of_a_record_is_a_component_of_its_own(api: dict[str, Any]) -> None:
    """A generator of clients names its classes after components; one without a name would be made twice."""
    known = api["components"]["schemas"]
    assert known["Theme"]["allOf"][1]["properties"]["labels"]["items"] == {"$ref": "#/components/schemas/ThemeLabelsItem"}
    assert {"Actor", "Principle", "CommonRecord", "PrinciplePartOf"} <= known.keys()
    for schema in (each for name, each in known.items() if name not in COMPONENTS):
        parts = [schema, *schema.get("allOf", ())]
        for value in (each for part in parts for each in part.get("properties", {}).values()):
            inner = value.get("items", value)
            assert "properties" not in inner or not isinstance(inner, dict)


def test_every_record_as_json_and_every_line_is_valid_against_its_published_schema(site: Path, api: dict[str, Any]) -> None:
    known = registry(site, api)
    seen = 0
    for type, folder in FOLDERS.items():
        if type == "correction":
            continue
        validator = jsonschema.Draft202012Validator({"$ref": f"{URL}schema/{type}.schema.json"}, registry=known)
        for line in (site / "data" / f"{folder}.jsonl").read_text("utf-8").splitlines():
            value = json.loads(line)
            alone = json.loads((site / "data" / "records" / f"{value['id']}.json").read_text("utf-8"))
            validator.validate(value)
            validator.validate(alone)
            assert {key: each for key, each in alone.items() if key != "page"} == value
            seen += 1
        wrong = {**value, "type": "another"}
        assert not validator.is_valid(wrong) and not validator.is_valid({**value, "unknown": 1})
    assert seen > 150


def test_what_is_published_for_machines_is_described(site: Path, api: dict[str, Any], project: Project) -> None:
    for folder in ("api", "data", "schema"):
        for path in sorted(each for each in (site / folder).rglob("*") if each.is_file()):
            assert "/" + template(path.relative_to(site).as_posix(), project.records) in api["paths"], path


def test_the_lists_name_every_record_with_addresses_that_exist(site: Path, project: Project) -> None:
    index = json.loads((site / "api" / "index.json").read_text("utf-8"))
    assert index["version"] == json.loads((site / "data" / "manifest.json").read_text("utf-8"))["version"]
    seen = set()
    for row in index["lists"]:
        for key in ("list", "lines", "schema"):
            assert (site / row[key].removeprefix(URL)).is_file()
        listed = json.loads((site / row["list"].removeprefix(URL)).read_text("utf-8"))
        assert listed["count"] == row["count"] == len(listed["records"])
        for each in listed["records"]:
            assert (site / each["page"].removeprefix(URL)).is_file() and (site / each["json"].removeprefix(URL)).is_file()
            assert each["title"] == project.records[each["id"]].title
            seen.add(each["id"])
    assert seen == set(project.records)


def test_an_address_leaves_the_id_of_a_record_open_and_nothing_else() -> None:
    paths = ["principles/a-1.html", "zh/principles/a-1.html", "data/texts/s.json", "records-2.html", "assets/x.js", "_headers", "data.html", "compare/a-b.html"]  # fmt: skip
    assert addresses(paths, {"a-1", "s"}) == ("data.html", "data/texts/{id}.json", "principles/{id}.html", "zh/principles/{id}.html")


# what hosts do with their files, as their manuals say it, so that the files are read and not only looked into


def netlify(text: str, path: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in text.split("\n\n"):
        pattern, *rows = block.strip().split("\n")
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            for row in rows:
                if row.strip().startswith("! "):  # taken away before another value is given
                    found.pop(row.strip()[2:], None)
                    continue
                name, value = row.strip().split(": ", 1)
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def apache(text: str, path: str) -> dict[str, str]:
    rows = re.findall(r'Header (?:always )?set (\S+) "([^"]*)"(?: "expr=%\{REQUEST_URI\} =~ m#([^#]*)#")?', text)
    return {name: value for name, value, condition in rows if re.search(condition, path)}


def nginx(text: str, path: str) -> dict[str, str]:
    blocks = re.findall(r"location (= |\^~ )?(\S+) \{\n(.*?)\n\}", text, re.DOTALL)
    fit = [each for each in blocks if (path == each[1] if each[0] == "= " else path.startswith(each[1]))]
    best = max(fit, key=lambda each: (each[0] == "= ", len(each[1])))
    return dict(re.findall(r'add_header (\S+) "([^"]*)" always;', best[2]))


@pytest.mark.parametrize(
    ("path", "caching", "anyone"),
    [
        ("principles/gids-3.html", "max-age=300", False), ("data/principles.jsonl", "no-cache", True), ("data/records/gids-3.json", "no-cache", True),
        ("schema/principle.schema.json", "no-cache", True), ("api/index.json", "no-cache", True), ("openapi.json", "no-cache", True), ("feed.xml", "no-cache", True),
        ("releases/0.1.0/data/principles.jsonl", "immutable", True), ("releases/0.1.0/index.html", "immutable", True), ("versions.html", "max-age=300", False),
        ("cards/gids-3.card.html", "max-age=300", True), ("cards/zh/gids-3.card.html", "max-age=300", True),
    ],
)  # fmt: skip
def test_each_host_is_told_who_may_read_and_how_long(path: str, caching: str, anyone: bool) -> None:
    files = host_files("https://example.org/book/")
    told = {
        "_headers": netlify(files["_headers"], "/" + path), ".htaccess": apache(files[".htaccess"], "/book/" + path),
        "nginx-site.conf": nginx(files["nginx-site.conf"], "/book/" + path),
    }  # fmt: skip
    for name, headers in told.items():
        framed = {"Content-Security-Policy": f"{POLICY}; frame-ancestors *"} if path.startswith("cards/") else {}
        assert all(headers[key] == value for key, value in {**HEADERS, **framed}.items()), name
        assert (headers.get("Access-Control-Allow-Origin") == "*") is anyone, name
        if name != "_headers" or caching != "max-age=300":  # those hosts ask again for pages by themselves
            assert caching in headers["Cache-Control"] and headers["Cache-Control"].count("public") == 1, (name, headers["Cache-Control"])


def test_no_path_is_told_twice_and_none_is_told_of_nothing(site: Path) -> None:
    for one in SERVED:
        assert one.path == "releases/" or (site / one.path).exists()
        assert not any(two is not one and one.path.startswith(two.path) for two in SERVED)
        assert one.headers.items() >= FROM_ANYWHERE.items()


def test_a_changed_record_changes_its_list_too(small_built: Repo, run: Any) -> None:
    path = small_built.folder("actor") / "ana-reyl.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Ana Reyl", "title: Ana Reyl, harbour master"), "utf-8")
    assert "changed pages" in run("--root", str(small_built.root), "build")[1]
    listed = json.loads((small_built.site / "api" / "actors.json").read_text("utf-8"))
    assert [each["title"] for each in listed["records"] if each["id"] == "ana-reyl"] == ["Ana Reyl, harbour master"]
