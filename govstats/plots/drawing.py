"""What all plots share: an Axes to draw on, colours, names short enough for an axis, notes, and Chinese fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govstats.lang import Text, speaking
from govstats.model.wording import short
from govstats.plots.fonts import families
from govstats.plots.optional import needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

COLOURS = ("#0072B2", "#56B4E9", "#D55E00", "#F0E442", "#009E73", "#BDBDBD", "#CC79A7", "#E69F00")
"""The palette of Okabe and Ito, told apart by colour-blind readers too; neighbours differ in lightness, for print."""
INK = "#222222"
"""On light fields. All other texts have the colour of the user's style, which may be a dark one."""
FAINT = "#888888"
ACCENT = "#B22234"
UNIT = Text("件", "count")
UNKNOWN = Text("无数字", "no figure")

_STYLE = {
    "axes.unicode_minus": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "font.size": 10,
    "axes.titlesize": 12,
    "hatch.linewidth": 0.5,
}
_MARGIN = 0.1
_LINE = 46
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|[(（][^)）]*[)）]\s*|\d+\.\s*|[IVX]+\.\s*)")


@contextmanager
def drawing(ax: Axes | None, size: tuple[float, float], lang: str | None) -> Iterator[Axes]:
    """An Axes (`ax`, or that of a new figure of `size` inches) to draw on, in the language and the style of all plots.

    When the block ends, all its texts get fonts that can write them. Raises UsageError without matplotlib, and without
    a Chinese font where one is needed; a new figure is then closed.
    """
    pyplot = needed("matplotlib.pyplot", "plot", Text("画图", "A plot"))
    # A notebook's backend starts with the first figure, and what it then sets must outlive the block below.
    made: Any = pyplot.figure(figsize=size, layout="constrained") if ax is None else None
    with speaking(lang), pyplot.rc_context(_STYLE):
        on: Axes = ax if ax is not None else made.add_subplot()
        try:
            if made:
                made.get_layout_engine().set(w_pad=_MARGIN, h_pad=_MARGIN)
            on.set_axisbelow(True)
            on.spines[["top", "right"]].set_visible(False)
            yield on
            _write(on)
        except BaseException:
            if made:
                pyplot.close(made)
            raise


def _write(ax: Axes) -> None:
    """Fonts for the texts of an Axes, and for the labels of ticks that are made when it is drawn."""
    from matplotlib.text import Text as Written

    texts: list[Any] = [each for each in ax.findobj(Written) if isinstance(each, Written)]
    chosen = families([each.get_text() for each in texts])
    if not chosen:
        return
    for each in texts:
        each.set_fontfamily(chosen)
    ax.tick_params(axis="both", labelfontfamily=chosen)


def name_of(label: Text) -> str:
    """An official label for an axis: without its ordinal and its asides, in the language in force."""
    return _ORDINAL.sub("", str(Text(short(label.zh), label.en)))


def unit_name(unit: str) -> str:
    """A unit in the language in force."""
    return str(UNIT) if unit == UNIT.zh else unit


def wrapped(text: str, width: int) -> str:
    """A text in lines of so many 汉字 (two letters count as one)."""
    lines, line, room = [], "", 2.0 * width
    for word in re.findall(r"[\x21-\x7e]+\s*|\s|[^\x21-\x7e]", text):
        size = sum(1 if character.isascii() else 2 for character in word)
        if line and size > room:
            lines.append(line.rstrip())
            line, room = "", 2.0 * width
        line, room = line + word, room - size
    return "\n".join([*lines, line.rstrip()])


def annotate(ax: Axes, unit: str, notes: Sequence[object]) -> None:
    """The unit at the end of the horizontal axis, and notes below it."""
    told = [unit, *(wrapped(str(note), _LINE) for note in notes)]
    ax.set_xlabel("\n".join(each for each in told if each), loc="left", linespacing=1.5)


def plain_bars(ax: Axes, names: Sequence[str]) -> None:
    """Names of horizontal bars from the top down, without lines that say nothing."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(max(len(names), 1) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color=FAINT, alpha=0.3, linewidth=0.6)
    whole_numbers(ax.xaxis)


def whole_numbers(axis: Axis) -> None:
    """Ticks at whole numbers, written out: 1,500,000 and not 1.5 with 1e6 in a corner."""
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    axis.set_major_locator(MaxNLocator(nbins=7, integer=True))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def contrast(colour: str) -> str:
    """Black or white: what can be read on a colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK
