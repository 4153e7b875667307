"""What was said, accepted as tasks, and said again as one matter."""

from diemcau.delivery.actions import join_matters
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Saying
from diemcau.documents.models import StatementState
from tests.diemcau.statements import make_document, make_statement

__all__ = ["ASKED", "join", "said"]

ASKED = "lập đường dây trao đổi với nước bạn về thực hiện thỏa thuận đã ký"


def said(on, words=ASKED, *, accepted=True, document=None):
    document = document or make_document(event_on=on)
    state = StatementState.ACCEPTED if accepted else StatementState.PROPOSED
    statement = make_statement(document, "tasks", words, action=words, state=state)
    if accepted:
        record_task(statement)
    return statement


def join(*statements):
    for later in statements[1:]:
        join_matters(None, first=statements[0].pk, second=later.pk, reason="cùng một việc")
    return Saying.objects.get(statement=statements[0]).thread
