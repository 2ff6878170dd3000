"""A number and its number format (ECMA-376 18.8.31) → the text that a sheet shows, where that is another figure.

Only what makes figures is understood: sections, conditions, placeholders, literals, scaling, per cent. Units and commas
between thousands leave the figure what it is; dates, fractions and powers of ten are left to the stored value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import takewhile
from operator import eq, ge, gt, le, lt, ne

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""Numbers of formats that every program has, and that are no dates; those left out never show another figure."""
GENERAL = "General"
"""The format that shows every figure as it is stored."""
_PLAIN = re.compile(r"(?:General|@|[#0,]*[#0](?:\.[#0]+)?(?:_.)?|)", re.IGNORECASE)
_PIECE = re.compile(r'"[^"]*"?|[\\!].|_.|\*.|\[[^\]]*\]|General|[Ee][+-]|.', re.DOTALL | re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_COLOUR = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+|[黑蓝绿红白黄][色]?)\]", re.IGNORECASE
)
_OTHER = re.compile(r"[ymdhsgaeb/]|E[+-]|General|@", re.IGNORECASE)
_DIGITS = "0#?"
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ABOVE_ZERO = re.compile(r"[1-9]")
_WHITE = re.compile(r"\[(?:white|colou?r\s*2|白色?)\]", re.IGNORECASE)
_OF_TEXT = 3
"""Which section shows texts; a section with an @ does, too."""


@lru_cache(maxsize=4096)
def shown_otherwise(value: float, pattern: str) -> str:
    """The text that is shown; empty where the stored figure is what is read there."""
    if not pattern or (value == int(value) and _PLAIN.fullmatch(pattern)):
        return ""
    if all("@" in section for section in _sections(pattern)):
        return text_otherwise(f"{value:.15g}", pattern)
    pieces, is_signed = _section(value, pattern)
    if any(_OTHER.fullmatch(piece) for piece in pieces):
        return ""
    text = _filled(pieces, value) if any(piece in _DIGITS for piece in pieces) else _literals(pieces)
    if not value:
        return f"{text} [{pattern}]" if _ABOVE_ZERO.search(text) else ""
    if value < 0 and not is_signed:
        text = f"-{text}"
    elif value < 0 and "-" not in text and "(" not in text:
        # Is red a minus? Some read it so, and nobody can tell.
        return f"{text} [{pattern}]" if not text or _COLOUR.search(pattern) else text
    return "" if is_same(value, text) else text or f"{value:g} [{pattern}]"


@lru_cache(maxsize=4096)
def text_otherwise(text: str, pattern: str) -> str:
    """What is shown of a text, where that is another figure; empty where the text itself is read there."""
    sections = _sections(pattern)
    pieces = next((each for each in sections if "@" in each), sections[_OF_TEXT] if len(sections) > _OF_TEXT else None)
    if pieces is None:
        return ""
    shown = _literals([f'"{text}"' if piece == "@" else piece for piece in pieces])
    if shown == text or not (_FIGURE.search(_literals([each for each in pieces if each != "@"])) or not shown):
        return ""
    return shown or (f"{text} [{pattern}]" if _FIGURE.search(text) else "")


@lru_cache(maxsize=4096)
def changes_texts(pattern: str) -> bool:
    """Does the format show texts with further digits, or not at all?"""
    return bool(pattern) and bool(text_otherwise("1", pattern))


@lru_cache(maxsize=4096)
def is_painted_white(value: float, pattern: str) -> bool:
    """Does the format paint this figure white?"""
    return _WHITE.search(pattern) is not None and any(map(_WHITE.fullmatch, _section(value, pattern)[0]))


@lru_cache(maxsize=4096)
def shows_whole(pattern: str) -> bool:
    """Does the format show every whole figure that is not negative as it is stored?"""
    return _PLAIN.fullmatch(pattern) is not None


def is_same(value: float, text: str) -> bool:
    """Is the figure in this text the stored one, but for its sign?"""
    found = _FIGURE.findall(text)
    return len(found) == 1 and "%" not in text and Decimal(found[0].replace(",", "")) == abs(Decimal(f"{value:.15g}"))


def _section(value: float, pattern: str) -> tuple[list[str], bool]:
    """The pieces of the section that holds for this value; and whether it is for negative figures alone, which then
    tells their minus itself."""
    numbers = [section for section in _sections(pattern) if "@" not in section][:3] or [[]]
    conditions = [_condition(section) for section in numbers]
    if any(conditions):
        held = (
            section
            for section, condition in zip(numbers, conditions, strict=True)
            if condition is None or _COMPARE[condition[0]](value, condition[1])
        )
        return next(held, numbers[-1]), False
    if not value and len(numbers) > 2:
        return numbers[2], False
    return (numbers[1], True) if value < 0 and len(numbers) > 1 else (numbers[0], False)


def _sections(pattern: str) -> list[list[str]]:
    sections: list[list[str]] = [[]]
    for piece in _PIECE.findall(pattern):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _condition(section: list[str]) -> tuple[str, float] | None:
    found = next((match for piece in section if (match := _CONDITION.fullmatch(piece))), None)
    return (found[1], float(found[2])) if found else None


def _literals(pieces: list[str]) -> str:
    return "".join(map(_literal, pieces)).strip()


def _literal(piece: str) -> str:
    if piece.startswith('"'):
        return piece.strip('"')
    if piece[0] in "\\!" and len(piece) > 1:
        return piece[1]
    return " " if piece[0] == "_" else "" if piece[0] in "*[" else piece


def _filled(pieces: list[str], value: float) -> str:
    """The placeholders filled with digits, from the point to the left and to the right."""
    point = pieces.index(".") if "." in pieces else len(pieces)
    whole, part = pieces[:point], pieces[point + 1 :]
    decimals = sum(piece in _DIGITS for piece in part)
    number = abs(Decimal(f"{value:.15g}")).scaleb(-_scale(whole, part))
    digits, _, fraction = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}".partition(".")
    left, right = _from_right(whole, digits), iter(fraction)
    behind = "".join(next(right) if piece in _DIGITS else _literal(piece) for piece in part if piece != ",")
    return f"{left}.{behind}".strip() if "." in pieces else left.strip()


def _scale(whole: list[str], part: list[str]) -> int:
    """The power of ten that the figure is divided by: 3 for each comma behind all places, -2 for each per cent sign."""
    side = part if any(piece in _DIGITS for piece in part) else whole
    last = max((at for at, piece in enumerate(side) if piece in _DIGITS), default=-1)
    commas = len(list(takewhile(",".__eq__, side[last + 1 :])))
    return 3 * commas - 2 * (whole.count("%") + part.count("%"))


def _from_right(pieces: list[str], digits: str) -> str:
    """Digits into placeholders, the last digit first; what is left over goes before the first placeholder."""
    text, left = "", digits
    first = next((at for at, piece in enumerate(pieces) if piece in _DIGITS), None)
    if first is None:
        return _literals(pieces) + digits.lstrip("0")
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece in _DIGITS:
            text = (left[-1:] or ("0" if piece == "0" else "")) + text
            text, left = (left[:-1] + text, "") if at == first else (text, left[:-1])
        elif piece != ",":
            text = _literal(piece) + text
    return text
