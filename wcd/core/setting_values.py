"""How the text of each setting is read; a ValueError says what to write instead."""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import parse_qs, urlsplit

HIGHEST_PORT = 65535
SHORTEST_SECRET = 32


def port(text: str) -> int:
    """A port; 0 takes a free one."""
    if not text.isdecimal() or not 0 <= int(text) <= HIGHEST_PORT:
        raise ValueError("give a port between 1 and 65535")
    return int(text)


def url(*schemes: str) -> Callable[[str], str]:
    """An address with one of these schemes, or nothing."""

    def parse(text: str) -> str:
        if text and urlsplit(text).scheme not in schemes:
            raise ValueError(f"give an address that begins with {' or '.join(s + '://' for s in schemes)}")
        return text

    return parse


def smtp_url(text: str) -> str:
    """A mail server, or nothing."""
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("give smtp://user:password@host:port or smtps://…")
    _ = parts.port  # raises ValueError when it is no number
    query = parse_qs(parts.query, keep_blank_values=True)
    if set(query) - {"starttls"} or query.get("starttls", ["off"])[0] not in {"required", "off"}:
        raise ValueError("after the question mark only starttls=required or starttls=off may stand")
    return text


def mail_from(text: str) -> str:
    """A sender with or without a name."""
    if any(c in text for c in "\r\n\0") or "@" not in parseaddr(text)[1].strip("@"):
        raise ValueError("give an address such as “Forum <forum@example.org>”")
    return text


def base_url(text: str) -> str:
    """The address people type, without a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("give the address people type, such as https://forum.example.org")
    if parts.path.strip("/") or parts.username:
        raise ValueError("leave out everything after the host and port")
    _ = parts.port
    return text.rstrip("/")


def secret(text: str) -> str:
    """A long secret, or nothing."""
    if text and len(text) < SHORTEST_SECRET:
        raise ValueError("it needs 32 characters or more, for example from “openssl rand -hex 32”")
    return text


def networks(text: str) -> tuple[str, ...]:
    """Addresses and networks with commas between them."""
    found = [part.strip() for part in text.split(",") if part.strip()]
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError(
                "give addresses or networks with commas between them, such as 10.0.0.0/8"
            ) from None
    return tuple(found)


def switch(text: str) -> bool:
    """On or off."""
    if text.lower() not in {"on", "off", "1", "0", "true", "false", "yes", "no"}:
        raise ValueError("give on or off")
    return text.lower() in {"on", "1", "true", "yes"}


def time(text: str) -> datetime | None:
    """A time with its zone, or nothing."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ValueError("give a time with its zone, such as 2023-10-28T08:30:00+08:00")
    return at
