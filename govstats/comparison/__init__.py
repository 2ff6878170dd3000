"""Many reports together: one agency over the years, a parent and its units. Filings in, findings out.

Who reads one report needs its filing only, so what compares is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govstats.comparison.filing import Filing, TableFigures

if TYPE_CHECKING:
    from govstats.comparison.comparing import compare
    from govstats.comparison.filings import Compared, Entry, Filings, InMemory
    from govstats.comparison.roster import Roster, Unit

__all__ = ["RULES", "Compared", "Entry", "Filing", "Filings", "InMemory", "Roster", "TableFigures", "Unit", "compare"]

RULES = ("P406", "Y601", "Y602", "Y603", "Y604", "R701", "R702")
"""The rules that are applied here; each has a file in schemas/rules/."""
_HOMES = {
    "compare": "comparing",
    **dict.fromkeys(("Compared", "Entry", "Filings", "InMemory"), "filings"),
    **dict.fromkeys(("Roster", "Unit"), "roster"),
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
