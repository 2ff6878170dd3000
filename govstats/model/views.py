"""The one door from what was read and found to how it is shown, and to the forms by name.

The model lies below all that draws it, and may import none of it. What its objects offer as a view of themselves
(`report.applications`, `str(audit)`, `_repr_html_`) stands here by name, and loads when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

VIEWS = {
    "form": "govstats.catalog.formats:get_table_form",
    "frame": "govstats.accessor:frame",
    "long_frame": "govstats.frames.longtable:long_frame",
    "claims_frame": "govstats.frames:claims_frame",
    "findings_frame": "govstats.frames:findings_frame",
    "harmonised_frame": "govstats.frames.harmonised:harmonised_frame",
    "indicators_frame": "govstats.ratios:report_indicators",
    "seat": "govstats.identity.sitting:seat",
    "report_text": "govstats.display.reports:report_text",
    "report_html": "govstats.display.notebook:report_html",
    "audited_html": "govstats.display.notebook:audited_html",
    "audit_html": "govstats.display.notebook:audit_html",
    "finding_html": "govstats.display.notebook:finding_html",
    "rendered": "govstats.renderers:render",
    "summary": "govstats.model.tally:summary",
}
"""Name of a view → module and function."""


@cache
def view(name: str) -> Callable[..., Any]:
    """The function that makes a view."""
    module, _, function = VIEWS[name].partition(":")
    made: Callable[..., Any] = getattr(import_module(module), function)
    return made
