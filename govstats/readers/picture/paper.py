"""A picture → the paper: grey, evenly lit, white where nothing is printed; its colours apart."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_COLOURED = 60


def evenly_lit(grey: Bytes) -> Bytes:
    """The picture as if its paper were white everywhere: without shadows and yellowing."""
    height, width = grey.shape
    step = max(1, round(max(height, width) / 700))
    small = cv2.resize(grey, (max(1, width // step), max(1, height // step)), interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), 7)
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(ground, 1), scale=255), np.uint8)


def printed(picture: Bytes) -> Bytes:
    """Height × width × 3 → what is dark in every colour: seals and coloured paper are light."""
    lightest: Bytes = picture.max(axis=2)
    return lightest


def character_height(paper: Bytes) -> float:
    """The height of most characters, in pixels: of Han, which fill their squares."""
    ink = (paper < 150).astype(np.uint8)
    # The strokes of a character are put together.
    ink = cv2.dilate(ink, np.ones((max(2, round(paper.shape[1] / 550)),) * 2, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    widths = stats[1:, cv2.CC_STAT_WIDTH]
    least = paper.shape[1] / 180
    most = paper.shape[1] / 22
    kept = heights[(heights > least) & (heights < most) & (widths > least / 2) & (widths < 40 * heights)]
    if len(kept) < 20:
        return float(paper.shape[1] / 57)
    return float(np.median(kept[kept > np.percentile(kept, 40)]))
