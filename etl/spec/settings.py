"""How the daemon behaves: config/settings.toml, and the one secret that it names."""

from __future__ import annotations

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from etl.errors import ConfigError
from etl.spec.toml import complain, read_toml

Count = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]


class Declared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A declaration: frozen, every key known."""


class FetchSettings(Declared, frozen=True):
    """Sizes in bytes after decompression, times in seconds."""

    user_agent: str
    deadline_s: Seconds
    max_feed_bytes: Count
    max_page_bytes: Count
    per_host: Count
    pause_s: Annotated[float, msgspec.Meta(ge=0)]
    at_once: Count
    attempts: Count
    allow_private: bool = False


class DaemonSettings(Declared, frozen=True):
    tick_s: Seconds
    load_every_s: Seconds
    load_at_most: Count
    drain_s: Seconds


class WorkerSettings(Declared, frozen=True):
    count: Count
    deadline_s: Seconds
    memory_mb: Annotated[int, msgspec.Meta(ge=256)]


class DuplicateSettings(Declared, frozen=True):
    keep_days: Count


class MailSettings(Declared, frozen=True):
    """Where mail is handed in. `from` is the sender: an address, or a name with one in angle brackets."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    security: Literal["none", "starttls", "tls"]
    sender: str = msgspec.field(name="from")
    user: str = ""
    password_env: str = ""
    password_file: str = ""
    deadline_s: Seconds = 30.0

    def password(self) -> str | None:
        """The secret from the environment, else from the named file; None without a user. Raises ConfigError where it is missing."""
        if not self.user:
            return None
        if self.password_env and (found := os.environ.get(self.password_env)):
            return found
        if self.password_file:
            try:
                return Path(self.password_file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ConfigError(f"the mail password can't be read: {error.strerror}", path=self.password_file) from error
        message = f"[mail] names a user, but neither {self.password_env or 'password_env'} nor password_file gives a password"
        raise ConfigError(message, path="settings.toml")


class Settings(Declared, frozen=True):
    fetch: FetchSettings
    daemon: DaemonSettings
    workers: WorkerSettings
    duplicates: DuplicateSettings
    mail: MailSettings


def read_settings(config_dir: Path) -> Settings:
    """config/settings.toml. Raises ConfigError."""
    path = config_dir / "settings.toml"
    settings = read_toml(path, Settings)
    if not is_address(parseaddr(settings.mail.sender)[1]):
        raise complain(path, ("mail", "from"), f"'{settings.mail.sender}' is no mail address")
    return settings


def is_address(text: str) -> bool:
    """Whether mail can be addressed so: one @, no blanks, no list."""
    return re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", text) is not None
