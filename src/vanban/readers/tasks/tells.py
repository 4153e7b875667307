"""Whether a word of telling tells somebody something where it stands."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import province_at
from vanban.letters import UPPER, modern_tones
from vanban.patterns import alternation, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.readers.tasks.planned import works_together
from vanban.readers.tasks.reported import is_of_a_meeting

__all__ = [
    "behind_frame",
    "framed",
    "invited",
    "is_mere_wish",
    "is_of_swindlers",
    "is_the_action",
    "rule_of",
    "tells",
    "was_assigned",
]


def rule_of(m: re.Match[str]) -> str:
    return grammar().directive_of[modern_tones(" ".join(m[0].split()))]


def tells(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is one where it stands; "theo yêu cầu của" is none."""
    g, text = grammar(), clause.scan.text
    led = clause.lead_verb if clause.is_led else None
    # "tiếp tục ... theo dõi, đề xuất": the verb before leads, unless somebody stands between.
    is_led = led is not None and m.start() > led.start()
    if is_led and led is not None:
        joint = led["verb"].lower() in load("tasks")["joint_verbs"]
        if joint or find_issuer(clause.scan, clause.front, m.start()) is None:
            return False
    if text.find(" được ", max(clause.start, m.start() - 60), m.start()) >= 0 and (
        _TASKS_GIVEN.search(text, clause.start, m.start())
    ):
        return False
    if _is_planned_before(clause, m) or _goes_on_a_report(clause, m):
        return False
    if text.endswith(("từng ", "đã nhiều lần ", "đã hai lần ", "đã ba lần "), 0, m.start()):
        return False
    if m[0].startswith(("yêu cầu", "đòi hỏi")) and _OF_ANOTHER.search(
        text, clause.start, m.start()
    ):
        return False
    if text.endswith("tham mưu, ", 0, m.start()) and _HAS_DONE.search(
        text, clause.start, m.start()
    ):
        return False
    if _ALWAYS.search(text, clause.start, m.start()) or _IN_A_PURPOSE.search(
        text, clause.start, m.start()
    ):
        return False
    if _of_a_meeting(clause, m) or _directed_already(clause, m):
        return False
    if m[0] == "đòi hỏi" and _PRESSES.search(text, clause.start, m.start()):
        return False
    if m[0] == "đòi hỏi" and not clause.scan.words.match(
        g.assignee, skip_blank(text, m.end()), clause.end
    ):
        return False
    if m[0] == "kêu gọi" and text.endswith(("dự án ", "danh mục "), clause.start, m.start()):
        return False
    if m[0] == "lưu ý" and _NOTES_HOW_IT_IS.match(text, m.end(), clause.end):
        return False
    if m[0] in ("đề xuất", "kiến nghị") and _WITH_WHOM.search(text, clause.start, m.start()):
        return False
    if m[0] in ("yêu cầu", "đề nghị") and _THIRD_PARTY.match(text, m.end(), clause.end):
        needs = clause.scan.words.find(g.modal, clause.start, m.start())
        if needs is not None:
            # "doanh nghiệp phải xác minh ..., yêu cầu đối tác cung cấp ...": what it has to do.
            return False
    if m[0] in ("yêu cầu", "đề nghị", "mời") and is_of_swindlers(clause, m.start()):
        return False
    if rule_of(m) == "assign" and _AS_ASSIGNED.search(text, clause.start, m.start()):
        return False
    given = m[0] == "giao" and text.startswith((",", "."), m.end())
    if given and _GIVEN_BY.search(text, clause.start, m.start()):
        # "nhiệm vụ Bộ Chính trị giao, xác định rõ trách nhiệm": which one.
        return False
    if m[0] == "chỉ đạo" and clause.context.section == "results":
        # "I. CÔNG TÁC CHỈ ĐẠO ... Trong tháng, UBND tỉnh tập trung chỉ đạo các sở ..."
        return False
    if rule_of(m) == "direct" and _AGREED_TO.search(text, clause.start, m.start()):
        return False
    if text.endswith("đã ", clause.start, m.start()) and _PAST.match(text, clause.sentence.start):
        return False
    opinion = text.endswith(" có ý kiến ", clause.start, m.start())
    if opinion or (m[0] == "chỉ đạo" and text.endswith(" có ", clause.start, m.start())):
        at, words = skip_blank(text, m.end()), clause.scan.words
        if words.match(g.verb, at, clause.end) is not None:
            return True
        # "Thủ tướng có ý kiến giao Bộ A chủ trì ..."
        return opinion and words.match(g.assignee, at, clause.end) is not None
    of_a_team = text.endswith(_TEAMS, clause.start, m.start())
    low = max(clause.sentence.start, m.start() - 30)
    if not of_a_team and g.directive_not_after.search(text, low, m.start()):
        return False
    if g.directive_not_before.match(text, m.end(), clause.end):
        # "đề nghị tại kỳ họp này, hai Thủ tướng chỉ đạo ..." tells all the same.
        at = skip_blank(text, m.end())
        if behind_frame(clause, at) == at:
            return False
    return rule_of(m) != "assign" or not g.assign_not_before.match(text, m.end(), clause.end)


