"""Requests no browser of ours sends: without token, by another host, method, size or path."""

import re
from urllib.parse import quote, urlsplit

from bench.attacks.house import House, facts
from bench.attacks.pages import Page, Visitor
from bench.attacks.tries import Result, addresses, attack, broke, unchanged, writes

NEXT = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "javascript:alert(1)", "https://127.0.0.1@evil.example/",
    "/%09/evil.example", "\thttps://evil.example", "http:///evil.example", "///evil.example",
    "https://evil.example\x00.127.0.0.1", "data:text/html,x", "／／evil.example",
)  # fmt: skip


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
    unchanged(before, result)


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
        for address in house.places(writes()):
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
    unchanged(before, result)


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
            result.expect(not broke(page), f"GET {way!r}: {page.status}")
        if address not in writes():
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
        result.expect(not broke(page), f"POST {address}, null bytes: {page.status}")
