"""Names of people: cleaned, sorted and searched in both scripts. Never split into first and last but to read Han."""

import os
import re
import unicodedata
from collections.abc import Callable
from functools import cache

# Surnames that are read otherwise than the same character elsewhere. Compound ones first.
_COMPOUND = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "尉遲": "yu chi",
    "单于": "chan yu",
    "單于": "chan yu",
    "澹台": "tan tai",
    "澹臺": "tan tai",
    "宿六": "su lu",
}
_SINGLE = {
    "单": "shan",
    "單": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "區": "ou",
    "查": "zha",
    "覃": "qin",
    "朴": "piao",
    "盖": "ge",
    "蓋": "ge",
    "折": "she",
    "翟": "zhai",
    "缪": "miao",
    "繆": "miao",
    "乐": "yue",
    "樂": "yue",
    "员": "yun",
    "員": "yun",
    "种": "chong",
    "召": "shao",
    "洗": "xian",
    "黑": "he",
    "重": "chong",
    "秘": "bi",
    "祕": "bi",
    "繁": "po",
    "能": "nai",
    "阚": "kan",
    "隗": "wei",
    "牟": "mu",
    "卜": "bu",
    "薄": "bo",
    "么": "yao",
    "佴": "nai",
    "郗": "chi",
    "句": "gou",
    "适": "kuo",
    "祭": "zhai",
    "藏": "zang",
    "乜": "nie",
}
_HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U000323af〇"
_IS_HAN = re.compile(f"[{_HAN}]")
_WHOLLY_HAN = re.compile(f"[{_HAN}·・\\s]+")
_KANA_OR_HANGUL = re.compile("[぀-ヿㇰ-ㇿ가-힯ᄀ-ᇿ]")
# Letters that NFKD leaves whole.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n"}
)
_ACCENT = re.compile("[\u0300-\u036f]")
# Between letters of these scripts the joiners change the spelling; elsewhere they are invisible and mean nothing.
_JOINED_SCRIPT = re.compile("[؀-ۿݐ-ݿࢠ-ࣿऀ-෿က-႟ក-៿᠀-᢯]")
_JOINERS = "\u200c\u200d"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･", "·"))


def clean_text(text: str) -> str:
    """One line as it was meant: NFC, no controls, no invisible or turning signs, single spaces.

    Joiners stay where a script spells with them; characters of private use stay, so that a person sees them.
    """
    kept = []
    for at, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if sign in _JOINERS:
            if at and _JOINED_SCRIPT.match(text[at - 1]) and _JOINED_SCRIPT.match(text[at + 1 : at + 2]):
                kept.append(sign)
        elif kind in {"Cc", "Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif kind not in {"Cf", "Cs"}:
            kept.append(sign)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def clean_name(name: str) -> str:
    """A name as it is kept: ``clean_text``, full-width letters made narrow, one dot between parts of Han names."""
    cleaned = clean_text(name.translate(_FULL_WIDTH))
    return cleaned if _KANA_OR_HANGUL.search(cleaned) else cleaned.translate(_DOTS)


def has_han(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return bool(_IS_HAN.search(text))


def sort_key(native: str, latin: str = "") -> str:
    """What a list of people is ordered by: pinyin of a Han name, else the Latin name, else the native one.

    Plain letters and spaces, so that the database's byte order is the order people expect; the native name at
    the end parts those who read alike.
    """
    if _WHOLLY_HAN.fullmatch(native):
        key = " ".join(_read_name(native, latin))
    elif (native and not latin) or native.isascii():
        key = fold(native or latin)
    else:
        key = fold(latin)
    return f"{key} {native}".strip()[:400]


def search_keys(native: str, latin: str = "", *others: str) -> str:
    """What a search looks into: each way in which somebody may type this person, one after another.

    Every key stands after a space, so that ``needles`` finds beginnings of words; Han is found anywhere.
    """
    keys: dict[str, None] = {}
    for text in (native, latin):
        words = fold(text).split()
        keys.update(dict.fromkeys(_tails(words)))
        if has_han(text):
            keys[_spell(text)] = None
    if has_han(native):
        for read in _readings(native, latin):
            keys.update(dict.fromkeys(_tails(read)))
            keys.update(dict.fromkeys(_tails([syllable[0] for syllable in read])))
    for text in others:
        keys.update(dict.fromkeys(fold(text).split()))
    return " " + " ".join(key for key in keys if key)


def needles(query: str) -> list[str]:
    """What must all be found in the search keys (by ``position()``): words with a space before them, Han without."""
    found = []
    for word in fold(query).split():
        found += [part if has_han(part) else f" {part}" for part in re.split(f"([{_HAN}]+)", word) if part]
    return found[:8]


def fold(text: str) -> str:
    """Small letters without accents, signs made spaces: ``Zoë O'Neill-Łach`` → ``zoe oneill lach``."""
    text = _ACCENT.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
    text = re.sub("['’ʼʻ`´ʹ]", "", unicodedata.normalize("NFKC", text))
    return " ".join(
        "".join(" " if unicodedata.category(sign)[0] in "PSZC" else sign for sign in text).split()
    )


def _spell(text: str) -> str:
    return "".join(fold(text).split())


def _tails(words: list[str]) -> list[str]:
    """``li xiao ming`` → ``lixiaoming xiaoming ming``: each word begins one, joined typing is found too."""
    return ["".join(words[at:]) for at in range(min(len(words), 12))]


def _read_name(native: str, latin: str) -> list[str]:
    """The syllables of a Han name; a surname is read as surnames are, unless the Latin name says otherwise."""
    plain = _pinyin(native)
    surname = _surname(native)
    if not surname:
        return plain
    read = surname + plain[len(surname) :]
    said = set(fold(latin).split())
    return plain if plain[0] in said and read[0] not in said else read


def _readings(native: str, latin: str) -> list[list[str]]:
    """All ways of typing a name: as a surname is read, as the dictionary reads it, ü as v, u and yu."""
    found = [_read_name(native, latin), _pinyin(native)]
    for letters in ("u", "yu"):
        found += [[re.sub("^([ln])v", rf"\1{letters}", one) for one in read] for read in found[:2]]
    return [list(one) for one in dict.fromkeys(tuple(read) for read in found)]


def _surname(native: str) -> list[str]:
    """The reading of a surname that is read specially; transliterated names (with a dot, or long) have none."""
    if "·" in native or len(native) > 4:
        return []
    return (_COMPOUND.get(native[:2]) or _SINGLE.get(native[:1]) or "").split()


def _pinyin(text: str) -> list[str]:
    read = _dictionary()("".join(_IS_HAN.findall(text)))
    return [fold(part).replace(" ", "") for part in read if fold(part)]


@cache
def _dictionary() -> Callable[[str], list[str]]:
    """pypinyin, loaded at first use: it costs 15 MB, and 60 with its phrases, which hold no names."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - heavy, and only some processes read Chinese names

    return lazy_pinyin


def language_of(name: str) -> str:
    """The language whose voice and face can say and show a name, as far as its script tells."""
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in name if sign.isalpha()}
    return next(
        (language for script, language in _SCRIPTS.items() if script in scripts), "und" if scripts else "en"
    )


_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "LATIN": "en", "CYRILLIC": "ru", "GREEK": "el",
    "ARABIC": "ar", "HEBREW": "he", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
