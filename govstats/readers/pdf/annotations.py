"""A page's form fields and typed comments → part of the page, as they are printed. Raises ReadError."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from govstats.readers._limits import UNPACKED
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.refusals import refused

_MAX_ANNOTATIONS = 20_000
_EACH = 500
"""An annotation weighs as much as so many bytes, however little it shows."""


def with_annotations(document: Any, number: int) -> tuple[Any, bool]:
    """The page, with what its annotations show drawn on it (do they?); links and notes that pop up show nothing."""
    page = document[number]
    annotated = _show_something(page)
    if annotated:
        pdfium().raw.FPDFPage_Flatten(page.raw, pdfium().raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[number]
    return page, annotated


def _show_something(page: Any) -> bool:
    raw = pdfium().raw
    count = raw.FPDFPage_GetAnnotCount(page.raw)
    if count > _MAX_ANNOTATIONS:
        raise refused(f"一页上的批注超过 {_MAX_ANNOTATIONS} 个", f"A page has more than {_MAX_ANNOTATIONS} annotations")
    weights = [weight for index in range(count) if (weight := _weight(page, index))]
    if sum(weights) > UNPACKED:
        raise refused("批注内容过大", "Its annotations are of an absurd size")
    return bool(weights)


def _weight(page: Any, index: int) -> int:
    """How much one of them draws; 0 if it shows nothing."""
    raw = pdfium().raw
    with closing(_Annotation(raw.FPDFPage_GetAnnot(page.raw, index))) as annotation:
        if not annotation.raw or raw.FPDFAnnot_GetSubtype(annotation.raw) in (
            raw.FPDF_ANNOT_LINK,
            raw.FPDF_ANNOT_POPUP,
        ):
            return 0
        drawn: int = raw.FPDFAnnot_GetAP(annotation.raw, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        return _EACH + drawn


class _Annotation:
    """An annotation, to be closed."""

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def close(self) -> None:
        """Give it back."""
        if self.raw:
            pdfium().raw.FPDFPage_CloseAnnot(self.raw)
