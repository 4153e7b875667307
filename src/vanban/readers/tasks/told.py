"""Told: "Thủ tướng yêu cầu Bộ Công Thương đẩy mạnh ..."."""

import re
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PartnerMention, province_at
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline, lead_deadline
from vanban.readers.tasks.fronts import colon_follows, skip_blank, skip_front, verb_after
from vanban.readers.tasks.grammar import LONGEST_SUBJECT, grammar
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.people import (
    begins_to_act,
    find_issuer,
    office_heads,
    place_named,
    split_assignees,
)
from vanban.readers.tasks.planned import speaks_for_vietnam
from vanban.readers.tasks.promised import body_alone, first_subject, joint, sentence_subject
from vanban.readers.tasks.reported import leads
from vanban.readers.tasks.tells import behind_frame, framed, invited, is_of_swindlers, rule_of

__all__ = ["told", "told_passively"]

_LONGEST_GAP = 260
"""Code points between a verb of telling and the verb of the task."""
_SHORTEST_TASK = 8

_MOST_NAME_WORDS = 14
_SAYS_MORE = regex(r" (?:chứ|không|rồi|mà|để|nếu|vì|khi|rất|được|bị|chưa|nhưng|hoặc là) ")
_MOST_OPEN_WORDS = 14
"""Words between a verb of telling and the verb, where no known body stands between."""


def told_passively(clause: Clause) -> list[Found] | None:
    """A body that is told: "Bộ Xây dựng được giao bổ sung quy hoạch"."""
    g, scan, state = grammar(), clause.scan, clause.state
    named = scan.words.match(g.assignee, clause.front, clause.end) or _LETTERS.match(
        scan.text, clause.front, clause.end
    )
    m = scan.words.find(g.passive, clause.front, clause.end) if named is not None else None
    if named is None or m is None or m.start() - clause.front > LONGEST_SUBJECT:
        return None
    if scan.words.has(g.done, clause.front, m.start()):
        return None
    if _ITS_OWN.search(scan.text, clause.front, m.start()):
        return None
    if "được đề nghị" in m[0] and is_of_swindlers(clause, clause.front):
        return None
    verb = verb_after(scan, m.end(), clause.end)
    if verb is None or verb[0] - m.end() > 30:
        return None
    # "Bộ A là cơ quan thường trực, có trách nhiệm ..."
    told = scan.text[clause.front : m.start()].split(" là ")[0]
    state.assignees = split_assignees(told)
    if not state.assignees and (letters := _LETTERS.match(told)) is not None:
        state.assignees = (letters[0],)
    state.issuer = clause.context.speaker
    state.cued = True
    return [clause.task(verb[0], clause.end, "task.passive", 0.7)]


_LETTERS = regex(rf"[{UPPER}][{UPPER}&-]{{2,9}}(?!\w)")
_ITS_OWN = regex(r"(?:nhiệm vụ|quyền hạn|chức năng|công việc|phần việc) $")
"""Before "được giao", what everybody has to do anyway: "theo nhiệm vụ được giao"."""


