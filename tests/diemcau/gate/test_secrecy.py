"""A file with marks of secrecy: nothing of it is stored until a person decides."""

import json
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diemcau.accounts.models import Delegation, Role
from diemcau.audit.models import AuditEntry
from diemcau.cli import main
from diemcau.commands.run import read_folder
from diemcau.documents.models import Document
from diemcau.gate.actions import (
    GateRefused,
    decide_open,
    decide_paper,
    decide_refused,
    record_paper,
)
from diemcau.gate.models import PaperRecord, Stop
from diemcau.gate.passing import Stopped
from diemcau.review.intake import take_in
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT

pytestmark = pytest.mark.django_db

SECRET = f"TỐI MẬT\n{REPORT}".encode()
NAME = "phuong-an-dam-phan.txt"
REASON = "Dấu trên bản mẫu tập huấn"


def _stop(person, data=SECRET, name=NAME):
    with pytest.raises(Stopped) as stopped:
        take_in(person, data=data, name=name)
    return stopped.value


def test_nothing_of_the_file_is_stored_but_its_hash(person):
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    refused = _stop(person)
    assert "TỐI MẬT" in refused.vi
    assert NAME in refused.vi
    assert not Document.objects.exists()
    assert {p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()} <= before
    entry = AuditEntry.objects.get()
    kept = json.dumps([entry.detail, list(Stop.objects.values())], default=str)
    assert (entry.action, entry.detail["marks"]) == ("gate.stop", [["secrecy.stamp", "secret"]])
    assert NAME not in kept
    assert "ngoại giao" not in kept


def test_who_says_that_it_is_not_secret_gives_a_reason_and_it_goes_in(person):
    stop = _stop(person).stop
    with pytest.raises(GateRefused):
        decide_open(make_person(Role.APPROVER), stop, reason=" ")
    decide_open(make_person(Role.COORDINATOR), stop, reason=REASON)
    taken = take_in(person, data=SECRET, name=NAME)
    assert taken.is_new
    entries = {e.action: e for e in AuditEntry.objects.all()}
    assert entries["gate.decide_open"].reason == REASON
    assert entries["documents.take_in"].detail["cleared"] == stop.pk


def test_another_file_with_the_same_stamp_is_another_decision(person):
    decide_open(None, _stop(person).stop, reason=REASON)
    _stop(person, data=SECRET + b"\n.")
    assert Stop.objects.count() == 2


def test_who_may_bring_files_may_not_clear_them(person):
    stop = _stop(person).stop
    with pytest.raises(PermissionDenied):
        decide_open(person, stop, reason=REASON)


def test_a_refused_file_is_refused_again_until_somebody_thinks_better_of_it(person):
    decide_refused(person, _stop(person).stop)
    again = _stop(person)
    assert "đã bị từ chối" in again.vi
    assert Stop.objects.get().decision == "refused"
    decide_open(make_person(), again.stop, reason=REASON)
    assert take_in(person, data=SECRET, name=NAME).is_new
    with pytest.raises(GateRefused):
        decide_refused(person, again.stop)


def test_a_paper_record_says_where_the_paper_is_and_nothing_else(person):
    stop = _stop(person).stop
    given = {"number": "15/BC-BNG-m", "issued_on": date(2025, 3, 5), "issuer": "Bộ Ngoại giao"}
    with pytest.raises(GateRefused):
        decide_paper(person, stop, **given, kept_at="")
    paper = decide_paper(person, stop, **given, kept_at="Văn thư mật, tủ 3")
    assert paper.stop.decision == "paper"
    assert AuditEntry.objects.filter(action="gate.decide_paper").count() == 1
    assert _stop(person).stop == stop


def test_a_paper_nobody_brought_a_file_of_is_recorded_too(person):
    record_paper(person, number="", issued_on=None, issuer="Bộ Công Thương", kept_at="Phòng 204")
    assert PaperRecord.objects.get().number == ""


def test_the_same_stop_is_one_row_and_each_try_one_entry(person):
    _stop(person)
    _stop(person)
    assert Stop.objects.count() == 1
    assert [e.detail["again"] for e in AuditEntry.objects.order_by("pk")] == [False, True]


def test_a_stamp_in_the_properties_or_the_watermark_stops_too(person):
    import io

    import docx

    made = docx.Document()
    made.core_properties.subject = "MẬT"
    made.add_paragraph("Báo cáo tình hình thị trường quý I.")
    out = io.BytesIO()
    made.save(out)
    assert [m.level for m in _stop(person, data=out.getvalue(), name="a.docx").marks] == [
        "confidential"
    ]


