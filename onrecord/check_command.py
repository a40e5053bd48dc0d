"""What ``onrecord check`` does: the store's own check, told a line a fault."""

from __future__ import annotations

import click

from onrecord.export.visible import one_line
from onrecord.store import Store, check_store

IN_ORDER, FAULTS = 0, 1


def check_command(*, store: str) -> int:
    """Check a store and tell its faults; give the exit code. Raises StoreError where there is no store."""
    with Store.open(store, create=False) as opened:
        faults = check_store(opened)
        pages = len(opened.view())
    for fault in faults:
        click.echo(one_line(fault))
    word = "page" if pages == 1 else "pages"
    if faults:
        click.echo(
            f"onrecord: {len(faults):,} faults in {pages:,} {word} of {one_line(opened.name)}", err=True
        )
        return FAULTS
    click.echo(f"{one_line(opened.name)}: {pages:,} {word}, no fault")
    return IN_ORDER
