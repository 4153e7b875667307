"""A file of the directory taken in: first what it would do, then doing it, all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.directory.checks import Fault, check_tables
from diemcau.directory.columns import COLUMNS, Row, row_key, same_cell
from diemcau.directory.rules import can_edit_directory
from diemcau.directory.tables import rows_of
from diemcau.directory.writing import LOCAL_SOURCE, local_source, set_parent, write_row

__all__ = ["Plan", "RefusedRows", "changes_of", "import_tables", "plan_import"]

_BETWEEN_IDS = " → "


class RefusedRows(ValueError):
    """Rows cannot stand; nothing of what they came with was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.table} {f.row} {f.column}: {f.reason}" for f in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file in would do.

    Args:
        added, changed: rows by table: (id, {column: [old, new]}).
        n_unchanged: rows that say what is here already.
        faults: why it cannot be taken in; then nothing of it is.
    """

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str, dict[str, list[str]]]] = field(default_factory=list)
    n_unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.added or self.changed)


def plan_import(tables: Mapping[str, Sequence[Row]]) -> Plan:
    """Compare the tables of a file with what is here; writes nothing.

    Args:
        tables: from `exchange.read_file`.
    """
    faults = check_tables(tables)
    return Plan(faults=faults) if faults else _compare(tables)[0]


@action("directory.import", may=can_edit_directory)
def import_tables(actor: User | None, tables: Mapping[str, Sequence[Row]], *, name: str) -> Plan:
    """Take the tables of a file in, all of it or nothing; rows that are not in it stay.

    Args:
        tables: from `exchange.read_file`.
        name: of the file, for the log.
    Raises:
        RefusedRows: a row cannot stand.
    """
    faults = check_tables(tables)
    if faults:
        raise RefusedRows(faults)
    source = local_source()
    plan, wanted = _compare(tables)
    for table, rows in wanted.items():
        for cells in rows:
            write_row(table, cells)
    for cells in wanted.get("bodies", ()):
        set_parent(cells)
    detail = {"added": [list(r) for r in plan.added], "changed": [list(r) for r in plan.changed]}
    record_action(source, detail={"file": name, **detail})
    return plan


def _compare(
    tables: Mapping[str, Sequence[Row]],
) -> tuple[Plan, dict[str, list[dict[str, str]]]]:
    """The plan, and by table the rows to write, in an order in which each finds what it names."""
    plan, unchanged = Plan(), 0
    wanted: dict[str, list[dict[str, str]]] = {}
    for table in COLUMNS:
        rows = tables.get(table, ())
        present = {row_key(table, row): row for row in rows_of(table)} if rows else {}
        for _number, given in rows:
            name = row_key(table, given)
            before = present.get(name)
            cells = _filled(given, before)
            changes = changes_of(before, cells, COLUMNS[table]) if before else {}
            shown = _BETWEEN_IDS.join(name[:2])
            if before is None:
                plan.added.append((table, shown))
            elif changes:
                plan.changed.append((table, shown, changes))
            else:
                unchanged += 1
                continue
            wanted.setdefault(table, []).append(cells)
    return Plan(plan.added, plan.changed, unchanged), wanted


def _filled(cells: Mapping[str, str], before: Mapping[str, str] | None) -> dict[str, str]:
    """An empty source or certainty means: as it is; for a new row: entered here, to be checked."""
    kept = before or {"source": LOCAL_SOURCE, "sure": "C"}
    return {**cells, **{c: kept[c] for c in ("source", "sure") if c in cells and not cells[c]}}


def changes_of(
    before: Mapping[str, str], after: Mapping[str, str], columns: Sequence[str]
) -> dict[str, list[str]]:
    """What a row would say otherwise, by column: [old, new]."""
    return {
        column: [before[column], after[column]]
        for column in columns
        if not same_cell(column, before[column], after[column])
    }
