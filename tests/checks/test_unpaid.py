"""P405: what denies that notices of fees were sent, and what only speaks of notices. The sentences are data."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from govstats.checks._feenotes import denied_notice
from govstats.model.document import Document, Paragraph

SAID = yaml.safe_load(Path(__file__).with_name("unpaid.yaml").read_text("utf-8"))


def denied(sentence: str) -> str | None:
    """What is told of a section six that says this."""
    texts = ["五、存在的主要问题及改进情况", "未发出收费通知。", "六、其他需要报告的事项", sentence]
    return denied_notice(Document("text", "utf-8", tuple(Paragraph(text, at) for at, text in enumerate(texts))), 2023)


@pytest.mark.parametrize("sentence", SAID["denies"])
def test_a_denial_is_read(sentence: str) -> None:
    assert denied(sentence)


@pytest.mark.parametrize("sentence", SAID["leaves_alone"])
def test_what_denies_something_else_is_left_alone(sentence: str) -> None:
    assert denied(sentence) is None


def test_enough_true_shapes_are_left_alone() -> None:
    assert len(SAID["leaves_alone"]) >= 30
