"""Search: whole syllables, in a row first, and the names among a statement's values."""

from importlib import import_module

import pytest
from django.apps import apps

from diemcau.accounts.models import Role
from diemcau.documents.models import Statement
from diemcau.documents.search import highlight, search_statements, search_texts, terms_of
from diemcau.review.actions import correct_statement, undo_decision
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


def quotes(query):
    return [s.quote for s in search_statements(None, terms_of(query))]


def test_a_syllable_is_not_found_inside_another():
    document = make_document()
    make_statement(document, "shortcomings", "công nghệ của bản tin còn kém")
    make_statement(document, "shortcomings", "khoa học chậm")
    wanted = make_statement(document, "shortcomings", "vốn vào Nghệ An còn ít")
    assert quotes("Nghệ An") == [wanted.quote]
    assert quotes("Hoà") == []
    assert quotes("nghe") == ["công nghệ của bản tin còn kém", wanted.quote]
    assert quotes("93/NQ") == []
    make_statement(document, "instruments", "Nghị quyết (93/NQ-CP)")
    assert quotes("93/nq-cp") == quotes("(93") == ["Nghị quyết (93/NQ-CP)"]


def test_terms_in_a_row_come_before_terms_apart_even_of_later_meetings():
    apart = make_document(event_on="2025-07-22", name="sau.txt")
    make_statement(apart, "shortcomings", "an ninh mạng và công nghệ nghệ")
    row = make_document(event_on="2021-07-22", name="trước.txt")
    make_statement(row, "shortcomings", "tỉnh Nghệ\nAn còn chậm", sentence="tỉnh Nghệ\nAn còn chậm")
    assert quotes("nghe an") == ["tỉnh Nghệ\nAn còn chậm", "an ninh mạng và công nghệ nghệ"]
    assert quotes('"nghe an"') == ["tỉnh Nghệ\nAn còn chậm"]
    hits = search_texts(None, terms_of("nghe an"))
    assert [hit.version.document for hit in hits] == [row, apart]
    assert "tỉnh Nghệ An" in hits[0].snippet
    assert search_texts(None, terms_of("nin")) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("tasks", {"action": "làm", "issuer": "Thủ tướng", "assignees": ["Bộ Công Thương", "A"]}),
        ("figures", {"subject": "Bộ Công Thương", "value": 3}),
        ("partners", {"name": "Bộ Công Thương"}),
    ],
)
def test_a_statement_is_found_by_the_names_in_its_values(kind, values):
    made = make_statement(make_document(), kind, "ba việc", **values)
    assert quotes("cong thuong") == [made.quote]
    assert quotes('"thuong a"') == []


def test_a_correction_changes_what_a_statement_is_found_by():
    made = make_statement(
        make_document(), "partners", "nước bạn", name="Lào", type="country", relation="visited"
    )
    values = {"name": "Ai Cập", "type": "country", "relation": "visited"}
    person = make_person(Role.COORDINATOR)
    correct_statement(person, made.pk, values=values)
    assert (quotes("Lào"), quotes("ai cap")) == ([], ["nước bạn"])
    undo_decision(person, made.pk)
    assert (quotes("Lào"), quotes("ai cap")) == (["nước bạn"], [])


def test_only_whole_syllables_are_marked():
    pieces = highlight("công nghệ, an toàn, bản", terms_of("an ban"))
    assert [text for text, on in pieces if on] == ["an", "bản"]


@pytest.mark.parametrize("query", ["a.*", "(", "[x", "\\", "a|b", "^", "$5", "+ +", "ß", "中"])
def test_signs_are_looked_for_as_they_are(query):
    make_statement(make_document(), "shortcomings", f"gặp {query} rồi")
    assert quotes(query) == [f"gặp {query} rồi"]
    assert quotes("aa") == []


def test_statements_from_before_are_filled_in():
    make_statement(make_document(), "partners", "nước bạn", name="Lào")
    Statement.objects.update(sought="")
    assert quotes("lao") == []
    import_module("diemcau.documents.migrations.0005_fill_sought").fill(apps, None)
    assert quotes("lao") == ["nước bạn"]
