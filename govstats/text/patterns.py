"""Patterns that are compiled when they are first asked.

A class of all Chinese characters takes 0.7 ms to compile, and most patterns ask for words that few reports have: a
tenth of the time in which one report is checked went into patterns that nothing was looked for with.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """What is asked of the pattern; kept, so that it is asked only once."""
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        if name in _ASKED:
            vars(self).update({each: getattr(compiled, each) for each in _ASKED})
        return getattr(compiled, name)


_ASKED = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked. A fault of its grammar is told then, so tests ask all of them."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
