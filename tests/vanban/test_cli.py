"""`diemcau read` and `diemcau explain`: what they print, write and refuse."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from diemcau.cli import main
from vanban.records import KINDS

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
REPORT = SAMPLES / "03-giao-ban-giua-nam-2025-tap-chi.txt"
PORTAL = SAMPLES / "02-giao-ban-giua-nam-2025-cong-tinh.html"


def test_read_prints_a_table(capsys):
    assert main(["read", str(REPORT)]) == 0
    out, err = capsys.readouterr()
    head, *rows = out.strip().splitlines()
    assert head.startswith(f"{REPORT}: 1 sự kiện, 2 người, 0 văn bản")
    (event,) = (row for row in rows if row.lstrip().startswith("sự kiện"))
    assert "2025-07-24 · Đỗ Hải Triều · online · 79" in event
    assert any("số liệu" in row and "gt 250 count · agreements_signed" in row for row in rows)
    assert err == ""


def test_read_prints_json(capsys):
    assert main(["read", str(REPORT), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["id"] == REPORT.stem
    assert set(KINDS) <= set(data)
    text = REPORT.read_text("utf-8")
    for kind in KINDS:
        for record in data[kind]:
            assert text[record["start"] : record["end"]] == record["quote"]


def test_read_writes_one_file_a_document(tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    assert main(["read", str(REPORT), str(PORTAL), "--out", str(out)]) == 0
    assert {p.name for p in out.iterdir()} == {f"{REPORT.stem}.json", f"{PORTAL.stem}.json"}
    data = json.loads((out / f"{PORTAL.stem}.json").read_text("utf-8"))
    assert data["id"] == PORTAL.stem
    assert data["events"][0]["endpoints"] == 94
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        str(out / f"{p.stem}.json") for p in (REPORT, PORTAL)
    ]


def test_read_takes_a_folder_with_folders_in_it(tmp_path, capsys):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("Hai bên nhất trí lập tổ công tác chung.", "utf-8")
    (tmp_path / "in" / "sub" / "b.txt").write_text("Hai bên ký 8 văn kiện hợp tác.", "utf-8")
    (tmp_path / "in" / ".hidden.txt").write_text("Hai bên ký 9 văn kiện hợp tác.", "utf-8")
    out = tmp_path / "out"
    assert main(["read", str(tmp_path / "in"), "--out", str(out)]) == 0
    assert {p.name for p in out.iterdir()} == {"a.json", "b.json"}


def test_two_files_of_one_stem_are_both_kept(tmp_path, capsys):
    for name, count in (("a.txt", 8), ("a.html", 9)):
        (tmp_path / name).write_text(f"<p>Hai bên ký {count} văn kiện hợp tác.</p>", "utf-8")
    out = tmp_path / "out"
    paths = [str(tmp_path / "a.html"), str(tmp_path / "a.txt")]
    assert main(["read", *paths, "--out", str(out)]) == 0
    values = [
        f["value"]
        for p in sorted(out.iterdir())
        for f in json.loads(p.read_text("utf-8"))["figures"]
    ]
    assert sorted(values) == [8, 9]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text("Hai bên ký 8 văn kiện hợp tác.", "utf-8")
    (tmp_path / "in" / "2.docx").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "in" / "3.txt").write_bytes(b"")
    (tmp_path / "in" / "4.txt").write_text("Hai bên ký 9 văn kiện hợp tác.", "utf-8")
    out = tmp_path / "out"
    assert main(["read", str(tmp_path / "in"), "--out", str(out)]) == 1
    assert {p.name for p in out.iterdir()} == {"1.json", "4.json"}
    complaints = capsys.readouterr().err.splitlines()
    assert len(complaints) == 3
    assert "2.docx" in complaints[0]
    assert "3.txt" in complaints[1]
    assert complaints[2] == "2 tệp không đọc được, các tệp khác đã được đọc."


def test_a_file_that_is_missing_is_named(tmp_path, capsys):
    missing = tmp_path / "nowhere.txt"
    assert main(["read", str(missing)]) == 1
    assert str(missing) in capsys.readouterr().err.splitlines()[0]


def test_explain_shows_each_record_under_its_sentence_with_its_rule(capsys):
    assert main(["explain", str(REPORT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("# Giao ban ngoại giao kinh tế")
    assert any(line.startswith("[furniture] 25/07/2025") for line in lines)
    opening = next(n for n, line in enumerate(lines) if line.startswith("Hội nghị giao ban"))
    below = lines[opening + 1 : opening + 9]
    assert any(re.match(r" *→ event\.lead 0\.\d\d \[", line) for line in below)
    assert any("endpoints=79" in line for line in below)


def test_explain_says_in_one_sentence_why_it_cannot(tmp_path, capsys):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["explain", str(tmp_path / "empty.txt")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["read"], ["read", "a.txt", "--format", "xml"]])
def test_a_command_that_is_not_one_shows_how_to_write_it(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: diemcau" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["read", "--format", "json"], ["explain"]], ids=str)
def test_reading_starts_without_django(command):
    program = (
        "import sys; from diemcau.cli import main; status = main(sys.argv[1:]); "
        "print(sorted(m for m in sys.modules if m.split('.')[0] == 'django'), file=sys.stderr); "
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command, str(REPORT)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        text=True,
        timeout=120,
    )
    assert done.returncode == 0
    assert done.stderr == "[]\n"
    assert "Đỗ Hải Triều" in done.stdout


def test_files_of_one_name_in_three_folders_are_all_kept(tmp_path, capsys):
    for folder in "abc":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bao-cao.txt").write_text(f"Văn bản {folder}.", "utf-8")
    assert main(["read", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "bao-cao.json",
        "bao-cao.txt-2.json",
        "bao-cao.txt.json",
    ]


def test_a_name_longer_than_a_disk_takes_is_cut(tmp_path):
    long = tmp_path / f"{'tờ trình ' * 20}.txt"
    long.write_text("Văn bản.", "utf-8")
    assert main(["read", str(long), "--out", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_tables_and_archives_are_told_where_to_go(tmp_path, capsys):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    assert main(["read", str(tmp_path)]) == 1
    assert "đọc vào một bảng bằng --out TÊN.parquet" in capsys.readouterr().err


def test_an_empty_folder_is_said_to_be_empty(tmp_path, capsys):
    assert main(["read", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "Không có tài liệu nào để đọc ở nơi đã chỉ.\n"


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--jobs", "hai"], ["--seconds", "-1"]])
def test_a_number_that_cannot_be_meant_is_told(arguments, capsys):
    with pytest.raises(SystemExit):
        main(["read", "a.txt", *arguments])
    assert " is not a " in capsys.readouterr().err


def test_ctrl_c_and_a_closed_pipe_show_no_traceback(monkeypatch):
    def stopped(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("diemcau.cli._read", stopped)
    assert main(["read", "a.txt"]) == 130
    done = subprocess.run(
        f"{sys.executable} -m diemcau read {SAMPLES} | head -1",
        shell=True,
        env=os.environ | {"PYTHONPATH": str(SAMPLES.parent / "src")},
        capture_output=True,
        check=False,
        text=True,
    )
    assert "Traceback" not in done.stderr
