"""A tree of an OpenDocument text → the styles that set characters apart, and whether those are printed."""

from __future__ import annotations

from govstats.office.odfnames import STYLE, TEXT
from govstats.office.tree import Element


def special_styles(root: Element) -> dict[str, bool]:
    """Styles that set characters apart (raised, struck, hidden) → are they printed? A raised 1 behind 12 is a note."""
    special: dict[str, bool] = {}
    for node in root.iter(f"{STYLE}text-properties"):
        style = node.getparent()
        if style is None or style.get(f"{STYLE}family") != "text":
            continue
        name = style.get(f"{STYLE}name") or ""
        if node.get(f"{TEXT}display") == "none":
            special[name] = False
        elif _is_raised(node) or node.get(f"{STYLE}text-line-through-style") not in (None, "none"):
            special.setdefault(name, True)
    return special


def _is_raised(node: Element) -> bool:
    """`super 58%`, `-33% 58%`; `0% 100%` is none."""
    shift, *_ = (node.get(f"{STYLE}text-position") or "0%").split() or ["0%"]
    return shift.strip("-0.%") != ""
