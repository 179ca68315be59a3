"""A stage for the door in a browser: the application on a port, gates and guests, and what a camera would see."""

import asyncio
import contextlib
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import uvicorn
from PIL import Image

from tests import make
from tests.checkin import door_cast as cast
from tests.tools import tool
from wcd.checkin import devices
from wcd.core import db
from wcd.core.clock import travel

MORNING = datetime.fromisoformat("2023-10-28T09:00:00+08:00")
TABLES = (
    "checkin_scan_conflict", "checkin_refused_scan", "checkin_scan", "checkin_device", "checkin_pairing_link",
    "checkin_gate_session", "checkin_gate", "actors_audit_entry", "registration_code", "registration_guest",
    "registration_category", "editions_edition",
)  # fmt: skip


class Stage:
    """The running application with one edition and one gate; ``port`` is where it listens."""

    def __init__(self, port: int, edition: UUID, gate: UUID) -> None:
        self.port = port
        self.edition = edition
        self.gate = gate

    @property
    def base(self) -> str:
        """The address of the application."""
        return f"http://127.0.0.1:{self.port}"

    async def pairing(self) -> str:
        """The address that a supervisor shows as a QR."""
        return f"/door/pair/{await devices.make_pairing_link(self.edition, self.gate, by=cast.BY)}"

    async def guest(self, **values: Any) -> tuple[UUID, str]:
        """An approved guest and their code."""
        made = await make.guest(self.edition, **values)
        return made, await cast.code_of(made)

    async def verdicts(self) -> list[str]:
        """What was stored, in the order in which it happened."""
        rows = await db.fetch("SELECT kind, verdict FROM checkin_scan ORDER BY happened_at, id")
        return [row["verdict"] or row["kind"] for row in rows]


@contextlib.asynccontextmanager
async def stage(application: Any) -> AsyncIterator[Stage]:
    """Serve the application in this loop until the test is over, then take everything away."""
    with travel(MORNING), socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_level="error"))
        serving = asyncio.create_task(server.serve([listener]))
        edition = await make.edition("door-stage", is_current=False)
        gate = await cast.gate(edition, code="E-03", name_zh="东门", name_en="East gate")
        try:
            yield Stage(listener.getsockname()[1], edition, gate)
        finally:
            server.should_exit = True
            await serving
            for table in TABLES:
                await db.execute(f"DELETE FROM {table}")


def film(pdf: bytes, target: Path) -> Path:
    """What a camera sees when somebody holds up the front of this badge: frames of 1280 × 720."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "badge.pdf")
        source.write_bytes(pdf)
        command = [
            tool("pdftoppm"),
            "-png",
            "-r",
            "110",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            str(source),
            f"{folder}/front",
        ]
        subprocess.run(command, check=True)
        with Image.open(f"{folder}/front.png") as picture:
            badge = picture.convert("L").rotate(4, expand=True, fillcolor=90)
    frame = Image.new("L", (1280, 720), 90)
    frame.paste(badge, ((1280 - badge.width) // 2, (720 - badge.height) // 2))
    pictures = b"FRAME\n" + np.asarray(frame).tobytes() + bytes([128]) * (640 * 360 * 2)
    target.write_bytes(b"YUV4MPEG2 W1280 H720 F10:1 Ip A1:1 C420jpeg\n" + pictures * 10)
    return target
