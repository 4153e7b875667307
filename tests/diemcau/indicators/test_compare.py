"""Figures side by side: agreeing, clashing, and ratios that do not fit; decisions stay."""

from decimal import Decimal

import pytest

from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document, StatementState
from diemcau.indicators import queries
from diemcau.indicators.actions import confirm_comparison, dismiss_comparison, reopen_comparison
from diemcau.indicators.compare import propose_comparisons
from diemcau.indicators.keys import same_matter
from diemcau.indicators.ledger import record_figure
from diemcau.indicators.models import Comparison, ComparisonState, FigureKey, Verdict
from diemcau.indicators.periods import in_year_of
from tests.diemcau.bodies import make_tree
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

AGREEMENTS = {"unit": "count", "measure": "agreements_signed", "what": "thỏa thuận hợp tác"}
ACTIVITIES = {"unit": "count", "measure": "high_level_activities", "what": "hoạt động đối ngoại"}


def claim(document, quote, value, **fields):
    values = {"bound": "eq", "subject": "Việt Nam", "role": "actual", "value": value, **fields}
    return make_statement(document, "figures", quote, **values)


@pytest.fixture
def december():
    document = make_document(event_on="2024-12-20")
    claim(document, "gần 60 hoạt động", 60, bound="lt", period="2024", **ACTIVITIES)
    claim(document, "hơn 170 thỏa thuận", 170, bound="gt", period="2024", **AGREEMENTS)
    propose_comparisons(document)
    return document


@pytest.fixture
def july():
    document = make_document(event_on="2025-07-22")
    claim(document, "cả năm 2024 là 59 hoạt động", 59, period="2024", **ACTIVITIES)
    claim(document, "gần 50 hoạt động", 50, bound="lt", period="2025-H1", **ACTIVITIES)
    claim(document, "ký 253 thỏa thuận", 253, period="2025-H1", **AGREEMENTS)
    claim(
        document,
        "gấp đôi năm 2024",
        2,
        **AGREEMENTS | {"unit": "ratio"},
        period="2025-H1",
        role="comparison",
        compares={"kind": "times", "base": "2024"},
    )
    return document


@pytest.mark.parametrize(("name", "other"), [("Mỹ", "Hoa Kỳ"), ("EU", "Liên minh châu Âu")])
def test_a_partner_under_two_names_is_one(name, other):
    exports = {"unit": "USD", "measure": "exports", "what": "xuất khẩu", "period": "2024"}
    for value, subject in ((119_000_000_000, name), (98_000_000_000, other)):
        document = make_document()
        claim(document, f"xuất khẩu {value}", value, **exports | {"subject": subject})
        propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.CLASH


def test_nearly_sixty_and_fifty_nine_agree(december, july):
    propose_comparisons(july)
    row = Comparison.objects.get(ratio=None)
    assert row.verdict == Verdict.AGREE
    assert (row.left.quote, row.right.quote) == ("gần 60 hoạt động", "cả năm 2024 là 59 hoạt động")


@pytest.mark.parametrize("first", ["december", "july"])
def test_double_the_year_does_not_fit_over_one_hundred_and_seventy(december, july, first):
    FigureKey.objects.all().delete()
    for document in (december, july) if first == "december" else (july, december):
        propose_comparisons(document)
    row = Comparison.objects.get(verdict=Verdict.MISFIT)
    assert row.left.quote == "ký 253 thỏa thuận"
    assert row.right.quote == "hơn 170 thỏa thuận"
    assert row.ratio.quote == "gấp đôi năm 2024"
    assert Decimal(row.arithmetic["implied_point"]["low"]) == Decimal("126.5")
    assert Decimal(row.arithmetic["possible"]["wide"]["high"]).quantize(Decimal("0.01")) == Decimal(
        "1.49"
    )


