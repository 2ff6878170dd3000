"""What under schemas/ is made from code: the pandera schemas, and the JSON Schemas of format and rule files.

`python -m govstats.exports` (in a checkout: `make schemas`) writes them again.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from govstats import pandera_schema, resources
from govstats.formats import FormatSpec, known_formats
from govstats.rules import Rule


def exports() -> dict[str, str]:
    """Path under schemas/ → content."""
    made = {
        f"pandera/{format_name}.{table}.yaml": pandera_schema.to_yaml(pandera_schema.schema(format_name, table))
        for format_name, form in known_formats().items()
        for table in form.tables
    }
    return made | {"meta/format.schema.json": _json_schema(FormatSpec), "meta/rule.schema.json": _json_schema(Rule)}


def _json_schema(model: type[BaseModel]) -> str:
    return json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write all exports below `folder`."""
    for name, content in exports().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(resources.schemas())
