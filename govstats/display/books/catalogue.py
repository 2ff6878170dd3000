"""Rules and formats in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.catalog.factsheet import fact_sheet
from govstats.catalog.formats import Format
from govstats.catalog.rules import Example, Rule
from govstats.display.books.exampleview import ExampleView, example_views
from govstats.display.drawing import draw, excerpt_grid
from govstats.display.look import Look
from govstats.lang import Text, joined
from govstats.model.finding import SEVERITY_NAMES
from govstats.model.forms import TableForm
from govstats.model.wording import TO_DO_HEAD

_PASSES = Text("通过的例子：", "Passes: ")
_FAILS = Text("报出的例子：", "Fails: ")
_REST = Text("（其余各行为 0）", "(all other rows are 0)")
_ALL_ZERO = Text("（全表为 0）", "(all figures are 0)")
_BASIS = Text("依据：", "Basis: ")


def rules_text(rules: Mapping[str, Rule], look: Look) -> str:
    """One line a rule: code, name, severity, title."""
    grid = Grid(box=None, padding=(0, 1), show_header=False, pad_edge=False)
    for rule in rules.values():
        grid.add_row(rule.code, rule.name, _severity(rule, look.lang), rule.title.text().of(look.lang))
    return draw(look, grid)


def rule_text(rule: Rule, look: Look) -> str:
    """One rule: what it checks, why, an example that passes, one that fails, how to mend."""
    lang = look.lang
    head = f"{rule.code} {rule.name} · {_severity(rule, lang)} · {rule.title.text().of(lang)}"
    parts: list[object] = [Styled(head, "bold"), "", rule.text.text().of(lang), ""]
    parts += [_BASIS.of(lang) + rule.basis.text().of(lang), TO_DO_HEAD.of(lang) + rule.hint.text().of(lang)]
    for title, examples in ((_PASSES, rule.examples.passes), (_FAILS, rule.examples.fails)):
        for example in examples:
            parts += ["", title.of(lang) + example.note.text().of(lang)]
            parts += [Padding(part, (0, 0, 0, 4)) for part in _example(rule.code, example, look)]
    return draw(look, *parts)


def _severity(rule: Rule, lang: str | None) -> str:
    names = [SEVERITY_NAMES[each].of(lang) for each in (rule.severity, rule.lesser) if each]
    return " / ".join(names)


def _example(code: str, example: Example, look: Look) -> Iterator[RenderableType]:
    """Its tables with the accused cells in brackets, or its document; and what the rule says of it."""
    for view in example_views(code, example, look.lang):
        yield from _view(view, look)


def _view(view: ExampleView, look: Look) -> Iterator[RenderableType]:
    lang = look.lang
    yield from (Styled(line) for line in (*view.context, *view.lines))
    if view.title:
        yield Styled(view.title.of(lang))
        if view.table:
            yield excerpt_grid(view.table, look)
        yield Styled((_REST if view.table else _ALL_ZERO).of(lang), "dim")
    if view.message:
        yield Styled(f"→ {view.message.of(lang)}", "bold")


def formats_text(formats: Mapping[str, Format], look: Look) -> str:
    """One line a format: name, years, 文号, title."""
    grid = Grid(box=None, padding=(0, 1), show_header=False, pad_edge=False)
    for each in formats.values():
        grid.add_row(each.name, f"{each.since}–{each.until or ''}", each.basis, each.title.of(look.lang))
    return draw(look, grid)


def format_text(form: Format, look: Look) -> str:
    """One format: its tables, rows, columns, relations and fact sheets."""
    lang = look.lang
    parts: list[object] = [
        Styled(f"{form.name} · {form.title.of(lang)}", "bold"),
        f"{form.basis} · {form.since}–{form.until or ''}",
    ]
    for table in form.tables.values():
        parts += [
            "",
            Styled(f"{table.name} · {table.title.of(lang)}", "bold"),
            _rows(table, lang),
            *_facts(table, lang),
        ]
    return draw(look, *parts)


def _rows(table: TableForm, lang: str | None) -> Grid:
    grid = Grid(box=None, padding=(0, 1), show_header=False, pad_edge=False)
    for row in table.rows.values():
        all_columns = len(row.columns) == len(table.columns)
        columns = "" if row.heading else "*" if all_columns else " ".join(row.columns)
        grid.add_row(row.code, row.label.of(lang), columns)
    listed = joined(
        Text(f"{key} {each.label.zh}（{each.unit}）", f"{key} {each.label.en} ({each.unit})")
        for key, each in table.columns.items()
    )
    grid.add_row("*", listed.of(lang))
    return grid


def _facts(table: TableForm, lang: str | None) -> list[str]:
    facts = fact_sheet(table)
    families = dict.fromkeys((relation.rule, relation.each, relation.text) for relation in table.relations)
    told = [
        Text(f"  {rule}：每一{'列' if each == 'column' else '行'} {text}", f"  {rule}: in every {each} {text}").of(lang)
        for rule, each, text in families
    ]
    if not table.relations:
        return [
            Text(
                f"  没有勾稽关系；{facts.cells} 格都只能单独看。",
                f"  No relations; each of its {facts.cells} cells stands alone.",
            ).of(lang)
        ]
    free = len(facts.free_cells)
    sheet = Text(
        f"  {facts.cells} 格，{facts.relations} 条勾稽关系，秩 {facts.rank}，不在任何关系中的格 {free} 个，"
        f"最小距离 {facts.distance}：任意 {facts.detects} 格出错必被发现，任意 {facts.locates} 格出错可以定位，"
        f"任意 {facts.derives} 格空白可以推出。",
        f"  {facts.cells} cells, {facts.relations} relations of rank {facts.rank}, {free} cells in no relation, "
        f"minimum distance {facts.distance}: any {facts.detects} wrong cells are detected, "
        f"any {facts.locates} located, any {facts.derives} blanks derived.",
    )
    return [*told, sheet.of(lang)]
