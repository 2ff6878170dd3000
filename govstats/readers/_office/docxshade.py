"""A run of a Word file → does it stand on a shade? White text on a shade is seen, on paper it is not."""

from __future__ import annotations

import re

from govstats.readers._office.tree import Element

_WHITE = re.compile(r"(?:auto|[Ff][0-9A-Fa-f]{1}[Ff][0-9A-Fa-f]{1}[Ff][0-9A-Fa-f]{1}|)")
_PLAIN = {"", "clear", "nil"}
_SETTINGS = ("rPr", "pPr", "tcPr", "tblPr", "tblPrEx")


def is_on_shade(run: Element, word: str, shaded_styles: set[str]) -> bool:
    """Is the run, its paragraph, its cell or its table shaded, by itself or by a style of tables? What stands in a box
    may lie on anything."""
    node: Element | None = run
    while node is not None:
        if node.tag == f"{word}txbxContent":
            return True
        if any(_shades(node.find(word + name), word, shaded_styles) for name in _SETTINGS):
            return True
        node = node.getparent()
    return False


def _shades(settings: Element | None, word: str, shaded_styles: set[str]) -> bool:
    if settings is None:
        return False
    shade, style = settings.find(f"{word}shd"), settings.find(f"{word}tblStyle")
    if shade is not None:
        pattern, fill = (shade.get(f"{word}{name}") or "" for name in ("val", "fill"))
        return pattern not in _PLAIN or _WHITE.fullmatch(fill) is None
    marker = settings.find(f"{word}highlight")
    if marker is not None and marker.get(f"{word}val") not in ("none", "white"):
        return True
    return style is not None and (style.get(f"{word}val") or "") in shaded_styles
