"""HTML: written by hand, saved from the web, and in one file with its pictures."""

from __future__ import annotations

import sys

import pytest

from annotations.model import BlockKind, MarkKind
from tests import sample_files as samples
from tests.unit.formats.reading import read

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
QUOTATION, ROW, CODE, VERSE = (
    BlockKind.QUOTATION,
    BlockKind.TABLE_ROW,
    BlockKind.CODE,
    BlockKind.VERSE,
)
LONG = "We should uphold a people-centered approach, and go on about it for a while. " * 4


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


class TestBlocks:
    def test_the_canonical_text(self) -> None:
        found = read(page("<h1>Title</h1><p>One\n  two</p><ul><li>a<li>b</ul>end"), "a.html")
        assert found.text == "Title\n\nOne two\n\n• a\n• b\n\nend\n"

    def test_descriptions_stand_for_pictures(self) -> None:
        found = read(
            page(
                "<p><img alt=T>he sea <img alt='A boat'> <img alt=''><img src=x><img alt=b.JPG> 🙂"
                "<img alt='🙂'></p><figure><img alt='The port'><figcaption>The port</figcaption>"
                "</figure>"
            ),
            "a.html",
        )
        assert [text for _, text in found.blocks] == ["The sea [A boat] 🙂🙂", "The port"]

    def test_kinds_and_levels(self) -> None:
        found = read(
            page(
                "<h2>Head</h2><p>Para<p>Next<blockquote><p>Quoted<blockquote>Deeper</blockquote>"
                "</blockquote><pre>\n a\n  b</pre><div>Bare <b>text</b></div>tail"
            ),
            "a.html",
        )
        assert found.blocks == [
            (HEADING, "Head"),
            (PARAGRAPH, "Para"),
            (PARAGRAPH, "Next"),
            (QUOTATION, "Quoted"),
            (QUOTATION, "Deeper"),
            (CODE, "a\n  b"),
            (PARAGRAPH, "Bare text"),
            (PARAGRAPH, "tail"),
        ]
        assert found.levels(QUOTATION) == [1, 2]
        assert found.outline == [(2, "Head")]
        assert "\n\n a\n  b\n\n" in found.text

    def test_lists(self) -> None:
        found = read(
            page(
                "<ol start=3><li>three<ul><li><p>deep</p><p>more</p></li></ul></li>"
                "<li value=7>seven</ol><ol type=a><li>x<li>y</ol><ul><li></li></ul>"
            ),
            "a.html",
        )
        assert found.blocks == [
            (ITEM, "3. three"),
            (ITEM, "• deep"),
            (PARAGRAPH, "more"),
            (ITEM, "7. seven"),
            (ITEM, "a. x"),
            (ITEM, "b. y"),
        ]
        assert found.levels(ITEM) == [1, 2, 1, 1, 1]

    def test_a_table_has_a_block_a_row_and_tabs_between_cells(self) -> None:
        found = read(
            page(
                "<table><caption>Sales</caption><thead><tr><th>Year<th colspan=2>Sum</thead>"
                "<tr><td><p>2020</p><td>1<td><ul><li>2</ul></table>After"
            ),
            "a.html",
        )
        assert found.blocks == [
            (PARAGRAPH, "Sales"),
            (ROW, "Year\tSum"),
            (ROW, "2020\t1\t2"),
            (PARAGRAPH, "After"),
        ]

    def test_cells_that_span_columns_and_rows(self) -> None:
        found = read(
            page(
                "<table><tr><td rowspan=3>1<td>2<td rowspan=2>3<tr><td>4<tr><td>5<td>6"
                "<tr><td colspan=2>7<td>8</table><table><tr><td>9<td>10</table>"
            ),
            "a.html",
        )
        rows = ["1\t2\t3", "4", "5\t6", "7\t\t8", "9\t10"]
        assert found.blocks == [(ROW, row) for row in rows]
        assert "\t4\n\t5\t6\n" in found.text

    def test_a_headings_link_to_itself_is_no_part_of_it(self) -> None:
        found = read(
            page('<h2 id="x">Part<a href="#x">¶</a></h2><p><a href="#x">#</a> 1'), "a.html"
        )
        assert found.blocks == [(HEADING, "Part"), (PARAGRAPH, "# 1")]

    def test_a_table_that_lays_out_a_page_is_no_table(self) -> None:
        found = read(
            page(f"<table><tr><td><h1>Top</h1><p>{LONG}</p><p>{LONG}</p><td>Side</table>"), "a.html"
        )
        assert found.blocks[:2] == [(HEADING, "Top"), (PARAGRAPH, LONG.strip())]

    def test_line_breaks_keep_the_lines_of_verse(self) -> None:
        found = read(page("<p>Shall I<br>compare<br/>thee</p><p>Flat</p>"), "a.html")
        assert found.blocks == [(VERSE, "Shall I\ncompare\nthee"), (PARAGRAPH, "Flat")]

    @pytest.mark.parametrize("markup", ["<p>a&nbsp;b", "<p>a&#160;b"])
    def test_entities_are_characters(self, markup: str) -> None:
        assert read(page(markup), "a.html").text == "a\u00a0b\n"


