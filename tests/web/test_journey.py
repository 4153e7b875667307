"""The whole loop in a real browser: from a file on the desk to its sentence behind the register."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role, User
from diemcau.delivery.models import Task
from diemcau.documents.models import Document, Statement, StatementState
from tests.diemcau.people import give_role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAMPLE = Path(__file__).parents[2] / "samples" / "01-giao-ban-cuoi-nam-2024.txt"
NAME, PASSWORD = "lan", "mot-mat-khau-du-dai"


@pytest.mark.parametrize(("language", "width"), [("vi", 1360), ("en", 360)])
def test_from_a_report_to_the_register_and_back_to_its_sentence(open_page, language, width):
    person = User.objects.create_user(NAME, password=PASSWORD)
    give_role(person, Role.COORDINATOR)

    page = open_page("/", language=language, width=width)
    page.fill("#id_username", NAME)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("nav.rail")

    page.click(f'nav a[href="{reverse("documents")}"]')
    page.click(f'a.button[href="{reverse("upload")}"]')
    page.set_input_files("#files", SAMPLE)
    page.click("form[data-upload] button.primary")
    expect(page.locator(".outcomes")).to_contain_text(SAMPLE.name)
    document = Document.objects.get()

    page.click(f'.outcomes a[href="{reverse("review_document", args=[document.pk])}"]')
    page.click(".kinds a.k-tasks")
    tasks = list(document.statements.filter(kind="tasks")[:3])
    for task in tasks:
        page.wait_for_selector(f'#c{task.pk}[aria-current="true"]')
        page.keyboard.press("a")
        page.wait_for_selector(f'#c{task.pk}[data-state="accepted"]')
    accepted = Statement.objects.filter(state=StatementState.ACCEPTED)
    assert list(accepted) == tasks
    assert set(accepted.values_list("decided_by__username", flat=True)) == {NAME}

    page.click(f'nav a[href="{reverse("tasks")}"]')
    page.wait_for_url(f"**{reverse('tasks')}*")
    shown = page.inner_text("main")
    for task in tasks:
        assert Task.objects.get(statement=task).title in shown
    last = tasks[-1]
    page.click(f'main a[href="{reverse("task", args=[last.task.pk])}"]')
    page.click(f'.sentence a[href="{reverse("statement", args=[last.pk])}"]')
    page.wait_for_url(f"**{reverse('document', args=[document.pk])}?s={last.pk}*")
    lit = page.locator(f'.text mark.here[data-s~="{last.pk}"]').all_inner_texts()
    assert "".join(lit) == last.quote
    expect(page.locator(f"#s{last.pk}")).to_be_in_viewport()
