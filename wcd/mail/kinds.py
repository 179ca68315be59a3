"""Every kind of mail: which values its words need, what may be attached, and a sample to render it from."""

from collections.abc import Mapping
from typing import Any

import msgspec

GUEST = frozenset({"guest_id", "link_version", "name"})
"""Values of every letter to a guest. The personal link is made of the first two while the letter is rendered."""

_GUEST: dict[str, Any] = {
    "guest_id": "01928d5c-0000-7000-8000-000000000001",
    "link_version": 1,
    "name": "陈望舒",
}
_SESSION: dict[str, Any] = {
    "title_zh": "15分钟社区生活圈",
    "title_en": "The 15-minute community life circle",
    "starts_at": "2023-10-28T06:00:00Z",
    "ends_at": "2023-10-28T09:00:00Z",
    "place_zh": "苏河厅，2层",
    "place_en": "Suhe Room, 2nd floor",
}
_CHANGES = [
    {
        **_SESSION,
        "what": "moved",
        "was_starts_at": "2023-10-28T01:00:00Z",
        "was_ends_at": "2023-10-28T03:00:00Z",
        "was_place_zh": "江海厅，1层",
        "was_place_en": "Jianghai Hall, 1st floor",
        "also": ["interpretation"],
    },
    {**_SESSION, "title_zh": "社区花园", "title_en": "Community gardens", "what": "called_off", "also": []},
]
_SEAT = {**_GUEST, "session": _SESSION}

_PROPOSAL: dict[str, Any] = {
    "proposal_id": "01928d5c-0000-7000-8000-000000000002",
    "link_version": 1,
    "name": "苏望舒",
    "number": 12,
    "title_zh": "社区花园的共建共治",
    "title_en": "Community gardens, built and kept together",
}


class Kind(msgspec.Struct, frozen=True):
    """One kind: the words of its letter are in ``templates/mail/<code>.html``."""

    code: str
    needs: frozenset[str]
    sample: Mapping[str, Any]
    may: frozenset[str] = frozenset()
    """Values that may be left out."""
    attachment: str = ""

    def refuse_wrong(self, context: Mapping[str, Any]) -> None:
        """A letter that could not be rendered later must not be written down now."""
        missing, unknown = self.needs - set(context), set(context) - self.needs - self.may
        if missing or unknown:
            raise ValueError(f"{self.code}: missing {sorted(missing)}, unknown {sorted(unknown)}")


def _guest(code: str, *needs: str, may: tuple[str, ...] = (), attachment: str = "", **sample: Any) -> Kind:
    return Kind(code, GUEST | set(needs), {**_GUEST, **sample}, frozenset(may), attachment)


def _seat(code: str, *, may: tuple[str, ...] = (), **sample: Any) -> Kind:
    return Kind(code, GUEST | {"session"}, {**_SEAT, **sample}, frozenset(may))


def _proposal(code: str, *needs: str, may: tuple[str, ...] = (), **sample: Any) -> Kind:
    return Kind(code, frozenset(_PROPOSAL) | set(needs), {**_PROPOSAL, **sample}, frozenset(may))


ALL = (
    # Registering. ``wishes``: what became of the sessions asked for: a session's values and ``state``
    # (confirmed, waiting, or left_out where it overlaps another or is closed).
    _guest("address_to_confirm"),
    _guest("draft_link"),
    _guest("received", may=("number",), number=1042),
    _guest(
        "approved",
        may=("number", "wishes"),
        attachment="badge_pdf",
        number=1042,
        wishes=[
            {**_SESSION, "state": "confirmed"},
            {
                **_SESSION,
                "state": "waiting",
                "title_zh": "苏州河步行考察",
                "title_en": "A walk along Suzhou Creek",
            },
        ],
    ),
    _guest("declined", may=("note",), note="本届名额已满。\n谨此致歉。"),
    _guest("returned", "question", question="请补充您所在单位的英文全称。"),
    # ``guests``: one for each registration on this address, each with GUEST's values and ``state``.
    Kind(
        "link_again",
        frozenset({"guests"}),
        {
            "guests": [
                {**_GUEST, "state": "approved"},
                {**_GUEST, "name": "Amina Wanjiru Odhiambo", "state": "submitted"},
            ]
        },
    ),
    # Seats. ``session``: title_zh, title_en, starts_at, ends_at (ISO 8601), place_zh, place_en.
    _seat("seat_confirmed"),
    _seat("seat_waiting", may=("place_in_line",), place_in_line=3),
    _seat("seat_moved_up"),
    # A release. ``changes``: what, title_zh, title_en, starts_at, ends_at, place_zh, place_en, also (code words), and
    # was_starts_at, was_ends_at, was_place_zh, was_place_en, was_title_zh, was_title_en where they changed.
    # ``clashes``: pairs of sessions that overlap from now on.
    _guest(
        "programme_changed_guest",
        "changes",
        may=("clashes",),
        attachment="calendar",
        changes=_CHANGES,
        clashes=[[_SESSION, {**_SESSION, "title_zh": "海绵城市", "title_en": "The sponge city"}]],
    ),
    Kind(
        "programme_changed_speaker",
        frozenset({"name", "changes"}),
        {"name": "陈望舒", "changes": _CHANGES},
        attachment="calendar",
    ),
    Kind(
        "programme_changed_body",
        frozenset({"name", "changes"}),
        {"name": "林一舟", "changes": _CHANGES},
        attachment="calendar",
    ),
    # Reminders.
    _guest("reminder_forum", "starts_at", starts_at="2023-10-28T01:00:00Z"),
    _seat("reminder_session"),
    # Side events that partners propose; the link is made of ``proposal_id`` and ``link_version``.
    _proposal("proposal_received"),
    _proposal("proposal_question", "question", question="贵单位能否自带同声传译？"),
    _proposal("proposal_accepted", may=("note",), note="建议安排在10月29日下午。"),
    _proposal("proposal_declined", "note", note="本届边会场地已满。\n谨此致歉。"),
    _proposal("proposal_withdrawn"),
    # Speakers. ``owes``: code words of what is missing (agenda.rules.OWED); ``sessions``: titles of those for which
    # slides are. The link is made of ``speaker_id`` and ``link_version``.
    Kind(
        "speaker_asked",
        frozenset({"speaker_id", "link_version", "name", "owes", "sessions"}),
        {
            "speaker_id": _GUEST["guest_id"],
            "link_version": 1,
            "name": "陈望舒",
            "owes": ["biography_zh", "biography_en", "portrait", "consent", "slides"],
            "sessions": [{name: _SESSION[name] for name in ("title_zh", "title_en")}],
        },
    ),
    # Staff. The link is sealed while rendering; ``link_id`` is the row that says whether it still holds.
    Kind(
        "staff_invitation",
        frozenset({"link_id", "name"}),
        {"link_id": _GUEST["guest_id"], "name": "林一舟", "invited_by": "Rui Costa"},
        frozenset({"invited_by"}),
    ),
    Kind("password_reset", frozenset({"link_id", "name"}), {"link_id": _GUEST["guest_id"], "name": "林一舟"}),
)
KINDS = {kind.code: kind for kind in ALL}
