"""Kinds of bodies and partners in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["kind_name"]

_NAMES: dict[str, Promise] = {
    "party": _("Party body"),
    "state": _("State body"),
    "ministry": _("Ministry"),
    "agency": _("Agency"),
    "unit": _("Unit of a ministry"),
    "task_force": _("Task force"),
    "association": _("Association"),
    "province": _("Province"),
    "city": _("City"),
    "peoples_committee": _("People's Committee"),
    "peoples_council": _("People's Council"),
    "department": _("Department"),
    "foreign_affairs_office": _("Foreign-affairs office"),
    "embassy": _("Embassy"),
    "consulate_general": _("Consulate general"),
    "permanent_mission": _("Permanent mission"),
    "representative_office": _("Representative office"),
    "office": _("Office"),
    "person": _("Person"),
    "country": _("Country"),
    "bloc": _("Bloc or organisation"),
    "region": _("Region"),
    "agreement": _("Agreement"),
}


def kind_name(kind: str) -> str:
    """A kind in the reader's language; one entered here stays as it was typed."""
    return str(_NAMES.get(kind, kind))
