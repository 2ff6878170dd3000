"""Where settings are written: a folder → the nearest file upwards that has a section of ours, and its values."""

from __future__ import annotations

import re
import tomllib
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govstats.errors import UsageError, reason
from govstats.lang import Text

_FILES = ("pyproject.toml", "setup.cfg")
_LISTS = ("select", "ignore")
_OURS = re.compile(r"^\s*\[\s*(?:tool\s*\.\s*)?[\"']?govstats\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A file and the values of its section of ours, as TOML has them."""

    file: Path
    title: str
    values: dict[str, Any]

    @property
    def name(self) -> str:
        """For messages: `pyproject.toml [tool.govstats]`."""
        return f"{self.file} [{self.title}]"


def nearest(folder: Path) -> Section | None:
    """The section in this folder or the nearest above it. Raises UsageError for a file of ours that cannot be read."""
    for above in (folder, *folder.parents):
        for name in _FILES:
            found = _section(above / name) if (above / name).is_file() else None
            if found:
                return found
    return None


def section(file: Path) -> Section:
    """The section of a file. Raises UsageError if it is not there, is not valid, or has none."""
    if not file.is_file():
        raise UsageError(Text(f"找不到配置文件 {file}。", f"No configuration file {file}."))
    found = _section(file, expected=True)
    if found is None:
        title = "tool.govstats" if file.suffix == ".toml" else "govstats"
        raise UsageError(Text(f"{file} 里没有 [{title}]。", f"{file} has no [{title}]."))
    return found


def _section(file: Path, expected: bool = False) -> Section | None:
    try:
        text = file.read_text("utf-8-sig")
        if _OURS.search(text) is None:
            return None
        return _of_toml(file, text) if file.suffix == ".toml" else _of_ini(file, text)
    except (OSError, ValueError, ConfigParserError) as error:
        if not expected and isinstance(error, (OSError, UnicodeDecodeError)):
            return None
        why = reason(error)
        raise UsageError(
            Text(f"{file} 读不成：{why.zh}。", f"{file} cannot be read: {why.en}."),
            Text("请改正，或用 --isolated 不读配置。", "Mend it, or read no configuration with --isolated."),
        ) from error


def _of_toml(file: Path, text: str) -> Section | None:
    tool = tomllib.loads(text).get("tool")
    values = tool.get("govstats") if isinstance(tool, dict) else None
    return Section(file, "tool.govstats", values) if isinstance(values, dict) else None


def _of_ini(file: Path, text: str) -> Section | None:
    parser = ConfigParser(interpolation=None, default_section="")
    parser.read_string(text, str(file))
    if not parser.has_section("govstats"):
        return None
    return Section(file, "govstats", {key: _value(key, value) for key, value in parser.items("govstats")})


def _value(key: str, text: str) -> Any:
    """`C102, T` and `旧/*: C102, C103` on lines of their own, and whole numbers, as TOML would have them."""
    if key in _LISTS:
        return _list(text)
    if key == "exclude":
        return [part.strip() for part in re.split(r"[,，\r\n]", text) if part.strip()]
    if key in ("per-file-ignores", "severities"):
        return dict(_pair(line, key == "per-file-ignores") for line in text.splitlines() if line.strip())
    return int(text) if key == "jobs" and text.strip().isdecimal() else text.strip()


def _pair(line: str, lists: bool) -> tuple[str, Any]:
    """A line without a colon has no value, which no setting takes."""
    name, colon, value = line.rpartition(":")
    if not colon:
        return line.strip(), None
    return name.strip(), _list(value) if lists else value.strip()


def _list(text: str) -> list[str]:
    return [part for part in re.split(r"[,，\s]+", text) if part]
