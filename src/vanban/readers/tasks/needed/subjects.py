"""What stands before a modal, and the rules by which nobody who is named there has to act."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.patterns import Ending, regex
from vanban.readers.tasks.frames import behind_speech
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import LONGEST_SUBJECT, grammar, right_before
from vanban.readers.tasks.needed.modals import Modal
from vanban.readers.tasks.people import split_assignees

__all__ = ["TURN", "Subject", "behind_last_comma", "is_nobodys", "subject_of"]


class Subject(NamedTuple):
    """The words before a modal that may name who has to act; `start`: where they begin."""

    modal: Modal
    start: int
    words: str


def subject_of(modal: Modal) -> Subject:
    """The words from the front of the clause up to a modal, if they can be of who has to act."""
    front, at = modal.clause.front, modal.start
    words = modal.text[front : modal.contrast.start() if modal.contrast else at].strip()
    if (about := _ABOUT.search(words)) is not None:
        # "Bộ A vừa cảnh báo các hiệp hội về việc doanh nghiệp cần ..."
        front, words = front + about.end(), words[about.end() :]
    if _PROCESS.fullmatch(words):
        # "...; quá trình đầu tư phải tuân thủ ...": who is told goes on.
        return Subject(modal, at, "")
    if words.endswith(",") and not grammar().assignee.pattern.match(words):
        # "Để có vùng trồng lớn, bền vững, cần ...": nobody is named.
        return Subject(modal, at, "")
    return Subject(modal, front, words)


_ABOUT = regex(
    r"(?:cảnh báo|khuyến cáo|khuyến nghị|lưu ý|thông báo) [^;:.]{2,90} về việc"
    r" (?=(?:các )?\w+ \w+$)"
)
_PROCESS = regex(r"(?:[Tt]rong |[Ss]uốt )?(?:suốt )?[Qq]uá trình [^,;:.]{2,40}")


def is_nobodys(subject: Subject) -> bool:
    """Whether what is said before a modal is of something else than who has to act."""
    return any(rule(subject) for rule in _NOBODYS)


# What the words are of


def _is_short_of(subject: Subject) -> bool:
    """Whether a country needs something, not to do something: "Slovakia cần thợ hàn"."""
    modal, front = subject.modal, subject.start
    if modal.said != "cần":
        return False
    scan, end = modal.clause.scan, modal.clause.end
    acts = scan.words.match(grammar().verb, skip_blank(scan.text, modal.end), end) is not None
    return not acts and bool(scan.partners_between(front, front + 2))


def _is_what_needs(subject: Subject) -> bool:
    what = _IS_WHAT_NEEDS.search(subject.words)
    if what is None:
        return False
    return not grammar().assignee.pattern.match(subject.words, what.start() + 4)


_IS_WHAT_NEEDS = regex(
    r" là (?:(?:một|những|các|mối) |(?:vấn đề|nội dung|yếu tố|lĩnh vực|thị trường|quan hệ|bài học"
    r"|nguồn|tài sản|động lực|kinh nghiệm|mô hình|thách thức|hạn chế|khó khăn|điểm)(?!\w))[^,;:]*$"
)
"""What something is, and needs: "A là mối quan hệ quý báu cần được trân trọng"."""


def _is_of_a_thing(subject: Subject) -> bool:
    return subject.modal.contrast is None and _RELATIVE.search(subject.words) is not None


_RELATIVE = regex(
    r"(?<=\w) mà (?!(?:không|chưa|đã|còn|vẫn|lại|thì)(?!\w))[^\W\d_][^,;:.]{2,60}(?<! thì)$"
)
"""What others need to do is told of a thing: "dữ liệu mà các doanh nghiệp cần cung cấp"."""


def _is_among_faults(subject: Subject) -> bool:
    modal = subject.modal
    sentence = modal.clause.sentence.start
    return _AMONG_FAULTS.search(modal.text, sentence, modal.start) is not None


_AMONG_FAULTS = regex(
    r"(?:còn|vẫn|một số|những|nhiều) (?:tồn tại|hạn chế|bất cập|yếu kém|vướng mắc)"
    r"(?: \w+){0,4},? như "
)
"""What ought to be is told among shortcomings: "còn một số tồn tại như ..., tiến độ cần ..."."""


def _has_no_choice(subject: Subject) -> bool:
    """Whether others think it, a law says it or something forces it: nobody orders it."""
    words = subject.words
    return (
        _A_MINDSET.search(words) is not None
        or _BY_RULE.search(words) is not None
        or _IS_FORCED.search(words) is not None
    )


_A_MINDSET = regex(r"(?:tư tưởng|tâm lý|quan niệm|nếp nghĩ|thói quen) [^,;:.]*$")
"""What some think is no order: "còn nặng tư tưởng cơ quan chủ trì phải làm hết"."""
_BY_RULE = regex(
    r"(?:hiệp định|luật|Luật|Nghị định|Thông tư|quy chế|WTO|FTA).* quy định(?: rằng)? "
)
"""What a law says that others have to do is no order."""
_IS_FORCED = regex(
    r"(?i:áp lực|thách thức|rào cản|khó khăn)[^,;.]* đòi hỏi |(?:buộc|khiến|khiến cho|làm cho) "
)
"""What forces somebody orders nothing: "... khiến các nhà máy phải giảm ca"."""


def _had_to(subject: Subject) -> bool:
    """Whether "phải" tells what befell somebody, or what something comes to."""
    words = subject.words
    return subject.modal.said == "phải" and (
        _MANY_HAD_TO.match(words) is not None
        or _COMPLAINS.search(words) is not None
        or _TO_DO_IS.fullmatch(words) is not None
    )


_MANY_HAD_TO = regex(
    r"(?:[Nn]hiều|[Cc]ó|[Kk]hông ít|[Pp]hần lớn|[Đđ]a số|[Hh]ầu hết|[Mm]ột số"
    r"|[Hh]àng (?:trăm|nghìn))"
    r" (?:trường hợp|doanh nghiệp|người|hộ|lô hàng|nhà máy|DN|đơn vị|cơ sở|dự án)"
)
"""What befell many: "Nhiều doanh nghiệp phải cắt giảm đơn hàng"."""
_COMPLAINS = regex(r"(?<!\w)(?:phàn nàn|than phiền|kêu ca|than vãn|bị)(?!\w)[^;:.]*")
"""What befalls somebody: "người lao động phàn nàn bị môi giới thu phí, phải ..."."""
_TO_DO_IS = regex(
    r"(?!.*(?:[Đđ]iều|[Vv]iệc|[Vv]ấn đề|[Yy]êu cầu|[Gg]iải pháp|[Nn]hiệm vụ|[Cc]ái|quan trọng"
    r"|mấu chốt|then chốt|cần thiết|[Tt]rước hết|[Tt]rọng tâm|[Đđ]ầu tiên|[Mm]ục tiêu|[Qq]uan điểm"
    r"|[Tt]inh thần|[Cc]hỉ đạo|cốt lõi|[Yy]ếu tố|[Bb]ài học|[Nn]guyên tắc|[Tt]hông điệp|cơ bản)"
    r")[^,;:.]+ là"
)
"""What something comes to: "Thoát nghèo là phải bỏ ...", no order as "việc cần làm là phải ..."."""


# What else the words tell


def _tells_more(subject: Subject) -> bool:
    """Whether the words are too many for a subject, or tell what was done."""
    front, words = subject.start, subject.words
    begins = front + words.rfind(", ") + 2 if _ends_in_subject(words) else front
    turns = list(TURN.finditer(words))
    if turns and grammar().assignee.pattern.match(words, turns[-1].end()):
        # "mặc dù A đã hoãn thuế, nhưng hai nước cần ..."
        begins = max(begins, front + turns[-1].end())
    own = words[begins - front :] if turns else words
    if len(behind_speech(own)) > LONGEST_SUBJECT:
        return True
    end = front + len(_ON_WHAT_BASIS.sub("", words))
    return subject.modal.clause.scan.words.has(grammar().done, begins, end)


TURN = regex(r",? (?:(?:song|nhưng|tuy nhiên|do đó|vì vậy)(?!\w)|(?<=, )nên(?!\w)),?(?: |$)")
"""Where a sentence turns to who has to act: "... còn nhiều dư địa, song doanh nghiệp"."""
_ON_WHAT_BASIS = regex(r", (?:trên cơ sở|trên tinh thần|căn cứ) [^,;:.]{3,110},$")


def _ends_in_subject(subject: str) -> bool:
    """Whether a body or "chúng ta" stands alone behind the last comma of a subject."""
    last = behind_last_comma(subject)
    if last == subject:
        return False
    return _WE.fullmatch(last) is not None or split_assignees(last) == (last,)


def behind_last_comma(subject: str) -> str:
    """What stands behind the last comma that joins no kinds of bodies: "các Bộ, ngành"."""
    listed = _KINDS_AT_END.search(subject)
    return listed["kinds"] if listed is not None else subject.rsplit(", ", 1)[-1]


_KINDS_AT_END = regex(
    r"(?:^|, )(?P<kinds>(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Mm]ỗi|[Tt]ừng) [^\W\d]+(?: \w+){0,2}"
    r"(?:(?:,| và) (?:ban|ngành|địa phương|đoàn thể|thành phố|đơn vị|hiệp hội|doanh nghiệp)){1,4}"
    r"(?: [^,]{1,40})?)$"
)
_WE = regex(r"(?:chúng ta|chúng tôi|ta)(?: cũng)?")


def _is_subordinate(subject: Subject) -> bool:
    """Whether the modal is of a clause inside another, and no view held: "... cho rằng cần"."""
    modal, front = subject.modal, subject.start
    if modal.contrast is not None or _HELD.search(modal.text, front, modal.start) is not None:
        return False
    return _not_behind().search(modal.text, front, modal.start) is not None


@cache
def _not_behind() -> Ending:
    return right_before("modal_not_behind")


_HELD = regex(r"(?<!nhất trí )(?<!thống nhất )cho rằng,? $")
"""Before a modal, what somebody holds to be needed; "nhất trí cho rằng" is a view of two."""


def _goes_on(subject: Subject) -> bool:
    """Whether a modal goes on what is told of its subject: "Việt Nam tham gia ... và phải"."""
    clause, front, at = subject.modal.clause, subject.start, subject.modal.start
    if clause.is_led or not clause.scan.text.endswith(" và ", front, at):
        return False
    if clause.scan.text.find(" nên ", front, at) >= 0:
        # "doanh nghiệp nên tham gia hội chợ và cần ..." is advice all through.
        return False
    named = clause.scan.words.match(grammar().assignee, front, at)
    told = verb_after(clause.scan, named.end(), at) if named is not None else None
    return told is not None and not clause.scan.text.startswith(_VIEWS, told[0])


_VIEWS = ("đánh giá", "nhận định", "cho rằng", "khẳng định", "nhấn mạnh", "nhìn nhận")
"""Behind one of these somebody goes on to say what is needed: "đánh giá A là lớn và cần ..."."""


def _is_a_view_of_both(subject: Subject) -> bool:
    """Whether two sides hold a view: "Hai bên cho rằng các tranh chấp cần được giải quyết"."""
    modal = subject.modal
    text, clause, at = modal.text, modal.clause, modal.start
    if not modal.said.endswith("được"):
        return False
    if not _BOTH.match(text, clause.front, at) and not text.startswith("nhất trí", subject.start):
        return False
    return _OPINION.search(text, clause.start, at) is not None


_BOTH = regex(r"(?:[Hh]ai|[Cc]ác) (?:bên|nước|phía|lãnh đạo|nhà [Ll]ãnh đạo)(?!\w)")
_OPINION = regex(r"(?:cho rằng|nhất trí rằng|nhận định|tái khẳng định|nhấn mạnh)(?!\w)")


_NOBODYS: tuple[Callable[[Subject], bool], ...] = (
    _is_short_of,
    _is_what_needs,
    _is_of_a_thing,
    _is_among_faults,
    _has_no_choice,
    _had_to,
    _tells_more,
    _is_subordinate,
    _goes_on,
    _is_a_view_of_both,
)
