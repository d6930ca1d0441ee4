"""The compose file says what the manual promises."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return found


def test_the_daemon_runs_confined(services: dict[str, Any]) -> None:
    """Not as root, nothing of the image written to, no privileges, secrets as files."""
    daemon = services["figurewatch"]
    assert daemon["user"].split(":")[0] not in ("0", "root")
    assert daemon["read_only"] is True
    assert daemon["cap_drop"] == ["ALL"]
    assert daemon["secrets"] == ["mail_password"]
    assert not any("PASSWORD" in key for key in daemon["environment"])


def test_the_health_check_and_the_command_are_subcommands(services: dict[str, Any]) -> None:
    """What the compose file calls is a command that exists."""
    commands = {path.stem for path in (ROOT / "etl" / "commands").glob("*.py")}
    daemon = services["figurewatch"]
    assert daemon["command"][0] in commands
    assert daemon["healthcheck"]["test"][:2] == ["CMD", "figurewatch"]
    assert daemon["healthcheck"]["test"][2] in commands


def test_the_mail_catcher_is_a_profile(services: dict[str, Any]) -> None:
    """A plain `docker compose up` starts the daemon alone."""
    assert services["mailcatcher"]["profiles"] == ["mailcatcher"]
    assert "profiles" not in services["figurewatch"]


def test_the_data_lie_in_a_volume(services: dict[str, Any]) -> None:
    """The image's user owns the folder that the volume covers."""
    assert "data:/data" in services["figurewatch"]["volumes"]
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "USER figurewatch" in dockerfile
    assert "FIGUREWATCH_HOME=/data" in dockerfile
