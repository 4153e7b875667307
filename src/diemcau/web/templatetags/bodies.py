"""A body as one line of a list: its name as a link, its code, its days."""

from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diemcau.directory.models import Body
from diemcau.directory.tree import Branch
from diemcau.web.days import say_day
from diemcau.web.directory.days import Days

register = template.Library()


@register.simple_tag
def body_line(body: Body, days: Days) -> SafeString:
    """A body of a list; the link keeps the day the page speaks of."""
    # One of some hundred on a page: built here, since a template each would take most of the time.
    url = f"{_address()}{quote(body.ref)}/{days.query}"
    notes = []
    if body.code:
        notes.append(format_html(' <span class="code">{}</span>', body.code))
    if body.valid_to:
        words = _("until %(day)s") % {"day": say_day(body.valid_to)}
        notes.append(format_html(' <small class="aside">{}</small>', words))
    elif body.valid_from:
        words = _("since %(day)s") % {"day": say_day(body.valid_from)}
        notes.append(format_html(' <small class="aside">{}</small>', words))
    if body.is_to_be_checked:
        notes.append(format_html(' <small class="check">{}</small>', _("to be checked")))
    return format_html('<a href="{}">{}</a>{}', url, body, SafeString("".join(notes)))


@register.simple_tag
def branch_lines(branches: list[Branch], days: Days) -> SafeString:
    """The branches of a tree as list items, those under them folded; the Government stands open."""
    return format_html_join("", "{}", ((_item(branch, days),) for branch in branches))


def _item(branch: Branch, days: Days) -> SafeString:
    line = body_line(branch.body, days)
    if not branch.children:
        return format_html("<li>{}</li>", line)
    # The name is a link, so it stands beside what folds: a control may not hold another.
    n = len(branch.children)
    words = ngettext("%(n)d body under it", "%(n)d bodies under it", n) % {"n": n}
    return format_html(
        "<li>{}<details{}><summary>{}</summary><ul>{}</ul></details></li>",
        line,
        SafeString(" open" if branch.body.ref == "government" else ""),
        words,
        branch_lines(branch.children, days),
    )


def _address() -> str:
    return reverse("directory_body", args=["x"]).removesuffix("x/")
