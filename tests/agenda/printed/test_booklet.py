"""The booklet: what is in it, on which page, in which language."""

import re
import subprocess
import time
from uuid import UUID

import msgspec
import pytest

from tests.agenda.printed.stage import large_programme, sample_programme
from tests.tools import tool
from wcd.core.i18n import Bilingual

HAN = re.compile(r"[⺀-⿟㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]+")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ’'.-]*")
SIZES = {"a5": (148, 210), "a4": (210, 297)}
FORMS = [(language, sheet) for language in ("zh", "en", "both") for sheet in ("a5", "a4")]


@pytest.fixture(scope="module")
def sample():
    return sample_programme()


def changed(sample, code, **values):
    sessions = [
        msgspec.structs.replace(one, **values) if one.code == code else one for one in sample.sessions
    ]
    return sample_programme(sessions=sessions)


@pytest.mark.parametrize(("language", "sheet"), FORMS)
def test_every_session_speaker_and_room_is_in_it(booklet, sample, language, sheet):
    drawn = booklet(sample, language, sheet)
    assert drawn.sizes() == {SIZES[sheet]}
    text = re.sub(r"\s", "", drawn.text)
    locales = ("zh", "en") if language == "both" else (language,)
    for locale in locales:
        texts = [getattr(one.title, locale) for one in sample.sessions]
        texts += [getattr(room.name, locale) for venue in sample.venues for room in venue.rooms]
        texts += [getattr(stand.title, locale) for one in sample.exhibitions for stand in one.stands]
        if language != "both":  # side by side, lines of the two languages come in turn
            long = [getattr(one.summary, locale) for one in sample.sessions]
            long += [getattr(one.biography, locale) for one in sample.on_stage]
            texts += [part for said in long for part in (said[:30], said[-30:])]  # pages part them
            assert not [said for said in texts if re.sub(r"\s", "", said) not in text]
    for person in sample.on_stage:
        if person.native_name.isascii() or HAN.fullmatch(person.native_name):
            assert re.sub(r"\s", "", person.native_name) in text


def test_no_chinese_is_left_in_the_english_one_but_names(booklet, sample):
    names = "\n".join(person.native_name for person in sample.people.values())
    for sheet in ("a5", "a4"):
        runs = set(HAN.findall(booklet(sample, "en", sheet).text))
        assert runs
        assert not [run for run in runs if run not in names]


def test_no_english_is_left_in_the_chinese_one_but_names_and_what_is_chinese_usage(booklet, sample):
    """Each Latin word stands in a Chinese text of the organisers, in a name, or is one of these three."""
    own = [sample.edition.contact_mail, sample.address("zh"), "SDG"]
    own += [text for person in sample.people.values() for text in (person.native_name, person.latin_name)]
    own += [text.zh for text in every_text(sample)]
    own += [venue.map_url for venue in sample.venues]
    own += [stand.number for one in sample.exhibitions for stand in one.stands]
    known = "\n".join(own) + " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for sheet in ("a5", "a4"):
        words = set(LATIN_WORD.findall(booklet(sample, "zh", sheet).text))
        assert len(words) > 50
        assert not [word for word in words if word.rstrip(".-") not in known]


def every_text(sample):
    for one in sample.sessions:
        yield from (one.title, one.summary, one.meeting_point)
        yield from (item.title for item in one.items)
        yield from (host.name for host in one.hosts)
    for person in sample.people.values():
        yield from (person.post, person.body, person.biography)
    for venue in sample.venues:
        yield from (venue.name, venue.address, venue.way)
        for room in venue.rooms:
            yield from (room.name, room.floor)
    for one in sample.exhibitions:
        yield from (one.title, one.summary)
        for stand in one.stands:
            yield from (stand.title, stand.body, stand.summary)
    yield from (sample.edition.name, sample.edition.short_name, sample.edition.theme, sample.edition.place)
    yield from sample.edition.hosts


@pytest.mark.parametrize(("language", "sheet"), FORMS)
def test_page_numbers_of_contents_glance_and_outline_are_right(booklet, sample, language, sheet):
    drawn = booklet(sample, language, sheet)
    reader = drawn.reader
    for number, text in enumerate(drawn.texts[1:-1], start=2):
        assert re.search(rf"^{number}$", text, re.MULTILINE), f"page {number} does not say so"
    told = 0
    for page in reader.pages:
        for target, said in links(reader, page):
            if said.isdigit():
                told += 1
                assert int(said) == target + 1
    assert told > 100
    assert len(reader.outline) >= 11
    for entry in flat(reader.outline):
        page = reader.get_destination_page_number(entry) + 1
        if re.match(r"\d\d:\d\d ", entry.title):
            assert re.sub(r"\s", "", entry.title[6:])[:6] in drawn.bare(page)


