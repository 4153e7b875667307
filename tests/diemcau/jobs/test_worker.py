"""Work in steps: taken once, gone on with, cancelled, stopped by an error, killed in the middle."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.jobs.actions import JobRefused, cancel_job, resume_job
from diemcau.jobs.asking import ask
from diemcau.jobs.models import Job, JobState
from diemcau.jobs.queries import list_jobs
from diemcau.jobs.worker import Worker, run_job
from tests.diemcau.jobs.kinds import marks
from tests.diemcau.people import make_person

pytestmark = pytest.mark.django_db


def test_a_job_is_done_step_by_step():
    job = run_job(ask("tests.count", by=None, arguments={"n": 5}))
    assert (job.state, job.done, job.total, job.percent) == (JobState.DONE, 5, 5, 100)
    assert (job.cursor, job.result, job.taken_by) == ({"at": 5}, {"counted": 5}, "")
    assert [at for (at,) in marks()] == [0, 1, 2, 3, 4]


def test_a_key_asks_once_and_the_future_waits():
    one = ask("tests.count", by=None, arguments={"n": 1}, key="hằng ngày:1")
    assert ask("tests.count", by=None, arguments={"n": 9}, key="hằng ngày:1") == one
    later = ask("tests.count", by=None, not_before=timezone.now() + timedelta(hours=1))
    assert Worker().run(once=True) == 1
    later.refresh_from_db()
    assert later.state == JobState.WAITING


def test_an_error_stops_with_a_sentence_and_work_goes_on_where_it_was():
    person = make_person()
    job = run_job(ask("tests.count", by=person, arguments={"n": 5, "stop_at": 3}))
    assert (job.state, job.message, job.done) == (JobState.FAILED, "thiếu tệp số 3", 3)
    Job.objects.filter(pk=job.pk).update(arguments={"n": 5})
    resume_job(person, job=job.pk)
    assert run_job(job).state == JobState.DONE
    assert [at for (at,) in marks()] == [0, 1, 2, 3, 4]


def test_a_fault_of_ours_undoes_the_step_and_is_told():
    job = run_job(ask("tests.count", by=None, arguments={"n": 5, "break_at": 2}))
    assert (job.state, job.done) == (JobState.FAILED, 2)
    assert "KeyError" in job.message
    job = run_job(ask("tests.unknown", by=None))
    assert job.state == JobState.FAILED
    assert "tests.unknown" in job.message


def test_who_asked_cancels_and_nobody_else():
    person, stranger = make_person(), make_person(Role.APPROVER)
    job = ask("tests.count", by=person, arguments={"n": 5})
    assert list(list_jobs(stranger)) == []
    with pytest.raises(PermissionDenied):
        cancel_job(stranger, job=job.pk)
    cancel_job(person, job=job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    with pytest.raises(JobRefused):
        cancel_job(person, job=job.pk)
    assert Worker().run(once=True) == 0
    assert resume_job(person, job=job.pk).state == JobState.WAITING
    assert run_job(job).done == 5
    with pytest.raises(JobRefused):
        resume_job(person, job=job.pk)
    named = AuditEntry.objects.filter(action__startswith="jobs.").values_list("action", flat=True)
    assert sorted(named) == ["jobs.cancel", "jobs.resume"]


def test_work_that_is_cancelled_while_it_runs_ends_after_its_step():
    job = ask("tests.count", by=None, arguments={"n": 5})
    worker = Worker()
    taken = worker._take(job.pk)
    cancel_job(None, job=job.pk)
    worker.work_on(taken)
    job.refresh_from_db()
    assert (job.state, job.done, marks()) == (JobState.CANCELLED, 0, [])


def test_a_lease_keeps_others_away_until_it_is_over():
    job = ask("tests.count", by=None, arguments={"n": 3})
    slow, quick = Worker(), Worker()
    held = slow._take(job.pk)
    assert quick._take(job.pk) is None
    Job.objects.update(taken_until=timezone.now() - timedelta(seconds=1))
    assert quick.run(once=True) == 1
    # It wakes up, and finds that the work is another's.
    slow.work_on(held)
    assert [at for (at,) in marks()] == [0, 1, 2]


def test_work_that_never_gets_on_is_given_to_a_person():
    job = ask("tests.count", by=None, arguments={"n": 3})
    for _ in range(8):
        Worker()._take(job.pk)
        Job.objects.update(taken_until=timezone.now() - timedelta(seconds=1))
    assert run_job(job).state == JobState.FAILED
    assert marks() == []
