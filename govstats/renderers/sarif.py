"""SARIF 2.1.0, for code scanning and editors: rules with their texts, findings with their cells, what was not read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What the baseline knows is counted, and no result:
code scanning looks past suppressions and would show it as open.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from govstats.catalog.rules import known_rules
from govstats.display.look import Look
from govstats.display.untrusted import harmless
from govstats.lang import Text, language
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import Finding
from govstats.model.keys import FindingKey, finding_key, fingerprint, report_key
from govstats.model.wording import TO_DO_HEAD
from govstats.renderers._fewest import Fewest
from govstats.renderers._sarifrules import AFFECTED, LEVELS, UNREAD, driver
from govstats.renderers._sourceurls import uri, workspace

SUFFIX = ".sarif"
UTF8 = True

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_FINGERPRINT = "govstats/v1"
_MOST = 25_000
"""Code scanning takes no more results of a run, and shows 5,000 of them, the first."""
_RANKS = {"error": 0, "warning": 1, "info": 2}
_NOT_ALL = Text(
    "只写了最重的 {most} 个问题，另有 {n} 个没有写入。",
    "Only the {most} worst findings are here; {n} more are left out.",
)
_KNOWN = Text(
    "另有 {n} 个问题是基线里已知的，没有写入。", "{n} more findings are known from the baseline, and are not here."
)


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    """The results stream by; what was not read is told behind them, with the invocation."""
    tool = _json({"driver": driver(look.lang)})
    spoken = _json(_LANGUAGES[language(look.lang)])
    yield f'{{"$schema": {_json(_SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n"tool": {tool},\n'
    yield f'"language": {spoken},\n"columnKind": "unicodeCodePoints",\n"results": ['
    unread: list[Unread] = []
    affected: list[dict[str, Any]] = []
    known = 0
    with Fewest(_MOST) as kept:
        for entry in entries:
            if isinstance(entry, Unread):
                unread.append(entry)
                continue
            known += len(entry.suppressed)
            affected += _affected(entry, look.lang)
            for severity, result in _results(entry, look.lang):
                kept.add(_RANKS[severity], _json(result))
        for at, written in enumerate(kept):
            yield (",\n" if at else "\n") + written
    notes = [*(_unread(each, look.lang) for each in unread), *affected]
    if kept.left_out:
        notes.append(_note("warning", _NOT_ALL.format(most=_MOST, n=kept.left_out), look.lang))
    if known:
        notes.append(_note("note", _KNOWN.format(n=known), look.lang))
    invocation = {"executionSuccessful": not unread, "toolExecutionNotifications": notes}
    yield f'],\n"invocations": [{_json(invocation)}]\n}}]}}\n'


def _json(value: object) -> str:
    return harmless(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _results(entry: Audited, lang: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each finding that counts, with its severity."""
    numbers: Counter[FindingKey] = Counter()
    for finding in entry.findings:
        key = finding_key(finding)
        mark = fingerprint(report_key(entry.report, workspace()), key, numbers[key])
        yield finding.severity, _result(entry, finding, mark, lang)
        numbers[key] += 1


def _note(level: str, told: Text, lang: str | None) -> dict[str, Any]:
    return {"descriptor": {"id": UNREAD}, "level": level, "message": {"text": told.of(lang)}}


def _result(entry: Audited, finding: Finding, mark: str, lang: str | None) -> dict[str, Any]:
    hint = f"\n{TO_DO_HEAD.of(lang)}{finding.hint.of(lang)}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": list(known_rules()).index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message.of(lang) + hint},
        "locations": [_location(entry, finding, lang)],
        "partialFingerprints": {_FINGERPRINT: mark},
        "properties": _properties(entry, finding, lang),
    }


def _location(entry: Audited, finding: Finding, lang: str | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(entry.report.path, workspace())}}
    place = finding.place
    if place and not place.table and place.line:
        physical["region"] = {"startLine": place.line}
    told: dict[str, Any] = {"physicalLocation": physical, "logicalLocations": _logical_locations(finding)}
    if place:
        told["message"] = {"text": place.text.of(lang)}
    return told


def _logical_locations(finding: Finding) -> list[dict[str, str]]:
    """The cells that should hold something else (without any, all that the finding is about), or its table."""
    table = finding.table
    if table is None:
        return []
    cells = dict.fromkeys((cell.row, cell.column) for cell in finding.accused or finding.cells)
    if not cells:
        return [{"name": table, "fullyQualifiedName": table, "kind": "type"}]
    return [
        {"name": column, "fullyQualifiedName": f"{table}/{row}/{column}", "kind": "member"} for row, column in cells
    ]


def _properties(entry: Audited, finding: Finding, lang: str | None) -> dict[str, Any]:
    """What is known of the report and the finding beyond what SARIF has words for; keys as in CONTRACT §5."""
    told = finding.to_dict(lang)
    kept = ("cells", "relation", "left", "right", "cause", "repair", "unique", "where")
    report = entry.report
    return {"agency": report.agency, "year": report.year, "format": report.format, **{key: told[key] for key in kept}}


def _unread(entry: Unread, lang: str | None) -> dict[str, Any]:
    return _notification(UNREAD, "error", entry.path, f"{entry.path}: {entry.error.text(lang)}")


def _affected(entry: Audited, lang: str | None) -> Iterator[dict[str, Any]]:
    """Where faults of other reports show: no result, for it is none of this one's."""
    for each in entry.affected:
        told = _notification(AFFECTED, "note", entry.report.path, each.message.of(lang))
        yield {**told, "properties": {"cause": each.cause}}


def _notification(what: str, level: str, path: str, text: str) -> dict[str, Any]:
    return {
        "descriptor": {"id": what},
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(path, workspace())}}}],
    }
