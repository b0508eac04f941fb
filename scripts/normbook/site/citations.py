"""How a page is cited: plain, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

import rispy
from rispy.writer import RisWriter

# special characters of LaTeX; pybtex is not used because it escapes URLs too and takes 12 ms per record
LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


class Citation(NamedTuple):
    """A citation format: its name, a file name, the media type, and the text."""

    name: str
    file: str
    media: str
    text: str

    @property
    def address(self) -> str:
        """The text as a data URL, which can be saved without a server or a script."""
        return f"data:{self.media};charset=utf-8,{quote(self.text)}"


class _Ris(RisWriter):  # type: ignore[misc]
    """A writer for single references, without numbering."""

    def set_header(self, count: int) -> str:
        """No header."""
        return ""


def plain(title: str, id: str, address: str, site: Mapping[str, str]) -> str:
    """The citation for a footnote."""
    return f"{site['name']}, “{title}”, record {id}, version {site['version']} of {site['day']}, {address}"


def citations(title: str, id: str, address: str, site: Mapping[str, str]) -> list[Citation]:
    """The citation of a record's page in the formats of reference managers."""
    note = f"Record {id}, version {site['version']}"
    key = f"{site['name'].lower()}-{id}"
    year, month, day = site["day"].split("-")
    bibtex = f"@misc{{{key},\n  title = {{{title.translate(LATEX)}}},\n  author = {{{{{site['name']}}}}},\n  year = {{{year}}},\n  note = {{{note.translate(LATEX)}}},\n  url = {{{address}}}\n}}\n"
    ris = rispy.dumps(
        [{"type_of_reference": "ELEC", "id": key, "title": title, "authors": [site["name"]], "year": year, "date": f"{year}/{month}/{day}", "notes": [note], "urls": [address]}],
        implementation=_Ris,
    )  # fmt: skip
    csl = {
        "id": key, "type": "entry", "title": title, "container-title": site["name"], "author": [{"literal": site["name"]}], "version": site["version"],
        "issued": {"date-parts": [[int(year), int(month), int(day)]]}, "note": note, "URL": address,
    }  # fmt: skip
    return [
        Citation("BibTeX", f"{id}.bib", "application/x-bibtex", bibtex),
        Citation("RIS", f"{id}.ris", "application/x-research-info-systems", ris),
        Citation(
            "CSL-JSON", f"{id}.json", "application/vnd.citationstyles.csl+json", json.dumps([csl], ensure_ascii=False, indent=1) + "\n"
        ),
    ]
