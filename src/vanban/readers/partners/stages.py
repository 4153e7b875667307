"""At which stage an agreement is: talked on, to be signed and ratified, or to be carried out."""

from vanban.patterns import regex
from vanban.readers.partners.marks import Clause

__all__ = ["is_not_ratified", "is_signed_next", "is_to_come"]

_NOT_YET = regex(
    r"(?:chuẩn bị|sẵn sàng|chờ|trước khi)(?: \w+){0,2} (?:triển khai|thực thi|thực hiện)[^;.]*$"
)
"""Before an agreement, that it is to be carried out one day."""


def is_to_come(clause: Clause) -> bool:
    """Whether an agreement is only to be carried out one day.

    Args:
        clause: where the cue stands.
    """
    return _NOT_YET.search(clause.before) is not None


_TALKER = regex(r"(?:đoàn|nhà|tổ|phái đoàn|cán bộ) đàm phán (?:Hiệp định |cấp cao |của )?$")
"""Before an agreement, the title of who has talked on it."""
_SIGNED_NEXT = regex(r"ký (?:kết )?(?:chính thức )?và phê chuẩn [^;.]*$")
"""Before an agreement, that it is to be signed and ratified: the talks are over."""


def is_signed_next(clause: Clause) -> bool:
    """Whether the talks on an agreement are over, or only somebody's title speaks of them.

    Args:
        clause: where the cue stands.
    """
    over = _SIGNED_NEXT.search(clause.before) is not None
    return over or _TALKER.search(clause.before) is not None


_GREATER = regex(
    r"(?:(?:lớn|rộng|cao) hơn(?: cả)?|(?<!\w)thay(?: thế)?(?: cho)?)(?: Hiệp định)? [\x01\s(]*$"
)
"""Before a name, that what is ratified is only compared with it, or comes in its place."""


_OF_OFFICES = regex(
    r"phê chuẩn (?:việc |đề nghị |kết quả |danh sách )*(?:giữ chức|bổ nhiệm|miễn nhiệm|bầu|làm "
    r"|ngân sách|dự toán|quyết toán)"
)
"""What a parliament does with its own offices and money."""


def is_not_ratified(clause: Clause) -> bool:
    """Whether what a parliament passes is no agreement, or another one.

    Args:
        clause: where the cue stands.
    """
    if _OF_OFFICES.search(clause.whole) is not None:
        return True
    return _GREATER.search(clause.before) is not None
