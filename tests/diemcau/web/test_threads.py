"""Pages of matters said more than once: their sentence, joining them and setting them apart."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from diemcau.delivery.models import (
    ThreadChange,
)
from diemcau.documents.models import Document
from tests.diemcau.sayings import join, said
from tests.diemcau.web.asking import content_of

pytestmark = pytest.mark.django_db


def test_thread_says_the_sentence_a_leader_reads(coordinator, english):
    thread = join(said("2024-12-20"), said("2025-07-22"), said("2026-01-10"))
    sentence = "Đã yêu cầu ba lần từ tháng 12/2024, chưa có kết quả"
    assert sentence in content_of(coordinator, "threads")
    address = reverse("thread", args=[thread.pk])
    assert f"{sentence}." in coordinator.get(address).content.decode()
    told = english.get(address).content.decode()
    assert "Asked for 3 times since December 2024, nothing delivered." in told


def test_matter_is_joined_set_apart_and_put_back_on_its_pages(coordinator):
    first, second, third = said("2024-12-20"), said("2025-07-22"), said("2026-01-10")
    thread = join(first, second)
    form = {"viec": first.task.pk, "voi": third.task.pk}
    assert content_of(coordinator, "thread_join", **form).count("<blockquote") == 2
    coordinator.post(reverse("thread_join"), {**form, "reason": "cùng một việc"})
    assert thread.sayings.count() == 3
    part = reverse("thread_part", args=[thread.pk])
    coordinator.post(part, {"tach": [third.pk], "reason": "việc khác"})
    assert thread.sayings.count() == 2
    change = ThreadChange.objects.get(kind="part")
    coordinator.post(reverse("thread_undo", args=[change.pk]))
    assert thread.sayings.count() == 3
    text = coordinator.get(reverse("thread", args=[thread.pk])).content.decode()
    assert "đã hoàn lại ngày" in text


def test_refusal_is_told_and_changes_nothing(coordinator):
    thread = join(said("2024-12-20"), said("2025-07-22"))
    response = coordinator.post(reverse("thread_part", args=[thread.pk]), {"tach": []}, follow=True)
    assert gettext("Say why, in a few words.") in response.content.decode()
    assert thread.sayings.count() == 2


def test_who_may_only_look_changes_no_matter(reader):
    first, second = said("2024-12-20"), said("2025-07-22")
    thread = join(first, second)
    change = ThreadChange.objects.get()
    form = {"viec": first.task.pk, "voi": second.task.pk, "tach": [second.pk], "reason": "thử"}
    for address in (
        reverse("thread_join"),
        reverse("thread_part", args=[thread.pk]),
        reverse("thread_undo", args=[change.pk]),
    ):
        assert reader.post(address, form).status_code == 403
    assert thread.sayings.count() == 2


def test_matter_nobody_may_see_is_not_there(reader):
    thread = join(said("2024-12-20"), said("2025-07-22"))
    Document.objects.update(is_closed=True)
    assert reader.get(reverse("thread", args=[thread.pk])).status_code == 404
