"""Plain text of any size, in any encoding."""

from __future__ import annotations

import codecs
import io
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.formats import read as read_path
from annotations.formats.encodings import NotTextError, declared, decode, detect
from annotations.formats.passages import LONGEST_BLOCK, PASSAGE
from annotations.formats.plain import pieces
from annotations.model import BlockKind, MarkKind
from tests.unit.formats.reading import Read, read, refusal

TEXT = "Café, naïve, “quoted” – 人工智能 😀\nSecond line.\n\nA paragraph.\n"


class TestEncodings:
    @pytest.mark.parametrize(
        ("mark", "name"),
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    def test_a_mark_decides(self, mark: bytes, name: str) -> None:
        found = read(mark + TEXT.encode(name), "a.txt")
        assert found.text == TEXT
        assert found.metadata.encoding == name
        assert found.notices == (() if name == "utf-8" else (f"read as {name}",))

    def test_utf8_needs_no_notice(self) -> None:
        found = read(TEXT, "a.txt")
        assert (found.text, found.metadata.encoding, found.notices) == (TEXT, "utf-8", ())

    @pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, name: str) -> None:
        text = "Plain words of English.\n"
        found = read(text.encode(name), "a.txt")
        assert (found.text, found.metadata.encoding) == (text, name)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("cp1252", "café"),
            ("cp1252", "naïve résumé"),
            ("cp1252", "“We signed a statement” — he said’s"),
            ("cp1252", "Er läuft über die Straße und grüßt."),
            ("cp1252", "¿Qué pasó? El señor niño corazón"),
            ("cp1252", "Ação já não é só coração"),
            ("cp1252", "price: 5€ or £3"),
            ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy"),
            ("cp1250", "Zażółć gęślą jaźń"),
            ("cp1251", "Мы должны предотвращать риски искусственного интеллекта."),
            ("cp1251", "Привет"),
            ("koi8_r", "Мы должны предотвращать риски искусственного интеллекта."),
            ("cp1253", "Καλημέρα κόσμε, η τεχνητή νοημοσύνη"),
            ("cp1254", "İstanbul'da yapay zekâ yönetişimi için çalışıyoruz"),
            ("cp1256", "مرحبا بالعالم الذكاء الاصطناعي"),
            ("gb18030", "我们应坚持以人为本,发展人工智能。"),
            ("big5", "我們應堅持以人為本,發展人工智慧。"),
            ("shift_jis", "人工知能のガバナンスについて、われわれは提案する。"),
            ("euc_jp", "人工知能のガバナンスについて、われわれは提案する。"),
            ("euc_kr", "인공지능 거버넌스에 관하여 우리는 제안한다."),
            ("mac_roman", "Le président a déclaré que la coopération numérique"),
            ("iso8859_2", "Už týdny vychází v Praze časopis, který chce každý"),
            ("iso8859_2", "Inni śpiewają, że sypiają w nocy"),
            ("cp866", "Мы должны предотвращать риски искусственного интеллекта."),
            ("cp855", "Мы должны предотвращать риски искусственного интеллекта."),
            ("iso8859_5", "Мы должны предотвращать риски искусственного интеллекта."),
            ("mac_cyrillic", "Мы должны предотвращать риски искусственного интеллекта."),
            ("cp1251", "АвиаПорт: МОСКВА, 9 января. В гимназии о нём не знают."),
            ("cp1255", "העברית היא שפה, והיא נכתבת מימין לשמאל"),
            ("iso8859_6", "مرحبا بالعالم، الذكاء الاصطناعي في خدمة الإنسان"),
            ("cp949", "펲시콜라를 마시는 똠방각하와 대한민국의 사람들 이야기"),
            ("cp932", "①人工知能のガバナンスについて、われわれは提案する。"),
        ],
    )
    def test_others_are_guessed_and_said(self, name: str, text: str) -> None:
        found = read(text.encode(name), "a.txt")
        assert found.text == text
        assert found.notices == (f"read as {found.metadata.encoding}, which is a guess",)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("utf-16-le", "Мы не знаем.\nРиски и вызовы.\n"),
            ("utf-16-be", "人工智能是人类发展新领域。\n各国应秉持共同的安全观。\n"),
            ("utf-32-le", "Plain words, 人工智能\n"),
            ("utf-32-be", "Риски и вызовы.\n"),
            ("iso2022_jp_2", "人工知能のガバナンスについて、われわれは提案する。\n"),
            ("iso2022_kr", "인공지능 거버넌스에 관하여 우리는 제안한다.\n"),
        ],
    )
    def test_what_needs_no_guess_though_nothing_declares_it(self, name: str, text: str) -> None:
        found = read(text.encode(name), "a.txt")
        assert (found.text, found.notices) == (text, (f"read as {name}",))

    def test_a_sample_may_end_inside_a_character(self) -> None:
        text = "x" + "人工智能是人类发展的新领域，给世界带来巨大机遇。" * 2_000
        assert read(text.encode("gb18030"), "a.txt").text == text

    @pytest.mark.parametrize(
        ("line", "encoding"),
        [
            ("Character set encoding: ISO-8859-15", "iso8859-15"),
            ("Content-Type: text/plain; charset=iso-8859-4", "iso8859-4"),
            ("# -*- coding: utf-16 -*-", "cp1252"),
        ],
    )
    def test_what_the_first_lines_declare_goes_before_a_guess(
        self, line: str, encoding: str
    ) -> None:
        found = read(f"{line}\n\n".encode() + b"Caf\xe9\n", "a.txt")
        assert found.metadata.encoding == encoding

    def test_numbers_of_two_bytes_are_no_text(self) -> None:
        data = b"".join(number.to_bytes(2, "little") for number in range(1, 28)) * 40
        assert "binary" in refusal(data, "a.txt")

    def test_the_guess_is_made_from_lines_that_tell(self) -> None:
        text = "ASCII for a long while.\n" * 40_000 + "Le café près de l’hôtel.\n"
        assert read(text.encode("cp1252"), "a.txt").text == text

    def test_what_the_user_says_goes_first(self) -> None:
        found = read("Привет".encode("koi8_r"), "a.txt", encoding="KOI8-R")
        assert (found.text, found.metadata.encoding, found.notices) == ("Привет", "koi8-r", ())

    def test_what_the_user_says_may_be_wrong(self) -> None:
        assert read(b"caf\xe9", "a.txt", encoding="utf-8").text == "caf\ufffd"
        assert read(codecs.BOM_UTF8 + b"x", "a.txt", encoding="utf8").text == "x"

    @pytest.mark.parametrize("name", ["nonsense", "hex", "rot13", "idna", "a b\n"])
    def test_what_is_no_encoding(self, name: str) -> None:
        assert "there is no encoding" in refusal("x", "a.txt", encoding=name)

    def test_utf8_cut_in_a_character(self) -> None:
        found = read("Первый раз".encode()[:-1], "a.txt")
        assert found.text == "Первый ра\ufffd"
        assert "utf-8" in found.notices[0]

    def test_utf8_with_a_wrong_byte(self) -> None:
        found = read("Риски и вызовы. ".encode() * 20 + b"\xff" + "Конец".encode(), "a.txt")
        assert found.text.endswith("\ufffdКонец")

    def test_halves_of_pairs_are_replaced(self) -> None:
        assert read(b"+2AA-", "a.txt", encoding="utf-7").text == "\ufffd"

    @pytest.mark.parametrize("size", [1, 2, 3, 7])
    def test_pieces_may_end_anywhere(self, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("annotations.formats.encodings.PIECE", size)
        text = "Ça va?\r\nПривет 😀\rEnd\n"
        for name in ("utf-8", "utf-16", "gb18030"):
            stream = io.BytesIO(text.encode(name))
            encoding = declared(name, stream.read(4))
            assert "".join(decode(stream, encoding)) == "Ça va?\nПривет 😀\nEnd\n"
        assert detect(io.BytesIO(text.encode())).name == "utf-8"


class TestBinary:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
            (b"\x7fELF" + bytes(100), "program"),
            (b"\x1f\x8b\x08" + bytes(100), "gzip"),
            (b"SQLite format 3\0" + bytes(100), "SQLite"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "DOCX"),
            (bytes(range(256)) * 10, "binary"),
            (random.Random(1).randbytes(5000), "binary"),
            (bytes(4000), "binary"),
            (b"\x00\x01\x02\x03" * 300, "binary"),
        ],
    )
    def test_binary_files_are_refused(self, data: bytes, reason: str) -> None:
        assert reason in refusal(data, "a.txt")

    @pytest.mark.parametrize(
        "text", ["\0", "a\0b\x1b[31mred\x07", "\x1b[2J\x07\u202eevil", "a\bb" * 100, "x\x7f\x9by"]
    )
    def test_text_with_control_characters_is_text(self, text: str) -> None:
        found = f"Some words around: {text}, and so on."
        assert read(found, "a.txt").text == found

    def test_a_whole_file_may_be_in_no_encoding_at_all(self) -> None:
        with pytest.raises(NotTextError):
            detect(io.BytesIO(bytes(range(256))))


class TestCanonicalText:
    def test_line_ends(self) -> None:
        assert read(b"a\r\nb\rc\nd\r\r\n", "a.txt").text == "a\nb\nc\nd\n\n"

    @pytest.mark.parametrize("text", ["\x85", "\u2028", "\f\t", "\u00ad\u200b", "e\u0301 é", "ﬁ"])
    def test_nothing_else_is_changed(self, text: str) -> None:
        assert read(f"a{text}b", "a.txt").text == f"a{text}b"

    def test_an_empty_file_has_no_passages(self) -> None:
        found = read(b"", "a.txt")
        assert (found.passages, found.metadata.title) == ([], "a.txt")
        assert read(codecs.BOM_UTF8, "a.txt").passages == []

    def test_only_line_ends(self) -> None:
        assert read(b"\n" * 300_000, "a.txt").text == "\n" * 300_000


class TestPassages:
    def test_they_are_about_8_kilobytes_of_whole_blocks(self) -> None:
        found = read("A short paragraph of words.\n\n" * 5_000, "a.txt")
        sizes = [len(passage.text) for passage in found.passages[:-1]]
        assert min(sizes) >= PASSAGE
        assert max(sizes) < PASSAGE + 100
        assert len(found.blocks) == 5_000

    def test_one_endless_line_is_cut_at_blanks(self) -> None:
        found = read("word " * 400_000, "a.txt")
        blocks = [block for passage in found.passages for block in passage.blocks]
        assert [block.continues for block in blocks] == [False] + [True] * (len(blocks) - 1)
        assert max(block.end - block.start for block in blocks) <= LONGEST_BLOCK
        assert all(passage.text.endswith(" ") for passage in found.passages)

    def test_an_endless_word_is_cut_between_characters_that_are_seen(self) -> None:
        found = read("e\u0301" * 200_000, "a.txt")
        assert all(not passage.text.startswith("\u0301") for passage in found.passages)

    def test_an_endless_item_stays_one(self) -> None:
        found = read("- " + "word " * 100_000 + "\n\nAfter.", "a.txt")
        kinds = [kind for kind, _ in found.blocks]
        assert set(kinds[:-1]) == {BlockKind.LIST_ITEM}
        assert found.blocks[-1] == (BlockKind.PARAGRAPH, "After.")

    @pytest.mark.parametrize("seed", range(4))
    def test_where_the_file_is_cut_into_pieces_does_not_matter(self, seed: int) -> None:
        chance = random.Random(seed)
        parts = ["Some words. ", "and more ", "\n", "\n\n", "- item ", "> quoted ", "A\tB\tC\n"]
        text = "".join(chance.choices(parts, k=60_000))

        def cut() -> Iterator[str]:
            start = 0
            while start < len(text):
                size = chance.randrange(1, 90_000)
                yield text[start : start + size]
                start += size

        found = list(pieces(cut()))
        assert "".join(piece.text for piece in found) == text
        for piece in found:
            for mark in piece.marks:
                assert mark.kind is MarkKind.MARKUP
                assert piece.text[mark.start : mark.end].strip(" >") == ""

    def test_memory_stays_flat(self, tmp_path: Path) -> None:
        path = tmp_path / "large.txt"
        with path.open("w") as file:
            for _ in range(40):
                file.write("Words of a paragraph. " * 10_000 + "\n\n" + "Short.\n\n" * 100)
        size = path.stat().st_size
        tracemalloc.start()
        count = sum(len(passage.text) for passage in read_path(path).passages)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == size
        assert most < size / 2


