"""Audited → its verdict: how it stands, and that in one sentence. An all-clear that verified nothing is none."""

from __future__ import annotations

from collections import Counter

from govstats.lang import Text
from govstats.model.audits import Audited, Unfiled
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.outcomes import Outcome
from govstats.model.standings import CLEAN, KNOWN, UNFILED, UNREAD

_OUTCOMES = (
    (Outcome.PASS, "成立", "hold"),
    (Outcome.FAIL, "不成立", "fail"),
    (Outcome.UNVERIFIABLE, "因空白无法判断", "unverifiable for blanks"),
    (Outcome.ERROR, "因缺数未能核对", "not evaluated for lost figures"),
)
_NOTHING = Text(
    "所用的规则没有发现问题，但{relations}，不能说明数字无误。",
    "The rules in use found nothing, but {relations}: this does not show that the figures are right.",
)
_CLEAN = Text("没有发现问题，{relations}。", "No findings; {relations}.")
_ALONE = {
    UNFILED: Text("单位名单上有，未见报告。", "On the roster, but no report of it is there."),
    UNREAD: Text("文件在，没有读成，什么也没有核对。", "It is there, but was not read: nothing of it was checked."),
}
_UNMATCHED = Text(
    "有它的文件，但没有读成，或没有写明是谁的、哪一年的，没有核对。",
    "A file of it is there, but was not read, or does not say whose it is or of which year: not checked as its.",
)
_KNOWN = Text("只有基线中已知的 {n} 个问题；{relations}。", "{n} findings known from the baseline; {relations}.")
_FOUND = Text("发现 {found}；{relations}。", "Found: {found}; {relations}.")


def verdict(entry: Audited) -> Text:
    """How it stands, in one sentence."""
    if isinstance(entry, Unfiled) and entry.file:
        return _UNMATCHED
    if entry.standing in _ALONE:
        return _ALONE[entry.standing]
    told = {"relations": relations(entry)}
    if entry.standing == KNOWN:
        return _KNOWN.format(n=len(entry.suppressed), **told)
    if not entry.findings:
        return (_CLEAN if entry.standing == CLEAN else _NOTHING).format(**told)
    return _FOUND.format(found=found(entry), **told)


def found(entry: Audited) -> Text:
    """`1 个错误、2 个警告`; empty without findings."""
    counts = Counter(finding.severity for finding in entry.findings)
    return Text(
        "、".join(f"{counts[each]} 个{SEVERITY_NAMES[each].zh}" for each in SEVERITIES if counts[each]),
        ", ".join(f"{counts[each]} {SEVERITY_NAMES[each].en}" for each in SEVERITIES if counts[each]),
    )


def relations(entry: Audited) -> Text:
    """How many relations hold, fail, stay open, and how many hold only because there is no figure in them."""
    total = entry.counts.total()
    if not total:
        return Text("没有可核对的勾稽关系", "no relations to verify")
    counts = _verified(entry)
    if counts[Outcome.PASS] == total:
        return Text(f"{total} 条勾稽关系全部成立", f"all {total} relations hold")
    zh = [f"{counts[outcome]} 条{name}" for outcome, name, _ in _OUTCOMES if counts[outcome]]
    en = [f"{counts[outcome]} {name}" for outcome, _, name in _OUTCOMES if counts[outcome]]
    empty = total - counts.total()
    if empty:
        zh.append(f"{empty} 条没有数字可核")
        en.append(f"{empty} without any figure")
    return Text(f"勾稽关系 {total} 条：{'，'.join(zh)}", f"{total} relations: {', '.join(en)}")


def _verified(entry: Audited) -> Counter[Outcome]:
    """The outcomes, without the relations that hold for want of figures."""
    counts = entry.counts.copy()
    counts[Outcome.PASS] -= entry.glance.idle
    return counts
