import pytest

from wcd.mail.rules import BadAddress, one_line, pause_after, wire_address


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ada@guests.example", "ada@guests.example"),
        ("Ada.O'Neil+wcd@Guests.Example", "Ada.O'Neil+wcd@guests.example"),
        ("wang@例子.example", "wang@xn--fsqu00a.example"),
        ("用户@例子.example", "用户@xn--fsqu00a.example"),
    ],
)
def test_wire_address(address: str, wire: str) -> None:
    assert wire_address(address) == wire


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@x.example",
        "ada@",
        "a@b.example\r\nBcc: c@d.example",
        "a\0@b.example",
        "a b@c.example",
        "<a@b.example>",
        "a@-.example",
    ],
)
def test_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        wire_address(address)


def test_pauses_grow_and_end() -> None:
    pauses = []
    while (pause := pause_after(len(pauses) + 1)) is not None:
        pauses.append(pause)
    assert pauses == sorted(set(pauses))
    assert 2 <= sum(pause.total_seconds() for pause in pauses) / 86400 <= 3


def test_one_line() -> None:
    assert one_line("陈\r\nBcc: x@y.example\u2028望\x00舒") == "陈 Bcc: x@y.example 望 舒"
