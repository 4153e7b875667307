"""Whose growth or output is told: of the province a text is about, of who was before, or ours."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.doers import province_at

__all__ = ["gdp_of_province", "growth_of_province", "growth_told_before", "of_our_economy"]


def growth_of_province(claim: Claim) -> str | None:
    """The province a text is about, whose growth is not called that of the GDP."""
    m = claim.m
    if claim.measure != "gdp_growth" or m.text.find("GDP", m.clause_from(m.left), m.stop) >= 0:
        return None
    return province_at(claim)


def gdp_of_province(claim: Claim) -> str | None:
    """The province of which a paper tells the GDP: "GDP của tỉnh tăng 13%. Quy mô GDP đạt ..."."""
    m = claim.m
    if m.text.find("GDP", m.clause, m.q.start) < 0:
        return None
    province = province_at(claim)
    if province is None:
        return None
    goes_on = m.earlier is not None and m.earlier.subject == province
    return province if goes_on or _GDP_OF_IT.search(m.text, m.clause, m.q.start) else None


_GDP_OF_IT = regex(r"GDP [^;.\d]{0,30}(?:của|toàn) (?:[Tt]ỉnh|[Tt]hành phố|địa phương)(?!\w)")


def growth_told_before(claim: Claim) -> str | None:
    """Whose growth was just told: "kinh tế Lào ước đạt 3%, thấp hơn mục tiêu 4%"."""
    m, before = claim.m, claim.m.previous
    if claim.measure != "gdp_growth" or before is None or before.measure != "gdp_growth":
        return None
    if m.text.find("Việt Nam", m.left, m.q.start) >= 0:
        return None
    return before.subject or "Việt Nam"


def of_our_economy(claim: Claim) -> str | None:
    """Ours, if growth, output or debt of a country is told and nobody is named."""
    m = claim.m
    if claim.measure == "gdp_growth":
        return "Việt Nam"
    told = _OF_THE_COUNTRY.search(m.text, m.clause_from(m.left), m.q.start)
    return "Việt Nam" if told is not None else None


_OF_THE_COUNTRY = rare(r"(?<!\w)(?:GDP|[Nn]ợ công|[Kk]inh tế Việt Nam)(?!\w)")
