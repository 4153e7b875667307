"""The offices said right before and behind a person's name: `data/titles.yml`."""

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER, is_vietnamese_syllable
from vanban.patterns import regex
from vanban.persons.holders import (
    heads_one_unlisted,
    holds_a_foreign_name,
    holds_a_name,
    names_another,
    names_its_holder,
    of_states,
)
from vanban.persons.offices import (
    IN_BRACKETS,
    body_above,
    hide_commas,
    is_a_clause,
    split_titles,
    with_commas,
)
from vanban.persons.words import TOKEN, lexicon

__all__ = ["degree", "titles_after", "titles_before"]

_MOST_TITLES = 10
"""Offices of one person said in one place."""
_TITLE_REACH = 110
"""Code points before a name in which an office can begin."""


def degree(text: str, start: int, end: int) -> str:
    """The degree that stands before a name without an office; "" if what stands there is none."""
    said = text[start:end].strip(" :")
    return said.rstrip(".") if said in load("titles")["degrees"] else ""


_CLOSES = regex(r"[,.;:()\n“”\"]")
_LINKED = regex(r"[\s,]+(?:kiêm|đồng thời là|đồng thời|và)$")
_GOES_ON = regex(r"(?:,|kiêm|-|–|,? đồng thời(?: là)?)\s*$")
_ELECTED = regex(
    r" (?:vừa |mới |đã )?(?:được (?:bầu|bổ nhiệm|phê chuẩn)(?: giữ chức(?: vụ)?| làm| là)?"
    r"|nhậm chức|giữ chức(?: vụ)?|đảm nhiệm (?:chức vụ|cương vị)) "
)
_ALIAS = regex(r" \((?P<alias>[^()\n]{2,30})\)(?=,| [-–])")
"""A name in other letters behind a name."""
_BEHIND_A_NAME = regex(r",|\s*[-–(]|(?:(?<= hai)|(?<= các)) ")
"""Between a name and an office; between two names' "hai" and the office of both."""


def titles_before(layers: Layers, low: int, at: int) -> tuple[tuple[str, ...], int, bool]:
    """The offices that lead up to a name, where they begin, and whether an address does.

    Args:
        low: where the sentence begins.
        at: where the name begins.
    """
    words, text = lexicon(), layers.text
    honorific = words.honorific_before.search(text, max(low, at - 24), at)
    begin = honorific.start() if honorific else at
    titles: list[str] = []
    if honorific and _ANOTHER.search(text, max(low, begin - 4), begin):
        # "ông A, Thứ trưởng Bộ X và ông B": the office is A's.
        return (), begin, True
    foreign = not honorific and not is_vietnamese_syllable(text[at : at + 20].split(None, 1)[0])
    if (honorific or foreign) and (theirs := _office_of_a_country(layers, low, begin)) is not None:
        opens = not text[low:theirs].strip(' (“"-–')
        if opens or not is_vietnamese_syllable(text[at : at + 20].split(None, 1)[0]):
            # "Tổng thống Iceland, ngài A"
            return (text[theirs : begin - 2],), theirs, True
    speaks = not honorific and _speaks_behind_a_comma(layers, low, at)
    if (honorific or speaks) and (head := _office_in_front(layers, low, begin)) is not None:
        # "Chủ tịch UBND thành phố Cần Thơ, ông A cho biết"
        return tuple(split_titles(text[head:begin].strip(" ,"))), head, True
    if (shared := _shared_office(layers, low, begin)) is not None:
        return (shared,), begin, honorific is not None
    comma = text.rfind(", ", low, begin)
    if begin - comma < _LONGEST_COUNTRY and (
        (abroad := _office_in_a_place_abroad(layers, low, comma, begin)) is not None
    ):
        return (text[abroad:begin].rstrip(),), abroad, honorific is not None
    while (head := _office_before(layers, low, begin, listed=bool(titles))) is not None:
        head = _behind_another_office(text, head, begin)
        title = _LINKED.sub("", text[head:begin].strip(" ,-–"))
        if not title or is_a_clause(title) or len(titles) >= _MOST_TITLES:
            break
        if titles and _RECEIVED.search(text, low, head):
            # "Tiếp Phó Chủ tịch Samsung, Thủ tướng A ...", "trong cuộc gặp với Thủ tướng X, ..."
            break
        if titles and title in ("Phu nhân", "phu nhân"):
            # "... và Phu nhân, Quốc vương X"
            break
        if titles and _is_of_another(layers, head, head + len(title), listed=True):
            # "Bộ trưởng A, Thứ trưởng B": the first office is A's.
            break
        titles[:0] = split_titles(title)
        begin = head
        if not _GOES_ON.search(text, max(low, begin - 16), begin):
            break
    return tuple(titles), begin, honorific is not None