class TestMarks:
    def test_emphasis_code_and_links(self) -> None:
        found = read(
            page(
                "<p>An <em>early</em> <b>bold </b>word, <code>x = 1</code>, <a href='u:1'>li nk</a>"
            ),
            "a.html",
        )
        assert found.text == "An early bold word, x = 1, li nk\n"
        assert found.marks(MarkKind.EMPHASIS) == [("early", "")]
        assert found.marks(MarkKind.STRONG) == [("bold", "")]
        assert found.marks(MarkKind.CODE) == [("x = 1", "")]
        assert found.marks(MarkKind.LINK) == [("li nk", "u:1")]

    def test_footnotes_and_places(self) -> None:
        found = read(
            page(
                "<p>Claim<sup><a href='#fn1' id='r1'>1</a></sup>, see <a href='#s'>there</a></p>"
                "<h2 id=s>There</h2><ol><li id=fn1><p>The note. <a href='#r1'>↩</a></p></ol>"
            ),
            "a.html",
        )
        assert found.marks(MarkKind.FOOTNOTE) == [("1", "fn1")]
        assert found.marks(MarkKind.LINK) == [("there", "#s")]
        anchors = {value: text for text, value in found.marks(MarkKind.ANCHOR)}
        assert anchors["s"] == "There"
        assert anchors["fn1"].endswith("The note.")
        assert "↩" not in found.text


class TestMetadata:
    def test_of_a_plain_page(self) -> None:
        found = read(samples.html_page(["Text."], "A title"), "a.html").metadata
        assert (found.title, found.language, found.media_type) == ("A title", "en", "text/html")

    def test_without_any_the_first_heading_is_the_title(self) -> None:
        assert read(page("<h1>Head</h1><p>x"), "a.html").metadata.title == "Head"
        assert read(page("<p>x"), "a.html").metadata.title == "a.html"

    def test_of_the_open_graph_and_others(self) -> None:
        head = (
            '<title>T | Site</title><meta property="og:title" content="The  headline">'
            '<meta property="og:site_name" content="Site"><meta name="author" content="Ann A.">'
            '<meta name="author" content="Bob B."><meta property="article:published_time" '
            'content="2024-03-01T09:10:11+01:00"><meta property="og:locale" content="en_GB">'
            '<link rel="canonical" href="https://site.example/a">'
        )
        found = read(page(f"<p>{LONG}", head), "a.html").metadata
        assert (found.title, found.author) == ("The headline", "Ann A.; Bob B.")
        assert (found.publisher, found.published) == ("Site", "2024-03-01")
        assert (found.language, found.source) == ("en-GB", "https://site.example/a")

    def test_of_json_ld(self) -> None:
        head = (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, '
            '{"@type": "NewsArticle", "headline": "Head", "datePublished": "2024-03-01", '
            '"author": [{"name": "Ann"}, {"name": "Bob"}], "publisher": '
            '{"name": "Paper"}}]}</script>'
        )
        found = read(page(f"<p>{LONG}", head), "a.html").metadata
        assert (found.title, found.author, found.publisher) == ("Head", "Ann; Bob", "Paper")
        assert (found.published, found.kind) == ("2024-03-01", "news")

    @pytest.mark.parametrize(
        "data", ["{", "[" * 100_000, "null", '{"@type": 3, "author": {}}', "1"]
    )
    def test_of_broken_json_ld(self, data: str) -> None:
        head = f'<title>T</title><script type="application/ld+json">{data}</script>'
        assert read(page("<p>x", head), "a.html").metadata.title == "T"


class TestEncodings:
    def test_the_page_declares_it(self) -> None:
        text = '<html><head><meta charset="koi8-r"></head><p>Мы должны.</p></html>'
        found = read(text.encode("koi8_r"), "a.html")
        assert (found.text, found.metadata.encoding) == ("Мы должны.\n", "koi8-r")

    def test_utf8_is_believed_before_what_the_page_declares(self) -> None:
        text = '<html><head><meta charset="iso-8859-1"></head><p>Привет — “quoted”</p></html>'
        assert read(text, "a.html").text == "Привет — “quoted”\n"

    def test_latin1_is_read_as_browsers_do(self) -> None:
        text = '<html><head><meta charset="iso-8859-1"></head><p>“caf\u00e9”</p></html>'
        assert read(text.encode("cp1252"), "a.html").text == "“café”\n"

    def test_utf16_with_a_mark(self) -> None:
        assert read("<html><p>Ça</p></html>".encode("utf-16"), "a.html").text == "Ça\n"


