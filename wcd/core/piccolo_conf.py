"""Piccolo's configuration (PICCOLO_CONF=wcd.core.piccolo_conf): the engine and the one app."""

from piccolo.conf.apps import AppRegistry

from wcd.core.db import engine

DB = engine()
APP_REGISTRY = AppRegistry(apps=["wcd.piccolo_app"])
