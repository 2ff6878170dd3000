"""In this process: no limits of time and memory, nothing to start; if told to, or for a few light documents where a
process cannot be copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from govstats.corpus.engines.worker import Finish, Task, finished
from govstats.model.audits import Unread
from govstats.pipeline import Read, attempts
from govstats.readers import may_be_light
from govstats.sources import Source

T = TypeVar("T")

FEW = 8
_STACK = 32
"""Documents are finished in stacks of so many: enough for one matrix product to pay, few enough to stop between."""


def run(finish: Finish[T], tasks: Iterable[Task]) -> Iterator[tuple[int, T | Unread]]:
    """Read every source, and give what `finish` makes of them, in the order of the sources."""
    waiting = iter(tasks)
    while stack := list(islice(waiting, _STACK)):
        numbers: list[int] = []
        reads: list[Read] = []
        for number, source in stack:
            reads += attempts(source)
            numbers += [number] * (len(reads) - len(numbers))
        made = finished(finish, reads)
        yield from zip(numbers, made, strict=True)


def is_light(source: Source) -> bool:
    """A page or a text, whose readers count before they work? PDF and Office files are not."""
    return source.is_local and may_be_light(source.head())
