"""Options: where the page listens and who may see it. Bounds: how much it takes, at once and for how long."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from govstats.corpus.engines import Limits
from govstats.errors import UsageError
from govstats.lang import Text

_SHORTEST_TOKEN = 16
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_TOKEN_NEEDED = Text(
    "别的机器也能访问时（--host {host}），必须用 --token 设口令。",
    "Others can reach --host {host}: it needs a --token.",
)
_TOKEN_SHORT = Text("口令至少要 {n} 个字符，只用 ASCII。", "A token has at least {n} characters, of ASCII only.")
_HOW = Text(
    '可以这样生成：python -c "import secrets; print(secrets.token_urlsafe())"，再放进环境变量 GOVSTATS_TOKEN。',
    'Make one: python -c "import secrets; print(secrets.token_urlsafe())", and put it in GOVSTATS_TOKEN.',
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one upload may hold, in files and bytes; for how long it may be read, in seconds; how much is kept."""

    files: int = 1000
    file: int = 32 * 2**20
    upload: int = 128 * 2**20
    unpacked: int = 512 * 2**20
    """Bytes of all documents, those inside of archives included."""
    upload_seconds: float = 300.0
    seconds: float = 300.0
    at_once: int = 4
    """Audits; others wait their turn."""
    waiting: int = 64
    document: Limits = field(default_factory=lambda: Limits(seconds=10.0, memory=2**29))
    kept_seconds: float = 15 * 60.0
    kept_results: int = 100
    kept_bytes: int = 64 * 2**20
    originals: int = 16 * 2**20
    """Bytes of the documents of one result that are kept to be given back corrected."""


@dataclass(frozen=True, slots=True)
class Options:
    """Where to listen; `names`: under which other names a proxy shows the page; `jobs`: worker processes."""

    host: str = "127.0.0.1"
    token: str | None = None
    names: tuple[str, ...] = ()
    jobs: int | None = None
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def is_public(self) -> bool:
        """Can anybody but this machine reach it?"""
        return not is_loopback(self.host) or bool(self.names)

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names, without port, that a request may call this server by; None: any, since the token is asked for."""
        if not is_loopback(self.host):
            return None
        return frozenset((*_LOOPBACK, self.host.lower(), *(name.lower() for name in self.names)))

    def checked(self) -> Options:
        """Itself. Raises UsageError where others could reach it without a token, or the token is too short."""
        if self.is_public and self.token is None:
            raise UsageError(_TOKEN_NEEDED.format(host=" ".join((self.host, *self.names))), _HOW)
        if self.token is not None and (len(self.token) < _SHORTEST_TOKEN or not self.token.isascii()):
            raise UsageError(_TOKEN_SHORT.format(n=_SHORTEST_TOKEN), _HOW)
        return self


def is_loopback(host: str) -> bool:
    """Does this address lead to this machine only?"""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
