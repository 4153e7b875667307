"""What patterns compile to is kept beside byte code, and reading does not depend on it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "01-giao-ban-cuoi-nam-2024.txt"

READING = """
import json, re._compiler, sys
from pathlib import Path
compiled = 0
code = re._compiler._code
def counted(*arguments):
    global compiled
    compiled += 1
    return code(*arguments)
re._compiler._code = counted
import vanban
text = Path(sys.argv[1]).read_text("utf-8")
out = vanban.read(vanban.Document.from_text(text)).to_dict()
print(json.dumps([compiled, out]))
"""


def run(cache: Path | str, program: str = READING, **more: str) -> str:
    env = dict(os.environ, PYTHONPATH=str(ROOT / "src"), PYTHONPYCACHEPREFIX=str(cache))
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", program, str(SAMPLE)],
        env=env | more, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def read_in(cache: Path | str, **more: str) -> tuple[int, object]:
    compiled, out = json.loads(run(cache, **more))
    return compiled, out


def kept_in(cache: Path) -> list[Path]:
    return list(cache.rglob("*.patterns"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, object]:
    """The place of byte code after one process, and what that process compiled and read."""
    cache = tmp_path_factory.mktemp("cache")
    return cache, *read_in(cache)


def test_the_next_process_compiles_nothing_of_this_package(first):
    cache, compiled, out = first
    assert len(kept_in(cache)) == 1
    assert compiled > 300
    again, same = read_in(cache)
    # What is left are the few patterns of Python's own modules.
    assert again < 60
    assert same == out


def test_importing_compiles_no_pattern_of_a_module(tmp_path):
    program = """
import sys
import vanban
from vanban.patterns import _Compiled
for name, module in sorted(sys.modules.items()):
    for key, value in vars(module).items() if name.startswith("vanban") else ():
        if isinstance(value, _Compiled):
            print(name, key)
"""
    assert run(tmp_path, program) == ""


def test_what_is_kept_is_what_re_makes_of_it(first):
    program = """
import re
from vanban import kept_patterns as k
rows = k._KEPT._load()
for source, flags in rows:
    made, own = k.compiled(source, flags), re.compile(source, flags)
    assert made == own and made.pattern == own.pattern and made.flags == own.flags, source
    assert made.groups == own.groups and made.groupindex == own.groupindex, source
print(len(rows), len(k._KEPT._new))
"""
    kept, new = map(int, run(first[0], program).split())
    assert kept > 300
    assert new == 0


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _changed(content: bytes) -> bytes:
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _of_another_python(content: bytes) -> bytes:
    return b"c" + content.removeprefix(b"cpython")


def _empty(content: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut, _changed, _of_another_python, _empty])
def test_a_damaged_file_is_written_anew(first, tmp_path, damage):
    cache, compiled, out = first
    (kept,) = kept_in(cache)
    content = kept.read_bytes()
    # `_of_another_python` must change what it is given, as the others do.
    assert damage(content) != content
    mine = shutil.copytree(cache, tmp_path / "cache")
    (mine / kept.relative_to(cache)).write_bytes(damage(content))
    assert read_in(mine) == (compiled, out)
    assert read_in(mine)[0] < 60


@pytest.mark.parametrize("where", ["off", "nowhere"])
def test_where_no_byte_code_is_kept_no_pattern_is(first, tmp_path, where):
    _, compiled, out = first
    if where == "off":
        assert read_in(tmp_path, PYTHONDONTWRITEBYTECODE="1") == (compiled, out)
    else:
        (tmp_path / "file").touch()
        assert read_in(tmp_path / "file" / "in") == (compiled, out)
    assert kept_in(tmp_path) == []


def test_a_wrong_pattern_is_refused_as_by_re():
    from vanban.kept_patterns import compiled

    with pytest.raises(re.error):
        compiled("(")
