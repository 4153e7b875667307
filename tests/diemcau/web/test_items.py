"""Item pages: a task in time, a figure, a comparison with its arithmetic; and what is decided."""

import pytest
from django.urls import reverse

from diemcau.audit.models import AuditEntry
from diemcau.delivery.ledger import record_task
from diemcau.delivery.matters.echoes import propose_echoes
from diemcau.delivery.models import Echo, EchoState, Task
from diemcau.documents.models import Statement, StatementState
from diemcau.indicators.compare import propose_comparisons
from diemcau.indicators.models import Comparison, ComparisonState, Verdict
from tests.diemcau.statements import make_document, make_statement
from vanban.letters import fold


def text_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def echo(fill):
    fill(2)
    return Echo.objects.get()


def decide(client, name, pk, decision, **more):
    return client.post(reverse(name, args=[pk]), {"decision": decision, **more})


def test_said_again_shows_both_sentences_the_days_and_the_reason(coordinator, echo):
    page = text_of(coordinator, "echoes")
    assert "Nêu lần đầu 22/7/2021, nhắc lại 22/7/2022, chưa có minh chứng." in page
    assert page.count("<mark>lập đường dây trao đổi với nước bạn") == 2
    assert "Trùng nhau: 15 tiếng liền, 100% từ ngữ đặc trưng" in page


def test_confirmed_the_task_says_how_often_it_was_said(coordinator, echo):
    decide(coordinator, "decide_echo", echo.pk, "confirm")
    task = Task.objects.get(statement=echo.earlier)
    page = text_of(coordinator, "task", task.pk)
    assert "Giao ngày 22/7/2021, nhắc lại 1 lần, chưa có kết quả; quá hạn" in page
    assert page.index("22/7/2021") < page.index("<time>22/7/2022")
    register = text_of(coordinator, "tasks")
    assert "nêu 2 lần" in register
    assert "Tính mỗi việc nhắc lại một lần thì có 1 việc." in register
    assert AuditEntry.objects.get(action="delivery.confirm_echo").origin == "web"


def test_who_may_only_look_decides_nothing(reader, echo):
    assert "<button" not in text_of(reader, "echoes").split("<main", 1)[1]
    assert decide(reader, "decide_echo", echo.pk, "confirm").status_code == 403
    echo.refresh_from_db()
    assert echo.state == EchoState.PROPOSED


@pytest.mark.parametrize("decision", ["", "delete"])
def test_an_unknown_decision_is_refused(coordinator, echo, decision):
    assert decide(coordinator, "decide_echo", echo.pk, decision).status_code == 400


@pytest.mark.parametrize(
    ("to", "goes"), [("/noi-lai/?trang=2", "/noi-lai/?trang=2"), ("//evil.example/", "/noi-lai/")]
)
def test_a_decision_goes_back_to_our_own_pages_only(coordinator, echo, to, goes):
    assert decide(coordinator, "decide_echo", echo.pk, "dismiss", next=to)["location"] == goes


def test_a_deadline_can_be_counted_by_the_administrative_periods(coordinator, fill):
    fill(1)
    task = Task.objects.get()
    assert "1/7/2021 – 31/12/2021" in text_of(coordinator, "task", task.pk)
    coordinator.post(reverse("set_due_rule", args=[task.pk]), {"rule": "administrative"})
    page = text_of(coordinator, "task", task.pk)
    assert "15/6/2021 – 14/12/2021" in page
    assert "kỳ báo cáo hành chính theo Nghị định 09/2019" in page


@pytest.fixture
def misfit(db):
    figure = {"measure": "agreements_signed", "subject": "Việt Nam", "what": "thỏa thuận"}
    last = make_document(event_on="2024-12-20", name="Cuối năm.txt")
    make_statement(
        last,
        "figures",
        "hơn 170 thỏa thuận",
        value=170,
        bound="gt",
        unit="count",
        period="2024",
        **figure,
    )
    now = make_document(event_on="2025-07-22", name="Giữa năm.txt")
    for words, value, unit, compares in (
        ("ký 253 thỏa thuận", 253, "count", None),
        ("gấp đôi năm 2024", 2, "ratio", {"kind": "times", "base": "2024"}),
    ):
        make_statement(
            now,
            "figures",
            words,
            value=value,
            bound="eq",
            unit=unit,
            period="2025-H1",
            role="comparison" if compares else "actual",
            compares=compares,
            **figure,
        )
    propose_comparisons(last)
    propose_comparisons(now)
    return Comparison.objects.get(verdict=Verdict.MISFIT)


