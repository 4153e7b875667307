"""A ledger with something in it: documents with statements of every kind, by hand."""

from diemcau.delivery.ledger import record_task
from diemcau.delivery.matters.echoes import propose_echoes
from diemcau.documents.models import StatementState
from diemcau.indicators.compare import propose_comparisons
from tests.diemcau.statements import make_document, make_statement

__all__ = ["fill_ledger", "fill_one"]


def fill_ledger(n):
    """Add n documents, each with one statement of every kind, all but the last two accepted.

    Every document says the same task again, and claims another number of agreements for 2024.
    """
    for i in range(n):
        fill_one(i)


def fill_one(i):
    """The i-th document of `fill_ledger`."""
    year = 2021 + i
    document = make_document(event_on=f"{year}-07-22", name=f"Hội nghị năm {year}.txt")
    accepted = {"state": StatementState.ACCEPTED}
    task = make_statement(
        document,
        "tasks",
        "lập đường dây trao đổi với nước bạn về thực hiện thỏa thuận đã ký",
        action="lập đường dây trao đổi",
        issuer="Thủ tướng Chính phủ",
        assignees=["Bộ Ngoại giao", "các bộ, ngành"],
        deadline=f"{year}-H2",
        **accepted,
    )
    record_task(task)
    figure = {"measure": "agreements_signed", "subject": "Việt Nam", "unit": "count"}
    for words, value in ((f"ký {100 + 40 * i} thỏa thuận", 100 + 40 * i), ("hơn 9 dự án", 9)):
        make_statement(
            document,
            "figures",
            words,
            value=value,
            bound="eq",
            what="thỏa thuận",
            period="2024",
            role="actual",
            **figure,
            **accepted,
        )
    make_statement(
        document,
        "events",
        "chiều 22/7, Thủ tướng chủ trì Hội nghị",
        date=f"{year}-07-22",
        chair="Phạm Minh Chính",
        mode="hybrid",
        endpoints=94,
        **accepted,
    )
    make_statement(document, "people", f"bà Nguyễn Thị {i}", name=f"Nguyễn Thị {i}", **accepted)
    make_statement(
        document, "instruments", "71/NQ-CP", kind="Nghị quyết", number=f"{71 + i}/NQ-CP", **accepted
    )
    make_statement(
        document,
        "partners",
        "Ai Cập",
        name="Ai Cập",
        type="country",
        relation="visited",
        **accepted,
    )
    make_statement(document, "shortcomings", f"việc thực hiện thỏa thuận còn chậm, nơi {i}")
    make_statement(
        document,
        "commitments",
        f"hai bên ký {3 + i} bản ghi nhớ",
        what="bản ghi nhớ",
        parties=["hai bên"],
        counterparts=[],
        form="signed",
        n_texts=3 + i,
        event=None,
        date=None,
    )
    propose_echoes(document)
    propose_comparisons(document)
    return document
