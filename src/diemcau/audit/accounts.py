"""Whether a password is strong enough; several actions ask it the same way."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from diemcau.accounts.models import User

__all__ = ["check_password_strength"]


def check_password_strength(password: str, person: User) -> None:
    """Refuse a weak password.

    Raises:
        ValidationError: under "new".
    """
    try:
        validate_password(password, person)
    except ValidationError as refused:
        raise ValidationError({"new": refused.messages}) from refused
