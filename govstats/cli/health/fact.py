"""Fact: one thing about an installation, how it stands, and what to do if it does not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from govstats.lang import Text

SECTIONS = {
    "program": Text("程序", "Program"),
    "libraries": Text("依赖", "Libraries"),
    "extras": Text("可选功能", "Extras"),
    "containers": Text("这里读得了的文件", "Files that can be read here"),
    "surroundings": Text("环境", "Surroundings"),
    "trial": Text("试用", "Trial"),
}
"""The parts of what is told, in their order."""


class Status(Enum):
    """How a thing stands."""

    OK = "ok"
    MISSING = "missing"
    """Not there, and not of the base: something optional cannot be used."""
    BROKEN = "broken"
    """Of the base, and does not work."""


STATUS_NAMES = {
    Status.OK: Text("可用", "ok"),
    Status.MISSING: Text("没有", "missing"),
    Status.BROKEN: Text("不可用", "BROKEN"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """`detail` says how it stands, `purpose` who needs it, `hint` what to do."""

    section: str
    name: str
    status: Status
    detail: Text
    purpose: Text | None = None
    hint: Text | None = None
