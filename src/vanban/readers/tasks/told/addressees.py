"""Who is told behind a verb of telling, and where what he is to do begins."""

import re
from collections.abc import Callable
from typing import NamedTuple

from vanban.forms import rare
from vanban.gazetteer import PartnerMention, province_at
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.fronts import skip_blank, verb_after
from vanban.readers.tasks.grammar import LONGEST_SUBJECT, grammar
from vanban.readers.tasks.people import begins_to_act, place_named, split_assignees
from vanban.readers.tasks.reported import leads
from vanban.readers.tasks.tells import invited
from vanban.readers.tasks.told.tellers import NAME_ALONE
from vanban.readers.tasks.told.tellings import Telling

__all__ = ["Told", "who_is_told"]

Told = tuple[int, tuple[str, ...]]
"""Where a task begins, and who is told."""


class Head(NamedTuple):
    """What stands right behind a verb of telling.

    Args:
        verb, named: the action and the body that begin there.
        acts: what begins there is what is to be done.
        of_name: the letters of the verb are of a body: "Lãnh đạo Bộ".
    """

    telling: Telling
    verb: re.Match[str] | None
    named: re.Match[str] | None
    acts: bool
    of_name: bool


def who_is_told(telling: Telling) -> Told | None:
    """Where a task begins behind a verb of telling, and who is told; None if no task follows."""
    head = _head(telling)
    for rule in _BY_THE_HEAD:
        if (told := rule(head)) is not None:
            return told
    party = _party(head)
    if party is None:
        return None
    names = _JOINED.split(party.words.strip())
    if len(names) > 1 and all(map(str.isupper, names)):
        # "đề nghị WB và IMF hỗ trợ"
        return party.begin, tuple(names)
    at, scan = telling.at, telling.clause.scan
    if head.named is None and not party.partners and not scan.people_between(at, at + 1):
        return _told_by_name(party, names)
    return _told_bodies(party)


def _head(telling: Telling) -> Head:
    text, at, end = telling.text, telling.at, telling.end
    words = telling.clause.scan.words
    verb = words.match(grammar().verb, at, end)
    named = words.match(grammar().assignee, at, end)
    acts = verb is not None and not (named is not None and named.end() > verb.end())
    of_name = text[at].isupper() or (
        verb is not None and verb["verb"] == "lãnh đạo" and text[verb.end() + 1 :][:1].isupper()
    )
    if verb is not None and named is not None and verb.end() == named.end() and of_name:
        # "Lãnh đạo Bộ" is a body, no verb.
        acts = False
    if acts and verb is not None and leads(text, verb):
        # "mong muốn lãnh đạo tỉnh cùng các sở quan tâm ...": leaders, no verb.
        acts, of_name = False, True
    return Head(telling, verb, named, acts, of_name)


# By what stands right behind


def _guest(head: Head) -> Told | None:
    """Who is invited to a place, unless he is to do something."""
    telling = head.telling
    if telling.m[0].lower() != "mời":
        return None
    guest = invited().match(telling.text, telling.at, telling.end)
    if guest is None or _GUEST_ACTS.search(guest["who"]):
        return None
    return guest.end("who") + 1, (" ".join(guest["who"].split()),)


_GUEST_ACTS = regex(r" (?:cử|gửi|tổ chức|đưa|cùng|phối hợp|lập|tạo)(?!\w)")


def _they(head: Head) -> Told | None:
    """Who was told before: "yêu cầu họ ..."."""
    telling = head.telling
    if not telling.text.startswith("họ ", telling.at):
        return None
    if verb_after(telling.clause.scan, telling.at, telling.end) is None:
        return None
    return skip_blank(telling.text, telling.at + len("họ ")), telling.clause.context.told


def _nobody(head: Head) -> Told | None:
    """Nobody: what is to be done, or that it has to be, stands right behind."""
    telling = head.telling
    words = telling.clause.scan.words
    if head.acts or words.match(grammar().modal, telling.at, telling.end):
        return telling.at, ()
    return None


