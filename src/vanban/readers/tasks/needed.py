"""Needed: "các địa phương cần chủ động ..."."""

from functools import cache

from vanban.data import load
from vanban.patterns import Cue, Ending, cue, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.frames import behind_speech, spoken
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, LONGEST_SUBJECT, grammar, right_before
from vanban.readers.tasks.lists import names_a_list
from vanban.readers.tasks.people import find_issuer, place_named, split_assignees
from vanban.readers.tasks.promised import joint
from vanban.readers.tasks.tells import framed
from vanban.scan import Scan

__all__ = ["needed"]


@cache
def _subordinate() -> Ending:
    return right_before("modal_not_behind")


_OPINION = regex(r"(?:cho rằng|nhất trí rằng|nhận định|tái khẳng định|nhấn mạnh)(?!\w)")


@cache
def _speakers() -> Cue:
    return cue(load("tasks")["modal_speakers"])


def needed(clause: Clause) -> list[Found] | None:
    g, scan, context = grammar(), clause.scan, clause.context
    text, words = scan.text, scan.words
    if _IS_A_CHANCE.match(text, clause.sentence.start):
        return None
    for m in clause.find_all(g.modal):
        low = max(clause.sentence.start, m.start() - 18)
        contrast = _BUT_MUST.search(text, clause.front, m.start())
        if (
            contrast is None
            and g.modal_not_after.search(text, low, m.start())
            and not text.endswith(_OF_GOODS, low, m.start())
            and not (m[0].startswith("cần") and text.endswith("vẫn ", low, m.start()))
        ):
            continue
        if _blocked(clause, m.end()) or _NEEDS_THINGS.search(text, low, clause.end):
            continue
        if _BUT_IS_NOT.match(text, m.start(), clause.end):
            continue
        if m[0][0].isupper() and _IN_A_NAME.search(text, clause.front, m.start()):
            # "ông Lâu Cần Kiệm"
            continue
        if _NO_ACTION.match(text, m.end(), clause.end):
            continue
        if _AMOUNT.match(text, m.end(), clause.end):
            # "Nhà máy cần 500 lao động": what it lacks.
            continue
        if m.start() < clause.front and _IF_NEEDED.match(text, clause.start):
            # "Nếu quý vị cần thông tin, ...": a condition.
            continue
        if _WHILE.match(text, clause.start, m.start()) and (
            _THEN_NEEDS.search(text, m.end(), clause.end) is not None
        ):
            # "Trong khi đến hạn phải trả nợ ..., Bộ A cần báo cáo": what holds meanwhile.
            continue
        lead = clause.lead_verb
        if lead is not None and lead.start() < m.start() and clause.is_led:
            return None
        if text.count("(", clause.start, m.start()) > text.count(")", clause.start, m.start()):
            continue
        planned = words.find(g.plan, clause.start, m.start())
        if planned is not None and words.match(g.verb, skip_blank(text, planned.end()), m.start()):
            # "Bộ sẽ lập danh mục các cam kết cần theo dõi": the plan comes first.
            return None
        front = clause.front
        subject = text[front : contrast.start() if contrast else m.start()].strip()
        if (about := _ABOUT.search(subject)) is not None:
            # "Bộ A vừa cảnh báo các hiệp hội về việc doanh nghiệp cần ..."
            front, subject = front + about.end(), subject[about.end() :]
        if _PROCESS.fullmatch(subject):
            # "...; quá trình đầu tư phải tuân thủ ...": who is told goes on.
            front, subject = m.start(), ""
        if subject.endswith(",") and not g.assignee.pattern.match(subject):
            # "Để có vùng trồng lớn, bền vững, cần ...": nobody is named.
            front, subject = m.start(), ""
        if m[0] == "cần" and _is_short_of(clause, front, m.end()):
            continue
        is_what = _IS_WHAT_NEEDS.search(subject)
        if (is_what and not g.assignee.pattern.match(subject, is_what.start() + 4)) or (
            m[0] == "phải" and _MANY_HAD_TO.match(subject)
        ):
            continue
        if contrast is None and _RELATIVE.search(subject):
            continue
        if _AMONG_FAULTS.search(text, clause.sentence.start, m.start()):
            continue
        if _A_MINDSET.search(subject) or _BY_RULE.search(subject) or _IS_FORCED.search(subject):
            continue
        if m[0] == "phải" and (_COMPLAINS.search(subject) or _TO_DO_IS.fullmatch(subject)):
            continue
        begins = front + subject.rfind(", ") + 2 if _ends_in_subject(subject) else front
        turns = list(_TURN.finditer(subject))
        if turns and g.assignee.pattern.match(subject, turns[-1].end()):
            # "mặc dù A đã hoãn thuế, nhưng hai nước cần ..."
            begins = max(begins, front + turns[-1].end())
        own = subject[begins - front :] if turns else subject
        if len(behind_speech(own)) > LONGEST_SUBJECT or words.has(
            g.done, begins, front + len(_ON_WHAT_BASIS.sub("", subject))
        ):
            continue
        held = _HELD.search(text, front, m.start()) is not None
        if not held and contrast is None and _subordinate().search(text, front, m.start()):
            continue
        if _goes_on(clause, front, m.start()):
            continue
        both = _BOTH.match(text, clause.front, m.start()) or text.startswith("nhất trí", front)
        if both and m[0].endswith("được") and _OPINION.search(text, clause.start, m.start()):
            # "Hai bên cho rằng các tranh chấp cần được giải quyết ...": a view, no order.
            continue
        begin = m.start()
        assignees: tuple[str, ...] = ()
        subject = _behind_is(_behind_turn(behind_speech(subject)))
        front = m.start() - len(subject) - 1 if subject else front
        if g.assignee.pattern.match(subject):
            assignees = split_assignees(subject)
            if any(_TELLS_MORE.search(name) for name in assignees):
                assignees = _last_named(subject) or ()
        elif (place := place_named(scan, front, m.start())) is not None:
            assignees = (place,)
        elif (last := _last_named(subject)) is not None:
            assignees = last
        elif (place := _place_at_end(clause, subject, m.start())) is not None:
            begin, assignees = m.start(), (place,)
        elif (
            0 < len(subject) < LONGEST_OWN_SUBJECT
            and contrast is None
            and front >= clause.start
            and not words.has(_speakers(), front, m.start())
        ):
            begin = front
        assignees = assignees or framed(clause, m)
        issuer = None
        if (by := _ACCORDING.search(text, clause.start, m.start())) is not None:
            issuer = find_issuer(scan, by.start("who"), by.end("who"))
            own = _behind_title(scan, issuer, text[by.end() : m.start()].strip())
            if issuer is not None and g.assignee.pattern.match(own):
                begin, assignees = m.start(), split_assignees(own)
            elif begin < by.end() < m.start():
                begin = by.end()
        elif (said := spoken(scan, clause.start, m.start())) is not None and said[
            0
        ].lower() != "cũng":
            both_say = joint(clause, said.start())
            issuer = both_say if both_say is not None and " và " in both_say else None
            issuer = issuer or find_issuer(scan, clause.start, said.start())
            issuer = issuer or find_issuer(scan, clause.start, m.start())
        if issuer is None and (agreed := words.find(g.promise, clause.start, m.start())):
            # "Hai nhà lãnh đạo nhất trí ..., hai bên cần ..."
            issuer = find_issuer(scan, clause.start, agreed.start())
            if issuer is not None and not subject and not assignees:
                # "Hai bên nhất trí, trên cơ sở ..., cần ...": who agrees is who does.
                assignees = (issuer,)
        if not subject and not assignees and (clause.state.cued or clause.state.assignees):
            # "...; phải ưu tiên ...": who has to is named in the clause before.
            issuer, assignees = issuer or clause.state.issuer, clause.state.assignees
        clause.state.issuer = issuer or context.speaker or context.issuer
        clause.state.assignees, clause.state.cued = assignees, True
        clause.state.period = lead_deadline(scan, clause.sentence.start, m.start(), said=True)
        if not context.active:
            context.period = clause.state.period
        told = skip_blank(text, m.end())
        if names_a_list(text, told, clause.end):
            clause.state.opened = True
            context.period = clause.state.period or context.period
            return []
        return [clause.task(begin, clause.end, "task.modal", 0.7)]
    return None


