"""The words that files show people, each in both languages: a file is read by both, whoever wrote it."""

from wcd.agenda import rules
from wcd.core.i18n import Bilingual

KINDS = {
    rules.CEREMONY: Bilingual("仪式", "Ceremony"),
    rules.PLENARY: Bilingual("全体会议", "Plenary"),
    rules.FORUM: Bilingual("分论坛", "Sub-forum"),
    rules.SIDE_EVENT: Bilingual("边会", "Side event"),
    rules.TOUR: Bilingual("主题考察", "Theme tour"),
    rules.BREAK: Bilingual("茶歇", "Break"),
    rules.MEAL: Bilingual("餐叙", "Meal"),
}
STATES = {
    rules.IDEA: Bilingual("设想", "Idea"),
    rules.PLANNED: Bilingual("计划中", "Planned"),
    rules.CONFIRMED: Bilingual("已确认", "Confirmed"),
    rules.CALLED_OFF: Bilingual("已取消", "Called off"),
}
BOOKINGS = {
    rules.OPEN: Bilingual("自由入场", "Without booking"),
    rules.BY_BOOKING: Bilingual("预约入场", "By booking"),
    rules.BY_INVITATION: Bilingual("凭邀请函入场", "By invitation"),
    rules.BY_CATEGORY: Bilingual("按嘉宾类别入场", "By category"),
}
ITEM_KINDS = {
    rules.SPEECH: Bilingual("演讲", "Speech"),
    rules.ADDRESS_ITEM: Bilingual("致辞", "Address"),
    rules.PANEL: Bilingual("圆桌对话", "Panel"),
    rules.DISCUSSION: Bilingual("讨论", "Discussion"),
    rules.AWARD: Bilingual("颁奖", "Award"),
    rules.LAUNCH: Bilingual("发布", "Launch"),
    rules.VIDEO: Bilingual("短片", "Film"),
    "break": Bilingual("休息", "Interval"),
}
ROLES = {
    rules.SPEAKER: Bilingual("主讲人", "Speaker"),
    rules.MODERATOR: Bilingual("主持人", "Moderator"),
    rules.DISCUSSANT: Bilingual("点评人", "Discussant"),
    rules.ADDRESS: Bilingual("致辞人", "Giving an address"),
}
LAYOUTS = {
    "theatre": Bilingual("剧院式", "Theatre"),
    "classroom": Bilingual("课堂式", "Classroom"),
    "boardroom": Bilingual("董事会式", "Boardroom"),
    "banquet": Bilingual("宴会式", "Banquet"),
    "cabaret": Bilingual("半圆桌式", "Cabaret"),
    "u_shape": Bilingual("U形", "U-shape"),
    "standing": Bilingual("站立式", "Standing"),
}
CALLED_OFF_BEFORE = {"zh": "【已取消】", "en": "CANCELLED: "}
"""Readers of the frab formats know no state: what does not take place says so in its title."""
NO_ROOM = {"zh": "地点待定", "en": "Place to be announced"}
