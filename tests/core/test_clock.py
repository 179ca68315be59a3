import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from wcd.core import clock
from wcd.core.config import read, settings

MORNING = datetime.fromisoformat("2023-10-28T08:30:00+08:00")


@pytest.fixture
def known(tmp_path, monkeypatch):
    """Settings of an empty data folder, read by the clock too."""
    monkeypatch.setenv("WCD_DATA", str(tmp_path))
    settings.cache_clear()
    clock._kept_offset.cache_clear()
    yield read({"WCD_DATA": str(tmp_path)})
    settings.cache_clear()
    clock._kept_offset.cache_clear()


def near(moment):
    return abs(clock.now() - moment) < timedelta(seconds=5)


def test_without_a_setting_it_is_the_real_time(known):
    clock.set_up(known)
    assert near(datetime.now(UTC))
    assert clock.now().tzinfo is UTC
    assert not clock.is_shifted()


def test_a_setting_sets_it_and_the_same_one_lets_it_run_on(known):
    clock.set_up(replace(known, clock=MORNING))
    assert near(MORNING)
    assert clock.is_shifted()
    kept = known.data / "clock.json"
    earlier = json.loads(kept.read_text()) | {"offset": clock.offset().total_seconds() + 3600}
    kept.write_text(json.dumps(earlier))  # as if the first start had been an hour ago
    clock.set_up(replace(known, clock=MORNING))
    assert near(MORNING + timedelta(hours=1))


def test_it_is_kept_without_the_setting_and_changed_by_another(known):
    clock.set_up(replace(known, clock=MORNING))
    clock.set_up(known)
    assert near(MORNING)
    clock.set_up(replace(known, clock=MORNING + timedelta(days=1)))
    assert near(MORNING + timedelta(days=1))


def test_the_date_depends_on_the_zone():
    with clock.freeze(datetime(2023, 10, 27, 20, 0, tzinfo=UTC)):
        assert clock.today("Asia/Shanghai") == date(2023, 10, 28)
        assert clock.today("UTC") == date(2023, 10, 27)


def test_frozen_it_stands_and_travelling_it_runs():
    with clock.freeze(MORNING):
        assert clock.now() == MORNING == clock.now()
        assert clock.is_shifted()
    with clock.travel(MORNING):
        assert near(MORNING)
        earlier = clock.now()
        time.sleep(0.002)
        assert clock.now() > earlier
