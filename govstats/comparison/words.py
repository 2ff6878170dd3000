"""Several statements as one sentence."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.lang import Text

NOTHING = Text("", "")
_SHOWN = 6


def parted(told: Iterable[Text]) -> Text:
    """甲；乙；丙；等 12 项: each may hold commas of its own."""
    every = list(told)
    shown, more = every[:_SHOWN], len(every) - _SHOWN
    return Text(
        "；".join(each.zh for each in shown) + (f"；等 {len(every)} 项" if more > 0 else ""),
        "; ".join(each.en for each in shown) + (f"; and {more} more" if more > 0 else ""),
    )
