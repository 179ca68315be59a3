"""Every template compiles, and holds neither scripts nor styles of its own."""

import re

import pytest

from wcd.core.templating import TEMPLATES, environment
from wcd.web import assets

assets.install()
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", PAGES)
def test_template_compiles(name: str) -> None:
    assert environment().get_template(name).name == name


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("mail/")])
def test_no_inline_script_or_style(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son[a-z]+=|javascript:", text)
