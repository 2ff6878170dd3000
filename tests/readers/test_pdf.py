"""PDF: ruled tables of two producers, tables over pages, two ways of reading that agree, and bounds that hold."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
import zlib
from functools import cache
from io import BytesIO
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats.errors import ReadError
from govstats.model.document import Document, Span
from govstats.readers import pdf
from govstats.readers.pdf.box import DOUBT, Glyph
from govstats.readers.pdf.celltext import cell_text
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.pages import inks
from govstats.readers.pdf.ruling import Ruling, merged
from govstats.readers.pdf.tables import tables
from govstats.text.figures import State, figure
from tests.folders import DOCUMENTS
from tests.made import faults

FOLDER = DOCUMENTS / "pdf"
VALID = ("chromium_frames", "chromium_lines", "writer_two_pages", "writer_restricted")


def bytes_of(name: str) -> bytes:
    return (FOLDER / f"{name}.pdf").read_bytes()


def document_of(content: bytes, more: bytes = b"", filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page that draws `content`, which is packed already."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter %s%s>>\nstream\n%s\nendstream" % (len(content), filters, more, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return file_of(objects)


def file_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return body + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def drawn(content: bytes) -> Document:
    return pdf.read(document_of(zlib.compress(content)))


@cache
def a_gigabyte() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"q Q\n" * (1 << 18)) for _ in range(1024)) + packer.flush()


def grids_of(ink: Ink) -> list[Any]:
    return [table.rows for table in tables(ink)[0]]


# Reports


@pytest.mark.parametrize("name", VALID)
def test_every_figure_of_a_pdf_is_read_as_it_was_set(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    report = govstats.read(bytes_of(name))
    read = {
        table: {code: {key: report.tables[table].value(code, key) for key in columns} for code, columns in rows.items()}
        for table, rows in expected.items()
    }
    assert read == expected


@pytest.mark.parametrize("name", VALID)
def test_a_valid_pdf_has_no_findings(name: str) -> None:
    audit = govstats.check(bytes_of(name))
    assert not faults(audit)


@pytest.mark.parametrize("name", VALID)
def test_both_ways_agree_cell_by_cell(name: str) -> None:
    pages = list(inks(bytes_of(name)))
    again = [page.again() for page in pages]
    assert len(pages) >= 2
    for page, second in zip(pages, again, strict=True):
        assert second is not None
        assert grids_of(page.ink) == grids_of(second)
    assert any(grids_of(page.ink) for page in pages)


@pytest.mark.parametrize("name", VALID)
def test_a_table_over_pages_is_one_grid_with_its_rows_numbered_through(name: str) -> None:
    grids = pdf.read(bytes_of(name)).grids
    assert [grid.table for grid in grids] == [1, 2, 3]
    for grid in grids:
        assert [row.line for row in grid.rows] == list(range(1, len(grid.rows) + 1))
        assert len({len(row.texts) for row in grid.rows}) == 1


def test_merged_cells_say_what_covers_a_position() -> None:
    row = pdf.read(bytes_of("chromium_lines")).grids[1].rows[0]
    assert row.spans[:4] == (Span.OWN, Span.FROM_LEFT, Span.FROM_LEFT, Span.OWN)
    assert row.texts[3] == "申请人情况"


def test_prose_is_joined_to_paragraphs_and_titles_stand_alone() -> None:
    document = pdf.read(bytes_of("writer_two_pages"))
    texts = [paragraph.text.replace(" ", "") for paragraph in document.paragraphs]
    assert texts[:2] == ["某市某局2023年政府信息公开工作年度报告", "一、总体情况"]
    assert sum("全年共收到申请123件，办理结果见下表" in text for text in texts) == 1
    assert "三、收到和处理政府信息公开申请情况" in texts
    assert (document.kind, document.charset) == ("pdf", "")


def test_a_page_turned_on_its_side_reads_the_same() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(bytes_of("chromium_lines"))
    for page in document:
        width, height = page.get_size()
        page.set_mediabox(0, 0, height, width)
        page.set_rotation(90)
        turn = pypdfium2.raw.FS_MATRIX(0, 1, -1, 0, height, 0)
        pypdfium2.raw.FPDFPage_TransFormWithClip(page.raw, turn, None)
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    upright, turned = (pdf.read(data) for data in (bytes_of("chromium_lines"), buffer.getvalue()))
    assert [grid.rows for grid in turned.grids] == [grid.rows for grid in upright.grids]


def test_a_scan_is_a_document_without_blocks() -> None:
    document = pdf.read(bytes_of("scan"))
    assert (document.kind, document.blocks, dict(document.meta)) == ("pdf", (), {"pictured": "0"})


# Geometry


def glyphs(text: str, x: float, y: float, size: float = 10, width: float = 0.5) -> list[Glyph]:
    step = size * width
    return [Glyph(each, x + i * step, y, x + (i + 1) * step, y + size) for i, each in enumerate(text)]


def lattice(xs: list[float], ys: list[float]) -> list[Ruling]:
    across = [Ruling(True, y, xs[0], xs[-1]) for y in ys]
    return across + [Ruling(False, x, ys[0], ys[-1]) for x in xs]


def texts(rulings: list[Ruling], *words: list[Glyph]) -> list[tuple[str, ...]]:
    found, _ = tables(Ink(tuple(chain(*words)), merged(rulings)))
    return [row.texts for table in found for row in table.rows]


def test_a_figure_printed_across_a_border_belongs_to_neither_cell() -> None:
    rows = texts(lattice([0, 20, 60], [0, 20]), glyphs("12345", 5, 5), glyphs("6", 45, 5))
    assert rows == [("123" + DOUBT, "45 6" + DOUBT)]
    assert {figure(text).state for text in rows[0]} == {State.UNREADABLE}


def test_a_figure_that_runs_out_of_the_table_is_unreadable() -> None:
    assert texts(lattice([0, 20, 40], [0, 20]), glyphs("1", 5, 5), glyphs("872", 29, 5)) == [("1", "87" + DOUBT)]


def test_neighbours_with_room_between_them_are_both_read() -> None:
    assert texts(lattice([0, 20, 40], [0, 20]), glyphs("12", 5, 5), glyphs("34", 25, 5)) == [("12", "34")]


@pytest.mark.parametrize(
    "words",
    [
        [glyphs("12", 5, 5), glyphs("3", 5, 20)],
        [glyphs("12", 5, 5), glyphs("3", 25, 5)],
        [glyphs("12", 5, 8), glyphs("3", 15, 5, 6)],
        [glyphs("-", 5, 5), glyphs("3", 5, 20)],
        [glyphs("1", 5, 5), glyphs("7", 6, 5)],
        [glyphs("1" + DOUBT, 5, 5)],
        [glyphs("7", 5, -5)],
    ],
    ids=["two lines", "two words", "small behind", "dash above", "overprinted", "unknown glyph", "cut by a border"],
)
def test_what_may_be_two_figures_or_none_is_unreadable(words: list[list[Glyph]]) -> None:
    (row,) = texts(lattice([0, 60, 120], [0, 40]), *words) or [("",)]
    assert figure(row[0]).state in {State.UNREADABLE, State.BLANK}
    assert figure(row[0]).state is State.UNREADABLE or words == [glyphs("7", 5, -5)]


def test_a_glyph_printed_twice_counts_once() -> None:
    assert texts(lattice([0, 60, 120], [0, 20]), glyphs("11", 5, 5), glyphs("11", 5.3, 5)) == [("11", "")]


def test_words_set_vertically_or_wrapped_join() -> None:
    assert cell_text(chain(*(glyphs(each, 5, 12 * n, 10, 1) for n, each in enumerate("商业企业")))) == "商业企业"
    assert cell_text([*glyphs("予以", 5, 0, 10, 1), *glyphs("公开", 5, 12, 10, 1)]) == "予以公开"


def test_open_sides_dashes_and_double_lines_are_borders() -> None:
    dashes = [Ruling(False, 20, y, y + 3) for y in range(0, 40, 5)]
    double = [Ruling(True, y, 0, 40) for y in (0, 2, 20, 22, 40, 42)]
    assert texts(dashes + double, glyphs("1", 5, 5), glyphs("2", 25, 5), glyphs("3", 5, 26), glyphs("4", 25, 26)) == [
        ("1", "2"),
        ("3", "4"),
    ]


def test_a_lost_border_makes_one_cell_and_no_figure() -> None:
    rulings = [each for each in lattice([0, 20, 40, 60], [0, 20]) if each != Ruling(False, 20, 0, 20)]
    rulings += [Ruling(False, 20, 20, 40), *lattice([0, 20, 40, 60], [20, 40])]
    rows = texts(rulings, glyphs("12", 5, 5), glyphs("34", 25, 5), glyphs("5", 45, 5))
    assert rows[0] == ("12 34", "12 34", "5")


def test_a_frame_around_prose_is_no_table() -> None:
    assert texts(lattice([0, 100], [0, 20, 40]), glyphs("1", 5, 5)) == []


# Bounds and damage


@pytest.mark.parametrize(
    ("more", "filters"),
    [(b"", b"/FlateDecode"), (b"/Subtype/Image", b"/FlateDecode"), (b"", b"/Fl#61teDecode")],
    ids=["content", "called an image", "filter in disguise"],
)
def test_a_gigabyte_in_a_small_file_is_refused(more: bytes, filters: bytes) -> None:
    data = document_of(a_gigabyte(), more, filters)
    tracemalloc.start()
    with pytest.raises(ReadError, match="64 MB"):
        pdf.read(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 28


def test_a_gigabyte_packed_twice_is_refused() -> None:
    with pytest.raises(ReadError, match="64 MB"):
        pdf.read(document_of(zlib.compress(a_gigabyte()), filters=b"[/FlateDecode/FlateDecode]"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"0 0 m 9 9 l S\n" * 50_001, "50000"),
        (b"0 0 m " + b"9 9 l " * 500_000 + b"S", "50000"),
        (b"BT /F 9 Tf " + b"(12345678901234567890) Tj " * 10_001 + b"ET", "200000"),
        (b"".join(b"0 %.1f m 50 %.1f l S\n" % (n * 2.5, n * 2.5) for n in range(3001)), "3000"),
        (b"q Q\n" * (5 << 20), "解压后过大"),
    ],
    ids=["paths", "one long path", "characters", "lines", "content"],
)
def test_a_page_beyond_all_bounds_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told) as raised:
        drawn(content)
    assert raised.value.hint


def forms_that_call(depth: int, times: int, spelling: bytes = b"/X Do\n", packed: bool = True) -> bytes:
    """A page that draws a form so many times, which draws a form so many times, and so on."""

    def stream(content: bytes, head: bytes) -> bytes:
        if packed:
            content, head = zlib.compress(content), head + b"/Filter/FlateDecode"
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(content), content)

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        stream(spelling * times, b""),
    ]
    for number in range(6, depth + 5):
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % number
        objects.append(stream(spelling * times, head))
    objects.append(stream(b"10 10 m 500 10 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"))
    return file_of(objects)


@pytest.mark.parametrize(
    ("depth", "times", "spelling", "packed"),
    [
        (20, 2, b"/X Do\n", True),
        (7, 10, b"/X Do\n", False),
        (25, 3, b"/#58 Do\n", True),
        (25, 3, b"/X % what\n Do\n", True),
    ],
    ids=["deep", "not packed", "name in disguise", "comment between"],
)
def test_forms_that_call_each_other_a_million_times_are_refused(
    depth: int, times: int, spelling: bytes, packed: bool
) -> None:
    with pytest.raises(ReadError, match="画得过多"):
        pdf.read(forms_that_call(depth, times, spelling, packed))


@pytest.mark.parametrize("contents", [b"%s", b"[%s]"])
def test_pages_that_share_one_long_content_are_refused(contents: bytes) -> None:
    packed = zlib.compress(b"q Q\n" * 500_000)
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 304))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents " + contents % b"3 0 R" + b">>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 300/Kids[%s]>>" % kids,
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
        *[page] * 300,
    ]
    with pytest.raises(ReadError, match="画得过多"):
        pdf.read(file_of(objects))


def test_a_form_that_calls_itself_ends() -> None:
    calling_itself = forms_that_call(3, 1).replace(b"/X 7 0 R", b"/X 6 0 R")
    assert pdf.read(calling_itself).blocks == ()


@pytest.mark.parametrize(("depth", "times"), [(1, 200), (8, 1), (3, 10)])
def test_forms_in_forms_as_reports_have_them_are_drawn(depth: int, times: int) -> None:
    (page,) = inks(forms_that_call(depth, times))
    assert [ruling[:2] for ruling in page.ink.rulings] == [(True, 790.0)]


def test_streams_that_overlap_are_an_error() -> None:
    opened = b"<<>>\nstream\n" * 50_000 + bytes(1 << 20) + b"\nendstream"
    with pytest.raises(ReadError, match="重叠"):
        pdf.read(file_of([b"<</Type/Catalog/Pages 2 0 R>>", opened]))


@pytest.mark.timeout(120)
def test_lines_that_hang_together_in_a_long_chain_are_drawn() -> None:
    steps = b"".join(
        b"%d %d m %d %d l S %d %d m %d %d l S\n" % (n, n, n + 6, n, n + 6, n, n + 6, n + 6) for n in range(0, 17400, 6)
    )
    drawn(steps)


def test_too_many_pages_are_refused() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    for _ in range(401):
        document.new_page(100, 100)
    buffer = BytesIO()
    document.save(buffer)
    document.close()
    with pytest.raises(ReadError, match="400"):
        pdf.read(buffer.getvalue())


def test_a_file_of_more_than_64_mb_is_refused() -> None:
    with pytest.raises(ReadError, match="64"):
        pdf.read(b"%PDF-1.4" + bytes(64 << 20))


def test_a_password_is_an_error_that_says_so() -> None:
    with pytest.raises(ReadError, match="密码") as raised:
        pdf.read(bytes_of("locked"))
    assert raised.value.hint
    assert "password" in raised.value.text("en")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\0\1\2", b"%PDF-1.4\n%%EOF\n", bytes_of("chromium_lines")[:30_000]])
def test_a_broken_pdf_is_an_error_that_says_so(data: bytes) -> None:
    with pytest.raises(ReadError, match="PDF 文件已损坏"):
        pdf.read(data)


@settings(max_examples=120)
@given(name=st.sampled_from(VALID), data=st.data())
def test_damage_is_a_read_error_and_never_a_traceback(name: str, data: st.DataObject) -> None:
    whole = bytearray(bytes_of(name))
    places = st.integers(0, len(whole) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del whole[data.draw(places) :]
    with contextlib.suppress(ReadError):
        assert pdf.read(bytes(whole)).kind == "pdf"


@pytest.mark.parametrize("name", VALID[:3])
def test_a_packed_page_with_a_flipped_bit_is_not_read_in_part(name: str) -> None:
    whole = bytearray(bytes_of(name))
    content = max(whole.find(b"stream\n"), whole.find(b"stream\r\n"))
    whole[content + 1000] ^= 1
    with pytest.raises(ReadError, match="数据流已损坏"):
        pdf.read(bytes(whole))


def test_sniff_takes_pdf_behind_a_little_rubbish_and_nothing_else() -> None:
    assert pdf.sniff(b"\xef\xbb\xbf\r\n%PDF-1.7\n")
    assert not pdf.sniff(b"PDF")
    assert not pdf.sniff(b"<html>")