def _office_of_a_country(layers: Layers, low: int, begin: int) -> int | None:
    """Where an office of a state begins that ends, with a country, at the comma before `begin`."""
    text = layers.text
    if not text.endswith(", ", low, begin):
        return None
    for head in lexicon().heads.finditer(text, max(low, begin - _COUNTRY_REACH), begin):
        if _CLOSES.search(text, head.end(), begin - 2) or not of_states().match(text, head.start()):
            continue
        end = begin - 2
        if _RECEIVES.search(text, head.end(), end) is not None:
            # "Thủ tướng tiếp Đại sứ Pháp, bà B": the first office is another's.
            continue
        if (here := _ACCREDITED.search(text, head.end(), end)) is not None:
            # "Đại sứ Pháp tại Việt Nam, ông A"
            end = here.start()
        if any(p.end == end for p in layers.partners_shown(head.start(), begin)):
            return head.start()
    return None


def _office_in_a_place_abroad(layers: Layers, low: int, comma: int, begin: int) -> int | None:
    """Where an office begins whose place has its country behind a comma, right before a name.

    "Tỉnh trưởng tỉnh Vân Nam, Trung Quốc A B C".
    """
    start = comma + len(", ")
    if comma < low or start == begin:
        return None
    if all(p.end != begin - 1 for p in layers.partners_shown(start, start + 1)):
        return None
    return _office_before(layers, low, comma, listed=False)


_LONGEST_COUNTRY = 30
_COUNTRY_REACH = 80
_RECEIVES = regex(r" (?:tiếp|gặp|hội kiến|hội đàm|làm việc|trao đổi|điện đàm) ")
_ACCREDITED = regex(
    r" (?:tại|ở) (?:Việt Nam|VN|Hà Nội|(?:TP|Thành phố|thành phố)\.? ?Hồ Chí Minh)$"
)
"""Behind a country, where its envoy serves."""


_OF_A_BODY = ("UBND", "HĐND", "HĐQT", "ĐBQH")
_FRAME = regex(
    r"(?:Tại|Trong|Nhân|Sáng|Trưa|Chiều|Tối|Ngày|Mới đây|Vừa qua|Trước đó|Sau đó|Cùng ngày|Theo đó"
    r"|Phát biểu|Trao đổi|Chia sẻ|Thông tin|Báo cáo|Kết luận|Khai mạc|Dịp này|Về phía)(?!\w)"
    r"[^;:.\n]{0,160}?, "
)
"""What may open a sentence before an office: "Tại buổi lễ, Phó Chủ tịch UBND tỉnh, ông A ..."."""


def _speaks_behind_a_comma(layers: Layers, low: int, at: int) -> bool:
    """Whether a name behind a comma has its verb right behind it: "..., Lê Văn A cho biết"."""
    if not layers.text.endswith(", ", low, at):
        return False
    run = lexicon().run.match(layers.text, at)
    return run is not None and _SAYS.match(layers.text, run.end()) is not None


