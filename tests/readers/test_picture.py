"""Pictures: a page seen from anywhere becomes rulings and figures; a scan is read like print, or not at all."""

from __future__ import annotations

import io
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, product
from pathlib import Path

import docx
import docx.shared
import numpy as np
import pytest
from PIL import Image

import govstats
from govstats.errors import ReadError
from govstats.model.recognised import Trust
from govstats.readers.pdf.box import SeenGlyph
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.ruledtable import RuledTable, build
from govstats.readers.pdf.ruling import Ruling
from govstats.readers.pdf.stitching import joined
from govstats.readers.picture import pages
from govstats.readers.picture.network import is_installed
from tests import factory, stories
from tests.containers.pdf import pdf
from tests.serve.serving import URL, client, part

if not is_installed():
    pytest.skip("what recognises is not installed: pip install 'govstats[ocr]'", allow_module_level=True)

from govstats.readers.picture.ctc import best_path, probability, readings
from govstats.readers.picture.paper import evenly_lit, printed
from govstats.readers.picture.strokes import strokes
from govstats.readers.picture.upright import seen_from_above, view_of
from tests import scans

TITLE = "青山县教育局2023年政府信息公开工作年度报告"


def figures_of(seed: int) -> dict[str, dict[str, dict[str, object]]]:
    return factory.as_figures(factory.random_valid(np.random.default_rng(seed)))


@cache
def scanned(empty_totals: bool = False) -> bytes:
    """A report as a scan, a little askew; with `empty_totals`, its agency has left out the line of totals."""
    figures = figures_of(3)
    if empty_totals:
        figures["applications"]["3.7"] = dict.fromkeys(figures["applications"]["3.7"], 0)
    pictures = scans.rasterised(pdf(stories.story(figures, TITLE)), 250)
    return scans.as_pdf([scans.DAMAGES["skew"](each, np.random.default_rng(5)) for each in pictures], 250)


@cache
def read(empty_totals: bool = False) -> govstats.Report:
    return govstats.read(scanned(empty_totals))


def test_every_figure_of_a_scan_is_read_and_most_are_proved() -> None:
    figures, report = figures_of(3), read()
    for name, table in report.tables.items():
        for cell, value in zip(table.form.cells, table.figures, strict=True):
            assert value == figures[name][cell.row][cell.column], cell
    assert {each.trust for each in report.tables["applications"].recognised.values()} == {Trust.PROVED}
    assert (report.agency, report.year, report.format) == ("青山县教育局", 2023, "national-2021")


def test_a_scan_says_so_and_of_a_valid_one_nothing_else_is_said() -> None:
    found = govstats.check(read()).findings
    assert {finding.rule for finding in found} == {"D017"}
    assert "175" in "".join(str(finding) for finding in found)


def test_what_was_recognised_is_told_everywhere() -> None:
    report = read()
    assert report.source("applications/3.7/total").recognised
    assert {"table": "applications", "row": "3.7", "column": "total"} in report.to_dict()["recognised"]
    assert report.to_frame()["recognised"].all()


def test_what_the_agency_left_out_is_told_as_a_warning() -> None:
    figures = figures_of(3)["applications"]
    (finding,) = [each for each in govstats.check(read(True)).findings if each.rule != "D017"]
    assert (finding.rule, finding.severity) == ("T304", "warning")
    assert {cell.column: cell.expected for cell in finding.cells} == figures["3.7"]
    assert "请与原图比对" in finding.message.zh


def test_without_what_recognises_a_scan_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "is_installed", lambda: False)
    report = govstats.read(scanned())
    (finding,) = [each for each in govstats.check(report).findings if each.rule == "D012"]
    assert "govstats[ocr]" in finding.hint.zh
    assert report.tables == {}


def as_png(picture: Image.Image) -> bytes:
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue()


def test_a_picture_without_a_table_is_not_read_and_says_so() -> None:
    report = govstats.read(as_png(Image.new("RGB", (800, 1100), "white")))
    assert "D012" in {finding.rule for finding in govstats.check(report).findings}


def test_a_picture_that_would_burst_is_refused() -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    with pytest.raises(ReadError, match="过大"):
        govstats.read(bomb.getvalue())


