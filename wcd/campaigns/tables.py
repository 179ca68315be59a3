"""Tables of the reminders: the rules, and which of them have been carried out."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.agenda.tables import Session
from wcd.core.columns import belongs_to, count, flag, key, may_refer_to, moment, required
from wcd.editions.tables import Edition


class ReminderRule(Table, tablename="campaigns_reminder_rule"):
    """When to remind: so many minutes before the forum, or before a booked session."""

    id = key()
    edition = belongs_to(Edition)
    before = required(10)
    minutes = count()
    is_active = flag(True)
    campaigns_reminder_rule_key = Unique([edition, before, minutes])
    campaigns_reminder_rule_before_check = Check("before IN ('forum', 'session')")


class ReminderRun(Table, tablename="campaigns_reminder_run"):
    """A rule carried out: its row and its mails come into being in one transaction, or not at all."""

    id = key()
    rule = belongs_to(ReminderRule)
    session = may_refer_to(Session)
    recipients = count()
    made_at = moment()
    campaigns_reminder_run_key = Unique([rule, session], nulls_distinct=False)
