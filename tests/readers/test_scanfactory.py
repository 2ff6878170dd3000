"""A few documents of the factory of scans: no figure is read wrongly, no valid report is accused, faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from govstats.readers.picture.network import is_installed

if not is_installed():
    pytest.skip("what recognises is not installed: pip install 'govstats[ocr]'", allow_module_level=True)

from tests import scanfactory, scans

if not scans.can_print():
    pytest.skip("no browser prints the pages", allow_module_level=True)

NUMBERS = (24, 2, 5, 10, 34, 75, 94, 150, 270)
"""A fax of 120 dpi; clean, askew, blurred, stamped, noisy and photographed pages, in most containers; a table that goes
on on a page photographed from elsewhere."""


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_read_is_what_was_printed(number: int, tmp_path: Path) -> None:
    (found,) = scanfactory.measured([number], tmp_path)
    assert found.wrong == []
    assert found.planted or not found.told
    if found.dpi >= 200:
        assert found.read >= 0.98 * found.cells
        assert bool(found.told) == found.planted