def told(clause: Clause, m: re.Match[str]) -> list[Found] | None:
    """What stands behind a verb of telling: a body and a verb, a verb, or a list to come."""
    scan, text, end = clause.scan, clause.scan.text, clause.end
    context, state, rule = clause.context, clause.state, rule_of(m)
    at = skip_blank(text, m.end())
    while at < end and text[at] in ':,“"':
        at = skip_blank(text, at + 1)
    if text[m.end() : m.end() + 1] == ":":
        at = skip_front(scan.words, at, end)
    issuer = _teller(clause, m)
    # "giao A ... trong tháng 10; đề nghị B ...": A's deadline is not B's.
    first = clause.start if state.cued else clause.sentence.start
    lead = lead_deadline(scan, first, m.start(), said=True)
    lead = lead or (state.period if state.cued else None)
    if (dated := _LEAD_PERIOD.match(text, at, end)) is not None:
        # "yêu cầu trong quý III, các bộ ...; ..." dates the whole list.
        when = lead_deadline(scan, at, dated.end(), said=True)
        if when is not None:
            at, lead = dated.end(), when
    at = behind_frame(clause, at)
    if at >= end - 4:
        if not colon_follows(text, m.end()) and (at < end - 1 or text[end : end + 1] == "."):
            return None
        state.issuer, state.cued, state.opened = issuer, True, True
        context.period = lead or context.period
        return []
    behind = _behind(clause, at, m)
    if behind is None and colon_follows(text, end):
        when = lead_deadline(scan, m.end(), end, said=True)
        if when is not None and verb_after(scan, at, end) is None:
            # "yêu cầu, trong 6 tháng cuối năm:" dates the list that follows.
            state.issuer, state.cued, state.opened = issuer, True, True
            state.assignees = split_assignees(_TO_COME.sub("", text[at:end]))
            context.period = when
            return []
    if behind is None:
        if not scan.words.match(grammar().assignee, at, end) or not colon_follows(text, end):
            return None
        named = _TO_COME.sub("", text[at:end])
        if verb_after(scan, at, at + len(named)) is not None:
            return None
        state.issuer, state.assignees = issuer, split_assignees(named)
        state.cued = state.opened = True
        context.period = lead or context.period
        return []
    begin, assignees = behind
    if not assignees and (given := _GIVEN.fullmatch(text, clause.front, m.start())) is not None:
        # "Bộ A được Thủ tướng giao chủ trì ..."
        assignees = split_assignees(given["who"])
    if not assignees and (sent := _SENT_TO.search(text, clause.start, m.start())) is not None:
        # "... vừa có công văn gửi UBND các tỉnh yêu cầu phối hợp ..."
        assignees = split_assignees(sent["who"])
    still = _TO_COME.fullmatch(f" {text[begin:end]}") is not None
    if end - begin < _SHORTEST_TASK or (still and colon_follows(text, end)):
        if assignees and colon_follows(text, end):
            # "yêu cầu Cục A và Cục B thời gian tới cần:" brings in a list.
            listed = split_assignees(_TO_COME.sub("", text[at:end]))
            state.issuer, state.assignees = issuer, listed or assignees
            state.cued = state.opened = True
            context.period = lead or context.period
            return []
        return None
    if names_a_list(text, begin, end):
        # "đề nghị tập trung một số nhiệm vụ sau:" tells nothing yet.
        state.issuer, state.assignees = issuer, assignees
        state.cued = state.opened = True
        context.period = lead or context.period
        return []
    if not assignees:
        assignees = framed(clause, m)
    if not assignees and text.endswith(("nhất trí ", "thống nhất "), 0, m.start()):
        # "Hai bên nhất trí đề xuất duy trì ...": who agrees is who does.
        assignees = (issuer,) if issuer is not None else ()
    ordered = text.endswith((" có ", " có ý kiến "), 0, m.start())
    if rule == "direct" and not assignees and not ordered and not _goes_on_speaking(clause, m):
        return None
    if rule == "direct" and (led := _told_to_lead(clause, m)) is not None:
        return [led]
    state.issuer, state.assignees, state.cued = issuer, assignees, True
    context.issuer, context.asked_period = issuer, None
    if clause.scan.interviewee is None or issuer in clause.scan.titles_of:
        context.speaker = issuer or context.speaker
    if lead is not None:
        state.period = context.period = lead
    elif not scan.words.match(grammar().connective, clause.sentence.start, len(text)):
        context.period = None
    context.heading_assignees = ()
    context.told = assignees if issuer not in assignees else ()
    state.rule = rule
    state.cited = _CITES.match(text, clause.sentence.start) is not None
    found = clause.task(begin, end, f"task.{rule}", 0.88)
    if clause_deadline(scan, begin, end) is None:
        # "giao Bộ Ngoại giao trong tháng 8 trình Đề án"
        found = replace(found, deadline=clause_deadline(scan, at, begin) or found.deadline)
    return [found]


def _goes_on_speaking(clause: Clause, m: re.Match[str]) -> bool:
    """Whether who has spoken before orders on: "Về xuất khẩu, Thủ tướng chỉ đạo khai thác ..."."""
    scan = clause.scan
    comma = scan.text.rfind(", ", clause.start, m.start())
    begin = clause.start if comma < 0 else comma + 2
    if _office_alone().fullmatch(scan.text, begin, m.start()) is None:
        return False
    return find_issuer(scan, begin, m.start()) == clause.context.speaker


@cache
def _office_alone() -> re.Pattern[str]:
    return regex(rf"{office_heads()}[^,;:.]{{0,60}} (?:cũng )?")


