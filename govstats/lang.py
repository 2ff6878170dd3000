"""Chinese first, English beside it: one bilingual text, and the language in force."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("zh", "en")


def language(lang: str | None = None) -> str:
    """`lang` if given, else what `speaking` set, else GOVSTATS_LANG, else `zh`; all that is not English is Chinese."""
    chosen = lang or _spoken.get() or os.environ.get("GOVSTATS_LANG", "")
    return "en" if chosen.lower().startswith("en") else "zh"


@contextmanager
def speaking(lang: str | None) -> Iterator[None]:
    """Within the block, `lang` is the language in force (None: leave it as it is)."""
    token = _spoken.set(lang or _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


def by_default(lang: str | None) -> AbstractContextManager[None]:
    """Within the block, `lang` is the language unless another was asked for."""
    asked = _spoken.get() or os.environ.get("GOVSTATS_LANG")
    return speaking(None if asked else lang)


_spoken: ContextVar[str | None] = ContextVar("govstats_lang", default=None)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; `{name}` fields are filled by `format`."""

    zh: str
    en: str

    def of(self, lang: str | None = None) -> str:
        """The text in `lang` (default: the language in force)."""
        return self.en if language(lang) == "en" else self.zh

    def format(self, **fields: Any) -> Text:
        """The text with its fields filled; a field that is a Text is filled in each language."""
        return Text(*(_fill(template, lang, fields) for template, lang in ((self.zh, "zh"), (self.en, "en"))))

    def __str__(self) -> str:
        return self.of()


def _fill(template: str, lang: str, fields: dict[str, Any]) -> str:
    return template.format(
        **{name: value.of(lang) if isinstance(value, Text) else value for name, value in fields.items()}
    )


def joined(names: Iterable[object], zh: str = "、", en: str = ", ") -> Text:
    """`甲、乙` and `甲, 乙`: names, or Texts, with what stands between them in each language."""
    told = [name if isinstance(name, Text) else Text(str(name), str(name)) for name in names]
    return Text(zh.join(name.zh for name in told), en.join(name.en for name in told))
