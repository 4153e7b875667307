"""The server's workers leave in peace, however often they are asked to."""

import os
import signal
import time

from tests.installation import SOURCE, free_port

_SLOW_END = """
import atexit, time
def end():
    time.sleep(1)
    print("ended", flush=True)
atexit.register(end)
"""


def test_a_worker_asked_twice_to_stop_ends_as_it_would(filled, tmp_path):
    folder = tmp_path / "slow"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_SLOW_END)
    port = free_port()
    server = filled.start(port, PYTHONPATH=f"{folder}{os.pathsep}{SOURCE}", DIEMCAU_WORKERS="1")
    filled.until_live(f"http://127.0.0.1:{port}", server)
    os.killpg(server.pid, signal.SIGINT)
    time.sleep(0.6)
    os.killpg(server.pid, signal.SIGINT)
    out, _ = server.communicate(timeout=60)
    assert "Traceback" not in out
    # The worker's end and the server's own.
    assert out.count("ended") == 2
    assert server.returncode == 0
