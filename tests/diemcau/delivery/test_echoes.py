"""What was said again is proposed once, with its reason; a decision stays; threads follow."""

import pytest

from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.matters.echoes import propose_echoes
from diemcau.delivery.models import Echo, EchoState, Saying, Thread
from diemcau.delivery.queries import count_echoes, list_echoes
from diemcau.documents.models import StatementState
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db

FIRST = "Lập đường dây trao đổi với nước bạn về việc thực hiện các thỏa thuận cấp cao đã ký"
AGAIN = "lập đường dây trao đổi với nước bạn về việc thực hiện các thoả thuận cấp cao đã ký"
OTHERS = [
    "hoàn thiện hồ sơ công nhận nền kinh tế thị trường",
    "mở rộng thị trường nông sản sang Trung Đông và châu Phi",
    "đào tạo cán bộ thương vụ biết tiếng địa phương",
]


@pytest.fixture
def coordinator():
    return make_person(name="lan")


def say(day, *quotes, **document):
    made = make_document(event_on=day, **document)
    return made, [
        make_statement(made, "tasks", q, sentence=f"Trong thời gian tới, {q}.") for q in quotes
    ]


@pytest.fixture
def two_conferences():
    first, (asked, *_) = say("2024-12-20", FIRST, *OTHERS[:2])
    second, (again, *_) = say("2025-07-22", f"xây dựng kế hoạch, {AGAIN}", OTHERS[2])
    return first, second, asked, again


def test_a_restated_task_is_proposed_with_the_words_shared(two_conferences):
    _, second, asked, again = two_conferences
    propose_echoes(two_conferences[0])
    assert propose_echoes(second) == 1
    echo = Echo.objects.get()
    assert (echo.earlier, echo.later, echo.state) == (asked, again, EchoState.PROPOSED)
    assert echo.shared == FIRST
    assert echo.n_shared == 19
    assert echo.score > 0.9


def test_the_order_of_documents_does_not_matter(two_conferences):
    first, second, asked, again = two_conferences
    propose_echoes(second)
    propose_echoes(first)
    echo = Echo.objects.get()
    assert (echo.earlier, echo.later) == (asked, again)


def test_the_clause_goes_on_behind_a_short_quote():
    first = make_document(event_on="2024-12-20")
    make_statement(first, "tasks", FIRST[:30], sentence=f"{FIRST}.")
    second = make_document(event_on="2025-07-22")
    make_statement(second, "tasks", AGAIN[:12], sentence=f"{AGAIN}; việc khác.")
    propose_echoes(first)
    propose_echoes(second)
    assert Echo.objects.get().n_shared == 19


def test_proposing_twice_changes_nothing(two_conferences):
    for document in two_conferences[:2] * 2:
        propose_echoes(document)
    assert Echo.objects.count() == 1


def test_a_near_copy_says_nothing_again():
    first, _ = say("2024-12-20", FIRST)
    copy, _ = say("2024-12-20", FIRST, near_copy_of=first)
    sibling, _ = say("2024-12-20", FIRST, near_copy_of=first)
    for document in (first, copy, sibling):
        assert propose_echoes(document) == 0


def test_a_chain_of_near_copies_says_nothing_again():
    chain = [say("2024-12-20", FIRST)[0]]
    for _ in range(28):
        chain.append(say("2024-12-20", FIRST, near_copy_of=chain[-1])[0])
    assert [propose_echoes(document) for document in chain] == [0] * 29


@pytest.mark.parametrize("state", [StatementState.REJECTED, StatementState.SUPERSEDED])
def test_what_was_rejected_is_not_said(two_conferences, state):
    first, second, asked, _ = two_conferences
    propose_echoes(first)
    asked.state = state
    asked.save()
    assert propose_echoes(second) == 0


def test_different_tasks_in_the_same_office_words_are_not_proposed():
    first, _ = say(
        "2024-12-20", "các bộ, ngành, địa phương tiếp tục đẩy mạnh xuất khẩu gạo sang châu Phi"
    )
    second, _ = say(
        "2025-07-22", "các bộ, ngành, địa phương tiếp tục đẩy mạnh đào tạo lao động bán dẫn"
    )
    propose_echoes(first)
    assert propose_echoes(second) == 0


@pytest.fixture
def echo(two_conferences):
    for document in two_conferences[:2]:
        propose_echoes(document)
    return Echo.objects.get()


def test_confirming_makes_one_thread_of_the_dated_statements(echo, coordinator):
    confirm_echo(coordinator, echo=echo)
    thread = Thread.objects.get()
    assert set(thread.sayings.values_list("statement", flat=True)) == {
        echo.earlier_id,
        echo.later_id,
    }
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("delivery.confirm_echo", coordinator)
    assert entry.detail == {"before": "proposed", "after": "confirmed"}


def test_undoing_takes_the_thread_apart(echo, coordinator):
    confirm_echo(coordinator, echo=echo)
    reopen_echo(coordinator, echo=echo)
    echo.refresh_from_db()
    assert (echo.state, echo.decided_by) == (EchoState.PROPOSED, None)
    assert not Thread.objects.exists()
    assert AuditEntry.objects.filter(action="delivery.reopen_echo").count() == 1


def test_what_was_dismissed_is_not_proposed_again(echo, coordinator, two_conferences):
    dismiss_echo(coordinator, echo=echo)
    propose_echoes(two_conferences[1])
    echo.refresh_from_db()
    assert (Echo.objects.count(), echo.state) == (1, EchoState.DISMISSED)
    assert not Thread.objects.exists()
    assert AuditEntry.objects.get().action == "delivery.dismiss_echo"


def test_three_conferences_are_one_thread_and_fall_apart_where_undone(coordinator):
    documents = [say(day, AGAIN)[0] for day in ("2023-07-03", "2024-12-20", "2025-07-22")]
    for document in documents:
        propose_echoes(document)
    a, b, c = (d.statements.get() for d in documents)
    first = Echo.objects.get(earlier=a, later=b)
    second = Echo.objects.get(earlier=b, later=c)
    confirm_echo(coordinator, echo=first)
    kept = Thread.objects.get()
    assert list_echoes(None).count() == 2
    confirm_echo(coordinator, echo=second)
    assert Thread.objects.get() == kept
    # The first and the third are tied by the second: nothing is left to ask.
    assert (list_echoes(None).count(), count_echoes(None)["proposed"]) == (0, 0)
    assert kept.sayings.count() == 3
    reopen_echo(coordinator, echo=first)
    assert list_echoes(None).count() == 2
    assert Thread.objects.count() == 1
    assert set(Saying.objects.values_list("statement", flat=True)) == {b.pk, c.pk}
