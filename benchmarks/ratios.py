"""Indicators of a panel of 10^6 cells, by report and by year: seconds of processor time, the least of several turns."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

import govstats
from govstats.catalog.formats import get_format

CELLS = 1_000_000
TURNS = 3


def panel() -> pd.DataFrame:
    """Reports of the form of 2021 with random figures, as a panel has them."""
    form = get_format("national-2021")
    cells = [cell for table in form.tables.values() for cell in table.cells]
    reports = CELLS // len(cells) + 1
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "path": np.repeat([f"{at}.html" for at in range(reports)], len(cells)),
            "agency": np.repeat([f"第{at % 1500}局" for at in range(reports)], len(cells)),
            "year": np.repeat(2021 + np.arange(reports) // 1500, len(cells)),
            "format": form.name,
            "value": rng.integers(0, 50, reports * len(cells)),
        }
    )
    for name in ("table", "row", "column"):
        frame[name] = np.tile([getattr(cell, name) for cell in cells], reports)
    text = ["path", "agency", "format", "table", "row", "column"]
    return frame.astype({"year": "Int64", "value": "Float64", **dict.fromkeys(text, "category")})


def main() -> None:
    frame = panel()
    for by in ([], ["year"]):
        taken = []
        for _ in range(TURNS):
            begin = time.process_time()
            govstats.indicators(frame, by)
            taken.append(time.process_time() - begin)
        print(f"{len(frame):,} cells, by {by or 'report'}: {min(taken):.2f} s")


if __name__ == "__main__":
    main()
