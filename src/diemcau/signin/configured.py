"""What the installation says of signing in, read once from the environment and one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = [
    "Mail",
    "Misconfigured",
    "Provider",
    "read_mail",
    "read_minutes",
    "read_providers",
    "read_site",
]

_KEYS = {
    "name",
    "issuer",
    "client_id",
    "client_secret",
    "client_secret_file",
    "scope",
    "new_accounts",
    "has_second_factor",
    "ca_file",
}
_NEW_ACCOUNTS = ("none", "no_role", "reader")
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class Misconfigured(Exception):
    """A setting does not fit; the sentence says which one and what was expected."""


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider people may sign in with.

    Attributes:
        key: its name in addresses, "mofa".
        name: its name on the button.
        issuer: the issuer exactly as the provider states it.
        new_accounts: what somebody gets whom the provider knows and nobody has invited: "none",
            "no_role" for an account that sees nothing until a role is granted, or "reader" for one
            that reads over the whole installation.
        has_second_factor: the provider itself asks everybody for a second factor.
        ca_file: the certificate of the authority that signed the provider's, "" for the system's.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid profile"
    new_accounts: str = "none"
    has_second_factor: bool = False
    ca_file: str = ""


def read_providers(environ: Mapping[str, str]) -> dict[str, Provider]:
    """The providers of DIEMCAU_OIDC_FILE, or the one of DIEMCAU_OIDC_ISSUER.

    Raises:
        Misconfigured: something is missing, unknown or unsafe.
    """
    if path := environ.get("DIEMCAU_OIDC_FILE"):
        try:
            tables = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("providers", {})
        except OSError as refused:
            raise Misconfigured(f"DIEMCAU_OIDC_FILE: {path} cannot be read: {refused}") from None
        except tomllib.TOMLDecodeError as refused:
            raise Misconfigured(f"DIEMCAU_OIDC_FILE: {path} is not TOML: {refused}") from None
        if not isinstance(tables, dict) or not tables:
            raise Misconfigured(f"{path}: expected a table [providers.NAME] for each provider")
        return {key: _provider(key, table, f"{path}: {key}") for key, table in tables.items()}
    if not environ.get("DIEMCAU_OIDC_ISSUER"):
        return {}
    start = "DIEMCAU_OIDC_"
    table: dict[str, Any] = {
        k.removeprefix(start).lower(): v for k, v in environ.items() if k.startswith(start)
    }
    table.pop("file", None)
    if "has_second_factor" in table:
        table["has_second_factor"] = table["has_second_factor"] == "1"
    return {"sso": _provider("sso", table, "DIEMCAU_OIDC_*")}


def _provider(key: str, table: Any, where: str) -> Provider:
    if not key.isascii() or not key.replace("-", "").isalnum():
        raise Misconfigured(f"{where}: the name may have letters, digits and hyphens only")
    if not isinstance(table, dict) or (unknown := set(table) - _KEYS):
        found = ", ".join(sorted(unknown)) if isinstance(table, dict) else "no table"
        raise Misconfigured(f"{where}: found {found}; expected {', '.join(sorted(_KEYS))}")
    table = dict(table)
    if path := table.pop("client_secret_file", ""):
        try:
            table["client_secret"] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as refused:
            raise Misconfigured(f"{where}: client_secret_file: {refused}") from None
    for needed in ("issuer", "client_id", "client_secret"):
        if not table.get(needed):
            raise Misconfigured(f"{where}: {needed} is missing")
    issuer = urlsplit(table["issuer"])
    if issuer.scheme != "https" and not (
        issuer.scheme == "http" and (issuer.hostname or "") in _LOCAL
    ):
        raise Misconfigured(f"{where}: issuer {table['issuer']} must begin with https://")
    if table.get("new_accounts", "none") not in _NEW_ACCOUNTS:
        raise Misconfigured(f"{where}: new_accounts must be one of {', '.join(_NEW_ACCOUNTS)}")
    if not isinstance(table.get("has_second_factor", False), bool):
        raise Misconfigured(f"{where}: has_second_factor must be true or false")
    table.setdefault("name", key)
    if "openid" not in table.get("scope", Provider.scope).split():
        raise Misconfigured(f'{where}: scope must contain "openid"')
    return Provider(key=key, **table)


def read_site(environ: Mapping[str, str]) -> str:
    """The address people open, "https://diemcau.example.gov.vn", from DIEMCAU_URL; "" if not said.

    Raises:
        Misconfigured: it is no address of a server.
    """
    site = environ.get("DIEMCAU_URL", "").rstrip("/")
    parts = urlsplit(site)
    if site and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path):
        raise Misconfigured(
            f"DIEMCAU_URL: found {site}; expected https://name or https://name:port"
        )
    return site


def read_minutes(environ: Mapping[str, str], name: str, otherwise: int) -> int:
    """A whole number of minutes, at least one.

    Raises:
        Misconfigured: it is none.
    """
    said = environ.get(name, str(otherwise))
    if not said.isascii() or not said.isdigit() or int(said) < 1:
        raise Misconfigured(f"{name}: found {said}; expected a whole number of minutes")
    return int(said)


@dataclass(frozen=True)
class Mail:
    """The server letters go out by; no host, no letters."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_tls_from_start: bool = False
    is_tls_later: bool = False
    sender: str = ""


def read_mail(environ: Mapping[str, str]) -> Mail:
    """The mail server of DIEMCAU_SMTP: smtps:// from the start, smtp:// with STARTTLS.

    A server on this machine, or `?tls=no`, is spoken to in the clear.
    Raises:
        Misconfigured: it is no such address, or DIEMCAU_MAIL_FROM or DIEMCAU_URL is missing.
    """
    said = environ.get("DIEMCAU_SMTP", "")
    if not said:
        return Mail()
    parts = urlsplit(said)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1:
        raise Misconfigured("DIEMCAU_SMTP: expected smtp://user:password@host:port or smtps://…")
    for needed in ("DIEMCAU_MAIL_FROM", "DIEMCAU_URL"):
        if not environ.get(needed):
            raise Misconfigured(f"{needed} is missing; letters need it beside DIEMCAU_SMTP")
    is_early = parts.scheme == "smtps"
    in_clear = parts.hostname in _LOCAL or parse_qs(parts.query).get("tls") == ["no"]
    return Mail(
        host=parts.hostname,
        port=port or (465 if is_early else 25 if in_clear else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls_from_start=is_early,
        is_tls_later=not is_early and not in_clear,
        sender=environ["DIEMCAU_MAIL_FROM"],
    )
