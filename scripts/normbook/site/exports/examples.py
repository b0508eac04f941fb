"""Examples of using the data with common tools. Each one is shown on the data page and run by a test."""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """An example for one tool; `{url}` is the site's address, and files are in the folder normbook/, where the first example puts them."""

    tool: str
    kind: str
    language: str
    lines: str


EXAMPLES = (
    Example(
        "curl",
        "archive",
        "shell",
        "curl --fail --silent --show-error --output normbook.zip {url}data/normbook.zip\npython3 -m zipfile --extract normbook.zip normbook",
    ),
    Example("jq", "lines", "jq", """jq -r 'select(.modality == "should-not") | .id' normbook/principles.jsonl"""),
    Example(
        "pandas",
        "csv",
        "python",
        'import pandas\n\nvalues = pandas.read_csv("normbook/csv/record_values.csv", dtype=str, keep_default_na=False)\n'
        'print(values[values.stance == "denied"][["record", "pointer", "speaker", "exact"]])',
    ),
    Example(
        "DuckDB",
        "parquet",
        "python",
        'import duckdb\n\nprint(duckdb.sql("""\n    select initiative, count(*) as principles from \'normbook/parquet/principles.parquet\'\n'
        '    group by initiative order by principles desc, initiative\n""").fetchall())',
    ),
    Example(
        "SQLite",
        "sqlite",
        "python",
        'import sqlite3\n\nbase = sqlite3.connect("normbook/normbook.sqlite")\n'
        "found = base.execute(\"select r.id, r.title from records_fts f join records r on r.rowid = f.rowid where records_fts match 'backdoor'\")\n"
        "print(found.fetchall())",
    ),
    Example(
        "Datasette",
        "sqlite",
        "datasette",
        "datasette normbook/normbook.sqlite --metadata normbook/datasette.json\ncurl 'http://127.0.0.1:8001/normbook/words_found.json?words=backdoor&_shape=array'",
    ),
    Example(
        "rdflib",
        "linked",
        "python",
        'import rdflib\n\ngraph = rdflib.Graph().parse("normbook/normbook.ttl")\nprint(graph.query("""\n'
        "    prefix prov: <http://www.w3.org/ns/prov#>\n    select ?source (count(?words) as ?quoted) where {{ ?words prov:wasQuotedFrom ?source }}\n"
        '    group by ?source order by desc(?quoted)\n""").serialize(format="csv").decode())',
    ),
)
# kinds of data files, in the order of the data page; their titles are labels
ORDER = ("archive", "lines", "csv", "sqlite", "parquet", "linked", "annotations", "sssom", "text", "catalogue", "manifest")


def filled(example: Example, site_url: str) -> str:
    """The text of an example, with the site's address."""
    return example.lines.format(url=site_url)
