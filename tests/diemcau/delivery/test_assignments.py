"""Who was asked: one body or a collective, lead or coordinating; never expanded by the machine."""

import datetime as dt

import pytest

from diemcau.delivery.doers.assignments import is_collective, read_assignees
from diemcau.delivery.models import AssignmentRole

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    "name",
    [
        "các bộ, ngành, địa phương",
        "Các cơ quan",
        "cả hệ thống chính trị",
        "các cơ quan đại diện ở nước ngoài",
        "địa phương",
        "Bộ, ngành liên quan",
        "toàn ngành ngoại giao",
        "Hai bên",
        "tất cả các tỉnh",
        "doanh nghiệp",
    ],
)
def test_names_of_many_are_collective(name):
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Ngoại giao",
        "Văn phòng Chính phủ",
        "UBND tỉnh Nghệ An",
        "Sở Ngoại vụ",
        "Ban Kinh tế Trung ương",
        "Hội đồng các nhà đầu tư",
    ],
)
def test_one_body_is_not(name):
    assert not is_collective(name)


@pytest.mark.parametrize(
    ("sentence", "names", "roles"),
    [
        (
            "Bộ Công Thương chủ trì, phối hợp với Bộ Ngoại giao và Bộ Tài chính rà soát",
            ["Bộ Công Thương", "Bộ Ngoại giao", "Bộ Tài chính"],
            ["lead", "coordinating", "coordinating"],
        ),
        (
            "giao Bộ Công Thương, Bộ Tài chính rà soát",
            ["Bộ Công Thương", "Bộ Tài chính"],
            ["lead", "lead"],
        ),
        (
            "Sở Ngoại vụ rà soát, Văn phòng theo dõi",
            ["Sở Ngoại vụ", "Văn phòng"],
            ["lead", "following"],
        ),
        ("phối hợp với Bộ Ngoại giao rà soát", ["Bộ Ngoại giao"], ["lead"]),
        ("giao Bộ Ngoại giao theo dõi, đôn đốc, báo cáo", ["Bộ Ngoại giao"], ["lead"]),
    ],
)
def test_roles_are_those_the_sentence_gives(sentence, names, roles):
    assert [a.role for a in read_assignees(names, sentence)] == [AssignmentRole(r) for r in roles]


def test_those_read_as_helping_coordinate_and_the_one_asked_leads():
    found = read_assignees(["Sở Ngoại vụ"], "", helping=["Sở Tài chính", "sở ngoại vụ"])
    assert [(a.as_written, a.role) for a in found] == [
        ("Sở Ngoại vụ", AssignmentRole.LEAD),
        ("Sở Tài chính", AssignmentRole.COORDINATING),
    ]


def test_a_name_twice_is_one_assignee():
    assert len(read_assignees(["Bộ Y tế", "bộ y tế", "", "  "], "")) == 1


def test_a_name_is_one_body_or_left_open():
    found = read_assignees(["Bộ Ngoại giao", "Sở Ngoại vụ", "các bộ, ngành"], "")
    assert [(a.body_ref, a.is_collective) for a in found] == [
        ("mofa", False),
        # Of which province? Nobody said.
        ("", False),
        ("", True),
    ]


def test_each_body_of_a_list_is_asked():
    names = ["UBND các tỉnh Nghệ An, Hà Tĩnh", "Bộ Công Thương"]
    found = read_assignees(names, "", helping=["các Bộ: Tài chính, Công Thương"], on=DAY)
    assert [(a.as_written, a.role.value, a.body_ref, a.is_collective) for a in found] == [
        ("UBND Nghệ An", "lead", "ubnd.tinh-nghe-an", False),
        ("UBND Hà Tĩnh", "lead", "ubnd.tinh-ha-tinh", False),
        ("Bộ Công Thương", "lead", "moit", False),
        ("Bộ Tài chính", "coordinating", "mof-2025", False),
    ]


def test_a_body_is_known_with_the_name_of_the_country_behind_it():
    found = read_assignees(["Bộ Khoa học và Công nghệ Việt Nam"], "", on=DAY)
    assert [(a.body_ref, a.is_collective) for a in found] == [("most-2025", False)]
