"""A name that passed to another body is told apart period by period."""

import pytest
from django.test import Client
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.documents.models import StatementState
from diemcau.indicators.compare import propose_comparisons
from diemcau.indicators.units import units_of
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement


def _ids(subject, *periods):
    return {
        period: (one.unit.id if one.unit else None, one.is_mixed)
        for period, one in units_of(subject, periods).items()
    }


def test_old_and_new_bac_ninh_are_two_units():
    assert _ids("Bắc Ninh", "2022", "2026") == {
        "2022": ("tinh-bac-ninh", False),
        "2026": ("tinh-bac-ninh-2025", False),
    }
    assert _ids("tỉnh Bắc Ninh", "2022", "2025-H1", "2025-H2") == {
        "2022": ("tinh-bac-ninh", False),
        "2025-H1": ("tinh-bac-ninh", False),
        "2025-H2": ("tinh-bac-ninh-2025", False),
    }


def test_a_year_with_a_merger_in_it_is_marked():
    assert _ids("Bắc Ninh", "2025") == {"2025": ("tinh-bac-ninh-2025", True)}


def test_a_period_not_said_leaves_the_body_open():
    assert _ids("Bắc Ninh", "2022", "") == {"2022": ("tinh-bac-ninh", False), "": (None, False)}


@pytest.mark.parametrize("subject", ["Nghệ An", "Việt Nam", "Bắc Giang", "", "cơ quan đại diện"])
def test_a_name_with_one_bearer_needs_no_mark(subject):
    assert units_of(subject, ["2022", "2026"]) == {}


def test_periods_of_one_bearer_need_no_mark():
    assert units_of("Bắc Ninh", ["2022", "2023", "2024"]) == {}


@pytest.mark.django_db
def test_the_page_breaks_between_the_two():
    document = make_document(event_on="2026-01-10")
    for words, period, value in (("2,22 tỷ USD", "2022", 2.22), ("9 tỷ USD", "2026", 9)):
        make_statement(
            document,
            "figures",
            f"thu hút {words}",
            state=StatementState.ACCEPTED,
            value=value,
            unit="USD",
            bound="eq",
            measure="fdi_registered",
            subject="Bắc Ninh",
            period=period,
            role="actual",
        )
    propose_comparisons(document)
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(make_person(Role.READER))
    text = client.get(reverse("figures")).content.decode()
    assert text.count('class="break"') == 1
    assert "tinh-bac-ninh-2025/" in text
    assert "tinh-bac-ninh/" in text
