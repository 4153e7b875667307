"""Every message has its Vietnamese, and the parts agree; the fonts can write it."""

import re
from collections import defaultdict

import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from diemcau.commands.assets import FONT_STYLES, LOCALE, build_fonts, merged_catalogue
from tests.diemcau.messages import messages
from vanban.data import load

_PLACES = re.compile(r"%\((\w+)\)[sd]")


@pytest.fixture(scope="module")
def catalogue():
    return merged_catalogue("vi")


def test_every_message_of_the_source_has_its_vietnamese(catalogue):
    missing = []
    for path, message, context in messages():
        key = message[0] if isinstance(message, tuple) else message
        found = catalogue.get(key, context)
        strings = found.string if found is not None else ""
        if not all(strings if isinstance(strings, tuple) else [strings]):
            missing.append(f"{path}: {key}")
    assert missing == []


def test_a_translation_fills_in_the_same_places(catalogue):
    wrong = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        places = set(_PLACES.findall(ids[-1]))
        if any(set(_PLACES.findall(string)) != places for string in strings):
            wrong.append(message.id)
    assert wrong == []


def test_the_parts_say_the_same_where_they_share_a_message():
    said = defaultdict(set)
    for path in LOCALE.glob("parts/*.vi.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if message.id:
                    said[message.id, message.context].add(message.string)
    assert [key for key, strings in said.items() if len(strings) > 1] == []


def test_the_fonts_hold_every_letter_of_the_interface(catalogue, tmp_path):
    letters = set()
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        letters.update(*strings)
    letters |= set("ăâêôơưđẰẶỸỴỆ0123456789–—…“”≈≠₫")
    files = build_fonts(tmp_path)
    assert [file.name for file in files] == [f"BeVietnamPro-{s}.woff2" for s in FONT_STYLES]
    for file in files:
        assert file.stat().st_size < 60_000
        has = set(map(chr, TTFont(file).getBestCmap()))
        assert {c for c in letters if c.isprintable()} - has == set()


def test_every_note_of_a_shipped_row_has_its_vietnamese(catalogue):
    notes = set()

    def walk(node):
        if isinstance(node, dict):
            notes.update([node["note"]] if "note" in node else [])
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                walk(child)

    for name in ("partners", "agreements", "units", "bodies/central", "bodies/provinces"):
        walk(load(name))
    for name in ("bodies/missions", "bodies/departments"):
        walk(load(name))
    assert len(notes) > 30
    assert [n for n in notes if not getattr(catalogue.get(n), "string", "")] == []


def test_every_source_of_a_shipped_row_is_said_in_vietnamese(catalogue):
    # A number and a name need no other words.
    alike = {"09/2025/TT-BNG", "Vietnammaker (Vụ Tổng hợp kinh tế)"}
    named = {row["what"] for row in load("sources")} - alike
    assert [n for n in named if not getattr(catalogue.get(n), "string", "")] == []
