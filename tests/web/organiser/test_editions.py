"""The edition's settings: two who save at the same time."""

import re

from tests import make
from wcd.editions.queries import edition_by_id


def fields_of(page: str) -> dict[str, str]:
    """What the settings form would send."""
    form = page.split('action="/organiser/edition"')[1].split("</form>", maxsplit=1)[0]
    found = dict(re.findall(r'name="([a-z_]+)" type="[a-z]+" value="([^"]*)"', form))
    found |= dict(re.findall(r'type="hidden" name="(seen)" value="([^"]+)"', form))
    return found | {"zone": "Asia/Shanghai", "registration_open": "1"}


async def test_second_of_two_who_save_sees_both_versions_and_decides(as_staff, clock):
    edition = await make.edition()
    olga, rui = await as_staff("organiser", edition=edition), await as_staff("organiser", edition=edition)
    one, two = [fields_of((await visitor.get("/organiser/edition")).text) for visitor in (olga, rui)]
    assert (await olga.send_form("/organiser/edition", one | {"place_en": "Nairobi"})).status_code == 303

    told = await rui.send_form("/organiser/edition", two | {"place_en": "Quito"})
    assert told.status_code == 422
    assert "“Nairobi”" in told.text
    assert 'value="Quito"' in told.text
    assert (await edition_by_id(edition)).place.en == "Nairobi"

    again = await rui.send_form("/organiser/edition", fields_of(told.text))
    assert again.status_code == 303
    assert (await edition_by_id(edition)).place.en == "Quito"


async def test_a_change_that_shows_in_no_field_is_told_too(as_staff, clock):
    edition = await make.edition()
    olga, rui = await as_staff("organiser", edition=edition), await as_staff("organiser", edition=edition)
    one, two = [fields_of((await visitor.get("/organiser/edition")).text) for visitor in (olga, rui)]
    del one["registration_open"]
    assert (await olga.send_form("/organiser/edition", one)).status_code == 303
    assert (await rui.send_form("/organiser/edition", two)).status_code == 422
    assert not (await edition_by_id(edition)).registration_open


async def test_what_did_not_hold_does_not_hide_that_somebody_was_faster(as_staff, clock):
    edition = await make.edition()
    olga, rui = await as_staff("organiser", edition=edition), await as_staff("organiser", edition=edition)
    one, two = [fields_of((await visitor.get("/organiser/edition")).text) for visitor in (olga, rui)]
    await olga.send_form("/organiser/edition", one | {"place_en": "Nairobi"})
    wrong = await rui.send_form("/organiser/edition", two | {"zone": "Nowhere", "place_en": "Quito"})
    assert wrong.status_code == 422
    told = await rui.send_form("/organiser/edition", fields_of(wrong.text) | {"place_en": "Quito"})
    assert told.status_code == 422
    assert "“Nairobi”" in told.text