def test_a_rate_that_fits_is_said_to_fit():
    before = make_document(event_on="2023-12-21")
    exports = {"measure": "exports", "subject": "Nghệ An", "what": "kim ngạch xuất khẩu hàng hóa"}
    claim(before, "đạt 2,444 tỷ USD", 2444000000, unit="USD", period="2023", **exports)
    after = make_document(event_on="2024-12-20")
    claim(
        after,
        "ước đạt 3,207 tỷ USD",
        3207000000,
        unit="USD",
        bound="approx",
        period="2024",
        **exports,
    )
    claim(
        after,
        "tăng 31,2% so với năm 2023",
        31.2,
        unit="percent",
        period="2024",
        role="comparison",
        compares={"kind": "yoy", "base": None},
        **exports,
    )
    propose_comparisons(before)
    propose_comparisons(after)
    assert Comparison.objects.get().verdict == Verdict.AGREE


def test_a_fall_is_a_fall():
    document = make_document(event_on="2025-01-10")
    fdi = {"measure": "fdi_registered", "unit": "USD", "what": "vốn đăng ký"}
    claim(document, "đạt 30 tỷ USD", 30 * 10**9, period="2023", **fdi)
    claim(document, "đạt 36 tỷ USD", 36 * 10**9, period="2024", **fdi)
    claim(
        document,
        "giảm 20% so với năm trước",
        20,
        **fdi | {"unit": "percent"},
        period="2024",
        role="comparison",
        compares={"kind": "yoy", "base": "2023"},
    )
    propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.MISFIT


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (("giảm 8,1%", 8.1, "down"), ("tăng 8,1%", 8.1, "up"), Verdict.CLASH),
        (("bằng 96,5%", 96.5, "level"), ("tăng 96,5%", 96.5, "up"), Verdict.CLASH),
        (("bằng 96,5%", 96.5, "level"), ("giảm 3,5%", 3.5, "down"), Verdict.AGREE),
        (("giảm 8,1%", 8.1, "down"), ("giảm hơn 8%", 8, "down"), Verdict.AGREE),
        # Read before the reader told which way: the words of the quote do.
        (("giảm 8,1%", 8.1, ...), ("tăng 8,1%", 8.1, "up"), Verdict.CLASH),
    ],
)
def test_a_fall_and_a_rise_by_as_much_are_not_alike(left, right, verdict):
    said = {"measure": "exports", "what": "xuất khẩu", "period": "2024", "unit": "percent"}
    said |= {"role": "comparison", "compares": {"kind": "yoy", "base": "2023"}}
    for quote, value, change in (left, right):
        document = make_document(event_on="2025-01-10")
        moved = {} if change is ... else {"change": change}
        bound = "gt" if "hơn" in quote else "eq"
        claim(document, quote, value, **said | moved, bound=bound)
        propose_comparisons(document)
    assert Comparison.objects.get().verdict == verdict


def test_a_plan_is_held_against_the_plan():
    document = make_document(event_on="2024-12-20")
    exports = {"measure": "exports", "what": "xuất khẩu", "period": "2024"}
    claim(document, "kế hoạch 2,75 tỷ USD", 2750000000, unit="USD", **exports, role="plan")
    claim(document, "đạt 3,207 tỷ USD", 3207000000, unit="USD", **exports)
    claim(
        document,
        "vượt 16,6% so với kế hoạch",
        16.6,
        unit="percent",
        **exports | {"role": "comparison"},
        compares={"kind": "vs_plan", "base": None},
    )
    propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.AGREE


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2025-H1"},
        {"period": None},
        {"subject": "Nghệ An"},
        {"unit": "percent"},
        {"role": "plan"},
        {"what": "bản ghi nhớ giáo dục"},
        {"measure": "documents_signed"},
    ],
)
def test_what_is_not_the_same_thing_is_not_compared(december, other):
    document = make_document(event_on="2025-07-22")
    claim(document, "ký 99 thỏa thuận", 99, **{"period": "2024", **AGREEMENTS, **other})
    assert propose_comparisons(document) == 0


def test_one_country_under_its_many_names(december):
    document = make_document(event_on="2025-07-22")
    claim(document, "99 thoả thuận", 99, period="2024", subject="cả nước", **AGREEMENTS)
    propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.CLASH


def test_near_copies_are_one_voice(december):
    copy = make_document(event_on="2024-12-20", near_copy_of=december)
    claim(copy, "ký 99 thỏa thuận", 99, period="2024", **AGREEMENTS)
    assert propose_comparisons(copy) == 0


def test_rejected_figures_claim_nothing(december, july):
    december.statements.update(state=StatementState.REJECTED)
    assert propose_comparisons(july) == 0


