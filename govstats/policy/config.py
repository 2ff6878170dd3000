"""Configuration: `[tool.govstats]` of pyproject.toml or `[govstats]` of setup.cfg, the nearest upwards from a folder.

The keys are those of the command line and mean the same; docs/configuration.md explains each.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govstats.catalog.rules import known_rules, matching
from govstats.errors import UsageError, near
from govstats.lang import Text
from govstats.policy.configfiles import Section, nearest, section

OFF = "off"
AUTO = "auto"

_LIST = Text('一列规则，如 ["C102", "T"]', 'a list of rules, like ["C102", "T"]')
_EXPECTED = {
    "select": _LIST,
    "ignore": _LIST,
    "per-file-ignores": Text("文件名样式 → 一列规则", "globs, each with a list of rules"),
    "severities": Text("规则 → error、warning、info 或 off", "rules, each with error, warning, info or off"),
    "exclude": Text('一列文件名样式，如 ["旧/*", "*.pdf"]', 'a list of globs, like ["旧/*", "*.pdf"]'),
    "fail-on": Text("error、warning、info 或 never", "error, warning, info or never"),
    "roster": Text("一个文件的路径", "the path of a file"),
    "baseline": Text("一个文件的路径", "the path of a file"),
    "lang": Text("zh 或 en", "zh or en"),
    "jobs": Text("不小于 0 的整数", "a whole number, 0 or more"),
    "format": Text("输出格式的名称", "the name of an output format"),
}
KEYS = tuple(_EXPECTED)


class Configuration(BaseModel):
    """What a configuration says; `None` and empty where it does not. `folder` is that of its file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    select: list[str] = []
    ignore: list[str] = []
    per_file_ignores: dict[str, list[str]] = {}
    severities: dict[str, Literal["error", "warning", "info", "off"]] = {}
    exclude: list[str] = []
    fail_on: Literal["error", "warning", "info", "never"] | None = None
    roster: str | None = None
    baseline: str | None = None
    lang: Literal["zh", "en"] | None = None
    jobs: Annotated[int, Field(ge=0)] | None = None
    format: str | None = None
    folder: Path | None = None

    @property
    def roster_path(self) -> Path | None:
        """The roster, told from the configuration's folder."""
        return self._path(self.roster)

    @property
    def baseline_path(self) -> Path | None:
        """The baseline, told from the configuration's folder."""
        return self._path(self.baseline)

    def _path(self, given: str | None) -> Path | None:
        return (self.folder or Path()) / given if given else None


def configuration(start: Path | None = None, file: Path | None = None, formats: Collection[str] = ()) -> Configuration:
    """The settings of a file, else of the nearest file upwards from `start` (default: the working directory).

    `formats`: the output formats that may be named, where any is.

    Without any, empty Configuration. Raises UsageError: which file, which key, what was expected, what is near.
    """
    found = section(file) if file else nearest((start or Path.cwd()).resolve())
    return _checked(found, formats) if found else Configuration()


def _checked(found: Section, formats: Collection[str]) -> Configuration:
    for key in found.values:
        if key not in KEYS:
            raise _fault(found, Text(f"没有设置“{key}”。", f"there is no setting “{key}”."), near(key, KEYS))
    try:
        made = Configuration.model_validate({key.replace("-", "_"): value for key, value in found.values.items()})
    except ValidationError as error:
        raise _wrong_value(found, error) from error
    _check_rules(found, made)
    _check_format(found, made.format, formats)
    return made.model_copy(update={"folder": found.file.resolve().parent})


def _wrong_value(found: Section, error: ValidationError) -> UsageError:
    """The first fault: the setting, the entry in it, what was given, what was expected."""
    fault = error.errors()[0]
    key = str(fault["loc"][0]).replace("_", "-")
    entry = "".join(f" {part}" for part in fault["loc"][1:2] if isinstance(part, str))
    expected, got = _EXPECTED[key], f"{fault['input']!r:.80}"
    return _fault(
        found,
        Text(f"{key}{entry}：应为{expected.zh}，写的是 {got}。", f"{key}{entry}: expected {expected.en}, got {got}."),
    )


def _check_rules(found: Section, made: Configuration) -> None:
    named: dict[str, list[str]] = {
        "select": made.select,
        "ignore": made.ignore,
        "per-file-ignores": [rule for rules in made.per_file_ignores.values() for rule in rules],
        "severities": list(made.severities),
    }
    for key, rules in named.items():
        for rule in rules:
            try:
                matching((rule,))
            except UsageError as error:
                known = [*known_rules(), *(each.name for each in known_rules().values())]
                told = Text(f"{key}：没有规则“{rule}”。", f"{key}: there is no rule “{rule}”.")
                raise _fault(found, told, near(rule, known)) from error


def _check_format(found: Section, given: str | None, formats: Collection[str]) -> None:
    known = [*formats, AUTO]
    if given is not None and formats and given not in known:
        told = Text(f"format：没有输出格式“{given}”。", f"format: there is no output format “{given}”.")
        raise _fault(found, told, near(given, known))


def _fault(found: Section, told: Text, hint: Text | None = None) -> UsageError:
    return UsageError(Text(f"{found.name} {told.zh}", f"{found.name} {told.en}"), hint or _SEE)


_SEE = Text("各项设置见 docs/configuration.md。", "The settings are explained in docs/configuration.md.")
