"""The directory's shipped rows for many tests at once."""

from django.db import transaction

from diemcau.directory.shipped import ensure_shipped_rows

__all__ = ["shipped_rows_in_between"]


def shipped_rows_in_between(blocker):
    """Load the shipped rows in one transaction, and after the tests of a fixture's scope undo it.

    Each test's own changes are rolled back inside it.
    """
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        ensure_shipped_rows()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
