"""What rows are compared and found by: a digest, short and indexable, of texts of any length."""

from __future__ import annotations

import hashlib

CONDENSAT = 16
"""Bytes of a digest."""


def digest(*textes: str) -> bytes:
    """Of texts in order, in `CONDENSAT` bytes; a separator keeps « ab », « c » from « a », « bc »."""
    return hashlib.blake2b("\x1f".join(textes).encode(), digest_size=CONDENSAT).digest()
