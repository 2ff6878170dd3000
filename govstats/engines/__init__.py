"""Where documents are read: here, in worker processes under limits, or on many machines; none can end the run."""

from govstats.engines.choice import Engine, Local
from govstats.engines.limits import Limits

__all__ = ["Engine", "Limits", "Local"]
