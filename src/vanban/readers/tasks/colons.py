"""What stands behind a colon inside a clause: the first item of a list, or who is told."""

from dataclasses import replace

from vanban.patterns import regex
from vanban.readers.tasks.bare import bare
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.cues import clause_cue
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_blank, skip_front
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.lists import is_done_list
from vanban.readers.tasks.people import find_issuer, split_assignees

__all__ = ["announces_a_list", "behind_colon"]


def behind_colon(clause: Clause, colon: int) -> list[Found] | None:
    """The first item of a list behind its lead-in; None if what stands before is no lead-in."""
    scan, context, state = clause.scan, clause.context, clause.state
    asked = skip_blank(scan.text, colon + 1)
    if _LABEL.fullmatch(scan.text, clause.front, colon) and scan.words.match(
        grammar().directive, asked, clause.end
    ):
        # "Kiến nghị: đề nghị Bộ A ..."
        return clause_cue(replace(clause, start=asked)) or []
    lead = replace(clause, end=colon)
    head = clause_cue(lead)
    if _MATTERS.search(scan.text, clause.start, colon + 1) is not None:
        # "... ý kiến của doanh nghiệp về ba nhóm vấn đề: thuế; đất đai; ..."
        state.closed = True
        return []
    opened = scan.words.has(grammar().opener, clause.start, colon) or scan.text.endswith(
        "tập trung", clause.start, colon
    )
    ahead = _GOES_ON_TO_DO.search(scan.text, clause.start, colon) if head is None else None
    advice = _ADVICE.search(scan.text, clause.start, colon)
    agreed = _AGREED.search(scan.text, clause.start, colon)
    of_another = _RECOMMENDED.search(scan.text, clause.start, colon)
    opened = opened or ahead is not None or advice is not None or agreed is not None
    if head is None and not opened:
        return None
    state.opened = state.cued = True
    if state.period is None:
        state.period = lead_deadline(scan, clause.sentence.start, colon)
    context.period = state.period or context.period
    if head is not None and is_done_list(scan, clause.start, colon):
        return []
    if head is None:
        until = advice.start() if advice is not None else colon
        state.issuer = find_issuer(scan, clause.sentence.start, until) or context.speaker
        if (told := _FOR_WHOM.search(scan.text, clause.start, colon)) is not None:
            # "... đưa ra bốn khuyến nghị cho doanh nghiệp: (1) ..."
            who = told["who"].removesuffix(" như sau").removesuffix(" sau")
            state.assignees = split_assignees(who) or state.assignees
        if ahead is not None:
            state.assignees = split_assignees(ahead["who"])
            if state.issuer in state.assignees:
                state.issuer = None
    if agreed is not None:
        # Who agrees on what is to be done is who does it.
        state.issuer, state.assignees = agreed["who"], (agreed["who"],)
    if of_another is not None:
        # "Theo Thứ trưởng A, 4 khuyến nghị mà EC đưa ra cho Việt Nam gồm: ..."
        state.issuer, state.assignees = of_another["by"], (of_another["who"],)
    found = bare(clause, skip_front(scan.words, colon + 1, clause.end), "task.list")
    quoted = skip_blank(scan.text, colon + 1)
    if not found and _WE_ARE_TO.match(scan.text, quoted, clause.end):
        # "... tập trung một số nhiệm vụ sau: Chúng tôi sẽ ..."
        return clause_cue(replace(clause, start=quoted)) or []
    if not found and head == [] and scan.text[quoted : quoted + 1] in ("“", '"'):
        # "Bà A lưu ý: “Doanh nghiệp phải ...”"
        return clause_cue(replace(clause, start=quoted + 1)) or []
    if not found and head == [] and _ORDERS.search(scan.text, clause.start, colon):
        # "Ông A đề nghị: Chính phủ Hàn Quốc tiếp tục ..."
        return clause_cue(clause) or []
    return found


