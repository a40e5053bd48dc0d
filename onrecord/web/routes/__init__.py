"""The doors of the workbench, a module a noun, each with its ``DOORS``."""

from __future__ import annotations

from importlib import import_module

from onrecord.web.doors import Door

NOUNS = (
    "article",
    "overview",
    "find",
    "actor",
    "happenings",
    "network",
    "versions",
    "adding",
    "review",
    "collections",
    "sharing",
    "exports",
    "api",
    "account",
    "administration",
    "openid",
)


def doors() -> list[Door]:
    """Give all doors, in the order in which they are tried."""
    found: list[Door] = []
    for noun in NOUNS:
        found += import_module(f"onrecord.web.routes.{noun}").DOORS
    return found
