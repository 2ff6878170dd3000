"""Lengths of CSS → pixels; what `transform` does to a text by them."""

from __future__ import annotations

import re
from math import cos, radians
from typing import NamedTuple

LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|cm|mm|in|ex|ch|vw|vh|pc)?")
_PIXELS = {
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "cm": 38.0,
    "mm": 3.8,
    "in": 96.0,
    "ex": 8.0,
    "ch": 8.0,
    "pc": 16.0,
    "vw": 12.8,
    "vh": 7.2,
}
FAR = -400
"""What is moved so far is not on the page."""
_SMALLEST_SCALE = 0.05


def pixels(value: str) -> float:
    """A length in pixels; 0 if it is none."""
    match = LENGTH.match(value)
    try:
        return float(match[1]) * _PIXELS.get(match[2], 1.0) if match else 0.0
    except ValueError:
        return 0.0


_FUNCTION = re.compile(r"([a-z\d]+)\(([^()]*)\)")
_AXES = {"x": (0, None), "y": (None, 0), "z": (None, None), "": (0, 1), "3d": (0, 1)}
_LEAST_TURN = 30


class _Transform(NamedTuple):
    """What it does to a text: how much wider and higher, how far to the right and down, how far turned."""

    width: float = 1.0
    height: float = 1.0
    right: float = 0.0
    down: float = 0.0
    turned: float = 0.0


def _transform(value: str) -> _Transform:
    """All functions of `transform` together."""
    done = _Transform()
    for name, given in _FUNCTION.findall(value):
        words = [word for word in re.split(r"[\s,]+", given.strip()) if word]
        numbers = [_number(word) for word in words]
        if name == "matrix" and len(numbers) == 6:
            done = done._replace(
                width=done.width * (numbers[0] or numbers[1]),
                height=done.height * (numbers[3] or numbers[2]),
                right=done.right + numbers[4],
                down=done.down + numbers[5],
            )
        elif name.startswith("scale") and numbers:
            across, along = _of_axes(name.removeprefix("scale"), numbers, 1.0, numbers[0])
            done = done._replace(width=done.width * across, height=done.height * along)
        elif name.startswith("translate") and numbers:
            lengths = [pixels(word) for word in words]
            across, along = _of_axes(name.removeprefix("translate"), lengths, 0.0, 0.0)
            done = done._replace(right=done.right + across, down=done.down + along)
        elif name in {"rotatex", "rotatey"} and numbers:
            across = cos(radians(numbers[0] * _DEGREES.get(words[0].lstrip("-+.0123456789"), 1.0)))
            done = done._replace(width=done.width * across)
        elif name in {"rotate", "rotatez"} and numbers:
            done = done._replace(turned=done.turned + numbers[0] * _DEGREES.get(words[0].lstrip("-+.0123456789"), 1.0))
    return done


_DEGREES = {"turn": 360.0, "rad": 57.3, "grad": 0.9}


def _of_axes(axis: str, numbers: list[float], usual: float, second: float) -> tuple[float, float]:
    """What is given for the level and the upright axis. `second`: where only one of two is given."""
    at_x, at_y = _AXES.get(axis, (None, None))
    across = numbers[at_x] if at_x is not None else usual
    along = usual if at_y is None else numbers[at_y] if at_y < len(numbers) else second
    return across, along


def _number(word: str) -> float:
    match = LENGTH.match(word)
    try:
        return float(match[1]) / (100 if match[2] == "%" else 1) if match else 0.0
    except ValueError:
        return 0.0


def is_scaled_away(value: str) -> bool:
    """Is nothing left of its width or height?"""
    done = _transform(value)
    return min(abs(done.width), abs(done.height)) < _SMALLEST_SCALE


def is_moved_away(value: str) -> bool:
    """Is it beyond the page?"""
    done = _transform(value)
    return min(done.right, done.down) <= FAR


def is_turned(value: str) -> bool:
    """Are digits seen in another order, or as others?"""
    done = _transform(value)
    return done.width < 0 or done.height < 0 or abs(done.turned) % 360 > _LEAST_TURN


def is_moved_up_or_down(value: str) -> bool:
    """Does it stand above or below its line?"""
    return _transform(value).down != 0
