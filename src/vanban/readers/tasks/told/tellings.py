"""A verb of telling with who tells, by when, and where what stands behind it begins."""

import re
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_blank, skip_front
from vanban.readers.tasks.tells import behind_frame, rule_of
from vanban.readers.tasks.told.tellers import teller
from vanban.values.times import Time

__all__ = ["Telling", "telling_of"]


class Telling(NamedTuple):
    """A verb of telling in a clause.

    Args:
        m: the verb; `rule`: what it does: "require", "assign", "ask", "direct".
        at, end: half-open run of what stands behind it.
        issuer: who tells; `lead`: by when, as a lead-in says.
    """

    clause: Clause
    text: str
    m: re.Match[str]
    rule: str
    at: int
    end: int
    issuer: str | None
    lead: Time | None


def telling_of(clause: Clause, m: re.Match[str]) -> Telling:
    """A verb of telling, with what its clause says of it."""
    scan, text, end, state = clause.scan, clause.scan.text, clause.end, clause.state
    at = _behind_marks(clause, m.end())
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
    return Telling(clause, text, m, rule_of(m), at, end, teller(clause, m), lead)


_LEAD_PERIOD = regex(r"(?:ngay )?(?:trong|từ nay đến|đến hết|từ nay tới|từ) [^,;.]{2,40}, +")


def _behind_marks(clause: Clause, verb_end: int) -> int:
    """Past the marks behind a verb, and behind a colon past what is no body and no verb."""
    text, end = clause.scan.text, clause.end
    at = skip_blank(text, verb_end)
    while at < end and text[at] in ':,“"':
        at = skip_blank(text, at + 1)
    return skip_front(clause.scan.words, at, end) if text.startswith(":", verb_end) else at
