"""The kinds of warnings, in the order in which lists name them."""

ROOM_TWICE = "room_twice"
ROOM_CLOSED = "room_closed"
ROOM_TOO_SMALL = "room_too_small"
PERSON_TWICE = "person_twice"
PERSON_ABSENT = "person_absent"
TRAVEL_TOO_SHORT = "travel_too_short"
OVERLAPS_CEREMONY = "overlaps_ceremony"
LANGUAGE_NOT_COVERED = "language_not_covered"
TEXT_MISSING = "text_missing"
NO_MODERATOR = "no_moderator"
ITEMS_TOO_LONG = "items_too_long"
BOOKINGS_OVERLAP = "bookings_overlap"

KINDS = (
    ROOM_TWICE,
    ROOM_CLOSED,
    ROOM_TOO_SMALL,
    PERSON_TWICE,
    PERSON_ABSENT,
    TRAVEL_TOO_SHORT,
    OVERLAPS_CEREMONY,
    LANGUAGE_NOT_COVERED,
    TEXT_MISSING,
    NO_MODERATOR,
    ITEMS_TOO_LONG,
    BOOKINGS_OVERLAP,
)
