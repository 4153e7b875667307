"""A person brings a marked file, decides on it where it was stopped, and it goes in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role
from diemcau.documents.models import Document
from diemcau.gate.actions import record_paper, record_stop
from diemcau.gate.models import HeldFile, HeldState, PaperRecord, Stop
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT
from tests.web.accessibility import faults_of, in_two_ways
from vanban.secrecy import Mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = f"TỐI MẬT\n{REPORT}"


def _sent(page, tmp_path, **files):
    paths = []
    for name, text in files.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text)
        paths.append(path)
    page.set_input_files("#files", paths)
    page.click("form[data-upload] button.primary")


def test_who_decides_need_not_look_for_the_file_again(open_page, tmp_path):
    page = open_page(reverse("upload"), person=make_person())
    _sent(page, tmp_path, a=REPORT, b=SECRET)
    stopped = page.locator("li.stopped")
    expect(stopped).to_contain_text("TỐI MẬT")
    expect(stopped.locator("[data-file]")).to_be_hidden()
    stopped.locator("[value=open]").check()
    stopped.locator("[name=reason]").fill("ngắn")
    stopped.locator("button.primary").click()
    expect(page.locator("#trouble")).to_contain_text("ít nhất mười ký tự")
    stopped.locator("[name=reason]").fill("Dấu trên bản mẫu tập huấn")
    stopped.locator("button.primary").click()
    expect(page.locator("li[data-decided]")).to_be_focused()
    expect(page.locator("li[data-decided] a")).to_have_count(2)
    assert Document.objects.count() == 2


def test_the_paper_is_recorded_where_the_file_was_stopped(open_page, tmp_path):
    page = open_page(reverse("upload"), person=make_person(Role.REPORTER))
    _sent(page, tmp_path, b=SECRET)
    stopped = page.locator("li.stopped")
    stopped.locator("[value=paper]").check()
    stopped.locator("[name=issuer]").fill("Bộ Ngoại giao")
    stopped.locator("[name=kept_at]").fill("Văn thư mật, tủ 3")
    stopped.locator("button.primary").click()
    expect(page.locator("li[data-decided]")).to_contain_text("bản giấy")
    assert PaperRecord.objects.get().stop == Stop.objects.get()


def test_too_much_at_once_is_said_before_it_is_sent(open_page, tmp_path):
    page = open_page(reverse("upload"), person=make_person())
    page.evaluate("document.querySelector('form[data-upload]').dataset.limit = '10'")
    _sent(page, tmp_path, a=REPORT)
    expect(page.locator("[data-too-large]")).to_be_visible()
    assert not Document.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_list_of_documents_cuts_neither_the_person_s_name_nor_its_columns(
    open_page, report, language
):
    page = open_page(reverse("documents"), person=make_person(), language=language, width=1360)
    expect(page.locator("table.documents")).to_be_visible()
    for place in (".who .name", ".scroll"):
        assert page.eval_on_selector(place, "e => e.scrollWidth - e.clientWidth") <= 0, place


@in_two_ways
def test_the_pages_of_the_gate_are_for_everybody(open_page, language, width, scheme):
    person = make_person(Role.SECRETARIAT)
    mark = Mark("secrecy.stamp", "secret", None, "TỐI MẬT")
    stop = record_stop(person, sha256="ab" * 32, size=10_000, marks=[mark])
    record_paper(person, number="15/BC", issued_on=None, issuer="Bộ Ngoại giao", kept_at="Tủ 3")
    HeldFile.objects.create(
        sha256="cd" * 32, name="bao-cao.txt", size=10_000, found="timed out",
        state=HeldState.HELD, held_at=stop.stopped_at, held_by=person,
    )  # fmt: skip
    addresses = [
        reverse("stops"),
        reverse("stop", args=[stop.pk]),
        reverse("held"),
        reverse("papers"),
        reverse("documents"),
    ]
    page = open_page(language=language, width=width, color_scheme=scheme, person=person)
    assert faults_of(page, addresses) == {}
