"""Texts → the font families to write them in, of those installed here. Never boxes in the place of 汉字."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.text.labels import has_han

FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Heiti SC", "STHeiti",
    "Sarasa Gothic SC", "HarmonyOS Sans SC", "LXGW WenKai", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun",
    "Songti SC", "STSong", "KaiTi", "FangSong", "Arial Unicode MS", "Noto Sans CJK TC", "Noto Sans CJK HK",
    "Noto Sans CJK JP", "Microsoft JhengHei", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
"""Families with Chinese characters, the best for plots first."""

PLAIN = "DejaVu Sans"
"""The family that matplotlib brings."""


def families(texts: Iterable[str]) -> list[str]:
    """The families to write these texts in: without 汉字 matplotlib's own, else first those that have all characters.

    Raises UsageError if no font with Chinese characters is installed: which to install, and how.
    """
    wanted = {character for text in texts for character in text if not character.isspace()}
    if not has_han("".join(wanted)):
        return []
    found = installed()
    if not found:
        raise UsageError(
            Text("这台机器上没有找到中文字体，图中的汉字会变成方框。", "No Chinese font was found here."),
            Text(
                "请安装一种，如 Noto Sans CJK SC（Debian、Ubuntu：apt install fonts-noto-cjk；"
                "Fedora：dnf install google-noto-sans-cjk-fonts；别处见 fonts.google.com/noto），再重新启动 Python。",
                "Install one, like Noto Sans CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk; "
                "Fedora: dnf install google-noto-sans-cjk-fonts; else fonts.google.com/noto), and start Python again.",
            ),
        )
    return [*sorted(found, key=lambda name: -len(wanted & _characters(name))), PLAIN]


def use_font(family: str | None = None) -> str:
    """Let every later plot of matplotlib, also those of one's own, write Chinese; the family that does.

    `family`: the one to use (default: the best that is installed). Plots of govstats find their font without this.
    Raises UsageError if none is installed, or not this one.
    """
    from matplotlib import rcParams

    found = installed()
    if family and family not in found:
        raise UsageError(
            Text(f"这台机器上没有中文字体“{family}”。", f"There is no Chinese font “{family}” here."),
            Text(f"有：{'、'.join(found) or '无'}。", f"There is: {', '.join(found) or 'none'}."),
        )
    chosen = family or families("汉字")[0]
    rcParams["font.family"] = [chosen, PLAIN]
    rcParams["axes.unicode_minus"] = False
    return chosen


def installed() -> list[str]:
    """The families of FAMILIES that matplotlib finds, in their order; fonts that are newer than its list are added."""
    from matplotlib import font_manager

    found = _known(font_manager)
    if not found:
        listed = {entry.fname for entry in font_manager.fontManager.ttflist}
        for path in font_manager.findSystemFonts():
            if path not in listed:
                _add(font_manager, path)
        found = _known(font_manager)
    return found


def _known(font_manager: Any) -> list[str]:
    names = {entry.name for entry in font_manager.fontManager.ttflist}
    return [name for name in FAMILIES if name in names]


def _add(font_manager: Any, path: str) -> None:
    try:
        font_manager.fontManager.addfont(path)
    except (OSError, RuntimeError):  # a bitmap font, or a damaged one
        return


@lru_cache(maxsize=64)
def _characters(family: str) -> frozenset[str]:
    """The characters that a family has."""
    from matplotlib import font_manager

    found = font_manager.findfont(font_manager.FontProperties(family=[family]))
    return frozenset(map(chr, font_manager.get_font(found).get_charmap()))
