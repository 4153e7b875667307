"""Where a request comes from: address and device, as a person would recognise them."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

__all__ = ["Where", "address_of", "device_of"]

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Where:
    """Address and device of a request."""

    address: str
    device: str

    def as_detail(self) -> dict[str, str]:
        """What the log keeps of it beside the address, which each entry has."""
        return {"device": self.device}


def device_of(agent: str) -> str:
    """Browser and system of a User-Agent, "Firefox · Windows"; else its beginning."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part) or agent[:80]


def address_of(meta: Mapping[str, Any], proxies: list[str]) -> str:
    """The address a request comes from.

    X-Forwarded-For is believed only as far as trusted proxies wrote it: from the right, the first
    address that is not one of them.
    Args:
        meta: the request's environment.
        proxies: addresses of the proxies in front; "unix" for a socket on this machine.
    Returns:
        An address, or "" if it is none.
    """
    address = str(meta.get("REMOTE_ADDR") or "unix")
    if address in proxies:
        for said in reversed(str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")):
            if said.strip() and (address := said.strip()) not in proxies:
                break
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
