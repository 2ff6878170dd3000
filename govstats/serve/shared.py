"""What all answers of the server need: its options, its workers, the results it keeps, and the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from govstats.lang import LANGUAGES
from govstats.serve.auditing import Auditing
from govstats.serve.kept import Kept
from govstats.serve.settings import Options

LANG = "lang"


@dataclass(frozen=True, slots=True)
class Shared:
    """What requests share."""

    options: Options
    auditing: Auditing
    kept: Kept


def shared(request: Request) -> Shared:
    """What requests share."""
    found: Shared = request.app.state.shared
    return found


def language(request: Request) -> str:
    """Chinese, unless the reader chose otherwise."""
    asked = request.query_params.get(LANG) or request.cookies.get(LANG)
    return asked if asked in LANGUAGES else LANGUAGES[0]
