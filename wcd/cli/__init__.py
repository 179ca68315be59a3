"""The command line: a module of this folder is the command of the same name; its `command` is click's."""

import errno
import importlib
import os
import pkgutil
import sys

import click

from wcd.core.config import ConfigError
from wcd.launch.errors import LaunchError, full

HELPERS = {"attached", "prepare"}


class Nouns(click.Group):
    """Loads only the module whose command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks with it
        """The modules of this folder."""
        return sorted({module.name for module in pkgutil.iter_modules(__path__)} - HELPERS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one of them."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="wcd")
def command_line() -> None:
    """Runs an international city forum: agenda, registration, badges, mail and the door."""


def language() -> str:
    """The language of this terminal."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def main() -> None:
    """Exit code 0 done, 1 refused with a sentence, 2 wrong use."""
    try:
        command_line(prog_name="python3 -m wcd")
    except (ConfigError, LaunchError) as refused:
        sys.exit(str(refused))
    except Exception as wrong:
        if isinstance(wrong, OSError) and wrong.errno in {errno.ENOSPC, errno.EDQUOT}:
            sys.exit(str(full(wrong.filename or "the data folder")))
        # Looked up, not imported: its languages take longer to load than most commands to run.
        known = sys.modules.get("wcd.core.errors")
        if known is None or not isinstance(wrong, known.Refusal):
            raise
        with sys.modules["wcd.core.i18n"].use_locale(language()):
            words = str(wrong)
        sys.exit(words)
