"""An Office package → the pictures in it, in the order in which its text shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from posixpath import join, normpath

from govstats.errors import ReadError
from govstats.readers._office.package import Package

_USED = re.compile(rb"""(?:\br:(?:embed|id|link|pict)|\bxlink:href)\s*=\s*["']([^"']+)["']""")
_TARGET = re.compile(rb"""<(?:\w+:)?Relationship\b[^<>]*>""")
_ATTRIBUTE = re.compile(rb"""\b(Id|Target|TargetMode)\s*=\s*["']([^"']*)["']""")
_RASTER = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".webp")
_NUMBERS = re.compile(r"(\d+)")


def shown_in(package: Package, main: str) -> Iterator[bytes]:
    """The pictures that a part names, each once: by its relations, or by the path in the package."""
    folder, _, name = main.rpartition("/")
    targets = _targets(package.bytes_of(join(folder, "_rels", f"{name}.rels")))
    used = [each.decode("utf-8", "replace") for each in _USED.findall(package.bytes_of(main))]
    paths = [normpath(join(folder, targets.get(each, each))).lstrip("/") for each in used]
    yield from _raster(package, dict.fromkeys(paths))


def kept_in(package: Package, folder: str) -> Iterator[bytes]:
    """All pictures of a folder of the package, by their numbers."""
    yield from _raster(package, sorted(package.names(folder), key=_by_number))


def _raster(package: Package, paths: dict[str, None] | list[str]) -> Iterator[bytes]:
    for path in paths:
        if path.lower().endswith(_RASTER) and path in package:
            with suppress(ReadError):
                yield package.bytes_of(path)


def _targets(relations: bytes) -> dict[str, str]:
    """The parts that relations name, by what they are called; nothing that lies outside the package."""
    found = {}
    for relation in _TARGET.findall(relations):
        named = {key: value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(relation)}
        if named.get(b"TargetMode") != "External":
            found[named.get(b"Id", "")] = named.get(b"Target", "")
    return found


def _by_number(path: str) -> list[tuple[int, str]]:
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in _NUMBERS.split(path)]
