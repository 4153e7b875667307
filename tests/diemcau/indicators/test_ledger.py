"""An accepted figure statement becomes one figure, exact to the last digit."""

from decimal import Decimal

import pytest

from diemcau.indicators.compare import propose_comparisons
from diemcau.indicators.ledger import read_amount, record_figure, withdraw_figure
from diemcau.indicators.queries import FigureFilter, filter_figures
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return make_statement(
        make_document(event_on="2024-12-20"),
        "figures",
        "tăng 31,2% so với năm 2023",
        value=31.2,
        unit="percent",
        bound="eq",
        measure="exports",
        subject="Nghệ An",
        period="2024",
        role="comparison",
        compares={"kind": "yoy", "base": "2023"},
    )


def test_a_figure_is_exact_and_follows_its_statement(statement):
    first = record_figure(statement)
    assert first.value == Decimal("31.2")
    assert first.compares == {"kind": "yoy", "base": "2023"}
    statement.corrected = {**statement.data, "value": 31.25}
    statement.save()
    second = record_figure(statement)
    assert (second.pk, second.value) == (first.pk, Decimal("31.25"))


def test_a_withdrawn_figure_is_kept_and_can_come_back(statement):
    figure = record_figure(statement)
    withdraw_figure(statement)
    figure.refresh_from_db()
    assert figure.withdrawn_at is not None
    assert record_figure(statement).withdrawn_at is None


def test_a_statement_without_a_number_is_no_figure(statement):
    statement.corrected = {**statement.data, "value": None}
    with pytest.raises(ValueError, match="no number"):
        record_figure(statement)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [(31.2, "31.2"), (1696000000, "1696000000"), ("8.5", "8.5")],
)
def test_numbers_of_json_are_taken_exactly(raw, amount):
    assert read_amount(raw) == Decimal(amount)


@pytest.mark.parametrize("raw", [None, True, "hai con số", "NaN", "Infinity"])
def test_what_is_no_number_is_none(raw):
    assert read_amount(raw) is None


def test_words_are_sought_in_the_subject_too_and_as_whole_syllables():
    document = make_document(event_on="2026-11-20")
    read = {"value": 1, "unit": "count", "bound": "eq", "measure": "exports", "period": "2026"}
    theirs, _other = (
        make_statement(document, "figures", words, subject=subject, role="actual", **read)
        for words, subject in (
            ("xuất khẩu đạt 9 tỷ USD", "Ấn Độ"),
            ("68 hoạt động đối ngoại, 3 đoàn doanh nghiệp bàn về nội dung", "Đà Nẵng"),
        )
    )
    propose_comparisons(document)
    for words in ("Ấn Độ", "an do", "xuất khẩu Ấn Độ", '"ấn độ"'):
        found = filter_figures(None, FigureFilter(words=words))
        assert [one.statement for one in found] == [theirs], words