def _told_to_lead(clause: Clause, m: re.Match[str]) -> Found | None:
    """The task of somebody who is to direct others, told before: "Bộ trưởng Bộ X chỉ đạo ...".

    Who was just told by somebody above him gives no order of his own in the sentence that follows.
    """
    context, state = clause.context, clause.state
    who = split_assignees(clause.scan.text[clause.front : m.start()])
    if not context.active or not who or not set(who) <= set(context.told):
        return None
    state.issuer, state.assignees, state.cued = context.issuer, who, True
    return clause.task(m.start(), clause.end, "task.context.named", 0.75)


_SENT_TO = regex(
    r"(?:công văn|văn bản|công điện|công hàm|công thư|thư)[^;:.]{0,50}? gửi (?:tới |đến |cho )?"
    r"(?P<who>[^;:.]{3,140}?),? $"
)
_GIVEN = regex(r"(?P<who>[^;:.]{2,90}?) (?:cũng |đã )?được (?!biết)[^,;:.]{2,60} ")
_CITES = regex(r"Tại (?:[Cc]ông văn|[Vv]ăn bản|[Tt]hông báo|[Tt]ờ trình|[Cc]ông điện) ")
"""A sentence that opens so tells the order of a superior's paper."""
_TO_COME = regex(
    r",?(?: (?:ngay )?(?:trong|từ nay) [^,;:]{3,40}| (?:thời gian tới|tới đây|trước mắt),?)?"
    r"(?: (?:cần|phải|cần phải|sẽ))?(?: (?:tập trung|khẩn trương|chủ động|tích cực|ưu tiên))*$"
)
"""Behind those who are told, what is left of a line whose list of orders follows."""
_LEAD_PERIOD = regex(r"(?:ngay )?(?:trong|từ nay đến|đến hết|từ nay tới|từ) [^,;.]{2,40}, +")


_NO_NAMES = (
    "Qua",
    "Đồng",
    "Cũng",
    "Ông",
    "Bà",
    "Ngài",
    "Tuy",
    "Do",
    "Vì",
    "Sau",
    "Riêng",
    "Tôi",
    "Ta",
    "Anh",
)
_UNIT = regex(
    r"(?:Cử tri|Doanh nghiệp|DN|Kiều bào|Đại biểu|Hiệp hội|Vụ|Cục"
    r"|Sở|Tỉnh|Thành phố|Thương vụ|Đại sứ quán)(?: cũng)? *$"
)


def _teller(clause: Clause, m: re.Match[str]) -> str | None:
    """Who tells: the one named before the verb, else who told or spoke before."""
    issuer = _who_agree(clause, m) or first_subject(clause, m)
    issuer = issuer or find_issuer(clause.scan, clause.start, m.start())
    nobody = issuer is None
    if nobody and (unit := _UNIT.match(clause.scan.text, clause.front, m.start())):
        issuer = unit[0].removesuffix(" ").removesuffix(" cũng").strip()
        issuer = _in_full(clause, issuer)
    if issuer is None:
        words = clause.scan.text[clause.front : m.start()].strip()
        # "Để bảo đảm quyền lợi, cơ quan điều tra đề nghị ..."
        framed_off = " " in words and clause.front > clause.start and not words.startswith("đồng")
        whole = body_alone(words[0].upper() + words[1:] if framed_off else words)
        issuer = words[: len(whole)] if whole is not None else None
        if issuer is None and _NAME_ALONE.fullmatch(words) and words not in _NO_NAMES:
            # "EuroCham đề xuất ..."; for a province who speaks does.
            of_place = words in load("places")["provinces"] and clause.context.speaker is not None
            issuer = None if of_place else words
    if issuer is None and clause.state.cued:
        issuer = clause.state.issuer
    if issuer is None and m.start() == clause.start > clause.sentence.start:
        issuer = sentence_subject(clause)
    if issuer == "Việt Nam" and speaks_for_vietnam(clause):
        return clause.context.speaker
    if issuer is None and (m.start() == clause.start or clause.context.speaker is not None):
        issuer = clause.context.speaker or clause.context.issuer
    return issuer


def _who_agree(clause: Clause, m: re.Match[str]) -> str | None:
    """Who tell together what they agreed to: "Thủ tướng A và Thủ tướng Lào B nhất trí giao"."""
    agreed = _AGREED.search(clause.scan.text, clause.start, m.start())
    return joint(clause, agreed.start()) if agreed is not None else None


