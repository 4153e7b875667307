"""How many guesses a password stands, by zxcvbn, and what to do about one that stands too few."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from zxcvbn import zxcvbn

from diemcau.accounts.models import User

__all__ = ["GuessValidator"]

_READ = 72
"""zxcvbn's cost grows with the square of the length; what stands after that can only help."""

_KNOWN = (
    *("matkhau", "anhyeuem", "emyeuanh", "yeuem", "vietnam", "hanoi", "saigon", "hochiminh"),
    *("danang", "haiphong", "cantho", "hue", "thanglong", "bongoaigiao", "ngoaigiao", "dainam"),
    *("diemcau", "quantri", "kinhte", "chinhphu", "congchuc", "vanphong", "xinchao", "chaoban"),
    *("thudo", "dangcongsan", "bacho", "hoahong", "matkhaumoi", "doimatkhau", "nhanvien"),
    *("lanhsu", "daisuquan", "congan", "quocgia", "tohoc", "nguyen", "tran", "pham", "hoang"),
)
"""Words of Vietnamese passwords that zxcvbn's English lists lack."""

_WHY: dict[str, Promise] = {
    "Straight rows": gettext_lazy("a row of keys is quickly guessed"),
    "Short keyboard": gettext_lazy("a short pattern of keys is quickly guessed"),
    "Repeats like": gettext_lazy("repeating a letter or a word hardly helps"),
    "Sequences like": gettext_lazy("sequences such as abc or 6543 are quickly guessed"),
    "Recent years": gettext_lazy("years are quickly guessed"),
    "Dates are": gettext_lazy("dates are quickly guessed"),
    "This is a": gettext_lazy("it is among the most used passwords"),
    "This is similar": gettext_lazy("it is like one of the most used passwords"),
    "A word by": gettext_lazy("one word alone is quickly guessed"),
    "Names and": gettext_lazy("names are quickly guessed"),
    "Common names": gettext_lazy("names are quickly guessed"),
}
"""What zxcvbn says in English, by how its sentence begins."""


class GuessValidator:
    """Refuses a password that is short, or that fewer guesses than a threshold find."""

    def __init__(self, guesses_log10: float = 10.0, min_length: int = 12) -> None:
        self.guesses_log10 = guesses_log10
        self.min_length = min_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError if the password, with what is known of its owner, is too weak."""
        if len(password) < self.min_length:
            raise ValidationError(
                _("Too short: %(found)s characters; at least %(needed)s are needed.")
                % {"found": len(password), "needed": self.min_length},
                code="password_too_short",
            )
        of_the_person = _words_of(user)
        known = [*of_the_person, *_KNOWN]
        # Marks and blanks are what a guesser of Vietnamese leaves out first.
        forms = {password[:_READ], "".join(_plain(password).split())[:_READ]}
        found = min(
            (zxcvbn(form, user_inputs=known) for form in forms if form),
            key=lambda one: one["guesses_log10"],
            default=None,
        )
        if found is not None and found["guesses_log10"] >= self.guesses_log10:
            return
        why = _why(found, set(of_the_person)) if found else _("it is too short or too plain")
        raise ValidationError(
            _("Too easy to guess: %(why)s. Use three or four words that do not belong together.")
            % {"why": why},
            code="password_too_weak",
        )

    def get_help_text(self) -> str:
        """What a person should know before typing."""
        return _(
            "At least 12 characters, hard to guess: three or four words that do not belong"
            " together; no name, no date, no common password."
        )


def _words_of(user: User | None) -> list[str]:
    if user is None:
        return []
    said = f"{user.username} {user.first_name} {user.last_name} {user.email}"
    plain = _plain(said)
    words = re.findall(r"[^\W_]{2,}", f"{said.lower()} {plain}")
    whole = ["".join(re.findall(r"[^\W_]+", _plain(name))) for name in (str(user), user.username)]
    return list(dict.fromkeys([*words, *(w for w in whole if w)]))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def _why(found: dict[str, Any], of_the_person: set[str]) -> str:
    for match in found["sequence"]:
        if match.get("dictionary_name") != "user_inputs":
            continue
        if match["matched_word"] in of_the_person:
            return _("it is like your name")
        return _("it is made of words many people use")
    warning = found["feedback"]["warning"]
    for start, said in _WHY.items():
        if warning.startswith(start):
            return str(said)
    return _("it is too short or too plain")
