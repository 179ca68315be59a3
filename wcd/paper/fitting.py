"""Text in a box: the largest size, balanced lines, breaks where a reader breaks; a name is never cut."""

import re
from collections.abc import Callable
from itertools import pairwise

import msgspec

from wcd.paper.runs import Line

SetLine = Callable[[str], Line]

_NAME_BREAK = re.compile(r"(?<=[ \u3000\-‐·・‧•])(?=\S)")
_CLUSTER = re.compile(
    r"\S[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*\s*"
)
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NEVER_FIRST = "\u3000，。、；：？！）》〉」』】〕”’…—·・%％,.;:?!)]}"
_NEVER_LAST = "（《〈「『【〔“‘([{"
_UNITS = "年月日号层楼点时分秒个位人场%％"  # stay with the number before them
# A text may break after a space or a hyphen, and on either side of a Han character.
_TEXT_BREAK = re.compile(rf"(?<=[ \u3000\-‐/])(?=\S)|(?<=[{_HAN}])(?=\S)|(?<=\S)(?=[{_HAN}])")


class Block(msgspec.Struct, frozen=True):
    """Lines at one size in points; `leading` is the distance of their baselines in em."""

    lines: tuple[Line, ...]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """Height in points, all lines with their leading."""
        return len(self.lines) * self.leading * self.size


def fit_name(
    text: str,
    set_line: SetLine,
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    most_lines: int = 4,
) -> Block:
    """The whole name as large as the box (in points) allows, on as few lines as cost nothing.

    It breaks after spaces, hyphens and the dots of transcribed names. If it would come out below `smallest`, it may
    break between any two characters; if that does not help either, it becomes smaller still. It is never cut.
    """
    best = _largest(_pieces(text, _NAME_BREAK), set_line, width, height, largest, most_lines)
    if best.size < smallest and not best.lines[0].rtl:
        broken = _largest(_CLUSTER.findall(text), set_line, width, height, largest, most_lines)
        best = max(best, broken, key=lambda block: block.size)
    return best


def fit_text(
    text: str,
    set_line: SetLine,
    *,
    width: float,
    sizes: tuple[float, ...],
    most_lines: int,
    leading: float = 1.35,
) -> Block:
    """The text at the first size at which it needs no more lines than allowed; cut with … only at the last size."""
    for size in sizes:
        lines = wrap(text, set_line, width / size)
        if len(lines) <= most_lines:
            return Block(lines, size, leading)
    kept = [
        *lines[: most_lines - 1],
        _cut("".join(line.text for line in lines[most_lines - 1 :]), set_line, width / size),
    ]
    return Block(tuple(kept), size, leading)


def wrap(text: str, set_line: SetLine, width: float) -> tuple[Line, ...]:
    """The text in lines no wider than so many em, filled from the top; a word that is wider breaks anywhere."""
    whole = set_line(text.strip())
    if whole.width <= width:
        return (whole,)
    lines: list[str] = []
    current = ""
    for piece in _unbreakable(_pieces(text, _TEXT_BREAK), set_line, width):
        if current and set_line((current + piece).rstrip()).width > width:
            lines.append(current.rstrip())
            current = ""
        current += piece
    lines.append(current.rstrip())
    return tuple(set_line(line) for line in lines)


def text_pieces(text: str) -> list[str]:
    """A running text in the pieces between which a line may end: words, and single Han with the marks that stick to them."""
    pieces: list[str] = []
    for piece in _pieces(text, _TEXT_BREAK):
        if pieces and pieces[-1][-1:].isdigit() and piece[0] in _UNITS:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def clusters(text: str) -> list[str]:
    """A word in its smallest parts: characters with the marks upon them."""
    return _CLUSTER.findall(text)


def _pieces(text: str, where: re.Pattern[str]) -> list[str]:
    """The text in pieces between which it may break: never before a closing mark, never after an opening one."""
    pieces: list[str] = []
    for piece in where.split(text.strip()):
        if pieces and (piece[:1] in _NEVER_FIRST or pieces[-1].rstrip()[-1:] in _NEVER_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _unbreakable(pieces: list[str], set_line: SetLine, width: float) -> list[str]:
    return [
        part
        for piece in pieces
        for part in (_CLUSTER.findall(piece) if set_line(piece.rstrip()).width > width else (piece,))
    ]


def _cut(text: str, set_line: SetLine, width: float) -> Line:
    while text and set_line(text.rstrip() + "…").width > width:
        text = text[:-1]
    return set_line(text.rstrip() + "…")


def _largest(
    pieces: list[str], set_line: SetLine, width: float, height: float, largest: float, most_lines: int
) -> Block:
    """Tries one line, two, …; another line must make the name an eighth larger, or it is not worth it."""
    blocks: list[Block] = []
    for count in range(1, min(most_lines, len(pieces)) + 1):
        lines = tuple(set_line(line) for line in _balanced(pieces, set_line, count))
        leading = 1.5 if any(line.tall for line in lines) else 1.14
        widest = max(line.width for line in lines) or 1.0
        size = min(largest, width / widest, height / (leading * count))
        if not blocks or size > blocks[-1].size * 1.125:
            blocks.append(Block(lines, size, leading))
        if blocks[-1].size == largest:
            break
    return blocks[-1]


def _balanced(pieces: list[str], set_line: SetLine, count: int) -> list[str]:
    """The pieces on so many lines that the widest is as narrow as can be; of equals, the fuller line comes last."""
    if count == 1:
        return ["".join(pieces).rstrip()]
    full = [set_line(piece).width for piece in pieces]
    bare = [set_line(piece.rstrip()).width for piece in pieces]

    def width(start: int, end: int) -> float:
        return sum(full[start : end - 1]) + bare[end - 1]

    # cuts[n]: the best (widest line, places of the cuts) for the first n pieces on the lines so far
    cuts: dict[int, tuple[float, tuple[int, ...]]] = {
        end: (width(0, end), (0,)) for end in range(1, len(pieces) + 1)
    }
    for lines in range(2, count + 1):
        cuts = {
            end: min(
                (max(cuts[start][0], width(start, end)), (*cuts[start][1], start))
                for start in range(lines - 1, end)
            )
            for end in range(lines, len(pieces) + 1)
        }
    starts = [*cuts[len(pieces)][1], len(pieces)]
    return ["".join(pieces[a:b]).rstrip() for a, b in pairwise(starts)]
