"""Whoever writes a setting wrong is told where, and what was meant."""

from pathlib import Path

import msgspec
import pytest

from etl.errors import ConfigError
from etl.spec.toml import read_toml


class Feed(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    every: int = 60


class Feeds(msgspec.Struct, forbid_unknown_fields=True):
    feed: list[Feed]


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ('[[feed]]\nurl = "a"\n\n[[feed]]\nurl = "b"\nevry = 3\n', 6, 1, "did you mean 'every'?"),
        ('[[feed]]\nurl = "a"\n  every = "x"\n', 3, 3, "Expected `int`"),
        ('[[feed]]\nurl = "a"\n[[feed]]\nevery = 2\n', 3, 1, "missing required field `url`"),
        ('feed = [{ url = "a", ever = 1 }]\n', 1, 22, "did you mean 'every'?"),
        ("[[feed]\n", 1, 7, "Expected"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, line: int, column: int, says: str) -> None:
    """Line and column point at the key; the message says what was meant."""
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_toml(path, Feeds)
    assert says in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_missing_file_is_a_config_error(tmp_path: Path) -> None:
    """No traceback for a file that isn't there."""
    with pytest.raises(ConfigError, match="can't be read"):
        read_toml(tmp_path / "none.toml", Feeds)
