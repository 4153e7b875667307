"""What stands around the clauses: who speaks, the period a sentence opens with, what it aims at."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.tasks.context import Context
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_front, skip_number
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, serves_abroad
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
    "take_speaker",
]

_FRONT = 60
"""Code points from the head of a sentence in which the period it opens with begins."""
_SPEAKER_BEHIND = 50
_LONGEST_QUOTATION = 900


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
    elif _tells_of_a_paper(scan, sentence):
        return
    context.speaker = context.speaker or before


def _tells_of_a_paper(scan: Scan, sentence: Sentence) -> bool:
    """Whether a paragraph tells what a paper holds, whoever spoke before: "Theo Đề án, ..."."""
    if scan.interviewee is not None or not scan.text.startswith("Theo ", sentence.start):
        return False
    begins = scan.document.blocks[sentence.block].start >= sentence.start - 2
    return begins and _BY_A_PAPER.match(scan.text, sentence.start, sentence.end) is not None


_BY_A_PAPER = regex(
    r"Theo (?:(?:dự thảo|nội dung|các) )?(?i:đề án|kế hoạch|chương trình|quyết định|quy hoạch"
    r"|chiến lược|nghị quyết|lộ trình|bản ghi nhớ|th(?:ỏa|oả) thuận)(?! của)[^;:.“”]{0,160}?, "
)


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
    "nhiệm vụ ", "công tác ",
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