_SAYS = regex(
    r",? (?:đã |cũng |vừa )?(?:cho biết|cho hay|cho rằng|nhấn mạnh|khẳng định|phát biểu|chia sẻ"
    r"|thông tin|nhận định|đánh giá|đề nghị|yêu cầu|kiến nghị|bày tỏ|cảm ơn|chủ trì|dẫn đầu"
    r"|trao đổi|nói)(?!\w)"
)


def _office_in_front(layers: Layers, low: int, begin: int) -> int | None:
    """Where an office begins that opens a clause before a form of address; None if none does."""
    text = layers.text
    if not text.endswith(", ", low, begin):
        return None
    frame = text.rfind(", ", low, begin - 2) + 2
    if (
        frame > low + 1
        and _FRAME.fullmatch(text, low, frame)
        and not holds_a_name(layers, low, frame)
    ):
        low = frame
    head = lexicon().heads.match(text, low, begin)
    if head is None or begin - low > _TITLE_REACH:
        return None
    office = IN_BRACKETS.sub("", text[head.end() : begin - 2])
    if _CLOSES.search(office) or lexicon().break_words.search(office):
        return None
    alone = lexicon().run.search(office) is None and not head[0].endswith(_OF_A_BODY)
    if (
        alone
        or holds_a_name(layers, low, begin - 2)
        or (of_states().match(text, low) and holds_a_foreign_name(layers, low, begin - 2))
    ):
        return None
    return low


def _behind_another_office(text: str, head: int, end: int) -> int:
    """Where the office of the person named begins: "Chủ tịch nước và Tổng thống X" are two."""
    office = lexicon().heads.match(text, head, end)
    if office is None or not text.startswith(" và ", office.end()):
        return head
    second = office.end() + len(" và ")
    return second if of_states().match(text, second, end) else head


_RECEIVED = regex(
    r"(?:(?<!\w)(?:Tiếp|Gặp|Đón|Chào|Hội kiến|Hội đàm với|Làm việc với)"
    r"|(?:khi|lúc|[Tt]rong|[Tt]ại)(?: cuộc| buổi)? (?:tiếp|gặp|đón|chào|hội kiến|hội đàm|điện đàm"
    r"|làm việc|trao đổi)(?: với)?"
    r"|(?<!\w)(?:[Tt]hay mặt|[Tt]hừa (?:ủy|uỷ) quyền(?: của)?|[Tt]hừa lệnh(?: của)?"
    r"|được sự (?:ủy|uỷ) quyền của)) $"
)
"""Before who was met, in front of who met them; before on whose behalf somebody speaks."""
_THEN_ADDRESS = regex(rf", (?:ngài|Ngài|ông|bà) [{UPPER}]")
_ANOTHER = regex(r" và $")


_ONE_OFFICE = regex(
    r"(?:[Cc]ác|[Hh]ai|[Bb]a)(?: đồng chí)? (?P<office>[^:,.;()\n]{1,100}):"
    rf"\s{{1,3}}(?:{TOKEN}(?: {TOKEN}){{1,4}}(?:, | và ))*$"
)
_OFFICE_REST = 60
"""Code points of an office behind its first words."""


def _shared_office(layers: Layers, low: int, begin: int) -> str | None:
    """The office of several persons in a list: "Các Phó Thủ tướng: A, B"."""
    if layers.text.endswith((":\n", ": \n", ":\n\n"), 0, low):
        low = max(0, low - _SHARED_REACH)
    if layers.text.find(":", low, begin) < 0:
        return None
    at = max(low, begin - _SHARED_REACH)
    while (m := _ONE_OFFICE.search(layers.text, at, begin)) is not None:
        head = lexicon().heads.match(layers.text, *m.span("office"))
        if head is not None and m.end("office") - head.end() <= _OFFICE_REST:
            return " ".join(m["office"].split())
        at = m.start() + 1
    return None


_SHARED_REACH = 220
"""Code points of a list of persons in which the office of all of them stands."""


