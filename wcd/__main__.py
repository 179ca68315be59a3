"""`python3 -m wcd …` on any Python: says in plain words if it is too old, sets up, then runs."""

import os
import sys


def main() -> None:
    """Check the Python, enter `.venv`, hand over."""
    if os.name != "posix":
        sys.exit("wcd runs on Linux and macOS: on Windows start it inside WSL.")
    if sys.version_info < (3, 11):
        found = "%d.%d" % sys.version_info[:2]
        sys.exit(
            "wcd needs Python 3.11 or newer and this is %s: start it with a newer one, as in “python3.12 -m wcd”."
            % found
        )
    if not os.environ.get("WCD_NO_BOOTSTRAP"):
        from wcd.launch.bootstrap import enter

        enter(sys.argv[1:])
    from wcd.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
