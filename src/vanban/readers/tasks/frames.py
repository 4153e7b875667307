"""What stands around the clauses: headings, who speaks, the period a sentence opens with."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.tasks.context import Context
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import has_cue, skip_front, skip_number
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, serves_abroad, split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import PERIODS, Time

__all__ = [
    "aims",
    "asked_period",
    "behind_speech",
    "front_period",
    "goes_on_to_aim",
    "labelled",
    "said_last",
    "spoken",
    "take_heading",
    "take_speaker",
]

_LONGEST_HEADING = 110
_SHORT_HEADING = 70
_MOST_BODY_WORDS = 22
_FRONT = 60
"""Code points from the head of a sentence in which the period it opens with begins."""
_SPEAKER_BEHIND = 50
_LONGEST_QUOTATION = 900


@cache
def _heading_cue(name: str) -> Cue:
    return cue(load("tasks")[f"{name}_headings"], any_case=True)


def take_heading(
    scan: Scan, sentence: Sentence, start: int, context: Context, *, numbered: bool, official: bool
) -> bool:
    """Take a heading or a body's name alone on its line into the context; say whether it was one.

    Args:
        start: where the sentence begins behind its number.
        numbered: whether it has one.
        official: whether the document is an official one.
    """
    block = scan.document.blocks[sentence.block]
    if block.start < sentence.start - 8 or sentence.end < block.end - 1:
        return False
    line = scan.text[start : sentence.end].strip()
    bare = line.rstrip(" :.…")
    if numbered and _stands_over_dashes(scan, sentence.start, line, block.end):
        context.heading_assignees = ()
        return context.active
    if official and _CONCLUDES.search(line):
        # However long: "Xét đề nghị của Bộ A tại công văn số ..., Phó Thủ tướng B có ý kiến ..."
        context.open()
        return True
    if not sentence.heading and (len(bare) >= _LONGEST_HEADING or line.endswith((".", ";"))):
        return False
    introduces = line.endswith(":")
    introduces = introduces or (numbered and _has_items(scan, block.end))
    if (introduces or numbered or official) and _is_body(bare, introduces=introduces):
        context.heading_assignees = split_assignees(bare)
        context.open()
        return True
    # Capitals that a conversion lost: "Vi. giải pháp thực hiện".
    lost = _LOST_CAPITALS.match(scan.text, sentence.start, start) is not None
    if bare and bare[0].islower() and not lost:
        return False
    loud = bare.isupper()
    if not (sentence.heading or loud or numbered or len(bare) < _SHORT_HEADING):
        return False
    acts = grammar().verb.pattern.match(bare) is not None and not _REVIEWS.fullmatch(bare)
    announced = introduces and _ANNOUNCES.fullmatch(line) is not None
    if numbered and not loud and acts and not announced and not _only_asks(bare):
        if _heads_a_paragraph(scan, line, block.end):
            context.heading_assignees = ()
            return True
        return False
    if scan.words.has(grammar().done, start, sentence.end) and not sentence.heading:
        return False
    return _take_section(scan, sentence, start, context, active=official or numbered or loud)


_LOST_CAPITALS = regex(r"[IVX][ivx]{0,4}\.")
_ITEM_BELOW = regex(r"\s*(?:[-–+•*]|[a-zđ][.)]) +\w")


def _has_items(scan: Scan, end: int) -> bool:
    """Whether items of a list stand right below a line that ends at an offset."""
    return _ITEM_BELOW.match(scan.text, end) is not None


_SHORT_ITEM = 60
_DASHES_BELOW = regex(r"\s*[-–+•*] *(?=\w)")


def _stands_over_dashes(scan: Scan, start: int, line: str, end: int) -> bool:
    """Whether a short line with a number heads the dashes below it: "a. Thu hút.", "2. Du lịch"."""
    if len(line) > _SHORT_ITEM or not scan.text[start].isalnum():
        return False
    if not line.endswith("."):
        # "2. Xúc tiến thương mại": a verb, and no body or section.
        if not scan.text[start].isdigit() or not line[-1].isalpha():
            return False
        words = grammar().verb.pattern.match(line)
        if words is None or _only_asks(line) or _is_body(line, introduces=True):
            return False
        own = scan.text[start : start + 2].rstrip(".) ")
        if re.match(rf"\s*{own}\.1[.)]? ", scan.text[end : end + _SUBNUMBER]):
            # "2. Xúc tiến thương mại" over "2.1. Hỗ trợ ...".
            return True
    below = _DASHES_BELOW.match(scan.text, end)
    return below is not None and grammar().verb.pattern.match(scan.text, below.end()) is not None


_SUBNUMBER = 12
_PARAGRAPH = regex(r"\n(?!\d|[-–+•*]|[a-zđ][.)]|[IVX]+[.)])[^\n]{61,}")


def _heads_a_paragraph(scan: Scan, line: str, end: int) -> bool:
    """Whether a short numbered line without a stop stands over a paragraph without a number."""
    if len(line) > _SHORT_ITEM or line.endswith((".", ";", ",", ":")):
        return False
    return _PARAGRAPH.match(scan.text, end) is not None


_CONCLUDES = regex(r"(?:kết luận|có ý kiến|quyết nghị|chỉ đạo)(?: chỉ đạo)? như sau:$")


_REVIEWS = regex(r"Đánh giá (?:chung|tình hình|kết quả|khái quát)(?: \w+){0,3}")
"""A heading of what was achieved, though its first word is a verb."""


@cache
def _asks_alone() -> re.Pattern[str]:
    words = alternation(load("tasks")["asked_headings"])
    return regex(rf"(?i:(?:một số |những )?(?:{words})(?:(?:, | và )(?:{words}))*)")


def _only_asks(bare: str) -> bool:
    """Whether a line says only that proposals follow: "Đề xuất, kiến nghị"."""
    return _asks_alone().fullmatch(bare) is not None


_PROMISES = regex(r" (?:nhất trí|thống nhất|cam kết|thỏa thuận|thoả thuận|đồng ý)$")
"""A line that ends so says who promises what follows, and names nobody to be told."""


def _is_body(bare: str, *, introduces: bool) -> bool:
    """Whether a line is the name of a body that is told what follows."""
    named = grammar().assignee.pattern.match(bare)
    if named is None or len(bare.split()) >= _MOST_BODY_WORDS or "như sau" in bare:
        return False
    for m in grammar().directive.pattern.finditer(bare, named.end()):
        # "Bộ Ngoại giao" gives no order.
        if not grammar().directive_not_after.search(bare, 0, m.start()):
            return False
    if _PROMISES.search(bare):
        return False
    return introduces or grammar().verb.pattern.search(bare, named.end()) is None


def _take_section(
    scan: Scan, sentence: Sentence, start: int, context: Context, *, active: bool
) -> bool:
    """Take a heading that says what the lines below are; say whether the line is a heading."""
    words, end = scan.words, sentence.end
    if scan.text.startswith(_SUBJECT_LINE, start):
        return sentence.heading
    if _orders_follow(scan, start, end):
        return False
    result = words.find(grammar().result_heading, start, end)
    asked_of = context.own is not None and _REQUIRES.search(scan.text, start, end) is not None
    if (
        result is not None
        and not asked_of
        and (result.start() == start or not words.has(_heading_cue("ahead"), start, end))
    ):
        context.section, context.section_period = "results", None
        context.close()
        return True
    loud = sentence.heading or scan.text[start:end].isupper()
    line = scan.text[start:end].rstrip()
    announces = (
        _ANNOUNCES.fullmatch(line) is not None
        and (active or line.endswith(":"))
        and not words.has(grammar().directive, start + _FIRST_WORDS, end)
    )
    if words.has(grammar().task_heading, start, end) and (
        loud or announces or not has_cue(scan, start, end)
    ):
        asked = words.has(_heading_cue("asked"), start, end)
        context.section = "kiến nghị" if asked else "tasks"
        context.active = active
        context.purpose = "mục đích" in scan.text[start:end].lower()
        context.period = context.section_period = lead_deadline(scan, start, end)
        context.heading_assignees = ()
        return True
    return sentence.heading


def _orders_follow(scan: Scan, start: int, end: int) -> bool:
    """Whether a line ends in a word of telling and a colon: "Để khắc phục hạn chế, đề nghị:"."""
    line = scan.text[start:end].rstrip()
    if not line.endswith(":"):
        return False
    colon = start + len(line) - 1
    return any(m.end() == colon for m in scan.words.find_all(grammar().directive, start, colon))


_REQUIRES = regex(r"YÊU CẦU|(?<=, )yêu cầu")
"""In a plan, "MỤC ĐÍCH, YÊU CẦU" heads what it requires."""
_SUBJECT_LINE = ("Về việc ", "V/v ")
"""What an official paper is about: no heading of a part of it."""
_ANNOUNCES = regex(
    r"(?i:(?:về )?(?:các |một số |những )?"
    r"(?:nhiệm vụ|giải pháp|phương hướng|định hướng|công việc))[^.;]*"
)
_FIRST_WORDS = len("Về các định hướng")
"""Code points of a heading in which "định hướng" is no word of telling."""


@cache
def _period_frame() -> re.Pattern[str]:
    words = alternation(load("tasks")["period_frames"])
    return regex(rf"(?i:\W*(?:(?:{words}) *)*)")


def front_period(scan: Scan, start: int, end: int) -> Time | None:
    """A period in the frame a sentence opens with: "Trong năm 2025, ...", "Đến hết quý II, ..."."""
    for time in scan.times_between(start, min(end, start + _FRONT)):
        if (
            time.kind in PERIODS
            and scan.text[time.end : time.end + 1] in (",", ":", " ")
            and _period_frame().fullmatch(scan.text, start, time.start)
        ):
            past = scan.year is not None and time.year is not None and time.year < scan.year
            return None if past else time
    return None


@cache
def _ahead_in_question() -> Cue:
    return cue(load("tasks")["plans_asked"], any_case=True)


def asked_period(scan: Scan, sentence: Sentence) -> Time | None:
    """The period in which an interviewer asks what will be done: "Kế hoạch năm 2025 là gì?"."""
    if not scan.words.has(_ahead_in_question(), sentence.start, sentence.end):
        return None
    return lead_deadline(scan, sentence.start, sentence.end)


_AIMS = regex(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu)(?!\w)")
_TO_REACH_IT = regex(
    r"Để (?:đạt|đạt được|hoàn thành|thực hiện|thực hiện được) (?:các |những )?"
    r"(?:mục tiêu|chỉ tiêu|kế hoạch)(?: \w+)? (?:đó|này|trên|nêu trên|đề ra)"
)


def aims(scan: Scan, start: int, end: int) -> bool:
    """Whether a sentence says what is aimed at."""
    return _AIMS.search(scan.text, start, end) is not None


def goes_on_to_aim(scan: Scan, start: int, end: int) -> bool:
    """Whether a sentence says how the aim before is to be reached: "Để đạt mục tiêu đó, ..."."""
    return _TO_REACH_IT.match(scan.text, start, end) is not None


@cache
def _after_quote() -> re.Pattern[str]:
    verbs = alternation(load("tasks")["quote_verbs"])
    # "...", ông Nam nói. "..." - ông Nam nói. "...". Ông Nam đề nghị khi tiếp đoàn.
    return regex(
        rf"[”\"](?: *,| *[-–—]|\.(?= +[^.;]{{3,80}}? (?:{verbs})(?:\.|$| khi | tại )))"
        rf" *(?P<who>[^.;]{{3,80}}?) +(?:{verbs})"
    )


def take_speaker(scan: Scan, sentence: Sentence, context: Context) -> None:
    """Note in the context who speaks in a sentence."""
    before, context.speaker = context.speaker, None
    _take_speaker(scan, sentence, context, before)
    if context.speaker is not None:
        context.spoke = sentence.start
    context.speaker = context.speaker or before


def _speaks_for(scan: Scan, person: str | None, country: str) -> bool:
    """Whether what a country welcomes or wishes is told of the person who spoke before for it."""
    if person is None or person not in scan.titles_of or country in scan.titles_of:
        return False
    if country == "Việt Nam":
        return not serves_abroad(scan, person)
    return any(title.endswith(f" {country}") for title in scan.titles_of[person])


def _take_speaker(scan: Scan, sentence: Sentence, context: Context, before: str | None) -> None:
    closed = any(scan.text.find(c, sentence.start, sentence.end) >= 0 for c in '”"')
    quoted = _after_quote().search(scan.text, sentence.start, sentence.end) if closed else None
    if quoted is None and scan.text[sentence.start] in '“"':
        # Who says a quotation of several sentences is named behind it.
        block = scan.document.blocks[sentence.block]
        end = min(block.end, sentence.start + _LONGEST_QUOTATION)
        quoted = _after_quote().search(scan.text, sentence.start, end)
    if quoted is not None:
        who = find_issuer(scan, quoted.start("who"), quoted.end("who") + 1)
        if who is not None:
            context.speaker = context.issuer = who
            return
    if (who := _who_concludes(scan, sentence)) is not None:
        context.speaker = who
        return
    if (who := _according_to(scan, sentence) or said_last(scan, sentence)) is not None:
        context.speaker = who
        return
    speech = spoken(scan, sentence.start, sentence.end)
    if speech is None or _told_first(scan, sentence, speech.start()):
        return
    behind = _SPEAKER_BEHIND if speech[0] in load("tasks")["speaker_behind"] else 0
    who = find_issuer(scan, sentence.start, min(speech.end() + behind, sentence.end))
    if scan.interviewee is not None and who not in scan.titles_of:
        # Who answers goes on, whatever "Hoa Kỳ cảnh báo".
        return
    if who is not None and _speaks_for(scan, before, who):
        # "Thủ tướng đề nghị ... . Việt Nam hoan nghênh ...": he goes on.
        return
    # "Thủ tướng cũng ...": the speaker is already known, and the name may be another's.
    if who is not None and (speech[0] != "cũng" or who in scan.titles_of):
        context.speaker = who


_LONGEST_LABEL = 120


def labelled(scan: Scan, sentence: Sentence) -> str | None:
    """Who speaks from a line on that begins with a name and a colon: "Bà A, Chủ tịch B: ..."."""
    if scan.document.blocks[sentence.block].start < sentence.start - 2:
        return None
    colon = scan.text.find(":", sentence.start, min(sentence.end, sentence.start + _LONGEST_LABEL))
    named = scan.people_between(sentence.start, sentence.start + 3)[:1] if colon >= 0 else []
    if not named or scan.words.has(grammar().speech, named[0].end, colon):
        return None
    behind = scan.text[colon + 1 : colon + 2]
    return named[0].name if named[0].titles and not behind.strip() else None


_ACCORDING = regex(
    r"(?:Cũng t|Vẫn t|Còn t|T)heo "
    r"(?P<who>(?:(?:[Ôô]ng|[Bb]à|[Nn]gài|[Đđ]ồng chí) )?(?:(?:PGS|GS|TS|ThS|LS)\. ?)*"
    r"[^,;.:“”]{2,90}), "
)


def _according_to(scan: Scan, sentence: Sentence) -> str | None:
    """The person whose words a sentence tells that begins with him: "Theo ông Hưng, ..."."""
    m = _ACCORDING.match(scan.text, sentence.start, sentence.end)
    if m is None:
        return None
    who = find_issuer(scan, m.start("who"), m.end("who"))
    named = scan.people_between(m.start("who"), m.end("who"))
    known = who in scan.titles_of or (who is not None and _BY_SURNAME.fullmatch(who) is not None)
    if not known or (scan.interviewee is not None and who != scan.interviewee):
        return None
    # "Theo quyết định của Thủ tướng A": a paper is no person.
    return who if not named or named[0].start <= m.start("who") + _ADDRESS else None


def said_last(scan: Scan, sentence: Sentence) -> str | None:
    """Whose words a sentence tells that ends with him: "..., theo Thủ tướng."; None if nobody's."""
    m = _SAID_BY.search(scan.text, max(sentence.start, sentence.end - _LONGEST_LABEL), sentence.end)
    return find_issuer(scan, m.start("who"), m.end("who")) if m is not None else None


