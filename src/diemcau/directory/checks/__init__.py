"""What rows of the directory must satisfy, asked of forms and of files alike."""

from collections.abc import Mapping, Sequence

from diemcau.directory.checks.bodies import check_bodies, check_successions
from diemcau.directory.checks.checker import Fault, known_rows, not_a_day
from diemcau.directory.checks.offices import check_holders, check_offices, check_people
from diemcau.directory.checks.partners import (
    check_accreditations,
    check_agreements,
    check_levels,
    check_members,
    check_partners,
    check_sources,
    check_stages,
)
from diemcau.directory.columns import Row

__all__ = ["Fault", "check_tables", "not_a_day"]


def check_tables(tables: Mapping[str, Sequence[Row]], *, ends_bodies: bool = False) -> list[Fault]:
    """Every fault of the rows of some tables, against each other and against what is here.

    Args:
        tables: rows by table, as `columns.COLUMNS` names them.
        ends_bodies: a succession among them ends the body before it.
    """

    def rows(table: str) -> Sequence[Row]:
        return tables.get(table, ())

    known = known_rows(tables)
    return [
        *check_sources(rows("sources"), known),
        *check_partners(rows("partners"), known),
        *check_bodies(rows("bodies"), known),
        *check_successions(rows("successions"), known, rows("bodies"), ends_bodies=ends_bodies),
        *check_people(rows("people"), known),
        *check_offices(rows("offices"), known),
        *check_holders(rows("holders"), known),
        *check_members(rows("members"), known),
        *check_levels(rows("levels"), known),
        *check_agreements(rows("agreements"), known),
        *check_stages(rows("stages"), known, rows("agreements"), rows("members")),
        *check_accreditations(rows("accreditations"), known),
    ]
