"""What programs leave beside documents is told from them by its name, in folders, archives and uploads alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from govstats.sources import plan
from govstats.sources.folders import left_by_programs

LEFT = (
    "Thumbs.db",
    "thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "~$年报.docx",
    "._年报.html",
    ".~lock.年报.odt#",
    ".~年报.docx",
)


@pytest.mark.parametrize("name", LEFT)
def test_what_programs_left_is_known(name: str) -> None:
    assert left_by_programs(name)
    assert left_by_programs(f"年报/2023/{name}")


@pytest.mark.parametrize("name", ["年报.docx", "desktop.html", "Thumbs/年报.html", "a~$b.docx"])
def test_a_report_is_not(name: str) -> None:
    assert left_by_programs(name) is None


def test_in_a_folder_it_is_counted_by_what_it_is(tmp_path: Path) -> None:
    for name in LEFT[2:]:
        (tmp_path / name).write_bytes(b"\0")
    (tmp_path / "年报.html").write_text("某局2023年政府信息公开工作年度报告", "utf-8")
    found = plan([tmp_path])
    assert [Path(each.name).name for each in found.sources] == ["年报.html"]
    assert found.passed_over == {"desktop.ini": 1, ".DS_Store": 1, "~$…": 1, "._…": 1, ".~lock…": 1, ".~…": 1}
