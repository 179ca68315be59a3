"""The audit: what was done, by whom, to what. Names of fields, never personal values."""

from piccolo.columns import UUID
from piccolo.table import Table

from wcd.core.columns import key, moment, optional, required, values


class AuditEntry(Table, tablename="actors_audit_entry"):
    """One thing that was done. Never changed, never deleted."""

    id = key()
    at = moment()
    edition = UUID(null=True, default=None, index=True)
    actor_kind = required(10)
    actor_id = UUID(null=True, default=None)
    actor_name = optional(60)
    action = required(60)
    subject = UUID(null=True, default=None, index=True)
    details = values()
