"""The containers' file: its commands and variables are the program's own."""

import shlex

import pytest
import yaml

from tests.launch.test_serve import CHECKOUT, Served
from wcd.core.config import NAMES
from wcd.launch.embedded import Embedded
from wcd.launch.folder import Folder

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
OURS = ("web", "worker", "clock")


def test_every_container_watches_its_health_and_none_is_root():
    root_by_default = {"postgres", "valkey"}
    for name, service in COMPOSE["services"].items():
        assert service["healthcheck"]["test"], name
        assert service["restart"] == "unless-stopped"
        if name in root_by_default:
            assert service["user"] not in {"root", "0"}
    for path in ("Dockerfile", "deploy/Dockerfile"):
        lines = (CHECKOUT / path).read_text().splitlines()
        assert [line for line in lines if line.startswith("USER ")][-1] not in {"USER root", "USER 0"}


def test_the_image_starts_without_set_up_and_holds_what_is_needed():
    text = (CHECKOUT / "Dockerfile").read_text()
    assert "WCD_NO_BOOTSTRAP=1" in text
    kept = (CHECKOUT / ".dockerignore").read_text().splitlines()
    for folder in ("wcd", "templates", "locales", "migrations", "requirements.lock"):
        assert f"COPY {folder} " in text
        assert f"!{folder}" in kept


def test_variables_are_settings():
    for name in OURS:
        assert {
            key for key in COMPOSE["services"][name]["environment"] if key.startswith("WCD_")
        } <= NAMES.keys()


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """PostgreSQL and Valkey that are somebody else's, as in containers of their own."""
    folder = Folder(tmp_path_factory.mktemp("containers"))
    servers = Embedded(folder.home, durable=False)
    servers.start("postgres", "valkey")
    yield servers
    servers.stop()


def test_the_same_commands_and_variables_start_as_processes(servers, tmp_path):
    values = {
        "WCD_DATABASE_URL": servers.database_url,
        "WCD_REDIS_URL": servers.redis_url,
        "WCD_BASE_URL": "https://forum.example",
        "WCD_SECRET": "0123456789abcdef0123456789abcdef",
        "WCD_SMTP_URL": "",
        "WCD_MAIL_FROM": "",
    }
    running = {}
    try:
        for name in OURS:
            service = COMPOSE["services"][name]
            env = {key: values.get(key, str(value)) for key, value in service["environment"].items()}
            command = [part.replace("${FORUM_WEB_PROCESSES:-2}", "2") for part in service["command"]]
            assert command[0] == "serve", shlex.join(command)
            running[name] = Served(tmp_path, *command[1:], **env)
        for one in running.values():
            one.wait()
        assert running["web"].ready["public"] == "https://forum.example/"
        assert running["web"].ready["pids"].keys() == {"serve", "web", "web-2"}
        assert running["worker"].ready["pids"].keys() == {"serve", "worker"}
        assert running["clock"].ready["pids"].keys() == {"serve", "clock"}
        for one in running.values():
            assert one.process.poll() is None
    finally:
        codes = {name: one.end() for name, one in running.items()}
    assert codes == dict.fromkeys(OURS, 0)
