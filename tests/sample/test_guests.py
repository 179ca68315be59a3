"""The sample's guests: who they are, that they stay the same, and that nobody sits in two places."""

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import combinations

from wcd.paper.preflight import flaws
from wcd.sample import load
from wcd.sample.guests import SampleGuest, sample_delegations, sample_guests
from wcd.sample.people import read_demand

SCRIPTS = {
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "THAI", "DEVANAGARI", "KATAKANA", "HIRAGANA", "HANGUL", "CJK",
    "TIBETAN", "KHMER",
}  # fmt: skip
DIGEST = """
from hashlib import sha256
import msgspec
from wcd.sample.guests import sample_delegations, sample_guests
print(sha256(msgspec.json.encode([sample_guests(), sample_delegations()])).hexdigest())
"""


def test_there_are_1500_and_100_of_them_from_abroad() -> None:
    guests = sample_guests()
    abroad = [guest for guest in guests if guest.country != "CN"]
    assert (len(guests), len({guest.key for guest in guests})) == (1500, 1500)
    assert (len(abroad), len({guest.country for guest in abroad})) == (100, 40)
    assert {"HK", "MO", "TW"} <= {guest.country for guest in abroad}


def test_categories_and_states() -> None:
    assert Counter(guest.category for guest in sample_guests()) == {
        "delegate": 1015, "volunteer": 120, "speaker": 85, "exhibitor": 84, "press": 60, "staff": 60,
        "escort": 40, "vip": 36,
    }  # fmt: skip
    assert Counter(guest.state for guest in sample_guests()) == {
        "approved": 1458, "submitted": 18, "unconfirmed": 9, "declined": 6, "cancelled": 5, "returned": 4
    }  # fmt: skip
    assert all(bool(guest.question) == (guest.state == "returned") for guest in sample_guests())


def test_the_same_guests_come_out_of_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_three_approved_guests_cannot_be_printed() -> None:
    hard = [guest for guest in sample_guests() if flaws(guest.native_name)]
    assert sorted(guest.latin_name for guest in hard) == ["Chan Sreymom", "Lin Xin", "Tashi Lhamo"]
    assert {guest.state for guest in hard} == {"approved"}
    others = [guest.latin_name + guest.organisation_zh + guest.organisation_en for guest in sample_guests()]
    assert [text for text in others if flaws(text)] == []


def test_names_stand_in_their_own_scripts() -> None:
    known = {
        unicodedata.name(character, "CJK").split()[0].split("-")[0]
        for guest in sample_guests()
        for character in guest.native_name
        if character.isalpha()
    }
    assert SCRIPTS - {"KATAKANA", "HIRAGANA"} <= known
    assert known <= SCRIPTS | {"MODIFIER"}
    for guest in sample_guests():
        scripts = {
            unicodedata.name(character).split()[0] for character in guest.latin_name if character.isalpha()
        }
        assert scripts <= {"LATIN", "MODIFIER"}, guest.latin_name
        assert unicodedata.is_normalized("NFC", guest.native_name + guest.latin_name), guest.native_name


def test_rare_characters_and_doubles_are_among_them() -> None:
    names = Counter(guest.native_name for guest in sample_guests())
    assert {"张𬱖", "李㛃", "刘䶮", "周𫍯", "郑𬀩", "宋𬭚"} <= set(names)
    assert names["陈予安"] == 3
    assert sum(count > 1 for count in names.values()) >= 30


def test_addresses_and_numbers_belong_to_nobody() -> None:
    guests = sample_guests()
    assert [guest.email for guest in guests if not guest.email.endswith(".example")] == []
    assert [guest.email for guest in guests if not guest.email.isascii() or len(guest.email) > 254] == []
    mails = Counter(guest.email for guest in guests)
    assert sum(count > 1 for count in mails.values()) >= 20
    assert all(mail.startswith(("stand@", "secretary@")) for mail, count in mails.items() if count > 1)
    assert all(
        guest.telephone.startswith("+86 128 ")
        for guest in guests
        if guest.country == "CN" and guest.telephone
    )


def test_every_guest_says_who_they_are_in_both_languages() -> None:
    for guest in sample_guests():
        assert guest.native_name, guest.key
        assert guest.latin_name, guest.key
        assert guest.organisation_zh.endswith("（示例）"), guest.key
        assert guest.organisation_en.endswith(" (sample)"), guest.key
        assert guest.post_zh, guest.key
        assert guest.post_en, guest.key


def test_every_speaker_is_a_guest() -> None:
    speakers = [guest.speaker for guest in sample_guests() if guest.speaker]
    assert sorted(speakers) == sorted(speaker.code for speaker in load().speakers)


def test_delegations_have_one_head_and_three_to_twenty_people() -> None:
    by_key = {guest.key: guest for guest in sample_guests()}
    assert len(sample_delegations()) == 40
    for delegation in sample_delegations():
        people = [by_key[key] for key in delegation.members]
        assert 3 <= len(people) <= 20, delegation.code
        assert [guest.key for guest in people if guest.is_head] == [delegation.head], delegation.code
        assert by_key[delegation.head].state == "approved", delegation.code
        assert [guest.category for guest in people].count("escort") == 1, delegation.code
        assert by_key[delegation.head].country == delegation.country, delegation.code
    in_groups = {key for delegation in sample_delegations() for key in delegation.members}
    assert in_groups == {guest.key for guest in sample_guests() if guest.delegation}


def test_nobody_sits_in_two_places() -> None:
    sessions = {session.code: session for session in load().sessions}
    on_stage = {
        speaker.code: [s for s in sessions.values() if speaker.code in {one.speaker for one in s.people}]
        for speaker in load().speakers
    }
    clashes = [
        (guest.key, a.code, b.code)
        for guest in sample_guests()
        for a, b in combinations(
            [sessions[code] for code in guest.bookings] + on_stage.get(guest.speaker or "", []), 2
        )
        if a.starts < b.ends and b.starts < a.ends
    ]
    assert clashes == []


def seats_asked() -> Counter[str]:
    return Counter(code for guest in sample_guests() if guest.state == "approved" for code in guest.bookings)


def test_each_session_is_asked_for_as_often_as_planned() -> None:
    bookable = {session.code for session in load().sessions if session.booking != "open"}
    assert set(read_demand()) == bookable
    assert seats_asked() == read_demand()


def test_some_sessions_are_full_with_people_waiting() -> None:
    asked = seats_asked()
    waiting = {
        s.code: asked[s.code] - s.seats for s in load().sessions if s.seats and asked[s.code] > s.seats
    }
    assert waiting == {
        "green-finance": 17, "small-city-finance": 7, "shanghai-index": 16, "ai-city-services": 24,
        "flower-bridge": 9, "tour-yangpu-waterfront": 6, "tour-kic-garden": 13, "tour-panlong": 8,
        "tour-modu-wukang": 18,
    }  # fmt: skip


def test_only_those_who_may_come_ask_for_seats() -> None:
    def may_ask(guest: SampleGuest) -> bool:
        serves = guest.category in {"escort", "staff", "volunteer"}
        return not serves and guest.state not in {"declined", "cancelled"}

    assert [guest.key for guest in sample_guests() if guest.bookings and not may_ask(guest)] == []
    invited = {session.code for session in load().sessions if session.booking == "invitation"}
    for guest in sample_guests():
        if guest.state != "approved":
            assert not invited & set(guest.bookings), guest.key
