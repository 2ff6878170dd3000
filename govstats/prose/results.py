"""Results of the form in a list: are they all that a request may come to?"""

from __future__ import annotations

from govstats.prose.passages import Passage
from govstats.prose.words import says

_RESULTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理")
"""Those before 其他处理 (国办公开办函〔2019〕60号, 〔2021〕30号)."""
_FEWEST = 3


def name_all_results(passage: Passage, parts: tuple[int, ...]) -> bool:
    """其他处理 is the last of the form's results; a list that has it names them all, if it lacks one of them at most:
    who tells four of six may have left out two."""
    labels = [passage.about(index) for index in parts]
    closed = any(says(label, "closing_results") for label in labels)
    named = sum(any(result in label for label in labels) for result in _RESULTS)
    return closed and len(parts) >= _FEWEST and named >= len(_RESULTS) - 1
