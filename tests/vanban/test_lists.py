"""Bodies that one list names are told one by one; names of many stay what they are."""

from datetime import date

import pytest

from vanban.directory.lists import named_in

DAY = date(2026, 11, 23)


def named(words, *, on=DAY, within=None):
    found = named_in(words, on=on, kinds=("body", "office"), within=within)
    return [(one.name, one.bearer.id) for one in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "UBND các tỉnh Nghệ An, Hà Tĩnh và thành phố Hải Phòng",
            [
                ("UBND Nghệ An", "ubnd.tinh-nghe-an"),
                ("UBND Hà Tĩnh", "ubnd.tinh-ha-tinh"),
                ("UBND thành phố Hải Phòng", "ubnd.tp-hai-phong-2025"),
            ],
        ),
        (
            "Bộ Ngoại giao, Công Thương",
            [("Bộ Ngoại giao", "mofa"), ("Bộ Công Thương", "moit")],
        ),
        (
            "các Bộ: Công Thương, Văn hóa, Thể thao và Du lịch",
            [("Bộ Công Thương", "moit"), ("Bộ Văn hóa, Thể thao và Du lịch", "mocst")],
        ),
        (
            "Đại sứ quán Việt Nam tại Nhật Bản, Hàn Quốc",
            [
                ("Đại sứ quán Việt Nam tại Nhật Bản", "dsq-jp"),
                ("Đại sứ quán Việt Nam tại Hàn Quốc", "dsq-kr"),
            ],
        ),
        (
            "các Bộ Tài chính, Ngoại giao và UBND hai tỉnh Nghệ An và Hà Tĩnh",
            [
                ("Bộ Tài chính", "mof-2025"),
                ("Bộ Ngoại giao", "mofa"),
                ("UBND Nghệ An", "ubnd.tinh-nghe-an"),
                ("UBND Hà Tĩnh", "ubnd.tinh-ha-tinh"),
            ],
        ),
        (
            "Sở Ngoại vụ các tỉnh, thành phố Nghệ An, Hà Tĩnh",
            [
                ("Sở Ngoại vụ Nghệ An", "so-ngoai-vu.tinh-nghe-an"),
                ("Sở Ngoại vụ Hà Tĩnh", "so-ngoai-vu.tinh-ha-tinh"),
            ],
        ),
        (
            "UBND tỉnh Nghệ An và các thành phố Hải Phòng, Đà Nẵng",
            [
                ("UBND tỉnh Nghệ An", "ubnd.tinh-nghe-an"),
                ("UBND Hải Phòng", "ubnd.tp-hai-phong-2025"),
                ("UBND Đà Nẵng", "ubnd.tp-da-nang-2025"),
            ],
        ),
    ],
)
def test_each_body_of_a_list_is_named(words, expected):
    assert named(words) == expected


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Tỉnh uỷ Nghệ An, Hà Tĩnh", ["tinh-uy.tinh-nghe-an", "tinh-uy.tinh-ha-tinh"]),
        ("Uỷ ban nhân dân Nghệ An, Hà Tĩnh", ["ubnd.tinh-nghe-an", "ubnd.tinh-ha-tinh"]),
    ],
)
def test_the_tone_mark_may_stand_on_the_other_vowel(words, ids):
    assert [bearer for _, bearer in named(words)] == ids


def test_departments_are_those_of_the_province_whose_text_it_is():
    words = "các Sở Công Thương, Ngoại vụ"
    assert named(words) == []
    assert named(words, within="ubnd.tinh-nghe-an") == [
        ("Sở Công Thương", "so-cong-thuong.tinh-nghe-an"),
        ("Sở Ngoại vụ", "so-ngoai-vu.tinh-nghe-an"),
    ]


def test_who_bears_a_name_may_wait_for_the_day():
    assert named("Bộ Tài chính, Ngoại giao", on=None) == [
        ("Bộ Tài chính", None),
        ("Bộ Ngoại giao", "mofa"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Bộ Ngoại giao",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "các bộ, ngành, địa phương",
        "UBND các tỉnh, thành phố trực thuộc Trung ương",
        "Bộ Công Thương, các bộ, ngành liên quan",
        "các hiệp hội và doanh nghiệp",
        "Bộ Công Thương và Công ty Giáp",
        "",
        ", và ",
        "các Bộ",
    ],
)
def test_one_body_and_names_of_many_are_no_list(words):
    assert named(words) == []
