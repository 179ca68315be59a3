"""What accounts tell people by mail."""

from uuid import UUID

from wcd.accounts import links, rules
from wcd.mail import outbox

_KINDS = {rules.INVITATION: "staff_invitation", rules.RESET: "password_reset"}


async def send_link(purpose: str, staff_id: UUID, *, mail: str, name: str, locale: str, **more: str) -> UUID:
    """Make a link and mail it. The mail's row holds the link's id; its token is made while the mail is rendered."""
    link_id = await links.make(purpose, staff_id)
    await outbox.queue(
        _KINDS[purpose],
        address=mail,
        name=name,
        locale=locale,
        context={"link_id": str(link_id), "name": name, **more},
        about=staff_id,
    )
    return link_id
