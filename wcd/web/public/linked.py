"""Structured data (schema.org, as JSON-LD): what search engines and assistants read of a page."""

import json
from typing import Any

from markupsafe import Markup

from wcd.agenda.views import PersonView, SessionCard, SessionPage, SpeakerPage
from wcd.core.config import settings
from wcd.core.i18n import Bilingual, get_locale
from wcd.editions.queries import EditionView

CONTEXT = "https://schema.org"
OFFLINE = f"{CONTEXT}/OfflineEventAttendanceMode"


def script(thing: dict[str, Any]) -> Markup:
    """The data as a block of a page. A browser does not run it; no text in it can end the block."""
    text = json.dumps({"@context": CONTEXT, **thing}, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(safe))  # noqa: S704 - escaped above


def of_edition(edition: EditionView, base: str) -> dict[str, Any]:
    """The forum itself."""
    return _without_gaps(
        {
            "@type": "Event",
            "@id": f"{_site()}{base}/#event",
            "name": edition.name.local,
            "alternateName": edition.name.other,
            "description": edition.theme.local,
            "url": f"{_site()}{base}/",
            "startDate": edition.first_day.isoformat(),
            "endDate": edition.last_day.isoformat(),
            "eventStatus": f"{CONTEXT}/EventScheduled",
            "eventAttendanceMode": OFFLINE,
            "location": {
                "@type": "Place",
                "name": edition.place.local,
                "address": {"@type": "PostalAddress", "addressLocality": edition.place.local},
            },
            "organizer": [_organisation(host) for host in edition.hosts],
        }
    )


def of_session(edition: EditionView, page: SessionPage, base: str) -> dict[str, Any]:
    """A session: when, where, with whom, and whether it takes place."""
    card = page.card
    people = [
        *(part.person for part in page.people),
        *(part.person for one in page.items for part in one.people),
    ]
    return _without_gaps(
        {
            **_event(edition, card, base),
            "description": card.summary.local[:1000],
            "inLanguage": [*dict.fromkeys([*card.languages, *card.interpretation])],
            "organizer": [_organisation(host) for host in card.hosts],
            "performer": [_person(person, base) for person in {one.code: one for one in people}.values()],
            "maximumAttendeeCapacity": card.seats,
            "superEvent": {"@type": "Event", "@id": f"{_site()}{base}/#event", "name": edition.name.local},
        }
    )


def of_speaker(edition: EditionView, page: SpeakerPage, base: str) -> dict[str, Any]:
    """A person on the programme."""
    person = page.person
    return _without_gaps(
        {
            **_person(person, base),
            "jobTitle": person.post.local,
            "affiliation": _organisation(person.body) if person.body.local else None,
            "description": page.biography.local[:1000],
            "performerIn": [_event(edition, one.card, base) for one in page.sessions],
        }
    )


def _event(edition: EditionView, card: SessionCard, base: str) -> dict[str, Any]:
    place = card.place
    where = place.name.local if place else card.meeting_point.local
    return _without_gaps(
        {
            "@type": "Event",
            "name": card.title.local,
            "alternateName": card.title.other,
            "url": f"{_site()}{base}/sessions/{card.code}",
            "startDate": card.starts_at.isoformat(),
            "endDate": card.ends_at.isoformat(),
            "eventStatus": f"{CONTEXT}/{'EventCancelled' if card.is_called_off else 'EventScheduled'}",
            "eventAttendanceMode": OFFLINE,
            "location": {
                "@type": "Place",
                "name": where or edition.place.local,
                "address": place.venue.local if place else edition.place.local,
            },
        }
    )


def _person(person: PersonView, base: str) -> dict[str, Any]:
    return _without_gaps(
        {
            "@type": "Person",
            "name": person.first,
            "alternateName": person.second,
            "url": f"{_site()}{base}/speakers/{person.code}",
            "image": f"{_site()}/portraits/{person.portrait}" if person.portrait else None,
        }
    )


def _organisation(name: Bilingual) -> dict[str, Any]:
    return _without_gaps({"@type": "Organization", "name": name.local, "alternateName": name.other})


def _without_gaps(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, "", [])}


def _site() -> str:
    return settings().base_url


LOCALES_OF_PREVIEWS = {"zh": "zh_CN", "en": "en_GB"}


def preview_locale() -> str:
    """``zh_CN``: how previews name the language of a page."""
    return LOCALES_OF_PREVIEWS[get_locale()]
