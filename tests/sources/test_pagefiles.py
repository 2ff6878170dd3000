"""Pictures that are the pages of one report are read together: in folders, in archives, and named one by one."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from govstats.readers.picture.binding import bound, unbound
from govstats.sources import Source, plan
from govstats.sources.pagefiles import page_files

REPORT = "青山县教育局2023年政府信息公开工作年度报告"

TOGETHER = [
    ["青山县教育局2023年年报1.jpg", "青山县教育局2023年年报2.jpg"],
    ["青山县教育局2023年年报 (1).png", "青山县教育局2023年年报 (2).png", "青山县教育局2023年年报 (3).png"],
    ["信息公开年报_第1页.png", "信息公开年报_第2页.png"],
    [f"{REPORT}/1.jpg", f"{REPORT}/2.jpg", f"{REPORT}/3.jpg"],
    [f"{REPORT}/第01页.PNG", f"{REPORT}/第02页.PNG"],
    [f"{REPORT}/IMG_1.jpg", f"{REPORT}/IMG_2.jpg"],
    [f"年报-{number:02}.tif" for number in range(13)],
]
APART = [
    ["1.jpg", "2.jpg"],
    ["照片/1.jpg", "照片/2.jpg"],
    ["青山县教育局年报2022.jpg", "青山县教育局年报2023.jpg"],
    ["青山县教育局2023年年报1.jpg", "白水县教育局2023年年报2.jpg"],
    ["青山县教育局2023年年报1.jpg", "青山县教育局2023年年报3.jpg"],
    ["青山县教育局2023年年报2.jpg", "青山县教育局2023年年报3.jpg"],
    [f"{REPORT}/logo1.jpg", f"{REPORT}/logo2.jpg"],
    ["青山县教育局2023年年报1.html", "青山县教育局2023年年报2.html"],
]


@pytest.mark.parametrize("names", TOGETHER)
def test_pages_of_one_report_are_known(names: list[str]) -> None:
    (report,) = page_files(reversed(names))
    assert list(report.pages) == names
    assert f"-{len(names) - ('00' in names[0])}" in report.path


@pytest.mark.parametrize("names", APART)
def test_other_pictures_are_left_alone(names: list[str]) -> None:
    assert list(page_files(names)) == []


def test_ten_pages_come_in_the_order_of_their_numbers() -> None:
    (report,) = page_files(f"年报{number}.jpg" for number in (10, 9, 1, *range(2, 9)))
    assert [page.removesuffix(".jpg") for page in report.pages] == [f"年报{number}" for number in range(1, 11)]


def pictures_in(folder: Path) -> list[Path]:
    (folder / REPORT).mkdir()
    found = [folder / REPORT / f"{number}.png" for number in (1, 2)]
    for number, path in enumerate(found):
        path.write_bytes(b"\x89PNG" + bytes([number]))
    return found


def test_in_a_folder_they_are_one_source(tmp_path: Path) -> None:
    first, second = pictures_in(tmp_path)
    (tmp_path / "年报.html").write_text(REPORT, "utf-8")
    page, report = sorted(plan([tmp_path]).sources, key=lambda each: len(each.pages))
    assert Path(page.name).name == "年报.html"
    assert report.name == str(tmp_path / REPORT / "1-2.png")
    assert report.read() == bound([first.read_bytes(), second.read_bytes()])
    assert plan([first, second]).sources == [report]


def test_in_an_archive_that_is_called_a_report_they_are_one_source(tmp_path: Path) -> None:
    pictures = pictures_in(tmp_path)
    archive = tmp_path / f"{REPORT}.zip"
    with ZipFile(archive, "w") as packed:
        for each in pictures:
            packed.write(each, each.name)
    (part,) = Source(str(archive)).parts()
    assert part.name == f"{archive}/1-2.png"
    assert list(unbound(part.read())) == [each.read_bytes() for each in pictures]
