"""Sentences that announce tasks: "... các nhiệm vụ sau:", "... tập trung vào ba hướng"."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.tasks.context import Context, State
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import colon_follows, skip_front
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["focus_of", "is_done_list", "list_colon", "names_a_list", "opens_list", "task_named"]

_LONGEST_LEAD = 260
"""Code points before the colon of a list; more is a sentence of its own."""
_LONGEST_REST = 40
"""Code points behind the words that announce a list; more is the task itself."""


@cache
def _links() -> re.Pattern[str]:
    return regex(rf":(?= |\n)|, +(?:{alternation(load('tasks')['list_links'])})(?!\w)")


@cache
def _link() -> Cue:
    return cue(load("tasks")["list_links"])


@cache
def _named_by() -> Cue:
    return cue(load("tasks")["named_by"], then=r" +là(?!\w)")


@cache
def _cue(name: str) -> Cue:
    return cue(load("tasks")[name])


def list_colon(scan: Scan, start: int, end: int) -> int | None:
    """Last code point of what introduces a list inside a clause: ":", ", đó là", ", gồm"."""
    reach = min(end - 3, start + _LONGEST_LEAD + 12)
    if scan.text.find(":", start, reach) < 0 and not scan.words.has(_link(), start, end):
        return None
    for m in _links().finditer(scan.text, start, reach):
        if m.start() - start > _LONGEST_LEAD:
            return None
        if (
            m[0] == ":"
            and scan.text.endswith(" như", start, m.start())
            and not (
                _WAYS.search(scan.text, start, m.start())
                and scan.words.match(grammar().verb, skip_front(scan.words, m.end(), end), end)
            )
        ):
            # "các quy định như: ...": examples, no list of orders.
            continue
        if m[0] == ":" and _NAMES_BODIES.search(scan.text, start, m.start()):
            at = skip_front(scan.words, m.end(), end)
            if scan.words.match(grammar().verb, at, end) is None:
                # "yêu cầu các Bộ: Công Thương, Tài chính ...": who is told.
                continue
        if m[0] == ":" or scan.words.has(grammar().opener, start, m.start()):
            return m.end() - 1
    return None


_WAYS = regex(
    r"(?:nhiệm vụ|giải pháp|(?:kiến nghị|đề xuất|đề nghị|yêu cầu)[^;:.]{0,40} nội dung)"
    r"(?: \w+){0,4},? như$"
)
"""What is to be done, told behind "như:": "Kế hoạch đề ra một số nhiệm vụ trọng tâm như: ..."."""
_NAMES_BODIES = regex(r"(?:các|Các) (?:[Bb]ộ(?:, ngành)?|[Ss]ở(?:, ngành)?|[Tt]ỉnh|địa phương)$")


def is_done_list(scan: Scan, start: int, colon: int) -> bool:
    """Whether the lead-in `[start, colon)` of a list says that its items were done."""
    if not scan.words.has(grammar().done, start, colon) or "yêu cầu" in scan.text[start:colon]:
        return False
    # "Sở A vừa đưa ra khuyến cáo: doanh nghiệp cần ..."
    return _ADVISES.search(scan.text, start, colon) is None


_ADVISES = regex(
    r"(?:khuyến cáo|cảnh báo|khuyến nghị|kiến nghị|đề nghị|đề xuất|lưu ý)"
    r"(?: (?:(?:dành )?cho|đối với|với|tới) [^;:.]{3,150}| (?:như )?sau(?: đây)?)?$"
)
_VIEWS = ("uan điểm chỉ đạo", " quan trọng ", " của ")
_VIEW_IS = regex(
    r"(?<!\w)(?:[Qq]uan điểm chỉ đạo|[Đđ]iều (?:cuối cùng |rất |hết sức )*quan trọng(?: nhất)?)"
    r" (?:của [^,;:.]{3,40} )?là:? +"
    r"|(?<![\w“])(?:Tinh thần chỉ đạo|[Cc]hỉ đạo|Yêu cầu|Đề nghị|Kiến nghị|Khuyến nghị|Khuyến cáo"
    r"|Lời khuyên|Thông điệp)(?: chung| xuyên suốt| quan trọng| cụ thể| đầu tiên| tiếp theo)*"
    r" của [^,;:.]{3,70}? là(?: phải| cần)?:? +"
)
"""What somebody holds others to: "Quan điểm chỉ đạo của Thủ tướng là kiên định ..."."""


_FIRST = (
    r"(?:trọng tâm|quan trọng|hàng đầu|trước mắt|then chốt|ưu tiên|cấp bách|cấp thiết|trọng yếu"
    r"|căn cơ|đầu tiên|tiếp theo|xuyên suốt)"
)
_FOCUS_IS = regex(
    r"(?:(?:[Mm]ột số|[Mm]ột trong (?:những|các)|[Mm]ột|[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm)"
    r" (?:nhóm )?)?"
    rf"(?:[Tt]rọng tâm|[Cc]ốt lõi|[Nn]hiệm vụ(?: chính trị| cụ thể)? {_FIRST}"
    rf"|[Ưư]u tiên hàng đầu|[Gg]iải pháp {_FIRST}|[Vv]iệc cần làm|[Đđ]ịnh hướng {_FIRST})"
    r"(?:, (?:cốt lõi|then chốt|quan trọng nhất|hàng đầu))?"
    rf"(?: (?:nhất|{_FIRST}|hiện nay|(?P<whose>của (?P<who>[^;:.]{{2,60}}?))|trong [^,;:.]{{2,40}}"
    r"|(?:thời gian|năm|giai đoạn|kỳ|quý|tháng) (?:tới|sau|này|sắp tới)|năm \d{4}))*"
    r" là:? +"
)
"""What is to be done first: "Trọng tâm hàng đầu là ..."."""
_ONE_OF_THEM_IS = regex(
    r"(?:Yếu tố|Giải pháp|Nhiệm vụ|Điều|Vấn đề|Nội dung|Việc|Điểm|Đề xuất|Khuyến nghị)"
    r" (?:thứ \w+|cuối cùng|tiếp theo|khác|nữa|quan trọng|đầu tiên)(?: cũng)? (?:được|mà)"
    r" [^,;:.]{2,60}? (?:đề cập|nhấn mạnh|nêu|đề xuất|kiến nghị|lưu ý|đặt ra|đưa ra|chỉ ra)"
    r"(?: (?:tới|đến|ra))? là:? +"
)
"""One of several things that somebody holds to be needed: "Yếu tố thứ tư được Bộ A nêu là ..."."""
_SAYS_WHAT_IS = regex(
    r"(?<!\w)(?:nhấn mạnh|cho biết|cho rằng|khẳng định|xác định|nêu rõ|chỉ rõ|lưu ý)(?: rằng)?,? $"
)
"""Before that, who says so: "Hai bên nhấn mạnh nhiệm vụ ưu tiên hiện nay là ..."."""


def focus_of(scan: Scan, start: int, end: int) -> re.Match[str] | None:
    """The words that say what is to be done first, `who` is to do it among them; None if none."""
    at = skip_front(scan.words, start, end)
    if (focus := _FOCUS_IS.match(scan.text, at, end)) is not None:
        return focus
    if scan.text.find(" là", start, end) < 0:
        return None
    found = _FOCUS_IS.search(scan.text, at, end)
    said = found is not None and _SAYS_WHAT_IS.search(scan.text, start, found.start())
    return found if said else None


def task_named(scan: Scan, start: int, end: int) -> int | None:
    """Where "là" ends by which a sentence names its one task ("việc quan trọng là ..."), if so."""
    if any(scan.text.find(words, start, end) >= 0 for words in _VIEWS) and (
        view := _VIEW_IS.search(scan.text, start, end)
    ):
        return view.end()
    if (one := _ONE_OF_THEM_IS.match(scan.text, start, end)) is not None:
        return one.end()
    if (focus := focus_of(scan, start, end)) is not None:
        return focus.end()
    opener = scan.words.find(grammar().opener, start, end)
    if opener is None:
        return None
    m = scan.words.find(_named_by(), opener.start(), end)
    return m.end() if m is not None else None


def opens_list(
    scan: Scan, start: int, end: int, *, sentence: Sentence, context: Context, state: State
) -> bool:
    """Take a sentence that announces tasks without naming one; say whether it was one.

    "... tập trung vào một số nhiệm vụ".
    """
    g, words = grammar(), scan.words
    m = words.find(g.opener, start, end)
    if m is None or end - m.end() > _LONGEST_REST or words.has(g.done, start, m.start()):
        return False
    if not words.has(_cue("announces"), start, end) or scan.text.startswith(" là ", m.end()):
        # "..., trọng tâm là Cần Thơ" names it.
        return False
    if scan.text.endswith("chức năng, ", start, m.start()):
        # "quy định chức năng, nhiệm vụ cho các đơn vị": what bodies are for.
        return False
    state.opened = state.cued = True
    spoken = words.has(g.speech, start, end)
    telling = words.find(g.directive, sentence.start, start)
    until = telling.start() if telling is not None else m.start()
    state.issuer = find_issuer(scan, sentence.start, until) if spoken else context.speaker
    if state.issuer is None and context.active:
        # "(2) Tập trung một số nội dung sau:" goes on under who ordered before.
        state.issuer = context.issuer
    if (sets := _SETS.search(scan.text, start, m.end())) is not None and (
        who := split_assignees(sets["who"])
    ):
        # "Theo Giám đốc Sở, UBND tỉnh xác định nhiều nhiệm vụ": whose they are.
        state.issuer = who[0]
    context.issuer = state.issuer
    front = skip_front(scan.words, start, m.start())
    if words.match(g.assignee, front, m.start()):
        verb = words.find(_cue("assignee_verbs"), front, m.start())
        state.assignees = context.heading_assignees = split_assignees(
            scan.text[front : verb.start() if verb else m.start()]
        )
    context.period = lead_deadline(scan, sentence.start, end)
    return True


_SETS = regex(
    r"(?:(?<=, )|(?<=\. )|(?<=\n)|\A)(?P<who>[^,;:.\n]{2,60}?)"
    r" (?:đã |cũng |sẽ |vừa )?(?:xác định|đề ra|đặt ra)"
    r" (?:nhiều|một số|các|những|\w{1,3}) (?:nhóm )?(?:nhiệm vụ|giải pháp|định hướng)"
)
"""Who sets the tasks that follow."""


def names_a_list(text: str, begin: int, end: int) -> bool:
    """Whether what is to be done in `[begin, end)` is a list to come: "thực hiện các việc sau".

    A colon must stand behind it, unless the list is sure to come: "một số nhiệm vụ".
    """
    if not colon_follows(text, end):
        return end - begin < _LONGEST_TOLD and _COMES_ANYWAY.search(text, begin, end) is not None
    if _LISTED.fullmatch(text, begin, end) is not None:
        return True
    return end - begin < _LONGEST_TOLD and _ENDS_IN_LIST.search(text, begin, end) is not None


_LISTED = regex(
    r"(?:lãnh đạo|chỉ đạo|chủ trì|tổ chức|triển khai|thực hiện)"
    r"(?:(?:, | và )?(?:chỉ đạo|phối hợp|triển khai))?(?: tổ chức)?(?: thực hiện)?(?: tốt)?"
    r"(?: các| một số| những)?(?: nội dung| nhiệm vụ| công việc)?(?: sau)?"
    r"|(?:tập trung )?(?:tập trung|triển khai|thực hiện)(?: tốt)?(?: vào)?"
    r" (?:các|một số|những|\w+) (?:nhóm )?"
    r"(?:nhiệm vụ|giải pháp|nội dung|công việc|việc)[\w, ]{0,40}"
)
_LONGEST_TOLD = 130
_COMES_ANYWAY = regex(
    r"(?:triển khai|thực hiện|tập trung(?: vào)?|làm(?: tốt)?)(?: \w+){0,2}"
    r" một số (?:nhóm )?(?:nhiệm vụ|giải pháp|nội dung|công việc|việc)"
    r"(?:, giải pháp)?(?: trọng tâm| cụ thể| chủ yếu| sau| sau đây| dưới đây)*$"
)
_ENDS_IN_LIST = regex(
    r"(?:triển khai|thực hiện|tập trung|làm)(?: ngay| tốt| khẩn trương| đồng bộ| vào)*"
    r" (?:các|một số|những) (?:nhóm )?(?:nhiệm vụ|giải pháp|nội dung|công việc|việc|biện pháp)"
    r"(?:, giải pháp)?(?: trọng tâm| cụ thể| chủ yếu| sau| sau đây| dưới đây)*$"
)
"""What is to be done is the list: "quan tâm chỉ đạo ... triển khai ngay một số nội dung:"."""
