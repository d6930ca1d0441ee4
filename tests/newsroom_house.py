"""A configuration that reads the sample newsroom, for tests that start real commands."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.newsroom import Newsroom

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class House:
    """A folder with a configuration and a data folder of its own."""

    config: Path
    home: Path

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "etl", "--config", str(self.config), "--home", str(self.home), *words]

    def figurewatch(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), cwd=ROOT, capture_output=True, text=True)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(self.command(*words), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def build_house(folder: Path, newsroom: Newsroom, mail_port: int) -> House:
    """The shipped configuration, with the newsroom's feeds, its loopback allowed, and a quick daemon."""
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    feeds = [
        f'[[feed]]\nurl = "{f.url}"\nname = "{f.name}"\npublisher = "{f.publisher}"\nowner = "{f.owner}"\nlanguage = "{f.language}"\n'
        f"min_every_s = 1\nmax_every_s = 2\n"
        for f in newsroom.feeds()
    ]
    (config / "feeds.toml").write_text("\n".join(feeds), encoding="utf-8")
    settings = (config / "settings.toml").read_text()
    quick = {"allow_private": "true", "pause_s": "0.0", "deadline_s": "10", "tick_s": "0.2", "load_every_s": "0.5", "port": str(mail_port)}
    for key, value in quick.items():
        settings = re.sub(rf"^({key}\s*=\s*)\S+", rf"\g<1>{value}", settings, flags=re.M)
    settings = settings.replace('host              = "localhost"', 'host              = "127.0.0.1"')
    (config / "settings.toml").write_text(settings)
    return House(config=config, home=folder / "home")


def wait_until(happened: Callable[[], bool], seconds: float = 60.0) -> None:
    """Until it has happened. Raises TimeoutError after so many seconds."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError("it never happened")
        time.sleep(0.05)
