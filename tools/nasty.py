"""Words, marks and values that do not belong in records but that reading must cope with."""

from __future__ import annotations

from typing import Any

NASTY = (
    "", " ", "~", "null", "no", "Yes", "true", "0", "-0", "007", "0x1F", "0o17", "1_000", "1e3", "1e999", ".inf", "-.inf", ".nan", "9" * 30, "9" * 5000,
    "12:30", "2020-02-30", "2020-13-01", "0000-00-00", "9999-12-31", "2020-9-8", "2020", "20200908", "2020-09-08T00:00:00Z", "２０２０-０９-０８", "\\d+", "(a+)+$",
    "../../etc/passwd", "/dev/zero", "con", "unnamed", "gids", "wang-yi", "seed-004", "UPPER", "a--b", "-a", "a" * 300, "a-" * 5000, "ɡids", "gіds", "gids\u200b",
    "/", "//", "/evidence", "/evidence/0", "/themes/99", "/themes/-", "/a~2b", "/~", "/" + "x/" * 2000, "#/$defs/id", "http://", "https://", "HTTPS://A.B", "http://a b",
    "javascript:alert(1)", "data:text/html,x", "https://user:word@host/", "https://[::1", "https://a.b/" + "x" * 700, "https://例子.测试/", "ftp://a", "//a.b", "http://a\\b",
    "…", "...", "%s%n{0}", "{{ 7 * 7 }}", "<script>", "\"'", "\\", "{", "[", "]", "}", ",", "- ", "? ", ": ", "#", " #", "&a", "*a", "!!int", "!x", "%YAML", "@", "`", "|", ">", ">-", "|+9",
    "\u202egnp.exe", "\u2066\u2067\u2068", "\u200f", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u2028", "\u2029", "\x85", "\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\ufffe", "\U0010ffff",
    "e" + "\u0301" * 300, "\U0001f469\u200d\U0001f4bb", "\ud800".encode("utf-16-le", "surrogatepass").decode("utf-8", "replace"), "ﷺ", "İ", "ß", "ſ", "\u0130\u0307",
)  # fmt: skip
QUOTED = (
    '"\\ud800"',
    '"\\uDFFF\\uD800"',
    '"\\x00"',
    '"\\u202e"',
    '"\\U0001F600"',
    '"\\q"',
    '"unended',
    "'unended",
    '""',
    "''",
    "'it''s'",
    "[]",
    "{}",
    "[[]]",
    "{a: }",
    "[a, b",
    "{a: b",
)
STRUCTURE = (
    "---\n", "...\n", "---\nid: x\n", "%YAML 1.1\n---\n", "%TAG ! tag:x,2000:\n---\n", "\ufeff", "\t", "\r", "\x0c", "# \u202e\n", "&a ", "*a", "!!python/object/apply:os.system ", "!<tag:x> ",
    "<<: *a\n", "<<: {a: b}\n", "? - a\n: b\n", "? {a: b}\n: c\n", "- x\n", "x\n", ": y\n", "a: b: c\n", "key: |\n  text\n", "key: >-\n\n   text\n  less\n", "key: &a [*a]\n", "\x00",
    "- " * 60 + "x\n", "[" * 3000 + "\n", "{a: " * 3000 + "\n", "x: " + "[" * 30 + "]" * 30 + "\n", "? " * 2000 + "\n", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "k" * 5000 + ": x\n", "\"\": x\n",
    "null: x\n", "true: x\n", "1: x\n", "constructor: x\n", "__class__: x\n", "~: x\n", "a/b: x\n", "a~0b: x\n", "'a''b': x\n", "\"a\\nb\": x\n", "\"\\ud800\": x\n", "a" + "\u0301" * 50 + ": x\n",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**40, 10**4400, float("inf"), float("nan"), [], [[]], {}, {"a": None}, [None], "x" * 9000, "x " * 100_000, {"evidence": []}, {"evidence": {}}, {"evidence": [None]}, *NASTY, *QUOTED,
)  # fmt: skip
