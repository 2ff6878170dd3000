"""Copies in the hands of LibreOffice (nightly): accepted, rejected, drawn; documents that it has made itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.correction.own import own_copy
from govstats.pipeline import parse
from tests.containers.legacy import PROGRAM
from tests.containers.legacy import converted as older
from tests.correction.libreoffice import heights_that_differ, pages, saved_by_libreoffice, settled_by_libreoffice
from tests.correction.test_fix import audited
from tests.correction.test_in_place import BUILDS, DATE, NIGHTLY, corrected, errors, suffix, zhaotong

pytestmark = pytest.mark.skipif(PROGRAM is None or not NIGHTLY, reason="nightly, with LibreOffice (soffice)")

ROW = 60
"""So many points a row of a table is high at most."""
NAMES = [name for name in BUILDS if name != "by hand.odt"] + ["libreoffice.odt"]
"""LibreOffice draws no table that does not say its columns."""
TRACKED = [name for name in NAMES if name.endswith((".docx", ".odt"))]


def built(name: str, folder: Path) -> bytes:
    """昭通 2021 as this kind of document."""
    if name in BUILDS:
        return BUILDS[name](zhaotong())
    return saved_by_libreoffice(BUILDS["page.html"](zhaotong()), ".html", "odt", folder)


@pytest.mark.parametrize("name", TRACKED)
def test_accepted_there_it_is_right_and_rejected_it_is_the_source(name: str, tmp_path: Path) -> None:
    data = built(name, tmp_path)
    made = corrected(data, name)
    accepted = settled_by_libreoffice(made.content, suffix(name), True, tmp_path)
    rejected = settled_by_libreoffice(made.content, suffix(name), False, tmp_path)
    assert errors(accepted) == []
    assert parse("r", accepted).to_dict()["tables"] == parse("r", made.content).to_dict()["tables"]
    before, after = parse("r", data), parse("r", rejected)
    assert after.to_dict()["tables"] == before.to_dict()["tables"]
    assert after.document.text.split() == before.document.text.split()


@pytest.mark.parametrize(
    "given", ["page.html docx:MS Word 2007 XML", "page.html odt", "sheet.ods xlsx", "sheet.xlsx ods"]
)
def test_a_document_of_libreoffice_is_put_right(given: str, tmp_path: Path) -> None:
    name, _, to = given.partition(" ")
    data = saved_by_libreoffice(BUILDS[name](zhaotong()), suffix(name), to, tmp_path)
    made = corrected(data, f"r.{to[:4].rstrip(':')}")
    assert [mark.new for mark in made.changes] == [78, 3, 81]
    assert errors(made.content) == []


@pytest.mark.parametrize("name", NAMES)
def test_pages_differ_only_in_the_row_that_was_corrected(name: str, tmp_path: Path) -> None:
    """A page is drawn at 72 points an inch; a wide sheet is drawn in several pages side by side."""
    data = built(name, tmp_path)
    before = pages(data, suffix(name), tmp_path)
    after = pages(corrected(data, name).content, suffix(name), tmp_path)
    assert len(after) == len(before)
    strips = heights_that_differ(before, after)
    assert strips
    assert max(strips) <= ROW


@pytest.mark.parametrize("kind", [".doc", ".xls"])
def test_older_formats_are_converted_where_that_is_asked_for(kind: str, tmp_path: Path) -> None:
    name = "python-docx.docx" if kind == ".doc" else "sheet.xlsx"
    data = older({f"r{suffix(name)}": BUILDS[name](zhaotong())}, kind)["r"]
    entry = audited(data)
    assert own_copy(data, [entry], DATE) is None
    made = own_copy(data, [entry], DATE, convert=True)
    assert made is not None
    assert made.suffix == {".doc": ".docx", ".xls": ".xlsx"}[kind]
    assert govstats.check(made.content).ok
