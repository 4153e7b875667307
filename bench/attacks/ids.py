"""Ids of others: asked for by strangers, readers and colleagues, and ids that are none."""

from urllib.parse import urlsplit

from bench.attacks.house import CLOSED, House, facts
from bench.attacks.tries import Result, addresses, attack, broke, unchanged

HUGE = ("0", "-1", "9223372036854775807", "9223372036854775808", "9" * 40, "1e9", "%00")


@attack("IDOR: every id, nobody signed in", quick=True)
def ids_of_strangers(house: House, result: Result) -> None:
    stranger = house.visitors["stranger"]
    for number in house.some((*range(1, house.highest + 3), *HUGE)):
        for address in addresses(int=str(number)):
            if str(number) not in address or "/static/" in address:
                continue
            page = stranger.get(address)
            to = urlsplit(page.headers.get("location", "")).path
            held = page.status in (400, 401, 403, 404, 405) or (
                page.status == 302 and "dang-nhap" in to
            )
            result.expect(held, f"GET {address}: {page.status} {to}")


@attack("IDOR: every id and write by a reader", quick=True)
def ids_of_readers(house: House, result: Result) -> None:
    """A reader writes nothing, whatever the id; an auditor neither."""
    before = facts()
    for who in ("reader", "auditor"):
        for number in house.some((*range(1, min(house.highest, 25) + 3), *HUGE)):
            for address in addresses(int=str(number)):
                if str(number) not in address or _is_own(address):
                    continue
                fields = {"verb": "accept", "decision": "accept", "choice": "same", "seen": "0"}
                page = house.visitors[who].post(address, fields)
                held = page.status in (400, 403, 404, 405, 413, 422)
                result.expect(held, f"POST {address} as {who}: {page.status}")
    unchanged(before, result)


def _is_own(address: str) -> bool:
    """Pages on which everybody writes about themselves."""
    return any(part in address for part in ("mat-khau", "dang-", "ngon-ngu", "phien", "bao-mat"))


@attack("IDOR: every id of a closed document, by another body's and a colleague", quick=True)
def ids_of_others(house: House, result: Result) -> None:
    """What is closed to a person is on no page, list, search or export, and they change nothing."""
    seen = house.visitors["member"].get(f"/tim?q={CLOSED}").text
    result.expect(
        seen.count(CLOSED) > 1, "the member finds it, so that not finding it says something"
    )
    lists = [a for a in addresses() if "1" not in a and "dang-" not in a]
    for who in ("colleague", "outsider", "stranger"):
        visitor = house.visitors[who]
        # Every id of the closed document and of what rests on it, and the first of all the others.
        for number in house.some(sorted({*_closed_ids(), *range(1, 16)})):
            for address in addresses(int=str(number)):
                if str(number) in address and "tai-khoan" not in address:
                    page = visitor.get(address)
                    result.expect(CLOSED not in page.text, f"{who}: GET {address} shows it")
                    result.expect(CLOSED not in str(page.headers), f"{who}: {address}, header")
        for address in lists:
            for query in house.some(("", "?q=ky", "?q=co che", "?show=all", "?sort=left")):
                page = visitor.get(address + query.replace(" ", "+"))
                result.expect(CLOSED not in page.text, f"{who}: {address}{query} shows it")
        # The word itself is echoed by a search for it, once or twice, and found nowhere.
        page = visitor.get(f"/tim?q={CLOSED}")
        result.expect(f"{CLOSED}.txt" not in page.text, f"{who}: search shows it")
    before = facts()
    for who in ("colleague", "outsider"):
        for number in house.some(_closed_ids()):
            for address in addresses(int=str(number)):
                if str(number) in address and not _is_own(address):
                    fields = {
                        "verb": "accept",
                        "decision": "accept",
                        "reason": "x" * 20,
                        "seen": "1",
                    }
                    page = house.visitors[who].post(address, fields)
                    result.expect(CLOSED not in page.text, f"{who}: POST {address} shows it")
    _unchanged_closed(before, result)


def _closed_ids() -> list[int]:
    from diemcau.documents.models import Document, Statement

    closed = Document.objects.filter(is_closed=True)
    rows = Statement.objects.filter(document__in=closed).values_list("pk", flat=True)
    return sorted({*closed.values_list("pk", flat=True), *rows})


def _unchanged_closed(before: dict[str, object], result: Result) -> None:
    """Nothing of a closed document changed; what a person may write elsewhere may have."""
    from diemcau.documents.models import Document, Statement

    closed = Document.objects.filter(is_closed=True)
    states = set(Statement.objects.filter(document__in=closed).values_list("state", flat=True))
    result.expect(states <= {"accepted"}, f"statements of the closed document became {states}")
    result.expect(before["documents.Document"] == facts()["documents.Document"], "documents")


@attack("IDOR: every id read by the huge and the odd", quick=True)
def odd_ids(house: House, result: Result) -> None:
    for who in ("administrator",):
        for number in house.some(HUGE):
            for address in addresses(int=number, word=number):
                if number in address:
                    page = house.visitors[who].get(address)
                    result.expect(not broke(page), f"GET {address} as {who}: {page.status}")
        for address in house.places(addresses()):
            for name in house.some(("page", "v", "s", "card", "after", "batch")):
                for number in house.some(HUGE[1::2]):
                    page = house.visitors[who].get(f"{address}?{name}={number}")
                    result.expect(not broke(page), f"GET {address}?{name}={number}: {page.status}")
