"""A report without tables → the other rule that it follows, if its body reports by another one than the forms.

Colleges report by school years, hospitals and waterworks by the rules of their ministries. Whoever calls its report one
of 政府信息公开, or says that it follows the form, is asked for its tables like anyone else.
"""

from __future__ import annotations

import re

from govstats.catalog.agencies import Otherwise, agencies
from govstats.model.report import Report
from govstats.text.labels import plain
from govstats.text.patterns import lazy

_OPENING = 2000
_OF_GOVERNMENT = lazy(r"政府信息公开(?:工作)?(?:20\d\d年?)?(?:年度)?(?:报告|年报)")
_BODIES = (None, "institution")


def other_rule(report: Report) -> Otherwise | None:
    """The rule, or None: it has tables, is a government's body, or nothing says that it follows another one."""
    if report.tables or report.form_cited or report.body not in _BODIES:
        return None
    opening = plain(report.document.text[:_OPENING])
    if _OF_GOVERNMENT.search(opening):
        return None
    return next((each for each in agencies().otherwise if _fits(each, report.agency, opening)), None)


def _fits(rule: Otherwise, agency: str | None, opening: str) -> bool:
    return re.search(rule.says, opening) is not None and re.search(rule.name, agency or opening) is not None
