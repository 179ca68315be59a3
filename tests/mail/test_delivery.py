"""Delivery to a real SMTP server and into the folder."""

import asyncio
import email
import email.policy
import socket
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest

from tests import make
from tests.mail.conftest import Post
from wcd.actors.actors import system
from wcd.core.clock import freeze, now
from wcd.core.db import execute, fetch
from wcd.core.errors import NotFound
from wcd.mail import outbox
from wcd.mail.carriers import CONNECTIONS, Folder, SmtpServer
from wcd.mail.delivery import deliver
from wcd.mail.kinds import KINDS
from wcd.mail.message import Attachment
from wcd.mail.rules import PAUSES

BY = system("test")
pytestmark = pytest.mark.usefixtures("db", "clock")


async def no_badge(_word: str, _subject: UUID) -> Attachment | None:
    raise NotFound


async def badge(_word: str, subject: UUID) -> Attachment | None:
    return Attachment("badge.pdf", b"%PDF-1.7 of " + str(subject).encode())


async def queue(address: str = "ada@guests.example", kind: str = "received", **changed) -> UUID:
    context = dict(KINDS[kind].sample)
    mail_id = await outbox.queue(
        kind, **{"address": address, "name": "陈望舒", "locale": "zh", "context": context, **changed}
    )
    assert mail_id
    return mail_id


async def row(mail_id: UUID) -> dict:
    columns = "state, answer, attempts, perhaps_twice, due_at, sent_at"
    return dict((await fetch(f"SELECT {columns} FROM mail_mail WHERE id = $1", mail_id))[0])


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert message.defects == []
    assert isinstance(message, EmailMessage)
    return message


async def test_a_mail_is_sent(post: Post, carrier: SmtpServer) -> None:
    mail_id = await queue()
    assert await deliver(mail_id, no_badge, carrier) is None
    assert await row(mail_id) == {
        "state": "sent", "answer": "250 taken as 1", "attempts": 1, "perhaps_twice": False, "due_at": now(), "sent_at": now(),
    }  # fmt: skip
    [envelope] = post.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("forum@localhost", ["ada@guests.example"])
    message = read(envelope.content)
    assert message["To"] == "陈望舒 <ada@guests.example>"
    assert message["From"] == "World Cities Day Forum <forum@localhost>"
    assert message["Message-ID"] == f"<{mail_id}@localhost>"
    assert message["Date"].datetime == now().replace(microsecond=0)
    assert message["Content-Language"] == "zh"
    text = message.get_body(("plain",))
    assert text
    assert text.get_content().startswith("尊敬的陈望舒：\r\n") or text.get_content().startswith(
        "尊敬的陈望舒：\n"
    )


async def test_twice_delivered_is_once_sent(post: Post, carrier: SmtpServer) -> None:
    mail_id = await queue()
    await deliver(mail_id, no_badge, carrier)
    assert await deliver(mail_id, no_badge, carrier) is None
    assert len(post.taken) == 1


async def test_the_badge_goes_with_it(post: Post, carrier: SmtpServer) -> None:
    mail_id = await queue(
        kind="approved", attachment=("badge_pdf", UUID(int=9)), locale="en", edition=await make.edition()
    )
    await deliver(mail_id, badge, carrier)
    message = read(post.taken[0].content)
    [attached] = message.iter_attachments()
    assert attached.get_filename() == "badge.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == f"%PDF-1.7 of {UUID(int=9)}".encode()
    assert "Your badge is attached to this mail." in message.get_body(("plain",)).get_content()


async def test_a_badge_that_cannot_be_drawn_does_not_keep_back_the_letter(
    post: Post, carrier: SmtpServer
) -> None:
    mail_id = await queue(
        kind="approved", attachment=("badge_pdf", UUID(int=9)), locale="en", edition=await make.edition()
    )
    await deliver(mail_id, no_badge, carrier)
    message = read(post.taken[0].content)
    assert list(message.iter_attachments()) == []
    assert "Your badge will be ready for you" in message.get_body(("plain",)).get_content()


async def test_a_drawer_that_breaks_is_seen_and_tried_again(post: Post, carrier: SmtpServer) -> None:
    async def broken(_word: str, _subject: UUID) -> Attachment | None:
        raise RuntimeError("secret of ada@guests.example")

    mail_id = await queue(
        kind="approved", attachment=("badge_pdf", UUID(int=9)), edition=await make.edition()
    )
    assert await deliver(mail_id, broken, carrier) == now() + PAUSES[0]
    assert (await row(mail_id))["answer"] == "Could not be made: RuntimeError"
    assert post.taken == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("421 4.3.2 closing", "deferred"),
        ("450 4.2.1 greylisted", "deferred"),
        ("451 4.7.1 later", "deferred"),
        ("452 4.2.2 full", "deferred"),
        ("550 5.1.1 no such user", "failed"),
        ("553 5.1.3 bad name", "failed"),
        ("554 5.7.1 spam", "failed"),
    ],
)
async def test_the_servers_answer_decides(post: Post, carrier: SmtpServer, answer: str, state: str) -> None:
    post.answers["no@guests.example"] = answer
    mail_id = await queue("no@guests.example")
    again = await deliver(mail_id, no_badge, carrier)
    assert again == (now() + PAUSES[0] if state == "deferred" else None)
    found = await row(mail_id)
    assert (found["state"], found["answer"], found["sent_at"]) == (state, answer, None)
    assert not found["perhaps_twice"]
    await deliver(await queue(), no_badge, carrier)
    assert len(post.taken) == 1


