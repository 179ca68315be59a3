"""Factories: the smallest valid thing; a test states what matters to it. No random data."""

import itertools
import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from wcd.accounts.tables import RoleGrant, SignIn, Staff
from wcd.agenda.releases import _freeze
from wcd.agenda.tables import Release, ReleasedSession, ReleasedSpeaker, Session, Speaker
from wcd.core.clock import now
from wcd.core.ids import new_code, new_short_code, new_token, token_hash
from wcd.core.names import search_keys, sort_key
from wcd.editions.tables import Edition, Page
from wcd.mail.tables import Mail
from wcd.registration.tables import Booking, Category, Code, Delegation, Guest
from wcd.venues.tables import Room, Venue

_number = itertools.count(1)


async def edition(code: str = "wcd-test", **values: Any) -> UUID:
    """An edition of four days in Shanghai, current, open for registration."""
    row = Edition(
        **{
            "code": code,
            "name_zh": "2023年世界城市日（测试）",
            "name_en": "World Cities Day 2023 (test)",
            "short_name_zh": "世界城市日 2023",
            "short_name_en": "World Cities Day 2023",
            "theme_zh": "汇聚资源，共建可持续的城市未来",
            "theme_en": "Financing Sustainable Urban Future for All",
            "first_day": date(2023, 10, 28),
            "last_day": date(2023, 10, 31),
            "zone": "Asia/Shanghai",
            "place_zh": "上海",
            "place_en": "Shanghai",
            "is_current": True,
            "created_at": now(),
            **values,
        }
    )
    await Edition.insert(row)
    return row.id


async def page(edition: UUID, slug: str = "privacy", **values: Any) -> UUID:
    """A text of the edition."""
    row = Page(
        **{
            "edition": edition,
            "slug": slug,
            "title_zh": "个人信息保护说明",
            "title_en": "Personal data notice",
            "body_zh": "我们如何使用您的信息。",
            "body_en": "How we use your data.",
            "published_at": now(),
            **values,
        }
    )
    await Page.insert(row)
    return row.id


async def category(edition: UUID, code: str = "delegate", **values: Any) -> UUID:
    """A category that anybody may choose."""
    found = await Category.select(Category.id).where((Category.edition == edition) & (Category.code == code))
    if found:
        return UUID(str(found[0]["id"]))
    defaults = {"name_zh": "参会代表", "name_en": "Delegate", "mark": code[0].upper(), "is_public": True}
    row = Category(**{"edition": edition, "code": code, **defaults, **values})
    await Category.insert(row)
    return row.id


async def room(edition: UUID, code: str = "jianghai", capacity: int = 400, **values: Any) -> UUID:
    """A room in a venue of its own."""
    venue = Venue(edition=edition, code=f"v-{code}", name_zh="滨江会议中心", name_en="Riverside Centre")
    await Venue.insert(venue)
    names = {"name_zh": "江海厅", "name_en": "Jianghai Hall"}
    row = Room(**{"venue": venue.id, "code": code, "capacity": capacity, **names, **values})
    await Room.insert(row)
    return row.id


async def session(
    edition: UUID, starts: str = "2023-10-29T09:00+08:00", minutes: int = 90, **values: Any
) -> UUID:
    """A confirmed forum that takes bookings, without a limit of seats."""
    begins = datetime.fromisoformat(starts)
    row = Session(
        **{
            "edition": edition,
            "code": f"session-{next(_number)}",
            "kind": "forum",
            "state": "confirmed",
            "title_zh": "15分钟社区生活圈",
            "title_en": "The 15-minute community life circle",
            "starts_at": begins,
            "ends_at": begins + timedelta(minutes=minutes),
            "booking": "booking",
            "languages": ["zh", "en"],
            "changed_at": now(),
            **values,
        }
    )
    await Session.insert(row)
    if row.state in {"confirmed", "called_off"}:
        await release(edition)
    return row.id


async def release(edition: UUID) -> UUID:
    """Let guests see the working copy as it is now, as release 1, without telling anybody."""
    found = await Release.select(Release.id).where((Release.edition == edition) & Release.is_current.eq(True))
    if found:
        release_id = UUID(str(found[0]["id"]))
        await ReleasedSession.delete().where(ReleasedSession.release == release_id)
        await ReleasedSpeaker.delete().where(ReleasedSpeaker.release == release_id)
    else:
        row = Release(
            edition=edition,
            number=1,
            state="published",
            working=1,
            proposed_at=now(),
            published_at=now(),
            is_current=True,
        )
        await Release.insert(row)
        release_id = row.id
    await _freeze(release_id, edition)
    await ReleasedSession.update({ReleasedSession.changed_in: 1}).where(ReleasedSession.release == release_id)
    return release_id


