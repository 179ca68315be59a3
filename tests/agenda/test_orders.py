"""One place up or down."""

import pytest

from wcd.agenda.orders import places_after
from wcd.core.ids import uuid7

A, B, C = uuid7(), uuid7(), uuid7()


@pytest.mark.parametrize(
    ("moved", "step", "after"),
    [(A, -1, [A, B, C]), (A, 1, [B, A, C]), (B, -1, [B, A, C]), (B, 1, [A, C, B]), (C, 1, [A, B, C])],
)
def test_neighbours_change_places(moved: object, step: int, after: list[object]) -> None:
    order = [A, B, C]
    assert places_after(order, moved, step) == after  # type: ignore[arg-type]
    assert order == [A, B, C]
