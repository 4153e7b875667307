"""As of a day: who was there, who answers for whom, who held an office, which level held."""

from datetime import date

import pytest

from diemcau.directory.models import Body, Partner
from diemcau.directory.queries import (
    agreements_of,
    answers_for,
    bodies_on,
    current_level,
    holders_on,
    levels_on,
    list_partners,
    responsible_on,
)
from diemcau.directory.resolution import resolve_name

pytestmark = pytest.mark.django_db

DECEMBER = date(2024, 12, 20)
TODAY = date(2026, 11, 21)


def _refs(found):
    return {one.ref for one in found}


def test_ministries_and_provinces_of_a_day():
    assert "mpi" in _refs(bodies_on(DECEMBER, kinds=["ministry"]))
    assert "mof-2025" not in _refs(bodies_on(DECEMBER, kinds=["ministry"]))
    assert bodies_on(TODAY, kinds=["ministry"]).count() == 17
    assert bodies_on(DECEMBER, kinds=["province", "city"]).count() == 63
    assert bodies_on(TODAY, kinds=["province", "city"]).count() == 34
    assert bodies_on(date(2025, 6, 30), kinds=["province", "city"]).count() == 63
    assert bodies_on(date(2025, 7, 1), kinds=["province", "city"]).count() == 34


def test_code_24_is_two_bodies():
    codes = {d: bodies_on(d).get(code="24") for d in (date(2022, 6, 30), date(2026, 6, 30))}
    assert [b.name for b in codes.values()] == ["Bắc Giang", "Bắc Ninh"]
    assert _refs(bodies_on(DECEMBER, words="bac ninh", kinds=["province"])) == {"tinh-bac-ninh"}


@pytest.mark.parametrize("words", ["nông nghiệp", "NONG NGHIEP", "Bộ NN&PTNT", "nongnghiep"])
def test_search_with_or_without_marks(words):
    assert "mard" in _refs(bodies_on(DECEMBER, words=words))


def test_a_task_of_december_2024_is_the_finance_ministry_s_today():
    found = responsible_on("mpi", TODAY)
    assert found.responsible == "mof-2025"
    assert "mpi" in answers_for("mof-2025", TODAY).whole
    assert set(answers_for("mof-2025", TODAY).whole) == {"csmc", "mof", "mpi", "vss"}
    assert responsible_on("mpi", DECEMBER).responsible == "mpi"
    assert answers_for("mof", DECEMBER).whole == ()


def test_the_labour_ministry_s_task_asks_which_successor():
    assert responsible_on("molisa", TODAY).responsible is None
    for ref in ("moha-2025", "moet", "moh", "mae-2025"):
        assert answers_for(ref, TODAY).to_confirm == ("molisa",)


def test_a_new_province_answers_for_the_old_ones():
    assert set(answers_for("tinh-bac-ninh-2025", TODAY).whole) == {
        "tinh-bac-giang",
        "tinh-bac-ninh",
    }
    assert set(answers_for("ubnd.tp-ho-chi-minh-2025", TODAY).whole) == {
        "ubnd.tinh-binh-duong",
        "ubnd.tinh-ba-ria-vung-tau",
        "ubnd.tp-ho-chi-minh",
    }


def test_holders_of_an_office_over_time():
    mofa = Body.objects.get(ref="mofa")

    def ministers(day):
        return [
            (h.holding.person.name, h.how, h.holding.is_acting)
            for h in holders_on(mofa, day)
            if h.holding.office.ref == "minister@mofa"
        ]

    assert ministers(DECEMBER) == [("Bùi Thanh Sơn", "seen", False)]
    assert ministers(date(2025, 7, 1)) == [("Bùi Thanh Sơn", "last_seen", False)]
    assert ministers(date(2025, 9, 1)) == [("Lê Hoài Trung", "held", True)]
    assert ministers(date(2025, 12, 1)) == [("Lê Hoài Trung", "held", False)]


def test_levels_of_relations_on_a_day():
    france = Partner.objects.get(ref="fr")
    uk = Partner.objects.get(ref="gb")
    assert france.pk not in levels_on(date(2024, 10, 6))
    assert levels_on(date(2024, 10, 7))[france.pk].level == "comprehensive_strategic"
    assert current_level(uk.levels.all(), date(2025, 10, 28)).level == "strategic"
    assert current_level(uk.levels.all(), date(2025, 10, 29)).level == "comprehensive_strategic"
    held = [row.level for row in levels_on(date(2025, 12, 31)).values()]
    assert [held.count(k) for k in ("comprehensive_strategic", "strategic", "comprehensive")] == [
        14,
        14,
        14,
    ]


def test_agreements_of_a_member_state_show_its_own_side():
    france = Partner.objects.get(ref="fr")
    union = Partner.objects.get(ref="eu")
    found = {a.partner.ref: stages for a, stages in agreements_of(france, blocs=[union.pk])}
    assert set(found) == {"evfta", "evipa"}
    assert [(s.stage, s.side and s.side.ref) for s in found["evipa"]] == [
        ("signed", None),
        ("not_ratified", "fr"),
    ]
    israel = Partner.objects.get(ref="il")
    ((_vifta, stages),) = agreements_of(israel, blocs=[])
    assert [(s.side.ref, s.on) for s in stages if s.stage == "in_force"] == [
        ("vn", "2024-10-15"),
        ("il", "2024-11-17"),
    ]


def test_partners_are_found_by_any_spelling():
    for words in ("Ả-rập Xê-út", "saudi", "a rap xe ut"):
        assert "sa" in _refs(list_partners(words=words))
    assert _refs(list_partners(words="Dominicana")) == {"do"}
    assert "vn" not in _refs(list_partners(kind="country"))


def test_a_body_added_here_takes_part_in_resolution(editor):
    from diemcau.directory.actions import save_body

    assert resolve_name("Hội Doanh nhân Nghệ An", on=TODAY).id is None
    save_body(
        editor,
        {
            "id": "hoi-doanh-nhan-nghe-an",
            "kind": "association",
            "name": "Hội Doanh nhân Nghệ An",
            "strong": "HDN Nghệ An; BNG",
            "valid_from": "2020-01-01",
        },
        reason="Hội viên đề nghị",
    )
    assert resolve_name("HDN Nghệ An", on=TODAY).id == "hoi-doanh-nhan-nghe-an"
    assert resolve_name("HDN Nghệ An", on=date(2019, 1, 1)).id is None
    assert resolve_name("HDN Nghệ An", on=TODAY, kinds={"partner"}).id is None
    # The same short name as a ministry's: open, with both shown.
    both = resolve_name("BNG", on=TODAY)
    assert both.id is None
    assert {e.id for e in both.candidates} == {"mofa", "hoi-doanh-nhan-nghe-an"}
