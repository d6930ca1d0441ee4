"""config/feeds.toml: what is shipped, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.spec.feeds import read_feeds

CONFIG = Path(__file__).resolve().parents[2] / "config"
GOOD = '[[feed]]\nurl = "https://a.example/feed"\nname = "A"\npublisher = "A"\nowner = "A"\n'


def test_the_shipped_feeds() -> None:
    """Every publisher is there once, with an owner, and none claims to have been polled."""
    feeds = read_feeds(CONFIG)
    assert len(feeds) >= 37
    assert len({f.name for f in feeds}) == len(feeds)
    assert {f.language for f in feeds} == {"en", "zh"}
    assert not any(f.verified for f in feeds)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("https:", "ftp:"), r"feeds.toml:2:1: 'ftp://a.example/feed' is no http"),
        (GOOD + GOOD, r"feeds.toml:7:1: .* declared twice"),
        (GOOD + "every = 5\n", r"feeds.toml:6:1: unknown key 'every'"),
        (GOOD + "min_every_s = 60\nmax_every_s = 30\n", r"feeds.toml:6:1: min_every_s \(60\) is above"),
        (GOOD + 'language = "english"\n', r"feeds.toml:6:1: 'english' is no ISO 639-1"),
        (GOOD + "entries_a_week = { min = 9, max = 3 }\n", r"feeds.toml:6:1: min is above max"),
        (GOOD.replace('owner = "A"', 'owner = " "'), r"feeds.toml:5:1: 'owner' is empty"),
        (GOOD.replace('owner = "A"\n', ""), r"missing required field `owner`"),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """File, line and column of the mistake, and what is wrong."""
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_feeds(tmp_path)
