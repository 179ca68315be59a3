"""Tables of the printing: batches, and who may be printed by Latin name only."""

from piccolo.columns import UUID
from piccolo.constraints import Unique
from piccolo.table import Table

from wcd.core.columns import belongs_to, count, key, listed, moment, optional, required
from wcd.editions.tables import Edition
from wcd.registration.tables import Guest


class Batch(Table, tablename="badges_batch"):
    """One print run: drawn by a job, kept as a file. ``left_out`` lists the guests whose names cannot be printed."""

    id = key()
    edition = belongs_to(Edition)
    job = UUID(null=False, default=None)
    wanted = required(40)
    drawn = count()
    left_out = listed()
    file = optional(200)
    made_at = moment()
    made_by = UUID(null=True, default=None)


class LatinOnly(Table, tablename="badges_latin_only"):
    """A person's decision that this guest's badge shows the Latin name alone."""

    id = key()
    guest = belongs_to(Guest)
    decided_at = moment()
    badges_latin_only_guest_key = Unique([guest])
