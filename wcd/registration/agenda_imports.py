"""Importing an agenda: looked at first, then all of it or nothing. Here, since seats and categories are registration's."""

import asyncio
from collections.abc import Collection
from uuid import UUID

import msgspec

from wcd.actors.actors import Actor
from wcd.agenda.exchange.applying import write_plan
from wcd.agenda.exchange.checks import head_of
from wcd.agenda.exchange.files import AgendaFile, EditionFacts
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings, PreviewOutdated
from wcd.agenda.exchange.planning import plan_import
from wcd.agenda.exchange.plans import ImportPlan
from wcd.agenda.exchange.queries import gather_working, ids_elsewhere
from wcd.agenda.exchange.reading import read_agenda
from wcd.agenda.working import raise_working
from wcd.core.db import in_transaction
from wcd.editions.published import raise_published
from wcd.registration import bookings
from wcd.registration.categories import list_categories
from wcd.registration.errors import SeatsTaken
from wcd.registration.publishing import Told, publish_at_once


class ReadFile(msgspec.Struct, frozen=True):
    """A file as it was read, with what was wrong in it; ``agenda`` is None where it cannot be read at all."""

    agenda: AgendaFile | None
    findings: list[Finding]
    notes: list[Finding]
    more: int = 0


async def read_file(edition: UUID, content: bytes) -> ReadFile:
    """Read and check a file in a thread: spreadsheets take their time, and others are served meanwhile."""
    facts = (await gather_working(edition)).edition
    return await asyncio.to_thread(_read, content, facts)


async def preview_import(
    edition: UUID, file: ReadFile, *, make_unknown: bool = False, by: Actor
) -> ImportPlan:
    """What importing the file would do now, row by row. Writes nothing."""
    by.must("agenda.edit", edition)
    if file.agenda is None:
        return ImportPlan(edition, [], file.findings, file.notes, file.more)
    current = await gather_working(edition)
    categories = {category.code for category in await list_categories(edition)}
    elsewhere = await ids_elsewhere(edition, _ids(file.agenda))
    return await asyncio.to_thread(_plan, edition, file, current, make_unknown, categories, elsewhere)


@in_transaction
async def apply_import(
    edition: UUID, file: ReadFile, *, seen: str, make_unknown: bool = False, by: Actor
) -> ImportPlan:
    """Do what was looked at (``seen`` is that preview's fingerprint), or nothing: with findings, or if it would differ.

    Lock order: edition (rooms and seats show at once), working copy, sessions, bookings.
    """
    by.must("agenda.edit", edition)
    await raise_published(edition)
    working = await raise_working(edition)  # so that nothing moves between this plan and its writing
    plan = await preview_import(edition, file, make_unknown=make_unknown, by=by)
    if plan.findings:
        raise FileRefused(plan.findings, plan.more)
    if plan.fingerprint != seen:
        raise PreviewOutdated
    await write_plan(plan, working=working, by=by)
    await _change_seats(plan, by)
    return plan


@in_transaction
async def import_and_publish(
    edition: UUID, file: ReadFile, *, seen: str, make_unknown: bool = False, by: Actor
) -> tuple[ImportPlan, Told]:
    """The import and a release of what came of it, or neither. Everybody concerned is told."""
    plan = await apply_import(edition, file, seen=seen, make_unknown=make_unknown, by=by)
    return plan, await publish_at_once(edition, by=by)


async def _change_seats(plan: ImportPlan, by: Actor) -> None:
    """Seats of sessions that exist: the line moves up where there are more, nobody loses one."""
    for write in sorted((one for one in plan.writes if one.changes_seats), key=lambda one: one.id):
        try:
            await bookings.change_seats(write.id, write.seats, by=by)
        except SeatsTaken as refusal:
            spot = write.spot
            raise FileRefused([Finding(spot.sheet, spot.row, head_of("seats"), str(refusal))]) from None


def _read(content: bytes, facts: EditionFacts) -> ReadFile:
    findings = Findings()
    try:
        agenda = read_agenda(content, facts, findings)
    except FileRefused as refusal:
        return ReadFile(None, findings.found + refusal.findings, findings.notes)
    return ReadFile(agenda, findings.found, findings.notes, findings.more)


def _plan(
    edition: UUID,
    file: ReadFile,
    current: AgendaFile,
    make_unknown: bool,
    categories: Collection[str],
    elsewhere: Collection[UUID],
) -> ImportPlan:
    """The plan with a copy of what was wrong: the same file may be planned again."""
    findings = Findings()
    findings.found, findings.notes, findings.more = list(file.findings), list(file.notes), file.more
    if file.agenda is None:
        raise ValueError("a file that could not be read has no plan")
    return plan_import(
        file.agenda,
        current,
        edition,
        findings,
        make_unknown=make_unknown,
        categories=categories,
        elsewhere=elsewhere,
    )


def _ids(agenda: AgendaFile) -> list[UUID]:
    lists = (agenda.venues, agenda.rooms, agenda.hosts, agenda.speakers, agenda.sessions)
    return [entry.id for entries in lists for entry in entries if entry.id]
