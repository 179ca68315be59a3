"""Show the settings."""

import click

from wcd.core.config import describe


@click.command()
def command() -> None:
    """Every setting, its value and where it comes from; secrets are masked."""
    lines = describe()
    widths = [max(len(line[column]) for line in lines) for column in range(2)]
    for name, value, source in lines:
        click.echo(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {source}")
