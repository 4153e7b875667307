"""Promised: "Hai bên nhất trí thúc đẩy ..."."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.fronts import colon_follows, skip_blank, skip_front
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, grammar
from vanban.readers.tasks.people import find_issuer, office_heads, split_assignees
from vanban.scan import Scan
from vanban.words import Words

__all__ = ["body_alone", "first_subject", "joint", "promised", "sentence_subject"]


@cache
def thanks() -> Cue:
    """The words by which somebody thanks, welcomes or praises."""
    return cue([w for w in load("tasks")["praise"] if w not in ("hài lòng", "sẵn sàng")])


def _first_said(scan: Scan, cues: Iterable[Cue], start: int, end: int) -> int | None:
    """Where the first word of some cues stands; "Ngoại giao" holds no "giao"."""
    found = (
        m.start()
        for of in cues
        for m in scan.words.find_all(of, start, end)
        if not scan.text.endswith(_IN_WORDS, start, m.start())
    )
    return min(found, default=None)


_SPOKEN_FOR = regex(r"(?:^|, )(?P<who>[Đđ]ại diện [^;:.]{3,90}?)(?: đã| cũng)? $")
"""Who speaks for others: "Báo cáo với Thủ tướng, đại diện các đại sứ bày tỏ ..."."""
_IN_WORDS = ("goại ", "huyển ", "bàn ")


def sentence_subject(clause: Clause) -> str | None:
    """Who the sentence of a later clause begins with: "X đánh giá cao ... và đề nghị ..."."""
    scan, start = clause.scan, clause.sentence.start
    g = grammar()
    cues = (g.speech, g.directive, g.promise, thanks())
    if (first := _first_said(scan, cues, start, clause.start)) is not None:
        named = find_issuer(scan, start, first)
        spoken_for = _SPOKEN_FOR.search(scan.text, start, first) if named is None else None
        return spoken_for["who"].strip() if spoken_for is not None else named
    people = scan.people_between(start, min(clause.start, start + LONGEST_OWN_SUBJECT))
    if people:
        return people[0].name
    both = _BOTH_BEGIN.match(scan.text, skip_front(scan.words, start, clause.start), clause.start)
    return both[0] if both is not None else None


def first_subject(clause: Clause, m: re.Match[str]) -> str | None:
    """Who a clause begins with whose verb goes on: "X cảm ơn việc Y sẽ thăm, đề nghị ..."."""
    scan = clause.scan
    if _GOES_ON.search(scan.text, clause.start, m.start()) is None:
        return None
    first = _first_said(scan, (grammar().speech, thanks()), clause.start, m.start())
    if first is None and (met := _MEETS.search(scan.text, clause.front, m.start())) is not None:
        # "Kiều bào gặp Thủ tướng A, mong ...": who met him asks.
        first = met.start()
    if first is None:
        return None
    words = scan.text[clause.front : first].strip()
    if len(words) < _LONGEST_TWO and _FOR_MANY.match(words) and _TELLS.search(words) is None:
        # "Lãnh đạo các tỉnh A, B và C đánh giá cao ... và cam kết ..."
        return " ".join(words.split())
    issuer = find_issuer(scan, clause.start, first)
    if issuer is None and clause.start > clause.sentence.start:
        issuer = sentence_subject(clause)
    if issuer is None and words and body_alone(words[0].upper() + words[1:]) is not None:
        # "Các doanh nghiệp dệt may gặp Bộ trưởng A, kiến nghị ..."
        issuer = " ".join(words.split())
    return issuer


_MEETS = regex(
    r"(?<=\w) (?:đã |vừa )?(?:gặp|gặp gỡ|tiếp|đón|hội kiến(?: với)?|hội đàm với|đối thoại với"
    r"|làm việc với|trao đổi với|tiếp xúc với) (?=[^,;:.]{3,110}(?:,| và) )"
)
"""Behind who speaks on, whom he met: "A tiếp Đại sứ B, đề nghị ..."."""
_FOR_MANY = regex(r"(?:Lãnh đạo|Đại diện(?: lãnh đạo)?) (?:các|một số|nhiều) [^,;:.]+(?:, | và )")
_GOES_ON = regex(r"(?:,|(?<!\w)và|;)(?: đồng thời| cũng)? $")


def promised(clause: Clause) -> list[Found] | None:
    g, scan, state = grammar(), clause.scan, clause.state
    for m in clause.find_all(g.promise):
        word = m[0].lower()
        if word in load("tasks")["promise_as_noun"] and not _BOTH.search(
            scan.text, max(clause.start, m.start() - 40), m.start()
        ):
            continue
        if g.promise_not_before.match(scan.text, m.end(), clause.end):
            continue
        low = max(clause.sentence.start, m.start() - 14)
        if g.directive_not_after.search(scan.text, low, m.start()) and not _BOTH.search(
            scan.text, max(clause.start, m.start() - 40), m.start()
        ):
            continue
        if _NAMES_AN_ACT.search(scan.text, clause.start, m.start()):
            continue
        if _DONE_WITH_IT.match(scan.text, m.end(), clause.end):
            continue
        at = skip_blank(scan.text, m.end())
        who: tuple[str, ...] = ()
        if at >= clause.end and colon_follows(scan.text, clause.end):
            # "Hai bên nhất trí:" and a list of what they will do.
            both = find_issuer(scan, clause.start, m.start())
            if both is None:
                continue
            state.issuer, state.assignees = both, (both,)
            state.cued = state.opened = True
            return []
        if not _acts(scan.words, at, clause.end):
            needed = _BOTH_ARE_TO.match(scan.text, at, clause.end)
            later = needed or _PROMISED_LATER.match(scan.text, at, clause.end)
            if later is None or not _acts(scan.words, later.end(), clause.end):
                continue
            if later["will"] is not None and scan.words.match(g.assignee, at, later.start("will")):
                who = split_assignees(scan.text[at : later.start("will")])
            at = later.end()
        inner = _QUOTED_BODY.search(scan.text, clause.start, m.start())
        if inner is not None and (_LONE.fullmatch(inner["who"]) or body_alone(inner["who"])):
            # 'Chủ tịch UBND tỉnh A nhấn mạnh: "Tỉnh cam kết ..."': he says it of the province.
            who = who or (inner["who"],)
        subject = joint(clause, m.start()) or first_subject(clause, m)
        if (promiser := _said_to_promise(clause, m.start())) is not None:
            # "Thủ tướng ...; khẳng định Chính phủ Việt Nam cam kết ...": he says it of another.
            own, said = promiser
            who = who or (own,)
            subject = find_issuer(scan, clause.start, said)
            if subject is None:
                subject = sentence_subject(clause) if clause.start > clause.sentence.start else None
            subject = own if own.startswith(_SIDES) else subject or clause.context.speaker or own
        subject = subject or find_issuer(scan, clause.start, m.start())
        if subject is None and clause.start > clause.sentence.start:
            subject = state.issuer if state.cued else sentence_subject(clause)
        if subject is None and _BY_NAME.fullmatch(
            name := _GOES_ON_TO.sub("", scan.text[clause.front : m.start()].strip())
        ):
            # "Samsung tiếp tục cam kết ..."; who speaks for a province says it.
            if name in load("places")["provinces"] and clause.context.speaker is not None:
                subject, who = clause.context.speaker, who or (name,)
            elif _LONE.fullmatch(name) is None:
                subject = name
        lone = None
        if subject is None and clause.start - clause.sentence.start <= 1:
            lone = _lone_subject(clause, m.start())
        quoted = clause.start > 0 and scan.text[clause.start - 1] in '“"'
        if lone is not None and quoted and clause.context.speaker is not None:
            # “Tỉnh cam kết ...”, who speaks for it says.
            subject, who = clause.context.speaker, who or (lone,)
        subject = subject or lone or clause.context.speaker
        if subject is None and clause.front == m.start():
            subject = _both_before(clause)
        if subject is None and m[0].lower() in load("tasks")["promise_needs_subject"]:
            continue
        if (
            word in load("tasks")["promise_of_both"]
            and not (subject or "").startswith(_SIDES)
            and not (" và " in (subject or "") and subject == joint(clause, m.start()))
        ):
            continue
        state.issuer, state.assignees = subject, who or ((subject,) if subject else ())
        state.cued, state.rule = True, "promise"
        found = clause.task(at, clause.end, "task.promise", 0.75)
        if clause_deadline(scan, at, clause.end) is None:
            found = replace(found, deadline=clause_deadline(scan, m.end(), at) or found.deadline)
        return [found]
    return None


_DONE_WITH_IT = regex(
    r" (?:chính thức )?(?:thiết lập|nâng cấp|nâng tầm|nâng) (?:khuôn khổ )?quan hệ [^;:.]{0,90}?"
    r"(?:(?:tại|trong|nhân) (?:[Hh]ội nghị|cuộc|chuyến|dịp|buổi|[Tt]uyên bố))"
    r"| (?:sử dụng|chi|trích|cấp|bổ sung|phân bổ|tạm ứng) [^;:.]{0,30}?\d[\d.,]* (?:tỷ|triệu)"
)
"""Behind "nhất trí", "đồng ý", what is done with that: ties are raised, money is given."""


def _said_to_promise(clause: Clause, end: int) -> tuple[str, int] | None:
    """Who promises, and where it is said of him: "... khẳng định Samsung cam kết ..."."""
    m = _OF_WHOM.search(clause.scan.text, clause.start, end)
    if m is None:
        return None
    own = _ALREADY.sub("", m["who"]).strip()
    if _TELLS.search(own):
        return None
    named = split_assignees(own) == (own,) or _BY_NAME.fullmatch(own) is not None
    return (own, m.start()) if named and _office().match(own) is None else None


_SIDES = ("Hai ", "hai ", "2 ", "lãnh đạo hai ", "Lãnh đạo hai ")
_GOES_ON_TO = regex(r"(?: (?:cũng|đã|tiếp tục|luôn|vừa|một lần nữa|tái|khẳng định))+$")
_OF_WHOM = regex(
    r"(?:khẳng định|cho biết|nhấn mạnh|tuyên bố)(?: rằng)?,? (?P<who>[^;:.“”]{2,70}) $"
)
_BY_NAME = regex(rf"[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*){{0,3}}")


def joint(clause: Clause, end: int) -> str | None:
    """Who promise together, as written: "Thủ tướng A và Tổng thống B", "lãnh đạo Bộ A, Cục B"."""
    scan, text = clause.scan, clause.scan.text
    if not any(text.find(mark, clause.start, end) >= 0 for mark in (", ", " và ", "ại diện ")):
        return None
    last = clause.front + len(_ALREADY.sub("", text[clause.front : end].rstrip()))
    starts = [clause.front, *(m.end() for m in _COMMAS.finditer(text, clause.front, last))]
    for start in starts:
        words = " ".join(text[start:last].split())
        if len(words) < _LONGEST_TWO and (
            _name_together(words) or _two_countries(scan, words, start)
        ):
            people = scan.people_between(start, last)
            alone = len(people) == 1 and people[0].start <= start and people[0].end >= last
            return None if alone else words
    return None


def _two_countries(scan: Scan, words: str, start: int) -> bool:
    """Whether some words are two partners and nothing else: "Hàn Quốc và Pháp"."""
    found = [scan.text[p.start : p.end] for p in scan.partners_between(start, start + len(words))]
    return len(found) == 2 and words == " và ".join(found)


def _name_together(words: str) -> bool:
    """Whether some words are two bodies or more, two persons, or who stands for both sides."""
    if _STANDS_FOR.fullmatch(words) or _TWO_STATES.fullmatch(words):
        return True
    parts = _PARTS.split(words)
    if len(parts) < 2 or not all(_office().match(p) or _body_or_letters(p) for p in parts):
        return False
    return _TELLS.search(words) is None


def _body_or_letters(words: str) -> bool:
    return bool(_LETTERS.fullmatch(words)) or bool(
        grammar().assignee.pattern.match(words) and len(words.split()) <= _MOST_WORDS
    )


_MOST_WORDS = 10
_COMMAS = regex(r", (?!Thể thao|Tài nguyên|Phát triển nông thôn)")
_PARTS = regex(
    r", (?!Thể thao|Tài nguyên)| và (?!Môi trường|Du lịch|Phát triển|Đầu tư|Công nghệ"
    r"|Đào tạo|Truyền thông|Xã hội|Thể thao|Thương mại|Công nghiệp)"
)
_LETTERS = regex(rf"[{UPPER}][{UPPER}&-]{{1,9}}")
_STATE = rf"[{UPPER}]\w+(?: [{UPPER}]\w+){{0,2}}"
_TWO_STATES = regex(rf"Việt Nam và {_STATE}|{_STATE} và Việt Nam")
_STANDS_FOR = regex(r"[Đđ]ại diện (?:lãnh đạo )?(?:hai|các) (?:bên|nước|phía|Bộ)")
_TELLS = regex(
    r" (?:đã|đang|sẽ|cần|phải|được|bị|là|có|cho|để|nhấn mạnh|khẳng định|đánh giá|bày tỏ|đề nghị"
    r"|trao đổi|thảo luận|ủng hộ|tiếp|gặp|hội đàm|với|về|ghi nhận|hoan nghênh|cảm ơn)(?!\w)"
)


def _both_before(clause: Clause) -> str | None:
    """Both sides, if the sentence before begins with them: "Hai lãnh đạo ... . Nhất trí ..."."""
    sentences, index = clause.scan.sentences, clause.sentence.index
    if index == 0 or (m := _BOTH_BEGIN.match(clause.scan.text, sentences[index - 1].start)) is None:
        return None
    return m[0]


_BOTH_BEGIN = regex(
    r"[Hh]ai (?:bên|nước|phía|(?:nhà |Nhà )?[Ll]ãnh đạo|Thủ tướng|Bộ trưởng|Tổng Bí thư)(?!\w)"
)
_LONGEST_TWO = 140


@cache
def _office() -> re.Pattern[str]:
    return regex(rf"(?:[Ôô]ng |[Bb]à |[Đđ]ồng chí )?{office_heads()}(?!\w)")


_BOTH = regex(
    r"(?:[Hh]ai|(?<!\d)2)"
    r" (?:bên|nước|phía|Bộ|Chính phủ|Thủ tướng|Bộ trưởng|(?:[Nn]hà )?[Ll]ãnh đạo)(?: cũng| đã)? *$"
)
_QUOTED_BODY = regex(r": *[“\"](?P<who>[^:“”\";,]{2,60}?)(?: cũng)? $")
_LONE = regex(r"(?:Tỉnh|Thành phố|Bộ|Ngân hàng|Tập đoàn|Công ty|Sở)(?: cũng)? *$")


def _lone_subject(clause: Clause, end: int) -> str | None:
    """A body that alone stands before a promise: "Tỉnh cam kết ...", "Cơ quan A cam kết ..."."""
    words = clause.scan.text[clause.front : end].strip()
    if _LONE.fullmatch(words):
        return words.removesuffix(" cũng")
    if (
        words
        and clause.front > clause.start
        and (
            _LONE.fullmatch(words[0].upper() + words[1:])
            or body_alone(words[0].upper() + words[1:])
        )
    ):
        # "Trong bối cảnh đó các nhà bán lẻ cam kết ..."
        return words
    return body_alone(words)


_SHORT = regex(rf" \([{UPPER}]{{2,8}}\)")
_OF_MANY_WORDS = regex(r"[^,;.:“”\"]{6,90}")
_ALREADY = regex(r"(?: (?:bày tỏ|cũng|đã|vừa|đều|cùng))+$")


def body_alone(words: str) -> str | None:
    """The body that some words name and nothing else: "Các doanh nghiệp Nhật Bản"."""
    words = _ALREADY.sub("", words)
    if _SHORT.search(words):
        # "Các doanh nghiệp (DN) xuất khẩu"
        return words if body_alone(_SHORT.sub("", words)) is not None else None
    named = split_assignees(words) if _OF_MANY_WORDS.fullmatch(words) else ()
    if named != (words,) or not words[0].isupper():
        return None
    if grammar().assignee.pattern.fullmatch(words):
        return words
    # A name may hold a verb: "Cơ quan Hợp tác phát triển Luxembourg".
    named_so = words.rsplit(" ", 1)[-1][:1].isupper()
    verbs = grammar().verb.pattern.finditer(words)
    known = load("tasks")["verbs_in_names"]
    return words if named_so or all(v["verb"] in known for v in verbs) else None


@cache
def _promised_verb() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('tasks')['promised'])})(?!\w)")


def _acts(words: Words, start: int, end: int) -> bool:
    """Whether a promise is one to do something."""
    return bool(
        words.match(grammar().verb, start, end) or _promised_verb().match(words.text, start, end)
    )


_NAMES_AN_ACT = regex(
    r"(?<!\w)việc (?:(?! và )[^,;:.]){2,40} $|(?:vừa|đã) được (?:(?! và )[^,;:.]){2,50} $"
)
"""Before a promise, what makes it something that happened: "... qua việc Mỹ đồng ý đàm phán"."""
_BOTH_ARE_TO = regex(
    r"(?:việc )?(?:hai|các|2) (?:bên|nước|phía|Bộ|cơ quan)"
    r"(?P<will>(?: sẽ| cần| cùng| cùng nhau)*) +"
    r"|(?P<need>cần|phải|cần phải|sẽ cùng nhau|cùng nhau) +"
)
"""Who is to do it, or that it is needed: "... nhất trí hai bên tăng cường", "nhất trí cần mở"."""
_PROMISED_LATER = regex(r"(?:rằng,? +)?[^,;.]{0,50}?(?P<will>(?<!\w)sẽ) +")
