"""The same audit by HTTP: `POST /api/check` gives the objects of CONTRACT §5; the OpenAPI document; does it live?"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import anyio.to_thread
import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

import govstats
from govstats.display.look import Look
from govstats.lang import LANGUAGES, Text
from govstats.renderers import render
from govstats.serve.pages import FOLDER
from govstats.serve.refused import Refused
from govstats.serve.shared import LANG, language, shared
from govstats.serve.upload import received

_PASSED_OVER = "X-Passed-Over"
"""How many files of an upload were left by programs (Thumbs.db, ~$…), and not read."""
_NO_SUCH_LANGUAGE = Refused(422, Text("lang 只能是 zh 或 en。", "lang is zh or en."))


async def check(request: Request) -> Response:
    """An upload → the JSON array of its reports."""
    if any(given not in LANGUAGES for given in request.query_params.getlist(LANG)):
        raise _NO_SUCH_LANGUAGE
    lang = language(request)
    upload = await received(request, shared(request).options.bounds, lang)
    try:
        result = await shared(request).auditing.result(upload)
    finally:
        upload.close()
    made = await anyio.to_thread.run_sync(lambda: "".join(map(str, render("json", result.entries, Look(lang)))))
    headers = {_PASSED_OVER: str(sum(result.passed_over.values()))} if result.passed_over else None
    return Response(made, media_type="application/json", headers=headers)


async def document(request: Request) -> Response:
    """What programs can ask for, as OpenAPI 3.1."""
    return JSONResponse(openapi())


async def health(request: Request) -> Response:
    """Does it live?"""
    return PlainTextResponse("ok\n")


@cache
def openapi() -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / "openapi.yaml").read_text("utf-8"))
    found["info"]["version"] = govstats.__version__
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]