def _who_if(head: Head) -> Told | None:
    """Who is told if something holds: "lưu ý doanh nghiệp nếu muốn giữ thị trường thì phải"."""
    telling = head.telling
    if head.named is None:
        return None
    condition = _IF_THEN.search(telling.text, telling.at, telling.end)
    if condition is None or _verb(head) is None:
        return None
    return condition.end(), split_assignees(telling.text[telling.at : condition.start()])


_IF_THEN = rare(r",? (?:nếu|khi)(?: đã)? [^;:.]{3,80}?,? thì (?=(?:cần|phải)(?!\w))")


_BY_THE_HEAD: tuple[Callable[[Head], Told | None], ...] = (_guest, _they, _nobody, _who_if)


# By the words up to a verb


class Party(NamedTuple):
    """The words between a verb of telling and a verb, who may be told.

    Args:
        begin, end: half-open run of the verb, or of what somebody is to be.
        partners: countries and blocs the words begin with.
    """

    head: Head
    words: str
    begin: int
    end: int
    partners: list[PartnerMention]


def _party(head: Head) -> Party | None:
    """The words up to the verb behind a verb of telling; None if it is none of theirs."""
    telling = head.telling
    scan, text, at = telling.clause.scan, telling.text, telling.at
    found = _role_or_verb(head)
    if found is None or found[0] - at > _longest_gap(text, at):
        return None
    begin, end = found
    if scan.words.has(grammar().done, at, begin):
        return None
    words = text[at:begin]
    if head.named is not None and (then := _ASKS_ON.search(words)) is not None:
        # "kiến nghị Bộ Ngoại giao đề nghị Bộ A cử đoàn": to ask on is what it is to do.
        begin, words = at + then.start("asks"), words[: then.start()]
    elif head.named is not None and (acts := begins_to_act().search(words)) is not None:
        # "đề nghị Đại sứ có các chỉ đạo ...": a verb that is not known stands first.
        begin, words = at + acts.end(), words[: acts.start()]
    bodies = words.split("; ") if _STOP.search(words) else ()
    if not all(grammar().assignee.pattern.match(body) for body in bodies):
        return None
    partners = [p for p in scan.partners_between(at, at + 16) if p.type != "agreement"]
    return Party(head, words, begin, end, partners)


_ASKS_ON = regex(
    r"(?<=\w) (?:xem xét,? |sớm |tiếp tục )*"
    r"(?P<asks>(?:đề nghị|kiến nghị|yêu cầu|chỉ đạo|(?<!oại )giao|đôn đốc)"
    rf" (?=[{UPPER}]|các |phía ))"
)
_STOP = regex(r"[;.](?!\w)")


def _role_or_verb(head: Head) -> tuple[int, int] | None:
    """What somebody is to do, or in what is asked of him to be: "mong các Đại sứ là cầu nối"."""
    telling, named, found = head.telling, head.named, _verb(head)
    if telling.rule != "ask" or named is None:
        return found
    reach = min(telling.end, named.end() + LONGEST_SUBJECT)
    role = _TO_BE.search(telling.text, named.end(), reach)
    if role is None or (found is not None and role.start() >= found[0]):
        return found
    return role.start("is"), role.end()


_TO_BE = regex(
    r" (?P<is>(?:(?:sẽ|tiếp tục|luôn|thực sự|trở thành|làm) )*(?:là|làm|trở thành)"
    r" (?:những |một |chiếc )?(?:cầu nối|nhịp cầu|đầu mối|sứ giả|kênh kết nối|đại sứ))(?!\w)"
)


def _verb(head: Head) -> tuple[int, int] | None:
    """The first verb behind the body, if one is named."""
    telling, named = head.telling, head.named
    inside = telling.at
    if named is not None and (head.verb is None or head.of_name):
        inside = named.end()
    return verb_after(telling.clause.scan, inside, telling.end)


