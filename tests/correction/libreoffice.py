"""LibreOffice, as a stranger to whom copies are given: it accepts or rejects all changes, and draws the pages."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from PIL.Image import Image

from tests.containers.legacy import PROGRAM

_LIBRARY = "http://openoffice.org/2000/library"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MACRO = """
Sub Settle
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(doc.CurrentController.Frame, "{command}", "", 0, Array())
  Dim stored(0) As New com.sun.star.beans.PropertyValue
  stored(0).Name = "FilterName"
  stored(0).Value = "{kind}"
  doc.storeToURL("{target}", stored())
  doc.close(True)
End Sub
"""
_FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


def settled_by_libreoffice(content: bytes, suffix: str, accept: bool, folder: Path) -> bytes:
    """The document after "accept all" or "reject all"."""
    source, target = folder / f"given{suffix}", folder / f"settled{accept}{suffix}"
    source.write_bytes(content)
    command = ".uno:AcceptAllTrackedChanges" if accept else ".uno:RejectAllTrackedChanges"
    names = {"source": source.as_uri(), "target": target.as_uri(), "kind": _FILTERS[suffix], "command": command}
    if not (folder / "profile").exists():
        _run(folder, "--terminate_after_init")  # a new profile gets a library of its own
    _put_macro(folder / "profile", _MACRO.format(**names))
    _run(folder, "--norestore", "macro:///Standard.Module1.Settle")
    return target.read_bytes()


def saved_by_libreoffice(content: bytes, suffix: str, to: str, folder: Path) -> bytes:
    """The document as LibreOffice saves it."""
    source = folder / f"given{suffix}"
    source.write_bytes(content)
    _run(folder, "--convert-to", to, "--outdir", str(folder / "saved"), str(source))
    return (folder / "saved" / f"given.{to.partition(':')[0]}").read_bytes()


def pages(content: bytes, suffix: str, folder: Path) -> list[Image]:
    """A picture of each page, in grey; comments are not drawn."""
    import pypdfium2

    drawn = pypdfium2.PdfDocument(saved_by_libreoffice(content, suffix, "pdf", folder))
    return [page.render(scale=1).to_pil().convert("L") for page in drawn]


def heights_that_differ(before: list[Image], after: list[Image]) -> list[int]:
    """For each page that is not drawn alike: how high the strip is in which it differs."""
    from PIL import ImageChops

    boxes = [ImageChops.difference(one, other).getbbox() for one, other in zip(before, after, strict=True)]
    return [box[3] - box[1] for box in boxes if box]


def _run(folder: Path, *arguments: str) -> None:
    assert PROGRAM is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run([PROGRAM, profile, "--headless", *arguments], check=True, timeout=180, capture_output=True)


def _put_macro(profile: Path, macro: str) -> None:
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Module1.xba").write_text(
        f'{_HEAD}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{escape(macro)}</script:module>',
        "utf-8",
    )
    element = '<library:element library:name="Module1"/>'
    (folder / "script.xlb").write_text(
        f'{_HEAD}<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false" '
        f'library:passwordprotected="false">{element}</library:library>',
        "utf-8",
    )
    link = '<library:library library:name="Standard" library:link="false"/>'
    (folder.parent / "script.xlc").write_text(
        f'{_HEAD}<library:libraries xmlns:library="{_LIBRARY}">{link}</library:libraries>', "utf-8"
    )
