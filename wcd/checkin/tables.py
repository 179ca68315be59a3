"""Tables of the door: gates, devices, scans and conflicts. Scans are facts: only the server's verdict may be corrected."""

from piccolo.columns import UUID, Array, Date, Integer, Time, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.agenda.tables import Session
from wcd.core.columns import (
    belongs_to,
    count,
    flag,
    key,
    may_refer_to,
    maybe_moment,
    moment,
    optional,
    part_of,
    required,
    values,
    words,
)
from wcd.editions.tables import Edition
from wcd.registration.tables import Code, Guest


class Gate(Table, tablename="checkin_gate"):
    """Where badges are scanned: an entrance on days and between hours, or the door of sessions.

    Empty ``days``: every day of the forum; empty ``categories``: all. ``minutes_before``: how early a session's
    door opens.
    """

    id = key()
    edition = belongs_to(Edition)
    code = required(20)
    name_zh = required(80)
    name_en = required(80)
    kind = required(10)
    days = Array(base_column=Date(), null=False, default=list)
    opens = Time(null=True, default=None)
    closes = Time(null=True, default=None)
    minutes_before = count(60)
    categories = words(12)
    re_entry = flag()
    is_open = flag(True)
    changed_at = moment()
    checkin_gate_code_key = Unique([edition, code])
    checkin_gate_kind_check = Check("kind IN ('entrance', 'session')")


class GateSession(Table, tablename="checkin_gate_session"):
    """A session that a gate leads to."""

    id = key()
    gate = part_of(Gate)
    session = belongs_to(Session)
    checkin_gate_session_key = Unique([gate, session])


class Device(Table, tablename="checkin_device"):
    """A phone paired to a gate. ``offset_ms``: server time minus device time at the last contact."""

    id = key()
    gate = belongs_to(Gate)
    name = optional(80)
    token_hash = required(64)
    offset_ms = Integer(null=False, default=0)
    paired_at = moment()
    seen_at = moment()
    revoked_at = maybe_moment()
    checkin_device_token_key = Unique([token_hash])


class PairingLink(Table, tablename="checkin_pairing_link"):
    """A one-time link that a supervisor shows as a QR."""

    id = key()
    gate = belongs_to(Gate)
    token_hash = required(64)
    made_by = UUID(null=True, default=None)
    made_at = moment()
    expires_at = moment()
    used_at = maybe_moment()
    checkin_pairing_link_token_key = Unique([token_hash])


class Scan(Table, tablename="checkin_scan"):
    """A fact: this code was shown at this gate at this time. The id comes from the device.

    ``scanned_at`` is the device's time, ``happened_at`` the same corrected by its offset. ``verdict`` is the
    server's, judged again when an earlier scan arrives late; ``told`` is what the person at the gate was shown
    (the device's own verdict, or ours if it came in time; else empty). ``kind`` is scan, let_in or undo; the
    last two are ``about`` another scan.
    """

    id = UUID(primary_key=True, default=None)
    kind = required(10)
    about = UUID(null=True, default=None, index=True)
    device = belongs_to(Device)
    gate = belongs_to(Gate)
    guest = may_refer_to(Guest)
    code = may_refer_to(Code)
    read = Varchar(length=64, null=False, default="")
    entered_by = required(10)
    scanned_at = moment()
    happened_at = moment()
    received_at = moment()
    device_verdict = optional(20)
    told = optional(20)
    verdict = required(20)
    body_hash = required(64)
    checkin_scan_kind_check = Check("kind IN ('scan', 'let_in', 'undo')")


class RefusedScan(Table, tablename="checkin_refused_scan"):
    """A body that could not be taken as a fact, kept for a person to look at."""

    id = key()
    device = belongs_to(Device)
    scan_id = optional(64)
    reason = required(40)
    body = values()
    body_hash = required(64)
    received_at = moment()
    checkin_refused_scan_body_key = Unique([device, body_hash])


class ScanConflict(Table, tablename="checkin_scan_conflict"):
    """Two facts that contradict each other, or a device's verdict that the server does not share."""

    id = key()
    gate = belongs_to(Gate)
    scan = belongs_to(Scan)
    other_scan = may_refer_to(Scan)
    kind = required(20)
    made_at = moment()
    closed_at = maybe_moment()
    closed_by = UUID(null=True, default=None)
    word = optional(300)
    checkin_scan_conflict_scan_kind_key = Unique([scan, kind])
