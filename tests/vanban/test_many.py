"""Many documents: the function on every engine, and `diemcau read --out OUT.parquet`."""

import errno
import gzip
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from diemcau.cli import main
from diemcau.commands.sources import expand, reason_of
from vanban import Document, read
from vanban.many import read_file, read_text

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
TEXTS = [
    "Bộ Công Thương yêu cầu các Sở Công Thương rà soát thỏa thuận trước ngày 20/11/2025.",
    "Hai bên ký 8 văn kiện hợp tác tại Hà Nội ngày 3/11/2025.",
    "Kim ngạch xuất khẩu năm 2024 ước đạt 3,207 tỷ USD, tăng 31,2% so với năm 2023.",
    "",
    None,
]


def skip_without(*modules: str) -> pytest.MarkDecorator:
    missing = [m for m in modules if importlib.util.find_spec(m) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def table_of(n: int, path: Path, *, rows: int) -> Any:
    """A Parquet file of n texts in row groups, and what reading them by hand gives, by id."""
    texts = [TEXTS[i % len(TEXTS)] for i in range(n)]
    pq.write_table(
        pa.table({"id": [f"t{i}" for i in range(n)], "text": texts}), path, row_group_size=rows
    )
    return {
        f"t{i}": read(Document.from_text(t)).counts()["figures"] if t else None
        for i, t in enumerate(texts)
    }


def figures(path: Path) -> dict[str, int | None]:
    """How many figures each row of a result has; None for one that was not read."""
    return {
        row["id"]: sum(r["kind"] == "figures" for r in row["records"])
        if row["status"] == "read"
        else None
        for row in pq.read_table(path).to_pylist()
    }


# The function


def test_a_row_holds_what_the_reading_holds():
    row = read_text("a", TEXTS[2])
    reading = read(Document.from_text(TEXTS[2])).to_dict()
    for record in row.records:
        data = record | json.loads(record["data"])
        del data["data"]
        kind = record["kind"]
        assert any(data == wanted | {"kind": wanted.get("kind", kind)} for wanted in reading[kind])
    assert len(row.records) == sum(len(v) for v in reading.values() if isinstance(v, list))


@pytest.mark.parametrize("text", ["", " \n", None])
def test_no_text_is_a_row_that_says_so(text):
    row = read_text("a", text)
    assert (row.status, row.records) == ("refused", ())
    assert row.message


def test_a_mail_is_several_rows():
    mail = EmailMessage()
    mail["Subject"] = "Giao nhiệm vụ"
    mail["From"] = "a@example.vn"
    mail.set_content(TEXTS[0])
    mail.add_attachment(TEXTS[2].encode(), maintype="text", subtype="plain", filename="a.txt")
    mail.add_attachment(b"\x7fELF\0\0", maintype="application", subtype="x", filename="b.exe")
    rows = list(read_file("thu.eml", mail.as_bytes()))
    assert [(r.id, r.status) for r in rows] == [
        ("thu.eml", "read"),
        ("thu.eml/a.txt", "read"),
        ("thu.eml/b.exe", "refused"),
    ]


# Engines


@skip_without("ray", "pandas")
def test_ray_gives_the_same_on_two_workers(tmp_path):
    wanted = table_of(1200, tmp_path / "in.parquet", rows=300)
    program = (
        "import sys, ray; from vanban.many.engines import read_with_ray; "
        "ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False); "
        "read_with_ray(sys.argv[1], sys.argv[2])"
    )
    run(program, tmp_path)
    assert figures(tmp_path / "out") == wanted


@skip_without("distributed")
def test_dask_gives_the_same_on_two_workers(tmp_path):
    wanted = table_of(1200, tmp_path / "in.parquet", rows=300)
    program = (
        "import sys\n"
        "from vanban.many.engines import read_with_dask\n"
        "if __name__ == '__main__':\n"
        "    from distributed import Client\n"
        "    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:\n"
        "        read_with_dask(sys.argv[1], sys.argv[2], client=client)\n"
    )
    (tmp_path / "program.py").write_text(program)
    run(str(tmp_path / "program.py"), tmp_path)
    assert figures(tmp_path / "out") == wanted
    assert len(list((tmp_path / "out").iterdir())) == 2


@skip_without("pyspark")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_gives_the_same_on_two_workers(tmp_path):
    wanted = table_of(1200, tmp_path / "in.parquet", rows=300)
    program = (
        "import sys; from pyspark.sql import SparkSession; "
        "from vanban.many.engines import read_with_spark; "
        "session = SparkSession.builder.master('local[2]')"
        ".config('spark.ui.enabled', 'false').config('spark.driver.host', '127.0.0.1')"
        ".config('spark.driver.bindAddress', '127.0.0.1').getOrCreate(); "
        "session.conf.set('spark.sql.execution.arrow.maxRecordsPerBatch', 500); "
        "read_with_spark(sys.argv[1], sys.argv[2], session=session); session.stop()"
    )
    run(program, tmp_path)
    assert figures(tmp_path / "out") == wanted


def run(program: str, folder: Path) -> None:
    """Run a program on `in.parquet` and `out` of a folder, in a process of its own."""
    how = [program] if program.endswith(".py") else ["-c", program]
    done = subprocess.run(
        [sys.executable, *how, str(folder / "in.parquet"), str(folder / "out")],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYSPARK_PYTHON": sys.executable},
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr[-3000:]


# The command


def test_two_processes_write_the_table_one_writes(tmp_path, capsys):
    wanted = table_of(230, tmp_path / "in.parquet", rows=100)
    tables = []
    for jobs in ("1", "2"):
        out = tmp_path / f"out{jobs}.parquet"
        command = ["read", str(tmp_path / "in.parquet"), "--out", str(out)]
        assert main([*command, "--jobs", jobs, "--batch", "50"]) == 1
        tables.append(pq.read_table(out).to_pylist())
    assert tables[0] == tables[1]
    assert figures(tmp_path / "out2.parquet") == wanted
    assert [row["id"] for row in tables[1]] == list(wanted)
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.endswith("138 tài liệu đã đọc, 92 không đọc được, 0 lỗi chương trình.")
    assert {p.name for p in tmp_path.iterdir()} == {"in.parquet", "out1.parquet", "out2.parquet"}


def test_files_tables_and_archives_go_into_one_table(tmp_path):
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "06-bang-nhiem-vu-thang-9-2025.docx", tmp_path / "in")
    (tmp_path / "in" / "torn.docx").write_bytes(b"PK\x03\x04 torn")
    pq.write_table(pa.table({"body": TEXTS[:3]}), tmp_path / "in" / "t.parquet")
    (tmp_path / "in" / "pages.warc.gz").write_bytes(
        archive({"https://a.vn/1": f"<html><body><p>{TEXTS[1]}</p></body></html>".encode()})
    )
    out = tmp_path / "out.parquet"
    command = ["read", str(tmp_path / "in"), "--out", str(out), "--text-column", "body"]
    assert main([*command, "--with-text", "--ocr", "never"]) == 1
    rows = {Path(r["id"]).name: r for r in pq.read_table(out).to_pylist()}
    assert rows["1"]["id"] == "https://a.vn/1"
    assert TEXTS[1] in rows["1"]["text"]
    assert rows["torn.docx"]["status"] == "refused"
    assert "bị hỏng" in rows["torn.docx"]["message"]
    assert rows["t.parquet:3"]["text"] == TEXTS[2]
    table = rows["06-bang-nhiem-vu-thang-9-2025.docx"]
    for record in table["records"]:
        assert table["text"][record["start"] : record["end"]] == record["quote"]
    assert len(rows) == 6


def archive(pages: dict[str, bytes], head: bytes = b"") -> bytes:
    """A WARC of answers, one gzip member each, as crawlers write them; `head` goes before each."""
    out = b""
    for address, page in pages.items():
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        answer += head + b"\r\n" + page
        record = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2025-11-03T00:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        out += gzip.compress(record.encode() + answer + b"\r\n\r\n")
    return out


def test_a_run_that_was_stopped_goes_on_with_the_same_command(tmp_path):
    wanted = table_of(3000, tmp_path / "in.parquet", rows=100)
    out = tmp_path / "out.parquet"
    command = [sys.executable, "-m", "diemcau", "read", str(tmp_path / "in.parquet")]
    command += ["--out", str(out), "--batch", "20"]
    parts = tmp_path / "out.parquet.parts"
    # The reader of workers is replaced by one that hangs when three parts are written, so that the
    # run cannot be over before it is stopped.
    (tmp_path / "sitecustomize.py").write_text(
        "import pathlib, time, vanban.many.rows as rows, vanban.many as many\n"
        "whole = rows.read_text\n"
        "def hanging(*given, **more):\n"
        f"    if len(list(pathlib.Path({str(parts)!r}).glob('*.parquet'))) >= 3: time.sleep(600)\n"
        "    return whole(*given, **more)\n"
        "rows.read_text = many.read_text = hanging\n"
    )
    first = subprocess.Popen(
        command,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"},
        stderr=subprocess.PIPE,
    )
    while len(list(parts.glob("*.parquet"))) < 3 and first.poll() is None:
        time.sleep(0.02)
    first.send_signal(signal.SIGINT)
    complaint = first.communicate(timeout=60)[1].decode()
    assert first.returncode == 130, complaint
    assert "chạy lại cùng lệnh để đọc tiếp" in complaint
    assert not out.exists()
    kept = {p: p.stat().st_mtime_ns for p in parts.glob("*.parquet")}
    assert len(kept) >= 3
    assert main(["read", str(tmp_path / "in.parquet"), "--out", str(out), "--batch", "30"]) == 1
    assert not out.exists()
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    assert main(["read", str(tmp_path / "in.parquet"), "--out", str(out), "--batch", "20"]) == 1
    assert figures(out) == wanted
    assert not parts.exists()


def test_a_document_that_takes_too_long_does_not_stop_the_run(tmp_path):
    # The reader of workers is replaced by one that hangs on a word.
    (tmp_path / "sitecustomize.py").write_text(
        "import time, vanban.many as many\n"
        "whole = many.read_file\n"
        "def hanging(id, data, *, ocr=None):\n"
        "    if b'treo' in data: time.sleep(600)\n"
        "    return whole(id, data, ocr=ocr)\n"
        "many.read_file = hanging\n"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "long.txt").write_text("treo", "utf-8")
    (folder / "short.txt").write_text(TEXTS[1], "utf-8")
    out = str(tmp_path / "out.parquet")
    done = subprocess.run(
        [sys.executable, "-m", "diemcau", "read", str(folder), "--seconds", "2", "--out", out],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    long, short = pq.read_table(out).to_pylist()
    assert (long["status"], long["message"]) == ("failed", "Đọc tài liệu này quá 2 giây.")
    assert short["status"] == "read"


def test_a_document_that_kills_its_process_is_found_and_the_others_are_read(tmp_path, monkeypatch):
    # The reader of workers is replaced by one that dies on a word, as a fault in a library would.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, vanban.many.rows as rows, vanban.many as many\n"
        "whole = rows.read_file\n"
        "def deadly(id, data, *, ocr=None):\n"
        "    if b'chet' in data: os._exit(9)\n"
        "    return whole(id, data, ocr=ocr)\n"
        "many.read_file = deadly\n"
    )
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02}.txt").write_text("chet" if n == 17 else TEXTS[1], "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "diemcau",
            "read",
            str(folder),
            "--jobs",
            "2",
            "--out",
            str(tmp_path / "out.parquet"),
        ],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    statuses = [r["status"] for r in pq.read_table(tmp_path / "out.parquet").to_pylist()]
    assert statuses == ["read"] * 17 + ["failed"] + ["read"] * 22


