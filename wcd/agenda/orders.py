"""Order in a short list: one place up or down. No database."""

from collections.abc import Sequence
from uuid import UUID


def places_after(order: Sequence[UUID], moved: UUID, step: int) -> list[UUID]:
    """The order once ``moved`` has changed places with its neighbour; the same at either end."""
    after = list(order)
    here = after.index(moved)
    there = here + (1 if step > 0 else -1)
    if 0 <= there < len(after):
        after[here], after[there] = after[there], after[here]
    return after
