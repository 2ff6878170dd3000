"""Templates → HTML: one Jinja environment in which all text is escaped, and none of it can act or hide."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govstats.display.untrusted import harmless
from govstats.lang import Text

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("templates")


def environment(lang: str, *folders: Path) -> Environment:
    """The templates, also those of other folders, in one language: `t(zh, en)` chooses between two texts, `said` takes
    a Text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=FileSystemLoader([*folders, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: harmless(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
    )

    def said(text: Text) -> str:
        return text.of(lang)

    made.filters["said"] = said
    made.globals["t"] = lambda zh, en: en if lang == "en" else zh
    made.globals["chinese"] = Markup(' lang="zh-CN"') if lang == "en" else ""
    return made


def asset(name: str) -> Any:
    """A file of ours (style, script) that goes into a page as it is, as Markup."""
    from markupsafe import Markup

    return Markup((_TEMPLATES / name).read_text("utf-8"))  # noqa: S704 - our own file


def source_hash(script: str) -> str:
    """What a Content-Security-Policy calls an inline script."""
    return b64encode(sha256(script.encode()).digest()).decode()