@pytest.fixture
def misfit(december, july):
    propose_comparisons(july)
    return Comparison.objects.get(verdict=Verdict.MISFIT)


@pytest.fixture
def coordinator():
    return make_person(name="lan")


@pytest.mark.parametrize(
    ("decide", "state"),
    [
        (confirm_comparison, ComparisonState.CONFIRMED),
        (dismiss_comparison, ComparisonState.DISMISSED),
    ],
)
def test_a_decision_stays_until_it_is_taken_back(misfit, coordinator, july, decide, state):
    decide(coordinator, comparison=misfit)
    assert propose_comparisons(july) == 2
    misfit.refresh_from_db()
    assert (misfit.state, misfit.decided_by) == (state, coordinator)
    assert Comparison.objects.count() == 2
    assert AuditEntry.objects.get().detail == {"before": "proposed", "after": state.value}
    reopen_comparison(coordinator, comparison=misfit)
    misfit.refresh_from_db()
    assert (misfit.state, misfit.decided_by) == (ComparisonState.PROPOSED, None)


def test_a_corrected_figure_is_compared_anew(misfit):
    base = misfit.right
    base.corrected = {**base.data, "value": 126, "bound": "eq", "quote": "126 thỏa thuận"}
    base.state = StatementState.ACCEPTED
    base.save()
    record_figure(base)
    row = Comparison.objects.exclude(ratio=None).get()
    assert row.verdict == Verdict.AGREE


def test_a_figure_of_the_base_period_stands_for_that_period(december):
    document = make_document(event_on="2025-07-22")
    claim(
        document,
        "cả năm 2024 là 59",
        59,
        **ACTIVITIES | {"what": "hoạt động"},
        period="2025-H1",
        role="comparison",
        compares={"kind": "vs_period", "base": "2024"},
    )
    propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.AGREE


@pytest.mark.parametrize(
    ("period", "base"),
    [
        ("2025-H1", "2025"),  # as the reader gives "(cùng kỳ năm 2025 là gần 50)"
        ("2026-H1", "2025"),
        ("2025-H1", None),
    ],
)
def test_the_same_period_of_a_year_is_that_part_of_it(period, base):
    then = make_document(event_on="2025-07-22")
    claim(then, "50 hoạt động", 50, period="2025-H1", **ACTIVITIES)
    claim(then, "cả năm 2025 là 90", 90, period="2025", **ACTIVITIES | {"what": "hoạt động"})
    propose_comparisons(then)
    now = make_document(event_on="2026-07-17")
    claim(
        now,
        "gần 50 hoạt động",
        50,
        **ACTIVITIES | {"what": "hoạt động"},
        bound="lt",
        period=period,
        role="comparison",
        compares={"kind": "yoy", "base": base},
    )
    propose_comparisons(now)
    assert FigureKey.objects.get(statement__document=now).period == "2025-H1"
    row = Comparison.objects.get()
    assert (row.left.quote, row.verdict) == ("50 hoạt động", Verdict.MILD)


def test_growth_of_half_a_year_is_held_against_the_half_before():
    then = make_document(event_on="2025-07-22")
    claim(then, "253 thỏa thuận", 253, period="2025-H1", **AGREEMENTS)
    now = make_document(event_on="2026-07-17")
    claim(now, "ký kết 310 thỏa thuận hợp tác", 310, period="2026-H1", **AGREEMENTS)
    claim(
        now,
        "tăng 22,5%",
        22.5,
        **AGREEMENTS | {"unit": "percent"},
        period="2026-H1",
        role="comparison",
        compares={"kind": "yoy", "base": "2025"},
    )
    propose_comparisons(then)
    propose_comparisons(now)
    row = Comparison.objects.get()
    assert (row.verdict, row.right.quote) == (Verdict.AGREE, "253 thỏa thuận")


@pytest.mark.parametrize(
    ("text", "year", "moved"),
    [
        ("2026-H1", "2025", "2025-H1"),
        ("2026-01/2026-09", "2025", "2025-01/2025-09"),
        ("2026-H1", "2024-H1", "2024-H1"),
        ("2022/2026", "2025", "2025"),
        ("2024-02-29", "2023", "2023"),
        ("", "2025", "2025"),
    ],
)
def test_a_part_of_another_year(text, year, moved):
    assert in_year_of(text, year) == moved


