"""What the eye sees and no text tells: signs that stand for it in a cell, so that it is neither blank nor 0."""

from __future__ import annotations

from govstats.text.unseen import STRUCK as STRUCK
from govstats.text.unseen import THING

OBJECT = THING
"""Stands in a cell for what is no text: a picture, a drawing, an embedded object, a control."""
FLOATING = "\ufddf"
"""The same, but it floats: it may lie over another place than where it is anchored, so it only counts for a cell
without a text. A code point that no text has."""


LARGE = "\ufdde"
"""What floats and is larger than a figure, or lies behind the text: it stands for that of no cell."""


def struck_out(text: str) -> str:
    """The text, told to be struck out."""
    return f"{text}{STRUCK}"


def with_objects(text: str) -> str:
    """The text of a cell, in which what floats is told only if there is nothing else."""
    text = text.replace(LARGE, "")
    if FLOATING not in text:
        return text
    bare = text.replace(FLOATING, "")
    return bare if bare.strip() else OBJECT


def of_prose(text: str) -> str:
    """The text of a paragraph, in which nobody looks for a figure: what floats and is small is not told."""
    return text.replace(FLOATING, "").replace(LARGE, OBJECT)
