"""Who tells and who is told: issuers and assignees, as written or as the text resolves them."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, first_words, regex
from vanban.persons.words import PersonMention, lexicon
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.holders import Holders
from vanban.scan import Scan

__all__ = [
    "begins_to_act",
    "find_issuer",
    "office_heads",
    "place_named",
    "serves_abroad",
    "split_assignees",
]


@cache
def _office() -> Cue:
    data = load("tasks")
    offices = data["offices"]
    pattern = regex(
        # "Ban Bí thư" is a body.
        # "Đồng chí Đại sứ" is the ambassador, nobody called so.
        rf"(?<!\w)(?!(?<=Ban )Bí thư)(?!(?:Đồng chí|[Nn]gài) +(?:{alternation(offices)})(?!\w))"
        rf"(?:{alternation(offices)})(?!\w| quán)"
        rf"(?: +(?:Liên h(?:ợp|iệp) quốc|[{UPPER}][\w&]*(?:-\w+)*"
        rf"|{alternation(data['office_words'])}))*"
    )
    return Cue(pattern, first_words(offices))


@cache
def office_heads() -> str:
    """The source of a pattern for what an office begins with: "Phó Thủ tướng", "Đại sứ".

    Source: `data/tasks.yml`, list `offices` without the forms of address.
    Returns:
        A source without groups; the word may go on behind what it matches.
    """
    data = load("tasks")
    offices = [o for o in data["offices"] if o[0].isupper() and o not in data["addresses"]]
    return rf"(?:Phó )?(?:{alternation(offices)})"


_NO_SIDE = r"(?! +(?:Nam(?! Phi| Á)|Bắc|Đông|Tây(?! Ban))(?!\w))"
"""Behind "phía", where something lies: "các tỉnh phía Nam"."""


@cache
def _body() -> Cue:
    bodies = load("tasks")["bodies"]
    forms = [alternation(bodies["exact"])]
    for row in bodies["named"]:
        words = "|".join([rf"[{UPPER}][\w&-]*", *row["small"]])
        side = _NO_SIDE if row["head"].lower() == "phía" else ""
        forms.append(rf"{row['head']}{side} +[{UPPER}][\w&-]*(?: +(?:{words}))*(?<! và)")
    forms += [rf"{row['head']} +[\w ]{{3,{row['most']}}}" for row in bodies["open"]]
    heads = [row["head"] for kind in ("named", "open") for row in bodies[kind]]
    return Cue(
        regex(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"),
        first_words([*bodies["exact"], *heads]),
    )


def find_issuer(scan: Scan, start: int, end: int) -> str | None:
    """The one who speaks in `[start, end)`: a person's name if the text gives it, else the office.

    "Thủ tướng" is the person the document names with that office, if it names just one so.
    """
    found = _named_issuer(scan, start, end)
    if found is not None and (found in scan.titles_of or found.startswith(_BOTH)):
        return found
    # "Bộ Nông nghiệp và Môi trường": the rules above know the heads of names, not their ends.
    whole = _subject(scan.text, start, end)
    if whole is None or (found is not None and found not in whole):
        return found
    whole = _COMRADE.sub("", whole)
    return _head_by_title(scan, whole) or whole


_COMRADE = regex(rf"^(?:Đồng chí|đồng chí|Ngài|ngài) (?=(?:Phó )?[{UPPER}]\w+ )")
_BOTH = ("hai ", "Hai ", "2 ", "lãnh đạo hai ", "Lãnh đạo hai ")
_LONGEST_SUBJECT = 110
_SENTENCE_MARKS = regex(
    r"[;:“”\"()]|(?<!TP)(?<!Tp)\.\s|,\s+(?!Thể thao|Tài nguyên|Phát triển nông thôn)"
)


@cache
def _said_last() -> re.Pattern[str]:
    """What may stand between who speaks and the words that are said, the verb among it."""
    data = load("tasks")
    verbs = {*data["speech"], *data["subject_tails"]}
    verbs |= {word for row in data["directive"] for word in row["words"]}
    return regex(rf"(?:(?: |^)(?:{alternation(verbs)})(?: rằng)?)+ *$")


@cache
def _subject_head() -> re.Pattern[str]:
    heads = alternation(load("tasks")["subject_heads"])
    return regex(rf"(?:{heads})(?!\w)|[{UPPER}]{{3,8}}(?!\w)")


def _subject(text: str, start: int, end: int) -> str | None:
    """The body or the office that a clause begins with and that speaks, whole, as written.

    Args:
        start, end: half-open run from the head of the clause to the verb, or behind it.
    """
    at = max((m.end() for m in _SENTENCE_MARKS.finditer(text, start, end)), default=start)
    if end - at > _LONGEST_SUBJECT:
        return None
    words = _said_last().sub("", " ".join(text[at:end].split())).split(" thay mặt ")[0]
    if _WITH_A_NAME.match(words) is None:
        # "Tỉnh", "Người phát ngôn": who that is was said before.
        return None
    if not (grammar().assignee.pattern.match(words) or _subject_head().match(words)):
        return None
    if words.endswith((" và", " của", " với", " tại")) or _NO_SUBJECT.search(words):
        return None
    inside = (v for v in grammar().verb.pattern.finditer(words) if v[0][0].islower())
    return None if any(v["verb"] not in load("tasks")["verbs_in_names"] for v in inside) else words


_WITH_A_NAME = regex(
    rf"(?:[Ll]ãnh đạo|[Đđ]ại diện)(?: lãnh đạo)? (?:tỉnh |thành phố )?[{UPPER}]"
    rf"|[{UPPER}].* [{UPPER}]|[{UPPER}]{{2}}"
)
_NO_SUBJECT = regex(
    r" (?:đã|đang|sẽ|cần|phải|được|bị|là|có|khi|nếu|rất|để|theo|do|vì|mà|nên|không|chưa|cho|này"
    r"|ủng hộ|đánh giá|ghi nhận|trao đổi|thảo luận|bày tỏ|nhấn mạnh|cảm ơn)"
    r"(?!\w)"
)


def _named_issuer(scan: Scan, start: int, end: int) -> str | None:
    """As `find_issuer`, by the heads of names and the people of the text."""
    people = scan.people_between(start, end)
    both_sides = (
        [m for m in scan.words.find_all(_body(), start, end) if m[0].startswith(_BOTH)]
        if any(scan.text.find(word, start, end) >= 0 for word in _BOTH)
        else []
    )
    # "... giữa hai nước đó, Thủ tướng đề xuất": who stands last speaks.
    last = max(
        [p.start for p in people[-1:]]
        + [
            m.start()
            for m in scan.words.find_all(
                _office(), both_sides[-1].end() if both_sides else end, end
            )
        ],
        default=-1,
    )
    if both_sides and both_sides[-1].start() > last:
        sides = [" ".join(m[0].split()) for m in both_sides]
        if both_sides[0].start() - start <= _AT_FRONT:
            return sides[0]
        return next((side for side in sides if side.lower() in ("hai bên", "2 bên")), sides[-1])
    offices = [
        m
        for m in scan.words.find_all(_office(), start, end)
        if not scan.text.endswith("cấp ", 0, m.start())
    ]
    if len(offices) == 1 and _TOLD_TO.fullmatch(scan.text, start, offices[0].start()):
        # "Báo cáo với Thủ tướng, đại diện các đại sứ bày tỏ ...": who listens does not speak.
        return None
    if people and (not offices or people[-1].end >= offices[-1].start()):
        return people[-1].name
    if offices:
        other = _of_another().match(scan.text, offices[-1].end(), end)
        if other is not None:
            return " ".join((offices[-1][0] + other[0]).split())
        return _holder(scan, offices[-1][0], offices[-1].start())
    bodies = [*scan.words.find_all(_body(), start, end)]
    if bodies:
        body = bodies[-1]
        joined = len(bodies) > 1 and bodies[-2].end() + 1 == body.start()
        if joined and body[0].startswith(("tỉnh ", "thành phố ")):
            # "Sở Công Thương tỉnh Lạng Sơn"
            return " ".join(scan.text[bodies[-2].start() : body.end()].split())
        return " ".join(body[0].split())
    if scan.interviewee is not None and _I.search(scan.text, start, end):
        return scan.interviewee
    # "New Zealand khẳng định ...": a country that the clause begins with.
    for partner in scan.partners_between(start, end):
        if partner.start - start <= _AT_FRONT and partner.type in ("country", "bloc"):
            return " ".join(scan.text[partner.start : partner.end].split())
        break
    return None


_TOLD_TO = regex(
    r"\W*(?:(?:Báo cáo|Thưa|Trao đổi|Chia sẻ|Phát biểu)(?: với| trước| cùng)?"
    r"|(?:Trong|Tại) (?:bức |lá )?(?:thư|công văn|văn bản|kiến nghị|báo cáo|đơn)[^,;:.]{0,20} gửi"
    r"(?: tới| đến| lên)?) "
)


@cache
def _of_another() -> re.Pattern[str]:
    return regex(rf" +(?:{alternation(load('tasks')['office_of_another'])})(?!\w)")


_I = regex(r"(?<!\w)(?:[Cc]húng tôi|[Tt]ôi)(?!\w)")
_AT_FRONT = 2
"""Code points before a country that begins its clause."""


def _holder(scan: Scan, office: str, at: int) -> str:
    """The person known by an office, else the office as written.

    Args:
        office: as the text has it at `at`, a form of address ("ông Chính") included.
    """
    office = " ".join(office.split())
    addresses = load("tasks")["addresses"]
    office = load("tasks")["periphrases"].get(office, office)
    if office in addresses:
        return next((p.name for p in scan.people_before(at) if not _acted_on(scan, p)), office)
    address, _, name = office.partition(" ")
    words = name if address in addresses else office
    known = scan.once(Holders)
    if (full := known.called(office, words)) is not None:
        # "Bộ trưởng Ngoại giao Cho Hyun", whom the text calls "ông Cho Hyun" elsewhere.
        return full
    surname = office.rsplit(" ", 1)[-1]
    if surname != office and surname[0].isupper():
        # "Thủ tướng Albanese", whose whole name stands elsewhere.
        whole = [
            full
            for full in known.of_surname(surname)
            if any(_is_office(title, office[: -len(surname) - 1]) for title in scan.titles_of[full])
        ]
        if len(whole) == 1:
            return whole[0]
    asked = office, _country_of(scan, office, at)
    if asked not in known.held:
        known.held[asked] = _who_hold(scan, *asked)
    sure, holders, own = known.held[asked]
    if sure is not None:
        return sure
    if len(holders) == 1:
        (holder,) = holders
        alone = office in load("tasks")["sole_offices"] and not serves_abroad(scan, holder)
        return office if not alone and _is_named_below(scan, holder, at) else holder
    if own is not None:
        return own
    if not holders:
        return _head_of_acronym(scan, office) or office
    last: str | None = None
    for person in scan.people_before(at):
        if person.name in holders:
            if not _acted_on(scan, person):
                # "... đã gặp Phó Thủ tướng Ba Lan B. Phó Thủ tướng đề nghị ...": A, who met him.
                return person.name
            last = last or person.name
    return last or office


def _who_hold(
    scan: Scan, office: str, country: str | None
) -> tuple[str | None, frozenset[str], str | None]:
    """The one who surely holds an office, those who may, and the first of ours among them.

    Args:
        office: as the text has it.
        country: with which it ends; None if with none.
    """
    holders = scan.once(Holders).of_office(office)
    if country is not None:
        # "Chủ tịch Quốc hội Phần Lan": not the one who is "Chủ tịch Quốc hội" and no more.
        theirs = [n for n, ts in scan.titles_of.items() if any(t.endswith(office) for t in ts)]
        if len(theirs) == 1:
            return theirs[0], frozenset(), None
        holders = {name for name in holders if country in " ".join(scan.titles_of[name])} or {
            name for name in holders if serves_abroad(scan, name)
        }
    holders = holders - scan.only_signed if holders else holders
    own = None
    if office in load("tasks")["sole_offices"]:
        ours = (n for n in scan.titles_of if n in holders and not serves_abroad(scan, n))
        own = next(ours, None)
    return None, frozenset(holders), own


def _country_of(scan: Scan, office: str, at: int) -> str | None:
    """The country that an office at an offset ends with: "Thủ tướng Phần Lan"."""
    for partner in scan.partners_between(at, at + len(office) + _AT_FRONT):
        country = " ".join(scan.text[partner.start : partner.end].split())
        if partner.type == "country" and office.endswith(f" {country}"):
            return country
    return None


_LEAD = 700
"""Code points of a title and its lead, in which an office stands whose holder is named below."""


def _is_named_below(scan: Scan, name: str, at: int) -> bool:
    """Whether a person is named only behind an offset: another holds the office spoken of."""
    if at < _LEAD or name in scan.only_signed:
        return False
    return not scan.once(Holders).is_named_before(name, at)


def _head_by_title(scan: Scan, office: str) -> str | None:
    """The one person the text names with an office just as it stands: "Tổng Giám đốc OIF"."""
    if lexicon().heads.match(office) is None:
        return None
    words = office.lower()
    held = scan.once(Holders).headed(words)
    return held[0] if len(held) == 1 else _head_of_acronym(scan, office)


_SHORT_NAME = regex(rf"(?P<office>.+) (?P<short>[{UPPER}][{UPPER}&]{{1,9}})")


def _head_of_acronym(scan: Scan, office: str) -> str | None:
    """The person whose office names a body in full that is told by its letters: "Chủ tịch SIA"."""
    m = _SHORT_NAME.fullmatch(office)
    if m is None or scan.text.find(f"({m['short']})") < 0:
        return None
    held = f"{m['office']} "
    found = [name for name, ts in scan.titles_of.items() if any(t.startswith(held) for t in ts)]
    return found[0] if len(found) == 1 else None


_ACTED_ON = regex(
    r"(?:chúc mừng|cảm ơn|đón|tiếp|gặp|mời|tới|với|cùng|của|cho|thay mặt)(?: (?:ông|bà|ngài))? $"
)


def _acted_on(scan: Scan, person: PersonMention) -> bool:
    """Whether somebody is no speaker where the text names him: "... chúc mừng ông A"."""
    return _ACTED_ON.search(scan.text, max(0, person.start - 20), person.start) is not None


def serves_abroad(scan: Scan, name: str) -> bool:
    """Whether the offices of a person name a partner."""
    return scan.once(Holders).serves_abroad(name)


def _is_office(title: str, office: str) -> bool:
    title, office = title.lower(), office.lower()
    return title == office or title.startswith(office + " ") or office.startswith(title + " ")


@cache
def _tail() -> re.Pattern[str]:
    data = load("tasks")
    return regex(
        rf"(?: +(?:{alternation(data['assignee_tails'])}))+$"
        rf"| +(?:{alternation(data['assignee_stops'])})(?!\w).*$"
        rf"|, +(?:{alternation(data['assignee_asides'])}) [^,]*$|[\s,:–-]+$"
    )


@cache
def begins_to_act() -> re.Pattern[str]:
    """Where, in what stands before a known verb, those told end and what they are to do begins.

    "bà Đại sứ có các chỉ đạo ...", but "các cơ quan có liên quan".
    """
    which = alternation(load("tasks")["assignee_has"])
    return regex(
        rf" +(?=(?:có(?! +(?:{which})(?!\w))|đạt|hãy|nên|đừng|sẵn sàng|áp thuế|áp dụng thuế)(?!\w))"
    )


@cache
def _joins() -> re.Pattern[str]:
    words = alternation(load("tasks")["assignee_joins"])
    return regex(
        rf"(?:,(?: +cùng)?|;| +(?:{words})) +(?=(?:các|cơ quan đại diện|[{UPPER}]))"
        r"|(?<!, ngành)(?<!địa phương)(?<!lãnh đạo) và +"
        r"(?=(?:(?:cộng đồng )?doanh nghiệp|hiệp hội)(?!\w))"
    )


@cache
def _link_before() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('tasks')['assignee_links'])}) ")


_ASIDE = regex(
    r" \((?:(?:từ|sau|trước|nay|gọi|là|theo|kiêm|trong|gồm|[Cc]ơ quan|[Đđ]ơn vị) [^()]*"
    rf"|[{UPPER}][{UPPER}&-]{{1,9}}|[ivx]{{1,4}}|[a-zđ]|\d{{1,2}})\)"
)
"""What brackets say of a body, and is no part of its name."""


def split_assignees(text: str) -> tuple[str, ...]:
    """The bodies of a noun phrase, as written: "các bộ, ngành" is one, "Bộ A và các tỉnh" two."""
    whole = _ASIDE.sub("", " ".join(text.split()))
    if (link := _link_before().match(whole)) is not None:
        whole = whole[link.end() :]
    if (acts := begins_to_act().search(whole)) is not None:
        whole = whole[: acts.start()]
    while (shorter := _tail().sub("", whole)) != whole:
        whole = shorter
    parts = [part.strip(" ,;:-–") for part in _split_outside_names(whole)]
    named = [bool(part and grammar().assignee.pattern.match(part)) for part in parts]
    if not any(named):
        return ()
    # "Bộ Công Thương, VASEP": letters alone name a body among bodies.
    each = zip(parts, named, strict=True)
    return tuple(part for part, is_named in each if is_named or _LETTERS.fullmatch(part))


_IN_LETTERS = r"[A-ZĐ]{3,10}"
"""What VCCI, VASEP, EVN are called by."""
_LETTERS = regex(_IN_LETTERS)


def place_named(scan: Scan, start: int, end: int) -> str | None:
    """The province or the country that `[start, end)` names and nothing else: who is to act."""
    words = _ALSO.sub("", " ".join(scan.text[start:end].split()))
    if words in load("places")["provinces"]:
        return words
    partners = scan.partners_between(start, end)
    for partner in partners[:1]:
        if " ".join(scan.text[partner.start : partner.end].split()) == words:
            return words
    if len(partners) == 2 and partners[0].start <= start + 1:
        # "ASEAN - Hàn Quốc cần ..."
        between = scan.text[partners[0].end : partners[1].start].strip()
        if between in ("-", "–", "và") and words.endswith(
            scan.text[partners[1].start : partners[1].end]
        ):
            return words
    return None


_ALSO = regex(r" (?:cũng|đều|còn)$")


@cache
def _second_half() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('tasks')['second_halves'])})")


_OF_A_KIND = regex(
    r"[Cc]ác (?:[Tt]ập đoàn|[Bb]ộ|[Bb]an|[Ss]ở)(?:, (?:[Tt]ổng [Cc]ông ty(?: nhà nước)?|[Bb]an))*"
    r"|Chủ tịch Hội đồng thành viên|[Cc]ác cấp|Bộ trưởng"
)
_MINISTRY = regex(r"(?:Bộ|Sở)\b")
_MINISTRIES = regex(r"[Cc]ác [Bb]ộ: ")
_OF_THE_POLICE = regex(r"Công an(?! (?:các|tỉnh|thành|cấp))(?!\w)")


_ALONE_IN_LETTERS = regex(rf"{_IN_LETTERS}(?=,|;| và | cùng |$)")


def _split_outside_names(text: str) -> list[str]:
    """Split at commas and "và" that join bodies, not at those inside one ministry's name."""
    pieces, begin = [], 0
    for m in _joins().finditer(text):
        if not (
            grammar().assignee.pattern.match(text, m.end())
            or _ALONE_IN_LETTERS.match(text, m.end())
        ):
            continue
        if (
            text[m.start()] == ","
            and _OF_A_KIND.fullmatch(text, begin, m.start())
            and not _ALONE_IN_LETTERS.match(text, m.end())
        ):
            # "Các tập đoàn, Tổng công ty nhà nước, doanh nghiệp": one list of kinds of bodies.
            continue
        if _MINISTRIES.search(text, begin, m.start()) and _OF_THE_POLICE.match(text, m.end()):
            # "các Bộ: Tài chính, Công an, Ngoại giao": a ministry like the others.
            continue
        if text.startswith("Văn phòng Đoàn ", begin) and text.startswith("HĐND", m.end()):
            # "Văn phòng Đoàn ĐBQH và HĐND tỉnh" is one office.
            continue
        if _MINISTRY.match(text, begin, m.start()) and _second_half().match(text, m.end()):
            continue
        pieces.append(text[begin : m.start()])
        begin = m.end()
    pieces.append(text[begin:])
    return pieces
