"""Help in one language, at three widths: nothing broken where it may not, nothing too wide, no word of the other."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from govstats.cli import _COMMANDS, main

COMMANDS = [[], *([name] for name in _COMMANDS)]
OWN_NAMES = re.compile(
    r"govstats|GOVSTATS_\w+|--?[\w-]+|\[[\w|-]+\]|\{[\w|]+\}|\S*[./~$\"]\S*|\b(check|show|fix|diff|panel|indicators|serve)\b"
    r"|\b(rules|formats|schema|doctor|completion|eval|bash|zsh|fish|dask|local|pandera|Parquet|YAML|PDF|docx|UTF-8|compinit)\b"
    r"|\b(GLOB|H|N|T|R|error|total-row|exclude)\b"
)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def helped(command: list[str], lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GOVSTATS_LANG", lang)
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_in_one_language_and_well_broken(
    command: list[str],
    lang: str,
    width: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = helped(command, lang, capsys, monkeypatch)
    for line in shown.splitlines():
        assert cell_len(line) <= width or line.strip().startswith("--"), line
        assert line.strip()[:1] not in "，。、；：）" or not line.strip(), line
    if lang == "en":
        assert not CHINESE.search(shown.replace("…", ""))
    else:
        assert re.findall(r"[A-Za-z]{2,}", OWN_NAMES.sub("", shown)) == []


def test_the_language_of_a_command_line_is_that_of_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for line, said in ((["check", "--lang", "en", "--help"], "Usage: "), (["check", "--lang=zh", "-h"], "用法：")):
        with pytest.raises(SystemExit):
            main(line)
        assert capsys.readouterr().out.startswith(said)


def test_a_mistake_is_told_in_the_language_that_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--formt", "json", "--lang", "en"])
    assert capsys.readouterr().err.startswith("Usage: There is no option")
