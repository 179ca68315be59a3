"""Parts of a page that are the same for everybody, rendered once per language.

``{% call once_for("foot", edition.id, edition.published) %}…{% endcall %}``: the key says everything on which the part
depends but the language. Most of the time of a page goes into its frame; the frame does not change.
"""

from collections.abc import Callable, Hashable

from wcd.core.i18n import get_locale

MOST = 512
_parts: dict[tuple[Hashable, ...], str] = {}


def once_for(*key: Hashable, caller: Callable[[], str]) -> str:
    """The part as it was rendered the first time."""
    whole = (get_locale(), *key)
    part = _parts.get(whole)
    if part is None:
        if len(_parts) >= MOST:
            _parts.clear()
        part = _parts[whole] = caller()
    return part


def forget() -> None:
    """Render every part anew: for tests."""
    _parts.clear()
