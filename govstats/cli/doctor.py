"""`govstats doctor`: what is installed, and what can be read here."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from govstats.cli.common import Command, lang_option, look
from govstats.cli.health import STATUS_NAMES, Fact, Status, facts
from govstats.cli.helping import option
from govstats.lang import Text

_WELL = Text("govstats 可以使用。", "govstats works here.")
_ILL = Text("有 {n} 处不可用，请照上面的提示修好。", "{n} things do not work; do as the hints above say.")


@click.command(
    cls=Command, help=Text("检查安装：有什么、读得了什么、缺什么。", "What is installed and what can be read here.")
)
@option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help=Text("输出格式", "output format")
)
@lang_option
def doctor(format_: str) -> int:
    """Print the facts, and return 2 if something of the base does not work."""
    told = list(facts())
    broken = sum(fact.status is Status.BROKEN for fact in told)
    if format_ == "json":
        sys.stdout.write(json.dumps({"ok": not broken, "facts": _records(told)}, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_drawn(told, (_ILL if broken else _WELL).format(n=broken).of()))
    return 2 if broken else 0


def _records(told: Sequence[Fact]) -> list[dict[str, str | None]]:
    return [
        {
            "section": fact.section,
            "name": fact.name,
            "status": fact.status.value,
            "detail": fact.detail.of(),
            "purpose": fact.purpose.of() if fact.purpose else None,
            "hint": fact.hint.of() if fact.hint else None,
        }
        for fact in told
    ]


def _drawn(told: Sequence[Fact], verdict: str) -> str:
    try:
        from govstats.cli.health.checkup import checkup
    except ImportError:  # what is told is that rich is missing
        return "".join(f"{_plain(fact)}\n" for fact in told) + f"\n{verdict}\n"
    return checkup(told, verdict, look(None))


def _plain(fact: Fact) -> str:
    parts = [STATUS_NAMES[fact.status].of(), fact.name, fact.detail.of(), *(fact.hint.of() for _ in [0] if fact.hint)]
    return "  ".join(parts)
