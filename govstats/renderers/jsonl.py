"""One JSON object a line for each report (CONTRACT §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from govstats.display.look import Look
from govstats.model.audits import Entry

SUFFIX = ".jsonl"
UTF8 = True


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    for entry in entries:
        yield json.dumps(entry.to_dict(look.lang), ensure_ascii=False, allow_nan=False) + "\n"
