"""Results of the form in a list: are they all that a request may come to?"""

from __future__ import annotations

from govstats.prose.passages import Passage
from govstats.prose.words import says

_RESULTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理")
"""Those before 其他处理 (国办公开办函〔2019〕60号, 〔2021〕30号)."""
_FEWEST = 3


def end_the_results(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Are they results of the form, with 其他处理, its last? A list of what was handled that has it is closed."""
    closed = any(says(passage.about(index), "closing_results") for index in parts)
    return closed and len(parts) >= _FEWEST and all(says(passage.about(index), "outcomes") for index in parts)


def name_all_results(passage: Passage, parts: tuple[int, ...]) -> bool:
    """Do they lack one of the form's results at most? Who tells four of six, and of what was received, may have left
    out two."""
    labels = [passage.about(index) for index in parts]
    named = sum(any(result in label for label in labels) for result in _RESULTS)
    return end_the_results(passage, parts) and named >= len(_RESULTS) - 1