ARITHMETIC = {
    "vi": [
        "Lấy “253” chia cho “hơn 170”: được nhiều nhất 1,49 lần.",
        "Văn bản nêu “gấp đôi năm 2024”: tức là từ 1,75 lần đến dưới 2,25 lần.",
        "Hai khoảng không gặp nhau: tỷ lệ không khớp với số gốc này.",
        "Muốn tỷ lệ đúng, số gốc phải vào khoảng 126,5.",
    ],
    "en": [
        "“253” against “over 170”: the quotient is at most 1.49 times.",
        'The text says <span lang="vi">“gấp đôi năm 2024”</span>: '
        "that is from 1.75 times to under 2.25 times.",
        "The two do not meet: the ratio does not fit this base.",
        "For the ratio to hold, the base would have to be about 126.5.",
    ],
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_misfit_prints_its_arithmetic_and_all_sentences(coordinator, english, misfit, language):
    page = text_of({"vi": coordinator, "en": english}[language], "clash", misfit.pk)
    assert [told for told in ARITHMETIC[language] if f"<li>{told}</li>" not in page] == []
    for quote in ("ký 253 thỏa thuận", "hơn 170 thỏa thuận", "gấp đôi năm 2024"):
        assert f"<mark>{quote}</mark>" in page
    assert '<svg class="line" role="img"' in page


def test_a_misfit_is_marked_where_its_figures_stand(coordinator, misfit):
    page = text_of(coordinator, "figures")
    assert page.count("Tỷ lệ không khớp</span>") == 3
    assert "253" in text_of(coordinator, "figure", misfit.left_id)


@pytest.mark.parametrize(
    ("decision", "state"),
    [("confirm", ComparisonState.CONFIRMED), ("dismiss", ComparisonState.DISMISSED)],
)
def test_a_comparison_is_decided_and_taken_back(coordinator, misfit, decision, state):
    decide(coordinator, "decide_comparison", misfit.pk, decision)
    misfit.refresh_from_db()
    assert misfit.state == state
    decide(coordinator, "decide_comparison", misfit.pk, "reopen")
    misfit.refresh_from_db()
    assert misfit.state == ComparisonState.PROPOSED


def test_a_rejected_statement_takes_its_comparisons_along(coordinator, misfit):
    Statement.objects.filter(pk=misfit.ratio_id).update(state=StatementState.REJECTED)
    assert "gấp đôi năm 2024" not in text_of(coordinator, "clashes")


def test_the_register_narrows_by_what_is_asked(coordinator, fill):
    fill(3)
    assert "3 nhiệm vụ</p>" in text_of(coordinator, "tasks")
    for query in (
        {"q": "thoa thuan"},
        {"giao-boi": "Thủ tướng Chính phủ"},
        {"giao-cho": "Bộ Ngoại giao"},
        {"tinh-trang": "late"},
    ):
        assert "3 nhiệm vụ</p>" in text_of(coordinator, "tasks", **query)
    for query in ({"q": "không có"}, {"giao-boi": "x"}, {"tinh-trang": "none"}, {"chua-ro": "1"}):
        assert "Không có nhiệm vụ nào khớp bộ lọc." in text_of(coordinator, "tasks", **query)
    document = Task.objects.first().statement.document_id
    assert "1 nhiệm vụ</p>" in text_of(coordinator, "tasks", **{"van-ban": document})


def test_the_register_says_shares_with_their_base(coordinator, fill):
    fill(3)
    page = text_of(coordinator, "tasks")
    late = "<b>3</b> <span>Chưa hoàn thành, quá hạn</span> <small>3/3 = 100% tổng số</small>"
    assert late in page
    assert "<b>0</b> <span>Hoàn thành đúng hạn</span> <small>0/3 = 0% tổng số</small>" in page


def test_unknown_is_visibly_unknown(coordinator, db):
    statement = make_statement(make_document(), "tasks", "rà soát các cam kết")
    task = record_task(statement)
    for page in (text_of(coordinator, "tasks"), text_of(coordinator, "task", task.pk)):
        assert "Chưa có thời hạn" in page
        assert "Chưa rõ cơ quan chủ trì" in page
        assert "Không nêu" in page


@pytest.mark.parametrize(
    "words", ["thỏa thuận đã ký", "thoả thuận", "THOA THUAN", '"thoa thuan da ky"']
)
def test_search_finds_with_or_without_marks(coordinator, fill, words):
    fill(1)
    page = text_of(coordinator, "search", q=words)
    assert "thực hiện" in page
    assert "<mark>th" in page


def test_search_counts_no_statements_where_only_texts_have_the_words(coordinator):
    document = make_document("Đoàn thăm Osaka.")
    document.texts.update(folded=fold("Đoàn thăm Osaka."))
    page = text_of(coordinator, "search", q="Osaka")
    assert str(document) in page
    assert "0 mục có" not in page
    assert "có trong các kết quả dưới đây" in page


def test_who_may_not_decide_on_a_comparison_is_told_who_does(coordinator, reader, misfit):
    assert "bỏ nếu hai số" in text_of(coordinator, "clash", misfit.pk)
    page = text_of(reader, "clash", misfit.pk)
    assert "bỏ nếu hai số" not in page
    assert "Người có quyền xác nhận" in page


def test_search_says_when_nothing_is_found(coordinator, fill):
    fill(1)
    assert "Không có gì chứa các từ này." in text_of(coordinator, "search", q='"thuan thoa"')


@pytest.mark.parametrize("name", ["task", "figure", "clash"])
def test_what_is_not_there_is_not_found(coordinator, db, name):
    assert coordinator.get(reverse(name, args=[99])).status_code == 404


def test_a_figure_of_near_copies_is_told_once(coordinator):
    said = {"unit": "count", "value": 91, "bound": "eq", "period": "2024", "role": "actual"}
    first = make_document(event_on="2024-12-20")
    family = [first, *(make_document(event_on="2024-12-20", near_copy_of=first) for _ in "ab")]
    for document in [*family, make_document(event_on="2025-01-10")]:
        make_statement(
            document, "figures", "91 điểm cầu", measure="endpoints", what="điểm cầu", **said
        )
        propose_comparisons(document)
    page = text_of(coordinator, "figures")
    assert page.count("nêu trong 3 bản") == 1
    assert page.count('class="value"') == 2


def test_what_waits_leads_to_its_review_and_to_the_rest(coordinator):
    documents = [make_document() for _ in range(9)]
    for document in documents:
        make_statement(document, "tasks", "lập cơ chế trao đổi")
    page = text_of(coordinator, "home")
    assert page.count('href="/ra-soat/') >= 7
    assert "Xem cả 9" in page


def test_a_part_larger_than_its_whole_is_said_so(coordinator, db):
    figure = {"measure": "agreements_signed", "subject": "Việt Nam", "what": "thỏa thuận"}
    for day, value, period in (("2025-07-22", 253, "2025-H1"), ("2025-12-20", 250, "2025")):
        document = make_document(event_on=day)
        words = f"ký {value} thỏa thuận"
        make_statement(
            document, "figures", words, value=value, unit="count", period=period, **figure
        )
        propose_comparisons(document)
    page = text_of(coordinator, "clash", Comparison.objects.get().pk)
    assert "6 tháng đầu năm 2025 nằm trong 2025, mà phần không thể lớn hơn toàn bộ." in page


def test_a_figure_is_marked_once_a_verdict_and_its_page_tells_all_it_is_compared_with(coordinator):
    figure = {"measure": "agreements_signed", "subject": "Việt Nam", "what": "thỏa thuận"}
    for n in range(8):
        document = make_document(event_on=f"2025-07-{n + 1:02}")
        words = f"ký 253 thỏa thuận, lần {n}"
        own = make_statement(
            document, "figures", words, value=253, unit="count", period="2025-H1", **figure
        )
        propose_comparisons(document)
    page = text_of(coordinator, "figures")
    badge = '<span class="verdict agree">Khớp ×7</span> </a>'
    assert page.count(badge) == 8
    assert f'href="/so-lieu/{own.pk}/#compared">{badge}' in page
    assert text_of(coordinator, "figure", own.pk).count('<article class="pair">') == 7


def test_a_matter_said_at_three_meetings_is_one_line_on_the_first_page(coordinator):
    quote = "lập đường dây trao đổi với nước bạn về việc thực hiện các thỏa thuận cấp cao đã ký"
    for day in ("2023-07-03", "2024-12-20", "2025-07-22"):
        document = make_document(event_on=day)
        make_statement(document, "tasks", quote)
        propose_echoes(document)
    assert Echo.objects.count() == 3
    page = text_of(coordinator, "home")
    assert page.count("#e") == 1
    assert "3 lần" in page


def test_a_figure_says_its_kind_and_what_was_read_before_it_was_corrected(coordinator, english):
    figure = make_statement(
        make_document(event_on="2024-12-20"),
        "figures",
        "ký hơn 120 thỏa thuận",
        value=120,
        bound="gt",
        unit="count",
        measure="agreements_signed",
        role="actual",
        period="2024",
    )
    plain = text_of(coordinator, "figure", figure.pk)
    assert "<dt>Loại số liệu</dt><dd>đã đạt</dd>" in plain
    assert "<del>" not in plain
    figure.corrected = figure.data | {"value": 125, "role": "target"}
    figure.save()
    page = text_of(coordinator, "figure", figure.pk)
    assert "<h1>hơn 125</h1>" in page
    assert '<dt>Giá trị, máy đọc</dt><dd class="read-as"><del>hơn 120</del></dd>' in page
    assert '<span class="role">mục tiêu</span>' in page
    assert "<dt>Value, as read</dt>" in text_of(english, "figure", figure.pk)


@pytest.fixture
def two_exports(coordinator):
    """Pangasius and shrimps to Brazil in one half year, and a figure of no period."""
    said = {"measure": "exports", "subject": "Brazil", "what": "xuất khẩu", "unit": "USD"}
    rows = []
    for goods, quote, value, period in (
        ("cá tra", "71 triệu USD", 71 * 10**6, "2026-H1"),
        ("tôm", "40 triệu USD", 40 * 10**6, "2026-H1"),
        ("gạo", "30 triệu USD", 30 * 10**6, None),
    ):
        document = make_document(event_on="2026-07-17")
        sentence = f"Xuất khẩu {goods} sang Brazil đạt {quote}."
        rows.append(
            make_statement(
                document, "figures", quote, sentence=sentence, value=value, period=period, **said
            )
        )
        propose_comparisons(document)
    return rows


def test_exports_are_told_by_goods_and_market(coordinator, two_exports):
    page = text_of(coordinator, "figures")
    assert '<span class="subject">sang Brazil</span>' in page
    for goods in ("cá tra", "tôm", "gạo"):
        assert f'<span class="what">{goods}, sang Brazil</span>' in page
    own = text_of(coordinator, "figure", two_exports[0].pk)
    assert "<dt>Mặt hàng</dt><dd>cá tra</dd>" in own
    assert "<dt>Thị trường</dt><dd>Brazil</dd>" in own


def test_a_figure_that_is_compared_with_nothing_says_why(coordinator, two_exports):
    fish, _shrimps, rice = (text_of(coordinator, "figure", s.pk) for s in two_exports)
    assert "Đã đọc được 1 số khác cùng chỉ tiêu, chủ thể và kỳ, nhưng không nói về" in fish
    assert "Chưa rõ kỳ của số này nên không đối chiếu được." in rice


def test_a_disagreement_of_three_documents_is_told_once_with_all_of_them(coordinator, db):
    said = {"measure": "endpoints", "unit": "count", "what": "điểm cầu", "period": "2025-07"}
    for n, value in enumerate((94, 79, 94)):
        document = make_document(event_on=f"2025-07-2{n}", name=f"Báo {n}.txt")
        make_statement(document, "figures", f"{value} điểm cầu", value=value, **said)
        propose_comparisons(document)
    page = text_of(coordinator, "clashes")
    assert page.count('<article class="pair"') == 1
    for n in range(3):
        assert f"Báo {n} (2{n}/7/2025)" in page
    first, second = Comparison.objects.filter(verdict=Verdict.CLASH).order_by("pk")
    assert f'href="/doi-chieu/{second.pk}/"' in text_of(coordinator, "clash", first.pk)
    assert "Báo 0 · Báo 1" in text_of(coordinator, "home")


def test_the_card_of_a_count_says_that_the_register_gets_no_item(coordinator):
    document = make_document()
    counted = make_statement(document, "commitments", "ký 12 thỏa thuận", n_texts=12)
    one = make_statement(document, "commitments", "ký thỏa thuận về chè", n_texts=1)
    page = text_of(coordinator, "review_document", document.pk)
    cards = {pk: page.split(f'id="c{pk}"')[1].split("</li>")[0] for pk in (counted.pk, one.pk)}
    assert {pk for pk, card in cards.items() if "không vào sổ theo dõi" in card} == {counted.pk}
