"""The staff from the command line: for operators, and for an owner who lost the way in."""

import asyncio
import sys
from uuid import UUID

import click

from wcd.accounts import staff
from wcd.accounts.inputs import NO_MAIL, Person, is_mail
from wcd.actors.actors import system
from wcd.actors.permissions import ROLES
from wcd.cli.attached import attached
from wcd.core import db
from wcd.core.errors import Invalid
from wcd.core.i18n import use_locale
from wcd.editions.queries import edition_by_code


@click.group()
def command() -> None:
    """Members of the staff."""


@command.command()
@click.argument("mail")
@click.option("--role", required=True, type=click.Choice(list(ROLES)), help="What they may do.")
@click.option("--edition", metavar="CODE", help="Only in this edition; without it in all. Owners own all.")
@click.option("--name", default="", help="How colleagues see them; the part before the @ unless given.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; no link is made."
)
def add(mail: str, role: str, edition: str | None, name: str, *, password_stdin: bool) -> None:
    """Give MAIL a role and print a link by which they set a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else ""
    if password_stdin and not password:
        raise click.UsageError("--password-stdin was given, but standard input holds no password.")
    person = Person(mail=mail, name=(name or mail.split("@", maxsplit=1)[0])[:60])
    with use_locale("en"):
        if not is_mail(mail):
            raise click.UsageError(f"{mail}: {NO_MAIL}")
        with attached():
            link = asyncio.run(_add(person, role, edition, password))
    click.echo(link or f"{mail} can sign in.")


async def _add(person: Person, role: str, edition: str | None, password: str) -> str | None:
    async with db.lifespan(pool_size=2):
        edition_id: UUID | None = (await edition_by_code(edition)).id if edition else None
        try:
            return await staff.add_by_command(
                person, role, edition_id, password=password, by=system("command line")
            )
        except Invalid as refused:
            raise click.ClickException(
                " ".join(str(sentence) for sentence in refused.errors.values())
            ) from None
