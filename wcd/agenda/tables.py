"""Tables of the agenda: the working copy (sessions with items and people, speakers, hosts), the releases, the call.

Organisers edit the working copy. Guests see the release in force: rows that were frozen under its number. Two views
(see `migrations`) give both the same columns, ``agenda_working_session`` and ``agenda_published_session``; so do
``agenda_speaker`` and ``agenda_published_speaker``. Seats are no matter of releases: they are the session's own.
"""

from piccolo.columns import Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import (
    belongs_to,
    count,
    flag,
    key,
    listed,
    long_text,
    may_refer_to,
    maybe,
    maybe_moment,
    moment,
    numbers,
    optional,
    part_of,
    required,
    values,
    words,
)
from wcd.editions.tables import Edition
from wcd.venues.tables import Room


class Subject(Table, tablename="agenda_subject"):
    """What sessions are about; a filter of the programme."""

    id = key()
    edition = belongs_to(Edition)
    code = required(40)
    name_zh = required(80)
    name_en = required(80)
    position = count()
    agenda_subject_code_key = Unique([edition, code])


class Settings(Table, tablename="agenda_settings"):
    """How an edition works on its agenda. ``working`` rises with every change of the working copy, and is its lock."""

    id = key()
    edition = belongs_to(Edition)
    working = count(1)
    needs_second = flag(True)
    blocks = words(24)
    agenda_settings_edition_key = Unique([edition])


class Body(Table, tablename="agenda_body"):
    """An organisation that hosts sessions, and whom to write to there."""

    id = key()
    edition = belongs_to(Edition)
    code = required(80)
    name_zh = optional(200)
    name_en = optional(200)
    contact_name = optional(120)
    email = optional(254)
    language = optional(2)
    url = optional(300)
    agenda_body_code_key = Unique([edition, code])
    agenda_body_name_check = Check("name_zh <> '' OR name_en <> ''")


class SessionText:
    """What a release freezes of a session: the columns that the working copy and the frozen rows share."""

    code = required(60)
    kind = required(12)
    state = required(12)
    title_zh = optional(300)
    title_en = optional(300)
    summary_zh = long_text()
    summary_en = long_text()
    room = may_refer_to(Room)
    booking = required(12)
    categories = words(16)
    languages = words(2)
    interpretation = words(2)
    sdgs = numbers()
    subjects = words(40)
    meeting_point_zh = optional(200)
    meeting_point_en = optional(200)


class Session(SessionText, Table, tablename="agenda_session"):
    """Something that happens: a ceremony, a forum, a tour, a meal. ``seats`` NULL means without limit.

    Without a time it waits in the list beside the timetable; ``minutes`` is how long it would be then.
    ``zh_changed_at`` and ``en_changed_at`` say when its texts last changed in each language, ``touched`` in which
    working number anything did.
    """

    id = key()
    edition = belongs_to(Edition)
    starts_at = maybe_moment()
    ends_at = maybe_moment()
    minutes = count(90)
    seats = Integer(null=True, default=None)
    layout = optional(20)
    notes = long_text()
    zh_changed_at = maybe_moment()
    en_changed_at = maybe_moment()
    version = count(1)
    touched = count(1)
    changed_at = moment()
    changed_by = maybe()
    agenda_session_code_key = Unique([edition, SessionText.code])
    agenda_session_kind_check = Check(
        "kind IN ('ceremony', 'plenary', 'forum', 'side_event', 'tour', 'break', 'meal')"
    )
    agenda_session_state_check = Check("state IN ('idea', 'planned', 'confirmed', 'called_off')")
    agenda_session_booking_check = Check("booking IN ('open', 'booking', 'invitation', 'category')")
    agenda_session_times_check = Check(
        "(starts_at IS NULL AND ends_at IS NULL AND state IN ('idea', 'planned'))"
        " OR (starts_at IS NOT NULL AND ends_at IS NOT NULL AND ends_at > starts_at)"
    )
    agenda_session_minutes_check = Check("minutes > 0")
    agenda_session_seats_check = Check("seats IS NULL OR seats >= 0")


