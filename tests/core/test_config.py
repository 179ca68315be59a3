from datetime import datetime, timedelta, timezone

import pytest

from wcd.core import config
from wcd.core.config import ConfigError, describe, read

SECRET = "0123456789abcdef0123456789abcdef"


def read_with(tmp_path, **given):
    return read({"WCD_DATA": str(tmp_path), "WCD_SECRET": SECRET} | given)


def test_without_anything_the_embedded_servers_and_this_machine(tmp_path):
    known = read_with(tmp_path)
    assert (known.database_url, known.redis_url, known.smtp_url) == ("", "", "")
    assert (known.host, known.port, known.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (known.rate_limits, known.demo, known.clock, known.trusted_proxies) == (True, False, None, ())
    assert not known.https


def test_everything_given(tmp_path):
    known = read_with(
        tmp_path,
        WCD_DATABASE_URL="postgresql://wcd:pw@db/wcd",
        WCD_REDIS_URL="redis://queue:6379/0",
        WCD_SMTP_URL="smtp://me:pw@mail.example:587?starttls=required",
        WCD_MAIL_FROM="论坛 <forum@city.example>",
        WCD_BASE_URL="https://forum.city.example/",
        WCD_TRUSTED_PROXIES="10.0.0.0/8, 192.168.1.4",
        WCD_RATE_LIMITS="off",
        WCD_CLOCK="2023-10-28T08:30:00+08:00",
        WCD_DEMO="on",
        WCD_PORT="9000",
    )
    assert known.base_url == "https://forum.city.example"
    assert known.https
    assert known.trusted_proxies == ("10.0.0.0/8", "192.168.1.4")
    assert (known.rate_limits, known.demo, known.port) == (False, True, 9000)
    assert known.clock == datetime(2023, 10, 28, 8, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("WCD_PORT", "80000", "between 1 and 65535"),
        ("WCD_PORT", "http", "between 1 and 65535"),
        ("WCD_DATABASE_URL", "mysql://db/wcd", "begins with postgresql://"),
        ("WCD_REDIS_URL", "localhost", "begins with redis://"),
        ("WCD_SMTP_URL", "mail.example:25", "smtp://user:password@host:port"),
        ("WCD_SMTP_URL", "smtp://mail.example?starttls=perhaps", "starttls=required or starttls=off"),
        ("WCD_SMTP_URL", "smtp://mail.example:port", "cannot be used"),
        ("WCD_MAIL_FROM", "nobody", "give an address"),
        ("WCD_MAIL_FROM", "a@b.example\r\nBcc: c@d.example", "give an address"),
        ("WCD_BASE_URL", "forum.example", "the address people type"),
        ("WCD_BASE_URL", "https://forum.example/wcd", "leave out everything after"),
        ("WCD_SECRET", "short", "32 characters"),
        ("WCD_TRUSTED_PROXIES", "proxy", "addresses or networks"),
        ("WCD_RATE_LIMITS", "maybe", "on or off"),
        ("WCD_CLOCK", "tomorrow", "a time with its zone"),
        ("WCD_CLOCK", "2023-10-28T08:30:00", "a time with its zone"),
    ],
)
def test_a_bad_value_is_one_sentence(tmp_path, name, value, says):
    with pytest.raises(ConfigError) as refused:
        read_with(tmp_path, **{name: value})
    assert str(refused.value).startswith(name)
    assert says in str(refused.value)
    assert name != "WCD_SECRET" or value not in str(refused.value)


def test_a_misspelt_setting_is_named_with_the_nearest_one(tmp_path):
    with pytest.raises(ConfigError, match="There is no setting WCD_SMPT_URL: did you mean WCD_SMTP_URL"):
        read_with(tmp_path, WCD_SMPT_URL="smtp://mail.example")


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    data = tmp_path / "data"
    first = read({"WCD_DATA": str(data)}).secret
    assert len(first) == 64
    assert read({"WCD_DATA": str(data)}).secret == first
    assert (data / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret"]


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(ConfigError, match="give another one with --data"):
        read({"WCD_DATA": str(tmp_path / "data" / "below")})


def test_describe_masks_what_is_secret_and_says_where_from(tmp_path):
    lines = describe(
        {"WCD_DATA": str(tmp_path), "WCD_SMTP_URL": "smtp://me:hush@mail.example", "WCD_SECRET": SECRET}
    )
    shown = {line.name: line[1:] for line in lines}
    assert shown.keys() == config.NAMES.keys()
    assert shown["WCD_SMTP_URL"] == ("smtp://me:********@mail.example", "environment")
    assert shown["WCD_SECRET"] == ("********", "environment")
    assert shown["WCD_DATABASE_URL"] == ("(embedded PostgreSQL)", "default")


@pytest.mark.parametrize(
    ("host", "address"),
    [("0.0.0.0", "http://127.0.0.1:8000"), ("::", "http://[::1]:8000"), ("fd00::2", "http://[fd00::2]:8000")],
)
def test_the_address_of_a_listening_server(host, address):
    assert config.default_base_url(host, 8000) == address
