"""Categories: what guests come as."""

from uuid import UUID

import msgspec

from wcd.actors import audit
from wcd.actors.actors import Actor
from wcd.core.db import fetch, in_transaction
from wcd.core.i18n import Bilingual
from wcd.registration.tables import Category


class CategoryView(msgspec.Struct, frozen=True):
    """A category with its letter (for black-and-white paper) and, where guests may choose it, its help."""

    id: UUID
    code: str
    name: Bilingual
    help: Bilingual
    mark: str
    is_public: bool


# Code, Chinese, English, letter, whether guests may choose it, and help for those who do.
USUAL: tuple[tuple[str, str, str, str, bool, str, str], ...] = (
    ("vip", "贵宾", "VIP", "V", False, "", ""),
    ("speaker", "主讲嘉宾", "Speaker", "S", False, "", ""),
    (
        "delegate",
        "参会代表",
        "Delegate",
        "D",
        True,
        "参加会议、论坛与考察",
        "For the sessions, forums and tours",
    ),
    ("press", "媒体", "Press", "P", True, "记者、编辑与摄影摄像人员", "Reporters, editors, camera crews"),
    (
        "exhibitor",
        "参展商",
        "Exhibitor",
        "X",
        True,
        "在展览中设有展位的单位",
        "Bodies with a stand in the exhibitions",
    ),
    ("escort", "陪同人员", "Escort", "E", False, "", ""),
    ("staff", "工作人员", "Staff", "W", False, "", ""),
    ("volunteer", "志愿者", "Volunteer", "H", False, "", ""),
)


@in_transaction
async def ensure_categories(edition: UUID, *, by: Actor) -> None:
    """The usual categories for an edition that has none."""
    if await Category.exists().where(Category.edition == edition):
        return
    await Category.insert(
        *(
            Category(
                edition=edition,
                code=code,
                name_zh=zh,
                name_en=en,
                help_zh=help_zh,
                help_en=help_en,
                mark=mark,
                is_public=is_public,
                position=position,
            )
            for position, (code, zh, en, mark, is_public, help_zh, help_en) in enumerate(USUAL)
        )
    )
    await audit.record(by, "categories.made", edition, edition=edition, number=len(USUAL))


async def list_categories(edition: UUID, *, public: bool = False) -> list[CategoryView]:
    """The categories in the organisers' order; ``public``: those that guests may choose."""
    rows = await fetch(
        "SELECT * FROM registration_category WHERE edition = $1 AND (is_public OR NOT $2) ORDER BY position, code",
        edition, public,
    )  # fmt: skip
    return [
        CategoryView(
            id=row["id"],
            code=row["code"],
            name=Bilingual(row["name_zh"], row["name_en"]),
            help=Bilingual(row["help_zh"], row["help_en"]),
            mark=row["mark"],
            is_public=row["is_public"],
        )
        for row in rows
    ]
