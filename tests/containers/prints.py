"""How a PDF is printed: with watermarks, ruled in part or not at all, turned, filled in as a form, corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.containers.decoys import SEEN, UNSEEN, Paint
from tests.marks import HIDDEN, PICTURE, PLAIN, RAISED, STRUCK, manner, runs

_WIDTH, _HEIGHT = 595, 842
_FIGURES, _HAN = "Helvetica", "STSong-Light"

Write = Callable[[Canvas, float, float, str, float], None]
"""(canvas, x, y, figure, size): puts a figure on the page."""


class Print(NamedTuple):
    """What is done at the start of a page and at its end, which borders are drawn, and how a figure is written."""

    begin: Callable[[Canvas], None] = lambda _: None
    end: Callable[[Canvas], None] = lambda _: None
    sides: str = "all"
    """`all`, `level` (above and below), `none`."""
    write: Write | None = None
    splits: str = ""
    """Rows may be divided by a page's end; their figures stand `above` or `below` it."""


def _slanting(text: str, size: float, step: float, grey: float, angle: float = 40) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.setFont(_HAN, size)
        for x in range(0, _WIDTH, int(step)):
            for y in range(0, _HEIGHT, int(step)):
                canvas.saveState()
                canvas.translate(x + step / 4, y + step / 4)
                canvas.rotate(angle)
                canvas.drawString(0, 0, text)
                canvas.restoreState()
        canvas.restoreState()

    return draw


def _overturned(canvas: Canvas) -> None:
    canvas.translate(_WIDTH, _HEIGHT)
    canvas.rotate(180)


def _sideways(canvas: Canvas) -> None:
    canvas.setPageSize((_HEIGHT, _WIDTH))
    canvas.translate(_HEIGHT, 0)
    canvas.rotate(90)


def _plainly(canvas: Canvas, x: float, y: float, figure: str, size: float) -> float:
    font = _FIGURES if figure.isascii() else _HAN
    canvas.setFont(font, size)
    canvas.drawString(x, y, figure)
    width: float = canvas.stringWidth(figure, font, size)
    return width


def _corrected(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """An old figure, with a line through it, before the new one."""
    small = size * 0.7
    old = _plainly(canvas, x, y, "7", small)
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.line(x, y + 0.33 * small, x + old, y + 0.33 * small)
    canvas.restoreState()
    _plainly(canvas, x + old, y, figure, small)


def write_marked(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """A figure of which parts are set apart; what nobody sees takes its place all the same."""
    for run in runs(text):
        x += _MARKS[run.kind](canvas, x, y, run.text, size)


def _raised(canvas: Canvas, x: float, y: float, figure: str, size: float) -> float:
    return _plainly(canvas, x, y + size * 0.4, figure, size * 0.6)


def _struck(canvas: Canvas, x: float, y: float, figure: str, size: float) -> float:
    width = _plainly(canvas, x, y, figure, size)
    canvas.setLineWidth(0.5)
    canvas.line(x, y + 0.33 * size, x + width, y + 0.33 * size)
    return width


def _unseen(canvas: Canvas, x: float, y: float, figure: str, size: float) -> float:
    """White, or not painted at all; or hidden, but for a lone digit: that may be a part of what stands beside it."""
    width: float = canvas.stringWidth(figure, _FIGURES, size)
    if figure.isascii() and len(figure) > 1 and (paint := manner(f"{figure}{x}{y}", (None, *UNSEEN.values()))):
        paint(canvas, x, y, figure, size)
        return width
    canvas.saveState()
    text = canvas.beginText(x, y)
    font = _FIGURES if figure.isascii() else _HAN
    text.setTextRenderMode(manner(figure, (0, 3)))
    canvas.setFillGray(1)
    text.setFont(font, size)
    text.textOut(figure)
    text.setTextRenderMode(0)
    canvas.drawText(text)
    canvas.restoreState()
    return width


def _pictured(canvas: Canvas, x: float, y: float, figure: str, size: float) -> float:
    """A picture, or something painted that is no text."""
    paint = manner(f"{figure}{x}{y}", (None, *SEEN.values()))
    if figure.isascii() and paint:
        paint(canvas, x, y, figure, size)
        return 2 * size
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 20), (40, 40, 40))), x, y, 2 * size, size)
    return 2 * size


_MARKS = {PLAIN: _plainly, RAISED: _raised, STRUCK: _struck, HIDDEN: _unseen, PICTURE: _pictured}


def _with_white(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """Digits that nobody sees before and on the figure: white ones, and such as are not painted."""
    canvas.saveState()
    canvas.setFillGray(1)
    _plainly(canvas, x, y, "98", size)
    canvas.restoreState()
    text = canvas.beginText(x, y)
    text.setTextRenderMode(3)
    text.setFont(_FIGURES, size)
    text.textOut("55")
    text.setTextRenderMode(0)
    canvas.drawText(text)
    _plainly(canvas, x, y, figure, size)


def _over_decoy(paint: Paint) -> Write:
    """In the place of another figure that nobody sees."""

    def write(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
        paint(canvas, x, y, "88", size)
        _plainly(canvas, x, y, figure, size)

    return write


def _on_dark(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """White on a dark ground."""
    canvas.saveState()
    canvas.setFillGray(0.2)
    canvas.rect(x - 0.5, y - 2, canvas.stringWidth(figure, _FIGURES, size) + 1, size + 1, stroke=0, fill=1)
    canvas.setFillGray(1)
    _plainly(canvas, x, y, figure, size)
    canvas.restoreState()


def _in_field(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    form: Any = canvas.acroForm
    canvas.fields = getattr(canvas, "fields", 0) + 1
    width = canvas.stringWidth(figure, _FIGURES, size) + 5
    form.textfield(
        name=f"f{canvas.fields}",
        value=figure,
        x=x - 1,
        y=y - 2,
        width=width,
        height=size + 3,
        fontSize=size,
        fontName=_FIGURES,
        borderWidth=0,
    )


def _typed_over(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    box = (x - 2, y - 2, x + canvas.stringWidth(figure, _FIGURES, size) + 4, y + size)
    canvas.freeTextAnnotation(figure, f"/Helv {size:.1f} Tf 0 g", box)


PRINTS: dict[str, Print] = {
    "watermark": Print(begin=_slanting("内部资料2024", 48, 260, 0.85)),
    "watermark above": Print(end=_slanting("禁止外传 2023", 30, 200, 0.75, 30)),
    "tiled": Print(end=_slanting("青山 05", 10, 60, 0.8, 25)),
    "dark watermark": Print(end=_slanting("样本 18", 24, 150, 0.3, 55)),
    "level": Print(sides="level"),
    "bare": Print(sides="none"),
    "overturned": Print(begin=_overturned),
    "sideways": Print(begin=_sideways),
    "corrected": Print(write=_corrected),
    "white": Print(write=_with_white),
    "on dark": Print(write=_on_dark),
    **{name: Print(write=_over_decoy(paint)) for name, paint in UNSEEN.items()},
    "fields": Print(write=_in_field),
    "typed": Print(write=_typed_over),
    "split above": Print(splits="above"),
    "split below": Print(splits="below"),
}
"""None of these changes a figure, so every one must be read exactly."""
