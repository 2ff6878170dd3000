"""How many documents are read: in worker processes under limits, so that no document can end or stall the run."""

from govstats.engines.limits import Limits
from govstats.engines.pool import default_jobs, run

__all__ = ["Limits", "default_jobs", "run"]
