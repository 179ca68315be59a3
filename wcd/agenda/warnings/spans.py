"""When a session, and a person in it, is where: spans of time."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from wcd.agenda.facts import SessionFacts
from wcd.agenda.rules import CALLED_OFF
from wcd.agenda.warnings.views import Span


def takes_place(session: SessionFacts) -> bool:
    """Whether a session may still be held. One that is called off stands in nobody's way and owes nothing."""
    return session.state != CALLED_OFF


def span_of(session: SessionFacts) -> Span | None:
    """From when to when it is held; None while it has no time."""
    if session.starts_at is None or session.ends_at is None:
        return None
    return session.starts_at, session.ends_at


def presences(session: SessionFacts) -> dict[UUID, Span]:
    """From when to when each person is needed there.

    Somebody who has a part in single items only is needed from the first of them to the end of the last, as their
    lengths say; everybody else, and whoever's items have no length yet, the whole time.
    """
    whole = span_of(session)
    if whole is None or not session.people:
        return {}
    items = _items(session, whole)
    needed: dict[UUID, Span] = {}
    for part in session.people:
        span = items.get(part.item, whole) if part.item else whole
        known = needed.get(part.speaker)
        needed[part.speaker] = (min(known[0], span[0]), max(known[1], span[1])) if known else span
    return needed


def _items(session: SessionFacts, whole: Span) -> dict[UUID, Span]:
    spans, at = {}, whole[0]
    for item in session.items:
        ends = at + timedelta(minutes=item.minutes)
        spans[item.id] = (at, ends) if item.minutes else whole
        at = ends
    return spans


def lies_within(span: Span, allowed: Sequence[Span]) -> bool:
    """Whether a span is allowed from its start to its end; allowed times that touch are one."""
    reached = span[0]
    for starts, ends in sorted(allowed):
        if starts > reached:
            break
        reached = max(reached, ends)
    return reached >= span[1]
