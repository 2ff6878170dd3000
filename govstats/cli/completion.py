"""`govstats completion`: the script by which a shell completes our commands, options and names."""

from __future__ import annotations

import sys

import click
from click.shell_completion import CompletionItem, get_completion_class

from govstats.cli.common import Command, lang_option
from govstats.lang import Text

_VARIABLE = "_GOVSTATS_COMPLETE"
_SHELLS = ("bash", "zsh", "fish")

_HELP = Text(
    """bash、zsh、fish 的补全脚本。
  bash  eval "$(govstats completion bash)"      （写入 ~/.bashrc；bash 4.4 以上）
  zsh   eval "$(govstats completion zsh)"       （写入 ~/.zshrc，compinit 之后）
  fish  govstats completion fish > ~/.config/fish/completions/govstats.fish""",
    """The script by which bash, zsh or fish completes our commands.
  bash  eval "$(govstats completion bash)"      (in ~/.bashrc; bash 4.4+)
  zsh   eval "$(govstats completion zsh)"       (in ~/.zshrc, after compinit)
  fish  govstats completion fish > ~/.config/fish/completions/govstats.fish""",
)


@click.command(cls=Command, help=_HELP)
@click.argument("shell", type=click.Choice(_SHELLS))
@lang_option
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script."""
    maker = get_completion_class(shell)
    assert maker is not None  # noqa: S101 - click has all of _SHELLS
    sys.stdout.write(maker(context.find_root().command, {}, "govstats", _VARIABLE).source().strip() + "\n")


def rule_codes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules whose code begins so, with their names."""
    from govstats.catalog.rules import known_rules

    return [
        CompletionItem(code, help=rule.title.text().of())
        for code, rule in known_rules().items()
        if code.startswith(incomplete.upper())
    ]


def format_codes(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Formats whose name begins so."""
    from govstats.catalog.formats import known_formats

    return [CompletionItem(name) for name in known_formats() if name.startswith(incomplete)]


def table_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Tables of the format that was named before."""
    from govstats.catalog.formats import known_formats

    form = known_formats().get(context.params.get("format_") or "")
    return [CompletionItem(name) for name in (form.tables if form else ()) if name.startswith(incomplete)]
