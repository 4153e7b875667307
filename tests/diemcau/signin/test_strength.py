"""Passwords that are guessed soon are refused, with the reason in the reader's language."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import User

LAN = User(username="nguyen.lan", first_name="Nguyễn Thị Hồng Lan", email="honglan@mofa.gov.vn")


def refusal(password, language="vi"):
    with translation.override(language):
        try:
            validate_password(password, LAN)
        except ValidationError as refused:
            return " ".join(refused.messages)
    return ""


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("nguyenthihonglan", "giống tên của bạn"),
        ("HongLanNguyen2026", "giống tên của bạn"),
        ("Nguyễn Thị Hồng Lan", "giống tên của bạn"),
        ("matkhau123456", "nhiều người hay dùng"),
        ("anhyeuem@2026", "nhiều người hay dùng"),
        ("bongoaigiao2026", "nhiều người hay dùng"),
        ("password1234", "nhiều người dùng"),
        ("qwertyuiop123", "dùng"),
        ("aaaaaaaaaaaaaaa", "lặp lại"),
        ("abcdefghijklmnop", "dãy như abc"),
        ("ngắn", "cần ít nhất 12 ký tự"),
        ("", "cần ít nhất 12 ký tự"),
        (" " * 20, "lặp lại"),
    ],
)
def test_what_is_guessed_soon_is_refused_with_its_reason(password, why):
    assert why in refusal(password)


@pytest.mark.parametrize(
    "password",
    ["ba-con-suoi-nho-2026", "cầu vồng bảy sắc trên mái đình", "t7#Kq9!vLz2$Wm"],
)
def test_what_stands_is_taken(password):
    assert refusal(password) == ""


def test_the_reason_is_english_where_the_reader_is():
    assert "like your name" in refusal("nguyenthihonglan", "en")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_no_password_breaks_the_estimate(password):
    refusal(password)
