"""A tree of a Word file → the same, in which runs of text that are set apart, or not printed, have tags of their own.

A raised 1 behind 12 is a note, not 121.
"""

from __future__ import annotations

import re

from govstats.readers._office.docxmarks import APART, HIDDEN
from govstats.readers._office.package import Package
from govstats.readers._office.tree import Element

BALLAST = re.compile(rb"<w:rPr>(?:<w:(?!vertAlign|d?strike|vanish|rStyle)[^<>]*/>)*+</w:rPr>")
"""Settings of a run that do not set it apart: typeface, size. They are two thirds of a file, and most of the time."""
_STYLES = "word/styles.xml"
_OFF = {"0", "false", "off"}
_RAISED = {"superscript", "subscript"}
_SETTINGS = ("vertAlign", "strike", "dstrike", "vanish", "rStyle")


def tell_apart(root: Element, word: str, package: Package) -> None:
    """Rename runs set apart from the text around them: hidden text is not printed; raised or struck text is.

    The settings may stand in the run or in a style that it names. `word` is the namespace, in braces.
    """
    for run, printed in _special_runs(root, word, package).items():
        run.tag = APART if printed else HIDDEN


def _special_runs(root: Element, word: str, package: Package) -> dict[Element, bool]:
    styles: dict[str, bool] | None = None
    runs: dict[Element, bool] = {}
    for node in root.iter(*(word + name for name in _SETTINGS)):
        settings = node.getparent()
        run = settings.getparent() if settings is not None and settings.tag == f"{word}rPr" else None
        if run is None or run.tag != f"{word}r":
            continue
        if node.tag == f"{word}rStyle":
            styles = _special_styles(word, package) if styles is None else styles
            printed = styles.get(node.get(f"{word}val") or "")
        else:
            printed = _is_printed(node, word)
        if printed is not None:
            runs[run] = runs.get(run, True) and printed
    return runs


def _special_styles(word: str, package: Package) -> dict[str, bool]:
    """Styles of runs that set them apart → are they printed?"""
    special: dict[str, bool] = {}
    if _STYLES not in package:
        return special
    for style in package.tree(_STYLES).iter(f"{word}style"):
        settings = style.find(f"{word}rPr")
        for node in settings if settings is not None else ():
            printed = _is_printed(node, word)
            if printed is not None:
                name = style.get(f"{word}styleId") or ""
                special[name] = special.get(name, True) and printed
    return special


def _is_printed(setting: Element, word: str) -> bool | None:
    """True if the setting sets a run apart, False if it hides it, None if it does neither."""
    value = setting.get(f"{word}val")
    match setting.tag.removeprefix(word):
        case "vertAlign":
            return True if value in _RAISED else None
        case "strike" | "dstrike":
            return None if value in _OFF else True
        case "vanish":
            return None if value in _OFF else False
    return None
