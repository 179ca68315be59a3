"""How long 1,500 badges take: drawn in a fresh process, against encoding the same QR symbols in it.

Alone: `python -m wcd.cli.bench.badges`.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from wcd.badges.drawing import BadgeFace, EditionFace, ProgrammeLine, draw_badges
from wcd.badges.layouts import LAYOUTS
from wcd.cli.bench.results import Result, bare, compared
from wcd.paper import faces, qr

COUNT = 1500
PROCESSES = {"peer_processes": 0, "workers": 1}  # the drawing process alone; it talks to nobody
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

EDITION = EditionFace(
    code="bench",
    name_zh="世界城市日 2023",
    name_en="World Cities Day",
    subtitle_en="China observance",
    dates_en="28–31 Oct",
    place_zh="上海",
    place_en="Shanghai",
    days=(28, 29, 30, 31),
    release_note_zh="日程第1版。",
    release_note_en="Release 1.",
    desk_zh="一层东门",
    desk_en="ground floor, east gate",
)
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰春梅志建国文斌鹏辉婷雪琳欣怡子涵宇轩浩然"
RARE = ("𬱖", "𠅤", "𫍯", "㛃", "䶮", "𠀋", "𪚥", "𨭎")
WORLD = (
    ("مريم الهاشمي", "Maryam Al-Hashimi"),
    ("عبد الرحمن القحطاني", "Abdulrahman Al-Qahtani"),
    ("ณัฐธิดา ศรีสุวรรณ", "Natthida Srisuwan"),
    ("กิตติพงษ์ วงศ์ใหญ่", "Kittipong Wongyai"),
    ("प्रियंका शर्मा", "Priyanka Sharma"),
    ("सिद्धार्थ कृष्णमूर्ति", "Siddharth Krishnamurthy"),
    ("Анна Шереметьева", "Anna Sheremetyeva"),
    ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
    ("김하늘", "Kim Haneul"),
    ("佐々木　さくら", "Sasaki Sakura"),
    ("Nguyễn Thị Ánh", "Nguyen Thi Anh"),
    ("María José Fernández-Guerrero de la Torre", "Maria Jose Fernandez-Guerrero de la Torre"),
    ("迪丽娜尔·阿不都热合曼", "Dilnar Abdurahman"),
)


def measure() -> list[Result]:
    """The middle one of three runs, each in a fresh process. Unpacking the fonts, done once per data folder, is not timed."""
    with tempfile.TemporaryDirectory() as folder:
        faces.unpack(Path(folder))
        runs = sorted((_run(Path(folder)) for _ in range(3)), key=lambda run: run["seconds"] / run["floor"])
    middle = runs[1]
    return [
        compared("badges", "double_sided_1500", middle["seconds"], "s", middle["floor"], **PROCESSES),
        bare("badges", "file", middle["megabytes"], "MB", **PROCESSES),
        bare("badges", "peak_memory", middle["peak"], "MB", **PROCESSES),
    ]


def _run(fonts: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "wcd.cli.bench.badges", "--here", str(fonts)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(told)
    return figures


def _measure(fonts: Path) -> dict[str, float]:
    """Draws in this process, loading the fonts included; the floor is the mean of one run before and one after."""
    badges = [_badge(n) for n in range(COUNT)]
    out = io.BytesIO()
    before = _floor(badges)
    start = time.perf_counter()
    draw_badges(EDITION, badges, out, fonts=fonts)
    seconds = time.perf_counter() - start
    peak = _peak()
    floor = (before + _floor(badges)) / 2
    return {"seconds": seconds, "floor": floor, "megabytes": len(out.getvalue()) / 1e6, "peak": peak}


def _floor(badges: list[BadgeFace]) -> float:
    start = time.perf_counter()
    for badge in badges:
        qr.encode(badge.code)
    return time.perf_counter() - start


def _peak() -> float:
    """Peak memory of this process in MB; getrusage would also count the parent's before the program was started."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # macOS counts bytes


def _badge(n: int) -> BadgeFace:
    native, latin = WORLD[n // 8 % len(WORLD)] if n % 8 == 0 else _han_name(n)
    category = list(LAYOUTS)[n % len(LAYOUTS)]
    return BadgeFace(
        guest_id=str(n),
        native_name=native,
        latin_name=latin,
        organisation_zh=f"第{n % 240}城市规划研究院（示例）",
        organisation_en=f"Institute for Urban Studies No. {n % 240} (sample)",
        category=category,
        category_zh="参会代表",
        category_en=category.title(),
        code="".join(ALPHABET[(n * 7919 + k * k * 31 + n // (k + 1)) % 32] for k in range(qr.CODE_LENGTH)),
        short_code=f"{n:04}-2Q9D",
        seat_zh=f"B区 {n % 30 + 1}排 {n % 40 + 1:02}座",
        seat_en=f"Block B, row {n % 30 + 1}, seat {n % 40 + 1}",
        programme=tuple(_session((n * 11 + k * 10) % 10 + k * 10) for k in range(6)),
    )


def _han_name(n: int) -> tuple[str, str]:
    given = GIVEN[n * 7 % len(GIVEN)] + (GIVEN[n * 3 % len(GIVEN)] if n % 3 else "")
    if n % 50 == 1:
        given = RARE[n // 50 % len(RARE)]
    return FAMILIES[n % len(FAMILIES)] + given, f"Guest {n}"


def _session(k: int) -> ProgrammeLine:
    """One of sixty sessions, in the order of their days."""
    day = k // 15
    return ProgrammeLine(
        day_label_zh=f"10月{28 + day}日 周{'六日一二'[day]}",
        day_label_en=f"{('Sat', 'Sun', 'Mon', 'Tue')[day]} {28 + day} Oct",
        time=f"{9 + k % 9:02}:00–{10 + k % 9:02}:30",
        title_zh=f"分论坛{k + 1}：城市更新与社区生活圈",
        title_en=f"Forum {k + 1}: urban renewal and community life",
        room_zh=f"江海厅 {k % 12 + 1}",
        room_en=f"Jianghai Hall {k % 12 + 1}",
    )


def main() -> None:
    """The report as JSON, one object a line; with `--here FOLDER` the bare figures of this process."""
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(_measure(Path(sys.argv[2]))))
        return
    for result in measure():
        print(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main()