_BUT_MUST = regex(
    r"(?<!\w)(?:không|đừng)(?: chỉ| nên| thể| được| phải)? [^;.:]{3,160}?,? mà (?:còn )?$"
)
"""Before a modal, what is not to be done: "không nên trông chờ ... mà phải nâng cao ..."."""


def _blocked(clause: Clause, at: int) -> bool:
    """Whether no duty follows a modal: "phải thu phí", but "phải thu hút", "cần thu hẹp"."""
    scan = clause.scan
    blocked = grammar().modal_not_before.match(scan.text, at, clause.end)
    if blocked is None:
        return False
    verb = scan.words.match(grammar().verb, skip_blank(scan.text, at), clause.end)
    return verb is None or verb.end() <= blocked.end()


_NEEDS_THINGS = regex(
    r"(?:rất|đang|luôn|cũng|còn|càng) cần (?:các|những|nhiều|thêm|một|sự|nguồn|có)(?!\w)"
    r"|(?<!\w)cần (?:(?:các|những|nhiều|thêm) )?(?:nhu cầu|vốn|kinh phí|chi phí"
    r"|nguồn lực|nguồn vốn|nhân lực|lao động|nhân công)"
    r"(?! cần)(?!\w)"
)
"""Before a thing, what somebody lacks: "tỉnh rất cần các nguồn lực"."""
_BUT_IS_NOT = regex(r"cần được [^,;:.]{3,40} (?:nhưng|song) (?:vẫn|còn|chưa|đang)(?!\w)")
"""What ought to be and is not, as a report says: "xoài cần được tiêu thụ nhưng vẫn ách tắc"."""
_OF_GOODS = ("gành hàng ", "gân hàng ")
"""Bodies whose names end like goods: "hiệp hội ngành hàng cần ..." but not "lô hàng phải ..."."""
_BY_RULE = regex(
    r"(?:hiệp định|luật|Luật|Nghị định|Thông tư|quy chế|WTO|FTA).* quy định(?: rằng)? "
)
"""What a law says that others have to do is no order."""