_SAID_BY = regex(
    r", theo (?P<who>(?:[Ôô]ng|[Bb]à|[Tt]iến sĩ|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng"
    r"|Chủ tịch|Phó Chủ tịch|Đại sứ|Tham tán|Thương vụ|Bộ|Cục|Hiệp hội|chuyên gia)"
    r"(?: [^,;:.“”]{1,60})?)[.”\"]*$"
)
_BY_SURNAME = regex(rf"(?:[Ôô]ng|[Bb]à|[Nn]gài) [{UPPER}][\w-]+(?: [{UPPER}][\w-]+)*")
_ADDRESS = len("đồng chí ")
_CONCLUDED = regex(r"(?:kết luận|có ý kiến|chỉ đạo|phát biểu)[^.;:]{0,30} như sau(?!\w)")


def _who_concludes(scan: Scan, sentence: Sentence) -> str | None:
    """The person who "kết luận như sau", whatever was heard before in the sentence."""
    if scan.text.find(" như sau", sentence.start, sentence.end) < 0:
        return None
    m = _CONCLUDED.search(scan.text, sentence.start, sentence.end)
    people = scan.people_between(sentence.start, m.start()) if m is not None else []
    return people[-1].name if people else None


_NOT_SPOKEN = (
    "goại ", "huyển ", "bàn ", "hát biểu ", "được ", "về ", "nghe ", "các ", "những ", "ý kiến ",
    "văn bản ",
    "tham luận ", "thông báo ", "nội dung ", "hội nghị ", "Hội nghị ",
)  # fmt: skip
_AS_NOUNS = ("kiến nghị", "đề nghị", "báo cáo", "phát biểu", "chia sẻ", "thông tin", "nhận định")
_NOT_SAID = (" chung", " riêng", " trên", " đến", " tới", " cách khác", " lên")
"""Behind "nói", what makes it no speech: "Việt Nam nói chung"."""
"""Before a word of speech, what makes it a noun or another word: "về kết luận", "Bộ Ngoại giao"."""


