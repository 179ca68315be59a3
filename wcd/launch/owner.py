"""As which user the servers run: PostgreSQL refuses root."""

import os
import pwd
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

from wcd.launch.errors import LaunchError
from wcd.launch.kernel import own_user_namespace

NOBODY = 65534


def servers_user(home: Path, binary: Path) -> tuple[int, int, str]:
    """As which user the servers run: ourselves, or, for root, whoever owns the data folder, or nobody."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid(), "self"
    owner = home.stat()
    uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid else (NOBODY, NOBODY)
    blocked = next(
        (f for p in (home / "pg", binary) for f in p.resolve().parents if not passable(f, uid, gid)), None
    )
    if blocked is None:
        return uid, gid, "other"
    try:
        run(["true"], preexec_fn=own_user_namespace(signal.SIGKILL))
    except LaunchError:
        raise LaunchError(
            f"PostgreSQL refuses to run as root, no other user may pass {blocked}, and this system forbids user "
            f"namespaces: start as an ordinary user, or let others pass with “chmod o+x {blocked}”."
        ) from None
    return 0, 0, "namespace"


def run(argv: list[str | Path], **how: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end as somebody else; what the kernel refuses is a sentence."""
    try:
        return subprocess.run([str(part) for part in argv], check=False, **how)
    except subprocess.SubprocessError as wrong:
        raise LaunchError(f"{argv[0]} cannot be started: {wrong}") from wrong


def passable(folder: Path, uid: int, gid: int) -> bool:
    """Whether a user may pass through a folder."""
    state = folder.stat()
    needed = stat.S_IXUSR if state.st_uid == uid else stat.S_IXGRP if state.st_gid == gid else stat.S_IXOTH
    return bool(state.st_mode & needed)


def name_of(uid: int) -> str:
    """What a user is called here."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