_NOTES_HOW_IT_IS = regex(r" [^,;:.]{3,90} (?:còn|vẫn|đang|đã|hiện) (?:gặp|còn|có|nhiều|là)(?!\w)")
"""Behind "lưu ý", how things are: "lưu ý hợp tác giữa hai nước còn gặp không ít thách thức"."""
_PRESSES = regex(r"(?i:áp lực|thách thức|rào cản|khó khăn)[^,;.]* $")
"""Before "đòi hỏi", what nobody orders: "áp lực thường xuyên đòi hỏi DN phải ..."."""
_TEAMS = ("oàn công tác ", "ổ công tác ", "hóm công tác ")
"""Who asks: "Đoàn công tác đề nghị ...", though "công tác đề nghị" is work."""
_WITH_WHOM = regex(r"phối hợp (?:chặt chẽ )?(?:với|cùng) [^,;:.]{2,60} $")
"""Before "đề xuất", with whom: "Bộ A chủ động phối hợp với Bộ B đề xuất ..." is what A is to do."""
_THIRD_PARTY = regex(
    r" (?:các )?(?:đối tác|khách hàng|bên (?:mua|bán)|người (?:mua|bán)|nhà (?:nhập khẩu|cung cấp))"
)
_SWINDLERS = ("lừa đảo", "giả mạo", "mạo danh", "chiếm đoạt")
_NEAR_SWINDLERS = 300
"""Code points behind a word for swindlers in which nobody unnamed gives an order."""


def is_of_swindlers(clause: Clause, at: int) -> bool:
    """Whether a warning tells what swindlers asked for: "... mời doanh nghiệp tham gia đấu thầu".

    Args:
        at: the word of telling; a body or a person named before it in its clause does tell.
    """
    scan, low = clause.scan, max(0, at - _NEAR_SWINDLERS)
    if at == clause.sentence.start or all(scan.text.find(word, low, at) < 0 for word in _SWINDLERS):
        return False
    return find_issuer(scan, clause.start, at) is None


_AS_ASSIGNED = regex(
    r"(?:như|theo|do|đã|mà) (?:[Tt]rung ương|Quốc hội|Chính phủ|Thủ tướng(?: Chính phủ)?|cấp trên"
    r"|HĐND(?: tỉnh)?|UBND(?: tỉnh)?|Bộ|tỉnh)(?: đã)? $"
)
"""Before "giao", what was set: "mức 6,5% như Quốc hội giao"."""
_GIVEN_BY = regex(
    r"(?:nhiệm vụ|công việc|chỉ tiêu|mục tiêu|trọng trách|kế hoạch|việc) [^,;:.]{2,60} $"
)
_AGREED_TO = regex(
    r"(?:nhất trí|thống nhất|cam kết|đồng ý)(?: (?:sẽ|tiếp tục|cùng|cùng nhau|tăng cường|sớm))* $"
)
"""Before "chỉ đạo", who agrees to direct others: to direct is what is to be done."""
_HAS_DONE = regex(r"(?<!\w)đã (?:làm|thực hiện|chủ động|tích cực|kịp thời|phối hợp|tổ chức)")
_ALWAYS = rare(r"(?<!\w)luôn (?:(?:quán triệt|chỉ đạo|nhắc nhở|chủ động|quan tâm), )?$")
"""Before a word of telling, what somebody does at all times: "Huyện ủy luôn quán triệt, giao"."""
_IN_A_PURPOSE = regex(
    r" (?:để|nhằm) [^,;:.]{0,50}(?:tham mưu|đề xuất)(?:, (?:đề xuất|tham mưu))*,? $"
)
"""What something is done for: "... để chủ động tham mưu, đề xuất, kiến nghị với Chính phủ"."""
_OF_ANOTHER = regex(
    r"(?<!\w)(?:[Đđ]ối tượng|[Kk]ẻ (?:gian|lừa đảo)|[Bb]ên (?:mua|bán)"
    r"|[Nn]gười (?:mua|bán|tiêu dùng)|[Kk]hách hàng"
    r"|[Nn]hà (?:nhập khẩu|bán lẻ|phân phối)|[Tt]hị trường|[Qq]uy (?:định|tắc|chế)"
    r"|[Tt]iêu chuẩn|[Ll]uật)(?: [^,;:.]{1,50})? $"
)
"""What a buyer, a market or a swindler wants of others is no order."""


