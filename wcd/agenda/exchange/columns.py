"""The sheets of the table form and their columns, named in both languages; the same in XLSX and CSV."""

import re
from collections.abc import Sequence

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A column: its name in our code, in both languages, and how wide it is (in characters of Latin)."""

    name: str
    zh: str
    en: str
    width: int = 16

    @property
    def head(self) -> str:
        """What its first cell says."""
        return f"{self.zh} / {self.en}"


class SheetKind(msgspec.Struct, frozen=True):
    """A sheet and its columns."""

    name: str
    zh: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """What its tab says."""
        return f"{self.name} {self.zh}"


SESSIONS = SheetKind("Sessions", "场次", (
    Column("code", "代码", "Code", 22),
    Column("kind", "类型", "Kind", 20),
    Column("state", "状态", "State", 18),
    Column("title_zh", "中文标题", "Title in Chinese", 34),
    Column("title_en", "英文标题", "Title in English", 40),
    Column("date", "日期", "Date", 13),
    Column("starts", "开始", "Starts", 10),
    Column("ends", "结束", "Ends", 10),
    Column("minutes", "时长（分钟）", "Minutes", 10),
    Column("room", "会议室", "Room", 18),
    Column("layout", "布置", "Layout", 18),
    Column("seats", "座位数", "Seats", 8),
    Column("booking", "入场方式", "Entry", 24),
    Column("categories", "嘉宾类别", "Categories", 16),
    Column("languages", "使用语言", "Languages", 12),
    Column("interpretation", "同声传译", "Interpretation", 12),
    Column("sdgs", "可持续发展目标", "SDGs", 12),
    Column("subjects", "主题", "Subjects", 18),
    Column("hosts", "主办单位", "Hosts", 22),
    Column("summary_zh", "中文简介", "Description in Chinese", 50),
    Column("summary_en", "英文简介", "Description in English", 60),
    Column("meeting_point_zh", "中文集合地点", "Meeting point in Chinese", 22),
    Column("meeting_point_en", "英文集合地点", "Meeting point in English", 22),
    Column("notes", "内部备注", "Internal notes", 40),
))  # fmt: skip
ITEMS = SheetKind("Items", "环节", (
    Column("session", "场次代码", "Session code", 22),
    Column("number", "序号", "Number", 8),
    Column("kind", "类型", "Kind", 18),
    Column("title_zh", "中文标题", "Title in Chinese", 34),
    Column("title_en", "英文标题", "Title in English", 40),
    Column("minutes", "时长（分钟）", "Minutes", 10),
))  # fmt: skip
PEOPLE = SheetKind("People", "出席人员", (
    Column("session", "场次代码", "Session code", 22),
    Column("item", "环节序号", "Item number", 10),
    Column("speaker", "人员代码", "Speaker code", 24),
    Column("name", "姓名", "Name", 24),
    Column("role", "角色", "Role", 24),
))  # fmt: skip
SPEAKERS = SheetKind("Speakers", "人员", (
    Column("code", "代码", "Code", 24),
    Column("native_name", "母语姓名", "Name in own script", 22),
    Column("latin_name", "拉丁字母姓名", "Name in Latin letters", 24),
    Column("post_zh", "中文职务", "Post in Chinese", 22),
    Column("post_en", "英文职务", "Post in English", 26),
    Column("body_zh", "中文单位", "Organisation in Chinese", 28),
    Column("body_en", "英文单位", "Organisation in English", 32),
    Column("country", "国家/地区代码", "Country or region", 10),
    Column("biography_zh", "中文简历", "Biography in Chinese", 50),
    Column("biography_en", "英文简历", "Biography in English", 60),
))  # fmt: skip
HOSTS = SheetKind("Hosts", "主办单位", (
    Column("code", "代码", "Code", 24),
    Column("name_zh", "中文名称", "Name in Chinese", 36),
    Column("name_en", "英文名称", "Name in English", 44),
))  # fmt: skip
ROOMS = SheetKind("Rooms", "会议室", (
    Column("code", "代码", "Code", 18),
    Column("name_zh", "中文名称", "Name in Chinese", 20),
    Column("name_en", "英文名称", "Name in English", 24),
    Column("floor_zh", "中文楼层", "Floor in Chinese", 12),
    Column("floor_en", "英文楼层", "Floor in English", 12),
    Column("capacity", "容量", "Capacity", 10),
    Column("whole", "属于大厅", "Part of hall", 16),
    Column("venue", "场馆代码", "Venue code", 18),
    Column("venue_zh", "场馆中文名", "Venue in Chinese", 24),
    Column("venue_en", "场馆英文名", "Venue in English", 28),
))  # fmt: skip
KINDS_OF_SHEET = (SESSIONS, ITEMS, PEOPLE, SPEAKERS, HOSTS, ROOMS)
HELP = "Help 说明"


def find_columns(head: Sequence[str], sheet: SheetKind) -> list[str]:
    """The name in our code of each cell of a head; "" for one that is none of ours."""
    known: dict[str, str] = {}
    for column in sheet.columns:
        for word in (column.name, column.zh, column.en, column.head):
            known.setdefault(_plain(word), column.name)
    return [known.get(_plain(cell), "") for cell in head]


def find_sheet(title: str) -> SheetKind | None:
    """The kind that a tab's title names, in either language or both."""
    wanted = _plain(title)
    return next(
        (one for one in KINDS_OF_SHEET if wanted in {_plain(one.name), _plain(one.zh), _plain(one.title)}),
        None,
    )


def _plain(word: str) -> str:
    """Without case, spaces and signs: people retype heads."""
    return re.sub(r"[\W_]+", "", word.casefold())
