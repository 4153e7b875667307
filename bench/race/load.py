"""Load the race's tasks into an installation of ours: `load.py DATA KEYS`.

DATA is what `generate.py` of the race wrote; the installation is the one of DIEMCAU_HOME and
DATABASE_URL, prepared and empty of tasks. KEYS is written: tokens and the cookie of a session.

Every row is one that the actions would have written, brought in many at a time; what an import
with its checks and its log costs is measured by `bench/import_tasks.py`.

    organisation      body of the directory with its parent, added here
    project, private  one closed document of the organisation, on which its tasks rest
    member            reader of the body who sees what it keeps closed
    assign            the organisation's answer to its assignment
    progress, note    released progress report of the organisation
    status            the moves that lead there: recorded, started, reported done, confirmed
    "overdue"         nothing: where a task stands on a day is worked out, not kept
"""

import csv
import datetime as dt
import hashlib
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from diemcau.accounts.models import AccessToken, Grant, Role, User  # noqa: E402
from diemcau.accounts.tokens import make_secret  # noqa: E402
from diemcau.delivery.models import (  # noqa: E402
    Assignment,
    AssignmentAnswer,
    Progress,
    Task,
    Transition,
)
from diemcau.delivery.states import Move, Status  # noqa: E402
from diemcau.directory.models import Body, BodyName, Source  # noqa: E402
from diemcau.directory.shipped import name_fields  # noqa: E402
from diemcau.documents.models import Document  # noqa: E402
from diemcau.signin.sessions import SessionStore  # noqa: E402
from vanban.directory.names import key  # noqa: E402
from vanban.letters import fold  # noqa: E402

STEP = 5_000
FIRST_PERSON = 1_000
"""Accounts begin here, so that a row's id says whose it is."""


def main() -> None:
    """Load, and say how long each part took; where that was done, only sign in again."""
    data, keys = Path(sys.argv[1]), Path(sys.argv[2])
    facts = json.loads((data / "facts.json").read_text())
    if keys.is_file():
        _renew(keys)
        return
    if Task.objects.exists():
        sys.exit("the installation holds tasks already: found some, expected none")
    began = time.perf_counter()
    with transaction.atomic():
        bodies = _bodies(data)
        papers = _papers(bodies)
        _people(data, bodies)
        _say("bodies, documents, people", began)
        spans = _tasks(data, bodies, papers)
        _say("tasks and assignments", began)
        _history(data, bodies, spans)
        _say("history", began)
        made = {"admin": _administrator(), "six": _six(facts, bodies, papers)}
    _settle()
    _say("settled", began)
    keys.write_text(json.dumps(made))
    keys.chmod(0o600)
    counts = {m.__name__: m.objects.count() for m in (Task, Assignment, Transition, Progress)}
    print(json.dumps(counts | {"AssignmentAnswer": AssignmentAnswer.objects.count()}))