class Hosting(Table, tablename="agenda_hosting"):
    """A body that hosts a session."""

    id = key()
    session = part_of(Session)
    body = belongs_to(Body)
    position = count()
    agenda_hosting_key = Unique([session, body])


class Item(Table, tablename="agenda_item"):
    """A part of a session: a speech, a panel, an award. Times follow from the lengths."""

    id = key()
    session = part_of(Session)
    position = count()
    kind = required(12)
    title_zh = optional(300)
    title_en = optional(300)
    minutes = count()
    notes = long_text()
    agenda_item_minutes_check = Check("minutes >= 0")


class SpeakerText:
    """What a release freezes of a speaker: the columns that the working copy and the frozen rows share."""

    code = required(80)
    native_name = optional(200)
    latin_name = optional(200)
    post_zh = optional(200)
    post_en = optional(200)
    body_zh = optional(200)
    body_en = optional(200)
    biography_zh = long_text()
    biography_en = long_text()
    country = optional(2)
    portrait = optional(120)
    sort_key = optional(400)
    search_keys = long_text()


class Speaker(SpeakerText, Table, tablename="agenda_speaker"):
    """A person on the programme, with both names. ``sort_key`` orders by pinyin; ``search_keys`` is what search reads.

    Biography and portrait are published once they have consented. ``link_version`` revokes personal links.
    """

    id = key()
    edition = belongs_to(Edition)
    email = optional(254)
    telephone = optional(40)
    language = optional(2)
    consented_at = maybe_moment()
    link_version = count(1)
    version = count(1)
    changed_at = maybe_moment()
    agenda_speaker_code_key = Unique([edition, SpeakerText.code])


class Availability(Table, tablename="agenda_availability"):
    """A time during which a speaker can be there. Who has none of these can always."""

    id = key()
    speaker = part_of(Speaker)
    starts_at = moment()
    ends_at = moment()
    agenda_availability_times_check = Check("ends_at > starts_at")


class Appearance(Table, tablename="agenda_appearance"):
    """A speaker's part in a session, or in one item of it."""

    id = key()
    session = part_of(Session)
    item = may_refer_to(Item)
    speaker = belongs_to(Speaker)
    role = required(12)
    position = count()
    agenda_appearance_role_check = Check("role IN ('speaker', 'moderator', 'discussant', 'address')")


class Slides(Table, tablename="agenda_slides"):
    """A file that a speaker shows in a session; guests see it where it is public and the session has ended."""

    id = key()
    session = part_of(Session)
    speaker = belongs_to(Speaker)
    file = required(140)
    name = required(140)
    bytes = count()
    is_public = flag()
    kept_at = moment()


class Exhibition(Table, tablename="agenda_exhibition"):
    """An exhibition with stands, open over several days."""

    id = key()
    edition = belongs_to(Edition)
    code = required(40)
    title_zh = required(200)
    title_en = required(200)
    summary_zh = long_text()
    summary_en = long_text()
    room = may_refer_to(Room)
    starts_at = moment()
    ends_at = moment()
    position = count()
    agenda_exhibition_code_key = Unique([edition, code])


class Stand(Table, tablename="agenda_stand"):
    """One body's place in an exhibition."""

    id = key()
    exhibition = part_of(Exhibition)
    number = required(10)
    title_zh = required(200)
    title_en = required(200)
    body_zh = optional(200)
    body_en = optional(200)
    summary_zh = long_text()
    summary_en = long_text()
    agenda_stand_number_key = Unique([exhibition, number])


