"""Documents made to hurt, each read in a worker under the limits of a run: 10 seconds and 1 GB.

All of them are read, or refused by counting, before a limit is reached; a good document behind each is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

import govstats
from govstats.corpus.engines import pool
from govstats.model.audits import Unread
from govstats.pipeline import audited
from govstats.sources import Source

SAMPLE = next(path for path in govstats.samples() if "suqian-2023" in path.name).read_bytes()
STOPPED = ("秒还没有读完", "意外中止", "内存超过")
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = (
    '<?xml version="1.0"?>{doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)
SHEET = (
    f'<?xml version="1.0"?><worksheet xmlns="{SPREADSHEET}">{{dimension}}<sheetData>{{rows}}</sheetData></worksheet>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, doctype: str = "") -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, "word/document.xml": WORD.format(doctype=doctype, body=body)})


def workbook(rows: str, dimension: str = "") -> bytes:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="a" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{relation}">'
            '<sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="s" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": SHEET.format(dimension=dimension, rows=rows),
        }
    )


def pdf(objects: dict[int, tuple[str, bytes]]) -> bytes:
    """Objects by number: dictionary and stream. Object 1 is the catalogue."""
    out = b"%PDF-1.7\n"
    for number, (entries, stream) in objects.items():
        body = b"stream\n" + stream + b"\nendstream\n" if stream else b""
        out += f"{number} 0 obj\n<<{entries}/Length {len(stream)}>>\n".encode() + body + b"endobj\n"
    return out + b"trailer\n<</Root 1 0 R>>\n%%EOF"


def one_page(
    content: tuple[str, bytes], resources: str = "", more: dict[int, tuple[str, bytes]] | None = None
) -> bytes:
    page = f"/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>"
    pages = {1: ("/Type/Catalog/Pages 2 0 R", b""), 2: ("/Type/Pages/Kids[3 0 R]/Count 1", b""), 3: (page, b"")}
    return pdf({**pages, 4: content, **(more or {})})


def swollen_pdf() -> bytes:
    """A page whose content unpacks to 1 GB: one packed piece, again and again."""
    piece = b"0 0 m " * 2**17
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(1_366):
        checksum = zlib.adler32(piece, checksum)
    stream = b"\x78\xda" + packed * 1_366 + packer.flush() + checksum.to_bytes(4, "big")
    return one_page(("/Filter/FlateDecode", stream))


def nested_pdf() -> bytes:
    """Forms that call each other ten times each, eight deep: 10^8 calls."""
    forms = {
        number: (
            f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {number + 1} 0 R>>>>",
            b"/F Do " * 10 if number < 18 else b"0 0 m 9 9 l S ",
        )
        for number in range(10, 19)
    }
    return one_page(("", b"/F Do " * 10), "/XObject<</F 10 0 R>>", forms)


CELL = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a page with a huge rowspan and colspan": lambda: (
        b"<table><tr><td rowspan=999999999 colspan=999999999>x<td>y</table>"
    ),
    "100,000 nested tags": lambda: b"<html>" + b"<div>" * 100_000 + b"x",
    "3,000 formatting tags not closed": lambda: b"<html>" + b"<b><i>" * 3_000 + b"<p>x" * 3_000,
    "1,900 nested tables": lambda: b"<table><tr><td>" * 1_900 + b"x",
    "50,000 nested tables": lambda: b"<table><tr><td>" * 50_000 + b"x",
    "a page of 2 million cells": lambda: b"<table>" + (b"<tr>" + b"<td>1" * 100) * 20_000,
    "a page that is one row of 2 million cells": lambda: b"<table><tr>" + b"<td>1" * 2_000_000,
    "2 million spanned cells": lambda: b"<table>" + b"<tr><td rowspan=64 colspan=64>1" * 30_000,
    "a page of brackets": lambda: b"<html>" + b"<" * 5_000_000,
    "5 million pipes": lambda: b"|" * 5_000_000,
    "2 million short lines": lambda: b"1\n" * 2_000_000,
    "a line of 5 million figures": lambda: b"1 " * 5_000_000,
    "entities of a page": lambda: b"<html>" + b"&amp;" * 2_000_000,
    "text: 20 MB of one character": lambda: "政".encode() * 7_000_000,
    "csv of 2 million cells": lambda: (b"1," * 99 + b"1\n") * 20_000,
    "json nested 100,000 deep": lambda: b'{"a":' * 100_000 + b'"<table>"',
    "Word: 2 million cells": lambda: word("<w:tbl>" + f"<w:tr>{CELL * 100}</w:tr>" * 20_000 + "</w:tbl>"),
    "Word: 100,000 nested tags": lambda: word("<w:sdt><w:sdtContent>" * 100_000),
    "Word: a gridSpan of a billion": lambda: word(
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc>{CELL}</w:tr></w:tbl>"
    ),
    "Word: entities that make a billion": lambda: word("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", BOMB + "]>"),
    "Word: 200 MB unpacked": lambda: word("<w:p/>" * (34 * 2**20)),
    "a workbook with one far cell": lambda: workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a workbook that claims to be full": lambda: workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<dimension ref="A1:XFD1048576"/>'
    ),
    "a workbook of 2 million cells": lambda: workbook(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 20_000),
    "a PDF with a stream of 1 GB": swollen_pdf,
    "a PDF of forms in forms": nested_pdf,
    "a zip with a file of 200 MB": lambda: zipped({"a.html": b"0" * (200 * 2**20)}),
    "an archive in an archive in an archive": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.html": SAMPLE})})}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_told_and_the_next_one_is_read(name: str) -> None:
    sources = [Source("hostile", HOSTILE[name]()), Source("good", SAMPLE)]
    (_, hostile), *_, (_, good) = pool.run(audited, enumerate(sources), 1)
    assert not isinstance(good, Unread)
    assert not good.findings
    if isinstance(hostile, Unread):
        assert hostile.error.message.zh
        assert hostile.error.hint is not None
        assert not any(word in hostile.error.message.zh for word in STOPPED), hostile.error.message.zh
    else:
        assert hostile.findings