def test_a_folder_goes_on_and_says_how_to_decide(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_bytes(SECRET)
    (tmp_path / "c.txt").write_text(REPORT + "\nThêm một câu.")
    read_folder(tmp_path)
    said = capsys.readouterr().out
    assert "2 tệp mới" in said
    assert "1 tệp dừng vì dấu hiệu mật" in said
    assert "diemcau secrecy open" in said
    assert str(tmp_path / "b.txt") in said
    assert Document.objects.count() == 2


def test_the_command_decides_by_the_file_or_by_its_code(tmp_path, capsys):
    path = tmp_path / "b.txt"
    path.write_bytes(SECRET)
    assert main(["secrecy", "open", str(path), "--reason", REASON]) == 1
    stop = _stop(None).stop
    assert main(["secrecy", "list"]) == 0
    assert stop.code in capsys.readouterr().out
    assert main(["secrecy", "refuse", stop.code]) == 0
    assert main(["secrecy", "open", str(path), "--reason", "x"]) == 1
    assert main(["secrecy", "open", str(path), "--reason", REASON]) == 0
    assert AuditEntry.objects.filter(action="gate.decide_open").get().origin == "cli"
    other = _stop(None, data=SECRET + b".").stop
    where = ["--issuer", "Bộ Ngoại giao", "--kept-at", "Văn thư mật", "--date", "2025-03-05"]
    assert main(["secrecy", "paper", other.code, *where[:-1], "5/3/2025"]) == 1
    assert main(["secrecy", "paper", other.code, *where]) == 0
    assert PaperRecord.objects.get().issued_on == date(2025, 3, 5)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_nobody_clears_their_own_file_while_somebody_else_could(role):
    brought, other = make_person(role, name="a"), make_person(Role.APPROVER, name="b")
    stop = _stop(brought).stop
    with pytest.raises(PermissionDenied):
        decide_open(brought, stop, reason=REASON)
    decide_open(other, stop, reason=REASON)
    assert "alone" not in AuditEntry.objects.get(action="gate.decide_open").detail
    assert take_in(brought, data=SECRET, name=NAME).is_new


def test_who_is_alone_decides_and_the_log_says_so(person):
    keeper = make_person(Role.ADMINISTRATOR, name="a")
    gone = make_person(Role.SECRETARIAT, name="b")
    stop = _stop(keeper).stop
    with pytest.raises(PermissionDenied):
        decide_open(keeper, stop, reason=REASON)
    gone.is_active = False
    gone.save()
    # Who only reports decides on nobody's file, so that the keeper is alone.
    decide_open(keeper, stop, reason=REASON)
    assert AuditEntry.objects.get(action="gate.decide_open").detail["alone"] is True


def test_who_was_lent_the_role_is_a_second_person():
    keeper = make_person(Role.SECRETARIAT, name="a")
    stands_in = make_person(Role.READER, name="b")
    today = timezone.localdate()
    Delegation.objects.create(
        grant=keeper.grants.get(), to=stands_in, starts_on=today, ends_on=today,
        made_at=timezone.now(),
    )  # fmt: skip
    stop = _stop(keeper).stop
    with pytest.raises(PermissionDenied):
        decide_open(keeper, stop, reason=REASON)
    decide_open(stands_in, stop, reason=REASON)


@pytest.fixture
def bodies(db):
    from diemcau.directory.models import Body, Source

    source = Source.objects.create(key="thu", what="thử")
    make = {"kind": "ministry", "source": source, "sure": "A"}
    return [Body.objects.create(ref=r, name=r, sort=r, folded=r, **make) for r in ("mot", "hai")]


def test_who_confirms_over_the_body_decides_and_another_body_neither_sees_nor_decides(bodies):
    from django.urls import reverse

    from tests.diemcau.people import client_of

    ours, theirs = bodies
    reporter = make_person(Role.REPORTER, name="a", body=ours)
    approver = make_person(Role.APPROVER, name="b", body=ours)
    stranger = make_person(Role.APPROVER, name="c", body=theirs)
    stop = _stop(reporter).stop
    assert stop.owner == ours
    for person, status in ((reporter, 200), (approver, 200), (stranger, 404)):
        address = reverse("stop", args=[stop.pk])
        assert client_of(person).get(address).status_code == status
    for decide in (decide_open, decide_refused):
        with pytest.raises(PermissionDenied):
            decide(stranger, stop, reason=REASON)
    # Who brought a file does not say so of it while somebody else could: here the desk.
    desk = make_person(Role.SECRETARIAT, name="d")
    second = _stop(approver, data=SECRET + b"\n.").stop
    with pytest.raises(PermissionDenied):
        decide_open(approver, second, reason=REASON)
    desk.is_active = False
    desk.save()
    # Who decides over another body is nobody else here.
    decide_open(approver, second, reason=REASON)
    decide_open(approver, stop, reason=REASON)
    assert take_in(reporter, data=SECRET, name=NAME).document.owner == ours


def test_nobody_files_a_stop_under_another_body(bodies):
    from diemcau.documents.custody import Custody

    reporter = make_person(Role.REPORTER, body=bodies[0])
    with pytest.raises(PermissionDenied):
        take_in(reporter, data=SECRET, name=NAME, custody=Custody(bodies[1].pk))
    assert not Stop.objects.exists()


def _mail(*attached):
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Báo cáo tháng", "a@vi.du"
    mail.set_content("Kính gửi anh báo cáo kèm theo. Bộ Ngoại giao đôn đốc việc thực hiện.")
    for name, data in attached:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_what_came_with_a_mail_stops_the_mail(person):
    nested = _mail(("b.txt", SECRET))
    for data in (_mail(("a.txt", REPORT.encode()), ("b.txt", SECRET)), _mail(("c.eml", nested))):
        with pytest.raises(Stopped):
            take_in(person, data=data, name="thu.eml")
    assert not Document.objects.exists()
    assert take_in(person, data=_mail(("a.txt", REPORT.encode())), name="thu.eml").is_new
