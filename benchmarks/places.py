"""Names of agencies a second that are found in their places, and how long the divisions take to load."""

from __future__ import annotations

import time

from govstats.catalog.divisions import divisions
from govstats.catalog.places import place_of

ENDS = ("财政局", "人民政府", "市场监督管理局", "生态环境局")


def main() -> None:
    """Print both."""
    begin = time.perf_counter()
    rows = divisions().rows
    print(f"load: {(time.perf_counter() - begin) * 1e3:.0f} ms")
    names = list(dict.fromkeys(row.name + end for row in rows for end in ENDS))
    begin = time.perf_counter()
    found = sum(place_of(name).place is not None for name in names)
    seconds = time.perf_counter() - begin
    print(f"{len(names)} names, {found} in a place: {len(names) / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
