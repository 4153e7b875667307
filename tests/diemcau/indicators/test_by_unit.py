"""Figures by body, as they were and in today's units: the sums are equal, gaps are told."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from diemcau.accounts.models import Role
from diemcau.documents.models import StatementState
from diemcau.indicators.by_unit import by_unit, list_choices
from diemcau.indicators.ledger import record_figure
from diemcau.indicators.models import Figure
from tests.diemcau.people import make_person
from tests.diemcau.shipped import shipped_rows_in_between
from tests.diemcau.statements import make_document, make_statement
from vanban.data import load

TODAY = date(2026, 11, 21)
PROVINCES_OF_2024 = [
    row["name"]
    for row in load("bodies/provinces")
    if row["valid"].get("from", "") <= "2024-12-20" <= row["valid"].get("to", "9999")
]


@pytest.fixture(scope="module", autouse=True)
def shipped_rows(django_db_setup, django_db_blocker):
    """The shipped rows for this module alone."""
    yield from shipped_rows_in_between(django_db_blocker)


def _claim(subject, value, *, period="2024", unit="USD", bound="eq"):
    statement = make_statement(
        make_document(event_on="2024-12-20"),
        "figures",
        f"{subject} thu hút {value}",
        state=StatementState.ACCEPTED,
        value=value,
        unit=unit,
        bound=bound,
        measure="fdi_registered",
        subject=subject,
        period=period,
        role="actual",
    )
    return record_figure(statement)


def _values(rows):
    return {(row.unit.id if row.unit else ""): row.value for row in rows}


@pytest.mark.django_db
def test_two_old_provinces_make_the_new_one_and_the_sums_are_equal():
    _claim("Bắc Ninh", 5_120)
    _claim("tỉnh Bắc Giang", 2_880)
    _claim("Nghệ An", 1_696)
    assert list_choices(None) == [("fdi_registered", "2024", "USD")]
    table = by_unit(None, "fdi_registered", "2024", "USD", on=TODAY)
    assert _values(table.as_it_was) == {
        "tinh-bac-ninh": 5120,
        "tinh-bac-giang": 2880,
        "tinh-nghe-an": 1696,
    }
    assert _values(table.today) == {"tinh-bac-ninh-2025": 8000, "tinh-nghe-an": 1696}
    assert table.total == table.total_today == Decimal(9696)
    assert all(row.missing == [] for row in table.today)
    then = by_unit(None, "fdi_registered", "2024", "USD", on=date(2024, 12, 31))
    assert _values(then.today) == _values(then.as_it_was)


@pytest.mark.django_db
def test_a_part_without_an_exact_figure_is_told_not_filled_in():
    _claim("Hà Nam", 100)
    _claim("Nam Định", 200, bound="gt")
    table = by_unit(None, "fdi_registered", "2024", "USD", on=TODAY)
    (row,) = table.today
    assert (row.unit.id, row.value) == ("tinh-ninh-binh-2025", 100)
    assert [unit.id for unit in row.missing] == ["tinh-nam-dinh", "tinh-ninh-binh"]


@pytest.mark.django_db
def test_claims_that_differ_are_never_averaged():
    _claim("Hà Nam", 100)
    _claim("Hà Nam", 110)
    _claim("Nghệ An", 5)
    table = by_unit(None, "fdi_registered", "2024", "USD", on=TODAY)
    assert _values(table.as_it_was)["tinh-ha-nam"] is None
    assert table.total == table.total_today == 5


@pytest.mark.django_db
def test_percentages_do_not_add_up():
    _claim("Bắc Ninh", 5, unit="percent")
    _claim("Bắc Giang", 7, unit="percent")
    table = by_unit(None, "fdi_registered", "2024", "percent", on=TODAY)
    assert (table.total, table.total_today) == (None, None)
    assert _values(table.today) == {"tinh-bac-ninh-2025": None}


@pytest.mark.django_db
def test_a_divided_ministry_is_nobody_s_alone():
    _claim("Bộ Lao động - Thương binh và Xã hội", 9)
    _claim("Bộ Kế hoạch và Đầu tư", 4)
    table = by_unit(None, "fdi_registered", "2024", "USD", on=TODAY)
    assert _values(table.today) == {"": 9, "mof-2025": 4}
    assert table.total == table.total_today == 13


@pytest.mark.django_db
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(PROVINCES_OF_2024), st.integers(0, 10**12), min_size=2, max_size=8
    )
)
def test_the_sums_are_equal_whatever_the_figures(figures):
    Figure.objects.all().delete()
    document = make_document(event_on="2024-12-20")
    for subject, value in figures.items():
        # Written straight to the table: what is compared with what is another test's matter.
        Figure.objects.create(
            statement=make_statement(document, "figures", f"{subject} {value}"),
            value=value,
            unit="USD",
            bound="eq",
            measure="fdi_registered",
            subject=subject,
            period="2024",
            role="actual",
            recorded_at=timezone.now(),
        )
    table = by_unit(None, "fdi_registered", "2024", "USD", on=TODAY)
    assert table.total == table.total_today == sum(figures.values())
    assert len(table.as_it_was) == len(figures)


@pytest.mark.django_db
def test_the_page_tells_the_difference(django_assert_max_num_queries):
    for subject, value in (("Bắc Ninh", 5_120), ("Bắc Giang", 2_880), ("Hà Nam", 7)):
        _claim(subject, value)
    client = Client()
    client.force_login(make_person(Role.READER))
    with django_assert_max_num_queries(2 + 12):
        text = client.get(reverse("figures_by_unit"), {"ngay": "2026-01-10"}).content.decode()
    # In the sentence and at the foot of each list.
    assert text.count("8.007") == 4
    assert "30/6/2025" in text
    assert "Nam Định, Ninh Bình" in text


@pytest.mark.django_db
def test_both_lists_go_out_with_equal_sums():
    for subject, value in (("Bắc Ninh", 5_120), ("Bắc Giang", 2_880), ("Hà Nam", 7)):
        _claim(subject, value)
    _claim("Nghệ An", 9, bound="gt")
    client = Client()
    client.force_login(make_person(Role.READER))
    response = client.post(f"{reverse('figures_by_unit_file')}?ngay=2026-01-10")
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    was, now, _label = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    sums = [sum(line[at] or 0 for line in lines[1:]) for lines, at in ((was, 2), (now, 4))]
    assert sums == [8007, 8007]
    assert [line[:5] for line in now[1:] if line[0] == "Bắc Ninh"] == [
        ["Bắc Ninh", "2025-07-01", "Bắc Giang", "2025-06-30", 2880],
        ["Bắc Ninh", "2025-07-01", "Bắc Ninh", "2025-06-30", 5120],
    ]
    # What only a bound is known of stands there without a number.
    assert ["Nghệ An", "", ""] in [line[:3] for line in was]


@pytest.mark.django_db
def test_no_file_without_figures():
    client = Client()
    client.force_login(make_person(Role.READER))
    assert client.post(reverse("figures_by_unit_file")).status_code == 404
