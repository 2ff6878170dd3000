"""The bytes of a picture → its pages, upright, within bounds; and the Document of them. Raises ReadError."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import PICTURED, RECOGNISED, Document
from govstats.readers.pdf.assembly import Assembly
from govstats.readers.pdf.pagecontent import PageContent
from govstats.readers.pdf.rendering import MOST_PIXELS, Rendered
from govstats.readers.pdf.tables import best_tables
from govstats.readers.picture.binding import unbound
from govstats.readers.picture.pages import MOST_PAGES, recognised

_KINDS = {
    b"\x89P": "PNG ",
    b"\xff\xd8": "JPEG ",
    b"II": "TIFF ",
    b"MM": "TIFF ",
    b"BM": "BMP ",
    b"RI": "WEBP ",
    b"GI": "GIF ",
}
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_WIDTH, _LYING = 595.0, 842.0
"""How many points the page is taken to be wide: that of A4, standing or lying."""
_MOST_PIXELS = 100_000_000
_SMALLEST = 200


def document(data: bytes) -> Document:
    """The pages of a picture, or of several that are bound into one, as one document."""
    return recognised_pages((page for each in unbound(data) for page in pages_of(each)), "picture")


def recognised_pages(pages: Iterable[Rendered], kind: str) -> Document:
    """The Document of pages, by what was recognised on them; its meta data say on which. Pages take much memory: one at
    a time is unpacked."""
    seen = iter(pages)
    numbers: list[int] = []
    found = recognised(range(MOST_PAGES), _noted(seen, numbers))
    numbers += [len(numbers)] if next(seen, None) is not None else []
    assembly = Assembly([PageContent(*best_tables(page), page.height) for page in found.values()])
    blocks = tuple(assembly.blocks())
    if not blocks:
        return Document(kind, "", (), {PICTURED: "0"})
    unread = "、".join(str(number + 1) for number in numbers if number not in found)
    meta = {RECOGNISED: "、".join(str(number + 1) for number in found)} | ({PICTURED: unread} if unread else {})
    return Document(kind, "", blocks, meta, looks=assembly.looks)


def _noted(pages: Iterator[Rendered], numbers: list[int]) -> Iterator[Rendered]:
    for number, page in enumerate(pages):
        numbers.append(number)
        yield page


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels, before it is unpacked."""
    with _opened(data) as image:
        return image.size


def pages_of(data: bytes) -> Iterator[Rendered]:
    """Its pages; of one that moves, the first."""
    with _opened(data) as image:
        frames = 1 if image.format == "GIF" else getattr(image, "n_frames", 1)
        for number in range(min(frames, MOST_PAGES)):
            image.seek(number)
            yield _page(image)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                yield image
    except Image.DecompressionBombError as error:
        raise _too_large(str(error).partition(")")[0].partition("(")[2]) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise _broken(data) from error


def _page(image: Image.Image) -> Rendered:
    """One page; Pillow tells its size before it unpacks it."""
    if image.width * image.height > _MOST_PIXELS:
        raise _too_large(f"{image.width}×{image.height}")
    image.draft("RGB", (image.width, image.height))
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "P", "PA"):
        coloured = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    page = upright.convert("RGB")
    share = (MOST_PIXELS / (page.width * page.height)) ** 0.5
    if share < 1:
        page = page.resize((round(page.width * share), round(page.height * share)), Image.Resampling.LANCZOS)
    if min(page.size) < _SMALLEST:
        page = ImageOps.expand(page, _SMALLEST // 2, "white")
    width = _LYING if page.width > page.height * 1.2 else _WIDTH
    return Rendered(np.asarray(page), width)


def _broken(data: bytes) -> ReadError:
    kind = _KINDS.get(data[:2], "")
    return ReadError(
        Text(f"这是损坏的 {kind}图片，打不开。", f"This is a damaged {kind}picture: it cannot be opened."),
        Text("请重新导出或重新下载。", "Export or download it again."),
    )


def _too_large(size: str) -> ReadError:
    return ReadError(
        Text(f"图片过大（{size}）。", f"The picture is too large ({size})."),
        Text("请缩小到 300 dpi 以内再试。", "Scale it down to 300 dpi or less and try again."),
    )
