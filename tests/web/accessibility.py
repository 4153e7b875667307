"""What axe says of a page against WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe

__all__ = ["complaints_of"]


def complaints_of(page):
    """What axe complains of: a rule and the beginning of the element, one pair each."""
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.response["passes"], "axe looked at nothing"
    return [
        (violation["id"], node["html"][:160])
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
