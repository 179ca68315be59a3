"""Who comes: speakers, the cast, delegations with their escorts, and everybody else."""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from wcd.sample import Speaker, load
from wcd.sample.draw import Draw
from wcd.sample.names import draw_name, read_names
from wcd.sample.people import (
    Bodies,
    Body,
    Category,
    Diet,
    Group,
    Post,
    SampleGuest,
    read_bodies,
    read_cast,
    read_groups,
    read_particulars,
)

GUESTS = 1500
HOW_MANY: dict[Category, int] = {"vip": 36, "press": 60, "exhibitor": 84, "staff": 60, "volunteer": 120}
KINDS: dict[Category, str] = {"press": "media", "staff": "conference", "volunteer": "volunteers"}
OTHER_KINDS = ("university", "company", "company", "society", "institute")
NEEDS = (
    "乘坐轮椅，需轮椅席位与无台阶通道。",
    "听力不便，请安排前排座位，并提供环路助听。",
    "使用盲杖，入场时请志愿者引导。",
    "需要大字版材料。",
    "孕晚期，请安排靠近出口的座位。",
    "携导盲犬入场。",
)


class Crowd:
    """Makes guests, always the same ones in the same order."""

    def __init__(self) -> None:
        self.draw = Draw("wcd-2023 guests")
        self.names = read_names()
        self.bodies: Bodies = read_bodies()
        self.groups: tuple[Group, ...] = read_groups()

    def everybody(self) -> list[SampleGuest]:
        """All guests, in the order in which they are made."""
        guests = [*speaker_guests(self.groups), *read_cast()]
        for group in self.groups:
            guests += self.delegation(group)
        count = Counter(guest.category for guest in guests)
        for category, wanted in HOW_MANY.items():
            guests += [self.somebody(category) for _ in range(wanted - count[category])]
        guests += [self.somebody("delegate") for _ in range(GUESTS - len(guests))]
        return guests

    def delegation(self, group: Group) -> Iterator[SampleGuest]:
        """The escort of a delegation and, where a city sends it, its head and members."""
        yield self.person("escort", self.body("conference"), "escort", group=group)
        if group.size == 0:  # led by a speaker; its members are in the cast
            return
        city = self.bodies.cities[group.city]
        council = f"{city.en} Municipal People’s Government (sample)"
        government = Body(f"{city.zh}人民政府（示例）", council, "head")
        rank: Category = "vip" if group.vip_head else "delegate"
        yield self.person(rank, government, "head", group=group, is_head=True)
        for _ in range(group.size - 2):
            yield self.person("delegate", self.department(city), "government", group=group)

    def somebody(self, category: Category) -> SampleGuest:
        """A guest who comes alone."""
        if category == "exhibitor":
            return self.person(category, self.draw.one(home_stands()), "exhibitor")
        if category == "vip":
            house = self.body(self.draw.one(("university", "society", "institute")))
            return self.person(category, house, "vip")
        if category == "delegate" and self.draw.happens(420):
            return self.person(category, self.department(self.draw.one(self.bodies.cities)), "government")
        kind = KINDS.get(category) or self.draw.one(OTHER_KINDS)
        return self.person(category, self.body(kind), kind)

    def person(
        self, category: Category, body: Body, posts: str, *, group: Group | None = None, is_head: bool = False
    ) -> SampleGuest:
        """One invented person from China in a post of that list."""
        native, latin = draw_name(self.draw, self.names, young=category == "volunteer")
        post: Post = self.draw.one(self.bodies.posts[posts])
        serves_abroad = category == "escort" and group is not None and group.country != "CN"
        return SampleGuest(
            native_name=native,
            latin_name=latin,
            organisation_zh=body.zh,
            organisation_en=body.en,
            post_zh=post.zh,
            post_en=post.en,
            category=category,
            language="en" if serves_abroad else "zh",
            diet=self.diet(),
            access_needs=self.draw.one(NEEDS) if self.draw.happens(12) else "",
            delegation=group.code if group else None,
            is_head=is_head,
        )

    def diet(self) -> Diet:
        """What most people leave empty."""
        lot = self.draw.below(1000)
        return "vegetarian" if lot < 35 else "halal" if lot < 53 else "vegan" if lot < 57 else ""

    def body(self, kind: str) -> Body:
        """A body of that kind."""
        return self.draw.one([body for body in self.bodies.bodies if body.kind == kind])

    def department(self, city: Post) -> Body:
        """A department of a city."""
        part = self.draw.one(self.bodies.departments)
        return Body(f"{city.zh}{part.zh}（示例）", f"{city.en} {part.en} (sample)", "government")


def speaker_guests(groups: tuple[Group, ...]) -> list[SampleGuest]:
    """The speakers as guests, with what is particular to some of them."""
    particular = read_particulars()
    guests = [speaker_guest(speaker, groups) for speaker in load().speakers]
    return [replace(guest, **particular.get(guest.speaker or "", {})) for guest in guests]


def speaker_guest(speaker: Speaker, groups: tuple[Group, ...]) -> SampleGuest:
    """The guest that a speaker is; some lead a delegation."""
    led = next((group.code for group in groups if group.head_speaker == speaker.code), None)
    return SampleGuest(
        native_name=speaker.native_name,
        latin_name=speaker.latin_name,
        organisation_zh=speaker.body_zh,
        organisation_en=speaker.body_en,
        post_zh=speaker.post_zh,
        post_en=speaker.post_en,
        country=speaker.country,
        category="speaker",
        language="zh" if speaker.country in {"CN", "HK", "MO", "TW"} else "en",
        delegation=led,
        is_head=led is not None,
        speaker=speaker.code,
    )


def home_stands() -> list[Body]:
    """The bodies from China that have a stand; those from abroad bring their own people, who are in the cast."""
    abroad = {speaker.body_zh for speaker in load().speakers if speaker.country != "CN"}
    stands = [stand for exhibition in load().exhibitions for stand in exhibition.stands]
    return [Body(one.body_zh, one.body_en, "exhibitor") for one in stands if one.body_zh not in abroad]
