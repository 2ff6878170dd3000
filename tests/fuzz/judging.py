"""What must hold of every input: it is read and audited, told in every light format, or refused with a reason."""

from __future__ import annotations

import json

FORMATS = ("concise", "json", "markdown")


def judge(document: bytes) -> None:
    """Raises whatever is wrong."""
    from govstats.errors import ReadError
    from govstats.pipeline import audited, parse
    from govstats.renderers import render
    from govstats.sources import Source
    from govstats.sources.archive import is_archive

    if is_archive(document):
        parts = [part.given for part in Source("fuzz.zip", document).parts()]
    else:
        parts = [document]
    reads = []
    for part in parts:
        if isinstance(part, bytes):
            try:
                reads.append(parse("fuzz", part))
            except ReadError as error:
                assert error.text("zh")
                assert error.text("en")
    entries = audited([*reads])
    for form in FORMATS:
        made = "".join(map(str, render(form, iter(entries))))
        if form == "concise":
            lines = made.splitlines()
            assert len(lines) == sum(len(entry.findings) for entry in entries), made
        if form == "json":
            json.loads(made)
