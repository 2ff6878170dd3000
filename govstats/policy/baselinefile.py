"""A baseline's file ↔ what is known: JSON, sorted, a finding a line, so that differences can be read."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from govstats.errors import UsageError, reason
from govstats.lang import Text
from govstats.model.keys import FindingKey, ReportKey
from govstats.sources.wholefile import whole_file

VERSION = 1


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class FindingSpec(_Spec):
    """A known finding: its rule, its cells (or what it is about), and how often, if more than once. `cause`: the number
    of its cause in the audit that wrote it, to look it up by; nothing is compared by it."""

    rule: str
    cells: list[str] = []
    about: list[str] = []
    count: int = Field(1, ge=1)
    cause: str | None = None


class ReportSpec(_Spec):
    """A report and its known findings; `files`: in how many files of one run it was, if more than one."""

    agency: str | None = None
    year: int | None = None
    path: str | None = None
    files: int = Field(1, ge=1)
    findings: list[FindingSpec]


class BaselineSpec(_Spec):
    """The whole file."""

    version: int = Field(ge=VERSION, le=VERSION)
    reports: list[ReportSpec]


@dataclass(slots=True)
class Known:
    """The findings of a report, how many of each key in one file, in how many files the report was, and the numbers of
    causes in the audit."""

    findings: Counter[FindingKey] = field(default_factory=Counter)
    files: int = 1
    causes: dict[FindingKey, str] = field(default_factory=dict, compare=False)


Book = dict[ReportKey, Known]


def load(path: Path) -> Book:
    """A baseline file → what is known. Raises UsageError if it is not there or is no baseline."""
    try:
        spec = BaselineSpec.model_validate(json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise UsageError(
            Text(f"找不到基线文件 {path}。", f"No baseline {path}."),
            Text(f"先写一份：--write-baseline {path}。", f"Write one first: --write-baseline {path}."),
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            Text("{path} 不是基线文件：{why}。", "{path} is not a baseline: {why}.").format(
                path=path, why=_reason(error)
            ),
            Text(
                f"恢复原来的文件，或删去后用 --write-baseline {path} 重写。",
                f"Restore the file, or remove it and write it anew with --write-baseline {path}.",
            ),
        ) from error
    book: Book = {}
    for report in spec.reports:
        known = book.setdefault(ReportKey(report.agency, report.year, report.path), Known(files=report.files))
        for each in report.findings:
            key = FindingKey(each.rule, tuple(each.cells), tuple(each.about))
            known.findings[key] += each.count
            if each.cause:
                known.causes[key] = each.cause
    return book


def _reason(error: Exception) -> Text:
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        return Text(f"{field} 不对", f"{field}: {fault['msg']}")
    return reason(error)


def dump(book: Book) -> str:
    """What is known → the text of the file. Reports without findings are left out."""
    told = [_report_text(key, book[key]) for key in sorted(book, key=_order) if book[key].findings]
    reports = "[\n" + ",\n".join(told) + "\n  ]" if told else "[]"
    return f'{{\n  "version": {VERSION},\n  "reports": {reports}\n}}\n'


def _order(key: ReportKey) -> tuple[str, int, str]:
    return (key.agency or "", key.year or 0, key.path or "")


def _report_text(key: ReportKey, known: Known) -> str:
    who = {name: value for name, value in key._asdict().items() if value is not None}
    if known.files > 1:
        who["files"] = known.files
    fields = ", ".join(f"{_json(name)}: {_json(value)}" for name, value in who.items())
    findings = ",\n".join(f"      {_json(_finding(each, known))}" for each in sorted(known.findings))
    return f'    {{{fields}, "findings": [\n{findings}\n    ]}}'


def _finding(key: FindingKey, known: Known) -> dict[str, Any]:
    count = known.findings[key]
    told = {
        "rule": key.rule,
        "cells": key.cells,
        "about": key.about,
        "count": count if count > 1 else None,
        "cause": known.causes.get(key),
    }
    return {name: value for name, value in told.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def save(path: Path, book: Book) -> None:
    """Write the file whole or not at all. Raises UsageError if it cannot be written."""
    with whole_file(path) as file:
        file.write(dump(book).encode())
