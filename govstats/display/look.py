"""How output is to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govstats.comparison.duties import Duty


@dataclass(frozen=True, slots=True)
class Look:
    """How output is to look: language, width in columns of a terminal, and whether colours may be used.

    `failing`: the severities that make a run fail, for formats that tell what passed from what failed. `partial`: the
    run was interrupted, and what is told is not all. `brief`: the summary alone. `duties`:
    who on a roster is due, for workbooks. `seen`: a terminal shows it at this width, so that lists of one line each are
    broken too; in files each stays a line.
    """

    lang: str | None = None
    width: int = 100
    colour: bool = False
    failing: tuple[str, ...] = ("error",)
    partial: bool = False
    brief: bool = False
    duties: tuple[Duty, ...] = ()
    seen: bool = False
