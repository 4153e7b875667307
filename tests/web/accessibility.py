"""What is wrong with a page for whoever reads it: axe's rules, the width, the language."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

__all__ = ["ALL_RULES", "WCAG_AA", "faults_of", "in_two_ways"]

in_two_ways = pytest.mark.parametrize(
    ("language", "width", "scheme"), [("vi", 1280, "light"), ("en", 360, "dark")]
)
"""Each language, width and colour scheme once: no rule of axe depends on two of them together."""

WCAG_AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
ALL_RULES: dict[str, object] = {}
"""What axe holds good practice besides."""
_WIDTHS = (1280, 360)
_AXE = Axe().axe_script
# What is passed is counted only: to name and send each passed element takes longer than the rules.
_RUN = """async (rules) => {
  const found = await axe.run({...rules, resultTypes: ['violations']});
  const of = ({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`);
  return [found.passes.length, found.violations.flatMap(of)];
}"""


def faults_of(page, addresses, *, rules=WCAG_AA, opens=False):
    """Go to each address and look at it.

    Every page is read by axe as wide as it was opened, and measured at both widths. With
    DIEMCAU_SHOTS a picture of each is written into that folder.

    Args:
        addresses: addresses, or addresses by a name.
        rules: which of axe's rules hold.
        opens: open what folds before looking.
    Returns:
        What is wrong, by name or address; nothing where all is well.
    """
    if not isinstance(addresses, dict):
        addresses = {address: address for address in addresses}
    language = next(
        c["value"] for c in page.context.cookies() if c["name"] == settings.LANGUAGE_COOKIE_NAME
    )
    opened = page.viewport_size
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size(opened)
        page.goto(address)
        if opens:
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.evaluate(_AXE)
        n_passed, faults = page.evaluate(_RUN, rules)
        assert n_passed, "axe looked at nothing"
        if folder := os.environ.get("DIEMCAU_SHOTS"):
            shot = f"{folder}/{name.strip('/').replace('/', '-')}-{opened['width']}.png"
            page.screenshot(path=shot, full_page=True)
        if (spoken := page.get_attribute("html", "lang")) != language:
            faults.append(f"says it is in {spoken}")
        for width in _WIDTHS:
            page.set_viewport_size({**opened, "width": width})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{wide} px wide on a screen of {width}")
        if faults:
            found[name] = faults
    return found