def spoken(scan: Scan, start: int, end: int) -> re.Match[str] | None:
    """The first word in `[start, end)` by which somebody speaks; "về kết luận của" is none."""
    for m in scan.words.find_all(grammar().speech, start, end):
        if m[0] == "nói" and scan.text.startswith(_NOT_SAID, m.end()):
            continue
        if m[0] == "giao" and grammar().assign_not_before.match(scan.text, m.end(), end):
            continue
        if m[0] == "theo" and _BY_WHOM.match(scan.text, m.end()) is None:
            continue
        if scan.text.endswith(_NOT_SPOKEN, 0, m.start()):
            continue
        if m[0] in _AS_NOUNS and scan.text.startswith(" của ", m.end()):
            # "Qua nghe kiến nghị của các sở, Chủ tịch kết luận ..."
            continue
        if not _is_to_be_said(scan, start, m.start()):
            return m
    return None


_BY_WHOM = regex(
    rf" (?:[{UPPER}]|ông |bà |ngài |anh |chị |các (?:chuyên gia|đại biểu)|chuyên gia |đại diện "
    r"|lãnh đạo |đồng chí |người |vị |đại sứ |tham tán |thương vụ |hiệp hội )"
)
"""Behind "theo", whose words they are; "theo sát", "theo hướng" say something else."""


