"""A house to attack: a home of its own, a filled database, people of every role, a real server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bench.attacks.pages import Visitor

if TYPE_CHECKING:
    from diemcau.directory.models import Body

T = TypeVar("T")

__all__ = [
    "CLOSED",
    "House",
    "facts",
    "fill",
    "fill_closed",
    "house_of",
    "peak_memory",
    "serving",
    "visitor_of",
]

PAYLOADS = (
    '"><img src=x onerror=alert(1)>',
    "</textarea></title><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "{{7*7}}{% debug %}",
)


CLOSED = "kylanbaybaymot"
"""A word that stands in the closed document only."""


@dataclass
class House:
    """What the attacks are run against.

    Args:
        visitors: people who have signed in, by role; "stranger" has not.
        home: the folder of the installation.
        highest: the highest id of any row.
        most: how many of each kind of try are made; a test makes a few.
    """

    address: tuple[str, int]
    visitors: dict[str, Visitor]
    home: Path
    highest: int
    most: int = 1_000_000

    def some(self, tries: Iterable[T]) -> list[T]:
        """As many of these tries as are to be made, spread over all of them."""
        tries = list(tries)
        step = max(1, -(-len(tries) // self.most))
        return tries[::step]

    def places(self, addresses: Iterable[T]) -> list[T]:
        """All of these addresses, or where a few tries are made, every fourth."""
        return list(addresses)[:: 4 if self.most < 10 else 1]


def fill() -> None:
    """Fill the database through the product's own actions: documents, decisions, a gate."""
    from diemcau.access.actions import grant_role
    from diemcau.accounts.models import Role, User
    from diemcau.commands.run import read_folder
    from diemcau.directory.models import Body
    from diemcau.directory.shipped import ensure_shipped_rows
    from diemcau.documents.models import Statement
    from diemcau.gate.actions import record_paper
    from diemcau.review.actions import accept_statement
    from diemcau.review.intake import take_in

    ensure_shipped_rows()
    samples = Path(__file__).parents[2] / "samples"
    read_folder(samples)
    for number, payload in enumerate(PAYLOADS):
        text = (
            f"Hội nghị {payload}\nChiều 18/12/2024, Bộ trưởng Nguyễn Văn {payload} chủ trì "
            f"hội nghị với 9{number} điểm cầu.\nThủ tướng yêu cầu Bộ Ngoại giao lập {payload} "
            f"cơ chế trao đổi với đối tác trước 30/6/2025.\nCả năm ký hơn 12{number} thỏa thuận "
            f"{payload}.\n"
        )
        take_in(None, data=text.encode(), name=f"{payload}.txt")
    for role in Role.values:
        grant_role(None, person=User.objects.create(username=role), role=role)
    fill_closed(*Body.objects.filter(kind="province", parent=None).order_by("pk")[:2])
    person = User.objects.get(username=Role.SECRETARIAT)
    kinds = Statement.objects.values_list("kind", flat=True).distinct().order_by()
    for kind in set(kinds):
        for one in Statement.objects.filter(kind=kind, state="proposed").order_by("pk")[:25]:
            accept_statement(person, one.pk)
    record_paper(person, number="=1+1", issued_on=None, issuer=PAYLOADS[0], kept_at=PAYLOADS[1])
    try:
        take_in(person, data="TỐI MẬT\nBáo cáo mật.".encode(), name="mat.txt")
    except ValueError as problem:
        raise AssertionError("the guard let it pass") from problem
    except Exception as stopped:
        if getattr(stopped, "code", "") != "secret":
            raise


