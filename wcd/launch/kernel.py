"""What we ask of the system's kernel for a child process; standard library only.

All of it runs in the child between fork and exec, so it must be short and import nothing.
"""

import ctypes
import functools
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(how: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """For `preexec_fn`: the child gets a signal when its parent dies, even by kill -9.

    The kernel ties this to the *thread* that forks: start children from the main thread. Without Linux the
    next start still finds them by the list of children.
    """
    return functools.partial(_die_with, os.getpid(), how)


def own_user_namespace(how: signal.Signals) -> Callable[[], None]:
    """The same, in a namespace of users where root is an ordinary user, though root for files outside.

    PostgreSQL refuses root, and below a 0700 folder of root's no other user can reach its files.
    """
    return functools.partial(_enter_namespace, os.getpid(), how)


def _die_with(parent: int, how: signal.Signals) -> None:
    if sys.platform != "linux":
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(how))
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def _enter_namespace(parent: int, how: signal.Signals) -> None:
    if _libc.unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER)")
    for name, value in (("setgroups", "deny"), ("uid_map", "1000 0 1"), ("gid_map", "1000 0 1")):
        with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 - as little as possible after a fork
            file.write(value)
    _die_with(parent, how)
