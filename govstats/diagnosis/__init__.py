"""Outcomes of relations → Causes, rung by rung: totals not filled, single cells, slips, few cells, many cells, ties."""

from govstats.diagnosis.cause import Cause, Edit
from govstats.diagnosis.causes import diagnose
from govstats.diagnosis.derive import derive
from govstats.diagnosis.localise import localise
from govstats.diagnosis.repairs import Repair

__all__ = ["Cause", "Edit", "Repair", "derive", "diagnose", "localise"]
