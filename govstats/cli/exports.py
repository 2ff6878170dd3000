"""What is made from code and data: pandera schemas, JSON Schemas of the YAML files, and the pages of the docs.

`python -m govstats.cli.exports` (in a checkout: `make schemas`) writes them again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from govstats.catalog import resources
from govstats.catalog.agencies import Agencies
from govstats.catalog.divisions import PlaceWords
from govstats.catalog.formats import known_formats
from govstats.catalog.indicators import Indicators, indicators
from govstats.catalog.rules import Rule, known_rules
from govstats.catalog.series import Harmonised, harmonised
from govstats.catalog.specs import ExtendingSpec, FormatSpec
from govstats.checks.aspects import Aspects
from govstats.cli import cli
from govstats.comparison.notes import Reasons
from govstats.display.books.commandsbook import commands_book
from govstats.display.books.formatsbook import formats_book
from govstats.display.books.indicatorsbook import indicators_book
from govstats.display.books.rulesbook import rules_book
from govstats.display.books.seriesbook import series_book
from govstats.frames import pandera_schema


def exports() -> dict[str, str]:
    """Path under schemas/ → content."""
    made = {
        f"pandera/{format_name}.{table}.yaml": pandera_schema.to_yaml(pandera_schema.schema(format_name, table))
        for format_name, form in known_formats().items()
        for table in form.tables
    }
    return made | {
        "meta/agencies.schema.json": _json_schema(Agencies),
        "meta/aspects.schema.json": _json_schema(Aspects),
        "meta/reasons.schema.json": _json_schema(Reasons),
        "meta/format.schema.json": _json_schema(FormatSpec | ExtendingSpec),
        "meta/harmonised.schema.json": _json_schema(Harmonised),
        "meta/indicators.schema.json": _json_schema(Indicators),
        "meta/places.schema.json": _json_schema(PlaceWords),
        "meta/rule.schema.json": _json_schema(Rule),
    }


def _json_schema(model: Any) -> str:
    return json.dumps(TypeAdapter(model).json_schema(), ensure_ascii=False, indent=2) + "\n"


def pages() -> dict[str, str]:
    """Path under docs/ → content."""
    formats = known_formats().values()
    return {
        "commands.md": commands_book(cli),
        "formats.md": formats_book(formats),
        "harmonised.md": series_book(harmonised(), formats),
        "indicators.md": indicators_book(indicators()),
        "rules.md": rules_book(known_rules().values()),
    }


def write(folder: Path, contents: dict[str, str]) -> None:
    """Write some exports below `folder`."""
    for name, content in contents.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(resources.schemas(), exports())
    write(resources.schemas().parent / "docs", pages())
