"""One JSON array of all reports (CONTRACT §5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from govstats.display.look import Look
from govstats.model.audits import Entry

SUFFIX = ".json"
UTF8 = True


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    return array(entry.to_dict(look.lang) for entry in entries)


def array(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Objects → the chunks of one JSON array, an object a line."""
    opening = "["
    for each in objects:
        yield f"{opening}\n{json.dumps(each, ensure_ascii=False, allow_nan=False)}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"
