"""What goes wrong while starting, as one plain sentence that says what to do."""

import errno


class LaunchError(Exception):
    """The system cannot start; the sentence says why and what to do."""


def no_room(error: BaseException | str) -> bool:
    """Whether something failed because the disk is full."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    said = ("No space left on device", "Disk quota exceeded", "Check free disk space")
    return any(words in str(error) for words in said)


def full(where: object) -> LaunchError:
    """The sentence for a full disk."""
    return LaunchError(f"The disk that holds {where} is full: make room there and start again.")


def unusable(error: OSError, where: object) -> LaunchError:
    """The sentence for a file or folder that the system will not let us use."""
    if no_room(error):
        return full(where)
    return LaunchError(
        f"{where} cannot be used ({error.strerror}): give another folder with --data, or rights on this one."
    )
