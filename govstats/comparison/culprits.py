"""Whose fault a difference is: its cause in the whole audit, and what putting it right means for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.comparison.links import Spot
from govstats.lang import Text
from govstats.model.finding import Affected
from govstats.model.wording import NOTHING, cell_name, figure_text, listed

AGREES = Text("相符", "it agrees")
"""What is so once a fault is put right."""


@dataclass(frozen=True, slots=True)
class Blame:
    """A fault of a report that shows in others: its cause in the whole audit, and what putting it right means."""

    filing: Filing
    cause: str
    mending: Text

    @property
    def name(self) -> Text:
        """Whose report of which year."""
        return report_name(self.filing)

    def affects(
        self, number: int, what: Text, instead: tuple[str, ...] = (), others: int = 0, then: Text = AGREES
    ) -> Compared:
        """That another report shows it: `what` does not agree, for this and for so many `others`; what is so once all
        are put right."""
        name = self.name
        too = Text(f"，连同另外 {others} 处", f" and so are {others} more") if others else NOTHING
        message = Text(
            f"{what.zh}，原因在{name.zh}（{self.filing.path}）；改正{name.zh}{self.mending.zh}{too.zh}后{then.zh}。",
            f"{what.en}: for a fault of {name.en} (“{self.filing.path}”). Once that is put "
            f"right{self.mending.en}{too.en}, {then.en}.",
        )
        return Compared(number, affected=Affected(self.cause, self.filing.path, message), instead=instead)


def affected_by(blames: Iterable[Blame], number: int, what: Text, then: Text = AGREES) -> Iterator[Compared]:
    """That `what` does not agree in a report, for faults of others: only with all of them put right it does."""
    others = [each for each in blames if each.filing.number != number]
    for blame in others:
        yield blame.affects(number, what, others=len(others) - 1, then=then)


def report_name(filing: Filing) -> Text:
    """某市财政局 2023 年的报告."""
    return Text(f"{filing.agency} {filing.year} 年的报告", f"the report of {filing.agency} for {filing.year}")


def mending(filing: Filing, spots: Mapping[Spot, float]) -> Text:
    """（“四、结转…”行自然人列应为 3）: what putting a report right means."""
    told = listed(
        Text(f"{name.zh}应为 {figure_text(figure)}", f"{name.en} should be {figure_text(figure)}")
        for (_, table, at), figure in spots.items()
        for name in [cell_name(filing.tables[table].form, at)]
    )
    return Text(f"（{told.zh}）", f" ({told.en})") if told.zh else NOTHING
