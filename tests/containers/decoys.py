"""On a canvas: figures that nobody sees (clipped, in a layer that is off, of their ground's colour, masked, covered,
beside the page), and such as everybody sees and nobody can read (strokes, blots, patterns)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFResourceDictionary,
    PDFStream,
    PDFString,
    xObjectName,
)
from reportlab.pdfgen.canvas import Canvas

Paint = Callable[[Canvas, float, float, str, float], None]
"""(canvas, x, y, figure, size): paints it there, or makes as if."""

_HELVETICA = "/F1"
_FAR = 2_000


def text(x: float, y: float, figure: str, size: float) -> str:
    """A figure, as the content of a page has it."""
    return f"BT {_HELVETICA} {size:.2f} Tf {x:.2f} {y:.2f} Td ({figure}) Tj ET"


def _painting(content: str) -> Paint:
    """What paints this, of which the figure is `{text}`."""

    def paint(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
        width = canvas.stringWidth(figure, "Helvetica", size)
        place = {"x": x, "y": y, "right": x + width, "top": y + 0.7 * size, "width": width, "size": size}
        ends = {"low": y - 2.5, "high": y + 8.5}
        _code(canvas).append(f"q {content.format(text=text(x, y, figure, size), **place, **ends)} Q")

    return paint


def _code(canvas: Canvas) -> list[str]:
    code: list[str] = canvas._code
    return code


def _off_page(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    _code(canvas).append(text(x - _FAR, y, figure, size))


def _in_layer(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """In a form that belongs to a layer which is off."""
    document: Any = canvas._doc
    layer = PDFObjectReference("layer")
    if not hasattr(document.Catalog, "layered"):
        document.Reference(PDFDictionary({"Type": PDFName("OCG"), "Name": PDFString("old")}), "layer")
        shown = PDFDictionary({"OFF": PDFArray([layer])})
        layers = {"OCProperties": PDFDictionary({"OCGs": PDFArray([layer]), "D": shown})}
        document.Catalog.__Defaults__ = {**document.Catalog.__Defaults__, **layers}
        document.Catalog.layered = True
    _form(canvas, x, y, size, text(0, 2, figure, size), PDFDictionary({"OC": layer}))


_MASK = PDFDictionary({"S": PDFName("Luminosity"), "G": PDFObjectReference(xObjectName("mask"))})


def _masked(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """Under a mask that lets nothing through."""
    if not canvas.hasForm("mask"):
        group = PDFDictionary({"S": PDFName("Transparency"), "CS": PDFName("DeviceGray")})
        canvas.beginForm("mask", 0, 0, 900, 900)
        canvas.endForm(Contents=PDFStream(PDFDictionary({"Group": group}), "0 g 0 0 900 900 re f"))
    state: Any = canvas._extgstate
    state._c["SMask", _MASK] = "masked"
    _code(canvas).append(f"q /masked gs {text(x, y, figure, size)} Q")


def _patterned(canvas: Canvas, x: float, y: float, figure: str, size: float) -> None:
    """In a pattern with which its place is filled."""
    document: Any = canvas._doc
    cell = {
        "Type": PDFName("Pattern"),
        "PatternType": 1,
        "PaintType": 1,
        "TilingType": 1,
        "BBox": PDFArray([0, 0, 60, 20]),
        "XStep": 60,
        "YStep": 20,
        "Matrix": PDFArray([1, 0, 0, 1, x, y - 2]),
        "Resources": _resources(),
    }
    pattern = document.Reference(PDFStream(PDFDictionary(cell), text(0, 2, figure, size)))
    _form(canvas, x, y, size, "/Pattern cs /P scn 0 0 24 12 re f", PDFDictionary({}), Pattern={"P": pattern})


def _form(canvas: Canvas, x: float, y: float, size: float, content: str, head: PDFDictionary, **resources: Any) -> None:
    """Paint a form of its own."""
    canvas.forms = getattr(canvas, "forms", 0) + 1
    canvas.beginForm(name := f"form{canvas.forms}", 0, 0, 24, size + 4)
    canvas.endForm(Contents=PDFStream(head, content), Resources=_resources(**resources))
    canvas.saveState()
    canvas.translate(x, y - 2)
    canvas.doForm(name)
    canvas.restoreState()


def _resources(**more: Any) -> PDFResourceDictionary:
    resources = PDFResourceDictionary(**more)
    resources.basicFonts()
    return resources


UNSEEN: dict[str, Paint] = {
    "clipped": _painting("{x:.1f} 900 40 20 re W n {text}"),
    "layer off": _in_layer,
    "on its colour": _painting("1 .9 .8 rg {x:.1f} {y:.1f} {width:.1f} {size:.1f} re f {text}"),
    "masked": _masked,
    "covered": _painting("{text} 1 g {x:.1f} {y:.1f} {width:.1f} {size:.1f} re f"),
    "beside the page": _off_page,
}
SEEN: dict[str, Paint] = {
    "high stroke": _painting("1 w {right:.1f} {low:.1f} m {right:.1f} {high:.1f} l S"),
    "strokes": _painting("1 w {x:.1f} {top:.1f} m {right:.1f} {top:.1f} l {x:.1f} {y:.1f} l S"),
    "blot": _painting(".1 g {x:.1f} {y:.1f} 7 6 re f"),
    "pattern": _patterned,
}
"""The stroke of a 1 is nearly as high as its cell."""
