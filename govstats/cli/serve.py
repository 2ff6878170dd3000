"""`govstats serve`: the clerks' page, until it is stopped."""

from __future__ import annotations

import click

from govstats.cli.common import Command, lang_option
from govstats.errors import UsageError
from govstats.lang import Text

_NOT_INSTALLED = Text("网页服务没有安装。", "The page for clerks is not installed.")
_INSTALL = Text(
    '请安装：python -m pip install "govstats[serve]"', 'Install it: python -m pip install "govstats[serve]"'
)


@click.command(
    cls=Command,
    help="给填表的人用的网页：拖进报告，看哪里不对，取回改正稿。 A page for clerks: drop reports, see what is wrong.",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="H", help="在哪个地址上 where to listen")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口（0：任选一个） 0: any"
)
@click.option(
    "--token",
    envvar="GOVSTATS_TOKEN",
    metavar="T",
    help="口令；--host 不是本机时必须有 a token; needed unless --host is loopback (GOVSTATS_TOKEN)",
)
@click.option(
    "--public-host",
    multiple=True,
    metavar="NAME",
    help="经代理公开时用的主机名，要有口令 the name under which a proxy shows it; needs a token",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="用几个进程读 worker processes")
@lang_option
def serve(host: str, port: int, token: str | None, public_host: tuple[str, ...], jobs: int | None) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    try:
        from govstats.serve.running import run
        from govstats.serve.settings import Options
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("govstats"):
            raise
        raise UsageError(_NOT_INSTALLED, _INSTALL) from error
    run(Options(host, token or None, public_host, jobs).checked(), port, lambda told: click.echo(told, err=True))
    return 0
