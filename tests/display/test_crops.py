"""Where a person is asked to compare with the picture, the picture is shown: page, workbook, notebook."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from zipfile import ZipFile

import govstats
from govstats.display.crops import MOST, crops
from govstats.display.look import Look
from govstats.model.audits import Audited
from govstats.model.recognised import Recognised, Trust
from govstats.renderers import render
from tests import factory
from tests.correction.test_fix import figures


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


CROP = png(60, 30)


def pictured(trust: Trust = Trust.AGREED) -> Audited:
    """A report with a wrong figure, as if it had been a scan."""
    report = govstats.read(factory.document(figures(applications__3_1__natural_person=977)))
    crop = b"" if trust is Trust.PROVED else CROP
    tables = {
        name: replace(table, recognised={at: Recognised(raw or "", trust, crop) for at, raw in enumerate(table.raws)})
        for name, table in report.tables.items()
    }
    (entry,) = govstats.check(replace(report, tables=tables)).audited
    return entry


def test_the_cells_of_the_finding_come_first_then_those_of_its_relations() -> None:
    entry = pictured()
    (finding,) = [each for each in entry.findings if each.rule.startswith("T")]
    shown = crops(entry.report, finding, "zh")
    assert len(shown) == MOST
    assert "自然人" in shown[0].told
    assert "读作 977" in shown[0].told


def test_of_what_is_proved_or_printed_nothing_is_shown() -> None:
    for entry in (pictured(Trust.PROVED), *govstats.check(factory.document(figures())).audited):
        assert [crop for finding in entry.findings for crop in crops(entry.report, finding)] == []


def test_page_and_notebook_carry_the_pieces() -> None:
    entry = pictured()
    page = "".join(str(chunk) for chunk in render("html", [entry], Look()))
    for shown in (page, entry._repr_html_()):
        assert shown.count("data:image/png;base64,") >= MOST
        assert "读作 977" in shown
    assert "img-src data:" in page


def test_the_workbook_holds_the_pieces() -> None:
    written = b"".join(
        chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in render("xlsx", [pictured()], Look())
    )
    with ZipFile(io.BytesIO(written)) as book:
        assert any(name.startswith("xl/media/") for name in book.namelist())
