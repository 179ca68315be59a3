"""Personal links in mails: made while a letter is rendered, so that no row of the outbox holds a secret."""

from uuid import UUID

from wcd.core.config import settings
from wcd.core.i18n import get_locale
from wcd.core.signing import sign


def personal_link(guest_id: UUID, link_version: int) -> str:
    """A guest's way to their own pages."""
    return f"{settings().base_url}/my/enter/{sign('my', guest_id, link_version)}"


def confirm_link(guest_id: UUID, link_version: int) -> str:
    """Where a guest confirms the address."""
    token = sign("confirm", guest_id, link_version)
    return f"{settings().base_url}/{get_locale()}/register/confirm/{token}"


def draft_link(guest_id: UUID, link_version: int) -> str:
    """Where a registration that was begun goes on."""
    token = sign("draft", guest_id, link_version)
    return f"{settings().base_url}/{get_locale()}/register/continue/{token}"


def staff_link(link_id: UUID) -> str:
    """A staff member's one-time link; ``accounts`` keeps its row."""
    return f"{settings().base_url}/organiser/link/{sign('staff', link_id)}"


def proposal_link(proposal_id: UUID, link_version: int) -> str:
    """A partner's way to the side event that they propose."""
    return f"{settings().base_url}/{get_locale()}/call/{sign('proposal', proposal_id, link_version)}"


def speaker_link(speaker_id: UUID, link_version: int) -> str:
    """Where a speaker supplies what they owe."""
    return f"{settings().base_url}/{get_locale()}/speaker/{sign('speaker', speaker_id, link_version)}"
