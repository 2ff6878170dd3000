"""JSON in which a page is kept as text (an archive's record, an interface's answer) → Document, by its HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from html import unescape
from typing import Any

from govstats.errors import ReadError, reason
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers import html, text
from govstats.readers._charset import decode

SUFFIXES = (".json",)
LIGHT = True

_DEEPEST = 50
_CALL = re.compile(
    rb"(?:/\*[^*]*\*/\s*)?(?:[\w$.]{1,80}\s*\((?=\s*[{\[\"])|(?:(?:var|let|const|window\.)\s*)?[\w$.]{1,80}\s*=\s*(?=[{\[]\s*[{\[\"])"
    rb"|export\s+default\s+(?=[{\[])|\)\]\}',?\s*|(?:while\s*\(1\)|for\s*\(;;\))\s*+;?\s*+(?=[{\[]))"
)
"""What stands before JSON: a function that takes it (JSONP), a name that it is given, or a guard that keeps a page
of another site from running it."""
_JSON = re.compile(r'\s*(?:\{\s*"|\[\s*["{\[])')
_ENTITY_TAG = re.compile(r"&lt;\s*/?(?:table|tr|td)\b", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """Does it begin as an object or an array with a string in it? `{{ title }}` in a text does not."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    start = start.removeprefix(_call(start)).lstrip()
    return start[1:].lstrip()[:1] in {b"{": {b'"'}, b"[": {b'"', b"{", b"["}}.get(start[:1], set())


def read(data: bytes) -> Document:
    """The page in the JSON, else all its texts → Document. Raises ReadError if it is not JSON."""
    source, _ = decode(data)
    try:
        content = _parsed(_without_call(source))
    except (ValueError, RecursionError) as error:
        raise ReadError(
            Text("不是完整的 JSON：{why}。", "Not valid JSON: {why}.").format(why=reason(error)),
            Text("请重新导出。", "Export it again."),
        ) from error
    strings = [_markup(each) for each in _strings(content, 0)]
    pages = [each for each in strings if _is_page(each)]
    if pages:
        return replace(html.read("\n".join(pages).encode("utf-8", "replace")), kind="json")
    return replace(text.read("\n".join(strings).encode("utf-8", "replace")), kind="json")


def _call(start: bytes) -> bytes:
    """The name of a function and its bracket, if JSON follows as its argument."""
    call = _CALL.match(start)
    return call[0] if call else b""


def _without_call(source: str) -> str:
    source = source.lstrip("\ufeff \t\r\n")
    call = _call(source[:200].encode("utf-8", "replace")).decode("utf-8", "replace")
    return source.removeprefix(call).rstrip("; \t\r\n").removesuffix(")") if call else source


def _parsed(source: str) -> Any:
    """One value, or a list of those that stand in a line each. Raises ValueError, RecursionError."""
    try:
        return json.loads(source)
    except ValueError:
        lines = [line for line in source.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith(("{", "[")) for line in lines):
            raise
        return [json.loads(line) for line in lines]


def _strings(content: Any, depth: int) -> Iterator[str]:
    """All texts, in their order; of one that is JSON itself (an answer packed twice), its own."""
    if isinstance(content, str):
        inner = _packed(content) if depth < _DEEPEST else None
        yield from [content] if inner is None else _strings(inner, depth + 1)
    elif depth < _DEEPEST and isinstance(content, list | dict):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _strings(each, depth + 1)


def _packed(string: str) -> Any:
    """What a text is as JSON; None if it is none."""
    if _JSON.match(string) is None:
        return None
    with suppress(ValueError, RecursionError):
        return json.loads(string)
    return None


def _is_page(string: str) -> bool:
    return html.sniff(string.encode("utf-8", "replace"))


def _markup(string: str) -> str:
    """The text; if all its tags are written as entities (`&lt;td&gt;`), as some interfaces do, they are tags again."""
    return unescape(string) if _ENTITY_TAG.search(string) and not _is_page(string) else string
