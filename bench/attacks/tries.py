"""What every attack is made of: its name, its count of tries, the addresses it walks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bench.attacks.house import House, facts
from bench.attacks.pages import Page, Visitor, parse, routes

__all__ = [
    "ATTACKS",
    "QUICK",
    "Attack",
    "Result",
    "addresses",
    "attack",
    "broke",
    "crawl",
    "unchanged",
    "writes",
]

_LEAKS = re.compile(r"Traceback \(most|OperationalError|ProgrammingError|syntax error at|argon2\$")


@dataclass
class Result:
    """What became of one attack.

    Args:
        n: how many times something was tried.
        failures: what was not refused, or what broke.
    """

    name: str
    n: int = 0
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: bool, what: str) -> None:
        """Count one try; note it if the defence did not hold."""
        self.n += 1
        if not holds:
            self.failures.append(what[:300])


Attack = Callable[[House, Result], None]
ATTACKS: dict[str, Attack] = {}
QUICK: list[str] = []


def attack(name: str, *, quick: bool = False) -> Callable[[Attack], Attack]:
    """Register an attack; a quick one is also a test."""

    def register(function: Attack) -> Attack:
        ATTACKS[name] = function
        if quick:
            QUICK.append(name)
        return function

    return register


def addresses(**filled: str) -> list[str]:
    """Every address of the product, its placeholders filled; words get "x" unless given."""
    from django.urls import get_resolver

    found = []
    for route in routes(get_resolver().url_patterns):
        address = re.sub(r"<int:\w+>", filled.get("int", "1"), route)
        found.append(re.sub(r"<(?:\w+:)?\w+>", filled.get("word", "x"), address))
    return sorted(set(found))


def writes() -> list[str]:
    """The addresses at which a person can send forms and is still signed in afterwards."""
    return [a for a in addresses() if not any(x in a for x in ("dang-", "phien", "static"))]


def crawl(visitor: Visitor, *, most: int = 400) -> Iterator[tuple[str, Page]]:
    """Every page a person reaches by links from home, each shape of address a few times."""
    waiting, seen, shapes = ["/"], {"/"}, {}
    while waiting and most > 0:
        address = waiting.pop(0)
        page = visitor.get(address)
        most -= 1
        yield address, page
        for link in sorted(parse(page).links):
            to = urljoin(address, link).split("#")[0]
            shape = re.sub(r"\d+", "N", re.sub(r"=[^&]*", "=", to))
            if to not in seen and shapes.get(shape, 0) < 12:
                shapes[shape] = shapes.get(shape, 0) + 1
                seen.add(to)
                waiting.append(to)


def broke(page: Page) -> bool:
    return page.status >= 500 or page.status == 0 or bool(_LEAKS.search(page.text))


def unchanged(before: dict[str, object], result: Result) -> None:
    after = facts()
    for label in after:
        # Sessions and failed log-ins may be counted; what the product keeps may not change.
        if not re.search(r"session|attempt|throttle|login|limit", label, re.I):
            result.expect(before.get(label) == after[label], f"{label} changed")
