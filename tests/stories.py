"""Figures → Story: a report as paragraphs and layouts in reading order, before a container makes bytes of it.

A layout's places are told one by one by `places`, which all renderers share: each is a cell's own, or covered by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.factory import FORMAT, Box, Figures, Forms, Layout, heading, laid_out, traditional

Story = list[str | Layout]
"""Paragraphs, the first of them the title, and tables."""

TITLE = "某市某局2023年政府信息公开工作年度报告"
SCRIPTS = ("simplified", "traditional", "taiwan")


def story(figures: Figures, title: str = TITLE, forms: Forms = FORMAT.tables) -> Story:
    """The report that holds these figures, as the official form prints it."""
    told: Story = [title, "一、总体情况", "本年度共发布信息12条。"]
    for form in forms.values():
        told += [heading(form), laid_out(form, figures)]
    return [*told, "五、存在的主要问题及改进情况", "无。", "六、其他需要报告的事项", "无。"]


def each_text(told: Story, change: Callable[[str], str]) -> Story:
    """The story with all its texts changed alike."""
    return [change(block) if isinstance(block, str) else each_cell(block, change) for block in told]


def each_cell(layout: Layout, change: Callable[[str], str]) -> Layout:
    """The layout with all its texts changed alike."""
    return [[box._replace(text=change(box.text)) for box in row] for row in layout]


def each_table(told: Story, change: Callable[[Layout], Layout]) -> Story:
    """The story with all its tables changed alike."""
    return [block if isinstance(block, str) else change(block) for block in told]


def in_script(told: Story, script: str) -> Story:
    """The story in Simplified, in Traditional characters, or in those with the words of Taiwan."""
    if script == "simplified":
        return told
    # All texts at once: the converter takes longer to start than to convert.
    texts = dict.fromkeys(text for block in told for text in texts_of(block))
    converted = traditional("\n".join(texts)).split("\n")
    if script == "taiwan":
        converted = [text.replace("信息", "資訊").replace("文件", "檔案") for text in converted]
    return each_text(told, dict(zip(texts, converted, strict=True)).__getitem__)


def texts_of(block: str | Layout) -> list[str]:
    """A paragraph's text, or those of a table's cells."""
    return [block] if isinstance(block, str) else [box.text for row in block for box in row]


class Slot(NamedTuple):
    """A place of the grid: its cell, and how far it lies to the right of and below the cell's own place."""

    box: Box
    right: int
    down: int

    @property
    def is_own(self) -> bool:
        return not self.right and not self.down

    @property
    def text(self) -> str:
        """What stands at this very place: covered ones are empty."""
        return self.box.text if self.is_own else ""


def places(layout: Layout) -> list[list[Slot]]:
    """Every place of every row, left to right."""
    grid: list[list[Slot]] = []
    below: dict[int, Slot] = {}
    for boxes in layout:
        row: list[Slot] = []
        waiting = list(boxes)
        while waiting or len(row) in below:
            if len(row) in below:
                row.append(below[len(row)])
            else:
                box = waiting.pop(0)
                row += [Slot(box, right, 0) for right in range(box.width)]
        below = {
            at: slot._replace(down=slot.down + 1) for at, slot in enumerate(row) if slot.down + 1 < slot.box.height
        }
        grid.append(row)
    return grid


def width_of(layout: Layout) -> int:
    """How many places the widest row has."""
    return max(map(len, places(layout)), default=0)


def cut(layout: Layout, at: int) -> tuple[Layout, Layout]:
    """The layout above and below a row; a cell that goes across goes on below, empty, as at a page's end."""
    grid = places(layout)
    above = [
        [box._replace(height=min(box.height, at - number)) for box in row] for number, row in enumerate(layout[:at])
    ]
    first = [
        slot.box._replace(text=slot.text, height=slot.box.height - slot.down) for slot in grid[at] if not slot.right
    ]
    return above, [first, *layout[at + 1 :]]
