"""What a badge shows, as plain values: filled by the room above, drawn without asking the database."""

import msgspec

from wcd.paper.preflight import Flaw


class EditionFace(msgspec.Struct, frozen=True):
    """What is the same on every badge of an edition. `days` are the days of its month that the skyline lights.

    `programme_url`, where given, becomes the symbol on the back.
    """

    code: str
    name_zh: str
    name_en: str
    subtitle_en: str
    dates_en: str
    place_zh: str
    place_en: str
    days: tuple[int, ...]
    release_note_zh: str = ""
    release_note_en: str = ""
    desk_zh: str = ""
    desk_en: str = ""
    dates_zh: str = ""
    programme_url: str = ""


class ProgrammeLine(msgspec.Struct, frozen=True):
    """One session of the guest: its day ("10月28日 周六", "Sat 28 Oct"), its time ("09:00–10:15"), what and where."""

    day_label_zh: str
    day_label_en: str
    time: str
    title_zh: str
    title_en: str
    room_zh: str
    room_en: str


class BadgeFace(msgspec.Struct, frozen=True):
    """One guest's badge. `code` (26 characters) is all that the QR symbol says; `short_code` is read aloud."""

    guest_id: str
    native_name: str
    latin_name: str
    organisation_zh: str
    organisation_en: str
    category: str
    category_zh: str
    category_en: str
    code: str
    short_code: str
    seat_zh: str | None = None
    seat_en: str | None = None
    programme: tuple[ProgrammeLine, ...] = ()
    print_latin_only: bool = False


class Unprintable(msgspec.Struct, frozen=True):
    """A field of a guest that cannot be printed as it is written, with its characters and why."""

    guest_id: str
    field: str
    characters: tuple[Flaw, ...]
