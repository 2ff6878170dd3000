"""The sentences of tests/prose/*.yaml, read by the grammar: with a table, or without one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from govstats.model.claim import Claim
from govstats.model.document import Document, Paragraph
from govstats.model.table import Table
from govstats.prose.answers import About
from govstats.prose.claims import claims
from govstats.prose.passages import prose
from tests.factory import FORMAT

_FOLDER = Path(__file__).parent
HELD_OUT = 3
"""Every third sentence was not looked at before the grammar was done."""


@cache
def sentences(name: str) -> Any:
    """A file of tests/prose/."""
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))


@cache
def report_of_sentences() -> About:
    """The report against whose tables sentences about cells are read."""
    tables = {name: Table.from_texts(FORMAT.tables[name], rows) for name, rows in sentences("claims")["table"].items()}
    return About(tables, 2023, "某县教育局")


def claims_of(*paragraphs: str, about: About | None = None) -> tuple[Claim, ...]:
    """What the paragraphs claim."""
    blocks = tuple(Paragraph(text, line) for line, text in enumerate(paragraphs, 1))
    return claims(prose(Document("text", "utf-8", blocks)), about or About({}))


def is_held_out(position: int) -> bool:
    return position % HELD_OUT == HELD_OUT - 1
