"""The shipped schemas and samples, put to use → Facts: does the way from a file to its findings work here?"""

from __future__ import annotations

from collections.abc import Iterator

from govstats.catalog import resources
from govstats.cli.health.fact import Fact, Status
from govstats.errors import GovstatsError
from govstats.lang import Text

_SCHEMAS = Text("{formats} 种格式，{rules} 条规则 ({folder})", "{formats} forms, {rules} rules ({folder})")
_EXPECTED = ["T304"]
"""What is wrong with the samples: the totals of 昭通 2021."""
_FOUND = Text(
    "{n} 份样例，由读取进程读出，发现 {rules}，应当如此",
    "{n} samples, read in a worker: {rules} found, as it should be",
)
_OTHERWISE = Text("应当发现 {wanted}，实际是 {got}", "{wanted} should be found, but got {got}")
_AGAIN = Text("请重新安装 govstats。", "Install govstats again.")
_NO_WORKER = Text(
    "请重新安装 govstats；若提示与进程、信号量有关，govstats check 可加 --jobs 0。",
    "Install govstats again; if it is about processes or semaphores, use govstats check --jobs 0.",
)


def facts() -> Iterator[Fact]:
    """Schemas found and loaded; the samples audited by a worker process."""
    schemas = _schemas()
    yield schemas
    if schemas.status is Status.OK:
        yield _samples()


def _schemas() -> Fact:
    from govstats.catalog.formats import known_formats
    from govstats.catalog.rules import known_rules

    try:
        counts = {"formats": len(known_formats()), "rules": len(known_rules())}
        told = _SCHEMAS.format(folder=resources.schemas(), **counts)
    except GovstatsError as error:
        return Fact("trial", "schemas", Status.BROKEN, error.message, hint=error.hint or _AGAIN)
    return Fact("trial", "schemas", Status.OK, told)


def _samples() -> Fact:
    from govstats.corpus import audit

    try:
        samples = resources.samples()
        told = audit(samples, jobs=1)
    except Exception as error:  # noqa: BLE001, RUF100 - whatever goes wrong here is what was asked for
        reason = f"{type(error).__name__}: {error}"
        return Fact("trial", "samples", Status.BROKEN, Text(reason, reason), hint=_NO_WORKER)
    got = [finding.rule for finding in told.findings if finding.severity == "error"]
    got += [f"{unread.path}: {unread.error.text()}" for unread in told.unread]
    if got != _EXPECTED:
        otherwise = _OTHERWISE.format(wanted=" ".join(_EXPECTED), got=" ".join(got) or "–")
        return Fact("trial", "samples", Status.BROKEN, otherwise, hint=_NO_WORKER)
    return Fact("trial", "samples", Status.OK, _FOUND.format(n=len(samples), rules=" ".join(_EXPECTED)))