_A_MINDSET = regex(r"(?:tư tưởng|tâm lý|quan niệm|nếp nghĩ|thói quen) [^,;:.]*$")
"""What some think is no order: "còn nặng tư tưởng cơ quan chủ trì phải làm hết"."""


def _is_short_of(clause: Clause, front: int, at: int) -> bool:
    """Whether a country needs something, not to do something: "Slovakia cần thợ hàn"."""
    scan = clause.scan
    at = skip_blank(scan.text, at)
    acts = scan.words.match(grammar().verb, at, clause.end) is not None
    return not acts and bool(scan.partners_between(front, front + 2))


_PROCESS = regex(r"(?:[Tt]rong |[Ss]uốt )?(?:suốt )?[Qq]uá trình [^,;:.]{2,40}")
_AMONG_FAULTS = regex(
    r"(?:còn|vẫn|một số|những|nhiều) (?:tồn tại|hạn chế|bất cập|yếu kém|vướng mắc)"
    r"(?: \w+){0,4},? như "
)
"""What ought to be is told among shortcomings: "còn một số tồn tại như ..., tiến độ cần ..."."""
_RELATIVE = regex(
    r"(?<=\w) mà (?!(?:không|chưa|đã|còn|vẫn|lại|thì)(?!\w))[^\W\d_][^,;:.]{2,60}(?<! thì)$"
)
"""What others need to do is told of a thing: "dữ liệu mà các doanh nghiệp cần cung cấp"."""
_COMPLAINS = regex(r"(?<!\w)(?:phàn nàn|than phiền|kêu ca|than vãn|bị)(?!\w)[^;:.]*")
"""What befalls somebody: "người lao động phàn nàn bị môi giới thu phí, phải ..."."""
_TO_DO_IS = regex(
    r"(?!.*(?:[Đđ]iều|[Vv]iệc|[Vv]ấn đề|[Yy]êu cầu|[Gg]iải pháp|[Nn]hiệm vụ|[Cc]ái|quan trọng"
    r"|mấu chốt|then chốt|cần thiết|[Tt]rước hết|[Tt]rọng tâm|[Đđ]ầu tiên|[Mm]ục tiêu|[Qq]uan điểm"
    r"|[Tt]inh thần|[Cc]hỉ đạo|cốt lõi|[Yy]ếu tố|[Bb]ài học|[Nn]guyên tắc|[Tt]hông điệp|cơ bản)"
    r")[^,;:.]+ là"
)
"""What something comes to: "Thoát nghèo là phải bỏ ...", no order as "việc cần làm là phải ..."."""
_MANY_HAD_TO = regex(
    r"(?:[Nn]hiều|[Cc]ó|[Kk]hông ít|[Pp]hần lớn|[Đđ]a số|[Hh]ầu hết|[Mm]ột số"
    r"|[Hh]àng (?:trăm|nghìn))"
    r" (?:trường hợp|doanh nghiệp|người|hộ|lô hàng|nhà máy|DN|đơn vị|cơ sở|dự án)"
)
"""What befell many: "Nhiều doanh nghiệp phải cắt giảm đơn hàng"."""
_IS_WHAT_NEEDS = regex(
    r" là (?:(?:một|những|các|mối) |(?:vấn đề|nội dung|yếu tố|lĩnh vực|thị trường|quan hệ|bài học"
    r"|nguồn|tài sản|động lực|kinh nghiệm|mô hình|thách thức|hạn chế|khó khăn|điểm)(?!\w))[^,;:]*$"
)
"""What something is, and needs: "A là mối quan hệ quý báu cần được trân trọng"."""
_IN_A_NAME = regex(r"[^:“] $")
_IS_FORCED = regex(
    r"(?i:áp lực|thách thức|rào cản|khó khăn)[^,;.]* đòi hỏi |(?:buộc|khiến|khiến cho|làm cho) "
)
"""What forces somebody orders nothing: "... khiến các nhà máy phải giảm ca"."""
_TELLS_MORE = regex(r"[,)] (?:để|nếu|khi|nhằm|với|theo|do) | (?:muốn|thậm chí|đang|cầm cự) ")
_IS_A_CHANCE = regex(r"Đây (?:cũng |chính |còn )?(?:sẽ )?là (?:dịp|cơ hội|tiền đề|nền tảng)(?!\w)")
_NO_ACTION = regex(r",| (?:mình|nhau|họ|ta|gì|nhu cầu|nguồn vốn|lượng vốn|số vốn)(?!\w)")
"""Behind "cần", what makes it a wish for something: "Đối tác cần mình", "nếu cần, ..."."""
_WHILE = regex(r"(?:Trong khi|Khi|Nếu|Trường hợp|Trong trường hợp|Do|Vì|Mặc dù)(?!\w)(?! đó)")
_THEN_NEEDS = regex(
    r", (?:các |Bộ |Sở |UBND |Cục |doanh nghiệp |địa phương )[^,;:.]{0,60}?(?:cần|phải) "
)
_AMOUNT = regex(r" +(?:(?:khoảng|hơn|trên|gần|tới|ít nhất|thêm|từ) )?\d")
_ON_WHAT_BASIS = regex(r", (?:trên cơ sở|trên tinh thần|căn cứ) [^,;:.]{3,110},$")
_ABOUT = regex(
    r"(?:cảnh báo|khuyến cáo|khuyến nghị|lưu ý|thông báo) [^;:.]{2,90} về việc"
    r" (?=(?:các )?\w+ \w+$)"
)
_IF_NEEDED = regex(r"(?i:nếu|trường hợp|khi) ")
_HELD = regex(r"(?<!nhất trí )(?<!thống nhất )cho rằng,? $")
"""Before a modal, what somebody holds to be needed; "nhất trí cho rằng" is a view of two."""
_BOTH = regex(r"(?:[Hh]ai|[Cc]ác) (?:bên|nước|phía|lãnh đạo|nhà [Ll]ãnh đạo)(?!\w)")


