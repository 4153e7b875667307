"""A browser's side of HTTP without a browser: requests as they are written, pages as they parse."""

import http.client
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

__all__ = ["Form", "Page", "Visitor", "parse", "routes"]


@dataclass
class Form:
    """A form of a page: where it is sent, and its fields with what stands in them."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type and value of each."""


@dataclass
class Page:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


class Parsed(HTMLParser):
    """The forms, the links and the elements of a page that would run something."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: set[str] = set()
        self.runs: list[str] = []
        self._form: Form | None = None
        self._script = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        self.runs += [f"<{tag} {k}>" for k in given if k.startswith("on") or k == "style"]
        self.runs += [
            f"<{tag} {k}={v[:40]}>"
            for k, v in given.items()
            if re.match(r"\s*(?:javascript|data|vbscript):", v, re.I)
            and k in ("href", "src", "action", "formaction")
        ]
        self._script = tag == "script" and "src" not in given
        if tag in ("iframe", "object", "embed", "base") or (
            tag == "script" and not given.get("src", "/").startswith("/")
        ):
            self.runs.append(f"<{tag}>")
        if tag == "a" and given.get("href", "").startswith(("/", "?")):
            self.links.add(given["href"])
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None or not given.get("name"):
            return
        if tag in ("input", "button", "textarea"):
            kind = given.get("type", "textarea" if tag == "textarea" else "text")
            self._form.fields.append((given["name"], kind, given.get("value", "")))
        if tag == "select":
            self._form.fields.append((given["name"], "select", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "script":
            self._script = False

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.runs.append(f"script: {data[:40]}")


def parse(page: Page) -> Parsed:
    """What a browser would make of a page."""
    parsed = Parsed()
    if page.is_html:
        parsed.feed(page.text)
    return parsed


class Visitor:
    """Somebody with the cookies of a session, or of none.

    Args:
        address: host and port of the server.
        cookies: sent with every request; answers do not change them.
    """

    def __init__(self, address: tuple[str, int], cookies: Mapping[str, str] | None = None) -> None:
        self.address = address
        self.token = secrets.token_hex(16)
        self.cookies = dict(cookies or {})

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> Page:
        """Send one request; a connection the server closes without an answer is status 0."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        sent |= dict(headers or {})
        if method not in ("GET", "HEAD") or body:
            sent.setdefault("Content-Length", str(len(body)))
        connection = http.client.HTTPConnection(*self.address, timeout=timeout)
        try:
            connection.putrequest(method, path, skip_host="Host" in sent)
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            told = {k.lower(): v for k, v in answer.getheaders()}
            return Page(answer.status, told, answer.read())
        except (http.client.HTTPException, OSError):
            return Page(0, {}, b"")
        finally:
            connection.close()

    def get(self, path: str, **more: object) -> Page:
        return self.ask("GET", path, **more)  # type: ignore[arg-type]

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        *,
        files: Iterable[tuple[str, str, bytes]] = (),
        token: bool = True,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send a form; with its token unless told otherwise.

        Args:
            files: field, file name and bytes of each.
        """
        fields = dict(fields or {})
        sent = dict(headers or {})
        if token:
            fields["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        files = list(files)
        if files:
            mark = secrets.token_hex(12)
            sent["Content-Type"] = f"multipart/form-data; boundary={mark}"
            body = _multipart(fields, files, mark)
        else:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields).encode()
        return self.ask("POST", path, body=body, headers=sent)


def _multipart(fields: Mapping[str, str], files: list[tuple[str, str, bytes]], mark: str) -> bytes:
    parts = []
    for name, value in fields.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(head.encode() + value.encode() + b"\r\n")
    for name, filename, data in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(head.encode() + b"\r\nContent-Type: text/plain\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode()


def routes(patterns: Iterable[object], before: str = "/") -> Iterator[str]:
    """Every route below some URL patterns, as it is written ("/tai-lieu/<int:pk>/")."""
    for one in patterns:
        route = before + str(one.pattern)  # type: ignore[attr-defined]
        below = getattr(one, "url_patterns", None)
        if below is None:
            yield route
        else:
            yield from routes(below, route)
