"""Real worker processes on a database of their own, killed by the system in the middle of a job."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_ASK = """
import sys, django; django.setup()
from diemcau.jobs.asking import ask
print(ask("tests.count", by=None, arguments={"n": 20, "pause": 0.1}).pk)
"""
_WORK = """
import sys, django; django.setup()
from datetime import timedelta
import tests.diemcau.jobs.kinds
from diemcau.jobs.worker import Worker
Worker(lease=timedelta(seconds=1)).run(once=sys.argv[1] == "once")
"""
_SEE = """
import json, django; django.setup()
from diemcau.jobs.models import Job
from tests.diemcau.jobs.kinds import marks
job = Job.objects.get(kind="tests.count")
print(json.dumps([job.state, job.done, marks()]))
"""


def test_killed_workers_leave_nothing_doubled_and_nothing_lost(make_installation):
    """Two workers at once on a real database, one after the other killed by the system."""
    one = make_installation()
    one.env["PYTHONPATH"] += os.pathsep + str(Path(__file__).resolve().parents[3])
    assert one.run("prepare").returncode == 0
    one.do(_ASK)

    def start(way):
        return subprocess.Popen([sys.executable, "-c", _WORK, way], env=one.env)

    began = one.home / "began"
    began.touch()
    for n in (3, 8):
        workers, until = [start("on"), start("on")], time.monotonic() + 60
        while len(began.read_text().splitlines()) < n:
            assert time.monotonic() < until, "the workers did not come on"
            time.sleep(0.01)
        for worker in workers:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
    time.sleep(1.1)
    assert start("once").wait(60) == 0
    state, done, steps = json.loads(one.do(_SEE))
    assert (state, done, steps) == ("done", 20, [[at] for at in range(20)])
    # Each time they were killed inside a step, which was then done once more.
    assert len(began.read_text().splitlines()) > 20


def test_the_command_works_off_what_waits(make_installation):
    one = make_installation()
    assert one.run("prepare").returncode == 0
    one.do("import django; django.setup()\nfrom diemcau.jobs.asking import ask\nask('no', by=None)")
    done = one.run("work", "--once")
    assert (done.returncode, done.stdout.strip()) == (0, "Đã làm 1 việc. / 1 jobs done.")