def _longest_gap(text: str, at: int) -> int:
    """Code points between a verb of telling and the verb; a list of many bodies takes more."""
    return 2 * _LONGEST_GAP if text.count(", ", at, at + _LONGEST_GAP) >= _MANY else _LONGEST_GAP


_LONGEST_GAP = 260
"""Code points between a verb of telling and the verb of the task."""
_MANY = 5


# Who the words are


def _told_by_name(party: Party, names: list[str]) -> Told | None:
    """Who is told where no known body, country or person is: a firm, a province, or nobody."""
    telling, begin, words = party.head.telling, party.begin, party.words
    scan, at = telling.clause.scan, telling.at
    if all(map(NAME_ALONE.fullmatch, names)):
        return begin, tuple(names)
    if telling.m[0] in _NAMES_WHAT and words:
        return None
    if province_at(scan.words, at, begin) is not None and not _STOP.search(words):
        # "mong muốn Long An với các tỉnh giáp biên giới tiếp tục ..."
        return begin, (_WILL.sub("", words.strip()),)
    if telling.rule in ("ask", "direct") or len(words.split()) > _MOST_OPEN_WORDS:
        return None
    if words.endswith((" để ", " nhằm ")):
        # "các chỉ thị yêu cầu một số giải pháp để khắc phục ...": what they are for.
        return None
    if not telling.text[begin : party.end].startswith(("phải", "cần")):
        return at, ()
    return begin, _behind_the_last_comma(party)


_JOINED = regex(r", | và |, cùng ")
_NAMES_WHAT = ("chỉ rõ", "quán triệt", "nêu rõ yêu cầu", "đặt ra yêu cầu")
"""Behind one of these stands what was said as often as who is told: "chỉ rõ phương hướng"."""
_WILL = regex(r",?(?: (?:sẽ|cần|phải|tiếp tục|cùng))*$")
_MOST_OPEN_WORDS = 14
"""Words between a verb of telling and the verb, where no known body stands between."""


def _behind_the_last_comma(party: Party) -> tuple[str, ...]:
    """The place or the body that has to: "lưu ý để giảm tai nạn, Bạc Liêu cần ..."."""
    words = party.words.rstrip()
    last = words.rsplit(", ", 1)[-1]
    if last == words:
        return ()
    begin = party.begin
    place = place_named(party.head.telling.clause.scan, begin - len(last) - 1, begin)
    if place is not None:
        return (place,)
    who = split_assignees(last)
    return who if who == (last,) else ()


def _told_bodies(party: Party) -> Told:
    """The bodies that are told, or the countries, or the person."""
    telling, words = party.head.telling, party.words
    text, at = telling.text, telling.at
    assignees = split_assignees(words)
    if any(len(n.split()) > _MOST_NAME_WORDS and _SAYS_MORE.search(n) for n in assignees):
        # A verb that is not known stands in it.
        return at, ()
    if not assignees and _TWO_COUNTRIES.fullmatch(words.strip()):
        assignees = (words.strip(),)
    if not assignees and party.partners:
        assignees = (_of_a_country(text, at, party.partners[0]),)
    if not assignees and (people := telling.clause.scan.people_between(at, at + 4)):
        assignees = (text[people[0].start : people[0].end],)
    return party.begin, assignees


_MOST_NAME_WORDS = 14
_SAYS_MORE = regex(r" (?:chứ|không|rồi|mà|để|nếu|vì|khi|rất|được|bị|chưa|nhưng|hoặc là) ")
_TWO_COUNTRIES = regex(rf"[{UPPER}]\w+(?: \w+)? ?[-–] ?[{UPPER}]\w+(?: [{UPPER}]\w+)*")


def _of_a_country(text: str, at: int, partner: PartnerMention) -> str:
    """Who is told where a country is named: it, or its body: "Duma Quốc gia Nga, ..."."""
    whole = _OWN_NAME.match(text, at, partner.end) if partner.start > at else None
    return whole[0] if whole is not None else text[partner.start : partner.end]


_OWN_NAME = regex(rf"[{UPPER}][\w-]*(?: [\w-]+){{1,7}}(?=,| *$)")
