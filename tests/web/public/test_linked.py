"""What search engines and previews read: structured data, addresses in both languages, the picture."""

import json
import re
import struct

from tests import make
from tests.browser_like import Visitor
from tests.web.public.cast import forum
from wcd.agenda.tables import Session

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


async def test_session_is_an_event(client: Visitor) -> None:
    edition = await forum()
    await Session.update({Session.title_en: "Ends </script><b>here & there"}).where(Session.code == "garden")
    await make.release(edition)
    page = (await client.get("/en/sessions/garden")).text
    [block] = BLOCK.findall(page)
    event = json.loads(block)
    assert event["@context"] == "https://schema.org"
    assert (event["@type"], event["name"]) == ("Event", "Ends </script><b>here & there")
    assert event["startDate"] == "2023-10-29T06:00:00+00:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"]["name"] == "East gate"
    assert event["url"] == "http://127.0.0.1:8000/en/sessions/garden"
    assert event["superEvent"]["name"] == "World Cities Day 2023 (test)"


async def test_called_off_session_says_so_to_machines(client: Visitor) -> None:
    edition = await forum()
    await Session.update({Session.state: "called_off"}).where(Session.code == "life-circle")
    await make.release(edition)
    [block] = BLOCK.findall((await client.get("/zh/sessions/life-circle")).text)
    event = json.loads(block)
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["performer"] == [
        {"@type": "Person", "name": "陈望舒", "alternateName": "Chen Wangshu",
         "url": "http://127.0.0.1:8000/zh/speakers/chen-wangshu"}
    ]  # fmt: skip


async def test_speaker_is_a_person_and_home_is_the_forum(client: Visitor) -> None:
    await forum()
    [person] = [
        json.loads(one) for one in BLOCK.findall((await client.get("/en/speakers/chen-wangshu")).text)
    ]
    assert (person["@type"], person["name"], person["jobTitle"]) == (
        "Person",
        "Chen Wangshu",
        "Research Fellow",
    )
    assert [one["name"] for one in person["performerIn"]] == ["The 15-minute community life circle"]
    [home] = [json.loads(one) for one in BLOCK.findall((await client.get("/en/")).text)]
    assert (home["startDate"], home["endDate"]) == ("2023-10-28", "2023-10-31")


async def test_pages_name_themselves_in_both_languages(client: Visitor) -> None:
    await forum()
    page = (await client.get("/zh/programme?day=2023-10-29&kind=tour&view=grid")).text
    site = "http://127.0.0.1:8000"
    assert f'<link rel="canonical" href="{site}/zh/programme?day=2023-10-29">' in page
    assert f'hreflang="en" href="{site}/en/programme?day=2023-10-29">' in page
    assert f'hreflang="x-default" href="{site}/en/programme?day=2023-10-29">' in page
    assert f'property="og:image" content="{site}/zh/preview.png"' in page
    assert 'property="og:locale" content="zh_CN"' in page
    assert "og:title" not in (await client.get("/zh/register")).text


async def test_preview_is_a_picture_of_the_size_that_previews_want(client: Visitor) -> None:
    await forum()
    for locale in ("zh", "en"):
        answer = await client.get(f"/{locale}/preview.png")
        assert answer.headers["content-type"] == "image/png"
        assert answer.content[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
        assert len(answer.content) < 60_000


async def test_footer_names_organisers_and_filing_number(client: Visitor) -> None:
    await make.edition(
        contact_mail="office@forum.example", contact_telephone="+86 21 5550 1000",
        filing_number="沪ICP备00000000号", filing_url="https://filing.example/",
    )  # fmt: skip
    page = (await client.get("/en/")).text
    assert 'href="mailto:office@forum.example"' in page
    assert 'href="tel:+862155501000"' in page
    assert '<a href="https://filing.example/" rel="noopener" lang="zh">沪ICP备00000000号</a>' in page
