"""Where data lie: the shipped schemas/ and samples/, found by path, not by the working directory; and the user's own.

A wheel carries schemas/ inside the package (setup.cfg maps `govstats.schemas` to it); a checkout
or an editable install has it beside the package. Forms and rules of the user stand in folders of their own
(`GOVSTATS_SCHEMAS`), laid out alike: `formats/*.yaml`, `rules/*.yaml`.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from govstats.errors import CatalogError
from govstats.lang import Text

_PACKAGE = Path(__file__).resolve().parents[1]
VARIABLE = "GOVSTATS_SCHEMAS"
"""The environment variable that names the user's folders, parted as in PATH. Worker processes inherit it."""


@cache
def schemas() -> Path:
    """The folder with formats/, rules/, pandera/ and meta/.

    Raises CatalogError if the installation is incomplete.
    """
    for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
        if (folder / "formats").is_dir():
            return folder
    raise CatalogError(
        Text(
            f"找不到 schemas/formats（查过 {_PACKAGE} 及其上级目录）。",
            f"schemas/formats not found in or beside {_PACKAGE}.",
        ),
        Text("请重新安装 govstats。", "Install govstats again."),
    )


def files(kind: str) -> list[Path]:
    """The YAML files of a kind (`formats`, `rules`): the shipped ones, then those of the user's folders, by name.

    Raises CatalogError for a folder of the user that holds neither forms nor rules, and for a name used twice.
    """
    found: dict[str, Path] = {}
    for folder in (schemas(), *_own()):
        for path in sorted((folder / kind).glob("*.yaml")):
            if path.name in found:
                raise CatalogError(
                    Text(f"{path.name} 有两个：{found[path.name]}、{path}。", f"{path.name} is there twice: {path}."),
                    Text("自己的格式和规则须另取名字。", "Forms and rules of your own need names of their own."),
                )
            found[path.name] = path
    return list(found.values())


def _own() -> list[Path]:
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    for folder in named:
        if not any((folder / kind).is_dir() for kind in ("formats", "rules")):
            raise CatalogError(
                Text(
                    f"{folder}（{VARIABLE}）里没有 formats 或 rules 文件夹。",
                    f"{folder} ({VARIABLE}) holds no folder formats or rules.",
                ),
                Text("格式放在 formats/，规则放在 rules/。", "Forms go to formats/, rules to rules/."),
            )
    return named


def samples() -> list[Path]:
    """The sample reports shipped with the package, sorted by name.

    Pages written for govstats with the published figures of 昭通 2021 and 宿迁 2023 and 2024.

        >>> len(govstats.samples())
        3
    """
    return sorted(path for path in (_PACKAGE / "samples").iterdir() if path.suffix in {".html", ".txt"})
