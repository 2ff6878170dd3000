"""Figures → pictures of printed pages, as scanners, fax machines, telephones and years in a drawer leave them.

None of these changes a figure: what is read must be the figure, or nothing.
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import cv2
import docx
import docx.shared
import numpy as np
import openpyxl
import openpyxl.drawing.image
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from tests import factory
from tests.factory import Figures

TITLE = "青山县教育局2023年政府信息公开工作年度报告"
FONTS = {
    "song": "AR PL SungtiL GB",
    "fangsong": "cwTeXFangSong",
    "kai": "AR PL KaitiM GB",
    "hei": "WenQuanYi Zen Hei",
    "serif": "Noto Serif CJK SC",
    "sans": "Noto Sans CJK SC",
}
"""Families of Debian: fonts-arphic-gbsn00lp, -gkai00mp, fonts-cwtex-fs, fonts-wqy-zenhei, fonts-noto-cjk."""
SIZES = (9.0, 10.5, 12.0)
RESOLUTIONS = (120, 150, 200, 300)
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_WHITE = (255, 255, 255)
_DESK = (90, 80, 70)

Rng = np.random.Generator
Damage = Callable[[Image.Image, Rng], Image.Image]


def can_print() -> bool:
    """Is a browser there that prints pages?"""
    return _CHROMIUM is not None


@cache
def print_out(html: str) -> bytes:
    """A page → the PDF that a browser prints; kept for other runs of the day."""
    kept = Path(tempfile.gettempdir(), f"govstats-print-{hashlib.sha256(html.encode()).hexdigest()[:20]}.pdf")
    if not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder, "page.html")
            page.write_text(html, "utf-8")
            command = [str(_CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            subprocess.run(
                [*command, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/page.pdf", str(page)],
                check=True,
                capture_output=True,
                timeout=120,
            )
            shutil.move(f"{folder}/page.pdf", kept)
    return kept.read_bytes()


def pages(figures: Figures, font: str, size: float, dpi: int, title: str = TITLE) -> list[Image.Image]:
    """A whole report, printed on A4 in a font, as clean pictures."""
    style = (
        "<style>@page{size:A4;margin:15mm 16mm}h1{font-size:18pt;text-align:center}h2{font-size:14pt}"
        f"body{{font-family:'{FONTS[font]}','Noto Serif CJK SC';font-size:{size}pt}}"
        f"table{{border-collapse:collapse;width:100%;font-size:{size}pt}}"
        "td{border:0.75pt solid black;padding:2pt 3pt;text-align:center}</style></head>"
    )
    return rasterised(print_out(factory.document(figures, "html", title).replace("</head>", style)), dpi)


def rasterised(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def as_pdf(pictures: list[Image.Image], dpi: int, quality: int = 80) -> bytes:
    """A PDF of nothing but pictures."""
    return _saved(pictures, "PDF", resolution=dpi, quality=quality)


def as_tiff(pictures: list[Image.Image], dpi: int) -> bytes:
    """A picture of many pages."""
    return _saved(pictures, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi))


def _saved(pictures: list[Image.Image], kind: str, **manner: object) -> bytes:
    saved = io.BytesIO()
    pictures[0].save(saved, kind, save_all=True, append_images=pictures[1:], **manner)
    return saved.getvalue()


def _jpeg(picture: Image.Image, quality: int) -> Image.Image:
    saved = io.BytesIO()
    picture.save(saved, "JPEG", quality=quality)
    return Image.open(io.BytesIO(saved.getvalue())).convert("RGB")


def _array(values: np.ndarray) -> Image.Image:
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def _clean(picture: Image.Image, _: Rng) -> Image.Image:
    return picture


def _skewed(picture: Image.Image, rng: Rng) -> Image.Image:
    return picture.rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)


def _blurred(picture: Image.Image, rng: Rng) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.8) * max(1.0, picture.width / 1654)))


def _noisy(picture: Image.Image, rng: Rng) -> Image.Image:
    grey = np.asarray(picture).astype(float) * 0.92 + 10
    return _array(grey + rng.normal(0, rng.uniform(8, 22), grey.shape))


def _packed(picture: Image.Image, rng: Rng) -> Image.Image:
    return _jpeg(picture, int(rng.integers(30, 91)))


def _stained(picture: Image.Image, rng: Rng) -> Image.Image:
    stained = picture.copy()
    brush = ImageDraw.Draw(stained, "RGBA")
    for _ in range(12):
        x, y, r = rng.uniform(0, picture.width), rng.uniform(0, picture.height), rng.uniform(4, picture.width / 25)
        brush.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), fill=(150, 130, 90, int(rng.uniform(30, 90))))
    for _ in range(60):
        x, y, r = rng.uniform(0, picture.width), rng.uniform(0, picture.height), rng.uniform(0.5, 2)
        brush.ellipse((x - r, y - r, x + r, y + r), fill=(40, 40, 40, 255))
    return stained


def _faxed(picture: Image.Image, rng: Rng) -> Image.Image:
    grey = np.asarray(picture.convert("L")).astype(float)
    level = rng.uniform(120, 170)
    return _array((grey + rng.normal(0, 18, grey.shape) > level) * 255.0).convert("RGB")


def _photographed(picture: Image.Image, rng: Rng) -> Image.Image:
    """From aside, in the shadow of a hand, on a desk."""
    width, height = picture.size
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inwards = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * rng.uniform(0, 0.04, (4, 2)) * (width, height)
    matrix = cv2.getPerspectiveTransform(corners, (corners + inwards).astype(np.float32))
    seen = cv2.warpPerspective(np.asarray(picture), matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=_DESK)
    down, across = np.mgrid[0:height, 0:width]
    light = 0.86 + 0.14 * np.sin(rng.uniform(0, 6.28) + across / width * 2.2 + down / height * 1.7)
    return _jpeg(_array(seen * light[..., None] + rng.normal(0, 5, seen.shape)), 80)


def _stamped(picture: Image.Image, rng: Rng) -> Image.Image:
    """A red seal across the table."""
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(layer)
    red = (200, 30, 30, 160)
    r, x, y = picture.width * 0.11, rng.uniform(0.4, 0.85) * picture.width, rng.uniform(0.3, 0.8) * picture.height
    brush.ellipse((x - r, y - r, x + r, y + r), outline=red, width=max(3, picture.width // 250))
    turns = [(r * (0.14 if point % 2 else 0.35), point * np.pi / 5 - np.pi / 2) for point in range(10)]
    brush.polygon([(x + far * np.cos(turn), y + far * np.sin(turn)) for far, turn in turns], fill=red)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


DAMAGES: dict[str, Damage] = {
    "clean": _clean,
    "skew": _skewed,
    "blur": _blurred,
    "noise": _noisy,
    "jpeg": _packed,
    "stains": _stained,
    "fax": _faxed,
    "photo": _photographed,
    "stamp": _stamped,
}


def _worn(picture: Image.Image, rng: Rng) -> Image.Image:
    """A little of much: askew, blurred, noisy, packed."""
    for damage in (_skewed, _blurred, _noisy, _packed):
        picture = damage(picture, rng)
    return picture


DAMAGES["worn"] = _worn


Container = Callable[[list[Image.Image], int, Path, str], Path]
"""Pages, their resolution, where to put them without a suffix, the report's title → the file."""


