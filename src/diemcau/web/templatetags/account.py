"""The pages about oneself, the people and the log, those a person may open."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _

from diemcau.accounts.models import Role
from diemcau.accounts.rules import ROLE_SAYS, can_manage_accounts, can_read_audit
from diemcau.signin.rules import can_rule_signing_in

register = template.Library()


@register.inclusion_tag("web/parts/tabs.html", takes_context=True)
def account_tabs(context: RequestContext) -> dict[str, Any]:
    """Links to those pages, the one being shown marked."""
    request = context["request"]
    person = request.user
    pages = [
        ("password", _("Password"), True),
        ("security", _("How you sign in"), True),
        ("sessions", _("Sessions"), True),
        ("tokens", _("Access tokens"), True),
        ("accounts", _("People and roles"), can_manage_accounts(person)),
        ("signin_policy", _("Rules of signing in"), can_rule_signing_in(person)),
        ("audit_log", _("Audit log"), can_read_audit(person)),
    ]
    shown = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "links": [
            {"url": reverse(name), "label": label, "current": name == shown}
            for name, label, may in pages
            if may
        ]
    }


@register.filter
def role_says(role: str) -> str:
    """What a role lets a person do, in a sentence."""
    return str(ROLE_SAYS[Role(role)])


@register.inclusion_tag("web/parts/history_link.html", takes_context=True)
def history_link(context: RequestContext, kind: str, key: int | str) -> dict[str, Any]:
    """A link to what happened to one object ("task", 12), for those who may read the log."""
    may = can_read_audit(context["request"].user)
    return {"url": f"{reverse('audit_log')}?ve={kind}:{key}" if may else ""}
