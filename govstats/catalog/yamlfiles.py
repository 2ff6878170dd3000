"""What formats and rules share: reading a YAML file of schemas/, and saying clearly what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from govstats.errors import CatalogError, reason
from govstats.lang import Text

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Spec(BaseModel):
    """A part of a file: nothing in it that is not known, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class BothSpec(Spec):
    """A text in Chinese and English."""

    zh: str
    en: str

    def text(self) -> Text:
        """The text as all others speak of it."""
        return Text(self.zh, self.en)


def load_yaml(path: Path) -> Any:
    """The file's content. Raises CatalogError with the line if it is not YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise CatalogError(
            Text(f"{path} 不是合法的 YAML：{reason(error).zh}", f"{path} is not valid YAML: {error}"),
            Text("检查缩进、冒号和引号。", "Check its indentation, colons and quotes."),
        ) from error


def rejected(path: Path, error: ValidationError) -> CatalogError:
    """pydantic's errors as one CatalogError: file, field, what is wrong, what was given."""
    faults = [
        f"{'.'.join(str(part) for part in fault['loc']) or '(root)'}: {fault['msg']} (got {fault['input']!r:.80})"
        for fault in error.errors()
    ]
    listed = "\n  ".join(faults)
    return CatalogError(
        Text(f"{path} 有 {len(faults)} 处不合规定：\n  {listed}", f"{path}: {len(faults)} faults\n  {listed}"),
        Text("\n字段说明见 schemas/meta/。", "\nThe fields are described in schemas/meta/."),
    )
