"""Packages whose parts are called in other ways than the standard's: read, or refused as what they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

import govstats
from govstats.readers._office.package import part_name
from tests.containers import odf, sheets, word
from tests.figuresets import sample
from tests.judge import count
from tests.stories import story

MADE = sample("dense", 1)
TOLD = story(MADE.figures)
PACKAGES = {"docx": word.by_hand, "xlsx": sheets.one_sheet, "odt": odf.odt, "ods": odf.ods}
NAMES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "backslashes": lambda name: name.replace("/", "\\"),
    "from the root": lambda name: f"/{name}",
    "from here": lambda name: f"./{name}",
    "without a media type": lambda name: "other" if name == "mimetype" else name,
}


def called(package: bytes, name: Callable[[str], str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            new.writestr(name(info.filename), old.read(info))
    return packed.getvalue()


@pytest.mark.parametrize("way", NAMES)
@pytest.mark.parametrize("kind", PACKAGES)
def test_a_package_is_known_however_its_parts_are_called(kind: str, way: str) -> None:
    data = called(PACKAGES[kind](TOLD), NAMES[way])
    if kind in {"xlsx", "ods"} and way.startswith("from"):  # no program for sheets opens these
        with pytest.raises(govstats.ReadError, match="工作簿"):
            govstats.read(data)
        return
    assert not count(govstats.read(data), MADE.truth)["unreadable"]


@pytest.mark.parametrize("name", ["word/Document.xml", "\\word\\document.xml", "./word/document.xml"])
def test_names_of_parts_are_alike(name: str) -> None:
    assert part_name(name) == "word/document.xml"


def test_files_beside_each_other_are_an_archive() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        new.writestr("./报告.docx", word.by_hand(TOLD))
    assert len(govstats.check(packed.getvalue()).reports) == 1
