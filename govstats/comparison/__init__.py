"""Many reports together: one agency over the years, a parent and its units. Filings in, findings out."""

from govstats.comparison.compare import compare
from govstats.comparison.filing import Filing, TableFigures
from govstats.comparison.filings import Compared, Entry, Filings, InMemory
from govstats.comparison.roster import Roster, Unit

__all__ = ["RULES", "Compared", "Entry", "Filing", "Filings", "InMemory", "Roster", "TableFigures", "Unit", "compare"]

RULES = ("P406", "Y601", "Y602", "Y603", "Y604", "R701", "R702")
"""The rules that are applied here; each has a file in schemas/rules/."""
