"""Secrets at rest: sealed where they must be read again, hashed where they need not be.

The key is derived from the secret key, so a copy of the database alone opens nothing.
"""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

__all__ = ["digest", "make_token", "seal", "unseal"]


def make_token() -> str:
    """32 random bytes as a word that stands in an address."""
    return secrets.token_urlsafe(32)


def digest(purpose: str, word: str) -> str:
    """64 hexadecimal digits that stand for a word; who has only them cannot find the word."""
    return salted_hmac(f"diemcau.signin.{purpose}", word, algorithm="sha256").hexdigest()


def seal(text: str) -> str:
    """Encrypt a text with the installation's key."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text again, or None if the installation's key is another one."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"diemcau.seal:{k}".encode()).digest()))
            for k in keys
        ]
    )
