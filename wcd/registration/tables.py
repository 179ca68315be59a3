"""Tables of the guests: categories, delegations, guests, codes, consents, wishes, bookings."""

from piccolo.columns import Integer, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.agenda.tables import Body, Release, Session, Speaker
from wcd.core.columns import (
    belongs_to,
    count,
    flag,
    ids,
    key,
    long_text,
    may_refer_to,
    maybe_moment,
    moment,
    optional,
    part_of,
    required,
)
from wcd.editions.tables import Edition


class Category(Table, tablename="registration_category"):
    """What a guest comes as. ``is_public``: may be chosen on the public form."""

    id = key()
    edition = belongs_to(Edition)
    code = required(12)
    name_zh = required(40)
    name_en = required(40)
    help_zh = optional(200)
    help_en = optional(200)
    mark = required(2)
    is_public = flag()
    position = count()
    registration_category_code_key = Unique([edition, code])


class Delegation(Table, tablename="registration_delegation"):
    """Guests who come together, with a head."""

    id = key()
    edition = belongs_to(Edition)
    name_zh = required(200)
    name_en = required(200)
    country = optional(2)
    registration_delegation_name_key = Unique([edition, name_zh])


class Guest(Table, tablename="registration_guest"):
    """Anybody who registers or is invited. Mail addresses may be shared. ``link_version`` revokes personal links.

    ``diet`` and ``access`` are code words with commas between them (``inputs.DIETS``, ``inputs.ACCESS``).
    """

    id = key()
    edition = belongs_to(Edition)
    number = Integer(null=True, default=None)
    category = belongs_to(Category)
    state = required(12)
    native_name = optional(200)
    latin_name = optional(200)
    email = optional(254)
    telephone = optional(40)
    organisation_zh = optional(200)
    organisation_en = optional(200)
    post = optional(200)
    country = optional(2)
    language = required(2)
    diet = optional(60)
    diet_note = optional(300)
    access = optional(60)
    access_needs = optional(500)
    delegation = may_refer_to(Delegation)
    is_head = flag()
    step = count(1)
    question = long_text()
    answer = long_text()
    sort_key = optional(400)
    search_keys = long_text()
    version = count(1)
    link_version = count(1)
    begun_at = moment()
    submitted_at = maybe_moment()
    confirmed_at = maybe_moment()
    decided_at = maybe_moment()
    changed_at = moment()
    once_key = Varchar(length=64, null=True, default=None)
    registration_guest_once_key = Unique([once_key])
    registration_guest_state_check = Check(
        "state IN ('draft', 'unconfirmed', 'submitted', 'returned', 'approved', 'declined', 'cancelled', 'erased')"
    )
    registration_guest_language_check = Check("language IN ('zh', 'en')")


class Counter(Table, tablename="registration_counter"):
    """The last registration number given in an edition. Its row is held until the number is stored: no gaps."""

    id = key()
    edition = belongs_to(Edition)
    last = count()
    registration_counter_edition_key = Unique([edition])


class Code(Table, tablename="registration_code"):
    """What a badge's QR says. Made at approval, may be revoked and replaced; never reused."""

    id = key()
    guest = belongs_to(Guest)
    edition = belongs_to(Edition)
    code = required(26)
    short_code = required(8)
    made_at = moment()
    revoked_at = maybe_moment()
    registration_code_code_key = Unique([code])
    registration_code_short_code_key = Unique([edition, short_code])


class Consent(Table, tablename="registration_consent"):
    """A guest's consent to one purpose, with the version of the notice that was shown."""

    id = key()
    guest = belongs_to(Guest)
    purpose = required(20)
    notice_version = count()
    given_at = moment()
    withdrawn_at = maybe_moment()
    registration_consent_purpose_key = Unique([guest, purpose, notice_version])


class Wish(Table, tablename="registration_wish"):
    """A session that a guest asked for while registering; becomes a booking at approval."""

    id = key()
    guest = part_of(Guest)
    session = belongs_to(Session)
    position = count()
    registration_wish_session_key = Unique([guest, session])


class Booking(Table, tablename="registration_booking"):
    """A guest's claim on a seat. One row per guest and session; its state moves."""

    id = key()
    guest = belongs_to(Guest)
    session = belongs_to(Session)
    state = required(12)
    asked_at = moment()
    changed_at = moment()
    registration_booking_guest_session_key = Unique([guest, session])
    registration_booking_state_check = Check("state IN ('confirmed', 'waiting', 'cancelled')")


class Notice(Table, tablename="registration_notice"):
    """Somebody who was told what a release changed for them: a guest, a speaker or a body; once for each release."""

    id = key()
    release = belongs_to(Release)
    guest = may_refer_to(Guest)
    speaker = may_refer_to(Speaker)
    body = may_refer_to(Body)
    sessions = ids()
    made_at = moment()
    registration_notice_guest_key = Unique([release, guest])
    registration_notice_speaker_key = Unique([release, speaker])
    registration_notice_body_key = Unique([release, body])
    registration_notice_one_check = Check("num_nonnulls(guest, speaker, body) = 1")


class Clash(Table, tablename="registration_clash"):
    """Two sessions of a guest that a release made overlap; the guest is asked, and may keep both."""

    id = key()
    guest = belongs_to(Guest)
    release = belongs_to(Release)
    one = belongs_to(Session)
    other = belongs_to(Session)
    state = required(8)
    asked_at = moment()
    answered_at = maybe_moment()
    registration_clash_key = Unique([guest, release, one, other])
    registration_clash_state_check = Check("state IN ('asked', 'kept', 'settled')")
