"""`govstats check one.html` from a cold start against `python -c "import pandas"`, turn by turn in one run."""

from __future__ import annotations

import subprocess
import sys
import time

import govstats

TURNS = 11


def seconds(*arguments: str) -> float:
    """How long an interpreter with these arguments runs."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begin


def main() -> None:
    """Print the median of both, and their ratio."""
    page = next(str(path) for path in govstats.samples() if "zhaotong" in path.name)
    ours, pandas = [], []
    for _ in range(TURNS):
        pandas.append(seconds("-c", "import pandas"))
        ours.append(seconds("-m", "govstats", "check", page))
    check, imported = sorted(ours)[TURNS // 2], sorted(pandas)[TURNS // 2]
    print(f"govstats check one.html  {check * 1e3:8.0f} ms (median of {TURNS})")
    print(f"import pandas            {imported * 1e3:8.0f} ms")
    print(f"ratio                    {check / imported:8.2f} (aim: at most 2)")


if __name__ == "__main__":
    main()
