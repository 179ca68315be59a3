import email
import email.policy
from datetime import UTC, datetime
from uuid import UUID

import pytest

from wcd.mail.message import Attachment, build
from wcd.mail.rendering import Rendered
from wcd.mail.rules import BadAddress

LONG = "关于您的报名以及您所预约的全部分论坛、边会、主题考察和展览的通知" * 4


def made(**changed) -> bytes:
    letter = Rendered(changed.pop("subject", "Your seat"), "Text äöü 文\n" * 50, "<p>HTML 文</p>")
    values = {
        "mail_id": UUID(int=5),
        "sender": "Forum <forum@wcd.example>",
        "address": "ada@guests.example",
        "name": "Ada",
        "locale": "en",
        "reply_to": "questions@wcd.example",
        "at": datetime(2023, 10, 26, 1, 0, tzinfo=UTC),
    }
    return build(letter, changed.pop("attachment", None), **{**values, **changed})


def read(content: bytes) -> email.message.EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
    return message


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        'Ada "the first" O\\Neil',
        "Müller, Jörg",
        "Smith, John (UN)",
        "陈望舒",
        "欧阳" * 60,
        "مريم الهاشمي",
        "A" * 200,
    ],
)
def test_names_come_out_as_they_went_in(name: str) -> None:
    [to] = read(made(name=name))["To"].addresses
    assert (to.display_name.replace(" ", ""), to.addr_spec) == (name.replace(" ", ""), "ada@guests.example")


@pytest.mark.parametrize(
    "subject", ["Your seat", "Your seat: " + "plain words " * 20, LONG, "Mixed 文 " * 30]
)
def test_subjects_come_out_as_they_went_in(subject: str) -> None:
    assert read(made(subject=subject))["Subject"] == subject.strip()


def test_lines_are_short_and_end_as_they_must() -> None:
    content = made(
        subject=LONG, name="欧阳" * 60, attachment=Attachment("badge.pdf", bytes(range(256)) * 300)
    )
    assert content.replace(b"\r\n", b"").count(b"\n") == 0
    assert content.replace(b"\r\n", b"").count(b"\r") == 0
    assert max(len(line) for line in content.split(b"\r\n")) <= 128
    assert content.isascii()


def test_the_parts_are_whole() -> None:
    file = bytes(range(256)) * 300
    message = read(made(attachment=Attachment("badge.pdf", file)))
    assert message.get_content_type() == "multipart/mixed"
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert page
    assert text.get_content() == "Text äöü 文\n" * 50
    assert page.get_content() == "<p>HTML 文</p>"
    [attached] = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("badge.pdf", file)
    assert read(made()).get_content_type() == "multipart/alternative"


def test_the_head_says_who_writes_and_when() -> None:
    message = read(made())
    assert message["Date"].datetime == datetime(2023, 10, 26, 1, 0, tzinfo=UTC)
    assert message["From"] == "Forum <forum@wcd.example>"
    assert message["Reply-To"] == "questions@wcd.example"
    assert message["Message-ID"] == f"<{UUID(int=5)}@wcd.example>"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    "address", ["a..b@guests.example", ".a@guests.example", "a,b@guests.example", 'a"b@guests.example']
)
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        made(address=address)
