"""The attacks: each tries many times and returns what was not refused; an empty list is good."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from bench.attacks.house import CLOSED, PAYLOADS, House, facts
from bench.attacks.pages import Page, Visitor, parse, routes

__all__ = ["ATTACKS", "Result", "addresses", "attack"]

HUGE = ("0", "-1", "9223372036854775807", "9223372036854775808", "9" * 40, "1e9", "%00")
NEXT = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "javascript:alert(1)", "https://127.0.0.1@evil.example/",
    "/%09/evil.example", "\thttps://evil.example", "http:///evil.example", "///evil.example",
    "https://evil.example\x00.127.0.0.1", "data:text/html,x", "／／evil.example",
)  # fmt: skip
SQL = (
    "'", "''", '"', "' OR '1'='1", "' OR 1=1 --", "1; DROP TABLE documents_document",
    "') UNION SELECT username, password FROM accounts_user --", "%' ESCAPE '", "\\", "%", "_",
    "1 AND SLEEP(5)", "'; SELECT pg_sleep(5) --", "${7*7}", "{{7*7}}", "' || (SELECT 1) || '",
    "x' AND randomblob(1000000000) --", "\u02bc OR 1=1", "a\x00b", "\ud7ff\ufffe", "*", '"*"',
    "NEAR(",
    "a" * 5000, "(" * 500,
)  # fmt: skip
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


def _writes() -> list[str]:
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


def _broke(page: Page) -> bool:
    return page.status >= 500 or page.status == 0 or bool(_LEAKS.search(page.text))


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
    _unchanged(before, result)


def _is_own(address: str) -> bool:
    """Pages on which everybody writes about themselves."""
    return any(part in address for part in ("mat-khau", "dang-", "ngon-ngu", "phien", "bao-mat"))


def _unchanged(before: dict[str, object], result: Result) -> None:
    after = facts()
    for label in after:
        # Sessions and failed log-ins may be counted; what the product keeps may not change.
        if not re.search(r"session|attempt|throttle|login|limit", label, re.I):
            result.expect(before.get(label) == after[label], f"{label} changed")


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
                    result.expect(not _broke(page), f"GET {address} as {who}: {page.status}")
        for address in house.places(addresses()):
            for name in house.some(("page", "v", "s", "card", "after", "batch")):
                for number in house.some(HUGE[1::2]):
                    page = house.visitors[who].get(f"{address}?{name}={number}")
                    result.expect(not _broke(page), f"GET {address}?{name}={number}: {page.status}")


@attack("CSRF: every address, signed in, no token", quick=True)
def without_token(house: House, result: Result) -> None:
    before = facts()
    evil = {"Origin": "https://evil.example", "Referer": "https://evil.example/x"}
    for who in ("administrator", "secretariat"):
        visitor = house.visitors[who]
        for address in house.places(addresses()):
            for headers in ({}, evil):
                page = visitor.post(
                    address, {"name": "x", "reason": "x" * 20}, token=False, headers=headers
                )
                result.expect(page.status in (400, 403, 404, 405), f"POST {address}: {page.status}")
            wrong = Visitor(house.address, visitor.cookies | {"csrftoken": "B" * 32})
            body = b"csrfmiddlewaretoken=" + b"C" * 32
            page = wrong.ask(
                "POST",
                address,
                body=body,
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )
            result.expect(
                page.status in (400, 403, 404, 405), f"POST {address}, wrong token: {page.status}"
            )
            page = visitor.post(address, {}, headers=evil)
            result.expect(
                page.status in (400, 403, 404, 405),
                f"POST {address}, foreign origin: {page.status}",
            )
    _unchanged(before, result)


@attack("Open redirect: next on every form", quick=True)
def redirects(house: House, result: Result) -> None:
    def local(page: Page) -> bool:
        to = page.headers.get("location", "")
        parts = urlsplit(to)
        plain = not parts.scheme and not parts.netloc and not re.match(r"[\\/]{2}|/\\", to)
        own = parts.netloc == f"{house.address[0]}:{house.address[1]}"
        return page.status < 500 and (not to or plain or own)

    person = house.visitors["coordinator"]
    for target in house.some(NEXT):
        for visitor in (house.visitors["stranger"], person):
            page = visitor.get(f"/dang-nhap?next={quote(target)}")
            result.expect(local(page), f"login next={target!r}: {page.headers.get('location')}")
        page = person.post(
            "/ngon-ngu",
            {"language": "en", "next": target},
            headers={
                "Referer": target.encode("ascii", "ignore").decode().replace("\x00", "").strip()
            },
        )
        result.expect(local(page), f"language next={target!r}: {page.headers.get('location')}")
        for address in house.places(_writes()):
            page = person.post(address, {"next": target, "choice": "unknown", "decision": "none"})
            result.expect(local(page), f"{address} next={target!r}: {page.headers.get('location')}")


@attack("Host header", quick=True)
def hosts(house: House, result: Result) -> None:
    own = f"{house.address[0]}:{house.address[1]}"
    for host in (
        "evil.example",
        "evil.example:80",
        f"{own}.evil.example",
        "",
        "a b",
        "127.0.0.1:99999999",
        "[::1]evil",
        f"{own}@evil.example",
        "evil.example#" + own,
    ):
        page = house.visitors["reader"].get("/", headers={"Host": host})
        safe = page.status in (0, 400) or "evil.example" not in page.text + str(page.headers)
        result.expect(safe, f"Host {host!r}: {page.status}")
    for name in (
        "X-Forwarded-Host",
        "X-Host",
        "X-Forwarded-Server",
        "Forwarded",
        "X-Original-URL",
        "X-Rewrite-URL",
    ):
        for address in ("/", "/dang-nhap", "/tai-lieu/", "/khong-co"):
            page = house.visitors["reader"].get(address, headers={name: "evil.example"})
            result.expect(
                "evil.example" not in page.text + str(page.headers), f"{name} on {address}"
            )
    page = house.visitors["stranger"].get("http://evil.example/dang-nhap")
    result.expect("evil.example" not in page.text + str(page.headers), "an absolute request line")


# Not a test: the tests' own server hands out files at "/" and falls over such addresses.
@attack("Path traversal in addresses and names")
def traversal(house: House, result: Result) -> None:
    up = (
        "../" * 8,
        "..%2f" * 8,
        "%2e%2e/" * 8,
        "..%252f" * 8,
        "....//" * 8,
        "..\\" * 8,
        "..%5c" * 8,
        "%c0%ae%c0%ae/" * 8,
    )
    for way in house.some(up):
        for base in ("/static/", "/danh-ba/tep/", "/tai-lieu/1/", "/", "/danh-ba/co-quan/"):
            for wanted in ("etc/passwd", "var/secret-key", "secret-key", "diemcau.sqlite3"):
                page = house.visitors["administrator"].get(base + way + wanted)
                leaks = "root:x:" in page.text or b"SQLite format" in page.body
                result.expect(
                    not leaks and page.status < 500, f"{base}{way}{wanted}: {page.status}"
                )
    files = house.home / "files"
    outside = _others(house)
    for number, name in enumerate(
        (
            "../../../../evil.py",
            "..\\..\\evil.py",
            "/etc/evil",
            "a/../../b.txt",
            "C:\\evil.exe",
            "con",
            "a\\x00.txt",
            ".htaccess",
            "x" * 400 + ".txt",
            "..",
            "evil.py;.txt",
        )
    ):
        body = f"Báo cáo số {number} về tình hình thị trường.".encode()
        page = house.visitors["coordinator"].post(
            "/tai-lieu/tai-len", files=[("files", name, body)]
        )
        result.expect(page.status in (200, 400), f"upload {name!r}: {page.status}")
    now = _others(house)
    result.expect(now == outside, f"files appeared outside: {now - outside}")
    for path in (p for p in files.rglob("*") if p.is_file()):
        result.expect(
            bool(re.fullmatch(r"[0-9a-f]{64}(\.\w+)?", path.name)), f"stored as {path.name}"
        )


def _others(house: House) -> set[str]:
    """The files of the house that are no stored documents, and strays above it."""
    stored = house.home / "files"
    found = {str(p) for p in house.home.rglob("*") if not p.is_relative_to(stored)}
    found |= {str(p) for above in house.home.parents for p in above.glob("evil*")}
    return {name for name in found if "sqlite3" not in name}


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
        _try_forms(administrator, "/danh-ba/co-quan/moi", trap, number)
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


def _try_forms(visitor: Visitor, address: str, payload: str, number: int) -> int:
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
                result.n += _try_forms(visitor, address, payload, number)
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
            result.expect(not _broke(page), f"{address}: {page.status}")
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
                    not _broke(page) and not slow, f"{path}?{name}={text[:40]!r}: {page.status}"
                )
    before = facts()
    result.expect("documents.Document" in before, "the documents are there")


@attack("Method confusion", quick=True)
def methods(house: House, result: Result) -> None:
    before = facts()
    person = house.visitors["administrator"]
    for address in house.places(addresses()):
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "XYZ"):
            page = person.ask(method, address, headers={"X-CSRFToken": "A" * 32})
            result.expect(page.status < 500, f"{method} {address}: {page.status}")
            result.expect(
                "csrftoken" not in page.text or page.is_html, f"{method} {address} echoes"
            )
        for header in ("X-HTTP-Method-Override", "X-Method-Override"):
            page = person.get(address, headers={header: "DELETE"})
            result.expect(page.status < 500, f"{header} {address}: {page.status}")
        page = person.get(f"{address}?_method=DELETE")
        result.expect(page.status < 500, f"_method {address}: {page.status}")
    _unchanged(before, result)


@attack("Oversized headers, parameters, bodies; null bytes", quick=True)
def oversized(house: House, result: Result) -> None:
    person, stranger = house.visitors["administrator"], house.visitors["stranger"]
    for size in (8_000, 64_000, 1_000_000):
        page = person.get("/", headers={"X-Long": "a" * size})
        result.expect(page.status in (200, 0, 400, 414, 431), f"a header of {size}: {page.status}")
        page = person.get("/tai-lieu/?q=" + "a" * size)
        result.expect(page.status in (200, 0, 400, 414, 431), f"a query of {size}: {page.status}")
        page = person.ask("GET", "/", headers={"Cookie": "sessionid=" + "a" * size})
        result.expect(page.status in (302, 0, 400, 431), f"a cookie of {size}: {page.status}")
    for n in (2_000, 20_000):
        page = person.ask(
            "POST",
            "/danh-ba/co-quan/moi",
            body=b"&".join(b"a%d=1" % i for i in range(n)),
            headers={"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": "A" * 32},
        )
        result.expect(page.status in (400, 413, 422), f"{n} fields: {page.status}")
    for length in ("-1", "abc", "99999999999999", "1e9"):
        page = stranger.ask("POST", "/dang-nhap", headers={"Content-Length": length}, timeout=8)
        result.expect(page.status in (0, 400, 403, 413), f"Content-Length {length}: {page.status}")
    page = person.ask(
        "POST", "/tai-lieu/tai-len", headers={"Content-Length": str(400 * 1024**2)}, timeout=20
    )
    result.expect(page.status == 413, f"400 MB announced: {page.status}")
    many = [("files", f"{i}.txt", b"x") for i in range(150)]
    result.expect(person.post("/tai-lieu/tai-len", files=many).status == 400, "150 files at once")
    for address in house.places(addresses()):
        for way in (
            f"{address}?q=%00",
            f"{address}%00",
            f"{address}?%00=1",
            f"{address}?q=%ff%fe%C0%80",
        ):
            page = person.get(way)
            result.expect(not _broke(page), f"GET {way!r}: {page.status}")
        if address not in _writes():
            continue
        page = person.post(
            address,
            {
                "name": "a\x00b",
                "reason": "a\x00bcdefghijk",
                "q": "\x00",
                "decision": "\x00",
                "username": "\x00",
                "number": "\x00",
                "issuer": "a\x00",
                "kept_at": "\x00b",
            },
        )
        result.expect(not _broke(page), f"POST {address}, null bytes: {page.status}")


@attack("Files that are bombs or traps", quick=True)
def traps(house: House, result: Result) -> None:
    from tests.vanban.test_inside import REFUSED

    person = house.visitors["coordinator"]
    before = facts()
    for name, (data, _code) in house.some({**REFUSED, **_bombs()}.items()):
        data = data() if callable(data) else data
        page = person.post("/tai-lieu/tai-len", files=[("files", "a.docx", data)])
        result.expect(page.status == 200 and "✓" not in page.text, f"upload, {name}: {page.status}")
    secretariat = house.visitors["secretariat"]
    for name, data in house.some(_workbooks().items()):
        page = secretariat.post("/danh-ba/nhap", files=[("file", "a.xlsx", data)])
        result.expect(page.status in (400, 403, 413, 422), f"import, {name}: {page.status}")
        result.expect(secretariat.get("/").status == 200, f"the server lives after {name}")
    _unchanged(before, result)


def _docx(document: str | bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _bombs() -> dict[str, tuple[bytes, str]]:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    text = f"<w:document {w}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    laughs = '<!ENTITY l0 "ha">'
    laughs += "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
    return {
        "an entity that is a file": (
            _docx(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{text}'),
            "",
        ),
        "an entity that is an address": (
            _docx(f'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>{text}'),
            "",
        ),
        "a parameter entity": (
            _docx(f'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]>{text}'),
            "",
        ),
        "a billion laughs": (_docx(f"<!DOCTYPE a [{laughs}]>{text.replace('&x;', '&l8;')}"), ""),
        "UTF-16 that hides an entity": (
            _docx(f'<!DOCTYPE a [<!ENTITY x "y">]>{text}'.encode("utf-16")),
            "",
        ),
        "a part of 300 MB": (_docx("<a/>", **{"word/media/a.bmp": bytes(300 * 1024**2)}), ""),
        "a text of 39 MB in a part": (_docx(f"<a>{' ' * 39 * 1024**2}</a>"), ""),
    }


_NS = "http://schemas.openxmlformats.org/"
_BOOK = (
    f'<workbook xmlns="{_NS}spreadsheetml/2006/main" '
    f'xmlns:r="{_NS}officeDocument/2006/relationships">'
    '<sheets><sheet name="bodies" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_NS}package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_NS}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>"
)


def _workbook(sheet: str, prologue: str = "") -> bytes:
    start = f'{prologue}<worksheet xmlns="{_NS}spreadsheetml/2006/main"><sheetData>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", _BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", f"{start}{sheet}</sheetData></worksheet>")
    return out.getvalue()


def _workbooks() -> dict[str, bytes]:
    far = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return {
        "two cells far apart": _workbook(far),
        "an entity": _workbook(cell, entity),
        "300 MB": _workbook(" " * 300 * 1024**2),
        "macros": _with_macros(_workbook("")),
        "not a workbook": b"PK\3\4" + b"x" * 1000,
    }


def _with_macros(book: bytes) -> bytes:
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@attack("Secret documents by every door")
def secrets(house: House, result: Result) -> None:
    """Nothing of a marked document is found in the house afterwards, not on disk, not in a row."""
    word = "phuongansieumat"
    marked = [
        f"TUYỆT MẬT\nBáo cáo {word}", f"Số: 15/BC-BNG-m\nBáo cáo {word}",
        f"LƯU HÀNH NỘI BỘ\n{word}", f"BỘ NGOẠI GIAO | MẬT\n{word}", f"M Ậ T\n{word}",
        f"Độ mật: Tối mật\n{word}",
    ]  # fmt: skip
    for text in marked:
        for who in ("reporter", "coordinator"):
            page = house.visitors[who].post(
                "/tai-lieu/tai-len", files=[("files", f"{word}.txt", text.encode())]
            )
            result.expect(
                "✓" not in page.text and page.status == 200, f"{text[:20]!r}: {page.status}"
            )
    for path in house.home.rglob("*"):
        if path.is_file():
            result.expect(word.encode() not in path.read_bytes(), f"in {path.name}")


@attack("Sessions and cookies", quick=True)
def sessions(house: House, result: Result) -> None:
    stranger = house.visitors["stranger"]
    page = stranger.get("/dang-nhap")
    cookie = page.headers.get("set-cookie", "").lower()
    result.expect(not cookie or ("httponly" in cookie and "samesite" in cookie), cookie[:120])
    for value in ("", "a", "' OR 1=1 --", "../../x", "a" * 200, "%00", "admin"):
        page = Visitor(house.address, {"sessionid": value}).get("/")
        result.expect(page.status == 302, f"session {value[:20]!r}: {page.status}")
    for name, pair in {
        "root": "toor",
        "administrator": "",
        "' OR 1=1 --": "x",
        "quantri": "quantri",
    }.items():
        visitor = Visitor(house.address, {"csrftoken": "A" * 32})
        page = visitor.post("/dang-nhap", {"username": name, "password": pair})
        result.expect(
            page.status in (200, 400, 401, 403, 422, 429), f"log-in as {name!r}: {page.status}"
        )
