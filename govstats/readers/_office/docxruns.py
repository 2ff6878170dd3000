"""A tree of a Word file → the same, in which runs of text that are set apart, struck out, or not seen, have tags of
their own.

A raised 1 behind 12 is a note, not 121.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
_TOGGLES = {"strike", "dstrike", "vanish"}
"""Settings that the style of a paragraph and that of its characters switch on, and both together off (17.7.3)."""
_OF_PARAGRAPHS = re.compile(rb"<w:(?:vanish|d?strike)\b")


class _Look(IntEnum):
    """What sets a run apart; of several the greatest holds."""

    PLAIN = 0
    APART = 1
    STRUCK = 2
    WHITE = 3
    HIDDEN = 4


_TAGS = {_Look.APART: APART, _Look.STRUCK: STRUCK_OUT, _Look.WHITE: HIDDEN, _Look.HIDDEN: HIDDEN}


_Said = Mapping[str, "_Look | None"]
"""What settings say of a run, by their names; None: that it is not set apart."""
_UNSAID: _Said = {}


class _Styles(NamedTuple):
    """What styles say, by their names; what paragraphs without a style have; the table styles that shade cells."""

    said: dict[str, _Said]
    usual: _Said
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

    said: dict[Element, dict[str, _Look | None]] = {}
    named: dict[Element, _Said] = {}
    for node in root.iter(*(word + name for name in _SETTINGS), _TEXT_FILL):
        run = _run_of(node, word)
        if run is None:
            continue
        own = said.setdefault(run, {})
        if node.tag == f"{word}rStyle":
            named[run] = the_styles().said.get(node.get(f"{word}val") or "", _UNSAID)
        else:
            own[node.tag] = _look(node, word)
    around: dict[Element, _Said] = {}
    if _may_be_by_style(package):
        around = dict(_runs_of_paragraphs(root, word, the_styles()))
    for run in (said | dict.fromkeys(around)) if around else said:
        look = _holds(said.get(run, _UNSAID), named.get(run, _UNSAID), around.get(run, _UNSAID), word)
        if look and (look is not _Look.WHITE or not is_on_shade(run, word, the_styles().shaded)):
            run.tag = _TAGS[look]


def _holds(own: _Said, of_characters: _Said, of_paragraph: _Said, word: str) -> _Look:
    """What holds of a run: what its settings say goes before what styles say."""
    found = {**of_paragraph, **of_characters, **own}
    for name in _TOGGLES:
        tag = word + name
        if tag in of_characters and tag in of_paragraph and tag not in own:
            switched = bool(of_characters[tag]) is not bool(of_paragraph[tag])
            found[tag] = (of_characters[tag] or of_paragraph[tag]) if switched else None
    return max((look for look in found.values() if look), default=_Look.PLAIN)


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
    """The run, of a text or of a formula, whose setting this is; None if it is of a paragraph's mark or the like."""
    settings = node.getparent()
    run = settings.getparent() if settings is not None and settings.tag == f"{word}rPr" else None
    return run if run is not None and run.tag.endswith("}r") else None


def _runs_of_paragraphs(root: Element, word: str, styles: _Styles) -> Iterator[tuple[Element, _Said]]:
    """The runs of paragraphs whose style sets something apart, and what it says."""
    for paragraph in root.iter(f"{word}p") if styles.usual else _styled(root, word):
        name = paragraph.find(f"{word}pPr/{word}pStyle")
        said = styles.said.get(name.get(f"{word}val") or "", _UNSAID) if name is not None else styles.usual
        if said:
            yield from ((run, said) for run in paragraph.iter(f"{word}r"))


def _styled(root: Element, word: str) -> Iterator[Element]:
    """The paragraphs that name a style."""
    for node in root.iter(f"{word}pStyle"):
        settings = node.getparent()
        paragraph = settings.getparent() if settings is not None else None
        if paragraph is not None:
            yield paragraph


def _read_styles(word: str, package: Package) -> _Styles:
    """The styles, each with what it takes over from those that it is based on."""
    own: dict[str, _Said] = {}
    based: dict[str, str] = {}
    shaded: set[str] = set()
    paragraphs: set[str] = set()
    root = package.tree(_STYLES) if _STYLES in package else None
    defaults = root.find(f"{word}docDefaults/{word}rPrDefault/{word}rPr") if root is not None else None
    of_all = _said_by(defaults, word)
    usual = ""
    for style in root.iter(f"{word}style") if root is not None else ():
        name, kind = style.get(f"{word}styleId") or "", style.get(f"{word}type")
        if kind == "table" and any(True for _ in style.iter(f"{word}shd")):
            shaded.add(name)
        if (base := style.find(f"{word}basedOn")) is not None:
            based[name] = base.get(f"{word}val") or ""
        if kind == "paragraph":
            paragraphs.add(name)
            usual = name if (style.get(f"{word}default") or "0") not in _OFF else usual
        own[name] = _said_by(style.find(f"{word}rPr"), word)
    said = dict(own)
    for name in based:
        ancestors = list(_ancestors(name, based))
        for ancestor in ancestors:
            said[name] = {**own.get(ancestor, _UNSAID), **said.get(name, _UNSAID)}
        if not shaded.isdisjoint(ancestors):
            shaded.add(name)
    said.update({name: {**of_all, **said[name]} for name in paragraphs} if of_all else {})
    return _Styles(said, said.get(usual, of_all), shaded)


def _said_by(settings: Element | None, word: str) -> dict[str, _Look | None]:
    tags = {_TEXT_FILL, *(word + name for name in _SETTINGS[:-1])}
    return {node.tag: _look(node, word) for node in settings if node.tag in tags} if settings is not None else {}


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
