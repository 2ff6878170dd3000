"""The copies of `govstats fix --apply`: one for each document that gets one, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import click

from govstats.correction.applying import Given, Wanted, tables
from govstats.correction.own import is_signed
from govstats.correction.targets import Targets
from govstats.display.untrusted import unbroken
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.wording import FILE_NOT_READ
from govstats.sources.again import Again

_WRITTEN = Text(
    "{target}：改了 {n} 格，再读无错误{comments}。",
    "{target}: {n} cells changed; read again, it has no error{comments}.",
)
_LEFT = Text(
    "{target}：改了 {n} 格，还有 {errors} 个错误须人工核对{comments}，见建议表。",
    "{target}: {n} cells changed; {errors} errors are left for a person{comments}, see the sheet.",
)
_COMMENTED = Text("{target}：只加批注，{n} 条，没有改数。", "{target}: {n} comments, no figure changed.")
_BESIDE = Text("，另加批注 {n} 条", "; {n} more comments")
_LIST = Text("{target}：改了什么、为什么。", "{target}: what was changed, and why.")
_SIGNED = Text(
    "{target}：原文件有电子签名，这一份改动过，签名在里面已经失效；定稿后请重新签名。",
    "{target}: the source has a digital signature, no longer valid in this copy: sign it again when it is done.",
)
_TABLES = Text(
    "{path}：没有改在原文件里，另出官方格式的附表。",
    "{path}: not corrected in place; tables in the official layout instead.",
)
_NOTHING = Text(
    "{n} 份报告没有唯一的改法，没有另写改正稿。", "{n} reports have nothing that is certain; no copy was written."
)
_NO_COMMENTS = Text(
    "{n} 份报告没有另写批注稿：没有要批注的，或者文件里放不了批注（文本、CSV、.doc、.pdf 等）。",
    "{n} reports got no copy: nothing to comment on, or a file that holds no comments (text, CSV, .doc, .pdf).",
)


class Applying:
    """Writes a copy of each document that has something to change or to comment on. The reports of a workbook that
    holds several are put right in one copy."""

    def __init__(self, targets: Targets | None, wanted: Wanted, again: Again) -> None:
        self._targets, self._wanted, self._again = targets, wanted, again
        self._unchanged = 0
        self._together: list[Audited] = []

    def take(self, entry: Entry) -> None:
        """Write the copy of one report, if it gets one."""
        if isinstance(entry, Unread):
            click.echo(unbroken(str(FILE_NOT_READ.format(path=entry.path, reason=entry.error.text()))), err=True)
        elif self._targets and not isinstance(entry, Unfiled):
            if self._together and not _is_same_file(self._together[0], entry):
                self._write()
            self._together.append(entry)
            if not entry.report.sheet:
                self._write()

    def tell(self) -> None:
        """Write what is left to write; say for how many reports no copy was written."""
        self._write()
        if self._unchanged:
            told = _NO_COMMENTS if self._wanted.comments_only else _NOTHING
            click.echo(told.format(n=self._unchanged), err=True)

    def _write(self) -> None:
        entries, self._together = self._together, []
        failing = [entry for entry in entries if entry.findings]
        if not failing or not self._targets or self._by_itself(failing, self._targets):
            return
        for entry in failing:
            given = None if self._wanted.comments_only else tables(entry, self._targets.format_of_tables)
            if given is None:
                self._unchanged += 1
                continue
            if self._targets.format is None:
                click.echo(unbroken(str(_TABLES.format(path=entry.path))), err=True)
            self._put(given, entry.path, self._targets)

    def _by_itself(self, entries: list[Audited], targets: Targets) -> bool:
        """The document itself, corrected in place; False if it cannot be."""
        if targets.format is not None:
            return False
        first = entries[0].report
        data = self._again.bytes_of(
            first.path.removesuffix(f"/{first.sheet}") if first.sheet else first.path, first.sha256
        )
        made = self._wanted.own(data, entries) if data is not None else None
        if made is None or not targets.takes(made.suffix):
            return False
        path = first.path.removesuffix(f"/{first.sheet}") if first.sheet else first.path
        target = self._put(self._wanted.given(made, entries), path, targets)
        if data is not None and is_signed(data):
            click.echo(unbroken(str(_SIGNED.format(target=target))), err=True)
        return True

    def _put(self, given: Given, path: str, targets: Targets) -> Path:
        target = targets.write(given.content, path, given.mark, given.suffix)
        click.echo(unbroken(str(_told(f"{path} → {target}", given))), err=True)
        if given.beside is not None:
            click.echo(unbroken(str(_LIST.format(target=targets.write_beside(target, given.beside)))), err=True)
        return target


def _told(target: str, given: Given) -> Text:
    if not given.changes:
        return _COMMENTED.format(target=target, n=given.comments)
    comments = _BESIDE.format(n=given.comments) if given.comments else Text("", "")
    told = _LEFT if given.errors else _WRITTEN
    return told.format(target=target, n=given.changes, errors=given.errors, comments=comments)


def _is_same_file(one: Audited, other: Audited) -> bool:
    return bool(one.report.sheet and other.report.sheet) and one.report.sha256 == other.report.sha256
