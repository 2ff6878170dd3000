"""The relations of a part of an .xlsx → the parts that it names, by the relation's name and by its kind."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from govstats.readers.excel.xmlpart import PartEvents


class RelationsPart(PartEvents):
    """`of`: the part whose relations these are. Targets without a leading slash are seen from its folder."""

    def __init__(self, of: str) -> None:
        self.targets: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self._folder = "/" + posixpath.dirname(of)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            path = attributes.get("Target", "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join(self._folder, path)).lstrip("/")
            self.targets[attributes.get("Id", "")] = target
            self.named[attributes.get("Type", "").rpartition("/")[2]] = target
