"""One JSON array of all reports (CONTRACT §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from govstats.audits import Entry
from govstats.renderers import Look

NAME = "json"
SUFFIX = ".json"


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    opening = "["
    for entry in entries:
        yield f"{opening}\n{json.dumps(entry.to_dict(look.lang), ensure_ascii=False, allow_nan=False)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"