def _pdf(pictures: list[Image.Image], dpi: int, path: Path, _: str) -> Path:
    path = path.with_suffix(".pdf")
    path.write_bytes(as_pdf(pictures, dpi))
    return path


def _tiff(pictures: list[Image.Image], dpi: int, path: Path, _: str) -> Path:
    path = path.with_suffix(".tif")
    path.write_bytes(as_tiff(pictures, dpi))
    return path


def _pages_of(pictures: list[Image.Image], folder: Path, name: str = "第{}页.png") -> list[Path]:
    """The pages as files of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for number, picture in enumerate(pictures, 1):
        found.append(folder / name.format(number))
        picture.save(found[-1])
    return found


def _files(kind: str, pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    """A folder of the pages, numbered, as files of a kind."""
    _pages_of(pictures, path, f"{title}{{}}.{kind}")
    return path


def _html(pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    """A page whose tables are pictures, every other one carried in itself."""
    references = []
    for number, page in enumerate(_pages_of(pictures, path.with_name(f"{path.name}_图"))):
        carried = f"data:image/png;base64,{base64.b64encode(page.read_bytes()).decode()}"
        references.append(carried if number % 2 else quote(f"{page.parent.name}/{page.name}"))
    images = "".join(f'<p><img alt="" src="{each}"></p>' for each in references)
    path = path.with_suffix(".html")
    path.write_text(f"<html><body><h1>{title}</h1>{images}</body></html>", "utf-8")
    return path


def _docx(pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    document = docx.Document()
    document.add_paragraph(title)
    for page in _pages_of(pictures, path):
        document.add_picture(str(page), width=docx.shared.Cm(15))
    path = path.with_suffix(".docx")
    document.save(str(path))
    return path


def _xlsx(pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    """A sheet on which the pages lie one below the other."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = title
    for number, page in enumerate(_pages_of(pictures, path)):
        sheet.add_image(openpyxl.drawing.image.Image(str(page)), f"A{3 + 80 * number}")
    path = path.with_suffix(".xlsx")
    book.save(path)
    return path


_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
    "<text:p>{title}</text:p>{frames}</office:text></office:body></office:document-content>"
)


def _odt(pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    pages = _pages_of(pictures, path)
    frames = "".join(
        f'<text:p><draw:frame><draw:image xlink:href="Pictures/{number}.png"/></draw:frame></text:p>'
        for number in range(len(pages))
    )
    path = path.with_suffix(".odt")
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _ODT.format(title=title, frames=frames))
        for number, page in enumerate(pages):
            archive.write(page, f"Pictures/{number}.png")
    return path


def _zip(pictures: list[Image.Image], _: int, path: Path, title: str) -> Path:
    """The pages of one report in an archive that is called as it is."""
    pages = _pages_of(pictures, path)
    path = path.with_name(f"{title}.zip")
    with ZipFile(path, "w") as archive:
        for page in pages:
            archive.write(page, page.name)
    return path


CONTAINERS: dict[str, Container] = {
    "pdf": _pdf,
    "tiff": _tiff,
    "html": _html,
    "docx": _docx,
    "zip": _zip,
    "xlsx": _xlsx,
    "odt": _odt,
    **{kind: partial(_files, kind) for kind in ("png", "jpg", "bmp", "webp")},
}
