"""What the sheet “Help” of the table form says, line by line in both languages."""

HELP_LINES: tuple[tuple[str, str], ...] = (
    ("如何填写本表", "How to fill in this form"),
    (
        "每个场次一行。“代码”决定一切：代码已有，则修改该场次；代码为新或留空，则新增。",
        (
            "One row for each session. Its code decides: a session of that code is changed; a new code, or none, makes a"
            " new session."
        ),
    ),
    (
        "只处理表中有的列：删去某一列，该项内容保持不变；留空单元格，则清空该项。",
        "Only columns that are there count: a column taken away leaves things as they are, an empty cell empties them.",
    ),
    (
        "表中没有的场次不会被删除。",
        "Sessions that are not in the form stay; nothing is removed.",
    ),
    (
        "日期写作 2023-10-28，时间写作 14:30，均为会场当地时间。跨过午夜的场次，请在“结束”一栏写明日期与时间，如 2023-10-29 00:30。",
        (
            "Dates are written 2023-10-28, times 14:30, by the clocks of the place. Where a session ends on the next day,"
            " write date and time in the column “Ends”: 2023-10-29 00:30."
        ),
    ),
    (
        "时间未定的场次，日期、开始、结束三栏都留空，并填写“时长（分钟）”；其状态只能是“设想”或“计划中”。",
        "A session without a time has none of date, start and end, but its minutes; its state is idea or planned.",
    ),
    (
        "一格内有多项时，以分号隔开：zh; en。",
        "Several values in one cell are parted by semicolons: zh; en.",
    ),
    (
        "类型、状态、入场方式、角色等可从下拉列表选择，也可填写中文、英文或代码。",
        "Kind, state, entry, role and the like are chosen from lists, or typed in Chinese, English or as a code.",
    ),
    (
        "会议室填写“会议室”表中的代码或名称。表中新增的会议室、人员和主办单位会一并建立；已有会议室的资料请在“场馆”页面修改。",
        (
            "Rooms are named by their code or name on the sheet “Rooms”. Rooms, people and hosts that are new on their"
            " sheets are made; what is known of rooms that exist is changed under Places."
        ),
    ),
    (
        "环节的起止时间由各自时长依次推算，按 1、2、3 编号。出席人员如不属于某一环节，“环节序号”留空。",
        (
            "The times of items follow from their minutes, one after another; they are numbered 1, 2, 3. Who belongs to no"
            " single item has no item number."
        ),
    ),
    (
        "请勿使用公式、合并单元格或隐藏工作表：导入时会指出，且不会写入任何内容。",
        "Use no formulas, merged cells or hidden sheets: the import names them and writes nothing.",
    ),
    (
        "导入前先显示预览：逐行说明将做什么、哪里有误。确认后才一次全部写入。",
        (
            "Before anything is written a preview says for each row what would happen and what is wrong; then all is"
            " written at once, or nothing."
        ),
    ),
)
