"""PDF in printable characters: read, weighed and checked like all others; and what is lost of a page is told."""

from __future__ import annotations

import base64
import os
import re
import zlib
from collections.abc import Callable

import pytest

from govstats.errors import ReadError
from govstats.readers import pdf
from govstats.readers.pdf.armour import from_ascii85, from_hexadecimal
from tests.containers import CONTAINERS
from tests.figuresets import sample
from tests.readers.test_pdf import a_gigabyte, document_of, file_of
from tests.stories import story

Write = Callable[[bytes], bytes]


def in_ascii85(data: bytes) -> bytes:
    return base64.a85encode(data, wrapcol=72) + b"~>"


def in_hexadecimal(data: bytes) -> bytes:
    return data.hex("\n", 30).encode() + b">"


WRITTEN = [(in_ascii85, b"ASCII85Decode"), (in_hexadecimal, b"ASCIIHexDecode"), (in_ascii85, b"A85")]
PAGE = b"BT /F 9 Tf 50 700 Td (whole) Tj ET " * 40


@pytest.mark.parametrize("size", [*range(12), 70_000, 1_000_003])
def test_what_is_written_in_characters_comes_back(size: int) -> None:
    data = bytes(size // 3) + os.urandom(size - size // 3)
    assert from_ascii85(in_ascii85(data)) == (data, True)
    assert from_hexadecimal(in_hexadecimal(data)) == (data, True)


@pytest.mark.parametrize("written", [b"ab\xffcdef", b"vvvvv", b's8W-"', b"abcdef", b"<~abcde~>"])
def test_what_is_no_such_character_ends_it(written: bytes) -> None:
    assert not from_ascii85(written)[1]


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_page_in_characters_is_read(write: Write, name: bytes) -> None:
    packed = [b"[/%s /FlateDecode]", b"[/%s/FlateDecode]", b"[ /%s\n/FlateDecode ]/DecodeParms[null null]"]
    made = [document_of(write(zlib.compress(PAGE)), filters=each % name) for each in packed]
    for data in (
        *made,
        document_of(write(PAGE), filters=b"/" + name),
        document_of(write(PAGE), filters=b"[/%s]" % name),
    ):
        assert "whole" in pdf.read(data).paragraphs[0].text


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_page_in_characters_that_has_lost_some_is_damage(write: Write, name: bytes) -> None:
    written = write(zlib.compress(PAGE + os.urandom(200)))
    data = document_of(written[:90] + written[120:], filters=b"[/%s /FlateDecode]" % name)
    with pytest.raises(ReadError, match="数据流已损坏"):
        pdf.read(data)


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_what_is_packed_below_characters_is_weighed(write: Write, name: bytes) -> None:
    with pytest.raises(ReadError, match=r"过大|64 MB"):
        pdf.read(document_of(write(a_gigabyte()), filters=b"[/%s /FlateDecode]" % name))


def test_a_page_whose_content_is_nowhere_is_damage() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %s>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    with pytest.raises(ReadError, match="页面的内容丢失"):
        pdf.read(file_of([*tree, page % b"9 0 R"]))
    listed = [*tree, page % b"4 0 R", b"[5 0 R]", b"<</Length 1>>\nstream\nq\nendstream"]
    assert pdf.read(file_of(listed)).blocks == ()
    assert pdf.read(file_of([*tree, page % b"[]"])).blocks == ()


@pytest.mark.parametrize("shape", ["typed", "fields"])
def test_where_something_typed_is_lost_no_other_figure_takes_its_place(shape: str) -> None:
    data = CONTAINERS["pdf-print"].render(story(sample("distinct", 1).figures), "utf-8", shape)
    annotations = re.findall(rb"/Annots \[([^\]]*)\]", data)[0].split(b"R")
    number = annotations[len(annotations) // 2].split()[0]
    lost = re.sub(rb"\n%s 0 obj\n" % number, lambda each: b" " * len(each[0]), data)
    assert lost != data
    with pytest.raises(ReadError, match="填写的内容有一部分丢失"):
        pdf.read(lost)


def test_a_link_that_leads_nowhere_loses_nothing() -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Annots[7 0 R 5 0 R]/Contents[]>>"
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>"
    tree = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"]
    assert pdf.read(file_of([*tree, page, b"<<>>", link])).blocks == ()
