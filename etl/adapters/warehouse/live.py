"""The one writer: opens the private live file, loads batches, remembers what is known, publishes.

    DuckWarehouse.at(places) → load(batch) → publish() → analysts' figures.duckdb

A load is one transaction. What is in it is made unique by id first (a MERGE inserts both of two equal source rows) and
then merged, so that a load that is played again changes nothing. Facts and verdicts are appended only where they differ
from the latest that is held. One thread at a time uses the connection; a lock sees to it.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from etl.adapters.warehouse import rows
from etl.adapters.warehouse.faults import storage_faults
from etl.adapters.warehouse.migrate import make_views, migrate, roll_back
from etl.adapters.warehouse.rows import Row
from etl.adapters.warehouse.snapshots import Throttle, publish_copy, restore
from etl.adapters.warehouse.standing import Declared, authority_rows, baseline_rows
from etl.errors import StorageError
from etl.model import Article, Batch, Evidence, Fact, Telling
from etl.places import Places, sql_dir

log = logging.getLogger("figurewatch")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """How many rows a load added; all zero for one that was played again."""

    load_id: str
    articles: int
    claims: int
    vintages: int
    shifts: int
    alerts: int
    is_replay: bool


class DuckWarehouse:
    """The truth. Exactly one process may hold it; close it, or use it in a `with` statement."""

    def __init__(self, live: Path, snapshots: Path, published: Path, *, migrations: Path, views: Path) -> None:
        """Open or make the live file and bring it up to date. Raises WarehouseNewer, StorageError."""
        self._live, self._snapshots, self._published = live, snapshots, published
        self._lock, self._throttle = threading.RLock(), Throttle()
        with storage_faults(f"can't open {live}"):
            live.parent.mkdir(parents=True, exist_ok=True)
            snapshots.mkdir(parents=True, exist_ok=True)
            if not live.exists() and published.exists():
                restore(published, live)
            self._db = duckdb.connect(live, config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
        try:
            with storage_faults(f"can't bring {live} up to date"):
                self._db.execute("set checkpoint_threshold = '64MB'")
                migrate(self._db, migrations)
                make_views(self._db, views)
            self._types = self._column_types()
            self.has_unpublished = True
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def at(cls, places: Places) -> DuckWarehouse:
        """The warehouse of a data folder, with the migrations and views that ship with the code."""
        return cls(places.live, places.snapshots, places.published, migrations=sql_dir("migrations"), views=sql_dir("views"))

    def __enter__(self) -> DuckWarehouse:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Publish what isn't published yet, unless that fails, and let go of the file."""
        with self._lock:
            try:
                if self.has_unpublished:
                    self.publish(at_once=True)
            except StorageError as error:  # what was loaded is safe; the next start publishes it
                log.warning("not published at the end: %s", error)
            finally:
                self._db.close()

    # ------------------------------------------------------------ loading

    def load(self, batch: Batch) -> LoadReport:
        """Commit the batch in one transaction, or raise with nothing changed. A load that is known changes nothing."""
        with self._lock, storage_faults("can't load"):
            if self._has_load(batch.load_id):
                return LoadReport(load_id=batch.load_id, articles=0, claims=0, vintages=0, shifts=0, alerts=0, is_replay=True)
            self._db.execute("begin")
            try:
                report = self._load(batch)
                self._db.execute("commit")
            except BaseException:
                roll_back(self._db)
                raise
            self.has_unpublished = True
            return report

    def _load(self, batch: Batch) -> LoadReport:
        number = self._one("select coalesce(max(load_no), 0) + 1 from meta.loads")
        stamp: Row = {"load_id": batch.load_id, "recorded_at": rows.moment(batch.recorded_at)}
        numbered = {**stamp, "load_no": number}
        articles = self._merge("articles", "article_id", (rows.article_row(a) | stamp for a in batch.articles))
        self._merge("texts", "article_id", ({"article_id": a.article_id, "text": rows.plain(a.text)} for a in batch.articles))
        told = (rows.telling_row(t) | numbered | {"told_no": n} for n, t in enumerate(batch.tellings, 1))
        self._append("tellings", "article_id", "telling_id", told)
        claims = self._merge("claims", "claim_id", (rows.claim_row(e) | stamp for e in batch.evidence))
        vintages = self._append("fact_vintages", "fact_id", "vintage_id", (rows.fact_row(f) | numbered for f in batch.facts))
        shifts = self._merge("shifts", "shift_id", (rows.shift_row(s) | numbered for s in batch.shifts))
        alerts = self._merge("alerts", "alert_id", (rows.alert_row(a) | stamp for a in batch.alerts))
        self._insert("endings", [
            {"room": e.room, "item": rows.plain(e.item), "outcome": e.outcome, "reason": e.reason, "detail": rows.plain(e.detail)} | stamp
            for e in batch.endings
        ])  # fmt: skip
        counts = {"articles": articles, "claims": claims, "vintages": vintages, "shifts": shifts, "alerts": alerts}
        self._insert("loads", [numbered | counts])
        return LoadReport(load_id=batch.load_id, **counts, is_replay=False)

    def declare(self, declared: Declared) -> None:
        """Keep the authorities and the baseline of config/, so that the views can rank and show them."""
        with self._lock, storage_faults("can't keep the declarations"):
            self._replace("authorities", authority_rows(declared))
            self._replace("baseline", baseline_rows(declared))

    def _replace(self, table: str, new: list[Row]) -> None:
        """Make the table hold just these rows; untouched where it does already."""
        self._db.execute("begin")
        try:
            self._stage(table, new)
            columns = ", ".join(f'"{name}"' for name, _ in self._types[table])
            both = f"(select {columns} from meta.{table} except all select {columns} from staged)"
            back = f"(select {columns} from staged except all select {columns} from meta.{table})"
            if self._one(f"select (select count(*) from {both}) + (select count(*) from {back})"):
                self._db.execute(f"delete from meta.{table}")
                self._db.execute(f"insert into meta.{table} by name select * from staged")
                self.has_unpublished = True
            self._db.execute("drop table staged")
            self._db.execute("commit")
        except BaseException:
            roll_back(self._db)
            raise

    def _merge(self, table: str, key: str, new: Iterable[Row]) -> int:
        """Add the rows whose id is unknown; of rows with the same id the first counts. Gives how many were added."""
        unique: dict[str, Row] = {}
        for row in new:
            unique.setdefault(row[key], row)
        if not unique:
            return 0
        self._stage(table, list(unique.values()))
        merge = f"merge into meta.{table} as held using staged on held.{key} = staged.{key} when not matched then insert by name"
        return self._counted(merge)

    def _append(self, table: str, key: str, version: str, new: Iterable[Row]) -> int:
        """Add the rows that differ from the latest held under their key; a return to an earlier state is a change too."""
        unique = {row[key]: row for row in new}
        if not unique:
            return 0
        self._stage(table, list(unique.values()))
        latest = f"select {key}, arg_max({version}, load_no) as {version} from meta.{table} group by {key}"
        differs = f"staged.{version} is distinct from latest.{version}"
        return self._counted(
            f"insert into meta.{table} by name select staged.* from staged left join ({latest}) as latest using ({key}) where {differs}"
        )

    def _insert(self, table: str, new: list[Row]) -> None:
        if new:
            self._stage(table, new)
            self._counted(f"insert into meta.{table} by name select * from staged")

    def _stage(self, table: str, new: Sequence[Row]) -> None:
        """A temporary table of the rows, cast to the columns' own types in one go."""
        kind = "struct(" + ", ".join(f'"{name}" {type_}' for name, type_ in self._types[table]) + ")[]"
        unpacked = f"select unnest(cast(cast(? as json) as {kind})) as given"
        self._db.execute(f"create or replace temp table staged as select given.* from ({unpacked})", [json.dumps(new)])

    def _counted(self, sql: str) -> int:
        count = self._one(sql)
        self._db.execute("drop table staged")
        return count

    # ------------------------------------------------------------ remembering

    def has_load(self, load_id: str) -> bool:
        """Whether this load was committed."""
        with self._lock, storage_faults("can't read the loads"):
            return self._has_load(load_id)

    def _has_load(self, load_id: str) -> bool:
        return self._one("select count(*) from meta.loads where load_id = ?", [load_id]) > 0

    def recall_evidence(self, keys: Iterable[tuple[str, str]]) -> list[Evidence]:
        """Every claim about these companies' metrics, in the order in which they were learnt."""
        return [rows.evidence_of(row) for row in self._recall("select * from meta.claims", keys, "recorded_at, claim_id")]

    def recall_facts(self, keys: Iterable[tuple[str, str]]) -> list[Fact]:
        """What is held about these companies' metrics: the latest vintage of each fact."""
        latest = "select * from meta.fact_vintages qualify row_number() over (partition by fact_id order by load_no desc) = 1"
        return [rows.fact_of(row) for row in self._recall(f"select * from ({latest})", keys, "fact_id")]

    def _recall(self, select: str, keys: Iterable[tuple[str, str]], order: str) -> list[Row]:
        wanted = [f"{company}\x1f{metric}" for company, metric in set(keys)]
        if not wanted:
            return []
        with self._lock, storage_faults("can't recall"):
            query = f"{select} where list_contains(?, company || chr(31) || metric) order by {order}"
            return fetch_rows(self._db.execute(query, [wanted]))

    def recall_versions(self, articles: Iterable[Article]) -> list[Evidence]:
        """The claims of earlier versions of these articles: other texts that were read at the same addresses."""
        pairs = [(article.url, article.article_id) for article in articles]
        query = "select * from meta.claims where list_contains(?, url) and not list_contains(?, article_id) order by recorded_at, claim_id"
        with self._lock, storage_faults("can't recall"):
            found = fetch_rows(self._db.execute(query, [[url for url, _ in pairs], [name for _, name in pairs]]))
        return [rows.evidence_of(row) for row in found]

    def superseded(self, urls: Iterable[str]) -> set[str]:
        """The articles at these addresses that a later load has replaced by another text."""
        query = """select article_id from meta.articles join meta.loads using (load_id)
            where list_contains(?, url) and article_id in (select article_id from main.articles where verdict <> 'copy')
            qualify row_number() over (partition by url order by load_no desc) > 1"""
        with self._lock, storage_faults("can't read the articles"):
            return {str(row[0]) for row in self._db.execute(query, [sorted(set(urls))]).fetchall()}

    def known_articles(self, article_ids: Iterable[str]) -> set[str]:
        """Those of these articles that are loaded."""
        with self._lock, storage_faults("can't read the articles"):
            found = self._db.execute("select article_id from meta.articles where list_contains(?, article_id)", [list(article_ids)])
            return {row[0] for row in found.fetchall()}

    def alert_events(self) -> list[Row]:
        """Every alert that a committed load called for, oldest first: what the outbox must know of."""
        with self._lock, storage_faults("can't read the alerts"):
            return fetch_rows(self._db.execute("select * from meta.alerts order by recorded_at, alert_id"))

    def alerts_not_in(self, alert_ids: Iterable[str]) -> list[Row]:
        """Alerts that were committed and that the outbox doesn't know."""
        known = set(alert_ids)
        return [row for row in self.alert_events() if row["alert_id"] not in known]

    def articles(self) -> Iterator[Article]:
        """Every article with its text, copies too, as it was read and in the order in which they were told apart."""
        return (article for article, _, _ in self.told())

    def count_articles(self) -> int:
        """How many articles are held, copies too."""
        with self._lock, storage_faults("can't count the articles"):
            return self._one("select count(*) from meta.articles")

    def told(self) -> Iterator[tuple[Article, Telling | None, datetime]]:
        """Every article, its verdict and when it was learnt, in the order in which they were told apart. Read as it is asked for."""
        query = """
        with verdicts as (
            select article_id, verdict, of_article_id, group_id, reason, coverage from meta.tellings
            qualify row_number() over (partition by article_id order by load_no desc) = 1
        )
        select this.*, coalesce(texts.text, '') as text, verdicts.* exclude (article_id)
        from meta.articles as this
        left join meta.loads using (load_id)
        left join meta.texts as texts using (article_id)
        left join verdicts using (article_id)
        left join meta.tellings as first_told on first_told.article_id = this.article_id and first_told.load_id = this.load_id
        order by loads.load_no nulls last, first_told.told_no nulls last, this.published_at nulls last, this.article_id
        """
        with self._lock, storage_faults("can't read the articles"):
            found = self._db.cursor().execute(query)
            names = [column[0] for column in found.description or ()]
            while some := found.fetchmany(1000):
                for row in some:
                    yield rows.article_of(dict(zip(names, row, strict=True)))

    # ------------------------------------------------------------ publishing

    def publish(self, *, at_once: bool = False) -> Path | None:
        """Checkpoint and publish what was loaded since; None where there is nothing new or it is too soon after the last time."""
        with self._lock, storage_faults(f"can't publish {self._published}"):
            began = time.monotonic()
            if not self.has_unpublished or not (at_once or self._throttle.is_open(began)):
                return None
            self._db.execute("force checkpoint")
            path = publish_copy(self._live, self._snapshots, self._published)
            self._throttle.took(began, time.monotonic())
            self.has_unpublished = False
            return path

    # ------------------------------------------------------------ the connection

    def _one(self, sql: str, values: Sequence[Any] = ()) -> int:
        row = self._db.execute(sql, list(values)).fetchone()
        return int(row[0]) if row else 0

    def _column_types(self) -> dict[str, list[tuple[str, str]]]:
        query = """select table_name, column_name, data_type from duckdb_columns()
            where database_name = current_database() and schema_name = 'meta' order by table_name, column_index"""
        types: dict[str, list[tuple[str, str]]] = {}
        for table, name, type_ in self._db.execute(query).fetchall():
            types.setdefault(table, []).append((name, type_))
        return types


def fetch_rows(result: duckdb.DuckDBPyConnection) -> list[Row]:
    """The rows of a result as dicts."""
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
