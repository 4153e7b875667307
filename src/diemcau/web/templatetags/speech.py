"""Template filters that print numbers, days and periods as the reader's language writes them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diemcau.documents.models import Document, Statement
from diemcau.indicators.measures import measure_name
from diemcau.indicators.models import Comparison
from diemcau.indicators.trade import trade_of
from diemcau.web import days, names, numbers

register = template.Library()

register.filter("period", days.say_period)
register.filter("instant", days.say_instant)
register.filter("measure", measure_name)
register.filter("called", names.say_called)
register.filter("given", names.say_given)
register.filter("quoting", names.say_quoting)


@register.filter
def day(value: dt.date | dt.datetime | str | None) -> str:
    """A day, an instant's day, or an ISO day in a string."""
    if isinstance(value, str):
        return days.say_period(value)
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return days.say_day(value)


@register.filter
def to_the_second(at: dt.datetime) -> str:
    """An instant with its seconds."""
    return days.say_instant(at, seconds=True)


@register.filter
def note(text: str) -> str:
    """A note of a shipped row in the reader's language; one entered here stays as it was typed."""
    return gettext(text) if text else ""


@register.filter
def number(value: int | Decimal) -> str:
    """A number with the separators of the reader's language."""
    return numbers.say_number(Decimal(value))


@register.filter
def claimed(values: dict[str, Any]) -> str:
    """What a figure statement claims: "hơn 170", "giảm 8,1%"; "" without a number."""
    return numbers.say_claim(values)


@register.filter
def compared_of(comparison: Comparison) -> str:
    """What two compared figures are of: the measure, the goods, and the market or the subject."""
    values = comparison.left.values
    trade = comparison.arithmetic.get("trade") or {}
    goods = ", ".join(trade.get("goods") or ())
    markets = ", ".join(map(names.say_name, trade.get("markets") or ()))
    measure = values.get("measure") or "other"
    is_market = bool(markets) and trade.get("is_subject", False)
    whose = "" if is_market else names.say_name(values.get("subject") or "")
    parts = (measure_name(measure), goods, say_market(measure, markets), whose)
    return format_html_join(" · ", "{}", ((names.say_given(part),) for part in parts if part))


@register.filter
def trade(statement: Statement) -> str:
    """The goods and the market of a figure of trade: "cá tra, sang Brazil"; "" of any other."""
    found = trade_of(statement)
    markets = ", ".join(map(names.say_name, found.markets))
    parts = (", ".join(found.goods), say_market(statement.values["measure"], markets))
    return format_html_join(", ", "{}", ((names.say_given(part),) for part in parts if part))


def say_market(measure: str, names: str) -> str:
    """Which way the trade of a measure goes: "sang Brazil", "từ Brazil", "với Brazil"."""
    if not names:
        return ""
    match measure:
        case "exports":
            return gettext("to %(market)s") % {"market": names}
        case "imports":
            return gettext("from %(market)s") % {"market": names}
    return gettext("with %(market)s") % {"market": names}


@register.filter
def said_on(statement: Statement) -> str:
    """The day of the meeting a statement was said at, else of its publication."""
    return days.say_day(statement.document.spoken_on)


@register.filter
def whole(name: str) -> str:
    """A name that does not wrap in the middle, if it is short enough to stand in a column."""
    if len(strip_tags(name)) > 24:
        return name
    return format_html('<span class="whole">{}</span>', name)


@register.filter
def headline(statement: Statement) -> str:
    """A statement's words as a heading: on one line, a capital first, cut at a word."""
    words = " ".join(statement.quote.split())
    return Truncator(words[:1].upper() + words[1:]).chars(160)


@register.filter
def shortly(document: Document) -> str:
    """A document's outlet, or its name cut at a word, where space is short."""
    return names.say_given(Truncator(document.outlet or str(document)).chars(56))


@register.filter
def span(first: dt.date | None, last: dt.date | None) -> str:
    """The days from one to another."""
    return days.say_span(first, last)


@register.filter
def percent(share: float) -> str:
    """A share of one as a percentage without digits after the mark."""
    return numbers.say_amount(Decimal(round(share * 100)), "percent")


@register.filter
def share(part: int, whole: int) -> str:
    """A count with its base and its share: "12/43 = 27,9%"; "" of nothing."""
    if not whole:
        return ""
    ratio = numbers.say_amount(Decimal(part) * 100 / whole, "percent", places=1)
    return f"{number(part)}/{number(whole)} = {ratio}"


@register.filter
def share_of_all(part: int, whole: int) -> str:
    """As `share`, and of what: "16.051/21.914 = 73,2% tổng số"."""
    words = share(part, whole)
    return gettext("%(share)s of all") % {"share": words} if words else ""


_STATUS = {
    "target": _("target"),
    "plan": _("plan or forecast"),
    "actual": "",
}
_TYPES = {
    "country": _("country"),
    "bloc": _("bloc"),
    "region": _("region"),
    "agreement": _("agreement"),
}
_RELATIONS = {
    "visited": _("visited"),
    "negotiating": _("negotiating"),
    "ratification": _("to be ratified"),
    "in_force": _("in force"),
    "upgraded": _("relations upgraded"),
    "barrier": _("barrier"),
    "target_market": _("target market"),
    "mentioned": _("mentioned"),
}


@register.filter
def status(values: dict[str, Any]) -> str:
    """Whether a figure is a target, a plan or a comparison; an actual one says nothing."""
    word = status_words(values)
    return format_html('<span class="role">{}</span>', word) if word else ""


def status_words(values: dict[str, Any]) -> str:
    """The words `status` prints, without their frame."""
    role = values.get("role") or "actual"
    return _compared(values) if role == "comparison" else str(_STATUS.get(role, role))


def _compared(values: dict[str, Any]) -> str:
    """What a comparing figure is held against: "so với 2023", "so với kế hoạch"."""
    compares = values.get("compares") or {}
    if compares.get("base"):
        return gettext("against %(base)s") % {"base": days.say_period(compares["base"])}
    match compares.get("kind"):
        case "yoy":
            return gettext("against the year before")
        case "vs_plan":
            return gettext("against the plan")
    return gettext("comparison")


@register.filter
def partner_type(key: str | None) -> str:
    """Country, bloc, region or agreement."""
    return str(_TYPES.get(key or "", key or ""))


@register.filter
def relation(key: str) -> str:
    """What a document says of a partner."""
    return str(_RELATIONS.get(key, key))