def _ends_in_subject(subject: str) -> bool:
    """Whether a body or "chúng ta" stands alone behind the last comma of a subject."""
    last = _behind_last_comma(subject)
    if last == subject:
        return False
    return _WE.fullmatch(last) is not None or split_assignees(last) == (last,)


def _behind_last_comma(subject: str) -> str:
    """What stands behind the last comma that joins no kinds of bodies: "các Bộ, ngành"."""
    listed = _KINDS_AT_END.search(subject)
    return listed["kinds"] if listed is not None else subject.rsplit(", ", 1)[-1]


_KINDS_AT_END = regex(
    r"(?:^|, )(?P<kinds>(?:[Cc]ác|[Nn]hững|[Mm]ọi|[Mm]ỗi|[Tt]ừng) [^\W\d]+(?: \w+){0,2}"
    r"(?:(?:,| và) (?:ban|ngành|địa phương|đoàn thể|thành phố|đơn vị|hiệp hội|doanh nghiệp)){1,4}"
    r"(?: [^,]{1,40})?)$"
)
_WE = regex(r"(?:chúng ta|chúng tôi|ta)(?: cũng)?")


def _last_named(subject: str) -> tuple[str, ...] | None:
    """The body behind the last comma: "Là một trung tâm lớn, trường A", "nếu muốn thắng, DN"."""
    last = _behind_last_comma(subject)
    if last == subject:
        return None
    named = split_assignees(last)
    return named if named == (last,) and len(last.split()) <= _MOST_NAME_WORDS else None


