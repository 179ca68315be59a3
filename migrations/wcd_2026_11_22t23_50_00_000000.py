"""The two views of the agenda, the indexes of releases, and what was on the programme as release 1."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from wcd.core.db import execute

ID = "2026-11-22T23:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Views and first releases of the agenda"

CHECKS = {
    "agenda_session_state_check": (
        "state IN ('idea', 'planned', 'confirmed', 'called_off')",
        "state IN ('planned', 'confirmed', 'called_off')",
    ),
    "agenda_session_booking_check": (
        "booking IN ('open', 'booking', 'invitation', 'category')",
        "booking IN ('open', 'booking', 'invitation')",
    ),
    "agenda_session_times_check": (
        "(starts_at IS NULL AND ends_at IS NULL AND state IN ('idea', 'planned'))"
        " OR (starts_at IS NOT NULL AND ends_at IS NOT NULL AND ends_at > starts_at)",
        "ends_at > starts_at",
    ),
}
INDEXES = {
    "agenda_release_current_idx": "UNIQUE agenda_release (edition) WHERE is_current",
    "agenda_release_open_idx": "UNIQUE agenda_release (edition) WHERE state IN ('proposed', 'approved')",
    "agenda_release_due_idx": "agenda_release (publish_at) WHERE state = 'approved'",
    "agenda_session_touched_idx": "agenda_session (edition, touched)",
}

HOSTS = """
WITH named AS (
    SELECT s.id AS session, s.edition, h.value ->> 'zh' AS zh, h.value ->> 'en' AS en, h.place
    FROM agenda_session s, jsonb_array_elements(s.hosts) WITH ORDINALITY AS h (value, place)
), made AS (
    INSERT INTO agenda_body (id, edition, code, name_zh, name_en)
    SELECT gen_random_uuid(), edition, 'body-' || row_number() OVER (PARTITION BY edition ORDER BY en, zh), zh, en
    FROM (SELECT DISTINCT edition, zh, en FROM named) AS one
    RETURNING id, edition, name_zh, name_en
)
INSERT INTO agenda_hosting (id, session, body, position)
SELECT gen_random_uuid(), n.session, m.id, min(n.place) - 1
FROM named n JOIN made m ON m.edition = n.edition AND m.name_zh = n.zh AND m.name_en = n.en
GROUP BY n.session, m.id
"""

# What a release freezes, as the working copy says it now. Same columns as `PUBLISHED`.
WORKING = """
CREATE VIEW agenda_working_session AS
SELECT s.id, s.edition, s.code, s.kind, s.state, s.title_zh, s.title_en, s.summary_zh, s.summary_en, s.room,
    s.starts_at, s.ends_at, s.minutes, s.seats, s.booking, s.categories, s.languages, s.interpretation, s.sdgs,
    s.subjects, s.meeting_point_zh, s.meeting_point_en,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', b.id, 'zh', b.name_zh, 'en', b.name_en)
                               ORDER BY h.position, b.code)
              FROM agenda_hosting h JOIN agenda_body b ON b.id = h.body WHERE h.session = s.id), '[]') AS hosts,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'zh', i.title_zh, 'en', i.title_en,
                                                  'minutes', i.minutes) ORDER BY i.position, i.id)
              FROM agenda_item i WHERE i.session = s.id), '[]') AS items,
    coalesce((SELECT jsonb_agg(jsonb_build_object('speaker', a.speaker, 'role', a.role, 'item', a.item)
                               ORDER BY a.role <> 'moderator', i.position NULLS FIRST, a.position, a.id)
              FROM agenda_appearance a LEFT JOIN agenda_item i ON i.id = a.item
              WHERE a.session = s.id), '[]') AS people,
    s.version, 0 AS sequence, 0 AS changed_in, s.changed_at
FROM agenda_session s
"""
PUBLISHED = """
CREATE VIEW agenda_published_session AS
SELECT f.session AS id, r.edition, f.code, f.kind, f.state, f.title_zh, f.title_en, f.summary_zh, f.summary_en,
    f.room, f.starts_at, f.ends_at, (extract(epoch FROM f.ends_at - f.starts_at) / 60)::int AS minutes, s.seats,
    f.booking, f.categories, f.languages, f.interpretation, f.sdgs, f.subjects, f.meeting_point_zh,
    f.meeting_point_en, f.hosts, f.items, f.people, s.version, f.sequence, f.changed_in, f.changed_at
