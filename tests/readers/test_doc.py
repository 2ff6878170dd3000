"""Word 97–2003 files: every figure where it stands, merged cells as such, and nothing but a ReadError for damage."""

from __future__ import annotations

import contextlib
import json
import struct
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats import pipeline
from govstats.errors import ReadError
from govstats.model.document import Document, Grid, Span
from govstats.model.report import Report
from govstats.readers import doc, docx
from govstats.readers._office import soffice
from govstats.readers.doc import lattice, title
from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.face import Face, has_shade
from govstats.readers.doc.maintext import read_word
from govstats.readers.doc.styles import character_styles
from govstats.readers.doc.table import Merge, WordRow, WordTable
from govstats.text.figures import State, figure
from tests.factory import FORMAT
from tests.folders import DOCUMENTS
from tests.made import faults

FOLDER = DOCUMENTS / "doc"
REPORTS = ("sparse", "dense", "traditional")
CELL = Merge()


@pytest.fixture(autouse=True, scope="module")
def _no_libreoffice() -> object:
    """What the piece table cannot read is an error here, whether LibreOffice is installed or not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(soffice.shutil, "which", lambda program: None)
        yield


@cache
def data_of(name: str) -> bytes:
    return (FOLDER / f"{name}.doc").read_bytes()


def streams_of(data: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(data) as ole:
        return {name: ole.openstream(name).read() for name in ("WordDocument", "1Table", "Data") if ole.exists(name)}


@cache
def place_of_stream(name: str) -> int:
    """Where the stream WordDocument begins in the file (LibreOffice writes it in one run)."""
    return data_of(name).index(streams_of(data_of(name))["WordDocument"][:512])


def changed(name: str, at: int, new: bytes) -> bytes:
    """The file with bytes of its WordDocument stream changed."""
    data, at = data_of(name), place_of_stream(name) + at
    return data[:at] + new + data[at + len(new) :]


def parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr(pipeline, "read_document", doc.read)
    return pipeline.parse(name, data_of(name))


def features() -> dict[str, str]:
    """The table that holds one feature of Word a row."""
    return {row.texts[0]: row.texts[1] for row in doc.read(data_of("features")).grids[0].rows}


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_of_a_word_file_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    report = parsed(name, monkeypatch)
    assert set(report.tables) == set(expected)
    for table, rows in expected.items():
        cells = FORMAT.tables[table].cells
        assert list(report.tables[table].values) == [rows[cell.row][cell.column] for cell in cells]
    assert (report.year, report.format) == (2023, "national-2021")
    assert report.agency == "某市某局"


@pytest.mark.parametrize("name", REPORTS)
def test_a_valid_word_file_has_no_findings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(govstats.check(parsed(name, monkeypatch))) == []


def test_merged_cells_come_out_as_spans_with_the_text_of_the_merged_cell() -> None:
    grid = doc.read(data_of("sparse")).grids[1]
    left, above, own = Span.FROM_LEFT, Span.FROM_ABOVE, Span.OWN
    assert grid.rows[0].spans == (own, left, left, own, left, left, left, left, left, left)
    assert grid.rows[2].spans == (above, above, above, above, own, own, own, own, own, above)
    assert grid.rows[2].texts[3:] == (
        *("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
    )
    assert grid.rows[25].texts[:3] == ("三、本年度办理结果", "(六)其他处理", "3.其他")
    assert grid.rows[25].spans[:3] == (above, above, own)


def test_the_prose_stands_between_the_tables_in_reading_order() -> None:
    document = doc.read(data_of("sparse"))
    kinds = ["grid" if isinstance(block, Grid) else block.text for block in document.blocks]
    assert kinds[1:4] == ["一、总体情况", "本年度共发布信息12条。", "二、主动公开政府信息情况"]
    assert kinds[4::2] == ["grid", "grid", "grid"]
    assert (document.kind, document.meta["title"]) == ("doc", "某市某局2023年政府信息公开工作年度报告")


@pytest.mark.parametrize("row", ["脚注", "上标", "两段", "换行"])
def test_two_numbers_in_one_cell_never_become_one(row: str) -> None:
    assert figure(features()[row]).state is State.UNREADABLE


def test_what_is_deleted_or_hidden_is_not_read() -> None:
    assert (features()["修订"], features()["隐藏"]) == ("34", "6")


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    assert features()["域"] == "51"


def test_hyphens_and_blanks_are_read_as_printed() -> None:
    assert (features()["连字符"], features()["空"]) == ("12-3", "")


def test_an_inner_table_is_a_table_and_text_of_its_cell() -> None:
    outer, inner = doc.read(data_of("features")).grids
    assert outer.rows[-1].texts == ("嵌套", "外\f甲\f7\f乙\f8\f内")
    assert [row.texts for row in inner.rows] == [("甲", "7"), ("乙", "8")]


def test_line_breaks_part_lines_and_rare_characters_are_whole() -> None:
    assert [each.text for each in doc.read(data_of("features")).paragraphs] == [
        "正文第一行", "正文第二行 2 末尾𠮷字", "结尾",
    ]  # fmt: skip


def grid_of(*rows: WordRow) -> list[tuple[tuple[str, ...], tuple[Span, ...]]]:
    return [(row.texts, row.spans) for row in lattice.grid_rows(WordTable(rows))]


def row_of(texts: str, edges: tuple[int, ...], merges: tuple[Merge, ...] = ()) -> WordRow:
    return WordRow(tuple((text,) for text in texts.split("|")), edges, merges or (CELL,) * (texts.count("|") + 1))


def test_edges_drawn_by_a_shaky_hand_are_one_edge() -> None:
    grid = grid_of(row_of("a|b", (0, 1000, 2000)), row_of("c|d", (-20, 1020, 1985)))
    assert grid == [(("a", "b"), (Span.OWN, Span.OWN)), (("c", "d"), (Span.OWN, Span.OWN))]


def test_a_row_that_begins_further_right_leaves_empty_cells_on_its_left() -> None:
    assert grid_of(row_of("a|b|c", (0, 500, 1000, 1500)), row_of("1|2", (500, 1000, 1500)))[1][0] == ("", "1", "2")


@pytest.mark.parametrize("codes", [(1, 2, 2), (2, 1, 1)])
def test_horizontal_merges_are_read_in_either_meaning_of_the_flags(codes: tuple[int, ...]) -> None:
    merges = (*(Merge(code) for code in codes), CELL)
    (row,) = grid_of(row_of("a|||5", (0, 100, 200, 300, 400), merges))
    assert row == (("a", "a", "a", "5"), (Span.OWN, Span.FROM_LEFT, Span.FROM_LEFT, Span.OWN))


def test_a_merged_cell_that_has_a_text_of_its_own_keeps_it() -> None:
    (row,) = grid_of(row_of("1|2", (0, 100, 200), (Merge(1), Merge(2))))
    assert row == (("1", "2"), (Span.OWN, Span.OWN))


def test_a_vertical_merge_ends_where_a_new_one_begins() -> None:
    merges = [(Merge(0, code), CELL) for code in (3, 1, 3, 1)]
    texts = ["a|1", "|2", "b|3", "|4"]
    grid = grid_of(*(row_of(text, (0, 100, 200), merge) for text, merge in zip(texts, merges, strict=True)))
    assert [(texts[0], spans[0]) for texts, spans in grid] == [
        ("a", Span.OWN), ("a", Span.FROM_ABOVE), ("b", Span.OWN), ("b", Span.FROM_ABOVE),
    ]  # fmt: skip


@pytest.mark.parametrize("edges", [(), (0, 100), (0, 200, 100), (0, 100, 100)])
def test_rows_without_sound_edges_are_plain_rows_of_cells(edges: tuple[int, ...]) -> None:
    grid = grid_of(row_of("a|1", edges), row_of("b|2", (0, 100, 200)))
    assert grid == [(("a", "1"), ()), (("b", "2"), ())]


def test_a_workbook_is_no_word_file() -> None:
    data = data_of("features")
    other = data.replace("WordDocument".encode("utf-16-le"), "Workbook\0\0\0\0".encode("utf-16-le"))
    assert doc.sniff(data)
    assert doc.sniff(other)
    assert doc.is_word(data)
    assert not doc.is_word(other)
    assert not doc.is_word(b"PK\x03\x04")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: changed("features", 0x0A, b"\xf0\x13"), "密码"),
        (lambda: changed("features", 0, b"\xdc\xa5\x65\0"), "Word 95"),
        (lambda: changed("features", 0, b"\0\0"), "magic number"),
        (lambda: changed("features", 0x0A, b"\xf0\x10"), "no stream 0Table"),
        (lambda: changed("features", 0x4C, b"\xff\xff\xff\x7f"), "out of range"),
        (lambda: changed("features", 0x4C, b"\xff\xff\0\0"), "less text"),
        (lambda: changed("features", 0x4C, b"\x02\0\0\0"), "more text"),
        (lambda: changed("features", 0x1A2, b"\xff\xff\xff\xff"), "lie outside"),
        (lambda: data_of("features")[:2000], "损坏"),
        (lambda: data_of("features")[:100], "损坏"),
        (lambda: data_of("features")[:-6000], "损坏"),
        (lambda: data_of("features")[:0x2C] + b"\xff" * 4 + data_of("features")[0x30:], "损坏"),
        (lambda: data_of("features")[:0x1E] + b"\x40" + data_of("features")[0x1F:], "损坏"),
        (lambda: data_of("features") + bytes(64 * 2**20), "64 MiB"),
        (lambda: b"", "损坏"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_a_hint(data: Callable[[], bytes], told: str) -> None:
    with pytest.raises(ReadError) as raised:
        doc.read(data())
    assert told in raised.value.message.zh
    assert raised.value.hint


def test_a_chain_of_sectors_that_loops_is_an_error() -> None:
    data = bytearray(data_of("sparse"))
    (fat,) = struct.unpack_from("<I", data, 76)
    with olefile.OleFileIO(bytes(data)) as ole:
        start = ole.root.kids_dict["worddocument"].isectStart
    struct.pack_into("<I", data, 512 * (fat + 1) + 4 * (start + 3), start)
    with pytest.raises(ReadError, match="损坏"):
        doc.read(bytes(data))


def test_a_title_in_a_lying_code_page_is_no_title() -> None:
    assert title._decoded("某市".encode("gb18030"), 1252) == ""
    assert title._decoded("某市".encode("gb18030"), 936) == "某市"


def pieced(streams: dict[str, bytes], *pieces: tuple[int, int]) -> dict[str, bytes]:
    """The streams with a piece table of these pieces: length in characters, place in the stream."""
    word, table = bytearray(streams["WordDocument"]), streams["1Table"]
    ends = list(accumulate((length for length, _ in pieces), initial=0))
    plc = struct.pack(f"<{len(ends)}I", *ends) + b"".join(struct.pack("<HIH", 0, place, 0) for _, place in pieces)
    clx = b"\2" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", word, 0x1A2, len(table), len(clx))
    return {**streams, "WordDocument": bytes(word), "1Table": table + clx}


def only_piece(streams: dict[str, bytes]) -> tuple[int, int]:
    """Length and place of the one piece that LibreOffice writes."""
    start, size = struct.unpack_from("<II", streams["WordDocument"], 0x1A2)
    assert size == 5 + 16
    _, length, _, place = struct.unpack_from("<IIHI", streams["1Table"], start + 5)
    return length, place


def test_pieces_that_lie_in_disorder_are_read_in_reading_order() -> None:
    """Characters 1 to 3 lie behind all others, and others stand where they were."""
    streams = streams_of(data_of("features"))
    (length, place), word = only_piece(streams), streams["WordDocument"]
    moved = word[: place + 2] + "九九九".encode("utf-16-le") + word[place + 8 :] + word[place + 2 : place + 8]
    pieces = (1, place), (3, len(word)), (length - 4, place + 8)
    assert read_word(pieced({**streams, "WordDocument": moved}, *pieces)) == read_word(streams)


def test_pieces_lie_over_each_other_only_in_fast_saves() -> None:
    streams = streams_of(data_of("features"))
    length, place = only_piece(streams)
    folded = pieced(streams, (4, place), (4, place), (length - 8, place + 16))
    with pytest.raises(DamagedWordError, match="overlap"):
        read_word(folded)
    word = bytearray(folded["WordDocument"])
    word[0x0A] |= 0x04
    assert str(read_word({**folded, "WordDocument": bytes(word)})[0][0]).startswith("正文第一正文第一")


def test_libreoffice_gets_what_the_piece_table_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Docx:
        @staticmethod
        def read(data: bytes) -> Document:
            return Document("docx", "utf-8", (), {"title": data.decode()})

    def convert(program: str, folder: Path, source: Path, target: Path, to: str) -> bool:
        target.mkdir()
        (target / "report.docx").write_bytes(b"converted")
        return program == "/soffice"

    monkeypatch.setattr(soffice.shutil, "which", lambda program: f"/{program}")
    monkeypatch.setattr(soffice, "_convert", convert)
    monkeypatch.setattr(docx, "read", Docx.read)
    document = doc.read(changed("features", 0, b"\xdc\xa5\x65\0"))
    assert (document.kind, document.meta["title"]) == ("doc", "converted")


def test_a_conversion_that_hangs_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 & wait\n")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "_PATIENCE", 0.2)
    assert not soffice._convert(str(program), tmp_path, tmp_path / "a.doc", tmp_path / "out", "docx")


@given(st.data())
@settings(max_examples=150)
def test_damage_raises_nothing_but_a_read_error(data: st.DataObject) -> None:
    content = bytearray(data_of(data.draw(st.sampled_from(["features", "sparse"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        near = data.draw(st.sampled_from([1024, len(content)]))
        content[data.draw(st.integers(0, near - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    with contextlib.suppress(ReadError):
        doc.read(bytes(content[:cut]))


@pytest.mark.parametrize(
    ("sprms", "is_shaded"),
    [
        ("71ca 0a 00000000 000000ff 0000", False),
        ("71ca 0a 000000ff ffffff00 0000", False),
        ("71ca 0a 000000ff 1f4e7900 0000", True),
        ("12d6 14 000000ff000000ff0000 000000ff000000ff0000", False),
        ("12d6 14 000000ff000000ff0000 000000ff1f4e79000000", True),
        ("09d6 04 0000 ffff", False),
        ("09d6 04 0000 4000", True),
        ("0c2a 07", True),
        ("0c2a 00", False),
        ("3708 01", False),
    ],
)
def test_a_ground_behind_text_is_known(sprms: str, is_shaded: bool) -> None:
    assert has_shade(bytes.fromhex(sprms)) is is_shaded


def style_sheet(*styles: tuple[int, str, bytes]) -> bytes:
    """STSH with these styles of characters: the style it is based on, its name, its list of Sprm."""
    made = struct.pack("<HHH", 4, len(styles), 10)
    for base, name, sprms in styles:
        text = struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        whole = struct.pack("<HHHHH", 0, 2 | base << 4, 1, 0, 0) + text + struct.pack("<H", len(sprms)) + sprms
        made += struct.pack("<H", len(whole)) + whole + b"\0" * (len(whole) % 2)
    return made


STRIKE, VANISH, RAISE = b"\x37\x08\x01", b"\x3c\x08\x01", b"\x48\x2a\x01"
SAME, OPPOSITE = b"\x37\x08\x80", b"\x37\x08\x81"


@pytest.mark.parametrize(
    ("style", "own", "face"),
    [
        (0, b"", Face(struck=True)),
        (1, b"", Face(struck=True, apart=True)),
        (2, b"", Face(hidden=True)),
        (0, SAME, Face(struck=True)),
        (0, OPPOSITE, Face()),
        (0, b"\x37\x08\x00", Face()),
        (9, b"", Face()),
        (0, b"\x43\x4a\x02\x00", Face(struck=True, hidden=True)),
    ],
)
def test_a_style_of_characters_strikes_hides_and_raises(style: int, own: bytes, face: Face) -> None:
    styles = character_styles(style_sheet((0xFFF, "旧", STRIKE), (0, "注", RAISE), (2, "隐", VANISH)))
    assert Face.of(b"\x30\x4a" + struct.pack("<H", style) + own, styles) == face


def test_a_style_sheet_that_breaks_off_is_damage() -> None:
    with pytest.raises(DamagedWordError):
        character_styles(style_sheet((0xFFF, "旧", STRIKE))[:-4])
