"""How a page is cited: plain, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

import rispy
from rispy.writer import RisWriter

# what LaTeX reads as a command; pybtex's writer escapes addresses too, and takes 12 ms a record
LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


class Citation(NamedTuple):
    """A way to cite: its name, the file it is saved as, its media type, its text, and the text as a data address."""

    name: str
    file: str
    media: str
    text: str

    @property
    def address(self) -> str:
        """The text as an address that saves it, without a server or a script."""
        return f"data:{self.media};charset=utf-8,{quote(self.text)}"


class _Ris(RisWriter):  # type: ignore[misc]
    """A writer of single references, which need no number."""

    def set_header(self, count: int) -> str:
        """Nothing."""
        return ""


def plain(title: str, id: str, address: str, site: Mapping[str, str]) -> str:
    """The citation as a footnote has it."""
    return f"{site['name']}, “{title}”, record {id}, version {site['version']} of {site['day']}, {address}"


def citations(title: str, id: str, address: str, site: Mapping[str, str]) -> list[Citation]:
    """A record's page cited in the forms that reference managers read."""
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
