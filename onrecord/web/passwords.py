"""Passwords: argon2id, one form of every letter, and the same time whether or not anybody has the name."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 512

# RFC 9106's second recommendation in memory and passes, on one lane: people sign in on small machines.
_PASSES, _MEMORY_KIB, _LANES = 3, 64 * 1024, 1

# Each check takes 64 MiB; more than this at once wait, so that a flood of sign-ins cannot take the memory.
_at_once = threading.BoundedSemaphore(2)


def fault(password: str, name: str = "") -> str | None:
    """Say what is wrong with a new password, in words to be translated; None where it will do."""
    plain = _one_form(password)
    if len(plain) < SHORTEST:
        return "A password has 12 characters or more: a few words will do."
    if len(plain) > LONGEST:
        return "A password has 512 characters at most."
    if len(set(plain)) < 5 or (name and name.casefold() in plain.casefold() and len(plain) < 2 * SHORTEST):
        return "This password is easy to guess; choose another."
    return None


def hashed(password: str) -> str:
    """Give what is kept of a password."""
    with _at_once:
        return _hasher().hash(_one_form(password))


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept; with none kept it takes as long to say no."""
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > 4 * LONGEST:  # as quick for everybody
        return False
    against = kept if kept is not None else _nobodys()
    try:
        with _at_once:
            _hasher().verify(against, _one_form(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_weaker(kept: str) -> bool:
    """Tell whether a hash was made with less effort than is asked for today."""
    return _hasher().check_needs_rehash(kept)


def _one_form(password: str) -> str:
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES)


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


def make_ready() -> None:
    """Do now what the first sign-in would otherwise wait for, and be known by."""
    _nobodys()
