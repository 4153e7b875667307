"""Sessions and cookies."""

from bench.attacks.house import House
from bench.attacks.pages import Visitor
from bench.attacks.tries import Result, attack


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
