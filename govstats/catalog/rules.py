"""schemas/rules/*.yaml → Rule: code, name, severity, texts in Chinese and English, basis, hint, examples.

The check that applies a rule stands in `govstats.checks`; everything that is said about it stands in its file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from govstats.catalog import resources
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected
from govstats.errors import CatalogError, UsageError, near
from govstats.lang import LANGUAGES, Text
from govstats.model.finding import Finding

Severity = Literal["error", "warning", "info"]
About = Literal["report", "table", "cell", "relation", "prose", "reports"]


class ExampleReport(Spec):
    """A small report: one table's figures as printed, or a whole document as text.

    Rows that `figures` leaves out are 0 throughout.
    """

    format: str = "national-2021"
    table: str | None = None
    figures: dict[str, list[int | float | str]] | None = None
    document: str | None = None
    pictured: str = Field("", description="the pages of the document that are pictures without text; 0: all of them")
    recognised: bool = Field(False, description="the table is a picture; its figures were recognised beyond doubt")
    agency: str | None = Field(None, description="whose report the table stands in, where that matters")
    year: int | None = None
    prose: tuple[str, ...] = Field((), description="paragraphs of the report that the table stands in")


class Example(ExampleReport):
    """What shows the rule: one small report, or several that are compared."""

    note: BothSpec
    reports: tuple[ExampleReport, ...] = Field((), description="several reports of one run, in this order")
    units: dict[str, str] = Field({}, description="the roster: unit → its parent (empty: none)")

    @model_validator(mode="after")
    def _one_kind(self) -> Example:
        if (self.document is not None) + (self.table is not None) + bool(self.reports) != 1:
            raise ValueError("give one of `table` and `figures`, `document`, `reports`")
        if any((each.document is None) == (each.table is None) for each in self.reports):
            raise ValueError("each of `reports` has either `table` and `figures`, or `document`")
        return self


class Examples(Spec):
    """Run as tests: in `pass` the rule finds nothing, in `fail` it finds something."""

    passes: tuple[Example, ...] = Field(alias="pass", min_length=1)
    fails: tuple[Example, ...] = Field(alias="fail", min_length=1)


class Rule(Spec):
    """A file of schemas/rules/."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\d{3}$")]
    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    severity: Severity
    lesser: Severity | None = Field(None, description="the severity of the milder case, if the rule has one")
    group: str = Field(
        "",
        description="the rules that it is shown with (schemas/groups.yaml); without one: itself alone",
    )
    about: About = Field(
        "report",
        description="what it looks at: a report as a whole, its tables, their cells, the relations of a form, its"
        " prose, or several reports together",
    )
    title: BothSpec = Field(description="a few words")
    text: BothSpec = Field(description="what it checks")
    basis: BothSpec = Field(description="文号 and item that it rests on")
    message: BothSpec = Field(description="what a finding says; {fields} are filled by the check")
    hint: BothSpec = Field(description="what to do")
    examples: Examples

    def finding(self, fields: dict[str, Any] | None = None, *, lesser: bool = False, **details: Any) -> Finding:
        """A finding of this rule: `fields` fill its message and hint, `details` are Finding's own."""
        severity = self.lesser if lesser and self.lesser else self.severity
        message, hint = (spec.text().format(**fields or {}) for spec in (self.message, self.hint))
        return Finding(self.code, self.name, severity, message, hint, **details)


def load_rule(path: Path) -> Rule:
    """One rule file → Rule. Raises CatalogError: which file, which field, expected, got."""
    try:
        rule = Rule.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error
    if path.stem != f"{rule.code}-{rule.name}":
        raise CatalogError(
            Text(
                f"{path.name} 应名为 {rule.code}-{rule.name}.yaml。",
                f"{path.name} should be {rule.code}-{rule.name}.yaml.",
            )
        )
    return rule if rule.group else rule.model_copy(update={"group": rule.code})


@cache
def groups() -> dict[str, Text]:
    """The groups of all rules → what they are called: those of schemas/groups.yaml in its order, then all others."""
    called = {key: Text(**text) for key, text in load_yaml(resources.schemas() / "groups.yaml").items()}
    return called | {
        rule.group: Text(rule.group, rule.group) for rule in known_rules().values() if rule.group not in called
    }


def group_of(code: str) -> str:
    """The group of a rule; a code that has no file is a group of its own."""
    return known_rules()[code].group if code in known_rules() else code


def rules_about(*things: About) -> frozenset[str]:
    """The codes of the rules that look at one of these."""
    return frozenset(code for code, rule in known_rules().items() if rule.about in things)


@cache
def known_rules() -> dict[str, Rule]:
    """All rules by code, in the order of their codes. Raises CatalogError if one is not valid."""
    rules = (load_rule(path) for path in resources.files("rules"))
    found: dict[str, Rule] = {}
    for rule in rules:
        if (other := found.setdefault(rule.code, rule)) is not rule:
            raise CatalogError(
                Text(
                    f"规则代码 {rule.code} 用了两次：{other.name}、{rule.name}。",
                    f"The code {rule.code} is used twice: {other.name}, {rule.name}.",
                ),
                Text("自己的规则请用 X 开头的代码，如 X101。", "Give rules of your own codes in X, like X101."),
            )
    return dict(sorted(found.items()))


def get_rule(code: str) -> Rule:
    """A rule by code or by name. Raises UsageError for an unknown one."""
    rules = known_rules().values()
    for rule in rules:
        if code.upper() == rule.code or code == rule.name:
            return rule
    known = [name for rule in rules for name in (rule.code, rule.name)]
    raise UsageError(
        Text(f"没有规则“{code}”。", f"No rule “{code}”."),
        near(code, known) or Text("govstats rules 列出全部规则。", "`govstats rules` lists them all."),
    )


def about(words: str) -> dict[str, Rule]:
    """The rules whose code begins so, or whose name or title holds these words."""
    found = words.lower()
    return {
        code: rule
        for code, rule in known_rules().items()
        if code.lower().startswith(found)
        or any(found in text.lower() for text in (rule.name, *(rule.title.text().of(lang) for lang in LANGUAGES)))
    }


def matching(patterns: tuple[str, ...]) -> frozenset[str]:
    """Codes, names or beginnings of codes (`T`, `C10`) → the codes they mean. Raises UsageError for what means none."""
    found: set[str] = set()
    for pattern in patterns:
        codes = {code for code in known_rules() if code.startswith(pattern.upper())}
        found |= codes or {get_rule(pattern).code}
    return frozenset(found)