async def test_deferred_mails_come_again_with_growing_pauses_and_then_fail(
    post: Post, carrier: SmtpServer
) -> None:
    post.answers["no@guests.example"] = "450 later"
    mail_id = await queue("no@guests.example")
    at, waited = now(), []
    while True:
        with freeze(at):
            again = await deliver(mail_id, no_badge, carrier)
        if again is None:
            break
        waited.append(again - at)
        with freeze(again - timedelta(seconds=1)):
            assert await deliver(mail_id, no_badge, carrier) == again
        at = again
    assert tuple(waited) == PAUSES
    assert (await row(mail_id))["state"] == "failed"
    assert (await row(mail_id))["attempts"] == len(PAUSES) + 1


async def test_a_server_that_is_away_defers() -> None:
    carrier = SmtpServer("smtp://127.0.0.1:1")
    mail_id = await queue()
    assert await deliver(mail_id, no_badge, carrier) == now() + PAUSES[0]
    found = await row(mail_id)
    assert found["state"] == "deferred"
    assert not found["perhaps_twice"]


async def test_hanging_up_before_the_answer_means_perhaps_twice(post: Post, carrier: SmtpServer) -> None:
    post.hang_up_after_data = 1
    mail_id = await queue()
    again = await deliver(mail_id, no_badge, carrier)
    assert again is not None
    with freeze(again):
        await deliver(mail_id, no_badge, carrier)
    found = await row(mail_id)
    assert (found["state"], found["perhaps_twice"]) == ("sent", True)
    first, second = (read(envelope.content)["Message-ID"] for envelope in post.taken)
    assert first == second


async def test_a_row_found_on_its_way_is_sent_again_and_marked(post: Post, carrier: SmtpServer) -> None:
    mail_id = await queue()
    await execute("UPDATE mail_mail SET state = 'sending' WHERE id = $1", mail_id)
    await deliver(mail_id, no_badge, carrier)
    assert (await row(mail_id))["perhaps_twice"]
    assert len(post.taken) == 1


async def test_a_held_mail_stays(post: Post, carrier: SmtpServer) -> None:
    mail_id = await queue()
    await outbox.hold_mail(mail_id, by=BY)
    assert await deliver(mail_id, no_badge, carrier) is None
    assert post.taken == []


async def test_connections_are_kept_and_replaced(post: Post, carrier: SmtpServer) -> None:
    for _ in range(3):
        await deliver(await queue(), no_badge, carrier)
    assert post.conversations == 1
    carrier._free[0].smtp.get_transport_info("socket").shutdown(socket.SHUT_RDWR)
    await asyncio.sleep(0)
    await deliver(await queue(), no_badge, carrier)
    assert (post.conversations, len(post.taken)) == (2, 4)


async def test_no_more_than_a_few_at_once(post: Post, carrier: SmtpServer) -> None:
    inside, most = 0, 0

    async def one() -> None:
        nonlocal inside, most
        async with carrier.place():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(one() for _ in range(20)))
    assert most == CONNECTIONS


@pytest.mark.parametrize("address", ["no address", "a@b.example\nBcc: c@d.example", "a..b@guests.example>"])
async def test_what_is_no_address_fails(post: Post, carrier: SmtpServer, address: str) -> None:
    mail_id = await queue(address)
    assert await deliver(mail_id, no_badge, carrier) is None
    assert ((await row(mail_id))["state"], (await row(mail_id))["answer"]) == (
        "failed",
        "This is not a mail address.",
    )
    assert post.taken == []


async def test_a_name_cannot_add_a_header(post: Post, carrier: SmtpServer) -> None:
    await deliver(await queue(name="Ada\r\nBcc: c@d.example"), no_badge, carrier)
    message = read(post.taken[0].content)
    assert message["Bcc"] is None
    assert message["To"].addresses[0].display_name == "Ada Bcc: c@d.example"
    assert post.taken[0].rcpt_tos == ["ada@guests.example"]


async def test_other_letters_in_an_address(post: Post, carrier: SmtpServer) -> None:
    await deliver(await queue("wang@例子.example"), no_badge, carrier)
    await deliver(await queue("用户@例子.example"), no_badge, carrier)
    assert [envelope.rcpt_tos for envelope in post.taken] == [
        ["wang@xn--fsqu00a.example"],
        ["用户@xn--fsqu00a.example"],
    ]


async def test_other_letters_need_a_server_that_knows_them(post: Post, carrier: SmtpServer) -> None:
    post.utf8 = False
    mail_id = await queue("用户@例子.example")
    await deliver(mail_id, no_badge, carrier)
    assert (await row(mail_id))["state"] == "failed"
    assert "SMTPUTF8" in (await row(mail_id))["answer"]


async def test_tls_that_is_demanded_and_not_offered_defers(post: Post) -> None:
    carrier = SmtpServer(post.url.replace("off", "required"))
    mail_id = await queue()
    await deliver(mail_id, no_badge, carrier)
    assert ((await row(mail_id))["state"], post.taken) == ("deferred", [])


async def test_into_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "mail")
    mail_id = await queue()
    await deliver(mail_id, no_badge, folder)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name == f"{mail_id}.eml"
    assert read(file.read_bytes())["Message-ID"] == f"<{mail_id}@localhost>"
    assert ((await row(mail_id))["state"], (await row(mail_id))["answer"]) == ("sent", "DATA/mail")


async def test_a_folder_that_cannot_be_written_defers(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    mail_id = await queue()
    assert await deliver(mail_id, no_badge, Folder(tmp_path / "mail")) == now() + PAUSES[0]
    assert (await row(mail_id))["state"] == "deferred"