def _rows(data: Path, name: str) -> Iterator[dict[str, str]]:
    with (data / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _write(model: Any, rows: Iterable[Any]) -> None:
    rows = iter(rows)
    while part := list(islice(rows, STEP)):
        model.objects.bulk_create(part)


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _bodies(data: Path) -> dict[str, Body]:
    source = Source.objects.create(key="race", what="Made-up organisations", is_local=True)
    found: dict[str, Body] = {}
    for row in _rows(data, "orgs.csv"):
        body = Body.objects.create(
            ref=row["code"],
            kind=row["kind"],
            name=row["name"],
            parent=found.get(row["parent_id"]),
            source=source,
            sure="A",
            is_local=True,
            **name_fields(row["name"]),
        )
        BodyName.objects.create(body=body, name=row["name"], key=key(row["name"]))
        found[row["id"]] = body
    return found


def _papers(bodies: dict[str, Body]) -> dict[str, Document]:
    found = {}
    for pk, body in bodies.items():
        content = f"{body.name}: sổ nhiệm vụ.\n".encode()
        digest = hashlib.sha256(content).hexdigest()
        path = f"documents/{digest[:2]}/{digest}.txt"
        stored = Path(settings.MEDIA_ROOT) / path
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(content)
        title = f"Sổ nhiệm vụ: {body.name}"
        found[pk] = Document.objects.create(
            sha256=digest,
            name=f"so-nhiem-vu-{body.ref}.txt",
            file=path,
            size=len(content),
            media_type="text/plain",
            title=title,
            folded=fold(title),
            owner=body,
            is_closed=True,
            added_at=timezone.now(),
        )
    return found


def _people(data: Path, bodies: dict[str, Body]) -> None:
    rows = list(_rows(data, "people.csv"))
    closed, today = make_password(None), timezone.localdate()
    _write(
        User,
        (
            User(
                pk=FIRST_PERSON + int(row["id"]),
                username=row["login"],
                first_name=row["given_name"],
                last_name=row["family_name"],
                email=row["email"],
                password=closed,
            )
            for row in rows
        ),
    )
    _write(
        Grant,
        (
            Grant(
                person_id=FIRST_PERSON + int(row["id"]),
                role=Role.READER,
                body=bodies[row["org_id"]],
                sees_closed=True,
                starts_on=today,
                made_at=timezone.now(),
            )
            for row in rows
        ),
    )


def _tasks(
    data: Path, bodies: dict[str, Body], papers: dict[str, Document]
) -> dict[int, tuple[str, str, str]]:
    """Write the tasks; returns organisation, state and last instant of each."""
    spans: dict[int, tuple[str, str, str]] = {}
    last: dict[int, str] = {}
    for row in _rows(data, "history.csv"):
        last[int(row["task_id"])] = row["at"]

    def tasks() -> Iterator[Task]:
        for row in _rows(data, "tasks.csv"):
            pk, body = int(row["id"]), bodies[row["org_id"]]
            spans[pk] = (row["org_id"], row["status"], row["done_at"])
            due = dt.date.fromisoformat(row["due_date"]) if row["due_date"] else None
            done = row["status"].startswith("done")
            yield Task(
                pk=pk,
                document=papers[row["org_id"]],
                title=row["title"],
                action=row["title"],
                deadline=row["due_date"],
                due_from=due,
                due_to=due,
                due_rule="calendar" if due else "",
                status=Status.DONE if done else Status.IN_PROGRESS,
                delivered_on=dt.date.fromisoformat(row["done_at"][:10]) if done else None,
                lead=body.ref,
                last_word_at=_at(last[pk]),
                folded=fold(f"{row['title']} {body.name}"),
                recorded_at=_at(row["created_at"]),
                recorded_by_id=FIRST_PERSON + int(row["author_id"]),
                version=4,
            )

    _write(Task, tasks())
    _write(
        Assignment,
        (
            Assignment(
                pk=pk, task_id=pk, as_written=bodies[org].name, body_ref=bodies[org].ref,
                by_hand=True, answer="accepted",
            )
            for pk, (org, _status, _done) in spans.items()
        ),
    )  # fmt: skip
    return spans


def _history(data: Path, bodies: dict[str, Body], spans: dict[int, tuple[str, str, str]]) -> None:
    """Write what happened: moves, answers, reports."""
    recorded = {int(row["id"]): row for row in _rows(data, "tasks.csv")}
    wanted: dict[type, list[Any]] = defaultdict(list)

    def write(row: Any) -> None:
        kept = wanted[type(row)]
        kept.append(row)
        if len(kept) == STEP:
            type(row).objects.bulk_create(kept)
            kept.clear()

    started: set[int] = set()
    for row in _rows(data, "history.csv"):
        pk, at, by = int(row["task_id"]), _at(row["at"]), FIRST_PERSON + int(row["actor_id"])
        org, status, _done = spans[pk]
        body = bodies[org]
        if pk not in started:
            started.add(pk)
            author = FIRST_PERSON + int(recorded[pk]["author_id"])
            write(Transition(task_id=pk, after=Status.NEW, at=_at(recorded[pk]["created_at"]),
                             by_id=author))  # fmt: skip
            write(Transition(task_id=pk, move=Move.START, before=Status.NEW,
                             after=Status.IN_PROGRESS, at=at, by_id=by, body=body))  # fmt: skip
        if row["kind"] == "assign":
            write(AssignmentAnswer(assignment_id=pk, answer="accepted", by_id=by, at=at))
        elif row["kind"] in ("progress", "note"):
            percent = int(row["new"]) if row["kind"] == "progress" else None
            write(Progress(task_id=pk, assignment_id=pk, body=body, done=row["note"],
                           percent=percent, state="released", written_by_id=by, written_at=at,
                           released_by_id=by, released_at=at))  # fmt: skip
        elif status.startswith("done"):
            write(Transition(task_id=pk, move=Move.SUBMIT, before=Status.IN_PROGRESS,
                             after=Status.AWAITING, delivered_on=at.date(), at=at, by_id=by,
                             body=body))  # fmt: skip
            write(Transition(task_id=pk, move=Move.CONFIRM, before=Status.AWAITING,
                             after=Status.DONE, delivered_on=at.date(), at=at, by_id=by,
                             body=body))  # fmt: skip
    for model, rows in wanted.items():
        model.objects.bulk_create(rows)


def _administrator() -> dict[str, str]:
    person = User.objects.create(username="race-admin", first_name="Race", password="!")
    _grant(person, Role.ADMINISTRATOR, None)
    return _keys_of(person)


def _six(facts: dict[str, Any], bodies: dict[str, Body], papers: dict[str, Document]) -> dict:
    """A reader of the block's five busiest bodies, with whom the block's own document is shared.

    A grant over the block would reach all 103 bodies under it; a member of a Redmine project is no
    member of those under it. The five are leaves, so their grants reach themselves alone.
    """
    person = User.objects.create(username="race-six", first_name="Sáu", password="!")
    block, *leaves = [str(one) for one in facts["restricted_orgs"]]
    for one in leaves:
        if Body.objects.filter(parent=bodies[one]).exists():
            sys.exit(f"{bodies[one].ref} has bodies under it: expected a leaf")
        _grant(person, Role.READER, bodies[one])
    papers[block].shared_with.add(bodies[leaves[0]])
    return _keys_of(person)


def _grant(person: User, role: str, body: Body | None) -> None:
    Grant.objects.create(
        person=person, role=role, body=body, sees_closed=True,
        starts_on=timezone.localdate(), made_at=timezone.now(),
    )  # fmt: skip


def _keys_of(person: User) -> dict[str, str]:
    secret, digest, hint = make_secret()
    now = timezone.now()
    AccessToken.objects.create(
        person=person, name="race", digest=digest, hint=hint,
        created_at=now, expires_at=now + dt.timedelta(days=30),
    )  # fmt: skip
    return {"token": secret, "cookie": _cookie_of(person), "account": str(person.pk)}


def _renew(keys_path: Path) -> None:
    """Sign the people of an earlier run in again: a session left alone for an hour has ended."""
    keys = json.loads(keys_path.read_text())
    for one in keys.values():
        one["cookie"] = _cookie_of(User.objects.get(pk=one["account"]))
    keys_path.write_text(json.dumps(keys))


def _cookie_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["strong"] = True
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _settle() -> None:
    """Tell the database what it holds now, and where the ids go on."""
    from django.core.management.color import no_style

    for sql in connection.ops.sequence_reset_sql(no_style(), [User, Task, Assignment]):
        with connection.cursor() as cursor:
            cursor.execute(sql)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _say(what: str, began: float) -> None:
    print(f"{time.perf_counter() - began:7.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
