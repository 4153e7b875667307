"""Exact decimals out of the JSON a statement holds."""

from decimal import Decimal, InvalidOperation

__all__ = ["read_amount"]


def read_amount(value: object) -> Decimal | None:
    """The exact decimal of a JSON number or numeric string; None if there is none.

    A float is taken by its shortest decimal form, 31.2 as 31.2: the engine wrote it that way.
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None
