"""Fill an installation with as much as a large one has after years; run inside it.

What is written is made up and dull; there is as much of it as of the real thing.
"""

import hashlib
import random
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.audit.chain import digest_of, head
from diemcau.audit.models import AuditEntry, AuditHead
from diemcau.delivery.models import Assignment, Clause, ClauseGram, Task
from diemcau.documents.models import (
    Document,
    Reading,
    Statement,
    StatementKind,
    StatementState,
    TextVersion,
)
from vanban.letters import fold

__all__ = ["fill"]

_WORDS = """
thỏa thuận thị trường xuất khẩu đối tác bộ ngành địa phương rà soát báo cáo hoàn thành đề án nghị
quyết hội nghị cơ quan đại diện doanh nghiệp hợp tác đầu tư kinh tế ngoại giao
"""
_AT_ONCE = 2000


def fill(*, n_tasks: int, n_files: int, file_bytes: int, n_grams: int = 20) -> None:
    """Add documents with their files, tasks with their statements, and an entry for each task."""
    rng = random.Random(1)
    person, _new = User.objects.get_or_create(username="nguoi0")
    with transaction.atomic():
        documents = [_document(rng, file_bytes) for _ in range(n_files)]
    a_document = -(-n_tasks // n_files)
    for first in range(0, n_tasks, _AT_ONCE):
        with transaction.atomic():
            places = range(first, min(first + _AT_ONCE, n_tasks))
            tasks = _tasks(rng, [documents[i // a_document] for i in places], person, n_grams)
            _entries(tasks, person)


def _sentence(rng: random.Random, n: int = 18) -> str:
    return " ".join(rng.choices(_WORDS.split(), k=n))


def _document(rng: random.Random, file_bytes: int) -> tuple[Document, TextVersion, Reading]:
    data = rng.randbytes(file_bytes)
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"documents/{sha256[:2]}/{sha256}.pdf"
    target = Path(settings.MEDIA_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    title = _sentence(rng, 12)
    now = timezone.now()
    document = Document.objects.create(
        sha256=sha256,
        name=f"{sha256[:8]}.pdf",
        file=path,
        size=len(data),
        media_type="application/pdf",
        title=title,
        folded=fold(title),
        event_on=date(2020, 1, 1) + timedelta(days=rng.randrange(2000)),
        added_at=now,
    )
    text = "\n".join(_sentence(rng) for _ in range(200))
    version = TextVersion.objects.create(
        document=document,
        number=1,
        text=text,
        folded=fold(text),
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        blocks=[[0, len(text), "paragraph", 1, ""]],
        made_at=now,
    )
    reading = Reading.objects.create(
        text_version=version, engine_version="0", read_at=now, seconds=0.1, counts={}
    )
    return document, version, reading


def _tasks(rng: random.Random, places: list, person: User, n_grams: int) -> list[Task]:
    now = timezone.now()
    statements = []
    for document, version, reading in places:
        quote = _sentence(rng)
        start = rng.randrange(10_000)
        due = date(2024, 6, 30) + timedelta(days=rng.randrange(900))
        statements.append(
            Statement(
                document=document,
                text_version=version,
                reading=reading,
                kind=StatementKind.TASK,
                start=start,
                end=start + len(quote),
                quote=quote,
                folded=fold(quote),
                rule="by-hand",
                confidence=0.9,
                data={"quote": quote, "action": quote, "deadline": due.isoformat()},
                state=StatementState.ACCEPTED,
                decided_by=person,
                decided_at=now,
            )
        )
    Statement.objects.bulk_create(statements)
    tasks = Task.objects.bulk_create(
        Task(
            statement=s,
            action=s.quote[:500],
            issuer="Thủ tướng Chính phủ",
            said_on=s.document.event_on,
            deadline=s.data["deadline"],
            due_from=s.data["deadline"],
            due_to=s.data["deadline"],
            folded=s.folded,
            recorded_at=now,
        )
        for s in statements
    )
    Assignment.objects.bulk_create(
        Assignment(task=task, as_written=f"Bộ số {rng.randrange(60)}")
        for task in tasks
        for _ in range(2)
    )
    clauses = Clause.objects.bulk_create(
        Clause(statement=s, end=s.end, words=s.folded) for s in statements
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {ClauseGram._meta.db_table} (clause_id, gram) VALUES (%s, %s)",
            [(c.pk, rng.randrange(-(2**62), 2**62)) for c in clauses for _ in range(n_grams)],
        )
    return tasks


def _entries(tasks: list[Task], person: User) -> None:
    before, last = head(), AuditHead.objects.filter(pk=1).first()
    now, digest = timezone.now(), before.digest
    today = timezone.localdate(now)
    position = last.position if last and last.day == today else 0
    entries = []
    for task in tasks:
        position += 1
        entry = AuditEntry(
            at=now,
            day=today,
            position=position,
            actor=person,
            action="delivery.choose_due_rule",
            target_type="delivery.task",
            target_id=str(task.pk),
            detail={"before": {"rule": ""}, "after": {"rule": "calendar"}},
            origin="web",
        )
        row = {f.attname: getattr(entry, f.attname) for f in entry._meta.concrete_fields}
        entry.digest = digest = digest_of(digest, row)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)
    AuditHead.objects.update_or_create(
        pk=1,
        defaults={
            "day": today,
            "position": position,
            "total": before.total + len(entries),
            "digest": digest,
        },
    )
