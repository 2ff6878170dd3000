"""Where the shipped data lie: schemas/ and samples/, found by path, never by the working directory.

A wheel carries schemas/ inside the package (setup.cfg maps `govstats.schemas` to it); a checkout
or an editable install has it beside the package.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from govstats.errors import CatalogError
from govstats.lang import Text

_PACKAGE = Path(__file__).resolve().parent


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


def samples() -> list[Path]:
    """The sample reports shipped with the package, sorted by name.

    Pages written for govstats with the published figures of 昭通 2021 and 宿迁 2023 and 2024.
    """
    return sorted(path for path in (_PACKAGE / "samples").iterdir() if path.suffix in {".html", ".txt"})
