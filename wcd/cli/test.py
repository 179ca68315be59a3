"""Run the tests."""

import os
import sys

import click

from wcd.core.config import CHECKOUT

OWN_CHOICE = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co", "-p")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run the tests; arguments go to pytest."""
    spread = [] if any(a.startswith(OWN_CHOICE) for a in arguments) else ["-n", "auto", "--dist", "loadfile"]
    os.chdir(CHECKOUT)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "pytest", *spread, *arguments])  # noqa: S606
