"""The exceptions: only for "the tool cannot go on". Wrong *data* is a Finding, never an exception.

GovstatsError
├── UsageError       the call itself is wrong: an unknown rule, format, cell
├── CatalogError     a file under schemas/ is wrong: which file, which field, expected, got
└── ReadError        a document that cannot be read at all: what, why, what to do
    └── ReaderFaultError  a reader stumbled over it: our fault, to be reported
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from govstats.lang import Text


def near(name: str, known: Iterable[str]) -> Text | None:
    """是不是“…”？ with the known name that is most like a mistyped one; None if none is."""
    by_lower = {each.lower(): each for each in known}
    like = get_close_matches(name.lower().replace("_", "-"), by_lower, n=1)
    return Text(f"是不是“{by_lower[like[0]]}”？", f"Did you mean “{by_lower[like[0]]}”?") if like else None


class GovstatsError(Exception):
    """Base of all errors raised on purpose.

    `message` says what, where, expected and got; `hint` says what to do. Both are bilingual.
    """

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def text(self, lang: str | None = None) -> str:
        """The message and its hint as one line in `lang`."""
        parts = [self.message.of(lang)] + ([self.hint.of(lang)] if self.hint else [])
        return (" " if lang == "en" else "").join(parts)

    def __str__(self) -> str:
        return self.text()


class UsageError(GovstatsError):
    """The call itself is wrong."""


class CatalogError(GovstatsError):
    """A format or rule under schemas/ is not what it should be."""


class ReadError(GovstatsError):
    """A document cannot be read at all (missing, empty, a picture, an unknown container)."""


class ReaderFaultError(ReadError):
    """A reader stumbled over a document: an error of ours, told as one of the document's so that the run goes on."""
