"""Figures of trade: exports of other goods or to other markets are not set side by side."""

import pytest

from diemcau.documents.models import Statement
from diemcau.documents.sentences import with_sentences
from diemcau.indicators.compare import propose_comparisons
from diemcau.indicators.models import Comparison, Verdict
from diemcau.indicators.trade import trade_of
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


def figure(sentence, quote, *, document=None, measure="exports", **fields):
    values = {"unit": "USD", "bound": "eq", "period": "2026", "role": "actual", "what": "xuất khẩu"}
    return make_statement(
        document or make_document(),
        "figures",
        quote,
        sentence=sentence,
        **{"value": 1, "measure": measure, **values, **fields},
    )


@pytest.mark.parametrize(
    ("sentence", "quote", "goods", "markets"),
    [
        ("Xuất khẩu cá tra sang Brazil đạt 71 triệu USD.", "71 triệu USD", "cá tra", "Brazil"),
        ("Xuất khẩu tôm sang Mỹ đạt 7 tỷ USD, cá tra đạt 3 tỷ USD.", "3 tỷ USD", "cá tra", "Mỹ"),
        ("Xuất khẩu gạo đạt 4 tỷ USD, tăng 12%.", "tăng 12%", "gạo", ""),
        (
            "Xuất khẩu cá tra sang Brazil đạt 71 triệu USD, tổng kim ngạch xuất khẩu đạt 5 tỷ USD.",
            "5 tỷ USD",
            "",
            "",
        ),
        (
            "Xuất khẩu sang Brazil đạt 5 tỷ USD, trong đó xuất khẩu thuỷ sản đạt 4 tỷ USD và "
            "1,2 tỷ USD hàng dệt may.",
            "1,2 tỷ USD",
            "dệt may",
            "Brazil",
        ),
        (
            "Theo Hiệp hội Chế biến và Xuất khẩu Thủy sản, xuất khẩu sang EU đạt 1 tỷ USD.",
            "1 tỷ USD",
            "",
            "EU",
        ),
        (
            "Theo Thương vụ tại Brazil, kim ngạch xuất khẩu hàng hóa đạt 2 tỷ USD.",
            "2 tỷ USD",
            "",
            "",
        ),
        (
            "Nhập khẩu máy móc từ Trung Quốc và Hàn Quốc đạt 3 tỷ USD.",
            "3 tỷ USD",
            "máy móc",
            "Trung Quốc, Hàn Quốc",
        ),
    ],
)
def test_goods_and_market_are_of_the_words_around_the_number(sentence, quote, goods, markets):
    row = figure(sentence, quote)
    trade = trade_of(with_sentences(Statement.objects.all()).get(pk=row.pk))
    assert (", ".join(trade.goods), ", ".join(trade.markets)) == (goods, markets)


def test_what_a_person_wrote_says_the_goods():
    row = figure("Kim ngạch đạt 3 tỷ USD.", "3 tỷ USD")
    row.corrected = {**row.data, "what": "xuất khẩu dệt may"}
    row.save()
    assert trade_of(with_sentences(Statement.objects.all()).get(pk=row.pk)).goods == ("dệt may",)


def test_a_country_sold_to_is_the_market_not_the_one_that_exports():
    sold = figure("Xuất khẩu gạo sang Nhật Bản đạt 1 tỷ USD.", "1 tỷ USD", subject="Nhật Bản")
    theirs = figure("Nhật Bản xuất khẩu ô tô đạt 1 tỷ USD.", "1 tỷ USD", subject="Nhật Bản")
    rows = with_sentences(Statement.objects.all())
    told = [trade_of(rows.get(pk=s.pk)).is_subject for s in (sold, theirs)]
    assert told == [True, False]


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        (
            "Xuất khẩu cá tra sang Nhật Bản đạt 9 tỷ USD.",
            "Xuất khẩu tôm sang Nhật Bản đạt 4 tỷ USD.",
            False,
        ),
        (
            "Xuất khẩu cá tra sang Nhật Bản đạt 9 tỷ USD.",
            "Xuất khẩu sang Nhật Bản đạt 4 tỷ USD.",
            False,
        ),
        (
            "Xuất khẩu mắc khén sang Nhật Bản đạt 9 tỷ USD.",
            "Xuất khẩu sang Nhật Bản đạt 4 tỷ USD.",
            False,
        ),
        ("Xuất khẩu sang Nhật Bản đạt 9 tỷ USD.", "Nhật Bản xuất khẩu được 4 tỷ USD.", False),
        (
            "Xuất khẩu dệt may sang Nhật Bản đạt 9 tỷ USD.",
            "Hàng dệt may xuất khẩu sang thị trường Nhật Bản ước đạt 4 tỷ USD.",
            True,
        ),
    ],
)
def test_only_the_same_goods_to_the_same_market_clash(one, other, compared):
    documents = [make_document(event_on="2026-07-17"), make_document(event_on="2026-07-20")]
    for document, sentence, quote, value in (
        (documents[0], one, "9 tỷ USD", 9 * 10**9),
        (documents[1], other, "4 tỷ USD", 4 * 10**9),
    ):
        figure(sentence, quote, document=document, value=value, subject="Nhật Bản")
        propose_comparisons(document)
    assert [c.verdict for c in Comparison.objects.all()] == [Verdict.CLASH] * compared


def test_a_rate_is_held_against_the_figure_of_its_own_goods():
    """12% of pangasius fits pangasius; the shrimps of the same year are no base of it."""
    base = make_document(event_on="2026-01-10")
    for sentence, quote, value in (
        ("Xuất khẩu tôm sang Nhật Bản đạt 90 triệu USD.", "90 triệu USD", 90 * 10**6),
        ("Xuất khẩu cá tra sang Nhật Bản đạt 50 triệu USD.", "50 triệu USD", 50 * 10**6),
    ):
        figure(sentence, quote, document=base, value=value, period="2025", subject="Nhật Bản")
    now = make_document(event_on="2027-01-10")
    sentence = "Xuất khẩu cá tra sang Nhật Bản đạt 56 triệu USD, tăng 12%."
    figure(sentence, "56 triệu USD", document=now, value=56 * 10**6, subject="Nhật Bản")
    figure(
        sentence,
        "tăng 12%",
        document=now,
        value=12,
        unit="percent",
        role="comparison",
        compares={"kind": "yoy", "base": "2025"},
        subject="Nhật Bản",
    )
    propose_comparisons(base)
    propose_comparisons(now)
    (row,) = Comparison.objects.all()
    assert (row.verdict, row.right.quote) == (Verdict.AGREE, "50 triệu USD")
    trade = {"goods": ["cá tra"], "markets": ["Nhật Bản"], "is_subject": True}
    assert row.arithmetic["trade"] == trade


def test_a_comparison_that_no_longer_holds_is_taken_away_unless_somebody_decided():
    """As a rereading meets rows an older version made."""
    documents = [make_document(event_on="2026-07-17"), make_document(event_on="2026-07-20")]
    fish = figure("Xuất khẩu cá tra đạt 9 tỷ USD.", "9 tỷ USD", document=documents[0])
    wood = figure("Xuất khẩu gỗ đạt 4 tỷ USD.", "4 tỷ USD", document=documents[1])
    row = Comparison.objects.create(left=fish, right=wood, verdict=Verdict.CLASH, arithmetic={})
    Comparison.objects.filter(pk=row.pk).update(state="confirmed")
    propose_comparisons(documents[1])
    assert Comparison.objects.exists()
    Comparison.objects.filter(pk=row.pk).update(state="proposed")
    propose_comparisons(documents[1])
    assert not Comparison.objects.exists()
