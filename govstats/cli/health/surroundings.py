"""Program, Python, system; console, cache, settings, fonts → Facts. Without the latter something else is done."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import govstats
from govstats.catalog.resources import VARIABLE
from govstats.cli.health.fact import Fact, Status
from govstats.errors import UsageError
from govstats.lang import Text, joined

_OLDEST = (3, 11)
_TOO_OLD = Text("需要 Python {oldest} 或更新的。", "Python {oldest} or newer is needed.")


def program() -> Iterator[Fact]:
    """Version and folder of govstats; version and path of Python; the system."""
    folder = Path(govstats.__file__).parent
    yield _in_order("govstats", f"{govstats.__version__} ({folder})")
    told = f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})"
    oldest = ".".join(map(str, _OLDEST))
    new_enough = sys.version_info[:2] >= _OLDEST
    yield Fact(
        "program",
        "Python",
        Status.OK if new_enough else Status.BROKEN,
        Text(told, told),
        hint=None if new_enough else _TOO_OLD.format(oldest=oldest),
    )
    yield _in_order("system", platform.platform())


def _in_order(name: str, detail: str) -> Fact:
    return Fact("program", name, Status.OK, Text(detail, detail))


_SIGNS = "汉字、≠…（·）"
"""What the text of an audit is written with."""
_NO_CONSOLE = Text("没有标准输出", "no standard output")
_CONSOLE = Text("编码 {encoding}，宽 {width}", "encoding {encoding}, width {width}")
_AS_MARKS = Text("{told}；{signs} 会显示成 ?", "{told}; {signs} are shown as ?")
_UTF8 = Text(
    "设环境变量 PYTHONUTF8=1（Windows 再运行 chcp 65001），或用 -o 写入文件（总是 UTF-8）。",
    "Set PYTHONUTF8=1 (on Windows also run chcp 65001), or write to a file with -o (always UTF-8).",
)
_KEPT = Text("{folder}，{size}", "{folder}, {size}")
_CACHE = Text("读过的结果；没有变的文件不再读", "earlier results: files that did not change are not read again")
_CANNOT_KEEP = Text("{folder} 不能写", "{folder} cannot be written")
_OTHER_CACHE = Text(
    "用 --cache-dir 或环境变量 GOVSTATS_CACHE_DIR 另指一处。", "Name another by --cache-dir or GOVSTATS_CACHE_DIR."
)
_NO_SETTINGS = Text("没有（用默认值）", "none (defaults are used)")
_SETTINGS = Text("从当前文件夹往上最近的设置", "the nearest settings upwards from this folder")
_NO_ADDITIONS = Text("没有", "none")
_ADDITIONS = Text("自己的格式和规则（GOVSTATS_SCHEMAS）", "forms and rules of your own (GOVSTATS_SCHEMAS)")
_NO_FOLDER = Text("没有这样的文件夹：{folders}", "no such folder: {folders}")
_FONTS = Text("图中的汉字", "Chinese in plots")
_NO_PLOTS = Text("没有安装 matplotlib，不画图", "without matplotlib there are no plots")
_NO_FONT = Text("没有找到中文字体，图中的汉字会变成方框", "no Chinese font was found")
_INSTALL_FONT = Text(
    "安装一种，如 Noto Sans CJK SC（Debian、Ubuntu：apt install fonts-noto-cjk）。",
    "Install one, like Noto Sans CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk).",
)


def facts() -> Iterator[Fact]:
    """Console, cache, settings, folders of the user's own, fonts."""
    yield console()
    yield cache()
    yield settings()
    yield additions()
    yield fonts()


def console() -> Fact:
    """Encoding and width of standard output."""
    if sys.stdout is None:
        return Fact("surroundings", "console", Status.MISSING, _NO_CONSOLE)
    encoding = sys.stdout.encoding or "?"
    told = _CONSOLE.format(encoding=encoding, width=shutil.get_terminal_size((100, 24)).columns)
    lost = _lost(encoding)
    if not lost:
        return Fact("surroundings", "console", Status.OK, told)
    return Fact("surroundings", "console", Status.MISSING, _AS_MARKS.format(told=told, signs=lost), hint=_UTF8)


def _lost(encoding: str) -> str:
    """The signs that an encoding lacks."""
    try:
        return "".join(sign for sign in _SIGNS if not sign.encode(encoding, "ignore"))
    except LookupError:
        return _SIGNS


def cache() -> Fact:
    """The folder where results are kept, and how much is in it."""
    from govstats.corpus import cache_folder

    folder = cache_folder()
    there = next(each for each in (folder, *folder.resolve().parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        told = _CANNOT_KEEP.format(folder=folder)
        return Fact("surroundings", "cache", Status.MISSING, told, _CACHE, _OTHER_CACHE)
    return Fact("surroundings", "cache", Status.OK, _KEPT.format(folder=folder, size=_size(folder)), _CACHE)


def _size(folder: Path) -> str:
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    return f"{total / 1e6:.1f} MB"


def settings() -> Fact:
    """The configuration that `govstats check` would use here."""
    from govstats.policy.config import configuration
    from govstats.policy.configfiles import nearest
    from govstats.renderers import renderers

    try:
        found = nearest(Path.cwd())
        configuration(formats=renderers())
    except UsageError as error:
        return Fact("surroundings", "settings", Status.MISSING, error.message, _SETTINGS, error.hint)
    told = Text(str(found.file), str(found.file)) if found else _NO_SETTINGS
    return Fact("surroundings", "settings", Status.OK, told, _SETTINGS)


def additions() -> Fact:
    """The folders with forms and rules that GOVSTATS_SCHEMAS names. What is wrong in them, the trial says."""
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    absent = [str(folder) for folder in named if not folder.is_dir()]
    told = Text(*(" ".join(map(str, named)) or none for none in (_NO_ADDITIONS.zh, _NO_ADDITIONS.en)))
    status = Status.MISSING if absent else Status.OK
    hint = _NO_FOLDER.format(folders=" ".join(absent)) if absent else None
    return Fact("surroundings", "additions", status, told, _ADDITIONS, hint)


def fonts() -> Fact:
    """The families with Chinese characters that plots can use."""
    if find_spec("matplotlib") is None:
        return Fact("surroundings", "fonts", Status.MISSING, _NO_PLOTS, _FONTS)
    from govstats.plots.fonts import installed

    found = installed()
    if not found:
        return Fact("surroundings", "fonts", Status.MISSING, _NO_FONT, _FONTS, _INSTALL_FONT)
    return Fact("surroundings", "fonts", Status.OK, joined(found[:3]), _FONTS)
