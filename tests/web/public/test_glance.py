"""The forum at a glance."""

from tests import make
from tests.web.public.cast import forum
from wcd.agenda import queries
from wcd.core.i18n import Bilingual
from wcd.editions.queries import edition_by_id
from wcd.web.public.glance import Line, at_a_glance


async def test_each_day_says_what_matters_most(db: None) -> None:
    edition = await forum()
    await make.session(edition, code="second", starts="2023-10-28T10:00+08:00")
    await make.session(edition, code="off", starts="2023-10-28T08:00+08:00", state="called_off")
    await make.session(edition, code="dinner", starts="2023-10-28T19:00+08:00", kind="meal")
    days = at_a_glance(
        await edition_by_id(edition),
        await queries.list_sessions(edition),
        await queries.list_exhibitions(edition),
    )
    assert [(day.date.day, day.is_last, day.exhibitions) for day in days] == [
        (28, False, "opens"), (29, False, "all_day"), (30, False, "all_day"), (31, True, "until"),
    ]  # fmt: skip
    moment = make.datetime.fromisoformat
    assert days[0].lines == [Line(moment("2023-10-28T10:00+08:00"), "forum", 2, None)]
    assert days[0].dinner is not None
    assert days[0].dinner.code == "dinner"
    garden = Line(moment("2023-10-29T14:00+08:00"), "tour", 1, Bilingual("杨浦创智农园", "Community garden"))
    assert (days[1].lines, days[1].dinner) == ([garden], None)
    assert days[2].lines == []
    assert days[3].lines == [
        Line(moment("2023-10-31T09:30+08:00"), "plenary", 1, Bilingual("特别对话", "Dialogue"))
    ]
