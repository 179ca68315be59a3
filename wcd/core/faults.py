"""Unexpected exceptions in logs: where they happened and of which type, never what they say."""

import traceback


def trace(wrong: BaseException) -> str:
    """Type and places. The message stays out: a database's or a mail server's may hold a name or an address."""
    places = "".join(traceback.format_tb(wrong.__traceback__)).rstrip()
    cause = wrong.__cause__ or wrong.__context__
    said = f"{type(wrong).__module__}.{type(wrong).__qualname__}\n{places}"
    return f"{trace(cause)}\nthen {said}" if cause is not None else said
