"""The commands of the workbench and of a cluster's output: serve, account, load. Thin doors too."""

from __future__ import annotations

from typing import Any

import click

from onrecord.cli_store import store_option


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@store_option
@click.option("--text/--no-text", default=True, help="Keep the pages' words, or offsets and hashes only.")
@click.pass_context
def load(context: click.Context, folder: str, store: str, text: bool) -> None:
    """Take into a store what a cluster has read into a folder."""
    from onrecord.cluster_command import load_command

    context.exit(load_command(folder, store=store, text=text))


@click.command()
@store_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; beyond this machine with --team."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8500, show_default=True, help="The port.")
@click.option(
    "--team", is_flag=True, help="With accounts and roles; without, there is one user, on this machine."
)
@click.option(
    "--site", default="", metavar="URL", help="The address that people use, behind a proxy with HTTPS."
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name that it goes by.")
@click.option(
    "--open", "open_sign_up", is_flag=True, help="With --team: anybody may make a reader's account."
)
@click.option("--browse", is_flag=True, help="Open a browser on it.")
@click.pass_context
def serve(context: click.Context, /, **given: Any) -> None:
    """Open the workbench: read, search, compare and correct the record in a browser."""
    from onrecord.serve_command import serve_command

    context.exit(serve_command(**given))


_site = click.option(
    "--site", default="http://127.0.0.1:8500", show_default=True, help="Where the workbench is."
)
_role = click.option("--role", type=click.Choice(["reader", "editor", "administrator"]), default="reader",
                     show_default=True, help="What they may do.")  # fmt: skip


@click.group()
def account() -> None:
    """Make and change the accounts of a team's workbench."""


@account.command("add")
@click.argument("name")
@store_option
@_role
@_site
@click.pass_context
def account_add(context: click.Context, /, name: str, **given: Any) -> None:
    """Make an account and print the link with which its owner chooses a password."""
    from onrecord.account_command import add_account

    context.exit(add_account(name, **given))


@account.command("reset")
@click.argument("name")
@store_option
@_site
@click.pass_context
def account_reset(context: click.Context, /, name: str, **given: Any) -> None:
    """Print a link with which somebody chooses a new password."""
    from onrecord.account_command import reset_account

    context.exit(reset_account(name, **given))


@account.command("list")
@store_option
@click.pass_context
def account_list(context: click.Context, store: str) -> None:
    """List the accounts with their roles."""
    from onrecord.account_command import list_accounts

    context.exit(list_accounts(store=store))


@account.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(["reader", "editor", "administrator"]))
@store_option
@click.pass_context
def account_role(context: click.Context, name: str, role: str, store: str) -> None:
    """Give an account another role."""
    from onrecord.account_command import change_role

    context.exit(change_role(name, role, store=store))


@account.command("close")
@click.argument("name")
@store_option
@click.option("--again-open", "reopened", is_flag=True, help="Open it again instead.")
@click.pass_context
def account_close(context: click.Context, name: str, store: str, reopened: bool) -> None:
    """Close an account; what it did stays."""
    from onrecord.account_command import close_account

    context.exit(close_account(name, store=store, closed=not reopened))


COMMANDS: tuple[click.Command, ...] = (load, serve, account)
