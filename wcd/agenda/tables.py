"""Tables of the agenda: sessions with items and people, speakers, exhibitions."""

from piccolo.columns import Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import (
    belongs_to,
    count,
    key,
    listed,
    long_text,
    may_refer_to,
    moment,
    numbers,
    optional,
    part_of,
    required,
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


class Session(Table, tablename="agenda_session"):
    """Something that happens at a time: a ceremony, a forum, a tour, a meal. ``seats`` NULL means without limit."""

    id = key()
    edition = belongs_to(Edition)
    code = required(60)
    kind = required(12)
    state = required(12)
    title_zh = optional(300)
    title_en = optional(300)
    summary_zh = long_text()
    summary_en = long_text()
    room = may_refer_to(Room)
    starts_at = moment()
    ends_at = moment()
    seats = Integer(null=True, default=None)
    booking = required(12)
    languages = words(2)
    interpretation = words(2)
    sdgs = numbers()
    subjects = words(40)
    hosts = listed()
    meeting_point_zh = optional(200)
    meeting_point_en = optional(200)
    version = count(1)
    changed_at = moment()
    agenda_session_code_key = Unique([edition, code])
    agenda_session_kind_check = Check(
        "kind IN ('ceremony', 'plenary', 'forum', 'side_event', 'tour', 'break', 'meal')"
    )
    agenda_session_state_check = Check("state IN ('planned', 'confirmed', 'called_off')")
    agenda_session_booking_check = Check("booking IN ('open', 'booking', 'invitation')")
    agenda_session_times_check = Check("ends_at > starts_at")
    agenda_session_seats_check = Check("seats IS NULL OR seats >= 0")


class Item(Table, tablename="agenda_item"):
    """A part of a session: a speech, a panel, an award. Times follow from the lengths."""

    id = key()
    session = part_of(Session)
    position = count()
    kind = required(12)
    title_zh = optional(300)
    title_en = optional(300)
    minutes = count()
    agenda_item_minutes_check = Check("minutes >= 0")


class Speaker(Table, tablename="agenda_speaker"):
    """A person on the programme, with both names. ``sort_key`` orders by pinyin; ``search_keys`` is what search reads."""

    id = key()
    edition = belongs_to(Edition)
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
    sort_key = optional(400)
    search_keys = long_text()
    agenda_speaker_code_key = Unique([edition, code])


class Appearance(Table, tablename="agenda_appearance"):
    """A speaker's part in a session, or in one item of it."""

    id = key()
    session = part_of(Session)
    item = may_refer_to(Item)
    speaker = belongs_to(Speaker)
    role = required(12)
    position = count()
    agenda_appearance_role_check = Check("role IN ('speaker', 'moderator', 'discussant', 'address')")


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