_LABEL = regex(
    r"(?:[Kk]iến nghị|[Đđ]ề xuất|[Đđ]ề nghị)(?:(?:,| và) (?:đề xuất|kiến nghị|đề nghị))? ?"
)
_MATTERS = regex(
    r"(?<!\w)(?:ý kiến|kiến nghị|đề xuất|trao đổi|thảo luận|câu hỏi|tham luận)[^;:.]{0,90}"
    r" (?:về|liên quan (?:đến|tới)|xoay quanh)(?: các| những| một số| \w+)? (?:nhóm )?"
    r"(?:vấn đề|nội dung|chủ đề|lĩnh vực)(?: [^;:.]{1,30})?:$"
)
"""What was talked about, before a colon: no list of orders."""
_ORDERS = regex(r"(?:[Đđ]ề nghị|[Kk]iến nghị|[Yy]êu cầu|[Đđ]ề xuất|[Kk]huyến nghị|[Kk]êu gọi) ?$")


def announces_a_list(text: str, start: int, end: int) -> bool:
    """Whether a sentence says in time to come what somebody goes on to do, behind a colon."""
    colon = text.find(":", start, end)
    return colon >= 0 and _GOES_ON_TO_DO.search(text, start, colon) is not None


_GOES_ON_TO_DO = regex(
    r"(?:tháng cuối năm(?: \d{4})?|(?:[Tt]hời gian|[Nn]ăm|[Tt]háng|[Gg]iai đoạn|[Qq]uý) tới"
    r"|[Tt]ới đây|[Qq]uý [IV]+(?:[/ ]\d{4})?|năm \d{4}),"
    r" (?P<who>[^;:.,]{2,60}?) (?:tiếp tục|tập trung|sẽ) (?:tổ chức |triển khai |thực hiện ){0,2}"
    r"(?:tốt )?(?:các|những|một số) (?:nội dung|nhiệm vụ|giải pháp|công việc|hoạt động)"
    r"[^;:.]{0,40}$"
)
"""Who goes on to do what follows: "Trong quý tới, ngành tiếp tục thực hiện các nội dung"."""
_ADVICE = regex(
    r"(?:đưa ra|có|nêu|gửi|phát đi|đề ra)(?: \w+){0,3} (?:khuyến nghị|khuyến cáo|lời khuyên"
    r"|kiến nghị|lưu ý|đề xuất)(?: (?:dành )?(?:cho|đối với|với|tới) [^;:.]{3,150}?)?"
    r"(?: như sau| sau đây| sau)$"
)
"""What somebody advises, before a list: "... đưa ra khuyến nghị cho doanh nghiệp như sau"."""
_RECOMMENDED = regex(
    r"(?:khuyến nghị|yêu cầu|kiến nghị|điều kiện) (?:mà|do) (?P<by>[^,;:.]{2,40}?)"
    r" (?:đã |từng )?(?:đưa ra|đặt ra|đề ra|nêu|gửi) (?:cho|đối với|với|tới)"
    r" (?P<who>[^,;:.]{2,60}?)(?: (?:cần|phải|cần phải|thực hiện))*,?(?: (?:bao )?gồm| là)?$"
)
"""What another holds somebody to, before a list."""
_WE_ARE_TO = regex(r"(?:Chúng tôi|Tôi|Chúng ta|chúng tôi|chúng ta) (?:sẽ|cần|phải)(?!\w)")
_AGREED = regex(
    r"(?P<who>(?:[Hh]ai|[Bb]a|[Cc]ác) (?:[Bb]ên|nước|phía|[Bb]ộ trưởng|Thủ tướng|nhà lãnh đạo"
    r"|Bộ|cơ quan|địa phương|tỉnh))"
    r" (?:cũng |đã |cùng |đều )*(?:thống nhất|nhất trí|đồng ý|cam kết)"
    r"(?: (?:về|với|triển khai|thực hiện))?"
    r" (?:một số|các|những|nhiều|\w{1,3})(?: nhóm)?"
    r" (?:giải pháp|biện pháp|nội dung|nhiệm vụ|định hướng|phương hướng|hướng|hoạt động|việc)"
    r"(?: [^;:.,]{1,60})?$"
)
"""Who agree on several things to do, before the colon: "Hai bên nhất trí các biện pháp"."""
_FOR_WHOM = regex(
    r"(?:khuyến nghị|kiến nghị|đề xuất|lời khuyên|lưu ý|yêu cầu|nhiệm vụ|giải pháp)[^,;:.]{0,40}"
    r" (?:dành )?(?:cho|đối với|với|tới) (?P<who>[^;:.]{3,150})$"
)