@pytest.mark.parametrize(
    ("measure", "left", "right", "same"),
    [
        ("agreements_signed", "thỏa thuận hợp tác đã được ký nhân dịp", "thoả thuận", True),
        ("agreements_signed", "thỏa thuận", "cam kết", True),
        ("agreements_signed", "thỏa thuận hợp tác", "văn bản", True),
        ("agreements_signed", "thỏa thuận", "bản ghi nhớ về giáo dục", False),
        ("agreements_signed", "thỏa thuận", "nước", False),
        ("exports", "kim ngạch xuất khẩu hàng hóa", "tổng kim ngạch xuất khẩu", True),
        ("exports", "kim ngạch xuất khẩu", "xuất khẩu gạo", False),
        ("other", "dự án", "", False),
        ("other", "chuyên gia bán dẫn", "chuyên gia bán dẫn trong nước", True),
    ],
)
def test_words_say_whether_two_figures_are_of_one_thing(measure, left, right, same):
    document = make_document()
    a, b = (claim(document, w or "x", 1, measure=measure, what=w) for w in (left, right))
    assert same_matter(a, b) is same
    assert same_matter(b, a) is same


def test_one_document_means_two_things_by_different_words():
    document = make_document(event_on="2023-12-21")
    visits = {"measure": "high_level_activities", "period": "2023"}
    claim(document, "45 chuyến thăm", 45, what="chuyến thăm của lãnh đạo ta đến các nước", **visits)
    claim(document, "50 chuyến", 50, what="chuyến thăm của lãnh đạo nước bạn đến ta", **visits)
    claim(document, "45 chuyến nữa", 45, what="chuyến thăm của lãnh đạo ta đến các nước", **visits)
    propose_comparisons(document)
    assert Comparison.objects.get().verdict == Verdict.AGREE


def test_two_rates_of_nothing_named_are_not_at_odds():
    document = make_document(event_on="2024-12-20")
    for value in (31.2, 56.22):
        claim(document, f"{value}%", value, what="", measure="other", unit="percent", period="2024")
    propose_comparisons(document)
    assert not Comparison.objects.exists()


def test_two_values_that_near_copies_both_give_are_at_odds_once():
    said = {"period": "2024", "measure": "endpoints", "unit": "count", "what": "điểm cầu"}
    first = make_document(event_on="2024-12-20")
    copy = make_document(event_on="2024-12-20", near_copy_of=first)
    again = make_document(event_on="2024-12-20", near_copy_of=copy)
    for document, order in ((first, (79, 94)), (copy, (94, 79)), (again, (79, 94))):
        for value in order:
            claim(document, f"{value} điểm cầu", value, **said)
        propose_comparisons(document)
    other = make_document(event_on="2025-01-10")
    claim(other, "81 điểm cầu", 81, **said)
    propose_comparisons(other)
    odds = Comparison.objects.filter(verdict=Verdict.CLASH)
    values = sorted(sorted((c.left.values["value"], c.right.values["value"])) for c in odds)
    assert values == [[79, 81], [79, 94], [81, 94]]


@pytest.mark.parametrize(
    ("part", "whole", "clashes"),
    [
        ((339, "2025-01/2025-09"), (258, "2025"), True),
        ((130, "2025-H1"), (258, "2025"), False),
        ((339, "2025-H1"), (258, "2024"), False),
        ((339, "2024-H2"), (258, "2022/2026"), True),
    ],
)
def test_a_part_cannot_be_more_than_its_whole(part, whole, clashes):
    october, november = make_document(event_on="2025-10-02"), make_document(event_on="2025-11-02")
    claim(october, f"{part[0]} thỏa thuận", part[0], period=part[1], **AGREEMENTS)
    claim(november, f"{whole[0]} thỏa thuận", whole[0], period=whole[1], **AGREEMENTS)
    for document in (october, november, october):
        propose_comparisons(document)
    found = [(c.left.values["value"], c.right.values["value"]) for c in Comparison.objects.all()]
    assert found == ([(part[0], whole[0])] if clashes else [])


