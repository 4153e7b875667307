"""The names of what figures measure."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["MEASURES", "measure_name"]

MEASURES: dict[str, Promise] = {
    "agreements_signed": _("Agreements signed"),
    "high_level_activities": _("High-level activities"),
    "promotion_activities": _("Promotion activities"),
    "relations_upgraded": _("Relations upgraded"),
    "exports": _("Exports"),
    "imports": _("Imports"),
    "trade_turnover": _("Trade turnover"),
    "fdi_registered": _("Foreign direct investment, registered"),
    "fdi_disbursed": _("Foreign direct investment, disbursed"),
    "fdi_projects": _("Foreign direct investment projects"),
    "remittances": _("Remittances"),
    "oda": _("Official development assistance"),
    "tourists": _("Tourists"),
    "labour_sent": _("Workers sent abroad"),
    "diaspora": _("Vietnamese abroad"),
    "gdp_growth": _("Growth of GDP"),
    "grdp_growth": _("Growth of a province's product"),
    "endpoints": _("Conference sites"),
    "documents_signed": _("Documents signed"),
    "other": _("Other"),
}
"""By the key of the evaluation schema; a key that is not here is printed as it is."""


def measure_name(key: str) -> str:
    """The measure in the reader's language."""
    return str(MEASURES.get(key, key))
