"""What all pages of one session have: its file, its place against the release in force, its tabs and its warnings."""

from typing import Any
from uuid import UUID

from litestar import Response

from wcd.actors.actors import Actor
from wcd.agenda import states
from wcd.agenda.files import SessionFile, get_session_file
from wcd.agenda.lists import change_of
from wcd.editions.queries import EditionView
from wcd.registration import warned
from wcd.registration.queries import count_bookings
from wcd.web.organiser import session_words as words
from wcd.web.organiser.frame import show
from wcd.web.organiser.warning_words import worded
from wcd.web.pages import AnyRequest


async def find_file(edition: EditionView, session_id: UUID) -> SessionFile:
    """A session of the chosen edition; those of others are not found."""
    return await get_session_file(edition.id, session_id)


async def session_page(
    request: AnyRequest,
    template: str,
    *,
    actor: Actor,
    edition: EditionView,
    file: SessionFile,
    view: str,
    **values: Any,
) -> Response[Any]:
    """A page of one session under its head and tabs; ``view`` is the tab."""
    found = await warned.of_session(edition.id, file.id)
    return await show(
        request,
        f"organiser/sessions/{template}",
        actor=actor,
        edition=edition,
        current="agenda",
        file=file,
        view=view,
        count=await count_bookings(file.id),
        change=await change_of(edition.id, file.id),
        warnings=worded(found, edition.zone),
        may_edit=actor.may("agenda.edit"),
        next_states=states.NEXT[file.state],
        kinds=words.KIND_WORDS,
        states=words.STATE_WORDS,
        state_says=words.STATE_SAYS,
        move_words=words.MOVE_WORDS,
        back_to_planned=words.BACK_TO_PLANNED,
        takes_place=words.TAKES_PLACE,
        changes=words.CHANGE_WORDS,
        compared=words.COMPARED_WORDS,
        fields=words.FIELD_WORDS,
        item_kinds=words.ITEM_KIND_WORDS,
        role_words=words.ROLE_WORDS,
        layout_words=words.LAYOUT_WORDS,
        **values,
    )