async def speaker(edition: UUID, **values: Any) -> UUID:
    """A speaker with both names."""
    names = {"native_name": "陈望舒", "latin_name": "Chen Wangshu"}
    keys = {"sort_key": "chen wangshu", "search_keys": "chenwangshu"}
    row = Speaker(**{"edition": edition, "code": f"speaker-{next(_number)}", **names, **keys, **values})
    await Speaker.insert(row)
    return row.id


async def guest(edition: UUID, *, state: str = "approved", **values: Any) -> UUID:
    """A delegate; an approved one has a code."""
    names = {"native_name": "欧阳靖霖", "latin_name": "Ouyang Jinglin", **values}
    native, latin = str(names["native_name"]), str(names["latin_name"])
    row = Guest(
        **{
            "edition": edition,
            "number": next(_number),
            "category": values.get("category") or await category(edition),
            "state": state,
            "email": f"guest{next(_number)}@guests.example",
            "telephone": "+86 138 0000 0000",
            "organisation_zh": "滨江城市研究院（示例）",
            "organisation_en": "Riverside Institute for Urban Studies (sample)",
            "post": "高级研究员",
            "country": "CN",
            "language": "zh",
            "sort_key": sort_key(native, latin),
            "search_keys": search_keys(native, latin),
            "begun_at": now(),
            "changed_at": now(),
            "submitted_at": now(),
            **names,
        }
    )
    await Guest.insert(row)
    if state == "approved":
        await code(edition, row.id)
    return row.id


async def code(edition: UUID, guest: UUID, **values: Any) -> str:
    """A live code of a guest's badge; returns what its QR says."""
    row = Code(
        **{
            "guest": guest,
            "edition": edition,
            "code": new_code(),
            "short_code": new_short_code(),
            "made_at": now(),
            **values,
        }
    )
    await Code.insert(row)
    return str(row.code)


async def delegation(edition: UUID, **values: Any) -> UUID:
    """A delegation without members."""
    row = Delegation(
        **{"edition": edition, "name_zh": "内罗毕市代表团", "name_en": "Delegation of Nairobi", **values}
    )
    await Delegation.insert(row)
    return row.id


async def booking(guest: UUID, session: UUID, state: str = "confirmed", **values: Any) -> UUID:
    """A claim on a seat, whatever the rules say."""
    row = Booking(
        **{
            "guest": guest,
            "session": session,
            "state": state,
            "asked_at": now(),
            "changed_at": now(),
            **values,
        }
    )
    await Booking.insert(row)
    return row.id


async def mail(edition: UUID, guest: UUID, kind: str = "received", **values: Any) -> UUID:
    """A mail to a guest that was sent."""
    context = {"guest_id": str(guest), "link_version": 1, "name": "欧阳靖霖"}
    row = Mail(
        **{
            "edition": edition,
            "kind": kind,
            "address": "guest@guests.example",
            "name": "欧阳靖霖",
            "locale": "zh",
            "context": json.dumps(context),
            "about": guest,
            "state": "sent",
            "queued_at": now(),
            "due_at": now(),
            "changed_at": now(),
            **values,
        }
    )
    await Mail.insert(row)
    return row.id


async def staff(role: str, *, edition: UUID | None = None, **values: Any) -> UUID:
    """A member of the staff with one role, in one edition or in all."""
    n = next(_number)
    defaults = {
        "mail": f"{role}{n}@staff.example",
        "name": f"{role.title()} {n}",
        "locale": "en",
        "created_at": now(),
    }
    row = Staff(**{**defaults, **values})
    await Staff.insert(row)
    await RoleGrant.insert(RoleGrant(staff=row.id, role=role, edition=edition, granted_at=now()))
    return row.id


async def signed_in(role: str, *, edition: UUID | None = None) -> str:
    """The cookie of somebody with that role."""
    token = new_token()
    row = SignIn(
        token_hash=token_hash(token),
        staff=await staff(role, edition=edition),
        edition=edition,
        created_at=now(),
        expires_at=now() + timedelta(hours=12),
    )
    await SignIn.insert(row)
    return token
