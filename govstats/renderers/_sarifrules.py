"""The catalogue of rules as SARIF has it: who the tool is, and what each rule says, rests on, and asks to be done."""

from __future__ import annotations

from typing import Any

import govstats
from govstats.catalog.rules import Rule, known_rules
from govstats.lang import Text, language
from govstats.model.wording import BASIS, TO_DO

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
UNREAD, AFFECTED = "unread", "affected"

_NOTIFICATIONS = {
    UNREAD: Text("文件没有读成", "A file could not be read"),
    AFFECTED: Text("受别的报告影响，不是本报告的问题", "Affected by another report, no fault of this one"),
}


def driver(lang: str | None) -> dict[str, Any]:
    """The tool component; texts in `lang`, help in both languages, that of `lang` first."""
    return {
        "name": "govstats",
        "version": govstats.__version__,
        "language": {"zh": "zh-CN", "en": "en-US"}[language(lang)],
        "rules": [_rule(rule, lang) for rule in known_rules().values()],
        "notifications": [
            {"id": name, "shortDescription": {"text": text.of(lang)}} for name, text in _NOTIFICATIONS.items()
        ],
    }


def _rule(rule: Rule, lang: str | None) -> dict[str, Any]:
    first = language(lang)
    languages = (first, "en" if first == "zh" else "zh")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title.text().of(lang)},
        "fullDescription": {"text": rule.text.text().of(lang)},
        "help": {
            "text": "\n\n".join(_help(rule, each, bold="") for each in languages),
            "markdown": "\n\n---\n\n".join(_help(rule, each, bold="**") for each in languages),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.group, "政府信息公开"], "precision": "very-high"},
    }


def _help(rule: Rule, lang: str, bold: str) -> str:
    told = [
        f"{bold}{rule.code} {rule.title.text().of(lang)}{bold}",
        rule.text.text().of(lang),
        f"{bold}{BASIS.of(lang)}{bold}: {rule.basis.text().of(lang)}",
        f"{bold}{TO_DO.of(lang)}{bold}: {rule.hint.text().of(lang)}",
    ]
    return "\n\n".join(told)
