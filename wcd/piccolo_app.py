"""The one Piccolo app: every table of the house, one line of migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

ROOMS = (
    "core",
    "actors",
    "editions",
    "venues",
    "accounts",
    "mail",
    "agenda",
    "registration",
    "badges",
    "checkin",
    "campaigns",
)

APP_CONFIG = AppConfig(
    app_name="wcd",
    migrations_folder_path=str(Path(__file__).resolve().parents[1] / "migrations"),
    table_classes=table_finder(modules=[f"wcd.{room}.tables" for room in ROOMS], exclude_imported=True),
)
