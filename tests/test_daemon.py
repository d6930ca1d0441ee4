"""The daemon: analysts ask while it works, it stops cleanly, keeps a second one out, and survives being killed."""

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.adapters.sink import MailSink
from etl.newsroom import Newsroom
from tests.newsroom_house import House, build_house, wait_until


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def house(tmp_path: Path, newsroom: Newsroom) -> Iterator[House]:
    with MailSink(tmp_path / "mails") as sink:
        yield build_house(tmp_path, newsroom, sink.port)


def held(house: House, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(house.home / "figures.duckdb"), read_only=True) as db:
        return db.execute(query).fetchall()


def is_loaded(house: House, articles: int) -> bool:
    if not (house.home / "figures.duckdb").exists():
        return False
    return int(str(held(house, "select count(*) from meta.articles")[0][0])) >= articles


def test_analysts_ask_while_the_daemon_works(house: House, newsroom: Newsroom) -> None:
    """100 queries in a row from another process all succeed; then SIGTERM ends it with status 0, and a second daemon was kept out."""
    daemon = house.start("run")
    try:
        wait_until(lambda: is_loaded(house, 5))
        newsroom.publish_round(2)
        counts = [len(held(house, "select * from figures")) for _ in range(100)]
        assert len(counts) == 100
        assert counts == sorted(counts)
        second = house.figurewatch("run")
        assert second.returncode == 3, second.stderr
        assert "another figurewatch" in second.stderr
        assert house.figurewatch("healthcheck").returncode == 0
        asked = house.figurewatch("sql", "select count(*) as n from articles", "--format", "jsonl")
        assert asked.returncode == 0, asked.stderr
    finally:
        daemon.send_signal(signal.SIGTERM)
        said = daemon.communicate(timeout=60)[0]
    assert daemon.returncode == 0, said
    assert "stopped" in said


def test_a_mistake_in_the_configuration_does_not_stop_a_running_daemon(house: House) -> None:
    """SIGHUP reads it again; what can't be meant is told with its place, and the old one stays in force."""
    daemon = house.start("run")
    try:
        wait_until(lambda: (house.home / "private" / "heartbeat.json").exists())
        path = house.config / "settings.toml"
        path.write_text(path.read_text().replace("tick_s", "tik_s"))
        daemon.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert daemon.poll() is None
    finally:
        daemon.send_signal(signal.SIGTERM)
        said = daemon.communicate(timeout=60)[0]
    assert daemon.returncode == 0, said
    assert "did you mean 'tick_s'?" in said


def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(house: House, newsroom: Newsroom, tmp_path: Path) -> None:
    """Killed again and again in the midst of its work, then left to finish, the warehouse holds what an undisturbed run holds."""
    for moment in (0.9, 1.6, 2.3, 3.0, 3.7, 4.4):
        daemon = house.start("run")
        with pytest.raises(subprocess.TimeoutExpired):
            daemon.communicate(timeout=moment)
        daemon.kill()
        daemon.communicate()
    assert house.figurewatch("once").returncode in (0, 1)  # 1: the newsroom has a page and a feed that fail
    with MailSink(tmp_path / "other-mails") as sink:
        calm = build_house(tmp_path / "calm", newsroom, sink.port)
        calm.figurewatch("once")
    for query in (
        "select article_id from meta.articles order by all",
        "select claim_id from claims order by all",
        "select fact_id, amount, standing from facts order by all",
    ):
        assert held(house, query) == held(calm, query)
    named = "select view_name from duckdb_views() where schema_name = 'meta' and view_name like 'audit%'"
    audits = [str(name) for (name,) in held(house, named)]
    assert audits
    assert {name: held(house, f"select * from meta.{name}") for name in audits} == {name: [] for name in audits}