def _office_before(layers: Layers, low: int, end: int, *, listed: bool) -> int | None:
    """Where the longest office begins that leads up to `end` without a stop or a verb between.

    Another person's name between ends it too: "Bộ trưởng A B C và Thống đốc D E F".
    """
    words, text = lexicon(), layers.text
    for m in words.heads.finditer(text, max(low, end - _TITLE_REACH), end):
        if m[0].startswith("đại diện ") and not m[0].endswith("hương vụ"):
            # "đại diện Hiệp hội Thép Việt Nam" is somebody unnamed.
            continue
        if text.endswith(("Phủ ", "Nhóm ", "nhóm "), low, m.start()):
            # "tại Phủ Chủ tịch", "Nhóm nghị sĩ hữu nghị"
            continue
        if m[0].lower() == "phu nhân" and text[m.end() : end].strip():
            # "bà A, Phu nhân Thủ tướng B", "và Phu nhân tại Cung B"
            continue
        gap = IN_BRACKETS.sub("", hide_commas(text[m.end() : end]))
        gap = (_LINKED.sub("", gap.rstrip()) if listed else gap).rstrip(", " if listed else None)
        if _CLOSES.search(gap) or words.break_words.search(gap):
            continue
        if not holds_a_name(layers, m.end(), end) and not names_another(layers, m.span(), end):
            return m.start()
    return None


def titles_after(layers: Layers, end: int, high: int, *, listed: bool = False) -> tuple[str, ...]:
    """The offices said behind a name that ends at `end`, in the sentence that ends at `high`.

    Args:
        listed: whether an office stands before the name too, as in a row of offices and names.
    """
    words, text = lexicon(), layers.text
    titles: list[str] = []
    at = end
    if (alias := _ALIAS.match(text, end, high)) is not None and not words.heads.match(
        text, alias.start("alias")
    ):
        # "ông Paul Chan (Trần Mậu Ba), Cục trưởng ..."
        at = alias.end()
    if text.startswith(".,", end) and text.endswith((" Jr", " Sr"), 0, end):
        at = end + 1
    if (elected := _ELECTED.match(text, end, high)) is not None:
        span = _title_at(text, elected.end() - 1, high)
        return tuple(split_titles(text[slice(*span)].strip())) if span is not None else ()
    while at < high and text[at] in ", (-–" and len(titles) < _MOST_TITLES:
        span = _title_at(text, at, high)
        if span is None or not _BEHIND_A_NAME.match(text, at):
            break
        begin = span[0]
        if listed and text.startswith("đại diện ", begin):
            # "Bộ trưởng A, đại diện Hiệp hội B và ...": who else is there.
            break
        close = _last_country(layers, begin, _end_of_title(text, *span, high))
        title = text[begin:close].strip()
        if is_a_clause(title):
            # "Viện trưởng Viện A - Viện Hàn lâm ...": the body that the first is of makes it long.
            title, dash, _ = title.partition(" - ")
            close = begin + len(title)
            if not dash or is_a_clause(title):
                break
        if words.run.search(title) is None and not title.startswith(_HEADS_OF_FIRMS):
            break
        if _is_of_another(layers, begin, begin + len(title), listed=listed):
            if listed and all(_RANK.fullmatch(t) for t in titles):
                # "Chủ tịch nước A, Tổng Bí thư, Chủ tịch nước Lào B": all behind A are B's.
                return ()
            break
        if _is_of_the_next(layers, begin, close) or _is_of_the_host(text, end, begin, close):
            break
        if heads_one_unlisted(layers, begin, close, listed=listed):
            break
        titles += split_titles(title)
        at = close
        if text[at : at + 1] == ")":
            break
    return tuple(titles)


_RANK = regex(r"Tổng Bí thư|(?:Ủy|Uỷ) viên .+|Bí thư (?:T|Ban Chấp hành T)rung ương Đảng")
"""What stands before another office of the same man in a row of offices and names."""


