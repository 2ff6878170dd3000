"""The clerks' page: drop reports, see what is wrong, take the mended copy. A thin room over the audit and the cards."""

from govstats.serve.app import application
from govstats.serve.settings import Bounds, Options

__all__ = ["Bounds", "Options", "application"]
