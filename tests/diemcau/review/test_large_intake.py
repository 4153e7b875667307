"""A long text with thousands of tasks comes in quickly and within memory."""

import os
import re
import subprocess
import sys

import pytest

_TAKE_IN = """
import resource, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
import django
django.setup()
from django.core.management import call_command
from diemcau.documents.models import Statement
from diemcau.review.intake import take_in
call_command("migrate", verbosity=0)
line = {line!r}
began = time.process_time()
take_in(None, data="".join(line.replace("#", str(i)) for i in range({n})).encode(), name="a.txt")
print("seconds", time.process_time() - began)
print("statements", Statement.objects.count())
# Not ru_maxrss: Linux keeps the parent's over exec.
peak = next(s for s in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in s)
print("mb", int(peak.split()[1]) / 1024)
"""


def _measure(tmp_path, line, *, n):
    done = subprocess.run(
        [sys.executable, "-c", _TAKE_IN.format(line=line, n=n)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "diemcau.settings",
            "DIEMCAU_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {k: float(v) for k, v in re.findall(r"^(\w+) ([\d.]+)$", done.stdout, re.M)}


TASK = "Thủ tướng yêu cầu các bộ, ngành đẩy mạnh xúc tiến thương mại đợt #; "
GROWTH = "Năm 2024, kim ngạch xuất khẩu của Việt Nam đạt #,5 tỷ USD, tăng 14,3% so với năm 2023.\n"


@pytest.mark.parametrize(("line", "n"), [(TASK, 11_600), (GROWTH, 1100)])
def test_like_lines_by_the_thousand(tmp_path, line, n):
    seen = _measure(tmp_path, line, n=n)
    assert seen["statements"] > 2000
    assert seen["mb"] < 500
    # Of the processor's time, a few seconds; it may be a slow one.
    assert seen["seconds"] < 20
