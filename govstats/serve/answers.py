"""Requests → pages and downloads, in the language that the reader chose: `?lang=en`, which a cookie remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from hashlib import sha256
from io import BytesIO
from itertools import count
from urllib.parse import parse_qs, quote
from zipfile import ZIP_DEFLATED, ZipFile

import anyio.to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from govstats.correction.applying import Wanted, tables
from govstats.correction.copy import corrected
from govstats.correction.targets import DEFAULT, TABLES, safe_stem
from govstats.correction.writers import names, writers
from govstats.display.look import Look
from govstats.lang import LANGUAGES, Text
from govstats.model.audits import Audited, Entry, Unfiled
from govstats.renderers import render
from govstats.serve.auditing import Page
from govstats.serve.gate import COOKIE, cookie, same
from govstats.serve.kept import Result, new_id
from govstats.serve.pages import COMMENTS, OWN, READ, View
from govstats.serve.refused import Refused, gone
from govstats.serve.shared import LANG, language, shared
from govstats.serve.upload import Upload, received
from govstats.sources.own import LISTED

_YEAR = 365 * 86400
_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_AUDITS = ("html", "json", "xlsx")
_NAME = Text("核对结果", "audit")


async def index(request: Request) -> Response:
    """The page where reports are dropped."""
    return _page(request, _view(request).index())


async def token(request: Request) -> Response:
    """The page that asks for the token, and what follows it."""
    expected = shared(request).options.token
    given = await _given(request)
    if expected is None or (given is not None and same(given, expected)):
        response: Response = RedirectResponse("./", 303)
        if expected is not None:
            secure = request.scope["scheme"] == "https"
            response.set_cookie(COOKIE, cookie(expected), httponly=True, samesite="strict", secure=secure)
        return response
    return _page(request, _view(request).token(given is not None), 401)


async def about_api(request: Request) -> Response:
    """The page about the interface for programs."""
    return _page(request, _view(request).api())


async def check(request: Request) -> Response:
    """An upload → its result, each report as soon as it is read."""
    upload = await received(request, shared(request).options.bounds, language(request))
    return _remembering(request, StreamingResponse(_pieces_of_page(request, upload), media_type="text/html"))


async def _pieces_of_page(request: Request, upload: Upload) -> AsyncIterator[str]:
    view, id_, read, total = _view(request), new_id(), count(1), upload.count
    pages: set[Page] = set()
    try:
        yield view.opening(id_, total)
        async with aclosing(shared(request).auditing.happenings(upload)) as happenings:
            async for each in happenings:
                if isinstance(each, Refused):
                    yield READ + view.ending(each)
                elif isinstance(each, Result):
                    shared(request).kept.put(id_, each)
                    yield READ
                    async for piece in iterate_in_threadpool(_lots(view.rest(each, id_))):
                        yield piece
                elif not isinstance(each, Page):
                    yield await anyio.to_thread.run_sync(view.read, each, next(read), total)
                elif each not in pages:
                    pages.add(each)
                    yield view.page(*each)
    finally:
        upload.close()


async def result(request: Request) -> Response:
    """A result that is kept."""
    kept = _kept(request)
    pieces = _lots(_view(request).result(kept, request.path_params["id"]))
    return _remembering(request, StreamingResponse(pieces, media_type="text/html"))


async def audit(request: Request) -> Response:
    """A result as a file."""
    kept, format_ = _kept(request), request.path_params["format"]
    if format_ not in _AUDITS:
        raise gone()
    lang = language(request)
    made = await anyio.to_thread.run_sync(lambda: _rendered(format_, kept.entries, lang))
    return _file(made, f"{_NAME.of(lang)}.{format_}", format_)


async def copy(request: Request) -> Response:
    """The corrected copy of one report of a result."""
    kept, number, format_ = _kept(request), request.path_params["number"], request.path_params["format"]
    entry = kept.entries[number] if number < len(kept.entries) else None
    if format_ not in {*names(), *OWN} or not isinstance(entry, Audited) or isinstance(entry, Unfiled):
        raise gone()
    if format_ in OWN:
        return await anyio.to_thread.run_sync(_own_copy, kept, entry, Wanted(comments_only=format_ == COMMENTS))
    made = await anyio.to_thread.run_sync(lambda: writers()[format_].write(corrected(entry)))
    return _file(made, f"{safe_stem(entry.path)}.{TABLES}.{format_}", format_)


def _own_copy(kept: Result, entry: Audited, wanted: Wanted) -> Response:
    """The document as it was sent, corrected; where that cannot be, the tables, unless no figure is to be
    changed. A text and its list come as a zip."""
    data = kept.originals.get(entry.path)
    if data is None or sha256(data).hexdigest() != entry.report.sha256:
        raise gone()
    together = [each for each in kept.entries if isinstance(each, Audited) and kept.originals.get(each.path) is data]
    made = wanted.own(data, together if entry.report.sheet else [entry])
    given = wanted.given(made, [entry]) if made else None if wanted.comments_only else tables(entry, DEFAULT)
    if given is None:
        raise gone()
    name = f"{safe_stem(entry.path)}.{given.mark}"
    if given.beside is None:
        return _file(given.content, f"{name}{given.suffix}", given.suffix[1:])
    members = {f"{name}{given.suffix}": given.content, f"{name}.{LISTED}.txt": given.beside}
    return _file(_zipped(members), f"{name}.zip", "zip")


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refusal(request: Request, refused: Refused, headers: dict[str, str] | None = None) -> Response:
    """What a refused request is told, in both languages: as JSON where programs ask, as a page elsewhere."""
    if request.url.path.startswith("/api/"):
        told = {"error": {lang: refused.text(lang) for lang in LANGUAGES}}
        return JSONResponse(told, refused.status, {**(headers or {}), **_advice(refused)})
    view = _view(request)
    text = view.token(wrong=False) if refused.status == 401 else view.refusal(refused)
    response = _page(request, text, refused.status)
    response.headers.update({**(headers or {}), **_advice(refused)})
    return response


def _advice(refused: Refused) -> dict[str, str]:
    """What a program can do about it."""
    challenge = {"WWW-Authenticate": "Bearer"} if refused.status == 401 else {}
    return challenge | ({"Retry-After": str(refused.again)} if refused.again else {})


def _view(request: Request) -> View:
    deep = request.scope["path"].removeprefix(request.scope.get("root_path", "")).count("/") - 1
    return View(language(request), shared(request).options.bounds, "../" * deep or "./")


def _page(request: Request, text: str, status: int = 200) -> Response:
    return _remembering(request, HTMLResponse(text, status))


def _remembering(request: Request, response: Response) -> Response:
    """The language that was asked for stays."""
    if request.query_params.get(LANG) in LANGUAGES:
        response.set_cookie(LANG, language(request), max_age=_YEAR, httponly=True, samesite="strict")
    return response


async def _given(request: Request) -> str | None:
    if request.method == "POST":
        sent = parse_qs((await request.body()).decode("utf-8", "replace"))
        return sent.get("token", [""])[0]
    return request.query_params.get("token")


def _rendered(format_: str, entries: tuple[Entry, ...], lang: str) -> bytes:
    return b"".join(each if isinstance(each, bytes) else each.encode() for each in render(format_, entries, Look(lang)))


def _kept(request: Request) -> Result:
    found = shared(request).kept.get(request.path_params["id"])
    if found is None:
        raise gone()
    return found


def _lots(pieces: Iterator[str], least: int = 2**14) -> Iterator[str]:
    """The pieces joined, so that not each costs a turn."""
    lot, size = [], 0
    for piece in pieces:
        lot.append(piece)
        size += len(piece)
        if size >= least:
            yield "".join(lot)
            lot, size = [], 0
    yield "".join(lot)


def _file(content: bytes, name: str, format_: str) -> Response:
    told = f"attachment; filename=\"govstats.{format_}\"; filename*=UTF-8''{quote(name)}"
    return Response(
        content, media_type=_TYPES.get(format_, "application/octet-stream"), headers={"Content-Disposition": told}
    )
