"""The network that recognises characters: where its file lies, if it is installed, and which it is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("rapidocr", "onnxruntime", "cv2")


def is_installed() -> bool:
    """Is all there that recognises?"""
    return model_path() is not None


@cache
def model_path() -> Path | None:
    """The network's file, which lies in the wheel of `rapidocr`; None where something of it is not installed."""
    specs = [find_spec(name) for name in _NEEDED]
    if not all(specs) or specs[0] is None:
        return None
    folders = specs[0].submodule_search_locations or ()
    found = [path for folder in folders for path in Path(folder, "models").glob("PP-OCR*_rec_*.onnx")]
    return max(found, default=None)


@cache
def edition() -> str:
    """Which network it is: what another has read is to be read anew. Empty where none is installed."""
    path = model_path()
    try:
        return f"{path.stem} {version('rapidocr')} {version('onnxruntime')}" if path else ""
    except PackageNotFoundError:
        return ""
