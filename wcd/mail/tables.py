"""The outbox: one row per mail and recipient, with everything that happened to it."""

from piccolo.columns import UUID, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import (
    count,
    flag,
    key,
    long_text,
    may_refer_to,
    maybe_moment,
    moment,
    optional,
    required,
    values,
)
from wcd.editions.tables import Edition


class Mail(Table, tablename="mail_mail"):
    """One mail to one address. Rendered when it is sent, in the recipient's language."""

    id = key()
    edition = may_refer_to(Edition)
    kind = required(40)
    address = required(254)
    name = optional(200)
    locale = required(2)
    context = values()
    about = UUID(null=True, default=None, index=True)
    attachment = optional(20)
    attachment_id = UUID(null=True, default=None)
    once_key = Varchar(length=160, null=True, default=None)
    state = required(10)
    attempts = count()
    perhaps_twice = flag()
    queued_at = moment()
    due_at = moment()
    sent_at = maybe_moment()
    changed_at = moment()
    answer = long_text()
    mail_mail_once_key = Unique([once_key])
    mail_mail_state_check = Check(
        "state IN ('held', 'queued', 'sending', 'sent', 'deferred', 'failed', 'bounced')"
    )
