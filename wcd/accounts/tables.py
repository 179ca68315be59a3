"""Tables of the staff: people, their roles, sign-ins and one-time links."""

from piccolo.constraints import Check, Unique
from piccolo.table import Table

from wcd.core.columns import flag, key, may_refer_to, maybe_moment, moment, optional, part_of, required
from wcd.editions.tables import Edition


class Staff(Table, tablename="accounts_staff"):
    """A person who organises. Without a password until the invitation has been followed."""

    id = key()
    mail = required(254)
    name = optional(120)
    password_hash = optional(200)
    locale = required(2)
    is_active = flag(default=True)
    created_at = moment()
    accounts_staff_mail_key = Unique([mail])


class RoleGrant(Table, tablename="accounts_role_grant"):
    """A role for one edition, or for all where the edition is empty."""

    id = key()
    staff = part_of(Staff)
    role = required(20)
    edition = may_refer_to(Edition)
    granted_at = moment()
    accounts_role_grant_key = Unique([staff, role, edition], nulls_distinct=False)
    accounts_role_grant_role_check = Check(
        "role IN ('owner', 'organiser', 'approver', 'door_supervisor', 'door', 'reader')"
    )


class SignIn(Table, tablename="accounts_sign_in"):
    """A staff member's sign-in on one browser; the cookie holds the token whose hash this is."""

    id = key()
    token_hash = required(64)
    staff = part_of(Staff)
    edition = may_refer_to(Edition)
    created_at = moment()
    expires_at = moment()
    accounts_sign_in_token_key = Unique([token_hash])


class StaffLink(Table, tablename="accounts_staff_link"):
    """A one-time link: invitation, password reset, or the first owner's (which has no staff yet)."""

    id = key()
    token_hash = required(64)
    staff = may_refer_to(Staff)
    purpose = required(10)
    created_at = moment()
    expires_at = moment()
    used_at = maybe_moment()
    accounts_staff_link_token_key = Unique([token_hash])
    accounts_staff_link_purpose_check = Check("purpose IN ('owner', 'invitation', 'reset')")
