"""Libraries that only some uses need: the module, or a UsageError that says how to install it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from govstats.errors import UsageError
from govstats.lang import Text


def needed(module: str, extra: str, use: Text) -> Any:
    """The module. Raises UsageError, which names the extra, if it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise UsageError(
            Text(f"{use.zh}要用 {name}，这里没有安装。", f"{use.en} needs {name}, which is not installed."),
            Text(f"请运行 pip install 'govstats[{extra}]'。", f"Run pip install 'govstats[{extra}]'."),
        ) from error
