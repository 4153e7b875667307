"""Planned: "Bộ sẽ tập trung vào việc triển khai ..."."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Ending, alternation, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.frames import behind_speech, front_period, said_last, spoken
from vanban.readers.tasks.fronts import colon_follows, skip_blank, verb_after
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, grammar, right_before
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.people import (
    find_issuer,
    office_heads,
    place_named,
    serves_abroad,
    split_assignees,
)
from vanban.readers.tasks.promised import sentence_subject
from vanban.readers.tasks.reported import is_of_a_meeting

__all__ = ["planned", "speaks_for_vietnam", "works_together"]


@cache
def _not_a_plan() -> Ending:
    return right_before("plan_not_behind")


@cache
def _plan_link() -> re.Pattern[str]:
    return regex(rf"(?:(?:{alternation(load('tasks')['plan_links'])}) +)?")


_TOGETHER = regex(r"cùng(?: với)? +")


def works_together(clause: Clause, at: int) -> bool:
    """Whether something is to be done with others: "cùng các bộ, ngành lập ..."."""
    m = _TOGETHER.match(clause.scan.text, at, clause.end)
    if m is None or not clause.scan.words.match(grammar().assignee, m.end(), clause.end):
        return False
    verb = verb_after(clause.scan, m.end(), clause.end)
    return verb is not None and verb[0] - m.end() < LONGEST_OWN_SUBJECT


_HAS_AND_WILL = regex(
    r"[:,]? *(?:rằng,? )?(?P<who>[^,;:.]{2,90}?),? (?:đã|đang)(?:,| [^;:.]{1,90}?)? và "
)
"""Who has done something "và sẽ ..." do more: "Chính phủ đã có nhiều nỗ lực và sẽ ..."."""
_OWN_PLAN = ("khẳng định", "cho biết", "cho hay", "thông báo", "bày tỏ", "thông tin")
"""Who says so "sẽ ..." and names nobody is to do it."""
_FORECAST = regex(
    r"(?:xuất khẩu|nhập khẩu|tiêu thụ|thu hoạch|thu hút|đón|giải ngân|tăng|đạt|giảm)[^,;.]{0,24}\d"
)
"""Behind "dự kiến sẽ", how much is foreseen, and nothing planned."""
_A_PAPER = regex(
    r"(?:Nghị định|Luật|Thông tư|Nghị quyết|Quyết định|Hiệp định|Dự thảo|Đề án|Quy định)[^,;.:]*$"
)
"""What a paper will do is no plan of anybody."""
_BELIEVES = regex(
    r"(?<!\w)(?:(?:tin tưởng|tin chắc|tin rằng)(?!\w)"
    r"|(?:dự đoán|ước tính|(?<!tác )(?<!, )dự báo) (?![^;:.]*,))"
)


@cache
def _body_s_name() -> re.Pattern[str]:
    """A body named by its name: "Duma Quốc gia"; no office, and no form of address."""
    return regex(
        rf"(?!(?:{office_heads()}|Phó|Tổng|Trưởng|Ông|Bà|Ngài|Đồng chí)(?!\w))"
        rf"[{UPPER}]\w+ [{UPPER}]\w+(?: [\w-]+){{0,5}}"
    )


_LETTERS = regex(rf"[{UPPER}]{{3,8}} ?")


def planned(clause: Clause) -> list[Found] | None:
    g, scan, context = grammar(), clause.scan, clause.context
    text, words = scan.text, scan.words
    if context.own is None and is_of_a_meeting(text, clause.sentence.start, clause.end):
        return None
    for m in clause.find_all(g.plan):
        if m[0].startswith("tập trung"):
            if m.start() != clause.front and not _looks_ahead(clause, m.start()):
                continue
            if g.directive_not_after.search(text, max(clause.start, m.start() - 14), m.start()):
                continue
            if clause.state.told and clause.start > clause.sentence.start:
                # "Tỉnh luôn coi trọng đối ngoại; tập trung mở rộng hợp tác ...": it tells on.
                continue
        at = skip_blank(text, m.end())
        focus = "tập trung" in m[0]
        if focus and (link := _plan_link().match(text, at, clause.end)) is not None:
            at = link.end()
        if m[0] not in ("tập trung", "tập trung vào"):
            at = _with_its_adverb(clause, m, at)
        if g.not_action.match(text, at, clause.end):
            continue
        if text.endswith("dự kiến ", 0, m.start()) and _FORECAST.match(text, at, clause.end):
            continue
        if words.match(g.verb, at, clause.end) is None and not works_together(clause, at):
            continue
        told = spoken(scan, clause.start, m.start())
        if words.has(g.done, told.end() if told is not None else clause.start, m.start()):
            # "Bộ vừa cho biết sẽ ...": to tell it is what was done.
            since = told.end() if told is not None else clause.front
            has_and_will = _HAS_AND_WILL.fullmatch(text, since, m.start())
            if has_and_will is None or not g.assignee.pattern.match(has_and_will["who"]):
                continue
        if _A_PAPER.search(text, clause.start, m.start()):
            continue
        if _not_a_plan().search(text, clause.start, m.start()):
            continue
        if _BELIEVES.search(text, clause.start, m.start()):
            continue
        speaker = None
        if (said := told) is not None:
            # "Lãnh đạo Cục A chia sẻ, tới đây Bộ B sẽ ...": who shares it stands before.
            if clause.start > clause.sentence.start and said.start() <= clause.front + 2:
                # "Quốc vương A nhất trí với B; khẳng định Brunei sẽ ...": A goes on.
                speaker = sentence_subject(clause)
            speaker = speaker or find_issuer(scan, clause.sentence.start, said.start())
            speaker = speaker or find_issuer(scan, clause.sentence.start, m.start())
        if speaker is None:
            speaker = said_last(scan, clause.sentence)
        if speaker is None and _PRONOUN.match(text, clause.sentence.start, m.start()):
            # "Ông mong muốn hai bên sẽ ...": who spoke before.
            speaker = context.speaker if context.speaker in scan.titles_of else None
        if speaker is None and _WE_OURSELVES.fullmatch(text, clause.front, m.start()):
            # "..." , Thủ tướng A cho biết. "Chúng tôi sẽ dành ...": who has just spoken.
            just = context.speaker in scan.titles_of and _has_just_spoken(clause)
            speaker = context.speaker if just else None
        assignees: tuple[str, ...] = ()
        front = clause.front_before(m.start())
        if speaker is None and scan.interviewee is not None:
            own = find_issuer(scan, front, m.start())
            speaker = own if own == scan.interviewee else None
        quoted = _in_a_quotation(clause)
        if speaker is None and quoted and context.speaker in scan.titles_of:
            # “Cục sẽ công bố ...”, bà Lan nói.
            speaker = context.speaker
        if not speaker and words.match(g.assignee, front, m.start()):
            whole = text[front : m.start()]
            assignees = _who_acts(whole) if behind_speech(whole) == whole else ()
        own = behind_speech(text[front : m.start()])
        if (has := _HAS_AND_WILL.fullmatch(own + " ")) is not None:
            own = has["who"]
        own = own[max((c.end() for c in _COMMA.finditer(own)), default=0) :]
        own = _TOO.sub("", _SOON.sub("", own, count=1).strip())
        if _AS_WHAT.fullmatch(own):
            # "Quốc hội, với tư cách là cơ quan lập pháp, sẽ ..."
            aside = text.rfind(own, front, m.start())
            own = behind_speech(text[front:aside].rstrip(" ,")).rsplit(", ", 1)[-1]
        if _WHEN_ONLY.fullmatch(own) or (said is not None and own in ("ông", "bà")):
            # "... khẳng định, dù trên cương vị nào, sẽ ...": who says so does it.
            own = ""
        if not assignees and g.assignee.pattern.match(own):
            assignees = _who_acts(own)
        elif not assignees and (place := place_named(scan, m.start() - len(own) - 1, m.start())):
            assignees = (place,)
        elif (
            not assignees
            and _body_s_name().fullmatch(own)
            and not scan.people_between(m.start() - len(own) - 1, m.start())
        ):
            # "Ông A khẳng định Duma Quốc gia sẽ hỗ trợ ..."
            assignees = (own,)
        elif _LETTERS.fullmatch(text, front, m.start()):
            assignees = (text[front : m.start()].strip(),)
        if own and any(
            p.type == "agreement" and scan.text[p.start : p.end] == own
            for p in scan.partners_between(max(front, m.start() - len(own) - 8), m.start())
        ):
            # "CPTPP sẽ giảm thuế": what a treaty will do.
            continue
        if _THIRDS.match(own) or (own and not focus and not _plans(clause, own, m.start())):
            continue
        people = scan.people_between(front, m.start())
        if not speaker and assignees and people:
            speaker = people[-1].name
        goes_on = front == m.start() and clause.state.rule == "promise"
        if not (focus or assignees or context.active or speaker or goes_on):
            continue
        going_on = context.issuer if context.active else None
        state = clause.state
        goes_on = goes_on or (focus and front == m.start() and state.cued)
        if speaker is None and not assignees and goes_on:
            # "Phía A cam kết ...; sẽ tăng ...", "đề nghị A bám sát ...; tập trung ...".
            speaker, assignees = state.issuer, state.assignees
        if speaker is None and scan.interviewee is not None and context.speaker in scan.titles_of:
            # Who is interviewed speaks for the mission: "Đại sứ quán sẽ ...".
            speaker = scan.interviewee
        if speaker and not own and not assignees and said is not None and said[0] in _OWN_PLAN:
            # "Úc khẳng định trong năm tới sẽ cấp ...": who says so does it.
            assignees = (speaker,)
        own_name = assignees[0] if assignees else going_on
        if own_name and context.speaker and context.speaker.startswith(f"{own_name} "):
            # "Thương vụ sẽ ...", in a note of "Thương vụ Việt Nam tại Peru".
            own_name = context.speaker
        if speaker is None and not _BOTH.match(own) and _has_just_spoken(clause):
            # "Thủ tướng cho biết ... Chính phủ sẽ ...": who speaks says it.
            speaker = context.speaker
        state.issuer = speaker or own_name
        state.assignees, state.cued, state.rule = assignees, True, "plan"
        state.period = lead_deadline(scan, clause.sentence.start, m.start(), said=True)
        context.period = state.period or context.period
        context.issuer = state.issuer
        listed = names_a_list(text, at, clause.end)
        if listed or _ANNOUNCES.fullmatch(text, at, clause.end):
            state.opened = True
            return []
        return [clause.task(at, clause.end, "task.plan", 0.65)]
    return None


_ANNOUNCES = regex(
    r"tập trung (?:vào )?(?:thực hiện |triển khai )?(?:một số|những|các|\d+|\w+) (?:nhóm )?"
    r"(?:nhiệm vụ|nội dung|giải pháp|công việc|vấn đề)"
    r"(?: trọng tâm| chủ yếu| lớn| chính| sau| cụ thể| then chốt)*[.:…]?"
)
"""A list to come, whose items the next sentences tell."""


def _with_its_adverb(clause: Clause, m: re.Match[str], at: int) -> int:
    """Where the action begins: "sẽ tiếp tục các nỗ lực ...", "sẽ tập trung mạnh mẽ vào ..."."""
    scan = clause.scan
    for word in ("tập trung", "tiếp tục"):
        stands = m[0].find(word)
        if grammar().not_action.match(scan.text, at, clause.end):
            return at
        if stands > 0 and scan.words.match(grammar().verb, at, clause.end) is None:
            return m.start() + stands
    return at


_LONGEST_NAME = 12
"""Words of a body; more hold a verb that is not known."""


def _who_acts(subject: str) -> tuple[str, ...]:
    """The bodies of a subject; where it tells more, those behind "và": "A ủng hộ B và hai bên"."""
    named = split_assignees(subject)
    if any(len(name.split()) > _LONGEST_NAME and name[0].islower() for name in named):
        last = split_assignees(subject.rsplit(" và ", 1)[-1])
        return last if all(len(name.split()) <= _LONGEST_NAME for name in last) else ()
    return named


_THIRDS = regex(
    r"(?:[Cc]ác |[Nn]hiều |[Mm]ột số |[Nn]hững )?(?:nước nhập khẩu|thị trường|người tiêu dùng"
    r"|đối thủ|khách hàng|du khách|nhà nhập khẩu|nền kinh tế|nước khác|nước này)(?!\w)"
    r"|(?:[Cc]ác )?(?:[Đđ]ại biểu|[Đđ]oàn(?: công tác| đại biểu)?|[Pp]hái đoàn)(?: [A-ZĐ].*)?$"
)
"""What others will do is foreseen, not planned; where a delegation goes is a programme."""
_COMMA = regex(r", (?!Thể thao|Tài nguyên|Phát triển nông thôn|ngành|thành phố|địa phương)")
_BOTH = regex(
    r"(?:[Hh]ai|2|[Cc]ác) (?:bên|nước|phía|Bộ|Chính phủ|lãnh đạo|nhà [Ll]ãnh đạo)(?!\w)|[Pp]hía "
)
_JUST = 500
"""Code points before a sentence in which who speaks was named."""


def _has_just_spoken(clause: Clause) -> bool:
    scan, start, end = clause.scan, clause.sentence.start, clause.end
    if scan.text[start] in '“"':
        # Who says a quotation is named behind it.
        end = scan.document.blocks[clause.sentence.block].end
    named = clause.context.speaker in scan.titles_of
    block = scan.document.blocks[clause.sentence.block]
    if named and (
        0 <= start - clause.context.spoke <= _JUST or block.start <= clause.context.spoke
    ):
        return True
    near = scan.people_between(max(0, start - _JUST), end)
    return any(person.name == clause.context.speaker for person in near)


def speaks_for_vietnam(clause: Clause) -> bool:
    """Whether one of ours has just spoken, so that "Việt Nam mong muốn ..." is what he says."""
    speaker = clause.context.speaker
    if speaker is None or speaker not in clause.scan.titles_of:
        return False
    return not serves_abroad(clause.scan, speaker) and _has_just_spoken(clause)


_TOO = regex(r"(?<=\w) (?:cũng|đều|còn|dự định|dự kiến|có kế hoạch|chắc chắn)$")
_AS_WHAT = regex(r"(?:với (?:tư cách|vai trò|trách nhiệm)|trên cương vị)(?: là)? [^,;:.]{3,60},?")
_WHEN_ONLY = regex(
    r"(?:dự kiến )?(?:trong|từ|đến|vào|tới|năm|tháng|quý|sau|ngay sau|ngay|cho dù|dù|ở"
    r"|trên (?:cương vị|cơ sở|tinh thần)|với (?:trách nhiệm|vai trò|tinh thần|cương vị|tư cách))"
    r" [^,;:.]{2,50},?(?: (?:cũng|đều|ông|bà|ngài))*"
)
_SOON = regex(r"^(?:tới đây|thời gian tới|sắp tới|trong thời gian tới)(?: |$)")
_WE_OURSELVES = regex(r"(?:[Cc]húng tôi|[Tt]ôi)(?: cũng)? ")
_WE = regex(r"(?:[Cc]húng ta|[Cc]húng tôi|[Tt]ôi|[Tt]a|[Mm]ình|[Hh]ọ|[Ôô]ng|[Bb]à|đây)(?!\w)")
_ADVERBS = regex(r"(?:cũng|còn|đều|và|rồi|nay|tiếp theo|thì|hiện)(?: |$)")


def _plans(clause: Clause, own: str, end: int) -> bool:
    """Whether the subject `own`, which ends at an offset, can plan: "chuyến thăm" can not."""
    scan, own = clause.scan, own.strip(' ,“"')
    if not own or _WE.match(own) or _ADVERBS.match(own) or _LETTERS.fullmatch(own):
        return True
    if own[0].isupper() and len(own.split()) <= 4:
        return True
    start = max(clause.start, end - len(own) - 4)
    if grammar().assignee.pattern.match(own) or scan.people_between(start, end):
        return True
    return bool(scan.partners_between(start, start + 8))


def _in_a_quotation(clause: Clause) -> bool:
    """Whether a sentence begins a quotation, or goes on with the one its block begins with."""
    text, start = clause.scan.text, clause.sentence.start
    if text[start] in '“"':
        return True
    block, speaker = clause.scan.document.blocks[clause.sentence.block], clause.context.speaker
    if text[block.start] != "“" or speaker is None or text.find("”", block.start, start) >= 0:
        return False
    close = text.find("”", start, block.end)
    return close >= 0 and text.find(speaker, close, block.end) >= 0


_PRONOUN = regex(r"(?:Ông|Bà|Ngài) (?:cũng )?(?:bày tỏ )?(?:mong|hy vọng|tin tưởng|kỳ vọng)(?!\w)")
_TIME_TO_COME = regex(r"\w (?:trong )?(?:thời gian tới|những năm tới|giai đoạn tới|tới đây),? $")
_AHEAD = regex(
    r"(?:Trong )?(?:[Tt]hời gian tới|[Tt]ới đây|[Ss]ắp tới|(?:những|các|6|sáu) tháng cuối năm"
    r"|giai đoạn tới)|Để (?:đạt|hoàn thành|thực hiện|hiện thực hóa) |Từ nay "
)


def _looks_ahead(clause: Clause, verb: int) -> bool:
    """Whether a body is to do something in time to come: "Thời gian tới, tỉnh tập trung ..."."""
    scan, start = clause.scan, clause.sentence.start
    if _TIME_TO_COME.search(scan.text, clause.front, verb):
        return True
    body = scan.text[clause.front : verb].strip()
    if not body or split_assignees(body) != (body,):
        return False
    if colon_follows(scan.text, clause.end) and scan.words.has(grammar().opener, verb, clause.end):
        # "... Sở tập trung thực hiện các nhiệm vụ sau:" names none yet.
        return False
    if _AHEAD.match(scan.text, start, verb):
        return True
    period = front_period(scan, start, verb)
    return (
        period is not None
        and scan.year is not None
        and period.year is not None
        and period.year > scan.year
    )
