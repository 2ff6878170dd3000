"""Folders into which a module is dropped (readers, checks, renderers, writers) → the modules there, by name.

Names that begin with `_` are helpers of the folder, not members.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names_in(folder: Iterable[str]) -> list[str]:
    """The members of a package by its `__path__`, sorted, without loading them. A folder with modules is one too."""
    return sorted(module.name for module in iter_modules(folder) if not module.name.startswith("_"))


def member(package: str, name: str) -> ModuleType:
    """A member of a package, loaded."""
    return import_module(f"{package}.{name}")
