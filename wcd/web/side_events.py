"""Words of the call for side events that partners and organisers both read."""

from wcd.agenda.proposals import rules
from wcd.core.i18n import Bilingual, LazyText
from wcd.core.i18n import lazy_gettext as _

STATE_WORDS: dict[str, tuple[str, LazyText]] = {
    rules.SUBMITTED: ("", _("To be decided")),
    rules.ASKED: ("care", _("Asked back")),
    rules.ACCEPTED: ("good", _("Accepted")),
    rules.DECLINED: ("bad", _("Declined")),
    rules.WITHDRAWN: ("", _("Withdrawn")),
}
"""As organisers see it."""
PART_WORDS: dict[str, LazyText] = {
    rules.MORNING: _("Morning"),
    rules.AFTERNOON: _("Afternoon"),
    rules.EVENING: _("Evening"),
}
FIELDS: dict[str, LazyText] = {
    "title_zh": _("Title in Chinese"),
    "title_en": _("Title in English"),
    "summary_zh": _("Description in Chinese"),
    "summary_en": _("Description in English"),
    "body_zh": _("Organisation in Chinese"),
    "body_en": _("Organisation in English"),
    "contact_name": _("Contact person"),
    "email": _("Mail address"),
    "telephone": _("Telephone"),
    "language": _("Language of our letters"),
    "wish_days": _("Days"),
    "wish_time": _("Part of the day"),
    "wish_room": _("Room"),
    "size": _("Number of people"),
    "minutes": _("Length in minutes"),
    "layout": _("How the room is set up"),
    "needs": _("Equipment and other needs"),
    "languages": _("Languages spoken"),
    "interpretation": _("Interpretation wanted into"),
    "subjects": _("Subjects"),
    "sdgs": _("Sustainable Development Goals"),
}
# The goals' short titles as the United Nations publish them in both languages.
SDGS: tuple[Bilingual, ...] = (
    Bilingual("无贫穷", "No poverty"),
    Bilingual("零饥饿", "Zero hunger"),
    Bilingual("良好健康与福祉", "Good health and well-being"),
    Bilingual("优质教育", "Quality education"),
    Bilingual("性别平等", "Gender equality"),
    Bilingual("清洁饮水和卫生设施", "Clean water and sanitation"),
    Bilingual("经济适用的清洁能源", "Affordable and clean energy"),
    Bilingual("体面工作和经济增长", "Decent work and economic growth"),
    Bilingual("产业、创新和基础设施", "Industry, innovation and infrastructure"),
    Bilingual("减少不平等", "Reduced inequalities"),
    Bilingual("可持续城市和社区", "Sustainable cities and communities"),
    Bilingual("负责任消费和生产", "Responsible consumption and production"),
    Bilingual("气候行动", "Climate action"),
    Bilingual("水下生物", "Life below water"),
    Bilingual("陆地生物", "Life on land"),
    Bilingual("和平、正义与强大机构", "Peace, justice and strong institutions"),
    Bilingual("促进目标实现的伙伴关系", "Partnerships for the goals"),
)
