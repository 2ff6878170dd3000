"""The namespaces of OpenDocument, each in braces: `TEXT + "p"` is the tag of a paragraph."""

from __future__ import annotations

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE = _NAMESPACE % "office"
STYLE = _NAMESPACE % "style"
TABLE = _NAMESPACE % "table"
TEXT = _NAMESPACE % "text"
SVG = _NAMESPACE % "svg-compatible"
DRAW = _NAMESPACE % "drawing"
FORM = _NAMESPACE % "form"
FO = _NAMESPACE % "xsl-fo-compatible"
MANIFEST = _NAMESPACE % "manifest"
