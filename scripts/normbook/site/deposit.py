"""How the book is deposited and cited as a whole: CITATION.cff, the metadata of a Zenodo deposit, and the identifiers of Software Heritage for received texts.

No person is named but those in data/book.yaml. Without any, the book is its own author.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from normbook.text.decoding import Received, encode

CITATION, ZENODO = "CITATION.cff", ".zenodo.json"
KEYWORDS = ("data governance", "cyberspace", "international initiatives", "principles", "quotations", "provenance")
MESSAGE = "To cite one record, use the citation on its page. To cite the book as a whole, use this one."
SPDX = "CC0-1.0"


def swhid(content: bytes) -> str:
    """The Software Heritage identifier of a file: git's id of the same bytes.

    >>> swhid(b"hello\\n")
    'swh:1:cnt:ce013625030ba8dba906f756967f9e9ca394464a'
    """
    blob = b"blob %d\0" % len(content) + content
    return f"swh:1:cnt:{hashlib.sha1(blob, usedforsecurity=False).hexdigest()}"


def swhid_of(received: Received) -> str:
    """The Software Heritage identifier of a seed."""
    return swhid(encode(received.text, received.encoding))


def creators(site: Mapping[str, str], imprint: Mapping[str, Any]) -> list[dict[str, str]]:
    """The editors with what is known of each: name, institution, orcid. Without any, the book."""
    return [dict(each) for each in imprint.get("editors", ())] or [{"name": site["name"]}]


def citation_cff(site: Mapping[str, str], imprint: Mapping[str, Any]) -> str:
    """The citation of the whole book, as CITATION.cff (1.2.0). Every value is written as JSON, which is YAML."""
    authors = []
    for each in creators(site, imprint):
        orcid = {"orcid": f"https://orcid.org/{each['orcid']}"} if "orcid" in each else {}
        authors.append({"name": each["name"], **orcid})  # an entity: the parts of a person's name are not known
    contact = {"contact": [{"name": imprint.get("publisher") or site["name"], "email": imprint["email"]}]} if imprint.get("email") else {}
    rows: dict[str, Any] = {
        "cff-version": "1.2.0", "message": MESSAGE, "type": "dataset", "title": site["name"], "abstract": site["description"], "authors": authors, **contact,
        "version": site["version"], "license": SPDX, "url": site["url"], "repository-code": site["repo_url"], "keywords": list(KEYWORDS),
    }  # fmt: skip
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())


def zenodo(site: Mapping[str, str], imprint: Mapping[str, Any]) -> str:
    """The metadata that Zenodo reads for a deposit of the repository."""
    people = []
    for each in creators(site, imprint):
        row = {"name": each["name"], "affiliation": each.get("institution", ""), "orcid": each.get("orcid", "")}
        people.append({key: value for key, value in row.items() if value})
    related = [{"identifier": site["url"], "relation": "isDocumentedBy", "scheme": "url"}, {"identifier": site["repo_url"], "relation": "isDerivedFrom", "scheme": "url"}]  # fmt: skip
    made = {
        "title": site["name"], "upload_type": "dataset", "description": site["description"], "creators": people, "version": site["version"],
        "access_right": "open", "license": SPDX, "language": "eng", "keywords": list(KEYWORDS), "related_identifiers": related,
        "notes": "The texts of the sources remain their holders'.",
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
