"""The factory of scans: reports of known figures, printed, damaged and packed in every way, read and compared.

`python -m tests.scanfactory` makes all of them (hours), and prints a table of resolutions × damages.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

import govstats
from govstats.model.audits import Audit
from govstats.model.recognised import Trust
from tests import factory, scans
from tests.factory import Figures

NUMBER = 300
_TITLES = tuple(f"{name}{{}}年政府信息公开工作年度报告" for name in ("青山县教育局", "白水市人民政府办公室", "云岭镇"))
_DENSITIES, _LARGEST = (0.4, 0.15, 0.05), (400, 60, 3000)
_JUDGING = ("T", "B", "Y")


@dataclass(frozen=True)
class Case:
    """One document of the factory; `planted`: the row and column of `applications` in which its agency erred."""

    number: int
    dpi: int
    damage: str
    font: str
    size: float
    container: str
    title: str
    figures: Figures
    planted: tuple[str, str] | None

    def pictures(self) -> list[Image.Image]:
        """Its pages, damaged."""
        rng = np.random.default_rng(1000 + self.number)
        printed = scans.pages(self.figures, self.font, self.size, self.dpi, self.title)
        return [scans.DAMAGES[self.damage](page, rng) for page in printed]


def case(number: int) -> Case:
    """The document with this number: each resolution with each damage, the next time in another container, in other
    fonts and sizes; each third with a fault."""
    rng = np.random.default_rng(7000 + number)
    damages, fonts, containers = list(scans.DAMAGES), list(scans.FONTS), list(scans.CONTAINERS)
    kind, resolution = divmod(number, len(scans.RESOLUTIONS))
    turn, damage = divmod(kind, len(damages))
    vectors = factory.random_valid(rng, density=float(rng.choice(_DENSITIES)), largest=int(rng.choice(_LARGEST)))
    figures = factory.as_figures(vectors)
    return Case(
        number,
        scans.RESOLUTIONS[resolution],
        damages[damage],
        fonts[int(rng.integers(len(fonts)))],
        scans.SIZES[int(rng.integers(len(scans.SIZES)))],
        containers[(damage + turn + 3 * resolution) % len(containers)],
        _TITLES[number % len(_TITLES)].format(2021 + number % 4),
        figures,
        _planted(figures, rng) if number % 3 == 2 else None,
    )


def _planted(figures: Figures, rng: np.random.Generator) -> tuple[str, str]:
    """A digit of a figure that is not 0 becomes another."""
    rows = figures["applications"]
    row, column = [(row, key) for row, cells in rows.items() for key, value in cells.items() if value][
        int(rng.integers(sum(bool(value) for cells in rows.values() for value in cells.values())))
    ]
    text = str(rows[row][column])
    at = int(rng.integers(len(text)))
    rows[row][column] = int(text[:at] + str((int(text[at]) + int(rng.integers(1, 10))) % 10) + text[at + 1 :])
    return row, column


@dataclass
class Result:
    """What became of a document: how many cells it has, how many were read; those that were read wrongly; whether all
    of `applications` is proved; the rules that judge it; whether its fault was told, where print would tell it."""

    number: int
    dpi: int
    damage: str
    container: str
    cells: int = 0
    read: int = 0
    wrong: list[tuple[str, str, str, float, float]] = field(default_factory=list)
    unread: list[tuple[str, str, str]] = field(default_factory=list)
    proved: bool = False
    planted: bool = False
    told: list[str] = field(default_factory=list)
    as_print: bool = False
    seconds: float = 0.0
    pages: int = 0
    named: bool = False


def result(case: Case, report: govstats.Report) -> Result:
    """A document and what was read of it, compared."""
    found = Result(case.number, case.dpi, case.damage, case.container, planted=case.planted is not None)
    for name, rows in case.figures.items():
        _compare(found, name, rows, report)
    table = report.tables.get("applications")
    seen = table.recognised.values() if table is not None else ()
    found.proved = bool(seen) and all(each.trust is Trust.PROVED for each in seen)
    audit = govstats.check(report)
    found.told = sorted({each.rule for each in audit.findings if _judges(each)})
    found.as_print = found.planted and _accused(audit) == _accused(govstats.check(_in_print(case)))
    found.named = report.agency is not None and case.title.startswith(str(report.agency))
    return found


def _compare(found: Result, name: str, rows: Figures, report: govstats.Report) -> None:
    table = report.tables.get(name)
    found.cells += sum(len(cells) for cells in rows.values())
    if table is None:
        found.unread.append((name, "", ""))
        return
    for cell, value in zip(table.form.cells, table.figures, strict=True):
        printed = rows.get(cell.row, {}).get(cell.column)
        place = (name, cell.row, cell.column)
        if value is None:
            found.unread.append(place)
        elif printed is None or value != float(printed):
            found.wrong.append((*place, float("nan") if printed is None else float(printed), value))
        else:
            found.read += 1


def _judges(finding: govstats.Finding) -> bool:
    return finding.severity in ("error", "warning") and finding.rule.startswith(_JUDGING)


def _accused(audit: Audit) -> set[tuple[str, str]]:
    return {(cell.row, cell.column) for each in audit.findings if _judges(each) for cell in each.accused}


def _in_print(case: Case) -> govstats.Report:
    return govstats.read(factory.document(case.figures, "html", case.title).encode())


def measured(numbers: Iterable[int], folder: Path) -> Iterator[Result]:
    """The documents with these numbers, made, read and compared. Folders are read by other processes, whose seconds
    are not known."""
    for number in numbers:
        one = case(number)
        pictures = one.pictures()
        path = scans.CONTAINERS[one.container](pictures, one.dpi, folder / str(number), one.title)
        begin = time.process_time()
        (entry,) = govstats.check(path).audited
        report = entry.report
        took = time.process_time() - begin
        found = result(one, report)
        found.seconds, found.pages = (0.0, 0) if path.is_dir() else (took, len(pictures))
        yield found


def table(results: Iterable[Result]) -> str:
    """Resolution × damage: documents, cells read, tables proved whole, wrong figures; then the sums."""
    groups: defaultdict[tuple[str, str], list[Result]] = defaultdict(list)
    for each in results:
        for damage in (each.damage, "all"):
            groups[str(each.dpi), damage].append(each)
            groups["all", damage].append(each)
    lines = ["| dpi | damage | n | cells read | proved whole | wrong | told | as print | accused, valid | s/page |"]
    lines.append("|" + "---|" * 10)
    lines += [_line(*key, group) for key, group in sorted(groups.items())]
    return "\n".join(lines)


def _line(dpi: str, damage: str, group: list[Result]) -> str:
    valid, planted = ([each for each in group if each.planted is wanted] for wanted in (False, True))
    read = 100 * sum(each.read for each in group) / sum(each.cells for each in group)
    return (
        f"| {dpi} | {damage} | {len(group)} | {read:.2f} % | {sum(each.proved for each in valid)}/{len(valid)} "
        f"| {sum(len(each.wrong) for each in group)} | {sum(bool(each.told) for each in planted)}/{len(planted)} "
        f"| {sum(each.as_print for each in planted)}/{len(planted)} | {sum(bool(each.told) for each in valid)} "
        f"| {sum(each.seconds for each in group) / max(1, sum(each.pages for each in group)):.1f} |"
    )


def main() -> None:
    """All documents, or those from one number to another; what became of each is kept, a line each."""
    options = argparse.ArgumentParser()
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--last", type=int, default=NUMBER)
    options.add_argument("--folder", type=Path, required=True)
    chosen = options.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    results = []
    with Path(chosen.folder, "results.jsonl").open("a", encoding="utf-8") as kept:
        for each in measured(range(chosen.first, chosen.last), chosen.folder):
            kept.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
            kept.flush()
            results.append(each)
    print(table(results))


if __name__ == "__main__":
    main()
