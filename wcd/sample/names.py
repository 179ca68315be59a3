"""Invented Chinese names: plausible, with doubles as in life, each with its Latin spelling."""

import msgspec

from wcd.sample import CONTENT
from wcd.sample.draw import Draw


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What names are made of; surnames begin with the most frequent."""

    surnames: tuple[tuple[str, str], ...]
    compound_surnames: tuple[tuple[str, str], ...]
    given_elder: tuple[str, ...]
    given_younger: tuple[str, ...]
    given_single: tuple[str, ...]
    syllables: dict[str, str]


def read_names() -> Names:
    """Read the parts of names from the content."""
    return msgspec.json.decode((CONTENT / "names.json").read_bytes(), type=Names)


def spell(surname: str, given: str, syllables: dict[str, str]) -> str:
    """Spell a name in pinyin: surname first, given name in one word, an apostrophe where syllables would merge."""
    word = ""
    for character in given:
        syllable = syllables[character]
        word += f"’{syllable}" if word and syllable[0] in "aeo" else syllable
    return f"{surname} {word.capitalize()}"


def draw_name(draw: Draw, names: Names, *, young: bool = False) -> tuple[str, str]:
    """A native name and its Latin spelling."""
    surname, spelt = draw.one(names.compound_surnames) if draw.happens(12) else draw.early(names.surnames)
    if draw.happens(280):
        given = draw.one(names.given_single)
    else:
        given = draw.one(names.given_younger if young or draw.happens(450) else names.given_elder)
    return surname + given, spell(spelt, given, names.syllables)
