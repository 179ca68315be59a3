"""Addresses of lists: the address bar tells the state, and each link changes one thing of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode


class Here:
    """The address of a list with its filters. ``here.with_(page=2)`` is the same list with one thing changed.

    What is empty is left out; changing anything but the page goes back to the first page.
    """

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        self.path = path
        self.values = {name: str(value) for name, value in values.items() if str(value or "")}

    def with_(self, **changes: Any) -> str:
        """The address with these values instead."""
        values = self.values | {
            name: str(value if value is not None else "") for name, value in changes.items()
        }
        if "page" not in changes:
            values.pop("page", None)
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def pages(self) -> str:
        """For the pager: ``__PAGE__`` stands for the number."""
        return self.with_(page="__PAGE__")

    def sort(self, by: str) -> str:
        """Sort by this; asked for a second time, the other way round."""
        return self.with_(sort=f"-{by}" if self.values.get("sort") == by else by)

    def sorted(self, by: str) -> str:
        """What ``aria-sort`` says about a column."""
        now = self.values.get("sort", "")
        return "ascending" if now == by else "descending" if now == f"-{by}" else "none"

    def __str__(self) -> str:
        return self.with_(page=self.values.get("page", ""))
