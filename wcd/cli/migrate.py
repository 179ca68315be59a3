"""Bring the database to the newest migration."""

import click

from wcd.cli.attached import attached


@click.command()
def command() -> None:
    """Bring the database to the newest migration."""
    with attached():
        click.echo("The database is up to date.")
