"""Random secrets that are given out once, and the digests by which they are known again."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_LONGEST = 200


def new_secret() -> str:
    """Make 256 random bits, in letters that need no quoting."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """Make an id that tells nothing."""
    return secrets.token_hex(16)


def digest(secret: str) -> str:
    """Give what is kept of a secret; it is random and long, so that a plain hash is enough."""
    return hashlib.sha256(secret[:_LONGEST].encode("utf-8", "replace")).hexdigest()


def signed(key: str, purpose: str, words: str) -> str:
    """Sign words for one purpose."""
    return hmac.new(key.encode(), f"{purpose} {words}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def same(given: str, right: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), right.encode("utf-8", "replace"))
