"""Paths of pictures → which of them are the pages of one report, going by their names, and what it is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

PICTURES = frozenset([".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".jp2"])
_CALLED_SO = re.compile("信息公开|年度报告|年报")
_OF_A_YEAR = re.compile(r"20\d\d.*(?:年度报告|年报)|(?:年度报告|年报).*20\d\d")
_NUMBERED = re.compile(r"(?P<name>.*?)(?P<open>[\s_\-—(（]*第?)(?<!\d)(?P<number>\d{1,3})(?P<end>页?[)）]?)", re.DOTALL)
_OF_A_PAGE = re.compile(r"(?:page|p|scan|img|image|扫描件?|图片?|照片)?", re.IGNORECASE)
"""What a page is called whose folder, or archive, is called as the report is."""


class PageFiles(NamedTuple):
    """The pages of one report, in their order; `path`: what they are called together."""

    path: str
    pages: tuple[str, ...]


def page_files(paths: Iterable[str], within: str = "") -> Iterator[PageFiles]:
    """The reports of several pages among pictures; `within`: what an archive is called that holds them. The numbers
    begin with 1 (or 0), and none is missing."""
    groups: defaultdict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    for path in paths:
        file = PurePosixPath(path.replace("\\", "/"))
        if file.suffix.lower() in PICTURES and (numbered := _NUMBERED.fullmatch(file.stem)):
            key = (path[: len(path) - len(file.name)], numbered["name"], file.suffix)
            groups[key][int(numbered["number"])] = path
    for (folder, name, suffix), pages in groups.items():
        numbers = sorted(pages)
        whole = len(numbers) > 1 and numbers[0] < 2 and all(other == one + 1 for one, other in pairwise(numbers))
        if whole and _says_so(name, PurePosixPath(folder).name or within):
            called = f"{folder}{name}{'_' if name else ''}{numbers[0]}-{numbers[-1]}{suffix}"
            yield PageFiles(called, tuple(pages[number] for number in numbers))


def _says_so(name: str, folder: str) -> bool:
    """Is a report called so, or a page of one that its folder is called after?"""
    return bool(_CALLED_SO.search(name) or (_OF_A_YEAR.search(folder) and _OF_A_PAGE.fullmatch(name.strip(" _-—"))))
