"""Pages of a PDF that are pictures → the pictures, as fine as they were scanned. Raises ReadError."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.pdfiumpages import LOCK, opened

_COARSEST, _USUAL, _FINEST = 120.0, 200.0, 300.0
"""Pixels an inch."""
_POINTS = 72.0
MOST_PIXELS = 24_000_000
"""Of a page as it is looked at."""
_MOST_STORED = 120_000_000
"""Pixels of a picture inside the page: one with more was made to burst."""


class Rendered(NamedTuple):
    """A page as a picture (height × width × 3), and its width in points."""

    picture: NDArray[np.uint8]
    width: float


def rendered(data: bytes, numbers: Sequence[int]) -> Iterator[Rendered | None]:
    """The pages with these numbers (from 0), one by one; None for one that is too large to be drawn."""
    for number in numbers:
        with LOCK, closing(opened(data)) as document, closing(document[number]) as page:
            yield _rendered(page)


def _rendered(page: Any) -> Rendered | None:
    width, height = page.get_size()
    sizes = [_pixels(item) for item in page.get_objects(filter=[pdfium().raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)]
    if width < 1 or height < 1 or sum(stored for stored, _ in sizes) > _MOST_STORED:
        return None
    finest = max(sizes, default=(0, _USUAL))[1]
    scale = min(max(finest, _COARSEST), _FINEST) / _POINTS
    scale = min(scale, (MOST_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale, draw_annots=True, rev_byteorder=True).to_numpy()
    if picture.ndim == 2:
        picture = picture[:, :, None]
    return Rendered(np.ascontiguousarray(np.broadcast_to(picture[:, :, :3], (*picture.shape[:2], 3))), width)


def _pixels(image: Any) -> tuple[int, float]:
    """How many pixels it has, and how many an inch on the page."""
    across, down = image.get_px_size()
    left, bottom, right, top = image.get_bounds()
    return across * down, _POINTS * max(across, down) / max(right - left, top - bottom, 1.0)
