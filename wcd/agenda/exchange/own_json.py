"""Our own JSON: the whole agenda in both languages, nothing left out."""

import msgspec

from wcd.agenda.exchange.files import AgendaFile

MARK = "wcd-agenda"
VERSION = 1
LISTS = ("venues", "rooms", "subjects", "hosts", "speakers", "sessions")


def agenda_json(agenda: AgendaFile) -> bytes:
    """The agenda as one JSON object; lists in the order of the programme."""
    whole = {
        "format": MARK,
        "version": VERSION,
        "release": agenda.release,
        "edition": agenda.edition,
        **{name: [entry.plain() for entry in getattr(agenda, name)] for name in LISTS},
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1)
