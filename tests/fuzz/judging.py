"""What must hold of every input: it is read and audited, told in every light format, or refused: why."""

from __future__ import annotations

import json

from govstats.errors import ReadError
from govstats.pipeline import Read, audited, parse
from govstats.renderers import render
from govstats.sources import Source
from govstats.sources.archive import is_archive

FORMATS = ("concise", "json", "markdown")


def judge(document: bytes) -> None:
    """Raises whatever is wrong."""
    entries = audited([read for part in _parts(document) for read in _read(part)])
    told = {form: "".join(map(str, render(form, iter(entries)))) for form in FORMATS}
    findings = sum(len(entry.findings) for entry in entries)
    assert len(told["concise"].splitlines()) == findings + bool(findings), told["concise"]
    assert len(json.loads(told["json"])) == len(entries)


def _parts(document: bytes) -> list[bytes]:
    if not is_archive(document):
        return [document]
    return [part.given for part in Source("fuzz.zip", document).parts() if isinstance(part.given, bytes)]


def _read(part: bytes) -> list[Read]:
    try:
        return [parse("fuzz", part)]
    except ReadError as error:
        if not all(error.text(lang) for lang in ("zh", "en")):
            raise ValueError("refused without a reason") from error
        return []
