"""Which thing of the edition a file means: by id, by code, by name; or a new one. No database."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

import msgspec

from wcd.agenda.exchange.files import Entry
from wcd.agenda.exchange.findings import Findings
from wcd.core.i18n import lazy_gettext as _
from wcd.core.ids import code_of_title, uuid7

LONGEST_CODE = 36
MEANS_SEVERAL = _("“%(name)s” means several: %(codes)s. Give the code.")
CODE_STAYS = _("This has the code “%(code)s” here; codes do not change.")
SAME_TWICE = _("Row %(row)s means the same one: “%(code)s”.")


class Match(msgspec.Struct):
    """What an entry of the file means here. ``current`` is None for a new one."""

    entry: Any
    current: Any
    id: UUID
    code: str

    @property
    def is_new(self) -> bool:
        """Whether nothing here is meant."""
        return self.current is None


class Known(msgspec.Struct):
    """The things of one kind, and how each may be named: by the words that sessions of the file use."""

    matches: list[Match] = []
    by_key: dict[str, Match] = {}
    by_code: dict[str, Match] = {}
    by_name: dict[str, list[Match]] = {}

    def find(self, word: str) -> list[Match]:
        """What a word means: none, one, or several of one name. The file's own keys come first."""
        found = self.by_key.get(word) or self.by_code.get(word)
        return [found] if found else self.by_name.get(plain(word), [])


class Matching(msgspec.Struct, frozen=True):
    """How one kind of thing is matched."""

    names: Callable[[Any], Iterable[str]]
    title: Callable[[Any], str]
    otherwise: str
    edition: UUID
    elsewhere: Collection[UUID]


def plain(name: str) -> str:
    """A name without what people write differently."""
    return "".join(name.casefold().split())


def match_all(entries: Sequence[Entry], current: Sequence[Entry], how: Matching, findings: Findings) -> Known:
    """Every entry of the file and every thing of the edition, each once."""
    ids = {one.id: one for one in current if one.id}
    codes = {one.code: one for one in current}
    named: dict[str, list[Entry]] = {}
    for one in current:
        for name in {plain(name) for name in how.names(one) if name}:
            named.setdefault(name, []).append(one)
    taken = set(codes) | {entry.code for entry in entries if entry.code}
    known = Known()
    meant: dict[UUID, Entry] = {}
    for entry in entries:
        found = _by_id(entry, ids, how) or codes.get(entry.code) or _by_name(entry, named, how, findings)
        if found is not None and found.id in meant:
            findings.add(entry.spot, "", SAME_TWICE % {"row": meant[found.id].spot.row, "code": found.code})
            continue
        if found is not None and found.id is not None:
            meant[found.id] = entry
            if entry.code and entry.code != found.code:
                findings.add(entry.spot, "", CODE_STAYS % {"code": found.code})
            match = Match(entry, found, found.id, found.code)
        else:
            match = Match(entry, None, new_id(entry, how), entry.code or new_code(entry, how, taken))
            taken.add(match.code)
        _name(known, match, entry, how)
    for one in current:
        if one.id not in meant and one.id is not None:
            _name(known, Match(None, one, one.id, one.code), one, how)
    return known


def add_unknown(known: Known, entry: Entry, how: Matching) -> Match:
    """Something that the file only mentions, made from its name."""
    taken = {match.code for match in known.matches}
    match = Match(entry, None, uuid7(), new_code(entry, how, taken))
    _name(known, match, entry, how)
    return match


def means_several(found: Sequence[Match], word: str) -> str:
    """The sentence for a name that several have."""
    return MEANS_SEVERAL % {"name": word, "codes": ", ".join(match.code for match in found)}


def new_id(entry: Entry, how: Matching) -> UUID:
    """The file's own id where it is free in the whole database; else one that follows from it."""
    if entry.id is None:
        return uuid7()
    return uuid5(how.edition, str(entry.id)) if entry.id in how.elsewhere else entry.id


def new_code(entry: Entry, how: Matching, taken: Collection[str]) -> str:
    """A code from its English or Latin name."""
    title = how.title(entry)
    readable = title if any(sign.isascii() and sign.isalpha() for sign in title) else ""
    return code_of_title(readable, taken, otherwise=how.otherwise, longest=LONGEST_CODE)


def _by_id(entry: Entry, ids: dict[UUID, Entry], how: Matching) -> Entry | None:
    if entry.id is None:
        return None
    return ids.get(entry.id) or ids.get(uuid5(how.edition, str(entry.id)))


def _by_name(entry: Entry, named: dict[str, list[Entry]], how: Matching, findings: Findings) -> Entry | None:
    """By name only where the file gives no code: with one, another thing of the same name is meant."""
    if entry.code:
        return None
    found = {one.id: one for name in how.names(entry) if name for one in named.get(plain(name), []) if one.id}
    if len(found) > 1:
        codes = ", ".join(one.code for one in found.values())
        name = next(name for name in how.names(entry) if name)
        findings.add(entry.spot, "", MEANS_SEVERAL % {"name": name, "codes": codes})
    return next(iter(found.values()), None)


def _name(known: Known, match: Match, entry: Entry, how: Matching) -> None:
    known.matches.append(match)
    known.by_code.setdefault(match.code, match)
    if match.entry is not None and entry.key:
        known.by_key.setdefault(entry.key, match)
    for name in {plain(name) for name in how.names(entry) if name}:
        known.by_name.setdefault(name, []).append(match)
