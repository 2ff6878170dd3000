"""`govstats serve`: the clerks' page, until it is stopped."""

from __future__ import annotations

import webbrowser

import click

from govstats.cli.common import Command, lang_option
from govstats.cli.helping import option
from govstats.errors import UsageError
from govstats.lang import Text

_NOT_INSTALLED = Text("网页服务没有安装。", "The page for clerks is not installed.")
_INSTALL = Text(
    '请安装：python -m pip install "govstats[serve]"', 'Install it: python -m pip install "govstats[serve]"'
)


@click.command(
    cls=Command,
    help=Text(
        "给填表的人用的网页：拖进报告，看哪里不对，取回改正稿。", "A page for clerks: drop reports, see what is wrong."
    ),
)
@option("--host", default="127.0.0.1", show_default=True, metavar="H", help=Text("在哪个地址上", "where to listen"))
@option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8765,
    show_default=True,
    help=Text("端口（0：任选一个）", "the port (0: any)"),
)
@option(
    "--token",
    envvar="GOVSTATS_TOKEN",
    metavar="T",
    help=Text(
        "口令（GOVSTATS_TOKEN）；--host 不是本机时必须有", "a token (GOVSTATS_TOKEN); needed unless --host is loopback"
    ),
)
@option(
    "--public-host",
    multiple=True,
    metavar="NAME",
    help=Text("经代理公开时用的主机名，要有口令", "the name under which a proxy shows it; needs a token"),
)
@option("--jobs", type=click.IntRange(min=1), metavar="N", help=Text("用几个进程读", "worker processes"))
@option("--open", "open_", is_flag=True, help=Text("在浏览器里打开", "open it in the browser"))
@lang_option
def serve(host: str, port: int, token: str | None, public_host: tuple[str, ...], jobs: int | None, open_: bool) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    try:
        from govstats.serve.running import run
        from govstats.serve.settings import Options
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("govstats"):
            raise
        raise UsageError(_NOT_INSTALLED, _INSTALL) from error
    run(
        Options(host, token or None, public_host, jobs).checked(),
        port,
        lambda told: click.echo(told, err=True),
        webbrowser.open if open_ else lambda _: None,
    )
    return 0
