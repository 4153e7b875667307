"""The period its sentence says for a figure, once it is told which of them is its own."""

from vanban.patterns import regex
from vanban.readers.figures.frames import AT_HEAD, Frame, is_part, up_to_month
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.claim import Claim, From, Period
from vanban.readers.figures.periods.so_far import by_a_day, months_so_far
from vanban.readers.figures.periods.spoken import PLAN_S, ahead_of, behind_it, own_period
from vanban.readers.figures.roles.bases import is_base
from vanban.values.times import PERIODS, Time, iso

__all__ = ["said_in_sentence"]


def said_in_sentence(claim: Claim) -> Period | None:
    """The period right behind a figure, else a day or a total just before it, else the last one."""
    m, over = claim.m, claim.role == "actual"
    behind = behind_it(m)
    if over and behind is None and (by := by_a_day(m, claim.measure)) is not None:
        return Period(by, False, "said")
    if behind is not None and PLAN_S.search(m.text, max(m.q.end, behind.start - 24), behind.start):
        # "trong tháng 1 đạt 9% kế hoạch năm 2025": the year is the plan's.
        behind = None if ahead_of(m) is not None else behind
    if over and behind is None and (so_far := _brought_to(m)) is not None:
        return Period(so_far, True, "frame")
    said = _dated_by_base(m, behind or ahead_of(m))
    if said is None:
        return None
    value = months_so_far(m, said) or iso(said)
    _hold(claim, said, value)
    # "Năm ngoái" of a text that nothing dates is no known year.
    source = _source(claim, said, is_behind=behind is not None) if value is not None else "nowhere"
    return Period(value, said.inferred, source)


_ONE_MONTH = regex(r"\d{4}-\d\d")
_BRINGS_TO = regex(r"(?:đưa|nâng)(?: tổng)?[^;.\d]{3,90}(?:lên|đạt)[^;.,\d]{0,16}$")


def _brought_to(m: Mention) -> str | None:
    """The year so far: "riêng tháng 8 đạt 3,2 tỷ USD, đưa kim ngạch lên 22,7 tỷ USD"."""
    month = m.previous.period if m.previous is not None else None
    if month is None or _ONE_MONTH.fullmatch(month) is None or own_period(m) is not None:
        return None
    if _BRINGS_TO.search(m.text, m.left, m.q.start) is None:
        return None
    return up_to_month(int(month[:4]), int(month[5:]))


def _dated_by_base(m: Mention, said: Time | None) -> Time | None:
    """Months without a year, by the year they are compared with: "so cùng kỳ năm 2022"."""
    if said is None or not said.inferred or said.kind in ("year", "range"):
        return said
    this_year = m.text.endswith("năm nay", said.start, said.end)
    if not this_year and said.relative is None:
        for time in reversed(m.scan.times_between(m.sentence.start, said.start)):
            if time.kind in PERIODS - {"year"} and not time.inferred and not is_base(m.scan, time):
                # "tháng 9/2024 đạt 29 triệu USD, đưa kim ngạch 9 tháng lên 284 triệu USD"
                return said._replace(year=time.year)
    reach = m.sentence.end if this_year else min(m.sentence.end, m.q.end + _BASE_REACH)
    for time in m.scan.times_between(m.q.end, reach):
        if time.kind == "same_period" and (time.year is None or time.inferred):
            # "so với cùng kỳ năm trước; tăng 3,9% so với cùng kỳ năm 2019"
            break
        if time.kind == "same_period" and time.year is not None:
            if _YARDSTICK.search(m.text, max(0, time.start - 40), time.start):
                # "bằng 34% so với cùng kỳ 2019" of a text of 2023 looks back farther.
                continue
            return said._replace(year=time.year + 1)
    return said


_BASE_REACH = 60
_YARDSTICK = regex(r"bằng(?: \w+)? \d[\d.,]* ?%(?: so)?(?: với| của)?(?: mức)? $")


def _hold(claim: Claim, said: Time, value: str | None) -> None:
    """Let a period hold for what follows, if it is not for one figure alone."""
    m, frame = claim.m, claim.frame
    if said.kind not in PERIODS:
        return
    if claim.role == "plan":
        frame.ahead = iso(said), m.sentence.index
    if claim.role == "actual" and not _is_aside(m, said, frame):
        frame.running = value


def _is_aside(m: Mention, said: Time, frame: Frame) -> bool:
    """Whether a period holds for one figure alone: "riêng tháng 6", "cả năm 2024 là 59" in 2025."""
    low = max(m.sentence.start, said.start - 16)
    if _RIENG.search(m.text[low : said.start]) is not None:
        return True
    year, running = m.scan.year, frame.running if frame.set_in >= 0 else None
    past = year is not None and said.year is not None and said.year < year
    if past and running is not None and running.startswith(str(year)):
        return True
    within = m.previous is not None and said.start > m.previous.anchor.start
    return within and is_part(iso(said), frame.running)


_RIENG = regex(r"(?i)(?:riêng[\s\w]*|(?:trước đó|trong khi|trong đó),?\s*)$")


def _source(claim: Claim, said: Time, *, is_behind: bool) -> From:
    """How surely a period its sentence says is the figure's own."""
    m = claim.m
    if claim.role == "target" and m.text.endswith("trước ", 0, said.start):
        # "trước năm 2030": by then, or in the year before.
        return "heading"
    if is_behind:
        return "behind"
    if _is_one_of_several(m, said):
        return "frame"
    return "said" if m.q.start - said.end < _NEAR else "sentence"


_NEAR = 70
"""Code points between a figure and a period before it that is surely its own."""


def _is_one_of_several(m: Mention, said: Time) -> bool:
    """Whether its sentence names other periods too, and no comma's part makes this one its own."""
    if said.start >= m.left and m.previous is not None:
        return False
    times = m.scan.times_between(m.sentence.start, m.sentence.end)
    others = {iso(t) for t in times if t.kind in PERIODS and not is_base(m.scan, t)}
    return len(others - {None}) > 1 and said.start - m.sentence.start > AT_HEAD
