"""Sessions in words: kinds, states and what each does, ways in, items, roles, layouts, changes against the release."""

from wcd.agenda import differences, rules
from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _
from wcd.web.organiser.history import FIELDS

KIND_WORDS: dict[str, LazyText] = {
    rules.CEREMONY: _("Ceremony"),
    rules.PLENARY: _("Plenary"),
    rules.FORUM: _("Sub-forum"),
    rules.SIDE_EVENT: _("Side event"),
    rules.TOUR: _("Tour"),
    rules.BREAK: _("Break"),
    rules.MEAL: _("Meal"),
}
BOOKING_WORDS: tuple[tuple[str, LazyText, LazyText], ...] = (
    (rules.OPEN, _("Without booking"), _("Everybody with a badge may come, while there is room.")),
    (rules.BY_BOOKING, _("Guests book a seat"), _("Guests take a seat themselves; when none is left they wait in line.")),
    (rules.BY_INVITATION, _("By invitation"), _("Only guests for whom organisers book a seat.")),
    (rules.BY_CATEGORY, _("For certain categories"), _("Guests of the categories chosen below; others are refused.")),
)  # fmt: skip
STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    rules.IDEA: ("", _("Idea")),
    rules.PLANNED: ("half", _("Planned")),
    rules.CONFIRMED: ("good", _("Confirmed")),
    rules.CALLED_OFF: ("off", _("Called off")),
}
STATE_SAYS: dict[str, LazyText] = {
    rules.IDEA: _("Only organisers see it. It may lack a time, a room, people and one language."),
    rules.PLANNED: _("Only organisers see it. It stands in the timetable and is checked for clashes."),
    rules.CONFIRMED: _("It is part of the next release: from then on guests see it and may book."),
    rules.CALLED_OFF: _(
        "With the next release guests see that it does not take place; everybody with a seat or in line is told."
    ),
}
MOVE_WORDS: dict[str, LazyText] = {
    rules.IDEA: _("Make it an idea again"),
    rules.PLANNED: _("Plan it"),
    rules.CONFIRMED: _("Confirm it"),
    rules.CALLED_OFF: _("Call it off…"),
}
BACK_TO_PLANNED = _("Take it back to planned")
TAKES_PLACE = _("It takes place after all")
ITEM_KIND_WORDS: dict[str, LazyText] = {
    rules.SPEECH: _("Speech"),
    rules.ADDRESS_ITEM: _("Address"),
    rules.PANEL: _("Panel"),
    rules.DISCUSSION: _("Discussion"),
    rules.AWARD: _("Award"),
    rules.LAUNCH: _("Launch"),
    rules.VIDEO: _("Video"),
    rules.BREAK: _("Break"),
}
ROLE_WORDS: dict[str, LazyText] = {
    rules.SPEAKER: _("Speaker"),
    rules.MODERATOR: _("Moderator"),
    rules.DISCUSSANT: _("Discussant"),
    rules.ADDRESS: _("Giving an address"),
}
LAYOUT_WORDS: dict[str, LazyText] = {
    "theatre": _("Theatre"),
    "classroom": _("Classroom"),
    "boardroom": _("Boardroom"),
    "banquet": _("Banquet"),
    "cabaret": _("Cabaret"),
    "u_shape": _("U-shape"),
    "standing": _("Standing"),
}
CHANGE_WORDS: dict[str, tuple[str, LazyText]] = {
    differences.NEW: ("good", _("New")),
    differences.MOVED: ("care", _("Moved")),
    differences.CHANGED: ("half", _("Changed")),
    differences.IS_CALLED_OFF: ("bad", _("Called off")),
    differences.REMOVED: ("bad", _("Taken off")),
}
"""What the next release does to a session, against the one that guests see."""
LANGUAGE_WORDS: tuple[tuple[str, LazyText], ...] = (("zh", _("Chinese")), ("en", _("English")))
FIELD_WORDS: dict[str, LazyText] = {
    **FIELDS,
    "kind": _("kind"),
    "minutes": _("length"),
    "next_day": _("end on the next day"),
    "layout": _("layout"),
    "categories": _("categories"),
    "notes": _("internal notes"),
    "seats": _("seats"),
    "role": _("role"),
    "speaker": _("person"),
    "body": _("body"),
}
COMPARED_WORDS: dict[str, LazyText] = {
    "starts_at": _("start"),
    "ends_at": _("end"),
    "room": _("room"),
    "meeting_point": _("meeting point"),
    "title": _("title"),
    "summary": _("description"),
    "kind": _("kind"),
    "booking": _("way in"),
    "categories": _("categories"),
    "languages": _("languages"),
    "interpretation": _("interpretation"),
    "hosts": _("hosts"),
    "people": _("people"),
    "items": _("items"),
    "sdgs": _("goals"),
    "subjects": _("subjects"),
    "code": _("address of the page"),
}
SAVED = _("Saved. Guests see it with the next release.")
FITS = _("Noted: this language says what the other one says.")
NOT_THERE = _("Please choose from the list; what was chosen is no longer there.")
ITEM_ADDED = _("The item is added. Say who appears in it.")
ITEM_REMOVED = _("The item is removed. Guests see it with the next release.")
NOW_IN: dict[str, LazyText] = {
    rules.IDEA: _("It is an idea again."),
    rules.PLANNED: _("It is planned. Guests do not see it yet."),
    rules.CONFIRMED: _("It is confirmed. Guests see it with the next release."),
    rules.CALLED_OFF: _("It is called off. Guests are told, and bookings end, with the next release."),
}
REMOVED = _("The session is removed.")
COPIED = _("This is the copy. It has no time yet.")
PLANNED = _("The session is planned. Guests see it once it is confirmed and released.")
AN_IDEA = _("The idea is kept. It waits for its time beside the timetable.")