class TestMetadata:
    def test_the_title_is_a_good_guess_or_the_name(self, tmp_path: Path) -> None:
        prose = "A sentence that is long enough to count as prose, and goes on for a while. " * 3
        path = tmp_path / "some letter.txt"
        path.write_text(f"The Title of the Thing\n\n{prose}\n")
        assert Read(read_path(path)).metadata.title == "The Title of the Thing"
        path.write_text(prose)
        found = Read(read_path(path)).metadata
        assert (found.title, found.path, found.media_type) == (
            "some letter",
            str(path),
            "text/plain",
        )

    def test_mail_names_its_subject_and_sender(self) -> None:
        found = read("From: Ann <a@b.c>\nTo: Bob\nSubject: Digital divides\n\nHello.\n", "a.txt")
        assert (found.metadata.title, found.metadata.author) == ("Digital divides", "Ann")

    def test_the_fields_of_mail_may_be_folded_and_encoded(self) -> None:
        head = (
            "From a@b.c Mon Oct 30 09:12:44 2023\n"
            'From: "=?utf-8?q?Zo=C3=AB?= Author" <z@b.c>\n'
            "Date: Mon, 30 Oct 2023 09:12:44 +0100\n"
            "Subject: The governance of\n =?iso-8859-1?q?l=27_=E9conomie?=\n\nHello.\n"
        )
        found = read(head, "a.txt").metadata
        assert found.title == "The governance of l' économie"
        assert (found.author, found.published, found.kind) == ("Zoë Author", "2023-10-30", "mail")

    def test_a_subject_that_cannot_be_decoded_is_kept(self) -> None:
        found = read("From: a@b.c (Ann)\nSubject: =?nonsense?q?x?=\n\nHello.\n", "a.txt").metadata
        assert (found.title, found.author) == ("=?nonsense?q?x?=", "Ann")

    def test_a_catalogue_names_title_and_author(self) -> None:
        prose = "This text is for the use of anyone anywhere at no cost. " * 4
        head = "Title: The Opera\n       in Three Acts\n\nAuthor: John Gay\n\nLanguage: English"
        found = read(f"The Project of Texts: The Opera\n\n{prose}\n\n{head}\n", "a.txt").metadata
        assert (found.title, found.author) == ("The Opera in Three Acts", "John Gay")

    def test_the_marks_of_a_heading_are_no_part_of_the_title(self) -> None:
        prose = "A sentence that is long enough to count as prose, and goes on for a while. " * 3
        found = read(f"# Notes on reading\n\n{prose}\n", "a.txt")
        assert found.metadata.title == "Notes on reading"
        assert found.marks(MarkKind.MARKUP) == [("# ", "")]

    @pytest.mark.parametrize(
        "first", ["尊敬的主席先生：", "女士们，先生们，", "2023年10月18日 星期三", ""]
    )
    def test_a_greeting_or_a_date_in_other_scripts_is_no_title(self, first: str) -> None:
        prose = "人工智能是人类发展新领域。当前，全球人工智能技术快速发展，给世界带来巨大机遇。" * 3
        assert read(f"{first}\n\n{prose}\n", "a.txt").metadata.title in ("a", "a.txt")
        titled = read(f"人工智能治理全球倡议\n\n{first}\n\n{prose}\n", "a.txt")
        assert titled.metadata.title == "人工智能治理全球倡议"
