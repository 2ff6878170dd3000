"""What a recogniser says of a line, step by step → the readings of it, and how probable each is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BLANK = 0
_BEAM = 12
_LEAST = 1e-7
_SURE = 0.9999
_UNEVEN = 1.6


def best_path(steps: Floats) -> list[int]:
    """The classes that are read one after the other, doubled ones once, blanks left out."""
    path = steps.argmax(axis=1)
    return [int(each) for at, each in enumerate(path) if each != BLANK and (at == 0 or each != path[at - 1])]


def is_even(steps: Floats, wide: Callable[[int], bool]) -> bool:
    """Do the `wide` classes that are read next to each other come at even distances? Else one of them was missed."""
    path = steps.argmax(axis=1)
    found = [(at, int(each)) for at, each in enumerate(path) if each != BLANK and (at == 0 or each != path[at - 1])]
    pairs = [other[0] - one[0] for one, other in pairwise(found) if wide(one[1]) and wide(other[1])]
    return not pairs or max(pairs) <= _UNEVEN * float(np.median(pairs))


def readings(steps: Floats, most: int = 6) -> list[tuple[tuple[int, ...], float]]:
    """Readings (classes) with their probabilities, the most probable first: by prefix search over a beam."""
    if steps.max(axis=1).min() > _SURE:
        return [(tuple(best_path(steps)), float(steps.max(axis=1).prod()))]
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}
    for step in steps:
        likely = [int(each) for each in np.flatnonzero(step > _LEAST)]
        grown: defaultdict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for prefix, (closed, open_) in beam.items():
            for each in likely:
                p = float(step[each])
                if each == BLANK:
                    grown[prefix][0] += p * (closed + open_)
                elif prefix and prefix[-1] == each:
                    grown[prefix][1] += p * open_
                    grown[(*prefix, each)][1] += p * closed
                else:
                    grown[(*prefix, each)][1] += p * (closed + open_)
        kept = sorted(grown.items(), key=lambda item: -sum(item[1]))[:_BEAM]
        beam = {prefix: (closed, open_) for prefix, (closed, open_) in kept}
    found = sorted(((prefix, sum(each)) for prefix, each in beam.items()), key=lambda item: -item[1])
    return found[:most]


def probability(steps: Floats, reading: tuple[int, ...]) -> float:
    """How probable a reading is, over all the ways in which it may be spread over the steps."""
    states = [BLANK]
    for each in reading:
        states += [each, BLANK]
    alpha = np.zeros(len(states))
    alpha[0] = steps[0][BLANK]
    if len(states) > 1:
        alpha[1] = steps[0][states[1]]
    skip = np.array([at > 1 and each != BLANK and each != states[at - 2] for at, each in enumerate(states)])
    for step in steps[1:]:
        moved = alpha.copy()
        moved[1:] += alpha[:-1]
        moved[2:] += np.where(skip[2:], alpha[:-2], 0)
        alpha = moved * step[states]
    total = float(alpha[-2:].sum())
    return total if math.isfinite(total) else 0.0