def flat(outline):
    for one in outline:
        yield from flat(one) if isinstance(one, list) else [one]


def section(drawn, title):
    """The page, from 0, on which a section begins, by the outline."""
    entry = next(one for one in flat(drawn.reader.outline) if title in one.title)
    return drawn.reader.get_destination_page_number(entry)


def links(reader, page):
    """Pages, from 0, to which links lead, and the text under them, as far as it is one piece."""
    words = []
    page.extract_text(
        visitor_text=lambda text, _cm, tm, _font, _size: words.append((tm[4], tm[5], text.strip()))
    )
    numbers = {one.indirect_reference.idnum: n for n, one in enumerate(reader.pages)}
    for note in page.get("/Annots", []):
        one = note.get_object()
        if "/Dest" in one:
            left, bottom, right, top = (float(value) for value in one["/Rect"])
            said = [text for x, y, text in words if left - 0.1 <= x < right and bottom <= y <= top and text]
            yield numbers[one["/Dest"][0].idnum], said[0] if len(said) == 1 else ""


@pytest.mark.parametrize(("language", "sheet"), FORMS)
def test_the_index_sends_to_pages_that_name_the_person(booklet, sample, language, sheet):
    drawn = booklet(sample, language, sheet)
    speakers = section(drawn, "Speakers" if language == "en" else "嘉宾") + 1
    first = section(drawn, "Index of people" if language == "en" else "人名索引")
    index = re.sub(
        r"-\s+", "-", "\n".join(drawn.extract("-raw")[first:-1])
    )  # a name may end a line after its hyphen
    for person in sample.on_stage:
        name = person.native_name if language == "zh" else person.latin_name
        if not (name.isascii() or HAN.fullmatch(name)):
            continue
        entry = re.search(rf"^{re.escape(name)}[^\d]*?((?:\d+,\s*)*\d+)$", index, re.MULTILINE)
        assert entry, name
        numbers = [int(number) for number in entry[1].split(",")]
        assert numbers == sorted(set(numbers))
        assert numbers[-1] >= speakers > numbers[0]
        for number in numbers:
            assert re.sub(r"\s", "", name) in drawn.bare(number), (name, number)


def test_index_is_by_pinyin_in_chinese_and_by_latin_name_in_english(booklet, sample):
    def order(language, names):
        drawn = booklet(sample, language)
        title = "Index of people" if language == "en" else "人名索引"
        text = "\n".join(drawn.texts[section(drawn, title) :])
        return sorted(names, key=text.index)

    assert order("zh", ["周闻溪", "陈望舒", "欧阳靖霖"]) == ["陈望舒", "欧阳靖霖", "周闻溪"]
    english = ["Zhou Wenxi", "Annegret Weißenfels", "Ouyang Jinglin"]
    assert order("en", english) == ["Annegret Weißenfels", "Ouyang Jinglin", "Zhou Wenxi"]


@pytest.mark.parametrize(("language", "sheet"), FORMS)
def test_no_page_is_empty_and_no_glyph_is_missing(booklet, sample, language, sheet):
    drawn = booklet(sample, language, sheet)
    assert all(len(drawn.bare(n)) > 40 for n in range(1, len(drawn.texts) + 1))
    assert "〓" not in drawn.text
    assert "\ufffd" not in drawn.text
    fonts = subprocess.run([tool("pdffonts"), str(drawn.path)], check=True, capture_output=True, text=True)
    rows = fonts.stdout.splitlines()[2:]
    assert rows
    assert all(re.search(r"yes yes yes", row) for row in rows), "embedded, subset, with Unicode"
    subprocess.run([tool("qpdf"), "--check", str(drawn.path)], check=True, capture_output=True)


def test_the_document_says_what_it_is(booklet, sample):
    for language, tag, title in (
        ("zh", "zh-CN", "世界城市日 2023"),
        ("en", "en-GB", "World Cities Day 2023"),
    ):
        reader = booklet(sample, language).reader
        assert reader.metadata.title.startswith(title)
        assert reader.trailer["/Root"]["/Lang"] == tag
        assert reader.page_labels[1:3] == ["2", "3"]
        assert reader.page_labels[0] in ("封面", "Cover")


def test_it_says_which_release_or_that_it_is_the_working_copy(booklet, sample):
    english = booklet(sample, "en")
    assert "Release 1 of 20 October 2023" in english.texts[0]
    assert all("Release 1" in text for text in english.texts[:-1])
    working = booklet(sample_programme(release=0), "en")
    assert "Working copy of 20 October 2023, 18:00. Not for guests." in working.texts[0]
    assert all("Working copy" in text for text in working.texts[:-1])
    assert "Release" not in working.text