def test_rates_and_growth_do_not_add_up():
    document = make_document(event_on="2025-10-02")
    growth = {"measure": "gdp_growth", "unit": "percent", "what": "tăng trưởng"}
    claim(document, "tăng trưởng 7,5%", 7.5, period="2025-H1", **growth)
    claim(document, "cả năm 7%", 7, period="2025", **growth)
    assert propose_comparisons(document) == 0


def endpoints(day, *values, near_copy_of=None):
    document = make_document(event_on=day, near_copy_of=near_copy_of)
    for value in values:
        said = {"period": "2025-07", "measure": "endpoints", "unit": "count", "what": "điểm cầu"}
        claim(document, f"{value} điểm cầu", value, **said)
    propose_comparisons(document)
    return document


@pytest.fixture
def three_outlets():
    """79 and 94 points by three outlets: two pairs, one disagreement."""
    return [
        endpoints(day, value)
        for day, value in (("2025-07-22", 94), ("2025-07-23", 79), ("2025-07-24", 94))
    ]


def test_a_disagreement_in_several_documents_is_one(three_outlets, coordinator):
    apart = Comparison.objects.filter(verdict=Verdict.CLASH).order_by("pk")
    assert len(apart) == 2
    (shown,) = queries.list_disagreements(coordinator, verdicts=(Verdict.CLASH,))
    assert shown == apart[0]
    assert queries.count_disagreements(coordinator)[Verdict.CLASH] == 1
    assert queries.repeats_of(coordinator, [shown]) == {shown.pk: [apart[1]]}


def test_other_values_are_another_disagreement(three_outlets, coordinator):
    endpoints("2025-07-25", 81)
    rows = queries.list_disagreements(coordinator, verdicts=(Verdict.CLASH,))
    values = sorted(sorted((c.left.values["value"], c.right.values["value"])) for c in rows)
    assert values == [[79, 81], [79, 94], [81, 94]]
    assert queries.count_disagreements(coordinator)[Verdict.CLASH] == 3


def test_a_disagreement_is_decided_once_for_all_its_documents(three_outlets, coordinator):
    first, second = Comparison.objects.filter(verdict=Verdict.CLASH).order_by("pk")
    confirm_comparison(coordinator, comparison=second)
    assert not queries.list_disagreements(coordinator, verdicts=(Verdict.CLASH,)).exists()
    first.refresh_from_db()
    assert (first.state, first.decided_by) == (ComparisonState.CONFIRMED, coordinator)
    assert sorted((e.action, e.target_id) for e in AuditEntry.objects.all()) == [
        ("indicators.confirm_comparison", str(second.pk)),
        ("indicators.confirm_repeat", str(first.pk)),
    ]
    reopen_comparison(coordinator, comparison=first)
    assert set(Comparison.objects.values_list("state", flat=True)) == {ComparisonState.PROPOSED}


def test_what_a_person_may_not_decide_on_stays_open(three_outlets):
    bodies = make_tree()
    own, other = bodies["bo"], bodies["tinh"]
    for document, owner in zip(three_outlets, (own, other, other), strict=True):
        Document.objects.filter(pk=document.pk).update(owner=owner)
    first, second = Comparison.objects.filter(verdict=Verdict.CLASH).order_by("pk")
    dismiss_comparison(make_person(name="ba", body=own), comparison=first)
    second.refresh_from_db()
    assert second.state == ComparisonState.PROPOSED


def test_accepting_a_figure_keeps_the_numbers_of_its_comparisons(three_outlets):
    before = list(Comparison.objects.order_by("pk").values_list("pk", "left", "right"))
    for document in three_outlets:
        statement = document.statements.get()
        statement.state = StatementState.ACCEPTED
        statement.save()
        record_figure(statement)
    assert list(Comparison.objects.order_by("pk").values_list("pk", "left", "right")) == before


def test_a_corrected_figure_loses_only_what_no_longer_holds(three_outlets):
    kept = Comparison.objects.get(verdict=Verdict.AGREE)
    changed = three_outlets[1].statements.get()
    changed.corrected = {**changed.data, "period": "2024-12"}
    changed.state = StatementState.ACCEPTED
    changed.save()
    record_figure(changed)
    assert list(Comparison.objects.all()) == [kept]