def _is_to_be_said(scan: Scan, start: int, verb: int) -> bool:
    """Whether to speak is what has to be done: "các sở cần nắm bắt, thông tin cho ..."."""
    words = scan.words
    if not (words.has(grammar().modal, start, verb) or words.has(grammar().plan, start, verb)):
        return False
    # "... cần chủ động hơn, ông Nam nói": who speaks stands right before.
    comma = scan.text.rfind(", ", start, verb)
    return comma < 0 or find_issuer(scan, comma + 2, verb) is None


def _told_first(scan: Scan, sentence: Sentence, speech: int) -> bool:
    """Whether a sentence begins with an order, so that who follows is told, and does not speak."""
    number = skip_number(scan.text, sentence.start, sentence.end)
    start = number.end() if number is not None else sentence.start
    start = skip_front(scan.words, start, speech)
    return start < speech and scan.words.match(grammar().directive, start, speech) is not None


@cache
def _said() -> re.Pattern[str]:
    words = alternation(load("tasks")["said_of_others"])
    return regex(
        rf"(?i)(?<!\w)(?<!theo )(?<!sự )(?:{words})(?: thêm| rõ)?(?: rằng)?[,:]?(?!\w)"
        r"(?! (?:của|cao|này|về|chung|riêng|trên(?! (?:cương vị|cơ sở|tinh thần))) )"
    )


def behind_speech(subject: str) -> str:
    """The subject in "Bộ trưởng nhấn mạnh, các địa phương ..."; "" if only somebody speaks."""
    said = list(_said().finditer(subject))
    return subject[said[-1].end() :].lstrip(": ").rstrip() if said else subject
