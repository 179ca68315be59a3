from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-22T23:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Hosts_are_bodies"


async def forwards():
    manager = MigrationManager(
        migration_id=ID, app_name="wcd", description=DESCRIPTION
    )

    manager.drop_column(
        table_class_name="Session",
        tablename="agenda_session",
        column_name="hosts",
        db_column_name="hosts",
        schema=None,
    )

    return manager
