"""Laws of a file of tasks: out and in changes nothing; rights in bulk are rights one by one."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role
from diemcau.delivery.models import (
    Assignment,
    Evidence,
    Handover,
    Nature,
    Progress,
    ProgressState,
    Task,
)
from diemcau.delivery.rules import parties_of
from diemcau.delivery.states import Status
from diemcau.directory.actions import save_body
from diemcau.directory.models import Body
from diemcau.exchange.cells import with_cells
from diemcau.exchange.comparing import Comparer
from diemcau.exchange.models import RowKind
from diemcau.exchange.parties import Rights
from diemcau.exchange.reading import read_table
from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document

pytestmark = pytest.mark.django_db

WORDS = st.text(
    st.one_of(
        st.sampled_from(list("ăâêôơưđÀẸ aA1;\"',=+-@|\n\t’“_x0041_")),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"), exclude_characters="\0"),
    ),
    max_size=40,
)
NAMES = st.lists(st.tuples(WORDS.filter(lambda w: w.strip()), st.sampled_from(
    ["lead", "coordinating", "following"])), max_size=4)  # fmt: skip
DEADLINES = st.sampled_from(
    ["", "2026-06-30", "2026-06", "2026-Q2", "2026-H2", "2022/2026", "1890-01-01"]
)
TASKS = st.fixed_dictionaries(
    {
        "title": WORDS.filter(lambda w: w.strip()),
        "action": WORDS,
        "code": WORDS,
        "programme": WORDS,
        "product": WORDS,
        "issuer": WORDS,
        "place": WORDS,
        "deadline": DEADLINES,
        "nature": st.sampled_from(Nature.values),
        "status": st.sampled_from(Status.values),
        "said_on": st.sampled_from([None, dt.date(2026, 1, 31), dt.date(1899, 2, 1)]),
    }
)


@pytest.fixture
def document():
    return make_document(name="so.txt")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TASKS, NAMES, WORDS, WORDS), min_size=1, max_size=5), st.booleans())
def test_the_import_of_an_export_changes_nothing(document, ledger, as_workbook):
    Assignment.objects.all().delete()
    Evidence.objects.all().delete()
    Progress.objects.all().delete()
    Task.objects.all().delete()
    now = timezone.now()
    for fields, names, proof, said in ledger:
        task = Task.objects.create(document=document, recorded_at=now, **fields)
        for name, role in names:
            Assignment.objects.create(task=task, as_written=name, role=role)
        if proof.strip():
            Evidence.objects.create(task=task, kind="product", what=proof, added_at=now)
        Progress.objects.create(
            task=task, done=said, state=ProgressState.RELEASED, written_at=now, released_at=now
        )
    rows = list(exported_tasks(None))
    if as_workbook:
        with write_xlsx(rows, who="thử") as file:
            table = read_table(file.read(), name="so.xlsx")
        assert table.signature.is_whole
    else:
        table = read_table("".join(write_csv(rows)).encode(), name="so.csv")
    comparer = Comparer(None, columns=table.columns, owner=None, signature=table.signature)
    found = comparer.compare(list(table.rows()))
    assert [(one.kind, one.changes, one.faults) for one in found] == [(RowKind.SAME, [], [])] * len(
        ledger
    )


REFS = ["bo-a", "bo-b", "cuc-c", "?"]


@pytest.fixture
def bodies():
    found = []
    for ref, parent in (("bo-a", ""), ("bo-b", ""), ("cuc-c", "bo-a")):
        kind = "ministry" if not parent else "department"
        save_body(None, {"id": ref, "kind": kind, "name": ref, "parent": parent}, reason="thử")
        found.append(Body.objects.get(ref=ref))
    return found


def test_rights_in_bulk_are_rights_one_by_one(document, bodies):
    now = timezone.now()
    documents = [document, make_document(name="khac.txt")]
    documents[1].owner = bodies[0]
    documents[1].save()
    tasks = []
    for n in range(24):
        giver = [None, *bodies][n % 4]
        task = Task.objects.create(
            document=documents[n % 2], title=f"v{n}", assigner=giver, recorded_at=now
        )
        whole = Assignment.objects.create(
            task=task,
            as_written="x",
            body_ref=REFS[n % 3] if n % 5 else "",
            is_collective=not n % 5,
        )
        if not n % 5:
            Assignment.objects.create(
                task=task, as_written="y", body_ref=REFS[n % 2], expanded_from=whole
            )
        if n % 7 == 0:
            Assignment.objects.create(
                task=task, as_written="z", body_ref="bo-b", ended_at=now, role="following"
            )
        if n % 6 == 0:
            Handover.objects.create(
                task=task, from_ref="bo-a", to_ref="bo-b", reason="thử", decided_at=now
            )
        tasks.append(task)
    people = [make_person(Role.COORDINATOR, name="a"), make_person(Role.READER, name="b")]
    for n, (role, body) in enumerate(
        (role, body) for role in (Role.REPORTER, Role.APPROVER, Role.COORDINATOR) for body in bodies
    ):
        people.append(make_person(role, name=f"n{n}", body=body))
    n_sides = 0
    for person in people:
        bulk = Rights(person).sides(with_cells(Task.objects.all(), person))
        for task in tasks:
            one = parties_of(person, Task.objects.get(pk=task.pk))
            assert set(bulk[task.pk]) == one, (person, task.title)
            n_sides += len(one)
    assert n_sides > 50
