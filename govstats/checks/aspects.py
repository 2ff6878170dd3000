"""Does 总体情况 go through what it has to? Told only of matters of which no word stands where they could be told.

The aspects are the five of 国办公开办函〔2021〕30号; reports of governments also tell, wherever that is, the results of
工作考核、社会评议和责任追究 (《条例》第五十条第四项). The words are in schemas/prose/aspects.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import Field, ValidationError

from govstats.catalog import resources
from govstats.catalog.rules import get_rule
from govstats.catalog.yamlfiles import BothSpec, Spec, load_yaml, rejected
from govstats.checks._sections import Section, sections
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.wording import listed
from govstats.text.labels import plain
from govstats.text.patterns import lazy

RULES = ("D015",)

_FORM, _SINCE = "national-2021", 2021
_OF_GOVERNMENTS = ("government", "town")
_ENOUGH = 4
"""Headings of six: with fewer the page has lost them, or is a part of a report."""
_LEAST = 60
"""Characters of 总体情况: a line or two go through nothing, and may be all that an excerpt has kept."""
_ELSEWHERE = lazy(r"(?:详见|另附|见附件|附后|下载)")
_CONTENTS = lazy(r"(?=.*总体情况)(?=.*(?:复议|诉讼))(?=.*问题)")
"""The sentence that lists the six sections has a word of everything."""
_ENDS = lazy("[。\n]")


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
    general = _general(report.document, found)
    if len(_ENDS.sub("", general)) < _LEAST or _ELSEWHERE.search(general):
        return
    told = "\n".join([_told(general), *_between_the_tables(report.document, found)])
    missing = [each for each in aspects().aspects if not each.stands_in(told)]
    untold = _untold(_told("\n".join(report.document.plain))) if report.body in _OF_GOVERNMENTS else []
    if missing or untold:
        parts = list(_parts(missing, untold))
        fields = {"parts": Text("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))}
        yield get_rule("D015").finding(fields, quotes=tuple(each.zh for each in (*missing, *untold)))


def _untold(text: str) -> list[AspectSpec]:
    return [each for each in aspects().results if not each.stands_in(text)]


def _is_of_the_form(report: Report) -> bool:
    return report.format == _FORM and not report.several and report.year is not None and report.year >= _SINCE


def _parts(missing: list[AspectSpec], untold: list[AspectSpec]) -> Iterator[Text]:
    if missing:
        names = listed(each.text() for each in missing)
        yield Text(f"总体情况没有写到{names.zh}", f"section 1 says nothing of {names.en}")
    if untold:
        names = listed(each.text() for each in untold)
        yield Text(f"全文没有写到{names.zh}", f"the report says nothing of {names.en}")


def _general(document: Document, found: list[Section]) -> str:
    """What stands in 总体情况, beside its heading too."""
    general = [section for section in found if section.number == 1]
    return "\n".join([line for each in general for line in (plain(each.beside), *_below(document, each))])


def _below(document: Document, section: Section) -> tuple[str, ...]:
    begin = section.position + 1
    return document.plain[begin : begin + len(section.blocks)]


def _between_the_tables(document: Document, found: list[Section]) -> list[str]:
    """Whole sentences of sections 二 to 四: some tell of requests beside their table."""
    return [
        text
        for section in found
        if section.number in (2, 3, 4)
        for block, text in zip(section.blocks, _below(document, section), strict=True)
        if "。" in text and isinstance(block, Paragraph)
    ]


def _told(text: str) -> str:
    """The text without the sentence of contents."""
    if "总体情况" not in text:
        return text
    return "\n".join([sentence for sentence in _ENDS.split(text) if not _CONTENTS.search(sentence)])