def test_what_is_there_is_not_written_over(tmp_path, capsys):
    out = tmp_path / "out.parquet"
    out.write_bytes(b"mine")
    assert main(["read", str(SAMPLES), "--out", str(out)]) == 1
    assert out.read_bytes() == b"mine"
    assert capsys.readouterr().err.startswith(f"Đã có «{out}»")


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"PAR1 torn", "Không mở được bảng Parquet"), (None, "không có cột «text»")],
    ids=["torn", "no column"],
)
def test_a_table_that_is_not_one_is_told(tmp_path, capsys, content, found):
    path = tmp_path / "a.parquet"
    if content is None:
        pq.write_table(pa.table({"x": [1]}), path)
    else:
        path.write_bytes(content)
    assert main(["read", str(path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert found in capsys.readouterr().err


def run_read(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "diemcau", "read", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def test_a_table_named_with_a_wrong_column_leaves_nothing_in_the_way(tmp_path, capsys):
    source, out = tmp_path / "a.parquet", tmp_path / "out.parquet"
    pq.write_table(pa.table({"body": TEXTS[:2]}), source)
    command = ["read", str(source), "--out", str(out)]
    assert main(command) == 1
    assert not (tmp_path / "out.parquet.parts").exists()
    # Nor does a first try that ended before a part was whole.
    (tmp_path / "out.parquet.parts").mkdir()
    (tmp_path / "out.parquet.parts" / "job.json").write_text("another")
    assert main([*command, "--text-column", "body"]) == 0
    assert pq.read_table(out).num_rows == 2


PAGE = f"<html><body><p>{TEXTS[1]}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("page", "head"),
    [
        (gzip.compress(PAGE), b"Content-Encoding: gzip\r\n"),
        (PAGE, b"Content-Encoding: gzip\r\n"),
        (
            b"%x\r\n%b\r\n%x;x=y\r\n%b\r\n0\r\n\r\n" % (30, PAGE[:30], len(PAGE) - 30, PAGE[30:]),
            b"Transfer-Encoding: chunked\r\n",
        ),
        (PAGE, b"Transfer-Encoding: chunked\r\n"),
    ],
    ids=["packed", "said to be packed", "in chunks", "said to be in chunks"],
)
def test_a_page_of_an_archive_is_read_as_its_browser_showed_it(tmp_path, page, head):
    (tmp_path / "a.warc.gz").write_bytes(archive({"https://a.vn/1": page}, head))
    out = tmp_path / "out.parquet"
    assert main(["read", str(tmp_path / "a.warc.gz"), "--with-text", "--out", str(out)]) == 0
    (row,) = pq.read_table(out).to_pylist()
    assert row["text"].split("\n")[-1] == TEXTS[1]


def test_an_archive_that_is_cut_off_is_a_row_that_says_so(tmp_path):
    whole = archive({f"https://a.vn/{n}": PAGE for n in range(3)})
    (tmp_path / "cut.warc.gz").write_bytes(whole[:-60])
    (tmp_path / "no.warc.gz").write_bytes(b"no archive")
    out = tmp_path / "out.parquet"
    assert main(["read", str(tmp_path), "--out", str(out)]) == 1
    rows = pq.read_table(out).to_pylist()
    assert [Path(r["id"]).name for r in rows] == ["0", "1", "cut.warc.gz", "no.warc.gz"]
    assert all("bị cắt từ chỗ này" in r["message"] for r in rows[-2:])


def test_a_run_in_its_own_folder_does_not_read_its_parts(tmp_path):
    for name in ("a.txt", "~$a.docx", "Thumbs.db"):
        (tmp_path / name).write_text(TEXTS[1], "utf-8")
    parts = tmp_path / "out.parquet.parts"
    parts.mkdir()
    (parts / "00000007.parquet").write_bytes(b"of this run")
    assert [p.name for p in expand([str(tmp_path)], without=parts)] == ["a.txt"]


def test_a_name_that_is_no_utf_8_is_written_as_its_bytes(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"t\xean.txt")).write_text(TEXTS[1], "utf-8")
    except OSError:
        pytest.skip("this disk has no such names")
    assert main(["read", str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 0
    (row,) = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert Path(row["id"]).name == "t\\xean.txt"
    done = run_read(tmp_path / os.fsdecode(b"t\xean.txt"), "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("target", ["file/out.parquet", "file/out", "file"])
def test_where_nothing_can_be_written_a_sentence_says_why(tmp_path, capsys, target):
    (tmp_path / "file").write_text("")
    (tmp_path / "a.txt").write_text(TEXTS[1], "utf-8")
    assert main(["read", str(tmp_path / "a.txt"), "--out", str(tmp_path / target)]) == 1
    assert capsys.readouterr().err.startswith(f"Không ghi được «{tmp_path / 'file'}")


def test_what_must_not_be_opened_is_a_row_that_says_so(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text(TEXTS[1], "utf-8")
    (tmp_path / "c.txt").write_text(TEXTS[1], "utf-8")
    listed = os.scandir

    def closed(path):
        if Path(path).name == "a":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert expand([str(tmp_path)]) == [tmp_path / "a", tmp_path / "c.txt"]
    assert reason_of(PermissionError(errno.EACCES, "Permission denied")) == "không có quyền"


def test_a_parent_that_is_killed_takes_its_processes_along(tmp_path):
    table_of(20_000, tmp_path / "in.parquet", rows=100)
    parts = tmp_path / "out.parquet.parts"
    run = subprocess.Popen(
        [
            *(sys.executable, "-m", "diemcau", "read", str(tmp_path / "in.parquet")),
            *("--jobs", "2", "--batch", "20", "--out", str(tmp_path / "out.parquet")),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    while not list(parts.glob("*.parquet")) and run.poll() is None:
        time.sleep(0.02)
    run.kill()
    run.wait()
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGKILL)
    pytest.fail("processes were left behind")
