"""A hook of mkdocs: lines of Chinese are joined without the blank that HTML would put at a line's end."""

from __future__ import annotations

import re
from typing import Any

_WIDE = "\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BREAK = re.compile(rf"(?<=[{_WIDE}])\n *(?=[{_WIDE}])")
_CODE = re.compile(r"(^ *```.*?^ *```[^\n]*$)", re.DOTALL | re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page, with code as it stands."""
    parts = _CODE.split(markdown)
    return "".join(part if at % 2 else _BREAK.sub("", part) for at, part in enumerate(parts))
