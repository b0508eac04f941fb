"""Web pages: the laws of the map on generated pages, and each known trap of HTML as a case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justhtml import JustHTML

from normbook.intake.html import html_intake
from normbook.intake.intake import Intake, Refused
from tests.intake.files import damaged
from tests.intake.laws import assert_bytes_give_characters, assert_tiles
from tests.shared import examples

NAMES = "p div span b i a q ul ol li table tr td th pre del ins sup h2 br hr script style template textarea section blockquote svg title noscript select option".split()
WORDS = st.sampled_from(
    [
        "data",
        "flow ",
        " of\r\n states",
        "&amp;",
        "&nbsp;x",
        "&#8217;",
        "&notit;",
        "&",
        "<",
        " ",
        "\n",
        "\r",
        "\t",
        "\xad",
        "\u00e9",
        "\u955c",
        "\U0001d11e",
        "\x00",
        "<!-- c -->",
        "<wbr>",
        "1",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        "",
        " hidden",
        ' style="display:none"',
        " href='#n1'",
        " start=4",
        " value=9",
        " reversed",
        " style='white-space: pre-wrap'",
        " type=a",
    ]
)
TAGS = st.builds(lambda name, end, more: f"</{name}>" if end else f"<{name}{more}>", st.sampled_from(NAMES), st.booleans(), ATTRIBUTES)
PAGES = st.lists(st.one_of(WORDS, TAGS), max_size=40).map(lambda pieces: f"<p>{''.join(pieces)}")


def take(source: str, encoding: str = "utf-8", declared: str | None = None) -> Intake:
    """The intake of a page, with its laws checked."""
    content = source.encode(encoding)
    taken = html_intake(content, declared)
    assert_tiles(taken)
    assert_bytes_give_characters(taken, content)
    return taken


def marks(taken: Intake) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in taken.marks]


@given(PAGES, st.sampled_from(["utf-8", "utf-16", "gb18030"]))
@settings(max_examples=examples(50), deadline=None)
def test_every_page_is_tiled_and_its_bytes_give_its_characters(source: str, encoding: str) -> None:
    take(source, encoding, "gb18030" if encoding == "gb18030" else None)


@given(st.lists(st.one_of(WORDS, st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<div>", "</div>", "<h2>", "</h2>"])), max_size=30))
@settings(max_examples=examples(50), deadline=None)
def test_a_second_reader_finds_the_same_words(pieces: list[str]) -> None:
    source = f"<body>{''.join(pieces)}"
    second = JustHTML(source, sanitize=False, scripting_enabled=False).root.to_text(separator="", strip=False)
    assert "".join(take(source).text.split()) == "".join(second.split())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a<br>b</p><p>c", "a\nb\n\nc\n"),
        ("<p>one \r\n two\t three<wbr>four", "one two threefour\n"),
        ("<p>soft\xadly and 5\xa0km", "soft\xadly and 5\xa0km\n"),
        ("<pre>\r\n a\r\n  b</pre>c", " a\n  b\n\nc\n"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc\n"),
        ("<p>fish &amp chips &copy; &#x93;x&#x94; &nosuch;", "fish & chips \xa9 \u201cx\u201d &nosuch;\n"),
        ("<table><tr><td>1<td><p>2</p><td>3<tr><td><td>b<td></table>end", "1\t2\t3\n\tb\n\nend\n"),
        ("<table>before<tr><td>in</table>", "before\nin\n"),
        ("<ol start=3><li>c<li value=7>g<li>h</ol>", "3. c\n7. g\n8. h\n"),
        ("<ol reversed><li>c<li>b</ol><ol type=I><li>x<ol type=a><li>y</ol></ol>", "2. c\n1. b\n\nI. x\na. y\n"),
        ("<ol style='list-style: none'><li>x</ol><ul><li>y</ul>", "x\n\ny\n"),
        ("<p>a < b, c <3 and <b>d", "a < b, c <3 and d\n"),
        ("<p style='text-transform:uppercase'>stra\xdfe", "stra\xdfe\n"),
        ("<script>var a='<p>no</p>'</script><style>p{}</style><template>no</template><p>yes", "yes\n"),
        ("<title>no</title><p>a<textarea>\n x  y</textarea>", "a x  y\n"),
        ("<p>a<b>b</p>c</b>d", "ab\n\ncd\n"),
        ("<p>a</p></div></section>b", "a\n\nb\n"),
        ("<p>a\x00b", "ab\n"),
        ("<p>unfinished <a href='x", "unfinished\n"),
        ("<svg><title>no</title><text>drawn</text></svg>", "drawn\n"),
    ],
)  # fmt: skip
def test_what_a_page_shows(source: str, text: str) -> None:
    assert take(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>They said <q>no ship may enter</q> and left.", "They said \u201cno ship may enter\u201d and left.\n"),
        ("<p lang=de>Er sagte: <q>Kein <q>Schiff</q></q>.", "Er sagte: \u201eKein \u201aSchiff\u2018\u201c.\n"),
        ("<p lang=zh-TW>\u4ed6\u8aaa<q>\u4e0d</q>\u3002", "\u4ed6\u8aaa\u300c\u4e0d\u300d\u3002\n"),
        ("<p lang=fr>l\u2019<q lang=en>accord</q>", "l\u2019\xabaccord\xbb\n"),  # the language around it counts; an apostrophe is no mark
        ("<p>a <q><q>b</q></q><q>c</q>", "a \u201c\u2018b\u2019\u201d\u201cc\u201d\n"),
        ("<ol><li>x<q> y </q>z</ol>", "1. x \u201cy\u201d z\n"),
        ("<p><q>open<p>next <q>too", "\u201copen\u201d\n\nnext \u201ctoo\u201d\n"),
        ("<table><tr><td><q>a</q><td>b</table>", "\u201ca\u201d\tb\n"),
        # the page writes its own marks, wants none, or says nothing
        ('<p>They said \u201c<q>no</q>\u201d and <q>"yes"</q>.', 'They said \u201cno\u201d and "yes".\n'),
        ("<p><q style='color: red; quotes: none'>no</q>", "no\n"),
        ("<p>a<q></q>b<del><q>c</q></del><q hidden>d</q>", "ab\n"),
        ("<blockquote>no marks</blockquote>", "no marks\n"),
    ],
)
def test_a_quotation_has_the_marks_that_a_browser_shows(source: str, text: str) -> None:
    assert take(source).text == text


def test_a_formula_is_read_in_order_with_the_strokes_of_fractions_and_marked() -> None:
    half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
    taken = take(
        f"<p>At <math><mi>x</mi><mo>\u2265</mo>{half}</math> of <math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow> <mi>b</mi></mfrac></math>."
    )
    assert taken.text == "At x\u22651/2 of (a+1)/b.\n"
    assert marks(taken) == [("formula", "x\u22651/2"), ("formula", "(a+1)/b")]
    taken = take("<p>of <math><msup><mn>10</mn><mn>3</mn></msup></math> ships, m<sub>2</sub>")
    assert taken.text == "of 103 ships, m2\n" and marks(taken) == [("formula", "10"), ("superscript", "3")]


def test_the_mark_of_a_quotation_leads_to_its_tag() -> None:
    source = "<p>They said <q>no</q>."
    taken = take(source)
    places = [(each.origin, source[each.first : each.last]) for each in taken.places(taken.text.index("\u201c"), taken.text.index("."))]
    assert places == [("made", "<q>"), ("written", "no"), ("made", "</q>")]


def test_deleted_and_hidden_words_are_marks_where_they_would_stand() -> None:
    source = "<p>States shall <del>not <b>store</b></del> <ins>move</ins> data<span hidden> or so</span><i style='color:red; display : none'>x</i>.<noscript>on</noscript>"
    taken = take(source)
    assert taken.text == "States shall move data.\n"
    assert marks(taken) == [("deleted", "not store"), ("inserted", "move"), ("hidden", "or so"), ("hidden", "x"), ("hidden", "on")]
    deleted = taken.marks[0]
    assert taken.text[: deleted.start] == "States shall" and source[deleted.first : deleted.last] == "not <b>store"


def test_the_readings_above_words_are_marks_and_the_words_stay_whole() -> None:
    taken = take("<p>\u6e2f<rp>(</rp> is <ruby>\u6771<rp>(</rp><rt>tou</rt><rp>)</rp>\u4eac<rp>(</rp><rt>kyou</rt><rp>)</rp></ruby>\u306e")
    assert taken.text == "\u6e2f is \u6771\u4eac\u306e\n"
    assert [words for kind, words in marks(taken) if kind == "reading"] == ["tou", "kyou"]


def test_the_number_of_a_note_and_a_heading_are_marked() -> None:
    taken = take(
        "<h2>On <i>data</i></h2><p>data<sup><a href='#f1'>1</a></sup> of 10<sup>th</sup> <a href='#n'>[12]</a> <a href='#top'>Back to top</a>"
    )
    assert taken.text == "On data\n\ndata1 of 10th [12] Back to top\n"
    assert marks(taken) == [("heading", "On data"), ("note", "1"), ("superscript", "th"), ("note", "[12]")]


def test_each_place_names_the_element_as_xpath_does() -> None:
    taken = take("<body><div><p>a<p>b</div><div><ul><li>c<li>d</ul>e</div><table><tr><td>f</table>")
    paths = {taken.text[each.start : each.end]: taken.path(each.element) for each in taken.map if each.origin == "written"}
    assert paths == {
        "a": "/html[1]/body[1]/div[1]/p[1]",
        "b": "/html[1]/body[1]/div[1]/p[2]",
        "c": "/html[1]/body[1]/div[2]/ul[1]/li[1]",
        "d": "/html[1]/body[1]/div[2]/ul[1]/li[2]",
        "e": "/html[1]/body[1]/div[2]",
        "f": "/html[1]/body[1]/table[1]/tbody[1]/tr[1]/td[1]",
    }
    assert [taken.text[each.start : each.end] for each in taken.places(0, 4)] == ["a", "\n", "\n", "b"]
    assert taken.places(3, 4)[0].element == taken.map[3].element


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_place_of_a_word_is_that_of_its_bytes(encoding: str) -> None:
    source = "<p>All \u955c states &amp; ports keep <b>\u6570\u636e</b> safe"
    content = source.encode(encoding)
    taken = html_intake(content, "gb18030" if encoding == "gb18030" else None)
    for words in ("states", "\u955c st", "rts ke", "\u636e"):
        at = taken.text.index(words)
        (place,) = taken.places(at, at + len(words))
        assert taken.text[place.start : place.end] == content[place.first : place.last].decode(taken.encoding) == words


@pytest.mark.parametrize(
    ("content", "encoding", "text"),
    [
        (b"\xef\xbb\xbf<meta charset=latin1><p>caf\xc3\xa9", "utf-8", "caf\xe9\n"),
        (b"\xff\xfe" + "<p>\u955c".encode("utf-16-le"), "utf-16-le", "\u955c\n"),
        (b"<meta charset='gb2312'><p>\xe9F", "gb18030", "\u9555\n"),
        (b"<meta http-equiv=content-type content='text/html; charset=iso-8859-1'><p>\x93a\x94", "cp1252", "\u201ca\u201d\n"),
        (b"<p>caf\xc3\xa9", "utf-8", "caf\xe9\n"),
        (b"<p>caf\xe9", "cp1252", "caf\xe9\n"),
        (b"<!-- <meta charset=gbk> --><meta charset=zip><p>\xc3\xa9", "utf-8", "\xe9\n"),
        (b"<meta charset=big5><p>\xa4\xa4", "big5hkscs", "\u4e2d\n"),
        (b"<meta charset=utf-8><p>a\xffb", "utf-8", "a\udcffb\n"),
    ],
)
def test_the_encoding_is_decided_once(content: bytes, encoding: str, text: str) -> None:
    taken = html_intake(content)
    assert (taken.encoding, taken.text) == (encoding, text)
    assert_bytes_give_characters(taken, content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"A text without tags, 3 < 4.", "N723"),
        (b"<meta charset=iso-2022-jp><p>a", "N722"),
        (b"\xff\xfe<p>an odd", "N722"),
        (b"<div>" * 600 + b"deep", "N724"),
        (b"<br>" * 100_001, "N724"),
        (b"<p>" + b"&amp;" * 400_001, "N724"),
        (b"<p>" + b"b  " * 200_001, "N724"),
    ],
)
def test_what_cannot_be_read_or_is_over_the_limits_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        html_intake(content)
    assert refused.value.code == code and refused.value.hint


def test_a_page_states_facts_about_itself() -> None:
    source = (
        "<html lang=en-GB><title>Lights &amp; ports | Council</title><meta property='og:site_name' content='Port Council'>"
        "<meta name=citation_date content='2021/5/4'><link rel='canonical' href='https://ports.example/a'><link rel=canonical href='javascript:x'>"
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Lights","publisher":{"name":"PC"},"datePublished":"2021-05-05T01:00Z"}]}</script>'
        '<script type="application/ld+json">{"@type": [[[</script><p>x'
    )
    facts = take(source).facts
    assert [(fact.field, fact.value, fact.evidence) for fact in facts] == [
        ("title", "Lights", "JSON-LD headline"),
        ("publisher", "PC", "JSON-LD publisher"),
        ("published", "2021-05-05", "JSON-LD datePublished"),
        ("publisher", "Port Council", "meta og:site_name"),
        ("published", "2021-05-04", "meta citation_date"),
        ("language", "en-GB", "html lang"),
        ("title", "Lights & ports | Council", "title"),
        ("url", "https://ports.example/a", "link rel=canonical"),
    ]
    assert source[facts[3].first : facts[3].last] == "<meta property='og:site_name' content='Port Council'>"


PAGE = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>T &amp; t</title></head><body><h1>Head</h1><p>One &eacute; <del>two</del> "
    "<sup>1</sup><br>x</p><ol start=2><li>a<li>b<ol type=i><li>c</ol></ol><table><tr><td>1<td>2</table><pre>\n x\r\n</pre><div hidden>h</div></body></html>"
)


def test_damaged_pages_keep_the_laws_or_are_refused() -> None:
    for seed in range(200):
        content = damaged(PAGE.encode(), seed)
        try:
            taken = html_intake(content)
        except Refused:
            continue
        assert_tiles(taken)
        assert_bytes_give_characters(taken, content)
