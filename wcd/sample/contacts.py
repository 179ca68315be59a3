"""Mail addresses and telephone numbers that belong to nobody: `.example`, and numbers that are not given out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from wcd.sample.people import Group, SampleGuest

CALLING_CODES = {
    "AE": 971, "AR": 54, "AU": 61, "BR": 55, "DE": 49, "EG": 20, "ES": 34, "ET": 251, "FR": 33, "GB": 44,
    "GR": 30, "HK": 852, "ID": 62, "IN": 91, "IT": 39, "JP": 81, "KE": 254, "KH": 855, "KR": 82, "KZ": 7,
    "MA": 212, "MO": 853, "MX": 52, "MY": 60, "NG": 234, "NL": 31, "NP": 977, "PH": 63, "PL": 48, "RU": 7,
    "RW": 250, "SE": 46, "SG": 65, "TH": 66, "TR": 90, "TW": 886, "US": 1, "UZ": 998, "VN": 84, "ZA": 27,
}  # fmt: skip
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "ø": "o", "’": "", "ʻ": ""}
)
LITTLE_WORDS = {"of", "for", "the", "and", "in", "sample", "a"}


def words(text: str) -> list[str]:
    """The text's words in plain small letters."""
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS)).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain.lower())


def domain(organisation_en: str) -> str:
    """The domain of a body."""
    telling = [word for word in words(organisation_en) if word not in LITTLE_WORDS]
    return "-".join(telling[:3]) + ".example"


def telephone(country: str, number: int) -> str:
    """A number of a range that is not given out; one guest in nineteen gives none."""
    if number % 19 == 7:
        return ""
    if country == "CN":
        return f"+86 128 55{number % 100:02d} {number:04d}"
    return f"+{CALLING_CODES[country]} 555 01{number % 100:02d} {number:04d}"


def with_contacts(guests: Iterable[SampleGuest], groups: Iterable[Group]) -> Iterator[SampleGuest]:
    """Number the guests and give each an address; a stand shares one, and so do members with a secretary."""
    secretaries = {group.code for group in groups if group.shared_mail}
    seen: Counter[str] = Counter()
    for number, guest in enumerate(guests, start=1):
        host = domain(guest.organisation_en)
        if guest.category == "exhibitor":
            mail = f"stand@{host}"
        elif guest.delegation in secretaries and not guest.is_head and guest.category != "escort":
            mail = f"secretary@{guest.delegation}.example"
        else:
            local = ".".join(words(guest.latin_name))
            seen[f"{local}@{host}"] += 1
            count = seen[f"{local}@{host}"]
            mail = f"{local}{count if count > 1 else ''}@{host}"
        phone = telephone(guest.country, number)
        yield replace(guest, key=f"guest-{number:04d}", email=mail, telephone=phone)
