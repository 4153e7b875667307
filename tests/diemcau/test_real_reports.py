"""Five real reports together: what was said again, what agrees, what does not fit."""

import pytest

from diemcau.delivery.models import Echo
from diemcau.indicators.models import Comparison, Verdict
from diemcau.review.intake import take_in
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]


@pytest.fixture
def five_reports():
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        take_in(None, data=path.read_bytes(), name=path.name)


def test_the_exchange_mechanism_is_said_again(five_reports):
    found = [e for e in Echo.objects.all() if "cơ chế trao đổi với các đối tác" in e.shared]
    assert [(str(e.earlier.document.event_on), str(e.later.document.event_on)) for e in found] == [
        ("2024-12-20", "2025-07-22")
    ]
    assert found[0].n_shared >= 20


def test_few_chance_resemblances_are_proposed(five_reports):
    # Looked at by hand: four of these were one matter, none was chance.
    assert Echo.objects.count() <= 6


def quotes_of(verdict):
    rows = Comparison.objects.filter(verdict=verdict).select_related("left", "right", "ratio")
    return [" | ".join(s.quote for s in (r.left, r.right, r.ratio) if s is not None) for r in rows]


def test_double_the_year_does_not_fit_its_base(five_reports):
    (misfit,) = quotes_of(Verdict.MISFIT)
    assert "253" in misfit
    assert "170" in misfit
    assert "gấp đôi" in misfit


def test_nearly_sixty_and_fifty_nine_agree(five_reports):
    assert any("gần 60" in row and "59" in row for row in quotes_of(Verdict.AGREE))


def test_nothing_that_agrees_is_said_to_clash(five_reports):
    assert quotes_of(Verdict.CLASH) == []