_AGREED = regex(r" (?:đã |cùng )?(?:nhất trí|thống nhất) (?:sẽ )?$")


def _in_full(clause: Clause, unit: str) -> str:
    """The body that a bare "Cục", "Sở" means: the last one named so before, else as written."""
    if unit not in _UNITS_OF_NAMES:
        return unit
    before = clause.scan.text[max(0, clause.start - _NAMED_BEFORE) : clause.start]
    named = rf"(?<!\w){unit} (?>{_OF_A_NAME})(?! các(?!\w))(?: tỉnh(?: [{UPPER}]\w+){{1,3}})?"
    names = [m[0] for m in re.finditer(named, before)]
    return " ".join(names[-1].split()) if names else unit


_NAMED_BEFORE = 20_000
"""Code points before a bare "Cục" in which its name is looked for."""
_UNITS_OF_NAMES = ("Cục", "Vụ", "Sở", "Thương vụ", "Hiệp hội", "Đại sứ quán")
_OF_A_NAME = (
    rf"[{UPPER}]\w+(?: (?:[{UPPER}][\w&]*|và(?= [{UPPER}])|(?!(?:đã|vừa|cũng|cho|thông|yêu"
    rf"|khuyến|đề|có|là|tổ|phối|tiếp|đang|sẽ|cần|phải|về|tại|do|với|để|trong|khi|được|của"
    rf"|thuộc|và|nêu|nhận|theo|tỉnh|các)"
    rf"(?!\w))[^\W\d_{UPPER}]+)){{0,9}}"
)


def _behind(clause: Clause, at: int, m: re.Match[str]) -> tuple[int, tuple[str, ...]] | None:
    """Where the task begins behind a verb of telling, and who is told; None if no task follows.

    Args:
        at: the first letter behind the verb of telling.
        m: that verb.
    """
    rule = rule_of(m)
    g, scan, end = grammar(), clause.scan, clause.end
    text = scan.text
    guest = invited().match(text, at, end) if m[0].lower() == "mời" else None
    if guest is not None and not _GUEST_ACTS.search(guest["who"]):
        return guest.end("who") + 1, (" ".join(guest["who"].split()),)
    verb = scan.words.match(g.verb, at, end)
    named = scan.words.match(g.assignee, at, end)
    bare = verb is not None and not (named is not None and named.end() > verb.end())
    if text.startswith("họ ", at) and verb_after(scan, at, end) is not None:
        return skip_blank(text, at + len("họ ")), clause.context.told
    of_name = text[at].isupper() or (
        verb is not None and verb["verb"] == "lãnh đạo" and text[verb.end() + 1 :][:1].isupper()
    )
    if verb is not None and named is not None and verb.end() == named.end() and of_name:
        # "Lãnh đạo Bộ" is a body, no verb.
        bare = False
    if bare and verb is not None and leads(text, verb):
        # "mong muốn lãnh đạo tỉnh cùng các sở quan tâm ...": leaders, no verb.
        bare, of_name = False, True
    if bare or scan.words.match(g.modal, at, end):
        return at, ()
    inside = named.end() if named is not None and (verb is None or of_name) else at
    found = verb_after(scan, inside, end)
    condition = _IF_THEN.search(text, at, end) if named is not None else None
    if condition is not None and found is not None:
        # "lưu ý doanh nghiệp nếu muốn giữ thị trường thì phải ..."
        return condition.end(), split_assignees(text[at : condition.start()])
    if rule == "ask" and named is not None:
        role = _TO_BE.search(text, named.end(), min(end, named.end() + LONGEST_SUBJECT))
        if role is not None and (found is None or role.start() < found[0]):
            # "mong các Đại sứ là cầu nối ..."
            found = role.start("is"), role.end()
    if (
        found is None
        or found[0] - at > _longest_gap(text, at)
        or scan.words.has(g.done, at, found[0])
    ):
        return None
    gap = text[at : found[0]]
    if named is not None and (acts := begins_to_act().search(gap)) is not None:
        # "đề nghị Đại sứ có các chỉ đạo ...": a verb that is not known stands first.
        found = at + acts.end(), found[1]
        gap = gap[: acts.start()]
    if _STOP.search(gap) and not all(g.assignee.pattern.match(w) for w in gap.split("; ")):
        return None
    partner = [p for p in scan.partners_between(at, at + 16) if p.type != "agreement"]
    names = _JOINED.split(gap.strip())
    if len(names) > 1 and all(map(str.isupper, names)):
        # "đề nghị WB và IMF hỗ trợ"
        return found[0], tuple(names)
    if named is None and not partner and not scan.people_between(at, at + 1):
        if all(map(_NAME_ALONE.fullmatch, names)):
            return found[0], tuple(names)
        if m[0] in _NAMES_WHAT and gap:
            return None
        if province_at(scan.words, at, found[0]) is not None and not _STOP.search(gap):
            # "mong muốn Long An với các tỉnh giáp biên giới tiếp tục ..."
            return found[0], (_WILL.sub("", gap.strip()),)
        if rule in ("ask", "direct") or len(gap.split()) > _MOST_OPEN_WORDS:
            return None
        needed = text[found[0] : found[1]].startswith(("phải", "cần"))
        last = gap.rstrip().rsplit(", ", 1)[-1]
        if needed and last != gap.rstrip():
            # "lưu ý để giảm tai nạn, Bạc Liêu cần ..."
            place = place_named(scan, found[0] - len(last) - 1, found[0])
            who = split_assignees(last)
            if place is not None or who == (last,):
                return found[0], (place,) if place is not None else who
        return (found[0] if needed else at), ()
    assignees = split_assignees(gap)
    if any(len(n.split()) > _MOST_NAME_WORDS and _SAYS_MORE.search(n) for n in assignees):
        # A verb that is not known stands in it.
        return at, ()
    if not assignees and _TWO_COUNTRIES.fullmatch(gap.strip()):
        assignees = (gap.strip(),)
    if not assignees and partner:
        assignees = (_of_a_country(text, at, partner[0]),)
    if not assignees and (people := scan.people_between(at, at + 4)):
        assignees = (text[people[0].start : people[0].end],)
    return found[0], assignees


