"""The duplicates' index as a SQLite file: verdicts for ever, texts and postings for as long as they are useful.

Rows of a load in flight are pending: they count for the articles that follow in the same load, and `discard` takes them out
without a trace, since
every row is only ever added, and the keys of each text are kept beside it. Numbers run in the order of arrival, so that a load
is all from its first
number on. Each article is one transaction: after a kill the file holds whole articles only.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import zstandard

from etl.adapters.index_features import LatestFeatures
from etl.adapters.index_postings import TABLES as _KEY_TABLES
from etl.adapters.index_postings import Postings
from etl.duplicates import Document, Holders, Known, Record, remember, tell_apart
from etl.errors import StorageError
from etl.model import Telling, Verdict

FORMAT = 2
LINKABLE = 20_000  # so many of the latest kept texts can be linked to
FEATURE_HOLDERS = 200
GROUPS = 3  # a sentence that stands in so many groups of a host is its boilerplate

_TABLES = """
create table if not exists load (load_id text primary key, first_n integer not null) without rowid;
create table if not exists doc (
    n integer primary key, id text not null unique, verdict text not null, of_n integer, group_n integer not null, coverage real not null,
    reason text not null, published integer, at integer not null, learnt integer not null, source text not null, credits text not null,
    length integer not null);
create index if not exists doc_group on doc (group_n) where group_n <> n;
create table if not exists words (k integer not null, n integer not null, primary key (k, n)) without rowid;
create table if not exists link (k integer not null, n integer not null, primary key (k, n)) without rowid;
create table if not exists body (n integer primary key, links blob not null, shingles blob not null, sentences blob not null, text blob);
create table if not exists recent (n integer primary key, at integer not null, features blob not null);
"""


class SqliteIndex:
    """The memory of room `duplicates`. One process writes it; `:memory:` keeps nothing."""

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=30, check_same_thread=False)
            self._db.executescript(
                "pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -65536;"
            )
            version = self._db.execute("pragma user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise StorageError(
                    f"{self.path}: the index has format {version}, this version reads {FORMAT}; make it anew with `figurewatch reindex`"
                )
            self._db.executescript(f"begin; {_TABLES} {_KEY_TABLES} pragma user_version = {FORMAT}; commit;")
            self._postings = Postings(self._db)
        except sqlite3.Error as error:
            raise StorageError(f"{self.path}: {error}") from error
        self._compress, self._expand = zstandard.ZstdCompressor(level=3), zstandard.ZstdDecompressor()
        self._known = lru_cache(maxsize=1024)(self._read_known)
        self._latest: LatestFeatures | None = None
        self._newest: tuple[int, int] | None = None

    def close(self) -> None:
        """Write everything into the one file and let go of it."""
        self._db.close()

    # ------------------------------------------------------------ loads

    def begin(self, load_id: str) -> None:
        """From now on what is added is pending under this load. Raises StorageError while another load is pending."""
        other = self._one("select load_id from load")
        if other and other[0] != load_id:
            raise StorageError(f"{self.path}: load {other[0]} is pending; confirm or discard it first")
        if not other:
            with self._transaction():
                self._db.execute("insert into load values (?, ?)", (load_id, self._last_number() + 1))

    def confirm(self, load_id: str) -> None:
        """The load is in the warehouse: its rows stay."""
        with self._transaction():
            self._db.execute("delete from load where load_id = ?", (load_id,))
            self._forget_features()

    def pending(self) -> list[tuple[str, str]]:
        """(load, article) for each row that waits for its load."""
        return self._all("select load_id, id from load join doc on doc.n >= first_n order by n")

    def pending_loads(self) -> list[str]:
        """The load in flight, if there is one, also where it holds no article yet."""
        return [row[0] for row in self._all("select load_id from load")]

    def discard(self, load_id: str) -> None:
        """The load never reached the warehouse: as if its articles had never come."""
        found = self._one("select first_n from load where load_id = ?", load_id)
        if not found:
            return
        first = found[0]
        with self._transaction():
            for row in self._all("select n, group_n, shingles, sentences from body join doc using (n) where n >= ?", first):
                self._postings.forget(*row)
            self._postings.forget_from(first)
            run = self._db.execute
            for table in ("words", "link", "body", "recent", "doc"):
                run(f"delete from {table} where n >= ?", (first,))
            run("delete from load where load_id = ?", (load_id,))
        self._reread()

    # ------------------------------------------------------------ what the room asks

    def told(self, article_id: str) -> Telling | None:
        row = self._one(
            "select d.id, d.verdict, o.id, d.coverage, d.reason, g.id from doc as d left join doc as o on o.n = d.of_n"
            " join doc as g on g.n = d.group_n"
            " where d.id = ?",
            article_id,
        )
        if not row:
            return None
        return Telling(article_id=row[0], verdict=Verdict(row[1]), of=row[2], coverage=row[3], reason=row[4], group_id=row[5])

    def by_link(self, links: Sequence[int]) -> list[int]:
        found: set[int] = set()
        for link in links:
            rows = self._all(f"select {_KEPT} from link join doc as d using (n) where k = ? order by n desc limit 4", link)
            found.update(row[0] for row in rows)
        return sorted(found, reverse=True)

    def by_words(self, digest: int) -> int | None:
        row = self._one(f"select {_KEPT} from words join doc as d using (n) where k = ? order by n limit 1", digest)
        return row[0] if row else None

    def recurring(self, sentences: Sequence[int]) -> set[int]:
        return {key for key, groups in self._postings.groups(sentences).items() if len(groups) >= GROUPS}

    def with_shingles(self, shingles: Sequence[int]) -> list[list[int]]:
        return self._postings.holders(shingles)

    def known(self, number: int) -> Known:
        return self._known(number)

    def with_features(self, features: Sequence[int]) -> Holders:
        return self._features().holders(features, self._last_number() - LINKABLE, FEATURE_HOLDERS)

    def latest(self) -> tuple[int, int]:
        last, at = self._last()
        return min(last, LINKABLE), at

    def add(self, record: Record) -> None:
        """Remember a verdict, in one transaction."""
        telling = record.telling
        last, at = self._last()
        n = last + 1
        group_n = n if telling.group_id == telling.article_id else self._number(telling.group_id)
        published = int(record.published.timestamp()) if record.published else None
        at = published if published is not None else at
        sentences = self._sentences_to_count(record.sentences, group_n)
        with self._transaction():
            self._put_verdict(n, group_n, published, at, record)
            if record.text is not None or sentences:
                self._put_body(n, sentences, record)
            if record.features:
                self._db.execute("insert into recent values (?, ?, ?)", (n, at, array("i", record.features).tobytes()))
        self._newest = (n, at)
        self._postings.add(n, group_n, dict.fromkeys(record.shingles), sentences)
        if record.features and self._latest is not None:
            self._latest.add(n, at, record.features, n - LINKABLE)
        if self._postings.is_long:
            self._merge()

    def _put_verdict(self, n: int, group_n: int, published: int | None, at: int, record: Record) -> None:
        telling, run = record.telling, self._db.execute
        of_n = self._number(telling.of) if telling.of else None
        told = (telling.article_id, telling.verdict.value, of_n, group_n, telling.coverage, telling.reason)
        learnt = int(record.learnt.timestamp()) if record.learnt else at
        carried = (published, at, learnt, record.source, " ".join(record.credits), record.length)
        run("insert into doc values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, *told, *carried))
        if record.words is not None:
            run("insert into words values (?, ?)", (record.words, n))
        for link in record.links:
            run("insert into link values (?, ?)", (link, n))

    def _put_body(self, n: int, sentences: Sequence[int], record: Record) -> None:
        text = self._compress.compress(record.text.encode("utf-8", "surrogatepass")) if record.text is not None else None
        keys = (array("q", record.links).tobytes(), array("i", record.shingles).tobytes(), array("i", sentences).tobytes())
        self._db.execute("insert into body values (?, ?, ?, ?, ?)", (n, *keys, text))

    def _merge(self) -> None:
        """Every so many texts: their keys go into the big tables, and what no link reaches any more leaves."""
        with self._transaction():
            self._postings.merge()
            if not self._db.execute("select 1 from load").fetchone():
                self._forget_features()
        self._postings.read_tail()

    # ------------------------------------------------------------ retention and groups

    def articles(self) -> int:
        """How many articles were told apart."""
        return self._last_number()

    def forget_before(self, moment: datetime) -> int:
        """Texts, postings and sentences of articles that were learnt before that moment leave, the verdicts stay. How many left."""
        rows = self._all(
            "select n, group_n, shingles, sentences from body join doc using (n)"
            " where learnt < ? and (text is not null or length(shingles) + length(sentences) > 0)",
            int(moment.timestamp()),
        )
        for row in rows:
            with self._transaction():
                self._postings.forget(*row)
                self._db.execute("update body set text = null, shingles = x'', sentences = x'' where n = ?", (row[0],))
        self._reread()
        return len(rows)

    def carriers(self, group_id: str) -> list[tuple[str, str, datetime | None, int]]:
        """(article, source, published, characters) of a syndication group, the earliest publication first: that one is the
        group's original."""
        rows = self._all(
            "select id, source, published, length from doc where group_n = (select n from doc where id = ?) order by"
            " coalesce(published, at), n",
            group_id,
        )
        return [(row[0], row[1], datetime.fromtimestamp(row[2], UTC) if row[2] is not None else None, row[3]) for row in rows]

    # ------------------------------------------------------------ inside

    def _number(self, article_id: str) -> int:
        row = self._one("select n from doc where id = ?", article_id)
        if not row:
            raise StorageError(f"{self.path}: article {article_id} is not in the index")
        number: int = row[0]
        return number

    def _read_known(self, number: int) -> Known:
        row = self._one(
            f"select k.id, g.id, body.text, body.links, d.credits from doc as d join doc as k on k.n = {_KEPT}"
            " join doc as g on g.n = d.group_n left join body on body.n = d.n where d.n = ?",
            number,
        )
        if not row:
            raise StorageError(f"{self.path}: article number {number} is not in the index")
        text = self._expand.decompress(row[2]).decode("utf-8", "surrogatepass") if row[2] is not None else None
        links = tuple(array("q", row[3])) if row[3] else ()
        return Known(number=number, article_id=row[0], group_id=row[1], text=text, links=links, credits=frozenset(row[4].split()))

    def _sentences_to_count(self, sentences: Sequence[int], group_n: int) -> list[int]:
        """Those of the sentences that don't stand in this group nor in enough others yet."""
        return [key for key, groups in self._postings.groups(sentences).items() if len(groups) < GROUPS and group_n not in groups]

    def _reread(self) -> None:
        """Rows have left: what was remembered of them leaves memory."""
        self._known.cache_clear()
        self._latest = self._newest = None
        self._postings.read_tail()

    def _features(self) -> LatestFeatures:
        """The figures and names of the texts that can be linked to, read when they are first asked for."""
        if self._latest is None:
            self._latest = LatestFeatures(self._db.execute("select n, at, features from recent order by n"))
        return self._latest

    def _forget_features(self) -> None:
        """Figures and names of texts that no link reaches any more leave; what is asked for never reaches them, so nothing changes."""
        self._db.execute("delete from recent where n <= ?", (self._last_number() - LINKABLE,))

    def _last_number(self) -> int:
        return self._last()[0]

    def _last(self) -> tuple[int, int]:
        """Number and time of the last article; (0, 0) if there is none."""
        if self._newest is None:
            row = self._one("select n, at from doc order by n desc limit 1")
            self._newest = (row[0], row[1]) if row else (0, 0)
        return self._newest

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of it or nothing; an error of the file is a StorageError."""
        try:
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")
        except sqlite3.Error as error:
            raise StorageError(f"{self.path}: {error}") from error

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, values).fetchone()
        return row

    def _all(self, sql: str, *values: object) -> list[Any]:
        return self._db.execute(sql, values).fetchall()


_KEPT = "case when d.verdict = 'copy' then d.of_n else d.n end"


def rebuild(articles: Iterable[tuple[Document, Telling | None]], path: Path | str) -> int:
    """Make the index anew from all articles that were ever told apart, copies too, in the order of arrival. How many there were.

    A verdict that stands stays; an article without one is told apart. The new file takes the old one's place in one step, so that a
    kill on the way leaves the old one.
    """
    place = Path(path)
    fresh = place.with_name(place.name + ".new")
    for leftover in (fresh, *_beside(fresh)):
        leftover.unlink(missing_ok=True)
    index, count = SqliteIndex(fresh), 0
    for article, telling in articles:
        if telling:
            remember(article, telling, index)
        else:
            tell_apart(article, index)
        count += 1
    index.close()
    for leftover in _beside(place):
        leftover.unlink(missing_ok=True)
    fresh.replace(place)
    return count


def _beside(path: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside an open one."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")
