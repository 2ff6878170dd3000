"""govstats: the tables of China's annual reports on government information disclosure, read and audited.

    import govstats
    report = govstats.read("昭通2021.html")
    report.applications                     # a pandas DataFrame
    audit = govstats.check(report)
    audit.ok, audit.findings, audit.to_frame()

Names load when first used, so that `import govstats` stays fast.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govstats.api import check, read
    from govstats.catalog.additions import add_schemas
    from govstats.catalog.resources import samples
    from govstats.corpus import audit
    from govstats.errors import CatalogError, GovstatsError, ReadError, UsageError
    from govstats.frames.pandera_schema import schema
    from govstats.model.audits import Audit
    from govstats.model.finding import Finding
    from govstats.model.report import Report
    from govstats.panels import panel
    from govstats.ratios import indicators
    from govstats.text.figures import State

    __version__: str

_HOMES = {
    "Audit": "model.audits",
    "CatalogError": "errors",
    "Finding": "model.finding",
    "GovstatsError": "errors",
    "ReadError": "errors",
    "Report": "model.report",
    "State": "text.figures",
    "UsageError": "errors",
    "add_schemas": "catalog.additions",
    "audit": "corpus",
    "check": "api",
    "indicators": "ratios",
    "panel": "panels",
    "read": "api",
    "samples": "catalog.resources",
    "schema": "frames.pandera_schema",
}

__all__ = [
    "Audit",
    "CatalogError",
    "Finding",
    "GovstatsError",
    "ReadError",
    "Report",
    "State",
    "UsageError",
    "add_schemas",
    "audit",
    "check",
    "indicators",
    "panel",
    "read",
    "samples",
    "schema",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name in _HOMES:
        return getattr(import_module(f"govstats.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'govstats' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("govstats")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _AfterPandas:
    """`df.gov` is there as soon as pandas is, whichever is imported first; nothing is loaded for it before."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != "pandas":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec and spec.loader:
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                _register()

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _register() -> None:
    """Only the name: pandas may come while the modules behind `gov` are half loaded."""

    def gov(frame: Any) -> Any:
        return import_module("govstats.accessor").GovAccessor(frame)

    sys.modules["pandas"].api.extensions.register_dataframe_accessor("gov")(gov)


if "pandas" in sys.modules:
    _register()
else:
    sys.meta_path.insert(0, _AfterPandas())
