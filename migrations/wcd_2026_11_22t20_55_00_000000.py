"""Indexes that Piccolo cannot declare: composite and partial ones."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from wcd.core.db import execute

ID = "2026-11-22T20:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Composite and partial indexes"

INDEXES = {
    "core_job_due_idx": "core_job (due_at) WHERE state IN ('queued', 'running')",
    "mail_mail_state_idx": "mail_mail (edition, state, queued_at DESC)",
    "editions_edition_current_idx": "UNIQUE editions_edition (is_current) WHERE is_current",
    "agenda_session_starts_idx": "agenda_session (edition, starts_at)",
    "registration_guest_state_idx": "registration_guest (edition, state, sort_key)",
    "registration_guest_number_idx": "UNIQUE registration_guest (edition, number)",
    "registration_guest_email_idx": "registration_guest (lower(email))",
    "registration_booking_line_idx": "registration_booking (session, state, asked_at, id)",
    "registration_code_live_idx": "UNIQUE registration_code (guest) WHERE revoked_at IS NULL",
    "checkin_scan_badge_idx": "checkin_scan (gate, guest, happened_at)",
    "actors_audit_entry_at_idx": "actors_audit_entry (edition, at DESC)",
}


async def _create() -> None:
    for name, definition in INDEXES.items():
        unique = "UNIQUE " if definition.startswith("UNIQUE ") else ""
        await execute(f"CREATE {unique}INDEX {name} ON {definition.removeprefix('UNIQUE ')}")


async def _drop() -> None:
    for name in INDEXES:
        await execute(f"DROP INDEX {name}")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="wcd", description=DESCRIPTION)
    manager.add_raw(_create)
    manager.add_raw_backwards(_drop)
    return manager
