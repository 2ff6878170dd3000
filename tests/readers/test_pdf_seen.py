"""PDF: a figure that nobody sees is not read, strokes that nobody reads are not blank, and what is right stays."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from reportlab.pdfgen.canvas import Canvas

import govstats
from govstats.readers import pdf
from govstats.text.figures import State, figure
from tests.containers.pdf import pdf as printed
from tests.containers.prints import Print
from tests.figuresets import sample
from tests.readers.test_pdf import file_of
from tests.stories import story

_LINES = " ".join(
    [
        *(f"50 {y} m 400 {y} l S" for y in (720, 700, 680, 660)),
        *(f"{x} 720.5 m {x} 659 l S" for x in (50, 200, 300, 400)),
    ]
)
_TEXTS = ((58, 706, "item"), (58, 686, "Rules"), (58, 666, "Fines"), (308, 686, "3"), (208, 666, "5"), (308, 666, "6"))


def text(figures: str = "12", x: float = 230, y: float = 686, size: float = 10, before: str = "") -> str:
    return f"BT {before} /F {size} Tf {x} {y} Td ({figures}) Tj ET"


class Page(NamedTuple):
    """A table of which `ops` paint one cell, above what `behind` paints; further objects are numbered from 6."""

    ops: str
    behind: str = ""
    resources: str = ""
    objects: tuple[str, ...] = ()
    catalogue: str = ""
    page: str = ""
    box: str = "0 0 600 800"

    def rows(self) -> list[tuple[str, ...]]:
        table = " ".join(text(words, x, y) for x, y, words in _TEXTS)
        content = f"{self.behind} 0.5 w {_LINES} {table} q {self.ops} Q"
        objects = [
            f"<</Type/Catalog/Pages 2 0 R{self.catalogue}>>",
            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            f"<</Type/Page/Parent 2 0 R/MediaBox[{self.box}]{self.page}"
            f"/Resources<</Font<</F 5 0 R>>{self.resources}>>/Contents 4 0 R>>",
            stream(content),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *self.objects,
        ]
        (grid,) = pdf.read(file_of([each.encode() for each in objects])).grids
        return [row.texts for row in grid.rows]

    def cell(self) -> str:
        """What is read in the cell; all others are as they were."""
        head, row, last = self.rows()
        assert (head, row[0], row[2], last) == (("item", "", ""), "Rules", "3", ("Fines", "5", "6"))
        return row[1]


def stream(content: str, head: str = "") -> str:
    return f"<<{head}/Length {len(content)}>>\nstream\n{content}\nendstream"


def form(content: str, head: str = "", box: str = "0 0 600 800") -> str:
    return stream(content, f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources<</Font<</F 5 0 R>>>>{head}")


def picture(*grey: int, head: str = "") -> str:
    """A row of grey pixels, in hexadecimal."""
    kind = f"/Type/XObject/Subtype/Image/Width {len(grey)}/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8{head}"
    return stream(bytes(grey).hex() + ">", f"{kind}/Filter/ASCIIHexDecode")


_FORM = "/XObject<</X 6 0 R>>"
_GROUND = "q {} rg 200 680 100 20 re f Q"
_CELL = "q 100 0 0 20 200 680 cm /X Do Q"
_SMALL = "q 12 0 0 12 230 684 cm /X Do Q"
_MASK = "/ExtGState<</S<</SMask<</S/Luminosity/G 6 0 R>>>>>>"
_GROUP = "/Group<</S/Transparency/CS/DeviceGray>>"


def layered(body: str, state: str, *objects: str, marked: str = "6 0 R", resources: str = "", page: str = "") -> Page:
    """A page with two layers, numbers 6 and 7."""
    layers = ("<</Type/OCG/Name(one)>>", "<</Type/OCG/Name(two)>>")
    catalogue = f"/OCProperties<</OCGs[6 0 R 7 0 R]/D<<{state}>>>>"
    names = f"/Properties<</M {marked}/N 7 0 R>>{resources}"
    return Page(body, resources=names, objects=(*layers, *objects), catalogue=catalogue, page=page)


_IN = f"/OC /M BDC {text()} EMC"
_STAMP = "<</Type/Annot/Subtype/Stamp/Rect[205 682 295 698]/OC 6 0 R/AP<</N 9 0 R>>/F 4>>"
_AP = form(text(x=25, y=4), box="0 0 90 16")

UNSEEN = {
    "clip elsewhere": Page(f"50 50 20 20 re W n {text()}"),
    "clips apart": Page(f"200 600 50 300 re W n 300 600 50 300 re W n {text()}"),
    "hole in a clip": Page(f"0 0 600 800 re 202 681 96 18 re W* n {text()}"),
    "clip beside": Page(f"200 680 m 215 700 l 200 700 l h W n {text()}"),
    "clip of letters": Page(f"{text('88', 60, 600, before='7 Tr')} {text(before='0 Tr')}"),
    "form's box": Page("/X Do", resources=_FORM, objects=(form(text(), box="0 0 100 100"),)),
    "form under a clip": Page("50 50 20 20 re W n /X Do", resources=_FORM, objects=(form(text()),)),
    "layer off": layered(_IN, "/OFF[6 0 R]"),
    "all layers off": layered(_IN, "/BaseState/OFF/ON[7 0 R]"),
    "layers not all on": layered(_IN, "/OFF[7 0 R]", "<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>", marked="8 0 R"),
    "form's layer": layered("/X Do", "/OFF[6 0 R]", form(text(), "/OC 6 0 R"), resources="/XObject<</X 8 0 R>>"),
    "comment's layer": layered("", "/OFF[6 0 R]", _STAMP, _AP, page="/Annots[8 0 R]"),
    "red on red": Page(f"1 0 0 rg {text()}", _GROUND.format("1 0 0")),
    "black on black": Page(text(), _GROUND.format("0 0 0")),
    "white on white on black": Page(f"1 g {text()}", _GROUND.format("0 0 0") + _GROUND.format("1 1 1")),
    "on a picture of its colour": Page(f".5 g {text()}", _CELL, _FORM, (picture(128),)),
    "white outlines": Page(f"1 G {text(before='1 Tr')}"),
    "masked away": Page(f"/S gs {text()}", "", _MASK, (form("0 g 0 0 600 800 re f", _GROUP),)),
    "under a picture": Page(f"{text()} {_CELL}", "", _FORM, (picture(255),)),
    "under a polygon": Page(f"{text()} 1 g 201 681 m 299 681 l 299 690 l 298 699 l 201 699 l 201 690 l f"),
    "a speck": Page(text(size=0.05)),
    "beside the page": Page(text(x=-60)),
}
WHOLE = {
    "clip of its cell": Page(f"200 680 100 20 re W n {text()}"),
    "tight clip": Page(f"229 685 14 10 re W n {text()}"),
    "clip with a hole": Page(f"200 680 100 20 re 250 682 5 5 re W* n {text()}"),
    "clip that cuts spaces": Page(f"200 680 50 20 re W n {text('12        ')}"),
    "printed twice": Page(f"200 680 100 20 re 250 682 5 5 re W* n {text()} {text()}"),
    "form's box": Page("/X Do", resources=_FORM, objects=(form(text(), box="200 680 300 700"),)),
    "layer on": layered(_IN, "/ON[6 0 R]"),
    "other layer off": layered(_IN, "/OFF[7 0 R]"),
    "two layers in one place": layered(f"{_IN} /OC /N BDC {text('7')} EMC", "/OFF[7 0 R]"),
    "cover's layer off": layered(f"{text()} /OC /M BDC 1 g 202 682 90 16 re f EMC", "/OFF[6 0 R]"),
    "comment's layer on": layered("", "/ON[6 0 R]", _STAMP, _AP, page="/Annots[8 0 R]"),
    "white on grey": Page(f"1 g {text()}", _GROUND.format(".65 .65 .65")),
    "green on red": Page(f"0 .5 0 rg {text()}", _GROUND.format("1 0 0")),
    "red on white on red": Page(f"1 0 0 rg {text()}", _GROUND.format("1 0 0") + "q 1 g 202 682 90 16 re f Q"),
    "on a pale picture": Page(text(), _CELL, _FORM, (picture(230, 255, 240),)),
    "half masked": Page(f"/S gs {text()}", "", _MASK, (form(".8 g 0 0 600 800 re f", _GROUP),)),
    "underlined": Page(f"{text()} 0.5 w 230 684.5 m 242 684.5 l S"),
    "framed": Page(f"{text()} 0.5 w 201.5 681.5 97 17 re S"),
    "ringed": Page(f"{text()} 1 0 0 RG 1 w 226 689 m 226 698 246 698 246 689 c 246 680 226 680 226 689 c S"),
    "in brackets of lines": Page(f"{text()} 0.5 w 206 684 m 206 696 l S 290 684 m 290 696 l S"),
    "a tick beside it": Page(f"{text()} 1 w 270 690 m 273 686 l 280 697 l S"),
    "in its field": Page(f"{text()} 0.5 w 206 684 88 12 re S"),
    "page of its pages' size": Page(text(), box="0 0 600 800]/CropBox[-50 -50 900 900"),
}
TORN = {
    "lower half": Page(f"200 690 100 10 re W n {text('8')}"),
    "half a digit": Page(f"233 680 60 20 re W n {text('8')}"),
    "one of two": Page(f"{text('1')} 50 50 20 20 re W n {text('2', x=235.6)}"),
    "end of a row": Page(f"0 0 235.5 800 re W n {text()}"),
}
BESIDE = {
    "a 1 before a figure": f"1 w 227 686 m 227 693 l S {text()}",
    "a 1 behind it, nearly as high as the cell": f"1 w 243.5 682 m 243.5 698 l S {text(size=14)}",
    "a 7 behind it": f"1 w 243 693 m 248 693 l 245 686 l S {text()}",
    "a blot behind it": f"243 686 6 7 re f {text()}",
}
INK = {
    "upright stroke": "1 w 235 686 m 235 694 l S",
    "slanting stroke": "1 w 233 686 m 236 694 l S",
    "strokes of a 7": "1 w 230 694 m 236 694 l 232 686 l S",
    "strokes of a 4": "1 w 230 694 m 230 689 l 236 689 l S 235 694 m 235 685 l S",
    "seven segments": "230 686 6 1 re f 230 694 6 1 re f 230 686 1 9 re f 235 686 1 9 re f",
    "frame of a 0": "1 w 230 686 6 9 re S",
    "dots": " ".join(f"235 {686 + 1.5 * dot} 1 1 re f" for dot in range(5)),
    "white outline": "1 0 0 rg 200 680 99 20 re f 1 g 233 686 m 237 686 l 235 695 l 234 693 l 233 692 l 235 690 l f",
    "a 1 nearly as high as its cell": "1 w 235 681.5 m 235 698.5 l S",
    "a 1 that stands on the border": "1 w 235 680 m 235 696 l S",
    "a 1 from border to border": "1 w 235 680 m 235 700 l S",
    "a 1 with its flag, nearly as high": "1 w 235 682 m 235 698.5 l 231 694 l S",
    "a 1 as a thin box": "234.5 681.5 1.2 17 re f",
    "a 4 nearly as high": "1 w 230 698.5 m 230 689 l 236 689 l S 235 694 m 235 681.5 l S",
    "a 0 nearly as high": "1 w 230 681.5 8 17 re S",
    "an 11 nearly as high": "1 w 232 681.5 m 232 698.5 l S 238 681.5 m 238 698.5 l S",
    "a blot": "230 685 9 9 re f",
    "a bar over what was there": "0 g 205 682 85 16 re f",
    "a round blot": "235 690 m 235 693 230 693 230 690 c 230 687 235 687 235 690 c f",
    "a blot with round corners": "206 683 m 292 683 l 294 685 l 294 696 l 292 698 l 206 698 l 204 696 l 204 685 l f",
    "letters as a stencil": f"{text(before='7 Tr')} 0 g 200 680 100 20 re f",
}
BLANK = {
    "rule to write on": "0.5 w 220 684.5 m 280 684.5 l S",
    "diagonal": "0.5 w 203 682 m 297 698 l S",
    "white strokes": "1 G 1 w 230 694 m 236 694 l 232 686 l S",
    "white box": "1 g 205 682 80 16 re f",
    "inner frame": "0.5 w 202 682 96 16 re S",
    "field's frame": "0.5 w 206 684 88 12 re S",
    "dots along the border": " ".join(f"{x} 681 .5 .5 re f" for x in range(200, 300, 2)),
    "a dark cell": "0.2 g 200 680 100 20 re f",
    "a dark cell with a margin": "0.2 g 201 681 98 18 re f",
    "a dark cell with a white one in it": "0 g 200 680 100 20 re f 1 g 201 681 98 18 re f",
    "a box that is not yet ticked": "0.9 g 230 685 9 9 re f",
    "a frame near the sides of its cell": "0.5 w 202 685 96 10 re S",
    "a grey cell": "0.9 g 200 680 100 20 re f",
}
_BY_HAND = "<</Type/Annot/Subtype/Ink/Rect[228 684 240 697]/InkList[[230 694 236 694 232 686]]/F {}{}>>"


@pytest.mark.parametrize("name", UNSEEN)
def test_a_figure_that_is_not_seen_is_not_read(name: str) -> None:
    assert figure(UNSEEN[name].cell()).state in {State.BLANK, State.UNREADABLE}


@pytest.mark.parametrize("name", WHOLE)
def test_a_figure_that_is_seen_is_read(name: str) -> None:
    assert WHOLE[name].cell() == "12"


@pytest.mark.parametrize("name", TORN)
def test_a_figure_of_which_a_part_is_seen_is_unreadable(name: str) -> None:
    assert figure(TORN[name].cell()).state is State.UNREADABLE


def test_a_label_that_its_cell_cuts_off_is_whole() -> None:
    rows = Page(f"{text()} 200 700 30 20 re W n {text('a long label', x=208, y=706)}").rows()
    assert rows[0] == ("item", "a long label", "")


@pytest.mark.parametrize("name", BESIDE)
def test_strokes_beside_a_figure_may_be_digits_of_it(name: str) -> None:
    assert figure(Page(BESIDE[name]).cell()).state is State.UNREADABLE


@pytest.mark.parametrize("name", INK)
def test_strokes_in_a_blank_cell_are_unreadable(name: str) -> None:
    assert figure(Page(INK[name]).cell()).state is State.UNREADABLE


def _drawn(canvas: Canvas, x: float, y: float, words: str, size: float) -> None:
    """A 7 of two strokes for a 7, and nothing else."""
    canvas.setFont("Helvetica", size)
    if words == "7":
        canvas.setLineWidth(0.8)
        canvas.line(x, y + 0.7 * size, x + 0.5 * size, y + 0.7 * size)
        canvas.line(x + 0.5 * size, y + 0.7 * size, x + 0.2 * size, y)
    else:
        canvas.drawString(x, y, words)


def test_figures_that_are_drawn_in_a_report_are_told_as_lost() -> None:
    made = sample("dense", 3).figures
    figures = {table: {row: dict(cells) for row, cells in rows.items()} for table, rows in made.items()}
    figures["applications"]["3.1"]["natural_person"] = "7"
    audit = govstats.check(printed(story(figures), printed=Print(write=_drawn)))
    told = [finding for finding in audit.findings if finding.rule == "D007"]
    assert any(("3.1", "natural_person") in [(cell.row, cell.column) for cell in finding.cells] for finding in told)


@pytest.mark.parametrize("ends", [1.0, 1.5, 2.5])
def test_ones_drawn_in_cells_that_lie_above_each_other_are_no_border(ends: float) -> None:
    strokes = " ".join(f"235 {y + ends} m 235 {y + 20 - ends} l S" for y in (660, 680))
    page = Page(f"0.5 w {strokes}")
    texts = [line for line in page.rows() if line[0] in {"Rules", "Fines"}]
    assert figure(texts[0][1]).state is State.UNREADABLE


@pytest.mark.parametrize("line", ["250 680 m 250 700 l S", "250 681 m 250 699.5 l S"])
def test_a_line_between_two_texts_is_a_border(line: str) -> None:
    page = Page(f"0.5 w {line} {text('12', x=210)} {text('34', x=260)}")
    assert page.rows()[1] == ("Rules", "12", "34", "3")


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_cell_with_rules_or_shading_is_blank(name: str) -> None:
    assert Page(BLANK[name]).cell() == ""


@pytest.mark.parametrize(
    ("pixels", "state"),
    [((255,), State.BLANK), ((255, 0, 255), State.UNREADABLE)],
)
def test_a_picture_that_shows_nothing_is_blank(pixels: tuple[int, ...], state: State) -> None:
    assert figure(Page(_SMALL, "", _FORM, (picture(*pixels),)).cell()).state is state


@pytest.mark.parametrize(("painted", "state"), [("(7) Tj", State.UNREADABLE), ("() Tj", State.BLANK)])
def test_a_pattern_is_read_by_nobody(painted: str, state: State) -> None:
    head = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 100 20]/XStep 100/YStep 20"
    pattern = stream(
        f"BT /F 10 Tf 20 5 Td {painted} ET", f"{head}/Matrix[1 0 0 1 200 680]/Resources<</Font<</F 5 0 R>>>>"
    )
    page = Page("/Pattern cs /P scn 200 680 100 20 re f", "", "/Pattern<</P 6 0 R>>", (pattern,))
    assert figure(page.cell()).state is state


def test_a_pattern_so_fine_that_drawing_it_never_ends_is_not_drawn() -> None:
    head = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .01/YStep .01/Resources<<>>"
    page = Page(
        f"/Pattern cs /P scn 0 0 600 800 re f {text()}", "", "/Pattern<</P 6 0 R>>", (stream("0 0 9 9 re f", head),)
    )
    assert figure(page.rows()[1][1]).state is State.UNREADABLE


def test_masks_of_much_content_are_not_drawn_again_and_again() -> None:
    mask = form("1 g 0 0 600 800 re f " * 3000, _GROUP)
    page = Page(" ".join(f"/S gs {text()}" for _ in range(300)), "", _MASK, (mask,))
    assert figure(page.cell()).state is State.UNREADABLE


@pytest.mark.parametrize(("flags", "state"), [("4", State.UNREADABLE), ("2", State.BLANK)])
@pytest.mark.parametrize("appearance", ["", "/AP<</N 7 0 R>>"])
def test_strokes_by_hand_are_unreadable_unless_they_are_hidden(flags: str, state: State, appearance: str) -> None:
    drawn = form("1 w 2 10 m 8 10 l 4 2 l S", box="0 0 12 13")
    page = Page("", objects=(_BY_HAND.format(flags, appearance), drawn), page="/Annots[6 0 R]")
    assert figure(page.cell()).state is state
