"""A call with its proposals, prepared elsewhere and written as it is."""

from typing import Any

import msgspec

from wcd.agenda.tables import Call, Proposal, ProposalMessage, Score
from wcd.core.bulk import insert_rows
from wcd.core.db import in_transaction

Rows = list[dict[str, Any]]


class CallRows(msgspec.Struct):
    """The rows of a call, each as columns and values."""

    calls: Rows = []
    proposals: Rows = []
    messages: Rows = []
    scores: Rows = []


@in_transaction
async def load_call(rows: CallRows) -> None:
    """Write the call, its proposals with their threads, and the points given."""
    await insert_rows(Call, rows.calls)
    await insert_rows(Proposal, rows.proposals)
    await insert_rows(ProposalMessage, rows.messages)
    await insert_rows(Score, rows.scores)
