"""Workflow commands of GitHub Actions: each finding is shown beside its file. Errors first, a summary at the end.

GitHub shows 10 annotations of a type for each step; the log has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.catalog.rules import get_rule
from govstats.display.look import Look
from govstats.display.untrusted import harmless
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unread
from govstats.model.finding import SEVERITIES, Affected, Finding
from govstats.model.keys import is_file, name_of_cause, relative
from govstats.model.tally import Tally, summarise
from govstats.model.wording import AFFECTED_HEAD, TO_DO_HEAD
from govstats.renderers._sourceurls import workspace

SUFFIX = ".txt"

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_SHOWN = 10
_UNREAD = Text("没有读成", "Not read")
_MORE = Text(
    "GitHub 每步每类只显示 {n} 条，全部见上面的日志。",
    "GitHub shows {n} of a type for each step; the log above has them all.",
)


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    tally = Tally(look.partial)
    lines: dict[str, list[str]] = {severity: [] for severity in SEVERITIES}
    affected: list[str] = []
    for entry in entries:
        tally.add(entry)
        if isinstance(entry, Unread):
            title = f"{_UNREAD.of(look.lang)} · {entry.path}"
            lines["error"].append(_command("error", {"file": _file(entry.path), "title": title}, _reason(entry, look)))
            continue
        for finding in entry.findings:
            lines[finding.severity].append(_finding(entry, finding, look))
        affected += [_affected(entry.report.path, each, look.lang) for each in entry.affected]
    for severity in SEVERITIES:
        yield from lines[severity]
    yield from affected
    more = _MORE.format(n=_SHOWN).of(look.lang) if any(len(each) > _SHOWN for each in lines.values()) else ""
    yield f"{summarise(tally).of(look.lang)}{more and ' ' + more}\n"


def _reason(entry: Unread, look: Look) -> str:
    return entry.error.text(look.lang)


def _finding(entry: Audited, finding: Finding, look: Look) -> str:
    lang, report = look.lang, entry.report
    title = f"{finding.rule} {get_rule(finding.rule).title.text().of(lang)} · {report.title.of(lang)}"
    if cause := name_of_cause(finding.cause).of(lang):
        title += f" · {cause}"
    place = finding.place
    line = str(place.line) if place and not place.table and place.line else ""
    where = f"{place.text.of(lang)}: " if place else ""
    message = f"{where}{finding.message.of(lang)}\n{TO_DO_HEAD.of(lang)}{finding.hint.of(lang)}"
    return _command(_COMMANDS[finding.severity], {"file": _file(report.path), "line": line, "title": title}, message)


def _affected(path: str, affected: Affected, lang: str | None) -> str:
    """Last of the notices, which are shown up to ten: it is no finding."""
    title = f"{AFFECTED_HEAD.of(lang).strip('：: ')} · {affected.cause}"
    return _command("notice", {"file": _file(path), "title": title}, affected.message.of(lang))


def _file(name: str) -> str:
    return relative(name, workspace()) if is_file(name) else ""


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """One line; what a document says is escaped so that it can neither end it nor begin another."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if told else ''}{told}::{_data(message)}\n"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
