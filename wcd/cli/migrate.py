"""Bring the database to the newest migration."""

import asyncio

import click

from wcd.cli.attached import attached
from wcd.core import db


@click.command()
def command() -> None:
    """Bring the database to the newest migration."""
    with attached():
        asyncio.run(db.migrate())
        click.echo("The database is up to date.")
