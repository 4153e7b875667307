"""The period a figure is for: said beside it, before it in its sentence, or by the frame around."""

from itertools import chain

from vanban.readers.figures.frames import Frame
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.periods.around import (
    after_its_base,
    before_a_year,
    of_all_told,
    of_the_figure_before,
    of_the_frame,
    of_the_sentence_before,
    of_the_title,
    some_day,
    soon,
)
from vanban.readers.figures.periods.base_periods import of_a_base, same_time_again
from vanban.readers.figures.periods.claim import Claim, Period, Rule
from vanban.readers.figures.periods.costs import mean_of_years, price_of_a_day, price_of_that_day
from vanban.readers.figures.periods.counted import at_an_hour, counted_again, what_there_is
from vanban.readers.figures.periods.from_to import carried, end_of_span, remember
from vanban.readers.figures.periods.in_turn import in_turn
from vanban.readers.figures.periods.neighbours import (
    as_the_figure_before,
    as_the_growth_beside,
    from_year_to_year,
    of_that_year,
    of_the_part_before,
    said_of_the_growth,
)
from vanban.readers.figures.periods.occasions import (
    at_the_meeting,
    of_another_visit,
    of_the_only_time,
    on_the_occasion,
)
from vanban.readers.figures.periods.results import (
    during_the_day,
    on_that_day,
    some_days,
    up_to_the_day,
)
from vanban.readers.figures.periods.said import said_in_sentence
from vanban.records import Compares, Role

__all__ = ["Period", "find_period"]


def find_period(
    m: Mention, *, role: Role, compares: Compares | None, measure: str, frame: Frame
) -> Period:
    """The period a figure is for.

    Source: `data/figures.yml`.
    Args:
        role, compares: as `find_role` gives them.
        measure: as `find_measure` gives it.
        frame: what holds where the sentence says nothing; a period said here holds on.
    """
    period = _first(Claim(m, role, compares, measure, frame))
    remember(m, frame, period.value)
    return period


def _first(claim: Claim) -> Period:
    """What the first rule says that has an answer; an unknown period where none has one."""
    for rule in chain(_AT_HAND, _OF_ROLE[claim.role], _IN_SENTENCE, _AROUND):
        if (period := rule(claim)) is not None:
            return period
    return Period(None, False, "nowhere")


_AT_HAND: tuple[Rule, ...] = (
    at_the_meeting,
    in_turn,
    what_there_is,
    of_a_base,
    carried,
    end_of_span,
    said_of_the_growth,
    from_year_to_year,
    as_the_figure_before,
    at_an_hour,
    as_the_growth_beside,
    of_the_part_before,
)
"""What a figure itself, or the one it is told with, says of its time."""

_OF_AIMS: tuple[Rule, ...] = (
    of_that_year,
    of_another_visit,
    on_the_occasion,
    same_time_again,
    some_day,
)
_OF_ROLE: dict[Role, tuple[Rule, ...]] = {
    "actual": (
        of_another_visit,
        on_the_occasion,
        some_days,
        during_the_day,
        counted_again,
        up_to_the_day,
        same_time_again,
    ),
    "target": _OF_AIMS,
    "plan": _OF_AIMS,
    "comparison": (of_another_visit, on_the_occasion, same_time_again),
}
"""What tells the time of results, or of what is aimed at."""

_IN_SENTENCE: tuple[Rule, ...] = (
    said_in_sentence,
    price_of_a_day,
    price_of_that_day,
    mean_of_years,
)
"""The periods its sentence names."""

_AROUND: tuple[Rule, ...] = (
    before_a_year,
    of_the_figure_before,
    of_the_sentence_before,
    of_the_only_time,
    on_that_day,
    soon,
    of_the_frame,
    after_its_base,
    of_the_title,
    of_all_told,
)
"""What was told before, what stands above, what the whole text is of."""
