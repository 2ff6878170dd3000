"""Does 总体情况 go through what it has to? Told only of matters of which no word stands where they could be told.

The aspects are the five of 国办公开办函〔2021〕30号; reports of governments also tell, wherever that is, the results of
工作考核、社会评议和责任追究 (《条例》第五十条第四项). The words are in schemas/prose/aspects.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.rules import get_rule
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected
from govstats.checks._sections import Block, Section, sections
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Paragraph
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.wording import listed
from govstats.text.labels import plain

RULES = ("D015",)

_FORM, _SINCE = "national-2021", 2021
_OF_GOVERNMENTS = ("government", "town")
_ENOUGH = 4
"""Headings of six: with fewer the page has lost them, or is a part of a report."""
_LEAST = 60
"""Characters of 总体情况: a line or two go through nothing, and may be all that an excerpt has kept."""
_ELSEWHERE = re.compile(r"(?:详见|另附|见附件|附后|下载)")
_CONTENTS = re.compile(r"(?=.*总体情况)(?=.*(?:复议|诉讼))(?=.*问题)")
"""The sentence that lists the six sections has a word of everything."""


class AspectSpec(BothSpec):
    """A matter as it is called, and the words of which one is enough."""

    words: tuple[str, ...] = Field(min_length=1)

    def stands_in(self, text: str) -> bool:
        """Does the text say a word of it?"""
        return re.search("|".join(self.words), text) is not None


class Aspects(Spec):
    """The file schemas/prose/aspects.yaml."""

    aspects: tuple[AspectSpec, ...] = Field(description="of 总体情况")
    results: tuple[AspectSpec, ...] = Field(description="of the reports of governments")


@cache
def aspects() -> Aspects:
    """The file, checked. Raises CatalogError."""
    path = resources.schemas() / "prose" / "aspects.yaml"
    try:
        return Aspects.model_validate(load_yaml(path))
    except ValidationError as error:
        raise rejected(path, error) from error


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    found = sections(report.document) if _is_of_the_form(report) else []
    if not {1, 2, 3} <= (there := {section.number for section in found}) or len(there) < _ENOUGH:
        return
    general = _sentences(block for section in found if section.number == 1 for block in _said(section))
    if sum(map(len, general)) < _LEAST or any(_ELSEWHERE.search(each) for each in general):
        return
    told = "\n".join([*filter(_is_told, general), *_between_the_tables(found)])
    missing = [each for each in aspects().aspects if not each.stands_in(told)]
    whole = "\n".join(filter(_is_told, _sentences(report.document.blocks)))
    is_asked_for_results = report.body in _OF_GOVERNMENTS
    untold = [each for each in aspects().results if is_asked_for_results and not each.stands_in(whole)]
    if missing or untold:
        parts = list(_parts(missing, untold))
        fields = {"parts": Text("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))}
        yield get_rule("D015").finding(fields, quotes=tuple(each.zh for each in (*missing, *untold)))


def _is_of_the_form(report: Report) -> bool:
    return report.format == _FORM and not report.several and report.year is not None and report.year >= _SINCE


def _parts(missing: list[AspectSpec], untold: list[AspectSpec]) -> Iterator[Text]:
    if missing:
        names = listed(each.text() for each in missing)
        yield Text(f"总体情况没有写到{names.zh}", f"section 1 says nothing of {names.en}")
    if untold:
        names = listed(each.text() for each in untold)
        yield Text(f"全文没有写到{names.zh}", f"the report says nothing of {names.en}")


def _said(section: Section) -> tuple[Block, ...]:
    return (Paragraph(section.beside, 0), *section.blocks)


def _between_the_tables(found: list[Section]) -> list[str]:
    """Whole sentences of sections 二 to 四: some tell of requests beside their table."""
    blocks = [block for section in found if section.number in (2, 3, 4) for block in section.blocks]
    return _sentences(block for block in blocks if isinstance(block, Paragraph) and "。" in block.text)


def _sentences(blocks: Iterable[Block]) -> list[str]:
    texts = [
        text
        for block in blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [t for row in block.rows for t in row.texts])
    ]
    return [sentence for text in texts for sentence in plain(text).split("。") if sentence]


def _is_told(sentence: str) -> bool:
    return _CONTENTS.search(sentence) is None