def fill_closed(ours: "Body", theirs: "Body") -> None:
    """One closed document of a body with all that rests on it, and three people.

    A member sees it, a colleague of the same body does not see what is closed, an outsider is a
    coordinator of another body.
    """
    from diemcau.access.actions import grant_role
    from diemcau.accounts.models import Role, User
    from diemcau.documents.custody import Custody
    from diemcau.documents.models import Statement
    from diemcau.review.actions import accept_statement
    from diemcau.review.intake import take_in

    for name, body, role, closed in (
        ("member", ours, Role.SECRETARIAT, True),
        ("colleague", ours, Role.COORDINATOR, False),
        ("outsider", theirs, Role.COORDINATOR, True),
    ):
        person = User.objects.create(username=name)
        grant_role(None, person=person, role=role, body=body, sees_closed=closed)
    text = (
        f"Hội nghị {CLOSED}\nChiều 18/12/2024, Bộ trưởng Nguyễn Văn {CLOSED} chủ trì hội nghị với "
        f"91 điểm cầu.\nThủ tướng yêu cầu Bộ Ngoại giao lập {CLOSED} cơ chế trao đổi với đối tác "
        f"trước 30/6/2025.\nCả năm các đoàn đã ký hơn 120 thỏa thuận {CLOSED}.\n"
        f"Việc theo dõi {CLOSED} còn chậm.\n"
    )
    custody = Custody(ours.pk, is_closed=True)
    taken = take_in(None, data=text.encode(), name=f"{CLOSED}.txt", custody=custody)
    member = User.objects.get(username="member")
    for one in Statement.objects.filter(document=taken.document, state="proposed").order_by("pk"):
        accept_statement(member, one.pk)


def visitor_of(address: tuple[str, int], username: str) -> Visitor:
    """Somebody who has signed in, by a session made in the database."""
    from django.conf import settings
    from django.test import Client

    from diemcau.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    token = "A" * 32
    cookies = {k: v.value for k, v in client.cookies.items()}
    return Visitor(
        address,
        cookies | {"csrftoken": token, settings.LANGUAGE_COOKIE_NAME: "en"},
    )


def house_of(address: tuple[str, int], home: Path) -> House:
    """The house with everybody signed in anew."""
    from django.apps import apps
    from django.db.models import Max

    from diemcau.accounts.models import User

    names = User.objects.filter(is_active=True).values_list("username", flat=True)
    visitors = {name: visitor_of(address, name) for name in names}
    visitors["stranger"] = Visitor(address, {"csrftoken": "A" * 32})
    named = ("document", "statement", "task", "figure", "echo", "comparison", "batch", "stop")
    ids = (
        model.objects.aggregate(last=Max("pk"))["last"] or 1
        for model in apps.get_models()
        if model._meta.app_label != "auth" and model._meta.model_name in named
    )
    return House(address, visitors, home, max(ids))


@contextmanager
def serving(home: Path) -> Iterator[tuple[tuple[str, int], int]]:
    """A gunicorn of two workers on a free port of this machine; its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "diemcau.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "8"),
            *("--worker-class", "gthread", "--timeout", "120", "--log-level", "warning"),
        ],
        env={**os.environ, "DIEMCAU_HOME": str(home)},
        stdout=log,
        stderr=log,
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield ("127.0.0.1", port), server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        log.close()


def peak_memory(master: int) -> int:
    """The largest memory any worker of a server has had, in bytes; 0 where the system tells not."""
    peak = 0
    children = Path(f"/proc/{master}/task/{master}/children")
    for pid in children.read_text().split() if children.exists() else []:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                peak = max(peak, int(line.split()[1]) * 1024)
    return peak


TAKEN_OUT = ("exchange.take_out", "exchange.take_list_out")
"""What asking for a file of the API leaves in the log."""


def facts() -> dict[str, object]:
    """How much of everything there is, to see that an attack changed nothing."""
    from django.apps import apps
    from django.db.models import QuerySet

    def rows(model: Any) -> QuerySet[Any]:
        found = model.objects.all()
        is_log = model._meta.label == "audit.AuditEntry"
        return found.exclude(action__in=TAKEN_OUT) if is_log else found

    return {
        model._meta.label: json.dumps(sorted(map(str, rows(model).values_list("pk", flat=True))))
        for model in apps.get_models()
        if model._meta.app_label not in ("sessions", "contenttypes")
    }
