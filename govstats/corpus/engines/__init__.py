"""Where documents are read: here, in worker processes under limits, or on many machines; none can end the run."""

from govstats.corpus.engines.choice import ENGINES, Engine, Local, chosen
from govstats.corpus.engines.limits import Limits

__all__ = ["ENGINES", "Engine", "Limits", "Local", "chosen"]
