"""Somebody who walks through real pages: opens, fills in the forms that are there, follows where they lead."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

import httpx

FORM = {"content-type": "application/x-www-form-urlencoded"}


class _Forms(HTMLParser):
    """The forms of a page with the values that a browser would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.links: list[str] = []
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(
                {"action": given.get("action", ""), "method": given.get("method", "get"), "fields": {}}
            )
        if self.forms and (given.get("name") or tag == "option"):
            self._field(tag, given, self.forms[-1]["fields"])

    def _field(self, tag: str, given: dict[str, str], fields: dict[str, list[str]]) -> None:
        name = given.get("name", "")
        if tag == "input":
            self._input(given, fields.setdefault(name, []))
        elif tag == "select":
            self._select = name
            fields.setdefault(name, [])
        elif tag == "option" and self._select and ("selected" in given or not fields[self._select]):
            fields[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._area = name
            fields[name] = [""]

    @staticmethod
    def _input(given: dict[str, str], values: list[str]) -> None:
        if given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                values.append(given.get("value", "on"))
        else:
            values.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1]["fields"][self._area][0] += data.removeprefix("\n")


class Walker:
    """A browser without scripts."""

    def __init__(self, base: str, language: str = "en") -> None:
        self.client = httpx.Client(
            base_url=base, follow_redirects=True, headers={"accept-language": language}, timeout=30
        )
        self.page: httpx.Response = None  # type: ignore[assignment] # nothing is open yet

    def open(self, address: str) -> httpx.Response:
        """Open an address of this site."""
        self.page = self.client.get(address)
        return self.page

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.text

    def links(self, part: str) -> list[str]:
        """The addresses on the page that contain this."""
        return [link for link in self._parsed().links if part in link]

    def submit(self, fields: dict[str, Any], *, action: str = "") -> httpx.Response:
        """Fill in the form that has these fields (and whose address contains ``action``) and send it."""
        for form in self._parsed().forms:
            address = urljoin(str(self.page.url), form["action"] or str(self.page.url))
            if form["method"].lower() == "post" and action in address and set(fields) <= set(form["fields"]):
                sent = {**form["fields"], **fields}
                self.page = self.client.post(address, content=urlencode(sent, doseq=True), headers=FORM)
                return self.page
        raise AssertionError(
            f"no form with {sorted(fields)} to “{action}” on {self.page.url}:\n{self.page.text[:3000]}"
        )

    def _parsed(self) -> _Forms:
        parsed = _Forms()
        parsed.feed(self.page.text)
        return parsed


@contextmanager
def walkers(base: str) -> Iterator[Callable[..., Walker]]:
    """Makes walkers; their connections close with the block."""
    made: list[Walker] = []

    def new(language: str = "en") -> Walker:
        made.append(Walker(base, language))
        return made[-1]

    try:
        yield new
    finally:
        for walker in made:
            walker.client.close()
