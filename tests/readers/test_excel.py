"""Workbooks and separated values are read to the figure; what cannot be read is an error, never a zero or a crash."""

from __future__ import annotations

import datetime
import struct
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats.errors import ReadError
from govstats.model.document import Grid, Span
from govstats.readers import csv as separated
from govstats.readers import excel
from govstats.readers.excel import olecontainer
from govstats.text.figures import State
from tests.containers.sheets import put
from tests.factory import LAYOUTS, SECTIONS, Figures, as_figures, document, pipe_table, random_valid
from tests.folders import DOCUMENTS
from tests.made import faults

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

DOCUMENTS = DOCUMENTS / "excel"
TITLE = "某市某局2023年政府信息公开工作年度报告"
SAMPLES = Path(govstats.__file__).parent / "samples"


def typed(text: str) -> object:
    """As somebody types it: figures become numbers, a blank an empty cell."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def workbook(
    figures: Figures,
    *,
    one_sheet: bool = True,
    top: int = 1,
    left: int = 1,
    convert: Callable[[str], object] = typed,
    change: Callable[[Any], None] = lambda book: None,
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.cell(top, left, TITLE)
    sheet.merge_cells(start_row=top, start_column=left, end_row=top, end_column=left + 9)
    row = top + 2
    for name, make in LAYOUTS.items():
        if not one_sheet:
            sheet, row = book.create_sheet(name), top
        sheet.cell(row, left, SECTIONS[name])
        row = put(sheet, make(figures), row + 1, left, convert) + 1
    change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def vectors_of(seed: int) -> dict[str, np.ndarray]:
    return random_valid(np.random.default_rng(seed), 0.5, 5000, plausible=False)


def assert_exact(data: bytes, vectors: Mapping[str, np.ndarray]) -> govstats.Report:
    report = govstats.read(data)
    assert {name: list(table.values) for name, table in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }
    assert faults(govstats.check(report)) == []
    assert (report.agency, report.year) == ("某市某局", 2023)
    return report


def grid(data: bytes) -> Grid:
    return excel.read(data).grids[0]


def cells(*values: object) -> bytes:
    """A workbook whose first row holds these values."""
    book = openpyxl.Workbook()
    for column, value in enumerate(values, 1):
        book.active.cell(1, column, value)
    return saved(book)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def by_hand(
    rows: str, after: str = "", before: str = "", calculation: str = "", sheets: int = 1, shared: str = ""
) -> bytes:
    """The smallest .xlsx with these rows; `sheets` of it are one part."""
    numbers = range(1, sheets + 1)
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>' for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="a{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
        + f"</sheets>{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
    }
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def ods(rows: str) -> bytes:
    """The smallest .ods with these rows."""
    names = ("office", "table", "text", "calcext")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table>{rows}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


@given(st.integers(0, 2**32 - 1), st.booleans(), st.integers(1, 9), st.integers(1, 5))
@settings(max_examples=25)
def test_any_valid_workbook_is_read_exactly_wherever_its_tables_stand(
    seed: int, one_sheet: bool, top: int, left: int
) -> None:
    vectors = vectors_of(seed)
    assert_exact(workbook(as_figures(vectors), one_sheet=one_sheet, top=top, left=left), vectors)


@pytest.mark.parametrize(
    "convert",
    [
        lambda text: text,
        lambda text: f" {int(text):,} " if text.isdigit() else text,
        lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if text.isdigit() else text,
        lambda text: float(text) if text.isdigit() else text,
    ],
    ids=["text", "thousands", "full width", "float"],
)
def test_figures_typed_as_text_are_read_all_the_same(convert: Callable[[str], object]) -> None:
    vectors = vectors_of(3)
    assert_exact(workbook(as_figures(vectors), convert=convert), vectors)


def test_blanks_stay_blank_and_zeros_stay_zeros() -> None:
    vectors = vectors_of(4)
    figures = as_figures(vectors)
    blanked = {t: {r: {c: v or "" for c, v in row.items()} for r, row in rows.items()} for t, rows in figures.items()}
    report = govstats.read(workbook(blanked))
    for name, table in report.tables.items():
        assert [state is State.BLANK for state in map(State, table.states)] == [value == 0 for value in vectors[name]]
        filled = vectors[name] != 0
        assert list(table.values[filled]) == list(vectors[name][filled])


def test_a_place_is_the_row_and_column_of_the_sheet() -> None:
    report = govstats.read(workbook(as_figures(vectors_of(5)), top=4, left=3))
    place = report.tables["disclosure"].places[0]
    assert place is not None
    assert (place.table, place.line, place.column) == (1, 9, 4)


def test_merged_cells_repeat_their_text_and_say_what_covers_them() -> None:
    book = openpyxl.Workbook()
    book.active["B2"], book.active["D3"] = "甲", 1
    book.active.merge_cells("B2:C3")
    book.active.merge_cells("D4:E4")
    rows = grid(saved(book)).rows
    assert [row.texts for row in rows] == [
        ("", "甲", "甲", "", ""),
        ("", "甲", "甲", "1", ""),
        ("", "", "", "", ""),
    ]
    assert rows[0].spans[1:3] == (Span.OWN, Span.FROM_LEFT)
    assert rows[1].spans[1:3] == (Span.FROM_ABOVE, Span.FROM_ABOVE)
    assert rows[2].spans[3:] == (Span.OWN, Span.FROM_LEFT)
    assert [row.line for row in rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (81, "81"),
        (81.0, "81"),
        (-417, "-417"),
        (38.441094, "38.441094"),
        (0.1 + 0.2, "0.3"),
        (0.0000001, "0.0000001"),
        (9007199254740991, "9007199254740991"),
        ("1,113", "1,113"),
        ("８１", "８１"),
        (" 0 ", " 0 "),
        ("行政\n许可", "行政\n许可"),
        (True, "TRUE"),
        (datetime.date(2023, 1, 2), "2023-01-02"),
        (datetime.datetime(2023, 1, 2, 3, 4), "2023-01-02T03:04:00"),
        ("=SUM(B2:B4)", "=SUM(B2:B4)"),
        ("#REF!", "#REF!"),
    ],
)
def test_a_value_is_text_as_printed(value: object, text: str) -> None:
    assert grid(cells("x", value)).rows[0].texts == ("x", text)


FORMULA = '<row r="1"><c r="A1"><v>7</v></c><c r="B1"{kind}><f>A1-7</f>{value}</c></row>'
WAITING = '<calcPr fullCalcOnLoad="1"/>'


@pytest.mark.parametrize(
    ("kind", "value", "calculation", "text"),
    [
        ("", "<v>7</v>", "", "7"),
        ("", "<v>0</v>", "", "0"),
        ("", "", "", "=A1-7"),
        ("", "<v></v>", "", "=A1-7"),
        ("", "<v>0</v>", WAITING, "=A1-7"),
        ("", "<v>7</v>", WAITING, "7"),
        (' t="str"', "<v>7件</v>", "", "7件"),
        (' t="e"', "<v>#DIV/0!</v>", "", "#DIV/0!"),
        (' t="e"', "", "", "#VALUE!"),
    ],
)
def test_a_formula_has_its_stored_value_or_none(kind: str, value: str, calculation: str, text: str) -> None:
    found = grid(by_hand(FORMULA.format(kind=kind, value=value), calculation=calculation))
    assert found.rows[0].texts == ("7", text)


@pytest.mark.parametrize("value", ["=SUM(B2:B4)", "#REF!", datetime.date(2023, 1, 2), True])
def test_what_is_no_figure_is_unreadable_in_its_own_cell_only(value: object) -> None:
    vectors = vectors_of(6)

    def change(book: Any) -> None:
        (cell,) = [
            cell for row in book.active.iter_rows() for cell in row if cell.value == "一、本年新收政府信息公开申请数量"
        ]
        book.active.cell(cell.row, cell.column + 4).value = value

    table = govstats.read(workbook(as_figures(vectors), change=change)).tables["applications"]
    wrong = [position for position, state in enumerate(table.states) if state == State.UNREADABLE]
    assert [(table.form.cells[at].row, table.form.cells[at].column) for at in wrong] == [
        ("1", list(table.form.columns)[1])
    ]
    right = [at for at in range(len(table.values)) if at not in wrong]
    assert list(table.values[right]) == list(vectors["applications"][right])


def test_hidden_sheets_come_last_and_keep_their_number() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "旧"
    book.active.sheet_state = "hidden"
    book.create_sheet()["A1"] = "新"
    book.create_chartsheet()
    assert [(each.table, each.rows[0].texts) for each in excel.read(saved(book)).grids] == [(2, ("新",)), (1, ("旧",))]


def test_title_lines_are_prose_and_stay_in_the_grid() -> None:
    book = openpyxl.Workbook()
    for row in (["", TITLE], ["一段话。\n又一段话。", ""], ["规章", 3], ["", 5], ["行政许可", ""]):
        book.active.append([value or None for value in row])
    read = excel.read(saved(book))
    assert [(each.text, each.line) for each in read.paragraphs] == [
        (TITLE, 1),
        ("一段话。", 2),
        ("又一段话。", 2),
        ("行政许可", 5),
    ]
    assert len(read.grids[0].rows) == 5


ROWS, COLUMNS = "table:number-rows-repeated", "table:number-columns-repeated"
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">{}</c></row>'
EMPTY = "<table:table-row {}><table:table-cell {}/></table:table-row>"
FILLED = "<table:table-row {}><table:table-cell {}><text:p>1</text:p></table:table-cell></table:table-row>"


@pytest.mark.parametrize(
    "data",
    [
        by_hand(FAR.format("<v>1</v>")),
        by_hand('<row r="5001"><c r="A5001"><v>1</v></c></row>'),
        by_hand('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
        by_hand('<row r="1"><c r="XFD1" t="str"/></row>'),
        by_hand("<row/>" * 5000 + "<row><c><v>1</v></c></row>"),
        by_hand("<row>" + "<c><v>1</v></c>" * 300 + "</row>"),
        by_hand("<row>" + "<c><v>1</v></c>" * 250 + "</row>", "<!-- " + " " * (2 << 20) + " -->"),
        by_hand("", "<mergeCells>" + '<mergeCell ref="A1:BL64"/>' * 90_000 + "</mergeCells>"),
        by_hand(
            '<row><c r="A1"><v>1</v></c></row>', "<mergeCells>" + '<mergeCell ref="A1:BL64"/>' * 90 + "</mergeCells>"
        ),
        by_hand('<row><c r="A1"><v>1</v></c></row><row><c r="IV5000"><v>1</v></c></row>', sheets=250),
        by_hand("<row><c/><c/><c/></row>" * 2_000, sheets=250),
        by_hand(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 10, shared=f"<si><t>{'一' * 300_000}</t></si>"),
        ods(FILLED.format(f'{ROWS}="1048576"', "")),
        ods(FILLED.format("", f'{COLUMNS}="99999999999"')),
        ods(EMPTY.format(f'{ROWS}="1048575"', "") + FILLED.format("", "")),
        ods(FILLED.format(f'{ROWS}="5000"', f'{COLUMNS}="200"')),
    ],
)
@pytest.mark.timeout(120)
def test_a_workbook_beyond_all_measure_is_refused(data: bytes) -> None:
    assert len(data) < 20_000
    with pytest.raises(ReadError, match="太大") as raised:
        govstats.read(data)
    assert raised.value.hint


@pytest.mark.parametrize(
    "data",
    [
        by_hand(FAR.format("")),
        by_hand(FAR.format("").replace("<c r=", '<c s="0" r=')),
        by_hand('<row><c r="A1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ods(FILLED.format("", "") + EMPTY.format(f'{ROWS}="1048575"', f'{COLUMNS}="16384"')),
    ],
)
@pytest.mark.timeout(120)
def test_empty_cells_far_away_do_no_harm(data: bytes) -> None:
    assert grid(data).rows[0].texts[0] == "1"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ReadError, match="太大"):
        excel.read(packed({"xl/workbook.xml": " " * (80 << 20)}))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (by_hand("<row>"), "损坏"),
        (by_hand("", before='<!DOCTYPE x [<!ENTITY a "1">]>'), "损坏"),
        (by_hand('<row><c r="1A"><v>1</v></c></row>'), "损坏"),
        (by_hand('<row><c r="A1" t="s"><v>5</v></c></row>'), "损坏"),
        (by_hand('<row><c r="A1" t="b"><v>x</v></c></row>'), "损坏"),
        (cells(1)[:-30], "损坏"),
        (cells(1)[:900], "损坏"),
        (packed({"xl/workbook.bin": ""}), "xlsb"),
        (packed({"content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}), "加密"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        (b"\xd0\xcf\x11\xe0", "损坏"),
        (bytes(33 << 20), "太大"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_a_hint(data: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told) as raised:
        excel.read(data)
    assert raised.value.hint
    assert raised.value.text("en").isascii()


def ole(stream: bytes) -> bytes:
    return olecontainer.pack(bytearray(stream))


def biff(*records: tuple[int, bytes]) -> bytes:
    """One sheet with these records, in a workbook stream."""
    written = [(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)), *records, (0x000A, b"")]
    sheet = b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in written)
    bound = struct.pack("<HHIHBB", 0x0085, 9, 37, 0, 1, 0) + b"a"
    return struct.pack("<HHHHHHII", 0x0809, 16, 0x600, 5, 0, 0, 0, 0) + bound + struct.pack("<HH", 10, 0) + sheet


def number(row: int, column: int, value: float) -> tuple[int, bytes]:
    return 0x0203, struct.pack("<HHHd", row, column, 0, value)


def test_an_xls_may_announce_any_size() -> None:
    huge = (0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    assert grid(ole(biff(huge, number(2, 1, 81)))).rows == (excel.GridRow(3, ("", "81"), (Span.OWN, Span.OWN)),)


def test_an_xls_with_a_cell_far_away_is_refused() -> None:
    with pytest.raises(ReadError, match="太大"):
        excel.read(ole(biff(number(0, 0, 1), number(65535, 65535, 1))))


def test_an_xls_that_says_one_long_text_in_many_cells_is_refused() -> None:
    text = b"".join(struct.pack("<HH", 0x003C, 8000) + bytes(8000) for _ in range(17))
    labels = [(0x00FD, struct.pack("<HHHI", number, column, 0, 0)) for number in range(200) for column in range(200)]
    plain = biff(*labels)
    start = plain.index(struct.pack("<HHIHBB", 0x0085, 9, 37, 0, 1, 0))
    bound = struct.pack("<HHIHBB", 0x0085, 9, 37 + 4 + len(text), 0, 1, 0)
    shared = struct.pack("<HH", 0x00FC, 0) + text
    stream = plain[:start] + bound + plain[start + len(bound) : 33] + shared + plain[33:]
    with pytest.raises(ReadError, match="太大"):
        excel.read(ole(stream))


def test_errors_in_an_xls_are_no_blanks() -> None:
    reference = (0x0205, struct.pack("<HHHBB", 0, 0, 0, 0x17, 1))
    quotient = (0x0006, struct.pack("<HHH", 0, 1, 0) + b"\2\0\7\0\0\0\xff\xff" + bytes(8))
    assert grid(ole(biff(reference, quotient))).rows[0].texts == ("#REF!", "#DIV/0!")


def test_a_formula_in_an_xls_that_awaits_calculation_is_no_zero() -> None:
    waiting = (0x0006, struct.pack("<HHHdH", 0, 0, 0, 0.0, 2) + bytes(6))
    calculated = (0x0006, struct.pack("<HHHdH", 0, 1, 0, 0.0, 0) + bytes(6))
    assert grid(ole(biff(waiting, calculated))).rows[0].texts == ("=", "0")


def test_an_encrypted_xls_is_told_as_such() -> None:
    locked = biff().replace(b"\x85\0", b"\x2f\0", 1)
    with pytest.raises(ReadError, match="加密"):
        excel.read(ole(locked))


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*")), ids=lambda path: path.name)
def test_files_of_libreoffice_are_read_exactly(path: Path) -> None:
    assert excel.is_workbook(path.read_bytes())
    assert_exact(path.read_bytes(), vectors_of(7))


def valid_files() -> list[bytes]:
    made = workbook(as_figures(vectors_of(8)))
    return [made, *(path.read_bytes() for path in sorted(DOCUMENTS.glob("*")))]


FILES = valid_files()


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from(FILES)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del damaged[data.draw(st.integers(0, len(damaged) - 1)) :]
    with suppress(ReadError):
        excel.read(bytes(damaged))


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_sheet_in_a_sound_archive_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(FILES[0])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.startswith("xl/"))))
    text = bytearray(parts[name])
    at = data.draw(st.integers(0, len(text) - 1))
    text[at : at + data.draw(st.integers(0, 9))] = data.draw(
        st.sampled_from([b"", b"9", b"<c>", b'"', b"99999", b"\0"])
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, bytes(text) if each == name else content)
    with suppress(ReadError):
        excel.read(out.getvalue())


def test_heads_of_workbooks_are_known_and_others_left_alone() -> None:
    assert excel.sniff(FILES[0][:4096])
    assert excel.sniff(ods("")[:4096])
    assert not excel.sniff(packed({"word/document.xml": "", "word/embeddings/xl/a.xml": "xl/"})[:4096])
    assert not excel.sniff(packed({"a.txt": "xl/"})[:4096])
    assert not excel.sniff(b"xl/")
    assert not excel.is_workbook(packed({"word/document.xml": ""}))
    assert not excel.is_workbook(b"PK\x03\x04" + bytes(99))
    assert not excel.is_workbook(b"\xd0\xcf\x11\xe0" + bytes(9999))
    assert excel.sniff(ole(biff())[:4096]) is False
    assert excel.is_workbook(ole(biff()))


def as_csv(figures: Figures, delimiter: str) -> str:
    """As a spreadsheet saves it: all lines of one width, a merged cell followed by empty ones."""
    lines = [[TITLE]]
    for name, make in LAYOUTS.items():
        lines.append([SECTIONS[name]])
        for line in pipe_table(make(figures), "A4").splitlines():
            lines.append([text.strip() for text in line.rstrip().removesuffix("|").split("|")])
    width = max(map(len, lines))
    quoted = [[f'"{text}"' if delimiter in text else text for text in line] for line in lines]
    return "".join(delimiter.join(line + [""] * (width - len(line))) + "\r\n" for line in quoted)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separated_values_are_read_exactly(delimiter: str, charset: str) -> None:
    vectors = vectors_of(9)
    data = as_csv(as_figures(vectors), delimiter).encode(charset)
    assert separated.sniff(data[:4096])
    assert_exact(data, vectors)


@pytest.mark.parametrize("charset", ["gb18030", "utf-16-le", "utf-32-be"])
@pytest.mark.parametrize("more", range(0, 40, 3))
def test_a_head_that_ends_within_quotes_is_known_too(charset: str, more: int) -> None:
    lines = ["信息内容,本年制发件数,本年废止件数,现行有效件数", *['规章,"1,234","5,678","12,345,678"'] * 300]
    data = ("政府信息公开情况" + "年" * more + ",,,\n" + "\n".join(lines)).encode(charset)
    assert separated.sniff(data[:4096])


def test_thousands_in_quotes_are_one_cell_and_lines_keep_their_numbers() -> None:
    read = separated.read('标题,,\n"行政\n许可","1,113",0\n规章,2,3\n\n法规,4,\n'.encode())
    assert [(row.line, row.texts) for row in read.grids[0].rows] == [
        (1, ("标题", "", "")),
        (2, ("行政\n许可", "1,113", "0")),
        (4, ("规章", "2", "3")),
        (6, ("法规", "4", "")),
    ]
    assert [paragraph.text for paragraph in read.paragraphs] == ["标题"]


def test_a_stray_quote_swallows_no_lines() -> None:
    read = separated.read('甲,"1,2\n乙,3,4\n丙,5,6\n'.encode())
    assert [row.texts for row in read.grids[0].rows] == [("甲", '"1', "2"), ("乙", "3", "4"), ("丙", "5", "6")]


@pytest.mark.parametrize(
    "text",
    [
        "2021年共受理145件,上年结转4件,答复135件,其中:公开36件\n" * 9,
        "甲,乙,丙\n" * 9,
        "规章,1,2\n规范性文件,3,4\n",
        "<table><tr><td>1,2,3</td></tr></table>\n" * 9,
        "规章 | 1,2,3 |\n" * 9,
        "[[1, 2, 3],\n" + "[4, 5, 6],\n" * 9,
        "a, b, c and d. Then e, f, g.\n" * 9,
        "",
    ],
)
def test_prose_and_other_tables_are_no_separated_values(text: str) -> None:
    assert not separated.sniff(text.encode())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*")), ids=lambda path: path.name)
def test_samples_are_no_separated_values(path: Path) -> None:
    assert not separated.sniff(path.read_bytes()[:4096])


def test_real_reports_are_no_separated_values(shared: Path) -> None:
    for path in (shared / "seeds").glob("*.txt"):
        assert not separated.sniff(path.read_bytes()[:4096]), path.name
    for shape in ("html", "A1", "A15"):
        assert not separated.sniff(document(as_figures(vectors_of(1)), shape).encode()[:4096])