class TestSavedPages:
    BODY = (
        '<header><a href="/">Logo</a></header><nav><ul><li><a href="/1">World</a></ul></nav>'
        '<div class="cookie-banner">We use cookies</div><main><h1>Headline</h1><article>'
        f'<p>{LONG}</p><div class="related-stories"><a href="/2">Read this</a></div><p>{LONG}x</p>'
        "</article></main><aside>Most read</aside><footer>Copyright</footer><script>x()</script>"
    )

    def test_what_surrounds_the_article_is_left_out(self) -> None:
        found = read(page(self.BODY), "a.html")
        assert [kind for kind, _ in found.blocks] == [HEADING, PARAGRAPH, PARAGRAPH]
        assert found.notices == ("menus and other surroundings of the page are left out",)

    def test_without_an_article_menus_are_left_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "trafilatura", None)  # the extra is not installed
        links = "".join(f'<li><a href="/{n}">Another headline {n}</a>' for n in range(9))
        body = (
            f'<nav>Menu</nav><div id="page"><h1>Head</h1><div><p>{LONG}</p><p>{LONG}x</p></div>'
            f'<div class="x"><ul>{links}</ul></div><div id="comments"><p>First!</p></div></div>'
        )
        found = read(page(body), "a.html")
        assert [kind for kind, _ in found.blocks] == [HEADING, PARAGRAPH, PARAGRAPH]

    def test_without_an_article_the_extra_finds_the_content(self) -> None:
        pytest.importorskip("trafilatura", reason="the extra web is not installed")
        body = (
            "<nav><a href='/'>Home</a></nav><h1>Head</h1><div class='text'>"
            f"<p>{LONG}</p><p hidden>Not seen.</p><p>{LONG[::-1]}</p></div>"
            "<div class='posts'><p><a href='/1'>Another page</a></p></div>"
        )
        found = read(page(body), "a.html")
        assert [text for _, text in found.blocks] == ["Head", LONG.strip(), LONG[::-1].strip()]

    def test_what_a_site_does_not_print_is_left_out(self) -> None:
        body = (
            f"<nav>Menu</nav><article><h1>Head</h1><h2>Part<span class='mw-editsection'>[edit]"
            f"</span></h2><p>{LONG}<span class='Sr-Only'> (opens a window)</span></p></article>"
        )
        found = read(page(body), "a.html")
        assert [text for _, text in found.blocks] == ["Head", "Part", LONG.strip()]

    def test_a_page_written_by_hand_is_left_whole(self) -> None:
        body = f"<h1>Head</h1><p>{LONG}</p><div class='related'>See also</div><footer>End</footer>"
        found = read(page(body), "a.html")
        assert [text for _, text in found.blocks] == ["Head", LONG.strip(), "See also", "End"]
        assert found.notices == ()

    def test_a_page_of_nothing_but_menus_is_left_whole(self) -> None:
        found = read(
            page("<nav><a href='/'>Home</a></nav><nav><a href='/x'>Away</a></nav>"), "a.html"
        )
        assert "Home" in found.text
        assert "Away" in found.text

    def test_notes_in_a_footer_stay(self) -> None:
        body = (
            f"<nav>Menu</nav><article><p>{LONG}<a href='#n'><sup>1</sup></a></p>"
            "<footer><p id=n>1 The note.</p></footer></article>"
        )
        assert "The note." in read(page(body), "a.html").text

    def test_one_file_with_its_pictures(self) -> None:
        text = (
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://site.example/a\r\n"
            "Subject: A title\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="B"\r\n\r\n'
            "--B\r\nContent-Type: text/html; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            "<html><head><title>A title</title></head><p>Caf=C3=A9.</p></html>\r\n"
            "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n"
            "--B--\r\n"
        )
        for name in ("a.mhtml", "a"):
            found = read(text, name)
            assert found.text == "Café.\n"
            assert (found.metadata.title, found.metadata.source) == (
                "A title",
                "https://site.example/a",
            )


class TestDetection:
    @pytest.mark.parametrize("name", ["a.txt", "a", "a.md", "a.html"])
    @pytest.mark.parametrize(
        "start",
        ["<!DOCTYPE html>", "<html lang=en>", " \n<!-- x --><HTML>", "<?xml version='1.0'?><html>"],
    )
    def test_content_goes_before_the_name(self, name: str, start: str) -> None:
        assert read(f"{start}<p>One</p><p>Two</p>", name).text == "One\n\nTwo\n"

    def test_a_fragment_is_html_by_its_name_alone(self) -> None:
        assert read("<p>One</p>", "a.htm").text == "One\n"
        assert read("<p>One</p>", "a.txt").text == "<p>One</p>"

    def test_nothing_at_all(self) -> None:
        for text in ("", " \n", "<!DOCTYPE html>", "<html></html>", "<!--", "<"):
            assert read(text, "a.html").text in ("", "<\n")
