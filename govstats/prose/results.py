"""Results of the form in a list: are they all that a request may come to?"""

from __future__ import annotations

from govstats.prose.passages import Passage
from govstats.prose.words import says
from govstats.text.patterns import lazy

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


def name_all_results_of_cases(passage: Passage, parts: tuple[int, ...]) -> bool:
    """维持 5 件、纠正 1 件、其他结果 2 件、尚未审结 2 件: all that a review or a suit may come to, by the form."""
    if says(passage.text, "carried"):
        return False
    labels = [passage.about(index) for index in parts]
    return all(any(result in label for label in labels) for result in _OF_CASES)


_OF_CASES = ("维持", "纠正", "其他结果", "审结")


def is_told_of_cases(passage: Passage, index: int) -> bool:
    """行政复议 23 件; 行政复议方面：受理 23 件, where the word stands before a colon."""
    lead = passage.gaps[index].replace(" ", "").removesuffix(passage.labels[index])
    headed = lead.endswith(":") and not says(passage.text, "carried")
    before = _BREAKS.split(lead[:-1])[-1] if headed else ""
    return says(before + passage.about(index), "cases")


_BREAKS = lazy("[,，;:。()]")