_OWN_NAME = regex(rf"[{UPPER}][\w-]*(?: [\w-]+){{1,7}}(?=,| *$)")


def _of_a_country(text: str, at: int, partner: PartnerMention) -> str:
    """Who is told where a country is named: it, or its body: "Duma Quốc gia Nga, ..."."""
    whole = _OWN_NAME.match(text, at, partner.end) if partner.start > at else None
    return whole[0] if whole is not None else text[partner.start : partner.end]


def _longest_gap(text: str, at: int) -> int:
    """Code points between a verb of telling and the verb; a list of many bodies takes more."""
    return 2 * _LONGEST_GAP if text.count(", ", at, at + _LONGEST_GAP) >= _MANY else _LONGEST_GAP


_IF_THEN = rare(r",? (?:nếu|khi)(?: đã)? [^;:.]{3,80}?,? thì (?=(?:cần|phải)(?!\w))")
_TO_BE = regex(
    r" (?P<is>(?:(?:sẽ|tiếp tục|luôn|thực sự|trở thành|làm) )*(?:là|làm|trở thành)"
    r" (?:những |một |chiếc )?(?:cầu nối|nhịp cầu|đầu mối|sứ giả|kênh kết nối|đại sứ))(?!\w)"
)
_MANY = 5
_GUEST_ACTS = regex(r" (?:cử|gửi|tổ chức|đưa|cùng|phối hợp|lập|tạo)(?!\w)")
_TWO_COUNTRIES = regex(rf"[{UPPER}]\w+(?: \w+)? ?[-–] ?[{UPPER}]\w+(?: [{UPPER}]\w+)*")
_WILL = regex(r",?(?: (?:sẽ|cần|phải|tiếp tục|cùng))*$")
_NAMES_WHAT = ("chỉ rõ", "quán triệt", "nêu rõ yêu cầu", "đặt ra yêu cầu")
"""Behind one of these stands what was said as often as who is told: "chỉ rõ phương hướng"."""
_NAME_ALONE = regex(rf"[{UPPER}][\w&]*(?:-\w+)*(?: [{UPPER}][\w&]*(?:-\w+)*){{0,3}}")
"""A firm named by its name: "mong Texhong mở rộng đầu tư"."""
_JOINED = regex(r", | và |, cùng ")


_STOP = regex(r"[;.](?!\w)")
