"""What is wrong with a field of a form: the line that says so, and the field tied to it."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def faulty(problem: str | Iterable[str] | None, name: str, also: str = "") -> SafeString:
    """Attributes of a field: that it is wrong, and which lines say more of it.

    Args:
        problem: what is wrong; empty if nothing is.
        name: as `fault` takes it.
        also: id of another line about the field, such as a hint.
    """
    ids = " ".join(one for one in (also, f"p-{name}" if problem else "") if one)
    wrong = format_html(' aria-invalid="{}"', "true") if problem else SafeString("")
    return wrong + (format_html(' aria-describedby="{}"', ids) if ids else SafeString(""))


@register.simple_tag
def fault(problem: str | Iterable[str] | None, name: str) -> SafeString:
    """The line itself; nothing if nothing is wrong.

    Args:
        problem: one sentence or several.
        name: of the field, unique on its page.
    """
    if not problem:
        return SafeString("")
    said = problem if isinstance(problem, str) else " ".join(str(one) for one in problem)
    return format_html('<strong class="fault" id="p-{}">{}</strong>', name, said)
