"""What the timetable's script says by itself; all else it is told by the server."""

from wcd.core.i18n import LazyText
from wcd.core.i18n import lazy_gettext as _

NO_ROOM = _("No room")

WORDS: dict[str, LazyText] = {
    "noRoom": NO_ROOM,
    "seats": _("{n} seats"),
    "people": _("{n} people"),
    "minutes": _("{n} min"),
    "clash": _("Conflict"),
    "clashesHere": _("Conflicts if placed here: {n}"),
    "fitsHere": _("No conflict here."),
    "mayDrop": _("You may drop it; it will be listed as open."),
    "nearest": _("Free at this time: {room}."),
    "takeOff": _("Drop to take it off the timetable."),
    "lacks": _("One language is missing"),
    "called_off": _("Called off"),
    "planned": _("Planned"),
    "idea": _("Idea"),
    "unscheduled": _("not scheduled"),
    "placed": _("{title}: {place}."),
    "movedBy": _("{who} changed “{title}”: {place}."),
    "dropped": _("Let go: nothing was moved."),
    "nothingToUndo": _("There is nothing to undo."),
    "nothingToRedo": _("There is nothing to redo."),
    "undoLost": _("“{title}” has been moved since, so this step cannot be taken back."),
    "offline": _("The server cannot be reached. What you see may be old; it is tried again."),
    "online": _("The server answers again."),
    "failed": _("This was not saved. Reload the page and try again."),
    "signIn": _("You are no longer signed in. Reload the page and sign in."),
    "noClashes": _("No conflicts on this day."),
    "allPlaced": _("Every session has its time and place."),
    "copy": _("Copy"),
    "off": _("Take off"),
    "place": _("Time and room…"),
    "noFreePlace": _("There is no free place left on this day. Choose the time yourself."),
}


def for_script() -> dict[str, str]:
    """The words in the reader's language."""
    return {name: str(word) for name, word in WORDS.items()}
