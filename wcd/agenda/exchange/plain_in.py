"""From plain values (of JSON, or carried in frab's formats) to the agenda: types first, wrong ones are findings."""

from collections.abc import Mapping
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from wcd.agenda.exchange.files import (
    AgendaFile,
    EditionFacts,
    HostEntry,
    RoomEntry,
    SessionEntry,
    SpeakerEntry,
    Spot,
    SubjectEntry,
    VenueEntry,
)
from wcd.agenda.exchange.findings import FileRefused, Finding, Findings
from wcd.core.i18n import lazy_gettext as _

MOST_ENTRIES = 5000
SHAPES: dict[str, Any] = {
    "venues": VenueEntry,
    "rooms": RoomEntry,
    "subjects": SubjectEntry,
    "hosts": HostEntry,
    "speakers": SpeakerEntry,
    "sessions": SessionEntry,
}
WRONG_KIND = _("This is not the kind of value that belongs here.")
NO_LIST = _("Here should be a list of objects.")
TOO_MANY = _("There are more than 5,000 of these.")


def agenda_from(plain: Mapping[str, Any], findings: Findings) -> AgendaFile:
    """The agenda of an object that holds lists of entries."""
    agenda = AgendaFile(edition=edition_from(plain.get("edition")))
    for name, shape in SHAPES.items():
        given = plain.get(name, [])
        if not isinstance(given, list):
            findings.add(Spot(name), "", NO_LIST)
            continue
        if len(given) > MOST_ENTRIES:
            raise FileRefused([Finding(name, MOST_ENTRIES, "", TOO_MANY)])
        entries = [
            entry_from(shape, one, Spot(name, number), findings) for number, one in enumerate(given, 1)
        ]
        setattr(agenda, name, [entry for entry in entries if entry is not None])
    return agenda


def entry_from(shape: Any, plain: Any, spot: Spot, findings: Findings) -> Any:
    """One entry, speaking of the fields that are there."""
    if not isinstance(plain, Mapping):
        findings.add(spot, "", WRONG_KIND)
        return None
    types = get_type_hints(shape)
    values: dict[str, Any] = {}
    for name in shape.names():
        if name not in plain:
            continue
        try:
            values[name] = msgspec.convert(plain[name], types[name])
        except msgspec.ValidationError:
            findings.add(spot, name, WRONG_KIND)
    said = frozenset(values) - {"id"}
    key = values.get("code") or str(values.get("id") or "")
    return shape(**values, key=key, said=said, spot=spot)


def edition_from(plain: Any) -> EditionFacts:
    """What the file says of its edition; nothing depends on it, so what is odd is passed over."""
    try:
        facts = msgspec.convert(plain, EditionFacts)
        ZoneInfo(facts.zone)
    except (ValueError, KeyError, OSError):
        return EditionFacts()
    return facts
