"""This installation → Facts: what is there, what can be read here, what is missing and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from govstats.cli.health import containers, libraries, surroundings, trial
from govstats.cli.health.fact import SECTIONS, STATUS_NAMES, Fact, Status
from govstats.lang import Text

__all__ = ["SECTIONS", "STATUS_NAMES", "Fact", "Status", "facts"]


def facts() -> Iterator[Fact]:
    """All facts, in the order of SECTIONS. Reads the samples in a worker process: about two seconds.

    A part that cannot even be asked, for want of a library, is a fact too.
    """
    yield from guarded("program", surroundings.program)
    needed = list(guarded("libraries", libraries.facts))
    yield from needed
    failing = {fact.name for fact in needed if fact.status is not Status.OK}
    yield from guarded("containers", lambda: containers.facts(failing))
    yield from guarded("surroundings", surroundings.facts)
    yield from guarded("trial", trial.facts)


def guarded(section: str, told: Callable[[], Iterable[Fact]]) -> Iterator[Fact]:
    """The facts of a section; what stops them is the last."""
    try:
        yield from told()
    except Exception as error:  # noqa: BLE001, RUF100 - damaged libraries raise whatever they like
        reason = f"{type(error).__name__}: {error}"
        yield Fact(section, section, Status.BROKEN, Text(reason, reason))