FROM agenda_release r JOIN agenda_released_session f ON f.release = r.id JOIN agenda_session s ON s.id = f.session
WHERE r.is_current
"""
SPEAKERS = """
CREATE VIEW agenda_published_speaker AS
SELECT f.speaker AS id, r.edition, f.code, f.native_name, f.latin_name, f.post_zh, f.post_en, f.body_zh, f.body_en,
    f.biography_zh, f.biography_en, f.country, f.portrait, f.sort_key, f.search_keys
FROM agenda_release r JOIN agenda_released_speaker f ON f.release = r.id
WHERE r.is_current
"""

FIRST_RELEASES = (
    # Their biographies are public already.
    "UPDATE agenda_speaker p SET consented_at = e.created_at FROM editions_edition e WHERE e.id = p.edition",
    """INSERT INTO agenda_settings (id, edition, working, needs_second, blocks)
       SELECT gen_random_uuid(), id, 1, false, '{}' FROM editions_edition""",
    """INSERT INTO agenda_release (id, edition, number, note, state, working, proposed_at, decided_at, published_at,
           is_current, told)
       SELECT gen_random_uuid(), e.id, 1, '', 'published', 1, max(s.changed_at), max(s.changed_at),
           max(s.changed_at), true, '{}'
       FROM editions_edition e JOIN agenda_session s ON s.edition = e.id AND s.state IN ('confirmed', 'called_off')
       GROUP BY e.id""",
    """INSERT INTO agenda_released_session (id, release, session, code, kind, state, title_zh, title_en, summary_zh,
           summary_en, room, starts_at, ends_at, booking, categories, languages, interpretation, sdgs, subjects,
           meeting_point_zh, meeting_point_en, hosts, items, people, sequence, changed_in, changed_at)
       SELECT gen_random_uuid(), r.id, w.id, w.code, w.kind, w.state, w.title_zh, w.title_en, w.summary_zh,
           w.summary_en, w.room, w.starts_at, w.ends_at, w.booking, w.categories, w.languages, w.interpretation,
           w.sdgs, w.subjects, w.meeting_point_zh, w.meeting_point_en, w.hosts, w.items, w.people, w.version - 1, 1,
           w.changed_at
       FROM agenda_release r JOIN agenda_working_session w ON w.edition = r.edition
       WHERE w.state IN ('confirmed', 'called_off')""",
    """INSERT INTO agenda_released_speaker (id, release, speaker, code, native_name, latin_name, post_zh, post_en,
           body_zh, body_en, biography_zh, biography_en, country, portrait, sort_key, search_keys)
       SELECT gen_random_uuid(), r.id, p.id, p.code, p.native_name, p.latin_name, p.post_zh, p.post_en, p.body_zh,
           p.body_en, p.biography_zh, p.biography_en, p.country, p.portrait, p.sort_key, p.search_keys
       FROM agenda_release r JOIN agenda_speaker p ON p.edition = r.edition""",
)


async def _forwards() -> None:
    for name, (new, _old) in CHECKS.items():
        await execute(f"ALTER TABLE agenda_session DROP CONSTRAINT {name}, ADD CONSTRAINT {name} CHECK ({new})")
    for name, definition in INDEXES.items():
        unique = "UNIQUE " if definition.startswith("UNIQUE ") else ""
        await execute(f"CREATE {unique}INDEX {name} ON {definition.removeprefix('UNIQUE ')}")
    await execute(HOSTS)
    for statement in (WORKING, PUBLISHED, SPEAKERS, *FIRST_RELEASES):
        await execute(statement)


async def _backwards() -> None:
    for name in ("agenda_published_speaker", "agenda_published_session", "agenda_working_session"):
        await execute(f"DROP VIEW {name}")
    for name in INDEXES:
        await execute(f"DROP INDEX {name}")
    for name, (_new, old) in CHECKS.items():
        await execute(f"ALTER TABLE agenda_session DROP CONSTRAINT {name}, ADD CONSTRAINT {name} CHECK ({old})")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="wcd", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager
