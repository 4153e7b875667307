"""A database that does not fit the program is said in a sentence, before anything is served."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from diemcau.commands.run import run
from diemcau.commands.schema import fit_schema


@pytest.mark.django_db
def test_the_migrations_make_the_tables_the_models_want():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert fit_schema() is None


@pytest.mark.django_db(transaction=True)
def test_a_column_that_is_not_there_is_named(capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE review_batch RENAME COLUMN filter TO filter_before")
    try:
        assert run(docs="none", host="127.0.0.1", port=0) == 1
        said = capsys.readouterr().out
        assert "review_batch.filter" in said
        assert "không khớp" in said
        assert "does not fit" in said
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE review_batch RENAME COLUMN filter_before TO filter")


@pytest.mark.django_db
def test_a_database_of_a_newer_program_is_said():
    MigrationRecorder(connection).record_applied("review", "0099_from_later")
    assert "review.0099_from_later" in fit_schema()
