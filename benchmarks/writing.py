"""Prose of a report, 3 to 60 KB, in which no line comes twice: headings, sentences with figures that agree, and many
without any, put together from what such reports speak of."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

WORDS: dict[str, list[str]] = {
    name: words.split()
    for name, words in yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8")).items()
}
_WAYS = WORDS["ways"]
_WORKS = WORDS["works"]
_DOES = WORDS["does"]
_HOW = WORDS["how"]
_SO = WORDS["so"]
_WHO = WORDS["who"]
_HEADINGS = WORDS["headings"]
_NUMERALS = "一二三四五六七八九十"


class Writer:
    """Writes the prose of one report."""

    def __init__(self, chance: random.Random, agency: str, year: int, received: int) -> None:
        self._chance, self._agency, self._year, self._received = chance, agency, year, received
        self._written: set[str] = set()

    def opening(self) -> list[str]:
        """The paragraphs before the tables that tell whose report it is."""
        return [
            f"根据《中华人民共和国政府信息公开条例》和有关要求，由{self._agency}编制本年度报告。",
            f"本报告所列数据的统计期限自{self._year}年1月1日起至{self._year}年12月31日止。如有疑问，请与{self._agency}"
            f"办公室联系（电话：0{self._chance.randrange(300, 999)}-{self._chance.randrange(10**6, 10**7)}）。",
        ]

    def overview(self, size: int) -> list[str]:
        """The paragraphs of the first section, so many bytes of them."""
        told = [f"{self._year}年，{self._agency}收到和处理政府信息公开申请{self._received}件，均在法定期限内答复。"]
        left = size
        for number, heading in enumerate(self._chance.sample(_HEADINGS, 6)):
            told.append(f"（{_NUMERALS[number]}）{heading}情况。{self._fresh(self._plain)}")
            for line in self._lines(left // (6 - number)):
                told.append(line)
                left -= len(line.encode())
        return told

    def ending(self, size: int) -> list[str]:
        """What the fifth section says."""
        return [f"{_NUMERALS[at % 10]}是{line}" for at, line in enumerate(self._lines(size, figures=0.1))]

    def _lines(self, size: int, figures: float = 0.3) -> Iterator[str]:
        while size > 0:
            pieces = [
                self._fresh(self._counted if self._chance.random() < figures else self._plain)
                for _ in range(self._chance.randrange(1, 6))
            ]
            yield (line := "".join(pieces))
            size -= len(line.encode())

    def _fresh(self, make: Callable[[], str]) -> str:
        while (text := make()) in self._written:
            pass
        self._written.add(text)
        return text

    def _plain(self) -> str:
        pick = self._chance.choice
        who = f"{self._agency[-3:]}{pick(_WHO)}" if self._chance.random() < 0.3 else pick(_WHO)
        first, second = self._chance.sample(_DOES, 2)
        done = f"{first}{pick(_HOW)}，{second}{pick(_HOW)}"
        return f"{who}围绕{pick(_WORKS)}和{pick(_WORKS)}，{done}，{pick(_SO)}，{pick(_SO)}。"

    def _counted(self) -> str:
        parts = [self._chance.randrange(1, 900) for _ in range(self._chance.randrange(2, 5))]
        ways = self._chance.sample(_WAYS, len(parts))
        listed = "、".join(f"{way}公开{part}条" for way, part in zip(ways, parts, strict=True))
        before = self._chance.randrange(50, 900)
        now = self._chance.randrange(50, 900)
        change = f"{'增长' if now >= before else '下降'}{abs(now - before) / before * 100:.1f}%"
        work = self._chance.choice(_WORKS)
        return self._chance.choice(
            (
                f"在{work}方面主动公开政府信息{sum(parts)}条，其中{listed}。",
                f"全年公开{work}信息{now}条，上年为{before}条，同比{change}。",
                f"举办{work}新闻发布会{parts[0]}场，解读政策文件{parts[1]}件，回应公众留言{now}条。",
                f"截至{self._year}年12月31日，{work}栏目更新{now}次，点击量{before}万次。",
            )
        )
