import pytest

from tests import make
from wcd.editions.queries import edition_by_id
from wcd.web import editions
from wcd.web.guest import choices


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Editions and session lists are remembered per process; each test has its own."""
    editions.EDITIONS.forget()
    choices.forget()


@pytest.fixture
async def forum(db, clock):
    """An edition in which delegates and press may register, with a notice to consent to."""
    edition = await make.edition()
    await make.category(edition)
    await make.category(edition, "press", name_zh="媒体", name_en="Press")
    await make.category(edition, "vip", is_public=False)
    await make.page(edition, "notice")
    return await edition_by_id(edition)