class Release(Table, tablename="agenda_release"):
    """The agenda under a number. It is frozen when proposed; one at a time is in force, one at a time is on its way.

    ``working`` is the working number at which it was frozen. ``told`` counts, at publication: sessions changed,
    guests, speakers, bodies.
    """

    id = key()
    edition = belongs_to(Edition)
    number = count()
    note = long_text()
    state = required(12)
    working = count()
    proposed_by = maybe()
    proposed_by_name = optional(120)
    proposed_at = moment()
    decided_by = maybe()
    decided_by_name = optional(120)
    decided_at = maybe_moment()
    reason = long_text()
    publish_at = maybe_moment()
    published_at = maybe_moment()
    published_by_name = optional(120)
    is_current = flag()
    told = values()
    agenda_release_number_key = Unique([edition, number])
    agenda_release_state_check = Check(
        "state IN ('proposed', 'approved', 'published', 'declined', 'withdrawn')"
    )
    agenda_release_current_check = Check("NOT is_current OR state = 'published'")


class ReleasedSession(SessionText, Table, tablename="agenda_released_session"):
    """A session as a release has it, never changed afterwards. ``sequence`` counts the releases that moved it."""

    id = key()
    release = part_of(Release)
    session = belongs_to(Session)
    starts_at = moment()
    ends_at = moment()
    hosts = listed()
    items = listed()
    people = listed()
    sequence = count()
    changed_in = count()
    changed_at = moment()
    agenda_released_session_key = Unique([release, session])
    agenda_released_session_code_key = Unique([release, SessionText.code])
    agenda_released_session_state_check = Check("state IN ('confirmed', 'called_off')")
    agenda_released_session_times_check = Check("ends_at > starts_at")


class ReleasedSpeaker(SpeakerText, Table, tablename="agenda_released_speaker"):
    """A speaker as a release has them, never changed afterwards."""

    id = key()
    release = part_of(Release)
    speaker = belongs_to(Speaker)
    agenda_released_speaker_key = Unique([release, speaker])


class Call(Table, tablename="agenda_call"):
    """The call for side events of an edition: until when, and what it says."""

    id = key()
    edition = belongs_to(Edition)
    is_open = flag()
    closes_at = maybe_moment()
    text_zh = long_text()
    text_en = long_text()
    version = count(1)
    agenda_call_edition_key = Unique([edition])


class Proposal(Table, tablename="agenda_proposal"):
    """A side event that a partner body would like to hold. ``link_version`` revokes personal links."""

    id = key()
    edition = belongs_to(Edition)
    number = count()
    state = required(12)
    title_zh = optional(300)
    title_en = optional(300)
    summary_zh = long_text()
    summary_en = long_text()
    body_zh = optional(200)
    body_en = optional(200)
    contact_name = required(120)
    email = required(254)
    telephone = optional(40)
    language = required(2)
    wish_days = words(10)
    wish_time = optional(12)
    wish_room = may_refer_to(Room)
    size = count()
    minutes = count(90)
    layout = optional(20)
    needs = long_text()
    languages = words(2)
    interpretation = words(2)
    subjects = words(40)
    sdgs = numbers()
    reason = long_text()
    session = may_refer_to(Session)
    link_version = count(1)
    version = count(1)
    submitted_at = moment()
    changed_at = moment()
    agenda_proposal_number_key = Unique([edition, number])
    agenda_proposal_state_check = Check(
        "state IN ('submitted', 'asked', 'accepted', 'declined', 'withdrawn')"
    )


class ProposalMessage(Table, tablename="agenda_proposal_message"):
    """A question to a partner, or the answer."""

    id = key()
    proposal = part_of(Proposal)
    from_partner = flag()
    text = long_text()
    by_name = optional(120)
    at = moment()


class Score(Table, tablename="agenda_score"):
    """What one organiser thinks of a proposal: 0 to 5 points, and why."""

    id = key()
    proposal = part_of(Proposal)
    staff = maybe()
    staff_name = optional(120)
    points = count()
    note = long_text()
    at = moment()
    agenda_score_key = Unique([proposal, staff])
    agenda_score_points_check = Check("points BETWEEN 0 AND 5")