def test_a_text_that_is_missing_in_one_language_is_marked(booklet, sample):
    title = Bilingual("没有英文的标题", "")
    programme = changed(sample, "opening", title=title, summary=Bilingual("", "No Chinese here."))
    english = booklet(programme, "en")
    assert len(re.findall(r"\[Only in Chinese\]\s*没有英文的标题", english.text)) == 2
    side_by_side = booklet(programme, "both")
    assert "[No English text yet]" in side_by_side.text
    assert "没有英文的标题" in side_by_side.text
    chinese = re.sub(r"\s", "", booklet(programme, "zh").text)
    assert "］NoChinesehere." in chinese


def test_a_name_is_never_printed_with_a_hole(booklet, sample):
    person = next(one for one in sample.on_stage if one.code == "chen-wangshu")
    people = sample.people | {person.id: msgspec.structs.replace(person, native_name="陈\U0002ebf0")}
    programme = sample_programme(people=people)
    assert [(one.name, one.characters) for one in programme.unprintable] == [("陈〓", "\U0002ebf0 U+2EBF0")]
    drawn = booklet(programme, "zh")
    assert "〓" not in drawn.text
    assert "Chen Wangshu" in drawn.text
    assert sample.unprintable == []


def test_what_was_called_off_is_said_and_its_people_are_not_announced(booklet, sample):
    programme = changed(sample, "green-finance", state="called_off")
    drawn = booklet(programme, "en")
    text = " ".join(drawn.text.split())
    assert text.count("[Called off] Green finance for municipal projects") == 2
    assert "The twenty pages of a prospectus" not in drawn.text


def test_folded_it_fills_whole_sheets(booklet, sample):
    drawn = booklet(sample, "zh", "a5", folded=True)
    assert drawn.sizes() == {(296, 210)}
    plain = len(booklet(sample, "zh").texts)
    assert len(drawn.texts) == 2 * -(-plain // 4)
    assert len(re.findall("笔记|Notes", drawn.text)) >= -plain % 4
    assert "世界城市日中国主场活动" in drawn.texts[0], "cover and back lie side by side"


def test_portraits_stand_beside_their_people(booklet, sample, jpeg):
    person = next(one for one in sample.on_stage if one.code == "chen-wangshu")
    people = sample.people | {person.id: msgspec.structs.replace(person, portrait="kept")}
    programme = sample_programme(people=people)
    drawn = booklet(programme, "en", portraits={"kept": jpeg}.get)
    pages = [
        n
        for n, page in enumerate(drawn.reader.pages)
        if "Do" in page.get_contents().get_data().decode("latin-1").split()
    ]
    assert len(pages) == 1
    assert "Chen Wangshu" in drawn.texts[pages[0]]
    assert "Chen Wangshu studies street life" in " ".join(drawn.texts[pages[0]].split())
    subprocess.run([tool("qpdf"), "--check", str(drawn.path)], check=True, capture_output=True)


def test_the_plan_of_a_venue_stands_with_its_rooms(booklet, sample, jpeg):
    first, *others = sample.venues
    programme = sample_programme(venues=[msgspec.structs.replace(first, plan="kept"), *others])
    drawn = booklet(programme, "both", plans={"kept": jpeg}.get)
    pages = [n for n, page in enumerate(drawn.reader.pages) if page.get_contents().get_data().count(b" Do Q")]
    assert len(pages) == 1
    assert pages[0] in range(section(drawn, "Venues"), section(drawn, "Index"))
    subprocess.run([tool("qpdf"), "--check", str(drawn.path)], check=True, capture_output=True)


@pytest.fixture
def jpeg():
    from PIL import Image  # noqa: PLC0415 - only here

    from wcd.core.pictures import as_jpeg  # noqa: PLC0415

    return as_jpeg(Image.new("RGB", (80, 100), "#0b5cad"))


def test_an_empty_programme_is_a_cover_contents_and_a_back(booklet):
    drawn = booklet(sample_programme(sessions=[], exhibitions=[], venues=[]), "en")
    assert len(drawn.texts) == 3


def test_same_programme_same_bytes(booklet, keep, fonts, sample):
    from wcd.agenda.printed.booklet import Form, draw_booklet  # noqa: PLC0415

    again = keep(draw_booklet, sample, Form("en", "a5"), fonts=fonts)
    assert again.path.read_bytes() == booklet(sample, "en").path.read_bytes()


def test_five_hundred_sessions_take_seconds(keep, fonts):
    from wcd.agenda.printed.booklet import Form, draw_booklet  # noqa: PLC0415

    programme = large_programme(500)
    told = []
    begin = time.perf_counter()
    drawn = keep(draw_booklet, programme, Form("both", "a5"), fonts=fonts, progress=lambda *n: told.append(n))
    assert time.perf_counter() - begin < 30
    assert len(drawn.reader.pages) > 300
    assert told[-1][0] == told[-1][1]
    assert isinstance(programme.sessions[0].id, UUID)
