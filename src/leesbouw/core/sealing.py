"""Secrets that the database must hold and a backup must not give away, such as those of sign-in apps.

The key comes from the secret key of this installation, which stands outside the database and outside backups.
"""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed:"  # before what was sealed; anything else was written before we sealed


class Unreadable(Exception):
    """Sealed with another secret key: this backup came from another installation, or the key was lost."""


def seal(text: str) -> str:
    """The text as only this installation can read it."""
    return MARK + _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """What was sealed; a text without the mark as it is. Raises Unreadable."""
    if not text.startswith(MARK):
        return text
    try:
        return _box(settings.SECRET_KEY).decrypt(text.removeprefix(MARK).encode()).decode()
    except InvalidToken:
        raise Unreadable from None


@lru_cache(maxsize=2)
def _box(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"leesbouw sealing").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
