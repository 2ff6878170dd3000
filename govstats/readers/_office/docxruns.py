"""A tree of a Word file → the same, in which runs of text that are set apart, struck out, or not seen, have tags of
their own.

A raised 1 behind 12 is a note, not 121.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from govstats.readers._office.docxmarks import APART, HIDDEN, STRUCK_OUT
from govstats.readers._office.docxshade import is_on_shade
from govstats.readers._office.package import Package
from govstats.readers._office.tree import Element

_MATTERS = rb'v[ea]|s(?:trike|z w:val="[12]")|dstrike|rS|po|color w:val="[Ff]'
_BALLAST, _BALLAST_OF_WHITE = (
    re.compile(rb"<w:rPr>(?:<w:(?!" + _MATTERS + more + rb")[^<>]*/>)*+</w:rPr>") for more in (b"", b"|shd|highlight")
)
_WHITE_SOMEWHERE = re.compile(rb'<w:color w:val="(?:[Ff][0-9A-Fa-f]){3}"')
_MAY_BE_WHITE = (b'<w:color w:val="F', b'<w:color w:val="f')
"""Looked for first: that is ten times as fast."""
_OFTEN = 4
"""So many settings are cut by their own bytes: a file has few that differ, and to find the same is twice as fast."""
_STYLES = "word/styles.xml"
_OFF = {"0", "false", "off"}
_RAISED = {"superscript", "subscript"}
_WHITE = re.compile(r"(?:[Ff][0-9A-Fa-f]){3}")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_FILL, _NO_FILL = f"{_WORD_2010}textFill", f"{_WORD_2010}noFill"
_TINY = {"1", "2"}
"""Half points: text of one point is no text to a reader."""
_SETTINGS = ("vertAlign", "position", "strike", "dstrike", "vanish", "color", "sz", "rStyle")
_OF_PARAGRAPHS = re.compile(rb"<w:(?:vanish|d?strike)\b")


class _Look(IntEnum):
    """What sets a run apart; of several the greatest holds."""

    PLAIN = 0
    APART = 1
    STRUCK = 2
    WHITE = 3
    HIDDEN = 4


_TAGS = {_Look.APART: APART, _Look.STRUCK: STRUCK_OUT, _Look.WHITE: HIDDEN, _Look.HIDDEN: HIDDEN}


class _Styles(NamedTuple):
    """The looks of styles by their names, and the table styles that shade cells."""

    looks: dict[str, _Look]
    shaded: set[str]


def without_ballast(part: bytes) -> bytes:
    """Without the settings of runs that do not set them apart (typeface, size). They are two thirds of a file, and most
    of the time. Shades only matter where something is white."""
    light = _without(part, _BALLAST)
    may_be_white = any(start in light for start in _MAY_BE_WHITE) and _WHITE_SOMEWHERE.search(light)
    return _without(part, _BALLAST_OF_WHITE) if may_be_white else light


def _without(part: bytes, ballast: re.Pattern[bytes]) -> bytes:
    for _ in range(_OFTEN):
        if (found := ballast.search(part)) is None:
            return part
        part = part.replace(found[0], b"")
    return ballast.sub(b"", part)


def tell_apart(root: Element, word: str, package: Package) -> None:
    """Rename runs set apart from the text around them. The settings may stand in the run, in a style that it names, or
    in that of its paragraph. `word` is the namespace, in braces.
    """
    styles: list[_Styles] = []

    def the_styles() -> _Styles:
        if not styles:
            styles.append(_read_styles(word, package))
        return styles[0]

    looks: dict[Element, _Look] = {}
    unstruck: set[Element] = set()
    for node in root.iter(*(word + name for name in _SETTINGS), _TEXT_FILL):
        run = _run_of(node, word)
        if run is None:
            continue
        is_named = node.tag == f"{word}rStyle"
        look = the_styles().looks.get(node.get(f"{word}val") or "") if is_named else _look(node, word)
        if look:
            looks[run] = max(looks.get(run, look), look)
        elif node.tag == f"{word}strike":
            unstruck.add(run)
    if next(root.iter(f"{word}pStyle"), None) is not None and _may_be_by_style(package):
        for run, look in _runs_of_paragraphs(root, word, the_styles().looks):
            looks[run] = max(looks.get(run, look), look)
    for run, look in looks.items():
        if look is _Look.STRUCK and run in unstruck:
            continue
        if look is not _Look.WHITE or not is_on_shade(run, word, the_styles().shaded):
            run.tag = _TAGS[look]


_BY_STYLE: dict[tuple[int, int], bool] = {}
_MOST_KNOWN = 256


def _may_be_by_style(package: Package) -> bool:
    """Does a style hide or strike text? Programs write one part of styles into all their files: it is known again."""
    mark = package.mark_of(_STYLES)
    if mark not in _BY_STYLE:
        if len(_BY_STYLE) >= _MOST_KNOWN:
            _BY_STYLE.clear()
        _BY_STYLE[mark] = _OF_PARAGRAPHS.search(package.bytes_of(_STYLES)) is not None
    return _BY_STYLE[mark]


def _run_of(node: Element, word: str) -> Element | None:
    """The run whose setting this is; None if it is of a paragraph's mark or the like."""
    settings = node.getparent()
    run = settings.getparent() if settings is not None and settings.tag == f"{word}rPr" else None
    return run if run is not None and run.tag == f"{word}r" else None


