"""No sequence of actions leads where the table does not; every past day stays as it was."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from diemcau.audit.models import AuditEntry
from diemcau.delivery import queries
from diemcau.delivery.actions import (
    Left,
    add_evidence,
    answer_confirmation,
    ask_confirmation,
    ask_slip,
    decide_slip,
    discard_draft,
    move_task,
    open_obstacle,
    release_progress,
    resolve_obstacle,
    return_progress,
    submit_progress,
    withdraw_evidence,
    write_progress,
)
from diemcau.delivery.models import (
    Evidence,
    EvidenceKind,
    Obstacle,
    Progress,
    ProgressState,
    Received,
    Slip,
    SlipReason,
    Transition,
)
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import MOVES, Move, Party, Standing, Status, moves_from
from tests.diemcau.delivery.parties import GIVEN, HINDRANCE, make_people, make_task

who = st.sampled_from(["writes", "approves", "judges", "outside"])


class Ledger(RuleBasedStateMachine):
    """A task, two people who do it, one who judges it and an outsider, day after day."""

    @initialize()
    def begin(self):
        self.around = transaction.atomic()
        self.around.__enter__()
        self.now = GIVEN + dt.timedelta(hours=1)
        self.task = make_task()
        self.people = make_people()
        self.secrets = []
        self.seen_on = {}

    def teardown(self):
        if hasattr(self, "around"):
            with time_machine.travel(self.now, tick=False):
                self.agree_on_past_days()
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def do(self, action, name, **values):
        """Try one action: it leaves one entry, or it is refused and leaves nothing."""
        before = AuditEntry.objects.count()
        rows = self.rows()
        self.now += dt.timedelta(minutes=1)
        actor = self.people[name] if name else None
        try:
            with time_machine.travel(self.now, tick=False), transaction.atomic():
                made = action(actor, **values)
        except (Refused, PermissionDenied):
            assert AuditEntry.objects.count() == before
            assert self.rows() == rows
            return None
        assert AuditEntry.objects.count() == before + 1
        return made

    def rows(self):
        return (
            self.task.transitions.count(),
            *(one.objects.count() for one in (Evidence, Slip, Progress, Obstacle)),
            type(self.task).objects.values_list("version", "status").get(pk=self.task.pk),
        )

    @rule(
        name=who,
        move=st.sampled_from(Move),
        reason=st.sampled_from(["", "vì thế"]),
        left=st.none() | st.sampled_from(Left),
    )
    def move(self, name, move, reason, left):
        self.do(move_task, name, task=self.task.pk, move=move, reason=reason, obstacles=left)

    @rule(data=st.data(), n=st.integers(1, 4))
    def move_rightly(self, data, n):
        """By whose move it is, with what it needs: else chance would seldom come far."""
        for _ in range(n):
            self.task.refresh_from_db()
            move = data.draw(st.sampled_from(moves_from(self.task.status)))
            if move == Move.SUBMIT:
                self.show("writes")
            name = "approves" if MOVES[move].by == Party.ASSIGNEE else "judges"
            values = {"reason": "vì thế", "obstacles": Left.STAY}
            made = self.do(move_task, name, task=self.task.pk, move=move, **values)
            assert made is not None
            self.the_status_is_where_the_last_move_led_and_every_move_is_in_the_table()

    @rule(name=who)
    def show(self, name):
        self.do(add_evidence, name, task=self.task.pk, kind=EvidenceKind.PRODUCT, what="đề án")

    @rule(name=who)
    def take_evidence_back(self, name):
        if (row := Evidence.objects.order_by("-pk").first()) is not None:
            self.do(withdraw_evidence, name, evidence=row.pk, reason="nhầm")

    @rule(name=who, deadline=st.sampled_from(["2026-12-31", "2026-Q1", "2027", "mai"]))
    def ask_deadline(self, name, deadline):
        self.do(
            ask_slip,
            name,
            task=self.task.pk,
            deadline=deadline,
            reason_code=SlipReason.PARTNER,
            reason="bạn đổi lịch",
        )

    @rule(name=who, approve=st.booleans())
    def decide_deadline(self, name, approve):
        if (row := Slip.objects.order_by("-pk").first()) is not None:
            self.do(decide_slip, name, slip=row.pk, approve=approve, reason="vì thế")

    @rule(name=who, to=st.sampled_from(["draft", "submitted", "released"]), hindered=st.booleans())
    def report(self, name, to, hindered):
        row = Progress.objects.exclude(state=ProgressState.RELEASED).first()
        self.do(
            write_progress,
            name,
            task=self.task.pk,
            done="đã họp",
            to=ProgressState(to),
            report=row.pk if row else None,
            hindrance=HINDRANCE if hindered else None,
        )

    @rule(name=who, verb=st.sampled_from(["submit", "return", "release", "discard"]))
    def handle_report(self, name, verb):
        if (row := Progress.objects.order_by("-pk").first()) is None:
            return
        match verb:
            case "submit":
                self.do(submit_progress, name, report=row.pk)
            case "return":
                self.do(return_progress, name, report=row.pk, reason="thiếu")
            case "release":
                self.do(release_progress, name, report=row.pk)
            case "discard":
                self.do(discard_draft, name, report=row.pk)

    @rule(name=who)
    def hinder(self, name):
        self.do(open_obstacle, name, task=self.task.pk, hindrance=HINDRANCE)

    @rule(name=who)
    def resolve(self, name):
        if (row := Obstacle.objects.order_by("-pk").first()) is not None:
            self.do(resolve_obstacle, name, obstacle=row.pk, how="đã gặp")

    @rule(name=who)
    def ask_who_benefits(self, name):
        made = self.do(ask_confirmation, name, task=self.task.pk, asked_of="Hội A")
        if made is not None:
            self.secrets.append(made[1])

    @rule(verdict=st.sampled_from(Received))
    def who_benefits_answers(self, verdict):
        if self.secrets:
            self.do(answer_confirmation, "", secret=self.secrets[-1], verdict=verdict)

    @rule(days=st.sampled_from([1, 30, 90]))
    def time_passes(self, days):
        """Every past day is answered as it was seen when it ended."""
        with time_machine.travel(self.now, tick=False):
            self.seen_on[self.now.date()] = self.standings(self.now.date())
            self.agree_on_past_days()
        self.now += dt.timedelta(days=days)

    def agree_on_past_days(self):
        for day, standings in self.seen_on.items():
            assert self.standings(day) == standings

    def standings(self, day):
        tasks = queries.list_tasks(None, on=day)
        return dict(tasks.values_list("pk", "standing"))

    @invariant()
    def the_status_is_where_the_last_move_led_and_every_move_is_in_the_table(self):
        if not hasattr(self, "task"):
            return
        self.task.refresh_from_db()
        moves = list(Transition.objects.filter(task=self.task).order_by("pk"))
        assert self.task.status == moves[-1].after
        assert (moves[0].before, moves[0].after) == ("", Status.NEW)
        for earlier, later in pairwise(moves):
            allowed = MOVES[Move(later.move)]
            assert later.before == earlier.after
            assert later.before in allowed.before
            assert later.after == allowed.after
        is_delivered = self.task.status in (Status.AWAITING, Status.DONE)
        assert (self.task.delivered_on is not None) == is_delivered
        if is_delivered:
            assert self.task.evidence.filter(withdrawn_at=None).exists()

    @invariant()
    def the_nine_standings_add_up(self):
        if not hasattr(self, "task"):
            return
        with time_machine.travel(self.now, tick=False):
            counts = queries.count_tasks(None, on=self.now.date())
            standings = Counter(self.standings(self.now.date()).values())
        assert sum(counts[one.value] for one in Standing) == counts["all"] == 1
        assert {one: n for one, n in counts.items() if one in Standing.values and n} == standings


class TestLedger(Ledger.TestCase, TestCase):
    """Runs the machine in Django's database."""


TestLedger.settings = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
