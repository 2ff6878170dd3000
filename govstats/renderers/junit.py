"""JUnit XML, as Jenkins and GitLab read it: a test suite a report, a test case for each table and group of rules.

A finding that makes the run fail is a failure with its part of the table; others are told as output of a passed case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from govstats.catalog.rules import group_of, groups
from govstats.display.look import Look
from govstats.display.untrusted import harmless, one_line
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import Finding
from govstats.model.wording import AFFECTED_HEAD
from govstats.policy.parts import WHOLE, groups_of, parts, rules_of
from govstats.renderers.text import finding_text

SUFFIX = ".xml"
UTF8 = True

_REPORT = Text("整份报告", "the report as a whole")
_READING = Text("读取", "reading")
_AND_MORE = Text("{message}（共 {n} 个）", "{message} ({n} in all)")
_KNOWN = Text("基线中已知", "known from the baseline")


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="govstats">\n'
    for entry in entries:
        suite = _unread(entry, look) if isinstance(entry, Unread) else _audited(entry, look)
        yield etree.tostring(suite, encoding="unicode", pretty_print=True)
    yield "</testsuites>\n"


def _unread(entry: Unread, look: Look) -> etree._Element:
    case = _case(entry.path, _READING.of(look.lang))
    reason = entry.error.text(look.lang)
    _add(case, "error", reason, type=type(entry.error).__name__, message=reason)
    return _suite(entry.path, [case])


def _audited(entry: Audited, look: Look) -> etree._Element:
    return _suite(_called(entry, look), [*_affected(entry, look), *_checked_parts(entry, look)])


def _called(entry: Audited, look: Look) -> str:
    """Whose report it is and for which year, then where it lies: readers of many suites look for the first."""
    return f"{entry.report.title.of(look.lang)} · {entry.path}" if entry.report.agency else entry.path


def _affected(entry: Audited, look: Look) -> Iterator[etree._Element]:
    """A passed case that tells where faults of other reports show."""
    if entry.affected:
        case = _case(_called(entry, look), AFFECTED_HEAD.of(look.lang))
        _add(case, "system-out", "\n".join(f"{each.message.of(look.lang)} [{each.cause}]" for each in entry.affected))
        yield case


def _checked_parts(entry: Audited, look: Look) -> list[etree._Element]:
    return [_checked(entry, part, group, look) for part in parts(entry) for group in groups_of(rules_of(entry, part))]


def _checked(entry: Audited, part: str, group: str, look: Look) -> etree._Element:
    """The test case of one group of rules in one part of a report."""
    case = _case(
        _called(entry, look),
        f"{part} {group} · {_title(entry, part).of(look.lang)} · {_group_name(group).of(look.lang)}",
    )
    found = [f for f in entry.findings if _is_of(f, part, group)]
    known = [f for f in entry.suppressed if _is_of(f, part, group)]
    failing = [f for f in found if f.severity in look.failing]
    if failing:
        _fail(case, entry, failing, look)
    elif known:
        _add(case, "skipped", message=f"{_KNOWN.of(look.lang)}: {', '.join(sorted({f.rule for f in known}))}")
    told = [finding_text(entry, f, look) for f in found if f not in failing]
    if told:
        _add(case, "system-out", "\n".join(told))
    return case


def _fail(case: etree._Element, entry: Audited, failing: list[Finding], look: Look) -> None:
    """One failure, since readers show but the first of a case."""
    message = failing[0].message
    if len(failing) > 1:
        message = _AND_MORE.format(message=message, n=len(failing))
    text = "\n".join(finding_text(entry, finding, look) for finding in failing)
    _add(case, "failure", text, type=failing[0].rule, message=message.of(look.lang))


def _title(entry: Audited, part: str) -> Text:
    table = entry.report.tables.get(part)
    return table.form.title if table else _REPORT if part == WHOLE else Text(part, part)


def _group_name(group: str) -> Text:
    return groups().get(group, Text(group, group))


def _is_of(finding: Finding, part: str, group: str) -> bool:
    return (finding.table or WHOLE) == part and group_of(finding.rule) == group


def _case(report: str, name: str) -> etree._Element:
    return etree.Element("testcase", {"classname": one_line(report), "name": one_line(name)})


def _suite(report: str, cases: list[etree._Element]) -> etree._Element:
    counts = {kind: str(sum(case.find(tag) is not None for case in cases)) for kind, tag in _COUNTED.items()}
    suite = etree.Element("testsuite", {"name": one_line(report), "tests": str(len(cases)), **counts})
    suite.extend(cases)
    return suite


_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _add(case: etree._Element, tag: str, text: str = "", **attributes: str) -> None:
    told = etree.SubElement(case, tag, {name: one_line(value) for name, value in attributes.items()})
    told.text = harmless(text) or None
