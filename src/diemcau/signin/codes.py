"""Codes of an application (TOTP, RFC 6238) and recovery codes, as plain functions."""

import secrets

import pyotp
import segno
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.signin.models import AppFactor, RecoveryCode
from diemcau.signin.sealing import digest, unseal

__all__ = [
    "N_RECOVERY_CODES",
    "address_of_secret",
    "make_secret",
    "matching_step",
    "picture_of_secret",
    "replace_recovery_codes",
    "spend_app_code",
    "spend_recovery_code",
]

N_RECOVERY_CODES = 10
_STEP_SECONDS = 30
_STEPS_OFF = (0, -1, 1)
# Without letters and digits that are read for each other on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_secret() -> str:
    """A new secret of 160 bits in base 32."""
    return pyotp.random_base32()


def address_of_secret(secret: str, person: User) -> str:
    """The otpauth address an application takes in."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name="Điểm Cầu")


def picture_of_secret(address: str) -> str:
    """The QR code of an otpauth address as an SVG element."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(scale=5, border=3, dark="#000", light="#fff", omitsize=True)


def matching_step(secret: str, code: str, *, after: int = 0) -> int | None:
    """The 30-second step a code belongs to, at most one off the clock and later than another.

    Args:
        code: six digits; blanks are left out.
        after: the step of the last code taken; a code is good once.
    Returns:
        The number of the step, or None if the code is not good.
    """
    code = "".join(code.split())
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        return None
    now = int(timezone.now().timestamp()) // _STEP_SECONDS
    for step in (now + off for off in _STEPS_OFF):
        if step > after and secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step), code):
            return step
    return None


def spend_app_code(person: User, code: str) -> bool:
    """Take a code of the person's application, once; inside a transaction."""
    factor = AppFactor.objects.select_for_update().filter(person=person).first()
    secret = unseal(factor.secret) if factor else None
    if factor is None or secret is None:
        return False
    step = matching_step(secret, code, after=factor.last_step)
    if step is None:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def replace_recovery_codes(person: User) -> list[str]:
    """Make the person's recovery codes anew; the old ones are good no more.

    Returns:
        The codes, to be shown once: two groups of five letters and digits, 49 bits each.
    """
    codes: set[str] = set()
    while len(codes) < N_RECOVERY_CODES:
        letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
        codes.add(f"{letters[:5]}-{letters[5:]}")
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=_digest(person, code)) for code in sorted(codes)
    )
    return sorted(codes)


def spend_recovery_code(person: User, code: str) -> bool:
    """Take one of the person's recovery codes, once."""
    return bool(
        RecoveryCode.objects.filter(
            person=person, digest=_digest(person, code), used_at=None
        ).update(used_at=timezone.now())
    )


def _digest(person: User, code: str) -> str:
    letters = "".join(c for c in code.lower() if c.isalnum())
    return digest("recovery", f"{person.pk}:{letters}")
