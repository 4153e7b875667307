"""A row is one line, and the line makes the same row again."""

import datetime as dt
import json
import uuid
from decimal import Decimal

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.operation.tables import lines_of, load_lines

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
# Whole numbers that JSON would write with an exponent: see the line that says the same on both.
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
ROW = st.fixed_dictionaries(
    {
        "at": st.datetimes(timezones=st.just(dt.UTC)).filter(lambda at: at.year > 1900),
        "on": st.dates(dt.date(1, 1, 1)),
        "amount": st.decimals(-(10**9), 10**9, places=4),
        "share": st.floats(allow_nan=False, allow_infinity=False),
        "is_on": st.booleans() | st.none(),
        "words": TEXT,
        "data": JSON,
        "raw": st.binary(max_size=20) | st.none(),
        "uid": st.uuids(),
        "lasts": st.timedeltas(dt.timedelta(days=-999), dt.timedelta(days=999)),
    }
)


@pytest.fixture
def sample(transactional_db):
    with isolate_apps("diemcau.accounts"):

        class Sample(models.Model):
            at = models.DateTimeField()
            on = models.DateField()
            amount = models.DecimalField(max_digits=20, decimal_places=4)
            share = models.FloatField()
            is_on = models.BooleanField(null=True)
            words = models.TextField()
            data = models.JSONField(null=True)
            raw = models.BinaryField(null=True)
            uid = models.UUIDField()
            lasts = models.DurationField()
            next = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

            class Meta:
                app_label = "accounts"

            def __str__(self):
                return self.words

        with connection.schema_editor() as editor:
            editor.create_model(Sample)
        yield Sample
        with connection.schema_editor() as editor:
            editor.delete_model(Sample)


def dump(model):
    with transaction.atomic():
        return [line for lines in lines_of(model, connection) for line in lines]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, min_size=1, max_size=4))
def test_what_is_read_back_is_what_was_written(sample, rows):
    sample.objects.all().delete()
    for row in rows:
        sample.objects.create(**row)
    lines = dump(sample)
    values = list(sample.objects.order_by("pk").values())
    sample.objects.all().delete()
    assert load_lines(sample, lines, connection) == len(rows)
    assert list(sample.objects.order_by("pk").values()) == values
    assert dump(sample) == lines


def test_a_line_says_the_same_on_both_databases(sample):
    sample.objects.create(
        pk=7,
        at=dt.datetime(2026, 11, 22, 1, 2, 3, 40, dt.UTC),
        on=dt.date(2026, 6, 30),
        amount=Decimal("1234.5000"),
        share=0.1,
        is_on=True,
        words="điểm cầu",
        data={"b": 1.15e16, "a": None, "c": 1.0},
        raw=b"\0\xff",
        uid=uuid.UUID(int=5),
        lasts=dt.timedelta(seconds=1.5),
    )
    (line,) = dump(sample)
    assert json.loads(line) == [
        7,
        "2026-11-22T01:02:03.000040+00:00",
        "2026-06-30",
        "1234.5000",
        0.1,
        True,
        "điểm cầu",
        [{"a": None, "b": 11500000000000000, "c": 1.0}],
        "AP8=",
        "00000000-0000-0000-0000-000000000005",
        1500000,
        None,
    ]
    assert b"11500000000000000," in line


def test_the_null_of_json_and_no_value_stay_apart(sample):
    now = dt.datetime.now(dt.UTC)
    row = {"at": now, "on": now.date(), "amount": 1, "share": 1}
    row |= {"words": "", "uid": uuid.uuid4(), "lasts": dt.timedelta()}
    sample.objects.create(data=None, **row)
    sample.objects.create(data=models.Value(None, models.JSONField()), **row)
    lines = dump(sample)
    sample.objects.all().delete()
    load_lines(sample, lines, connection)
    assert [json.loads(line)[7] for line in dump(sample)] == [None, [None]]
    assert sample.objects.filter(data__isnull=True).count() == 1
