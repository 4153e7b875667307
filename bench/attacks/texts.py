"""Text that would run: formulas, scripts and SQL in every field and parameter."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import quote, urljoin

from bench.attacks.house import PAYLOADS, House, facts
from bench.attacks.pages import Page, Visitor, parse
from bench.attacks.tries import Result, addresses, attack, broke, crawl

SQL = (
    "'", "''", '"', "' OR '1'='1", "' OR 1=1 --", "1; DROP TABLE documents_document",
    "') UNION SELECT username, password FROM accounts_user --", "%' ESCAPE '", "\\", "%", "_",
    "1 AND SLEEP(5)", "'; SELECT pg_sleep(5) --", "${7*7}", "{{7*7}}", "' || (SELECT 1) || '",
    "x' AND randomblob(1000000000) --", "\u02bc OR 1=1", "a\x00b", "\ud7ff\ufffe", "*", '"*"',
    "NEAR(",
    "a" * 5000, "(" * 500,
)  # fmt: skip


@attack("Formulas in every export", quick=True)
def formulas(house: House, result: Result) -> None:
    """No cell of a workbook is a formula, and none of a CSV begins like one."""
    administrator = house.visitors["administrator"]
    traps = (
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1+1",
        '=HYPERLINK("http://evil.example")',
        "=cmd|'/c calc'!A0",
    )
    for number, trap in enumerate(traps):
        try_forms(administrator, "/danh-ba/co-quan/moi", trap, number)
        administrator.post(
            "/tai-lieu/ban-giay/", {"number": trap[:90], "issuer": trap, "kept_at": trap}
        )
    for address, page in _exports(house):
        result.expect(page.status == 200, f"{address}: {page.status}")
        result.expect(
            page.headers.get("content-disposition", "").startswith("attachment"),
            f"{address} inline",
        )
        for cell in _cells_that_run(page):
            result.expect(False, f"{address}: {cell!r}")
        result.n += 1


def _exports(house: House) -> Iterator[tuple[str, Page]]:
    """What an administrator can take out: known names, and links that end like a table."""
    visitor = house.visitors["administrator"]
    links = {"/danh-ba/tep/danh-ba.xlsx", "/danh-ba/tep/danh-ba.json"}
    links |= {f"/danh-ba/tep/{name}.csv" for name in ("bodies", "successions", "partners")}
    for _address, page in crawl(visitor, most=min(60, 4 * house.most)):
        links |= {
            x
            for x in parse(page).links
            if re.search(r"(?:csv|xlsx|json)\b", x) and x.startswith("/")
        }
    for link in sorted(links):
        yield link, visitor.get(link)


def _cells_that_run(page: Page) -> Iterator[str]:
    kind = page.headers.get("content-type", "")
    if "csv" in kind:
        for row in csv.reader(io.StringIO(page.text.lstrip("\ufeff"))):
            yield from (c for c in row if c[:1] in ("=", "+", "-", "@", "\t", "\r") and len(c) > 1)
    elif page.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(page.body)) as book:
            for part in book.namelist():
                if b"<f>" in book.read(part) or b"ddeLink" in book.read(part):
                    yield part


def try_forms(visitor: Visitor, address: str, payload: str, number: int) -> int:
    """Fill every text field of every form of a page and send them; how many were sent."""
    sent = 0
    for form in parse(visitor.get(address)).forms:
        if form.method != "post" or any(
            w in form.action for w in ("dang-xuat", "ngon-ngu", "mat-khau", "phien")
        ):
            continue
        typed, files = {}, []
        for name, kind, value in form.fields:
            if kind in ("text", "search", "textarea", "email", "url", ""):
                typed[name] = payload if len(value) < 3 or kind == "textarea" else value
            elif kind == "file":
                files.append(
                    (
                        name,
                        f"{payload[:40].replace(chr(34), '')}.txt",
                        f"{payload} {number} báo cáo".encode(),
                    )
                )
            elif kind not in ("password",):
                typed.setdefault(name, value)
        typed.pop("csrfmiddlewaretoken", None)
        visitor.post(urljoin(address, form.action or address), typed, files=files)
        sent += 1
    return sent


@attack("Stored script in every text field")
def stored_script(house: House, result: Result) -> None:
    """Every form is filled with markup, then every page is parsed as a browser would."""
    for who in ("secretariat", "administrator"):
        visitor = house.visitors[who]
        pages = [address for address, page in crawl(visitor, most=100) if page.status == 200]
        for number, payload in enumerate(PAYLOADS[:2]):
            for address in pages:
                # A form's own address must not have been changed under way: each is asked for anew.
                result.n += try_forms(visitor, address, payload, number)
    _look_for_script(house, result)


@attack("Script in documents, names and parameters", quick=True)
def reflected_script(house: House, result: Result) -> None:
    person = house.visitors["coordinator"]
    for address in house.places(addresses()):
        for payload in house.some(PAYLOADS[:2]):
            for name in house.some(
                (
                    "q",
                    "next",
                    "page",
                    "show",
                    "sort",
                    "kind",
                    "body",
                    "state",
                    "on",
                    "d",
                    "v",
                    "s",
                )
            ):
                page = person.get(f"{address}?{name}={quote(payload)}")
                found = parse(page)
                result.expect(
                    not found.runs and page.status < 500,
                    f"{address}?{name}: {page.status} {found.runs[:2]}",
                )
    _look_for_script(house, result, most=min(80, 4 * house.most))


def _look_for_script(house: House, result: Result, *, most: int = 400) -> None:
    for who in ("reader", "administrator"):
        for address, page in crawl(house.visitors[who], most=most):
            runs = parse(page).runs
            result.expect(not runs, f"{address}: {runs[:3]}")
            result.expect(not broke(page), f"{address}: {page.status}")
            result.expect(
                "'unsafe" not in page.headers.get("content-security-policy", "'unsafe"),
                f"{address}: policy",
            )


@attack("SQL and odd text in every parameter", quick=True)
def sql(house: House, result: Result) -> None:
    from time import perf_counter

    person = house.visitors["administrator"]
    known: dict[str, set[str]] = {}
    for address, page in crawl(person, most=min(150, 8 * house.most)):
        path, _mark, query = address.partition("?")
        names = {part.partition("=")[0] for part in query.split("&") if part}
        names |= {n for f in parse(page).forms if f.method == "get" for n, _k, _v in f.fields}
        if re.sub(r"\d+", "N", path) not in known or names:
            known.setdefault(path, set()).update(names | {"q", "page"})
    for path, names in known.items():
        for name in sorted(names):
            for text in house.some(SQL):
                began = perf_counter()
                page = person.get(f"{path}?{name}={quote(text, errors='replace')}")
                slow = perf_counter() - began > 4
                result.expect(
                    not broke(page) and not slow, f"{path}?{name}={text[:40]!r}: {page.status}"
                )
    before = facts()
    result.expect("documents.Document" in before, "the documents are there")