def _runs_of_paragraphs(root: Element, word: str, looks: dict[str, _Look]) -> Iterator[tuple[Element, _Look]]:
    """The runs of paragraphs whose style has a look."""
    for node in root.iter(f"{word}pStyle"):
        look = looks.get(node.get(f"{word}val") or "")
        settings = node.getparent() if look else None
        paragraph = settings.getparent() if settings is not None else None
        if look and paragraph is not None:
            yield from ((run, look) for run in paragraph.iter(f"{word}r"))


def _read_styles(word: str, package: Package) -> _Styles:
    """The styles, each with what it takes over from those that it is based on."""
    looks: dict[str, _Look] = {}
    based: dict[str, str] = {}
    shaded: set[str] = set()
    for style in package.tree(_STYLES).iter(f"{word}style") if _STYLES in package else ():
        name = style.get(f"{word}styleId") or ""
        if style.get(f"{word}type") == "table" and any(True for _ in style.iter(f"{word}shd")):
            shaded.add(name)
        if (base := style.find(f"{word}basedOn")) is not None:
            based[name] = base.get(f"{word}val") or ""
        settings = style.find(f"{word}rPr")
        found = [look for node in settings if (look := _look(node, word))] if settings is not None else []
        if found:
            looks[name] = max(found)
    for name in based:
        for ancestor in _ancestors(name, based):
            if ancestor in looks:
                looks[name] = max(looks.get(name, looks[ancestor]), looks[ancestor])
            if ancestor in shaded:
                shaded.add(name)
    return _Styles(looks, shaded)


def _ancestors(name: str, based: dict[str, str]) -> Iterator[str]:
    """The styles that this one is based on; a circle of them ends."""
    for _ in range(len(based)):
        name = based.get(name, "")
        if not name:
            return
        yield name


def _look(setting: Element, word: str) -> _Look | None:
    """What the setting says of its run; None if nothing that matters."""
    value = setting.get(f"{word}val") or ""
    if setting.tag == _TEXT_FILL:
        return _Look.HIDDEN if any(each.tag == _NO_FILL for each in setting) else None
    match setting.tag.removeprefix(word):
        case "vertAlign":
            return _Look.APART if value in _RAISED else None
        case "position":
            return _Look.APART if value.strip("-+0") else None
        case "strike" | "dstrike":
            return None if value in _OFF else _Look.STRUCK
        case "vanish":
            return None if value in _OFF else _Look.HIDDEN
        case "color":
            return (
                _Look.WHITE if _WHITE.fullmatch(value) else _Look.HIDDEN if _is_ground(setting, value, word) else None
            )
        case "sz":
            return _Look.HIDDEN if value in _TINY else None
    return None


def _is_ground(colour: Element, value: str, word: str) -> bool:
    """Is the shade behind the run of the same colour?"""
    settings = colour.getparent()
    shade = settings.find(f"{word}shd") if settings is not None and value != "auto" else None
    if shade is None or shade.get(f"{word}val") not in ("clear", None):
        return False
    return value.lower() == (shade.get(f"{word}fill") or "").lower()