def _place_at_end(clause: Clause, subject: str, modal: int) -> str | None:
    """The place behind the last comma: "Để phát huy tiềm năng, lợi thế này, Hải Phòng cần"."""
    last = _behind_last_comma(subject)
    return place_named(clause.scan, modal - len(last) - 1, modal) if last != subject else None


_MOST_NAME_WORDS = 12


def _goes_on(clause: Clause, front: int, modal: int) -> bool:
    """Whether a modal goes on what is told of its subject: "Việt Nam tham gia ... và phải"."""
    if clause.is_led or not clause.scan.text.endswith(" và ", front, modal):
        return False
    if clause.scan.text.find(" nên ", front, modal) >= 0:
        # "doanh nghiệp nên tham gia hội chợ và cần ..." is advice all through.
        return False
    named = clause.scan.words.match(grammar().assignee, front, modal)
    return named is not None and verb_after(clause.scan, named.end(), modal) is not None


def _behind_title(scan: Scan, name: str | None, words: str) -> str:
    """The words behind the offices of a person just named: "Tham tán ..., doanh nghiệp"."""
    for title in scan.titles_of.get(name or "", ()):
        if words.startswith(f"{title}, "):
            return words[len(title) + 2 :]
    return words


_ACCORDING = regex(
    r"(?:(?<!\w)Theo|(?<=, )theo(?= (?:ông|bà|ngài|đồng chí|đại diện|[A-ZĐ])))"
    r" (?P<who>(?:(?:PGS|GS|TS|ThS|LS)\. ?)*[^,;.]{2,60}), "
)


_WHEN_DOING = regex(
    r"(?:^|, )(?:[Kk]hi|[Nn]ếu|[Đđ]ể|[Tt]rước khi) [^,;:.]{3,50} (?P<who>(?:các |mỗi )?"
    r"(?:doanh nghiệp|DN|địa phương|đơn vị|người dân|nông dân|ngư dân|bộ, ngành|nhà xuất khẩu))$"
)
_TURN = regex(r",? (?:(?:song|nhưng|tuy nhiên|do đó|vì vậy)(?!\w)|(?<=, )nên(?!\w)),?(?: |$)")


def _behind_turn(subject: str) -> str:
    """The subject behind "song", "nhưng": "... còn nhiều dư địa, song doanh nghiệp"."""
    turns = list(_TURN.finditer(subject))
    subject = _FIRST_OF_ALL.sub("", subject[turns[-1].end() :] if turns else subject)
    subject = _IF_ONLY.sub("", subject)
    if (doing := _WHEN_DOING.search(subject)) is not None:
        # "..., khi giao dịch doanh nghiệp cần ..."
        return doing["who"]
    condition = _CONDITION.match(subject)
    return subject[condition.end() :] if condition is not None else subject


def _behind_is(subject: str) -> str:
    """The body behind "là": "điều quan trọng nhất là doanh nghiệp"."""
    last = subject.rsplit(" là ", 1)[-1]
    named = split_assignees(last) if last != subject else ()
    return last if named and grammar().assignee.pattern.match(last) else subject


_IF_ONLY = regex(
    r"^(?:nếu|muốn|khi|để) [^;:.]{3,90}? thì (?=\w)|,? (?:nếu|khi|muốn) [^;:.]{3,80}? thì$"
)
"""What has to hold, before who has to or behind: "doanh nghiệp nếu muốn giữ chân khách thì"."""
_FIRST_OF_ALL = regex(
    r"^(?:là|trước hết|trước tiên|trước mắt|đặc biệt|cuối cùng|đồng thời|thứ \w+|\w+ là),? (?=\w)"
)
_CONDITION = regex(r"(?:nếu|khi|trường hợp|để|nhằm|với|trước|theo) [^,;:.]{3,80}, ")