def _title_at(text: str, at: int, high: int) -> tuple[int, int] | None:
    """Where the office begins and ends that stands behind a name that ends at `at`."""
    words = lexicon()
    lead = words.title_lead.match(text, at, high)
    for begin in (lead.end(), lead.start("aside")) if lead is not None else ():
        if begin >= 0 and (head := words.heads.match(text, begin, high)) is not None:
            rest = words.title_rest.match(text, head.end(), high)
            end = rest.end() if rest is not None else head.end()
            return begin, body_above(text, end, high)
    return None


def _is_of_another(layers: Layers, start: int, end: int, *, listed: bool) -> bool:
    """Whether an office behind a name is that of the next person: "A, Thủ hiến bang X B"."""
    return (
        holds_a_name(layers, start, end, firms=not listed)
        or names_its_holder(layers, start, end, listed=listed)
        or (
            of_states().match(layers.text, start, end) is not None
            and holds_a_foreign_name(layers, start, end)
        )
    )


def _is_of_the_next(layers: Layers, start: int, end: int) -> bool:
    """Whether an office behind a name is that of whom a form of address names then."""
    return (
        _THEN_ADDRESS.match(layers.text, end) is not None
        and of_states().match(layers.text, start, end) is not None
        and any(p.end == end for p in layers.partners_shown(start, end))
    )


def _is_of_the_host(text: str, end: int, start: int, close: int) -> bool:
    """Whether an office behind a guest is that of who receives him: "Tiếp ông A, Thủ tướng nói"."""
    return (
        _HOST.fullmatch(text, start, close) is not None
        and text[close : close + 2][1:].islower()
        and _GUEST.search(text, max(0, end - _GUEST_REACH), end) is not None
    )


_HOST = regex(
    r"(?:Tổng Bí thư|Chủ tịch nước|(?:Phó )?Thủ tướng(?: Chính phủ)?|Chủ tịch Quốc hội|Bộ trưởng"
    r"|Thứ trưởng|(?:Phó )?Chủ tịch UBND (?:tỉnh|thành phố)|(?:Phó )?Chủ tịch nước)"
)
_GUEST_REACH = 110
_GUEST = regex(
    r"(?:^|[\n.”] ?)(?:(?:Tại|Trong) (?:buổi|cuộc) )?(?i:tiếp|gặp|đón|chào|hội kiến|hội đàm với"
    r"|làm việc với|trao đổi với|trả lời)(?: với)? [^.;,\n]{3,70}$"
)
_HEADS_OF_FIRMS = (
    "giám đốc",
    "tổng giám đốc",
    "phó giám đốc",
    "phó tổng giám đốc",
    "chủ tịch",
    "chuyên gia kinh tế",
)


def _last_country(layers: Layers, start: int, end: int) -> int:
    """Where the last of several countries ends: "Đại sứ Việt Nam tại Pháp, Monaco và Andorra"."""
    if " tại " not in layers.text[start:end]:
        return end
    if not any(p.end == end for p in layers.partners_shown(start, end)):
        return end
    while (link := _ANOTHER_COUNTRY.match(layers.text, end)) is not None:
        further = [p.end for p in layers.partners_shown(link.end(), link.end() + 1)]
        if not further:
            break
        end = max(further)
    return end


_ANOTHER_COUNTRY = regex(
    r"(?:,| và|, kiêm nhiệm) (?![^,;:.]{2,30} (?:là|có|đang|đã|vẫn|hiện|sẽ|được|cần)(?!\w))"
)


def _end_of_title(text: str, start: int, end: int, high: int) -> int:
    """Where a title ends that stops at a comma at `end`: behind it, if a body's name holds it."""
    if not text.startswith(", ", end):
        return end
    for body in with_commas().finditer(text, start, min(high, end + _LONGEST_BODY)):
        if body.start() < end < body.end():
            rest = lexicon().title_rest.match(text, body.end(), high)
            return rest.end() if rest is not None else body.end()
    return end


_LONGEST_BODY = 60
"""Code points of a body's name behind its first comma."""
