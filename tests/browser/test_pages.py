"""Every page in a real browser: on a phone and a desk, in both languages, with and without scripts."""

import pytest

from tests.browser.conftest import WIDTHS, axe, sideways

PUBLIC = (
    "", "programme", "programme?day=2023-10-29", "speakers", "exhibitions", "tours", "practical",
    "register", "privacy", "contact", "accessibility", "editions",
)  # fmt: skip


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
async def test_public_pages_are_accessible_and_fit(demo, open_page, locale: str, width: int) -> None:  # type: ignore[no-untyped-def]
    page = await open_page(width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = []
    for path in PUBLIC:
        answer = await page.goto(f"{demo.base}/{locale}/{path}")
        assert answer, path
        assert answer.status == 200, path
        faults += [f"{path}: {fault}" for fault in await axe(page)]
        if (over := await sideways(page)) > 0:
            faults.append(f"{path}: {over} px too wide")
    assert faults == []
    assert said == []
