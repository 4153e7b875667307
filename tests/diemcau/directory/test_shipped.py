"""Loading the shipped rows: complete, idempotent, and never over what was changed here."""

import pytest

from diemcau.audit.models import AuditEntry
from diemcau.directory.models import Body, BodyName, Partner, PartnerName, Succession
from diemcau.directory.shipped import ensure_shipped_rows, load_shipped_rows
from vanban.data import load

pytestmark = pytest.mark.django_db


def test_every_shipped_row_is_there():
    assert not ensure_shipped_rows()
    assert Partner.objects.count() == len(load("partners"))
    assert Body.objects.filter(kind__in=["province", "city"]).count() == len(
        load("bodies/provinces")
    )
    assert Body.objects.filter(kind="peoples_committee").count() == len(load("bodies/provinces"))
    assert Body.objects.get(ref="dsq-cn").accreditations.count() == 2


def test_loading_again_changes_nothing():
    def state():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Body, BodyName, Partner, PartnerName, Succession)
        ]

    before = state()
    counts = load_shipped_rows(None)
    assert state() == before
    assert (counts["added"], counts["changed"]) == (0, 0)
    detail = AuditEntry.objects.filter(action="directory.load").last().detail
    assert counts.items() <= detail.items()


def test_a_row_set_wrong_is_set_right_and_a_local_one_is_left():
    Body.objects.filter(ref="mofa").update(name="Bộ Sai")
    Body.objects.filter(ref="moit").update(name="Bộ của ta", is_local=True)
    counts = load_shipped_rows(None)
    assert counts["changed"] == 1
    assert Body.objects.get(ref="mofa").name == "Bộ Ngoại giao"
    assert Body.objects.get(ref="moit").name == "Bộ của ta"


def test_lists_sort_as_vietnamese_does():
    names = list(
        Body.objects.filter(kind__in=["province", "city"], valid_to=None).values_list(
            "name", flat=True
        )
    )
    assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert names.index("Đà Nẵng") > names.index("Cần Thơ")
