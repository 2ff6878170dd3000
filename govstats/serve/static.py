"""The style, script and icon of the pages: a few files of ours by name; no path of a request reaches the disk."""

from __future__ import annotations

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from govstats.display.page import asset
from govstats.serve.pages import FOLDER

_TYPES = {".csv": "text/csv; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def routes() -> list[Route]:
    """A route for each file; style, folding and filters are those of the HTML report."""
    files = {path.name: path.read_bytes() for path in sorted((FOLDER / "assets").iterdir())}
    files |= {name: str(asset(name)).encode() for name in ("page.css", "fold.js", "filters.js")}
    return [_route(name, content) for name, content in files.items()]


def _route(name: str, content: bytes) -> Route:
    kind = _TYPES[name[name.rindex(".") :]]
    tag = f'"{sha256(content).hexdigest()[:32]}"'

    async def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(content, media_type=kind, headers={"ETag": tag})

    return Route(f"/{name}", answer)