def _of_a_meeting(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "kiến nghị" is of what a meeting takes up: "... và đề xuất, kiến nghị giải pháp"."""
    scan = clause.scan
    if clause.context.own is not None or rule_of(m) != "ask":
        return False
    if not is_of_a_meeting(scan.text, clause.sentence.start, m.end()):
        return False
    at = skip_blank(scan.text, m.end())
    return scan.words.match(grammar().assignee, at, clause.end) is None


def _directed_already(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a body tells what it has directed: "Tổng cục đã chỉ đạo các đơn vị triển khai"."""
    scan = clause.scan
    if rule_of(m) != "direct" or clause.context.own is not None:
        return False
    return _BODY_HAS.search(scan.text, clause.start, m.start()) is not None


_BODY_HAS = regex(
    r"(?<!\w)(?:Tổng cục|Cục|Sở|Bộ|Vụ|UBND|Ủy ban|Tỉnh ủy|Thành ủy|Ngành|ngành|Hiệp hội"
    r"|Tập đoàn|Công ty|Tổng công ty|Ngân hàng|[Tt]ỉnh|[Tt]hành phố|Đại sứ quán|Thương vụ|Ban)"
    r"(?! trưởng)(?: [^,;:.]{1,60})? đã"
    r"(?: (?:kịp thời|chủ động|tích cực|thường xuyên|khẩn trương|luôn|nhanh chóng|quyết liệt|sớm"
    r"|liên tục|trực tiếp|tiếp tục))* $"
)


_TASKS_GIVEN = regex(
    r"(?:nhiệm vụ|giải pháp|công việc|nội dung|chỉ tiêu|phần việc) (?:đã )?được [^,;.:]{2,40} $"
)
"""Which tasks they are, no order: "các nhiệm vụ được Thủ tướng giao"."""
_PAST = regex(r"(?:Trong )?(?:[Nn]ăm|[Tt]hời gian|[Nn]hững năm|[Nn]hiệm kỳ|[Nn]ăm vừa) qua,")
"""A sentence that opens so reports, and what it says was ordered is no order of today."""


def _is_planned_before(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling goes on a plan: "Bộ sẽ lập danh mục, phân công đơn vị ..."."""
    g, text = grammar(), clause.scan.text
    if m[0].lower() not in g.directive_as_action:
        return False
    joined = text.endswith((", ", " sẽ ", " sẽ tiếp tục "), 0, m.start())
    if not joined and rule_of(m) != "direct":
        return False
    plan = clause.scan.words.find(g.plan, clause.start, m.start())
    if plan is None:
        return False
    if text.endswith((" sẽ ", " sẽ tiếp tục "), 0, m.start()):
        return True
    at = skip_blank(text, plan.end())
    acts = clause.scan.words.match(g.verb, at, m.start()) is not None
    return acts or works_together(clause, at)


def _goes_on_a_report(clause: Clause, m: re.Match[str]) -> bool:
    """Whether an invitation was given with what else was done: "đã thăm ... và mời 30 ..."."""
    text = clause.scan.text
    if m[0] != "mời" or not text.endswith((" và ", ", "), clause.start, m.start()):
        return False
    return clause.scan.words.has(grammar().done, clause.start, m.start())


def is_the_action(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is itself what is to be done ("phân công cán bộ ...")."""
    word = " ".join(m[0].split())
    as_action = grammar().directive_as_action
    if word == "mời" and clause.scan.text.endswith(" và ", clause.sentence.start, clause.start):
        # "Bà Hòa thông tin và mời phía Nga ...": who speaks goes on.
        return False
    if word == "mời":
        at = skip_blank(clause.scan.text, m.end())
        if invited().match(clause.scan.text, at, clause.end):
            # "Sở Ngoại vụ tập trung: ...; mời A tham gia": what the body of the list is to do.
            return bool(clause.context.heading_assignees) and m.start() == clause.front
    if word.lower() in as_action and m.start() == clause.front and clause.is_led:
        return not _asks_another(clause, m)
    if word not in as_action:
        return False
    if not clause.state.listed and not _is_second(clause, m):
        return False
    named = clause.scan.words.match(grammar().assignee, clause.front, m.start())
    if named is None or m.start() - clause.front >= 160:
        return False
    # "Bộ Tài chính nghiên cứu, đề xuất giảm ...": the first of two things it is to do.
    first = verb_after(clause.scan, named.end(), m.start())
    return first is None or (word != "mời" and first[0] - named.end() < _LONGEST_NAME)


_TELLS_ONLY = (
    "đánh giá", "ghi nhận", "nhấn mạnh", "khẳng định", "thông báo", "thông tin", "chia sẻ", "nêu",
    "trao đổi", "báo cáo", "tiếp nhận", "làm việc", "khảo sát", "kiểm tra", "tham gia", "trả lời",
    "giới thiệu", "phân tích", "quan tâm", "tôn trọng", "coi trọng", "ủng hộ", "tổ chức",
    "đối thoại", "gặp", "gặp gỡ", "tiếp xúc", "hội kiến", "hội đàm",
)  # fmt: skip
"""Before "và đề nghị", what somebody did who then asks: "Bộ thông báo ... và đề nghị ..."."""


def _is_second(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "đề xuất" is the second thing a body is to do: "Cục A rà soát, đề xuất giảm ..."."""
    scan = clause.scan
    if not clause.context.active or not scan.text.endswith((", ", " và "), 0, m.start()):
        return False
    named = scan.words.match(grammar().assignee, clause.front, m.start())
    first = verb_after(scan, named.end(), m.start()) if named is not None else None
    return first is not None and not scan.text[first[0] : first[1]].endswith(_TELLS_ONLY)


_LONGEST_NAME = 100
"""Code points of the name of a body behind its head."""
_SUPERIOR = regex(r"(?:Chính phủ|Thủ tướng|Quốc hội|Trung ương|Bộ |Ban |các bộ)")


def _asks_another(clause: Clause, m: re.Match[str]) -> bool:
    """Whether who asked before goes on to ask somebody else: "...; đề xuất các địa phương ..."."""
    if m[0] == "Kiến nghị" and m.start() == clause.sentence.start:
        at = skip_blank(clause.scan.text, m.end())
        return _SUPERIOR.match(clause.scan.text, at, clause.end) is not None
    if m[0] in ("kiến nghị", "đề xuất") and clause.context.own is None and not clause.state.cued:
        # "Tỉnh sẽ ... . Đồng thời, kiến nghị các bộ, ngành Trung ương ...": it asks others.
        at = skip_blank(clause.scan.text, m.end())
        if _SUPERIOR.match(clause.scan.text, at, clause.end):
            return verb_after(clause.scan, at, clause.end) is not None
    asked = clause.context.section == "kiến nghị" or clause.state.rule == "plan"
    if not asked and (clause.context.own is not None or clause.state.rule != "ask"):
        return False
    at = skip_blank(clause.scan.text, m.end())
    return clause.scan.words.match(grammar().assignee, at, clause.end) is not None


def is_mere_wish(clause: Clause, m: re.Match[str]) -> bool:
    """Whether "mong", "hy vọng" is said of nobody who could do anything about it."""
    if m[0] not in load("tasks")["wishes"]:
        return False
    at = behind_frame(clause, skip_blank(clause.scan.text, m.end()))
    if _IS_GIVEN.match(clause.scan.text, at, clause.end):
        return True
    return not (
        framed(clause, m)
        or clause.scan.words.match(grammar().assignee, at, clause.end)
        or province_at(clause.scan.words, at, min(clause.end, at + 30)) is not None
        or any(
            p.type in ("country", "bloc")
            for p in clause.scan.partners_between(min(at, m.end() + 14), at + 14)
        )
        or _FIRM.match(clause.scan.text, at)
    )


_IS_GIVEN = regex(r"[^,;:.]{2,60}? (?:sẽ )?(?:tiếp tục|sớm|luôn|ngày càng) (?:sẽ )?được ")
"""What somebody hopes to be given: "mong tỉnh sẽ tiếp tục được nhà đầu tư quan tâm"."""
_FIRM = regex(rf"[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*){{0,3}} (?=[^\W\d_{UPPER}])")
"""A name with a small letter behind it, where a verb may begin."""


def was_assigned(clause: Clause, m: re.Match[str]) -> bool:
    if rule_of(m) != "assign":
        return False
    return clause.scan.words.has(grammar().done, max(clause.start, m.start() - 5), m.start())


@cache
def _frame_of_assignee() -> re.Pattern[str]:
    words = alternation(load("tasks")["assignee_frames"])
    return regex(rf"(?:{words}) +(?P<who>(?:[^,;:.]|, +(?=ngành|thành phố|ban|địa phương))+),")


def framed(clause: Clause, m: re.Match[str]) -> tuple[str, ...]:
    """Whom a frame before the verb of telling names: "Với các bộ, ngành, chúng tôi kiến nghị"."""
    frame = _frame_of_assignee().match(clause.scan.text, clause.start, m.start())
    if frame is not None:
        # "Với Nhật Bản, Thủ tướng đề nghị ..."
        for partner in clause.scan.partners_between(frame.start("who"), frame.start("who") + 1):
            if partner.end == frame.end("who"):
                return (clause.scan.text[partner.start : partner.end],)
    if frame is None or not grammar().assignee.pattern.match(frame["who"]):
        return ()
    return split_assignees(frame["who"])


_TO_WHOM = regex(r"(?:với|đối với|cùng với) ")
"""What opens so behind a verb of telling may name who is told, and be no frame."""
_WHEN = regex(
    r"(?:trong )?(?:thời gian tới|thời gian sớm nhất|những năm tới|những tháng tới|giai đoạn tới"
    r"|tới đây|sắp tới|trước mắt), (?=\w)"
    r"|(?:trong )?(?:thời gian|những năm|giai đoạn) tới (?=\w)"
)


_TO_AN_END = regex(r"(?:để|nhằm|muốn) [^,;:.]{3,110}, (?=\w)")
"""What something is asked for: "lưu ý để giảm tai nạn, các tỉnh cần ..."."""


def behind_frame(clause: Clause, at: int) -> int:
    """Past a frame behind a verb of telling: "lưu ý ngoài giá thành, doanh nghiệp cần ..."."""
    scan, g = clause.scan, grammar()
    to_whom = _TO_WHOM.match(scan.text, at, clause.end)
    if to_whom is not None and scan.words.match(g.assignee, to_whom.end(), clause.end):
        return at
    frame = (
        _WHEN.match(scan.text, at, clause.end)
        or _TO_AN_END.match(scan.text, at, clause.end)
        or scan.words.match(g.frame, at, clause.end)
    )
    if frame is None or scan.words.match(g.verb, at, clause.end) is not None:
        return at
    if scan.words.has(g.done, at, frame.end()) or scan.words.match(g.assignee, at, frame.end()):
        return at
    follows = scan.words.match(g.assignee, frame.end(), clause.end) is not None or any(
        partner.start == frame.end()
        for partner in scan.partners_between(frame.end(), frame.end() + 1)
    )
    follows = follows or province_at(scan.words, frame.end(), clause.end) is not None
    return frame.end() if follows else at


@cache
def invited() -> re.Pattern[str]:
    words = alternation(load("tasks")["invited"])
    return regex(rf"(?P<who>[^,;.]{{3,110}}?) (?:sớm +|sang +|trở lại +|đến +)*(?:{words})(?!\w)")
