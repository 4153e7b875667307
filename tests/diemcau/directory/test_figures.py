"""Figures on the page of a partner: all of them counted, and one link that opens them."""

import csv
import html
import io
import re

import pytest
from django.urls import reverse

from diemcau.indicators.compare import propose_comparisons
from tests.diemcau.people import client_of
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(reader):
    """The page of a partner as a person who only reads sees it."""
    client = client_of(reader)

    def get(ref, **query):
        response = client.get(reverse("directory_partner", args=[ref]), query)
        return " ".join(response.content.decode().split())

    return get


def _say(document, subject, n, measure="exports", year=2026, **more):
    """Figures of one measure said of a subject, one a year from `year` back."""
    for at in range(n):
        make_statement(
            document,
            "figures",
            f"{measure} {subject} {year - at}",
            **{"measure": measure, "subject": subject, "period": str(year - at), "value": 9},
            **{"unit": "count", "bound": "eq", "role": "actual"},
            **more,
        )
    propose_comparisons(document)


def _figures(text):
    """Of a partner's page: how many figures it tells of, how many it shows, and its links."""
    part = re.search(r'id="figures">.*?</section>', text)[0]
    counted = re.search(r'<span class="n">(\d+)</span>', part)[1]
    links = [html.unescape(one) for one in re.findall(r'href="(/so-lieu/\?[^"]*)"', part)]
    return int(counted), part.count('class="value"'), links


def _rows_behind(client, address):
    data = b"".join(client.post(address, {"xuat": "csv"}).streaming_content)
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    # The filters and the heads of the columns stand above the numbered rows.
    return sum(row[0].isdecimal() for row in rows if row)


def test_every_figure_said_of_a_partner_is_counted_and_opened(reading, reader):
    document = make_document(event_on="2026-10-01")
    _say(document, "Hoa Kỳ", 55, "agreements_signed")
    _say(document, "Hoa Kỳ", 2)
    _say(document, "tỉnh Hoa Kỳ", 1, year=2020)
    _say(document, "Mỹ", 2, year=2019)
    _say(document, "Anh", 1)
    text = reading("us")
    n, shown, (more, whole) = _figures(text)
    assert n == 60
    # All of exports beside the newest of the many texts, and how many more there are of these.
    assert text.count("<li>Xuất khẩu, ") == 5
    assert shown == 10
    assert "Còn 50 số liệu của chỉ tiêu này" in text
    client = client_of(reader)
    assert _rows_behind(client, whole) == 60
    assert _rows_behind(client, more) == 55
    assert "Chủ thể: Hoa Kỳ" in client.get(whole).content.decode()
    assert _figures(reading("gb"))[0] == 1


def test_figures_of_a_past_day_are_those_said_by_then(reading, reader):
    _say(make_document(event_on="2026-10-01"), "Pháp", 2)
    _say(make_document(event_on="2025-10-01"), "Pháp", 1, year=2020)
    text = reading("fr", ngay="2025-12-31")
    n, _shown, (whole,) = _figures(text)
    assert n == 1
    assert _rows_behind(client_of(reader), whole) == 1


def test_a_figure_of_no_measure_comes_last_and_says_what_it_counts(reading):
    document = make_document(event_on="2026-10-01")
    _say(document, "Pháp", 1, "other", what="suất học bổng")
    _say(document, "Pháp", 1, "trade_turnover", what="kim ngạch")
    text = reading("fr")
    assert text.index("Kim ngạch thương mại, ") < text.index("Khác, ") < text.index("suất học bổng")


def test_two_names_of_one_country_are_one_in_both_languages(reader):
    document = make_document(event_on="2026-10-01")
    for subject in ("Mỹ", "Hoa Kỳ", "Pháp"):
        _say(document, subject, 1)
    for language, told in (("en", "United States"), ("vi", "Hoa Kỳ")):
        page = client_of(reader, language).get(reverse("figures")).content.decode()
        groups = re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
        assert sum(told in group for group in groups) == 1, groups
