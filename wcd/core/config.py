"""Settings of a process, read once from the environment; every mistake is one plain sentence."""

import contextlib
import difflib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from wcd.core import setting_values as values

T = TypeVar("T")
CHECKOUT = Path(__file__).resolve().parents[2]
DEMO_CLOCK = "2023-10-26T09:00:00+08:00"
# Said by one process of ours to another; not for people.
INTERNAL = frozenset({"WCD_NO_BOOTSTRAP"})


class ConfigError(Exception):
    """A setting is missing, misspelt or impossible; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between one installation and another."""

    data: Path
    host: str
    port: int
    database_url: str
    """Empty: the embedded PostgreSQL, whose address `serve` sets for its children."""
    redis_url: str
    """Empty: the embedded Valkey, likewise."""
    smtp_url: str
    """Empty: mails become files in DATA/mail."""
    mail_from: str
    base_url: str
    """Without a slash at its end."""
    secret: str
    trusted_proxies: tuple[str, ...]
    rate_limits: bool
    clock: datetime | None
    demo: bool

    @property
    def https(self) -> bool:
        """Whether people reach us over TLS: cookies are `Secure` and `__Host-` exactly then."""
        return self.base_url.startswith("https://")


class Described(NamedTuple):
    """One line of the `config` command."""

    name: str
    value: str
    source: str


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read(os.environ)


def read(environ: Mapping[str, str]) -> Settings:
    """Read and check all settings; makes the secret if there is none yet."""
    refuse_unknown(environ)
    data = _data(environ.get("WCD_DATA", ""))
    host = environ.get("WCD_HOST") or "127.0.0.1"
    port = _checked("WCD_PORT", environ, values.port, "8000")
    return Settings(
        data=data,
        host=host,
        port=port,
        database_url=_checked("WCD_DATABASE_URL", environ, values.url("postgresql", "postgres")),
        redis_url=_checked("WCD_REDIS_URL", environ, values.url("redis", "rediss", "unix")),
        smtp_url=_checked("WCD_SMTP_URL", environ, values.smtp_url),
        mail_from=_checked(
            "WCD_MAIL_FROM", environ, values.mail_from, "World Cities Day Forum <forum@localhost>"
        ),
        base_url=_checked("WCD_BASE_URL", environ, values.base_url, default_base_url(host, port)),
        secret=_checked("WCD_SECRET", environ, values.secret) or _kept_secret(data),
        trusted_proxies=_checked("WCD_TRUSTED_PROXIES", environ, values.networks),
        rate_limits=_checked("WCD_RATE_LIMITS", environ, values.switch, "on"),
        clock=_checked("WCD_CLOCK", environ, values.time),
        demo=_checked("WCD_DEMO", environ, values.switch, "off"),
    )


def default_base_url(host: str, port: int, scheme: str = "http") -> str:
    """The address under which a server that listens there is reached from this machine."""
    name = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared only
    name = f"[{name}]" if ":" in name and not name.startswith("[") else name
    return f"{scheme}://{name}:{port}"


def refuse_unknown(environ: Mapping[str, str]) -> None:
    """A misspelt setting must not be ignored in silence."""
    known = {*NAMES, *INTERNAL}
    for name in sorted(environ):
        if name.startswith("WCD_") and name not in known:
            near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(NAMES)}."
            raise ConfigError(f"There is no setting {name}: {hint}")


def describe(environ: Mapping[str, str] | None = None) -> list[Described]:
    """Every setting, its value and where it comes from; secrets are masked."""
    environ = os.environ if environ is None else environ
    known = read(environ)
    return [
        Described(name, _shown(name, known), "environment" if environ.get(name) else _default_source(name))
        for name in NAMES
    ]


NAMES = {
    "WCD_DATA": "data",
    "WCD_HOST": "host",
    "WCD_PORT": "port",
    "WCD_DATABASE_URL": "database_url",
    "WCD_REDIS_URL": "redis_url",
    "WCD_SMTP_URL": "smtp_url",
    "WCD_MAIL_FROM": "mail_from",
    "WCD_BASE_URL": "base_url",
    "WCD_SECRET": "secret",
    "WCD_TRUSTED_PROXIES": "trusted_proxies",
    "WCD_RATE_LIMITS": "rate_limits",
    "WCD_CLOCK": "clock",
    "WCD_DEMO": "demo",
}
_WHEN_EMPTY = {
    "WCD_DATABASE_URL": "(embedded PostgreSQL)",
    "WCD_REDIS_URL": "(embedded Valkey)",
    "WCD_SMTP_URL": "(files in DATA/mail)",
    "WCD_TRUSTED_PROXIES": "(none)",
    "WCD_CLOCK": "(real time, or as kept in DATA/clock.json)",
}


def _default_source(name: str) -> str:
    return "DATA/secret" if name == "WCD_SECRET" else "default"


def _shown(name: str, known: Settings) -> str:
    value = getattr(known, NAMES[name])
    if name == "WCD_SECRET":
        return "********"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        value = ", ".join(value)
    if isinstance(value, datetime):
        value = value.isoformat()
    return _masked(str(value)) if value else _WHEN_EMPTY[name]


def _masked(text: str) -> str:
    """An address without its password."""
    if "://" not in text or "@" not in text:
        return text
    scheme, rest = text.split("://", 1)
    who, where = rest.rsplit("@", 1)
    return f"{scheme}://{who.split(':', 1)[0]}:********@{where}" if ":" in who else text


def _checked(name: str, environ: Mapping[str, str], parse: Callable[[str], T], default: str = "") -> T:
    text = environ.get(name, "").strip() or default
    try:
        return parse(text)
    except ValueError as wrong:
        shown = "" if name == "WCD_SECRET" else f" “{_masked(text)}”"
        raise ConfigError(f"{name}{shown} cannot be used: {wrong}.") from None


def _data(text: str) -> Path:
    return (Path(text) if text else CHECKOUT / "data").absolute()


def _kept_secret(data: Path) -> str:
    """The secret of this data folder, made once; of two processes at once one wins."""
    kept = data / "secret"
    try:
        if not data.exists():
            data.mkdir(parents=True)
            data.chmod(0o711)  # others may pass (PostgreSQL's user, when we are root) but not look
        if not kept.exists():
            new = data / f".secret-{os.getpid()}"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            with contextlib.suppress(FileExistsError):
                os.link(new, kept)
            new.unlink()
        return kept.read_text("ascii").strip()
    except OSError as wrong:
        raise ConfigError(
            f"The data folder {data} cannot be used ({wrong.strerror}): "
            "give another one with --data, or make room and rights there."
        ) from wrong
