"""Everything that a machine can say about the code without running it as a whole."""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click

from wcd.core.config import CHECKOUT

BIN = Path(sys.executable).parent
LOCALES = ("zh", "en")
KEYWORDS = ("lazy_gettext", "lazy_ngettext:1,2")


class Outcome(NamedTuple):
    """What one look at the code found."""

    good: bool
    words: str


@click.command()
def command() -> None:
    """Format, lint, types, imports, templates, words, scripts of the door, migrations."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_timed, LOOKS.items()))
    for name, outcome, _seconds in results:
        if not outcome.good:
            click.echo(f"\n── {name}\n{outcome.words.strip()}\n")
    for name, outcome, seconds in results:
        click.echo(f"{name:<24} {'good' if outcome.good else 'FAILS':<6} {seconds:5.1f} s")
    if not all(outcome.good for _name, outcome, _seconds in results):
        sys.exit(1)


def _timed(look: tuple[str, Callable[[], Outcome]]) -> tuple[str, Outcome, float]:
    began = time.monotonic()
    outcome = look[1]()
    return look[0], outcome, time.monotonic() - began


def _run(*argv: str | Path) -> Outcome:
    done = subprocess.run(argv, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return Outcome(done.returncode == 0, done.stdout + done.stderr)


def words_complete() -> Outcome:
    """Every message of code and templates stands in both catalogues; the Chinese one leaves none out."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 - only `check` needs it

    with tempfile.TemporaryDirectory() as folder:
        pot = Path(folder) / "messages.pot"
        marks = [part for keyword in KEYWORDS for part in ("-k", keyword)]
        done = _run(BIN / "pybabel", "-q", "extract", "-F", "pyproject.toml", *marks, "-o", pot, ".")
        if not done.good:
            return done
        wanted = {message.id for message in read_po(io.BytesIO(pot.read_bytes())) if message.id}
    findings = []
    for locale in LOCALES:
        path = CHECKOUT / "locales" / locale / "LC_MESSAGES" / "messages.po"
        written = path.read_bytes() if path.exists() else b""
        catalogue = {m.id: m for m in read_po(io.BytesIO(written), locale=locale) if m.id}
        findings += [
            f"{locale}: missing {message!r}" for message in sorted(map(str, wanted - catalogue.keys()))
        ]
        findings += [
            f"{locale}: no longer used {message!r}" for message in sorted(map(str, catalogue.keys() - wanted))
        ]
        for message in catalogue.values():
            texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
            if message.fuzzy or (locale == "zh" and not all(texts)):
                findings.append(f"{locale}: {'unsure' if message.fuzzy else 'not translated'} {message.id!r}")
    return Outcome(not findings, "\n".join([*findings, "scripts/words brings the catalogues up to date."]))


def door_scripts() -> Outcome:
    """The tests of scripts, of the door's first, on the Node that comes with Playwright's wheel."""
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        return Outcome(good=False, words="playwright is not installed: start with “python3 -m wcd check”.")
    scripts = sorted((CHECKOUT / "tests").rglob("*.test.js"))
    return _run(Path(spec.origin).parent / "driver" / "node", "--test", *scripts)


def migrations_complete() -> Outcome:
    """Piccolo finds nothing in the tables that the migrations do not make."""
    folder = CHECKOUT / "migrations"
    before = set(folder.glob("*.py"))
    environ = ["env", "PICCOLO_CONF=wcd.core.piccolo_conf"]
    done = _run(
        *environ, sys.executable, "-W", "ignore", "-m", "piccolo.main", "migrations", "new", "wcd", "--auto"
    )
    made = [path for path in folder.glob("*.py") if path not in before]
    words = done.words + "".join(path.read_text() for path in made)
    for path in made:
        path.unlink()
    return Outcome(done.good and not made and "No changes detected" in done.words, words)


LOOKS: dict[str, Callable[[], Outcome]] = {
    "types (mypy)": lambda: _run(sys.executable, "-m", "mypy", "--strict", "wcd"),
    "format (ruff)": lambda: _run(BIN / "ruff", "format", "--check", "."),
    "lint (ruff)": lambda: _run(BIN / "ruff", "check", "."),
    "imports": lambda: _run(BIN / "lint-imports"),
    # Not djlint's formatter: it puts spaces where the page would show them.
    "templates (djlint)": lambda: _run(BIN / "djlint", "templates", "--lint", "--quiet"),
    "words": words_complete,
    "scripts of the door": door_scripts,
    "migrations": migrations_complete,
}
