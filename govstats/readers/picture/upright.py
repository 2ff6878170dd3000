"""A picture of a page, turned or seen from aside → the page, its rulings along the axes."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from govstats.readers.picture.paper import Bytes

Floats = NDArray[np.float64]

_SEEN = 1400
"""Pixels of width in which segments are looked for."""
_SHORTEST = 0.035
_STEEPEST = np.tan(np.radians(22))
_FEWEST = 6
_ROUNDS = 8
_ALIKE, _MOSTLY = 0.0025, 0.8
"""Of a page that was only turned, so much of all rulings is turned alike, but for so little (0.14°)."""
_MOST_STRETCHED = 1.6


class View(NamedTuple):
    """How a picture's points lie on the page: the matrix and the page's size."""

    matrix: Floats
    width: int
    height: int

    @property
    def is_plain(self) -> bool:
        """Is it the picture as it is?"""
        return bool(np.allclose(self.matrix, np.eye(3)))


def seen_from_above(picture: Bytes, view: View) -> Bytes:
    """The page; what lies outside the picture is white."""
    if view.is_plain:
        return picture
    white = (255,) * (picture.shape[2] if picture.ndim == 3 else 1)
    page: Bytes = cv2.warpPerspective(
        picture, view.matrix, (view.width, view.height), flags=cv2.INTER_CUBIC, borderValue=white
    )
    return page


def view_of(paper: Bytes) -> View:
    """From where the page is seen, going by its rulings."""
    height, width = paper.shape
    plain = View(np.eye(3), width, height)
    segments = _segments(paper)
    level = _chosen(segments, 0)
    upright = _chosen(segments, 1)
    if len(level) < _FEWEST:
        return plain
    centre = np.array([width / 2, height / 2])
    scale = max(width, height) / 2
    matrix = _turn(level, upright)
    if matrix is None:
        points = [_vanishing((each.reshape(-1, 2, 2) - centre) / scale) for each in (level, upright)]
        matrix = _straightening(*points)
    if matrix is None:
        return plain
    around = np.array([[1 / scale, 0, -centre[0] / scale], [0, 1 / scale, -centre[1] / scale], [0, 0, 1]])
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], dtype=float)
    seen = (matrix @ around @ corners.T).T
    if (seen[:, 2] <= 0.2).any():
        return plain
    seen = seen[:, :2] / seen[:, 2:]
    low, high = seen.min(axis=0), seen.max(axis=0)
    if ((high - low) * scale > _MOST_STRETCHED * np.array([width, height]) + 200).any():
        return plain
    back = np.array([[scale, 0, -low[0] * scale], [0, scale, -low[1] * scale], [0, 0, 1]])
    size = np.ceil((high - low) * scale).astype(int)
    return View(back @ matrix @ around, int(size[0]), int(size[1]))


def _segments(paper: Bytes) -> Floats:
    """Straight edges: N × (x0, y0, x1, y1)."""
    height, width = paper.shape
    step = max(1.0, max(width, height) / _SEEN)
    small = cv2.resize(paper, (round(width / step), round(height / step)), interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(small)[0]
    if found is None:
        return np.zeros((0, 4))
    segments = found.reshape(-1, 4).astype(float) * step
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    kept: Floats = segments[lengths > _SHORTEST * max(width, height)]
    return kept


def _chosen(segments: Floats, axis: int) -> Floats:
    """Those that run along an axis, more or less."""
    along = np.abs(segments[:, 2 + axis] - segments[:, axis])
    aside = np.abs(segments[:, 3 - axis] - segments[:, 1 - axis])
    kept: Floats = segments[aside < _STEEPEST * along]
    return kept


def _turn(level: Floats, upright: Floats) -> Floats | None:
    """The matrix that turns a page back, as a scanner turns it; None if not all of it is turned alike."""
    angles = np.concatenate(
        [
            np.arctan2(level[:, 3] - level[:, 1], level[:, 2] - level[:, 0]) % np.pi,
            (np.arctan2(upright[:, 3] - upright[:, 1], upright[:, 2] - upright[:, 0]) - np.pi / 2) % np.pi,
        ]
    )
    angles = (angles + np.pi / 2) % np.pi - np.pi / 2
    lengths = np.concatenate([np.hypot(each[:, 2] - each[:, 0], each[:, 3] - each[:, 1]) for each in (level, upright)])
    order = np.argsort(angles)
    middle = angles[order][np.searchsorted(np.cumsum(lengths[order]), lengths.sum() / 2)]
    alike = lengths[np.abs(angles - middle) < _ALIKE].sum()
    if len(upright) >= _FEWEST and alike < _MOSTLY * lengths.sum():
        return None
    cosine, sine = np.cos(middle), np.sin(middle)
    return np.array([[cosine, sine, 0], [-sine, cosine, 0], [0, 0, 1]])


def _vanishing(segments: Floats) -> Floats:
    """Segments (N × 2 points) → the point where they meet, in homogeneous coordinates; odd ones count for little."""
    ends = np.concatenate([segments, np.ones((*segments.shape[:2], 1))], axis=2)
    lines = np.cross(ends[:, 0], ends[:, 1])
    lengths = np.hypot(lines[:, 0], lines[:, 1])
    lines /= lengths[:, None]
    middle = ends.mean(axis=1)
    weights = lengths.copy()
    point = np.zeros(3)
    for _ in range(_ROUNDS):
        point = np.linalg.svd(lines * np.sqrt(weights)[:, None])[2][-1]
        # How far each segment's direction is from the point's, as an angle.
        towards = point[:2] - middle[:, :2] * point[2]
        towards /= np.maximum(np.hypot(*towards.T), 1e-12)[:, None]
        off = np.abs(np.einsum("ij,ij->i", lines[:, :2], towards))
        weights = lengths / (1 + (off / 0.003) ** 2)
    return point


def _straightening(across: Floats, down: Floats) -> Floats | None:
    """The matrix that sends the two points where rulings meet to the far right and the far bottom."""
    horizon = np.cross(across, down)
    if abs(horizon[2]) < 1e-9:
        return None
    tilt = np.array([[1, 0, 0], [0, 1, 0], horizon / horizon[2]])
    right, below = (tilt @ point for point in (across, down))
    right, below = right[:2] / np.hypot(*right[:2]), below[:2] / np.hypot(*below[:2])
    right, below = right * np.sign(right[0]), below * np.sign(below[1])
    axes = np.column_stack([right, below])
    if abs(np.linalg.det(axes)) < 0.5:
        return None
    flat = np.eye(3)
    flat[:2, :2] = np.linalg.inv(axes)
    matrix = flat @ tilt
    whole: Floats = matrix / matrix[2, 2]
    return whole