def test_a_damaged_picture_is_an_error_that_says_so() -> None:
    with pytest.raises(ReadError, match="PNG"):
        govstats.read(as_png(Image.new("RGB", (80, 80)))[:60])


def test_nothing_that_recognises_is_loaded_for_a_page() -> None:
    code = (
        "import sys, govstats; govstats.check(govstats.samples()[0]); "
        "print({'cv2', 'onnxruntime', 'rapidocr'} & sys.modules.keys())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_the_command_reads_a_scan_within_the_limits_of_its_workers(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("scans") / "扫描.pdf"
    path.write_bytes(scanned())
    command = [sys.executable, "-m", "govstats", "check", str(path), "--jobs", "1", "--format", "concise"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "D017" in told.stdout


# Where pictures stand


PAGE = "<html><body><h1>{title}</h1>{images}<p>五、存在的主要问题及改进情况</p></body></html>"


@cache
def pages_as_png() -> tuple[bytes, ...]:
    return tuple(as_png(each) for each in scans.rasterised(pdf(stories.story(figures_of(3), TITLE)), 200))


def is_read(report: govstats.Report) -> bool:
    """Is every figure read, and most of `applications` proved?"""
    figures = figures_of(3)
    return all(
        value == figures[name][cell.row][cell.column]
        for name in figures
        for cell, value in zip(report.tables[name].form.cells, report.tables[name].figures, strict=True)
    )


def test_tables_that_are_pictures_of_a_page_are_read_beside_it_and_inside_it(tmp_path: Path) -> None:
    first, *others = pages_as_png()
    (tmp_path / "图 片").mkdir()
    (tmp_path / "图 片" / "1.png").write_bytes(first)
    carried = "".join(f'<img src="data:image/png;base64,{b64encode(each).decode()}">' for each in others)
    images = f'<img src="logo.png"><img src="%E5%9B%BE%20%E7%89%87/1.png?v=2">{carried}'
    page = tmp_path / "年报.html"
    page.write_text(PAGE.format(title=TITLE, images=images), "utf-8")
    report = govstats.read(page)
    assert is_read(report)
    assert (report.agency, report.year) == ("青山县教育局", 2023)
    assert report.source("applications/3.7/total").recognised
    assert {finding.rule for finding in govstats.check(report).findings} <= {"D017", "D010"}


def test_a_page_reaches_no_file_outside_its_folder_and_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "1.png").write_bytes(pages_as_png()[0])
    images = f'<img src="../1.png"><img src="file://{tmp_path}/1.png"><img src="http://127.0.0.1:9/1.png">'
    page = tmp_path / "a" / "年报.html"
    page.write_text(PAGE.format(title=TITLE, images=images), "utf-8")
    assert govstats.read(page).tables == {}


def test_tables_that_are_pictures_of_a_word_file_are_read() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for each in pages_as_png():
        document.add_picture(io.BytesIO(each), width=docx.shared.Cm(15))
    saved = io.BytesIO()
    document.save(saved)
    report = govstats.read(saved.getvalue())
    assert is_read(report)
    assert {finding.rule for finding in govstats.check(report).findings} <= {"D017", "D010"}


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side_or_on_its_head_is_turned(turn: int) -> None:
    pictures = [Image.open(io.BytesIO(each)).convert("RGB") for each in pages_as_png()]
    assert is_read(govstats.read(scans.as_tiff([each.rotate(turn, expand=True) for each in pictures], 200)))


def test_pictures_of_the_pages_of_one_report_are_one_report(tmp_path: Path) -> None:
    for number, each in enumerate(pages_as_png(), 1):
        (tmp_path / f"{TITLE}{number}.png").write_bytes(each)
    (entry,) = govstats.audit([tmp_path]).audited
    assert is_read(entry.report)
    assert (entry.report.agency, entry.report.year) == ("青山县教育局", 2023)


def test_photographs_dropped_on_the_page_are_one_report_and_a_bomb_is_refused() -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    dropped = [part(f"{TITLE}{number}.png", each) for number, each in enumerate(pages_as_png(), 1)]
    with client() as asked:
        report, refused = asked.post("/api/check", files=[*dropped, part("图.png", bomb.getvalue())]).json()
        assert "正在识别第 " in asked.post("/check", files=dropped, headers={"origin": URL}).text
    applications = figures_of(3)["applications"]
    assert report["tables"]["applications"]["3.7"] == applications["3.7"]
    assert (report["agency"], report["year"]) == ("青山县教育局", 2023)
    assert "过大" in refused["error"]


# Geometry


def squared(step: int = 60, columns: int = 8, rows: int = 12) -> np.ndarray:
    """Paper with a table on it."""
    paper = np.full((rows * step + 200, columns * step + 200), 255, np.uint8)
    for column in range(columns + 1):
        paper[100 : 102 + rows * step, 100 + column * step : 102 + column * step] = 0
    for row in range(rows + 1):
        paper[100 + row * step : 102 + row * step, 100 : 102 + columns * step] = 0
    return paper


def test_the_rulings_of_a_table_are_found() -> None:
    found = strokes(squared(), 25.0).rulings
    assert sorted(round(each.at - 101) for each in found if each.horizontal) == [60 * row for row in range(13)]
    assert sorted(round(each.at - 101) for each in found if not each.horizontal) == [60 * column for column in range(9)]


def test_a_line_right_below_a_character_is_found() -> None:
    paper = squared(rows=2)
    for left, right in ((152, 157), (160, 162), (165, 170)):
        paper[55:97, left:right] = 0
    assert sum(not each.horizontal for each in strokes(paper, 25.0).rulings) == 9


def piece(xs: list[float], by: float, aside: float) -> RuledTable:
    """A table of two rows with borders at `xs`, photographed from nearer by a factor and from further left."""
    heights = [100, 120, 140]
    glyphs = [
        SeenGlyph("0", (x + y) / 2 - 3, top + 5, (x + y) / 2 + 3, top + 15)
        for x, y in pairwise(xs)
        for top in heights[:-1]
    ]
    across = [Ruling(True, by * y, by * xs[0] + aside, by * xs[-1] + aside) for y in heights]
    down = [Ruling(False, by * x + aside, by * heights[0], by * heights[-1]) for x in xs]
    table = build(Ink(tuple(each.scaled(by, aside) for each in glyphs), (*across, *down)))
    assert table is not None
    return table


@pytest.mark.parametrize(("third", "rows"), [(260.0, 4), (300.0, 0)])
def test_a_table_goes_on_on_a_page_that_was_photographed_from_elsewhere(third: float, rows: int) -> None:
    whole = joined(piece([70, 120, 260, 350, 540], 1.0, 0.0), piece([70, 120, third, 350, 540], 0.85, 31.0))
    assert (whole.height if whole else 0) == rows


@pytest.mark.parametrize("seed", range(4))
def test_a_page_seen_from_aside_is_straightened(seed: int) -> None:
    seen = np.asarray(scans.DAMAGES["photo"](Image.fromarray(squared()).convert("RGB"), np.random.default_rng(seed)))
    paper = evenly_lit(printed(seen))
    straight = seen_from_above(paper, view_of(paper))
    found = strokes(straight, 25.0).rulings
    assert sum(each.horizontal for each in found) == 13
    assert sum(not each.horizontal for each in found) == 9


# What a recogniser says


def spelt(path: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(each for at, each in enumerate(path) if each and (at == 0 or each != path[at - 1]))


def random_steps() -> Iterator[np.ndarray]:
    rng = np.random.default_rng(0)
    for _ in range(20):
        yield rng.dirichlet([0.5] * 4, 5).astype(np.float32)


def test_how_probable_a_reading_is_counts_every_way_to_spell_it() -> None:
    for steps in random_steps():
        told: dict[tuple[int, ...], float] = {}
        for path in product(range(4), repeat=5):
            p = float(np.prod([step[each] for step, each in zip(steps, path, strict=True)]))
            told[spelt(path)] = told.get(spelt(path), 0.0) + p
        for reading, p in told.items():
            assert probability(steps, reading) == pytest.approx(p, abs=1e-6)
        found = dict(readings(steps, 99))
        assert all(p <= told[reading] + 1e-6 for reading, p in found.items())
        assert max(told, key=lambda reading: told[reading]) in found
        assert tuple(best_path(steps)) in told
