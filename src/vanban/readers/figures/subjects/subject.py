"""Whose figure it is: a province, a partner, the country, a kind of body."""

from itertools import chain

from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.alone import of_lone_partner, topic_partner
from vanban.readers.figures.subjects.carried import (
    carried_place,
    missions_again,
    same_as_before,
    same_partner,
    sentence_before,
)
from vanban.readers.figures.subjects.claim import Claim, Rule, is_of_partners
from vanban.readers.figures.subjects.countries import (
    block_partner,
    in_own_bracket,
    named_partner,
    other_side,
    ours_at,
    whence,
)
from vanban.readers.figures.subjects.doers import province_at, who_is_counted
from vanban.readers.figures.subjects.economy import (
    gdp_of_province,
    growth_of_province,
    growth_told_before,
    of_our_economy,
)
from vanban.readers.figures.subjects.guests import home_of_people
from vanban.readers.figures.subjects.leading import leading_partner, leading_place
from vanban.readers.figures.subjects.neighbours import (
    of_the_growth_beside,
    one_of_all_here,
    our_rank,
    told_beside_another,
    worth_of_it,
)
from vanban.readers.figures.subjects.next_to import owner_behind, respective
from vanban.readers.figures.subjects.organisations import organisation_of
from vanban.readers.figures.subjects.owners import (
    between_two,
    continent_at,
    into_our_country,
    its_own,
    land_of,
    of_a_price,
    of_projects,
    owner_said,
    part_of,
    world_at,
)
from vanban.readers.figures.subjects.parties import donor_of, of_a_group, of_agreement, pledger
from vanban.readers.figures.subjects.provinces import place_before, place_behind
from vanban.readers.figures.subjects.said import said_in_words
from vanban.readers.figures.subjects.sectors import granted_to, sector_of
from vanban.readers.figures.subjects.topics import Topic
from vanban.readers.figures.subjects.trade import buyer_of_ours, kind_of_firms
from vanban.records import Role

__all__ = ["find_subject"]


def find_subject(m: Mention, *, measure: str, role: Role, topic: Topic, says_measure: bool) -> str:
    """Whose figure a quantity is, as the text calls them.

    Source: `data/figures.yml`.
    Args:
        measure: what it measures, as `find_measure` gives it.
        role: as `find_role` gives it.
        topic: whom the whole text is about.
        says_measure: whether its sentence names a measure before it.
    Returns:
        What the first rule says that has an answer; our own country where none has one.
    """
    claim = Claim(m, measure, role, topic, says_measure)
    for rule in chain(_AT_HAND, _of_measure(claim), _IN_SENTENCE, _IN_TEXT):
        if (subject := rule(claim)) is not None:
            return subject
    return "Việt Nam"


_AT_HAND: tuple[Rule, ...] = (
    one_of_all_here,
    of_agreement,
    of_a_group,
    of_the_growth_beside,
    organisation_of,
    of_a_price,
    in_own_bracket,
    who_is_counted,
    respective,
    owner_behind,
    told_beside_another,
    sector_of,
    granted_to,
    home_of_people,
    leading_partner,
)
"""What stands right at a figure, or heads its clause."""

_OF_ANYTHING: tuple[Rule, ...] = (between_two, part_of, our_rank, named_partner)
_OF_PARTNERS: tuple[Rule, ...] = (between_two, part_of, our_rank, continent_at, named_partner)
_OF_CAPITAL: tuple[Rule, ...] = (
    leading_place,
    between_two,
    part_of,
    into_our_country,
    our_rank,
    continent_at,
    named_partner,
)
_OF_TRADE: tuple[Rule, ...] = (
    between_two,
    kind_of_firms,
    part_of,
    our_rank,
    continent_at,
    named_partner,
)
_OF_MEASURE: dict[str, tuple[Rule, ...]] = {
    "exports": (
        between_two,
        kind_of_firms,
        part_of,
        our_rank,
        continent_at,
        buyer_of_ours,
        named_partner,
    ),
    "imports": _OF_TRADE,
    "trade_turnover": _OF_TRADE,
    "remittances": (between_two, part_of, our_rank, continent_at, whence, named_partner),
    "fdi_registered": _OF_CAPITAL,
    "fdi_disbursed": _OF_CAPITAL,
    "fdi_projects": (leading_place, of_projects, *_OF_CAPITAL[1:]),
    "oda": (*_OF_PARTNERS, pledger, donor_of),
    "gdp_growth": (*_OF_ANYTHING, owner_said, world_at, its_own),
    "other": (*_OF_ANYTHING, pledger, owner_said, world_at, its_own, land_of),
}
"""What its clause says of whom a measure may be of."""


def _of_measure(claim: Claim) -> tuple[Rule, ...]:
    """The rules for what a figure measures."""
    own = _OF_MEASURE.get(claim.measure)
    return own or (_OF_PARTNERS if is_of_partners(claim) else _OF_ANYTHING)


_IN_SENTENCE: tuple[Rule, ...] = (
    worth_of_it,
    place_before,
    said_in_words,
    missions_again,
    same_partner,
    sentence_before,
    growth_of_province,
    gdp_of_province,
    growth_told_before,
    of_our_economy,
    ours_at,
)
"""What its sentence says elsewhere, or the one before it."""

_IN_TEXT: tuple[Rule, ...] = (
    other_side,
    province_at,
    place_behind,
    block_partner,
    topic_partner,
    same_as_before,
    of_lone_partner,
    carried_place,
)
"""Whom the paragraph or the whole text is about."""
