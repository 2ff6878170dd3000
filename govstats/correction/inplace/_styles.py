"""xl/styles.xml with marked twins of its styles: as they were, but on a ground that says "changed"."""

from __future__ import annotations

import re

from govstats.correction.inplace._contract import CannotOperate

_COLOUR = "FFFFF2CC"
_XF = re.compile(r"<(?:[\w.-]+:)?xf\b(?:[^>]*/>|[^>]*(?<!/)>.*?</(?:[\w.-]+:)?xf\s*>)", re.DOTALL)
_FILL = re.compile(r"<(?:[\w.-]+:)?fill\s*/?>")


class Styles:
    """The styles of cells, while twins are added. A workbook without styles has no twins either."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._twins: dict[int, int] = {}
        self._fill = -1

    def marked(self, style: int) -> int:
        """The number of the twin of a style. Raises CannotOperate if there is no such style."""
        if not self.source:
            return style
        if style not in self._twins:
            styles = _XF.findall(self._element("cellXfs")["body"])
            if style >= len(styles):
                raise CannotOperate
            twin = _with(_with(styles[style], "fillId", str(self._ground())), "applyFill", "1")
            self._twins[style] = len(styles)
            self._add("cellXfs", twin, len(styles) + 1)
        return self._twins[style]

    def _ground(self) -> int:
        if self._fill < 0:
            fills = self._element("fills")
            p = fills["prefix"] or ""
            self._fill = len(_FILL.findall(fills["body"]))
            pattern = f'<{p}patternFill patternType="solid"><{p}fgColor rgb="{_COLOUR}"/><{p}bgColor indexed="64"/>'
            self._add("fills", f"<{p}fill>{pattern}</{p}patternFill></{p}fill>", self._fill + 1)
        return self._fill

    def _element(self, name: str) -> re.Match[str]:
        element = rf"(?P<open><(?P<prefix>[\w.-]+:)?{name}\b[^>]*(?<!/)>)(?P<body>.*?)</(?:[\w.-]+:)?{name}\s*>"
        match = re.search(element, self.source, re.DOTALL)
        if match is None:
            raise CannotOperate
        return match

    def _add(self, name: str, more: str, count: int) -> None:
        element = self._element(name)
        opened = re.sub(r"""\scount\s*=\s*["']\d+["']""", f' count="{count}"', element["open"])
        body = f"{opened}{element['body']}{more}"
        self.source = self.source[: element.start()] + body + self.source[element.end("body") :]


def _with(tag: str, name: str, value: str) -> str:
    """An element with this attribute."""
    opened, close, rest = tag.partition(">")
    slash = "/" if opened.endswith("/") else ""
    head = re.sub(rf"""\s{name}\s*=\s*(?:"[^"]*"|'[^']*')""", "", opened.removesuffix("/")).rstrip()
    return f'{head} {name}="{value}"{slash}{close}{rest}'
