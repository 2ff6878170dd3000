"""Where things lie: the checkout, what tests keep, and the documents shared beside the project, if they are there."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
PACKAGE = ROOT / "govstats"
DOCUMENTS = TESTS / "documents"
SHARED = ROOT.parent / "shared"
