"""All rules → docs/rules.md: the texts of `govstats rules`, Chinese with English, and the examples as small tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.catalog.rules import Example, Rule
from govstats.display.books.exampleview import ExampleView, example_views
from govstats.display.excerpt import Excerpt, ExcerptCell
from govstats.display.untrusted import markdown_safe
from govstats.lang import Text, speaking
from govstats.model.finding import SEVERITY_NAMES
from govstats.model.wording import BASIS, TO_DO

_INTRO = """# 规则 Rules

由 `make schemas` 从 `schemas/rules/` 生成，请勿直接修改。表中 **粗体** 是被指出的格，箭头后是应填的数；
没有列出的行都是 0。

Made by `make schemas` from `schemas/rules/`; do not edit. Accused cells are **bold**, with what they should hold
behind the arrow; rows that are not listed are 0 throughout.
"""
_PASSES, _FAILS = Text("通过的例子", "Passes"), Text("报出的例子", "Fails")


def rules_book(rules: Iterable[Rule]) -> str:
    """The page, whatever the language in force."""
    listed = list(rules)
    with speaking("zh"):
        contents = [f"- [{_title(rule)}](#{rule.code.lower()})" for rule in listed]
        parts = [_INTRO, "\n".join(contents), *(_rule(rule) for rule in listed)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _title(rule: Rule) -> str:
    return f"{rule.code} {rule.name} {rule.title.zh} {rule.title.en}"


def _rule(rule: Rule) -> str:
    severities = [SEVERITY_NAMES[each] for each in (rule.severity, rule.lesser) if each]
    parts = [
        f'<a id="{rule.code.lower()}"></a>\n\n## {_title(rule)}',
        " / ".join(f"{each.zh} {each.en}" for each in severities),
        f"{_text(rule.text.zh)}\n{_text(rule.text.en)}",
        _named(BASIS, rule.basis.text()),
        _named(TO_DO, rule.hint.text()),
    ]
    for title, examples in ((_PASSES, rule.examples.passes), (_FAILS, rule.examples.fails)):
        parts += [part for example in examples for part in _example(rule.code, title, example)]
    return "\n\n".join(parts)


def _text(text: str) -> str:
    return markdown_safe(text)


def _named(name: Text, text: Text) -> str:
    return f"**{name.zh}** {_text(text.zh)}\n**{name.en}** {_text(text.en)}"


def _example(code: str, title: Text, example: Example) -> Iterator[str]:
    note = example.note.text()
    yield f"### {title.zh} {title.en}: {_text(note.zh)} {_text(note.en)}"
    for view in example_views(code, example):
        yield from _view(view)


def _view(view: ExampleView) -> Iterator[str]:
    if view.lines:
        yield "```text\n" + "\n".join(view.lines) + "\n```"
    if view.context:
        yield "\n".join(f"> {_text(line)}  " for line in view.context)
    if view.table:
        yield _grid(view.title or Text("", ""), view.table)
    if view.message:
        yield f"→ {_text(view.message.zh)}\n→ {_text(view.message.en)}"


def _grid(title: Text, table: Excerpt) -> str:
    head = [_text(title.zh), *map(_text, table.headers)]
    lines = [head, ["---", *("---:" for _ in table.headers)]]
    lines += [[_text(label), *map(_cell, cells)] for label, cells in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: ExcerptCell) -> str:
    text = _text(cell.text)
    return f"**{text}** → {_text(cell.expected or '')}" if cell.accused else text
