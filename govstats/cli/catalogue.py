"""`govstats rules`, `formats` and `schema`: what is known, explained."""

from __future__ import annotations

import sys

import click

from govstats.catalog.formats import get_format, known_formats
from govstats.catalog.rules import about, get_rule, known_rules
from govstats.cli.common import Command, lang_option, look
from govstats.cli.completion import format_codes, rule_codes, table_names
from govstats.display.books import catalogue as display
from govstats.lang import Text


@click.command(cls=Command, help=Text("规则目录，或解释一条规则。", "The catalogue of rules, or one rule explained."))
@click.argument("rule", required=False, shell_complete=rule_codes)
@lang_option
def rules(rule: str | None) -> None:
    """Print the catalogue, one rule, or those whose titles hold the words."""
    found = about(rule) if rule else known_rules()
    if rule and (len(found) < 2 or rule.upper() in found):
        text = display.rule_text(next(iter(found.values())) if len(found) == 1 else get_rule(rule), look(None))
    else:
        text = display.rules_text(found, look(None))
    sys.stdout.write(text)


@click.command(
    cls=Command, help=Text("已知的格式，或一种格式的行列和勾稽关系。", "The known forms, or one with its relations.")
)
@click.argument("format_", metavar="[FORMAT]", required=False, shell_complete=format_codes)
@lang_option
def formats(format_: str | None) -> None:
    """Print the known formats or one of them."""
    text = (
        display.format_text(get_format(format_), look(None))
        if format_
        else display.formats_text(known_formats(), look(None))
    )
    sys.stdout.write(text)


@click.command(cls=Command, help=Text("一张表的 pandera 模式（YAML）。", "The pandera schema of a table as YAML."))
@click.argument("format_", metavar="FORMAT", shell_complete=format_codes)
@click.argument("table", shell_complete=table_names)
@lang_option
def schema(format_: str, table: str) -> None:
    """Print the schema."""
    from govstats.frames import pandera_schema

    sys.stdout.write(pandera_schema.to_yaml(pandera_schema.schema(format_, table)))
