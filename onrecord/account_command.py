"""What ``onrecord account`` does: accounts of a team's workbench, made and mended from the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.store import Store
    from onrecord.web.people import Person

DONE, NOT_DONE = 0, 1
_WHO = "terminal"


def add_account(name: str, *, store: str, role: str, site: str) -> int:
    """Make an account and print the link with which its owner chooses a password."""
    from onrecord.web import invitations, people

    with _opened(store, create=True) as opened:
        made = people.add(opened, name, role)
        code = invitations.reset(opened, made.id, days=invitations.INVITED_DAYS)
        _note(opened, "add_account", f"{made.name}: {role}")
        click.echo(f"{site.rstrip('/')}/join/{code}")
        click.echo(f"{made.name} chooses a password there; it works once, within a week.", err=True)
    return DONE


def reset_account(name: str, *, store: str, site: str) -> int:
    """Print a link with which somebody chooses a new password."""
    from onrecord.web import invitations

    with _opened(store) as opened:
        person = _named(opened, name)
        code = invitations.reset(opened, person.id)
        _note(opened, "reset_password", person.name)
        click.echo(f"{site.rstrip('/')}/join/{code}")
        click.echo("It works once, within a day.", err=True)
    return DONE


def list_accounts(*, store: str) -> int:
    """Print the accounts, one a line: name, role, and whether it is closed."""
    from onrecord.web import people

    with _opened(store) as opened:
        for person in people.everybody(opened):
            click.echo(f"{person.name}\t{person.role}" + ("\tclosed" if person.closed else ""))
    return DONE


def change_role(name: str, role: str, *, store: str) -> int:
    """Give an account another role."""
    from onrecord.web import people

    with _opened(store) as opened:
        person = _named(opened, name)
        people.set_role(opened, person.id, role)
        _note(opened, "give_role", f"{person.name}: {person.role} → {role}")
    return DONE


def close_account(name: str, *, store: str, closed: bool = True) -> int:
    """Close an account, or open it again."""
    from onrecord.web import people

    with _opened(store) as opened:
        person = _named(opened, name)
        people.set_closed(opened, person.id, closed)
        _note(opened, "close_account" if closed else "open_account", person.name)
    return DONE


@contextmanager
def _opened(store: str, *, create: bool = False) -> Iterator[Store]:
    try:
        from onrecord.store import Store
        from onrecord.web.people import NoSuchAccount
        from onrecord.web.tables import prepare
    except ImportError as error:
        raise click.UsageError(
            f"the workbench needs more than is installed ({error.name}): pip install 'onrecord[workbench]'"
        ) from error
    with Store.open(store, create=create) as opened:
        prepare(opened)
        try:
            yield opened
        except NoSuchAccount as error:
            raise click.ClickException(str(error)) from error


def _named(store: Store, name: str) -> Person:
    from onrecord.web import people

    found = people.by_name(store, name)
    if found is None:
        raise people.NoSuchAccount(f"There is no account of the name {name!r}.")
    return found


def _note(store: Store, what: str, about: str) -> None:
    from onrecord.web import audit

    audit.write(store, who=_WHO, what=what, about=about, address="")
