"""Template tag of the tabs over the pages of one's own account."""

from django import template

from diemcau.accounts.models import User
from diemcau.accounts.rules import can_manage_accounts
from diemcau.signin.rules import can_rule_signing_in

register = template.Library()


@register.simple_tag
def duties_of(person: User) -> dict[str, bool]:
    """Whether a person administers people, and how everybody signs in."""
    return {"people": can_manage_accounts(person), "door": can_rule_signing_in(person)}
