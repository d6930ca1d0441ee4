"""Which texts hold a run of words, and which stories a sentence of a host: two SQLite tables, and in memory what isn't in them yet.

Each text is kept with its own keys (table `body`), so that adding one touches few pages. The keys go into the big tables many texts
at a time, which is where the writing is; a table says up to which text they have got. What a kill leaves is read again from there.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence

TOGETHER = 512  # texts whose keys go into the tables at one time
HOLDERS = 64  # newest texts asked for per run of words

TABLES = """
create table if not exists posting (k integer not null, n integer not null, primary key (k, n)) without rowid;
create table if not exists sentence (k integer not null, group_n integer not null, primary key (k, group_n)) without rowid;
create table if not exists merged (up_to integer not null);
insert into merged select 0 where not exists (select 1 from merged);
"""
_HOLDERS = f"""
select value, p.n from json_each(?) cross join posting as p on p.k = value
    and p.n >= coalesce((select n from posting where k = value order by n desc limit 1 offset {HOLDERS} - 1), 0)
"""


class Postings:
    """Both tables and their tail. The caller opens the transactions."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.read_tail()

    def read_tail(self) -> None:
        """Make the part in memory anew from what the texts are kept with."""
        self._runs: dict[int, list[int]] = {}
        self._groups: dict[int, list[int]] = {}
        self._known: dict[int, set[int]] = {}
        self._in_tail = 0
        rows = self._db.execute(
            "select n, group_n, shingles, sentences from body join doc using (n) where n > (select up_to from merged) order by n"
        )
        for n, group_n, shingles, sentences in rows.fetchall():
            self.add(n, group_n, array("i", shingles), array("i", sentences))

    def add(self, n: int, group_n: int, shingles: Iterable[int], sentences: Iterable[int]) -> None:
        """Take in a text that is in the file."""
        for key in shingles:
            self._runs.setdefault(key, []).append(n)
        for key in sentences:
            self._groups.setdefault(key, []).append(group_n)
        self._known.clear()
        self._in_tail += 1

    @property
    def is_long(self) -> bool:
        """Whether so many texts are in the tail that it's time to merge them."""
        return self._in_tail >= TOGETHER

    def merge(self) -> None:
        """Put the tail into the tables; the caller reads it again when the transaction has ended well."""
        runs = sorted((key, n) for key, numbers in self._runs.items() for n in numbers)
        groups = sorted((key, n) for key, numbers in self._groups.items() for n in numbers)
        self._db.executemany("insert or ignore into posting values (?, ?)", runs)
        self._db.executemany("insert or ignore into sentence values (?, ?)", groups)
        self._db.execute("update merged set up_to = (select max(n) from doc)")

    def holders(self, shingles: Sequence[int]) -> list[list[int]]:
        """For each run of words the newest texts that hold it."""
        found: dict[int, list[int]] = {key: [] for key in shingles}
        for key, n in self._db.execute(_HOLDERS, (json.dumps(list(found)),)):
            found[key].append(n)
        return [[*found[key], *self._runs.get(key, ())][-HOLDERS:] for key in shingles]

    def groups(self, sentences: Sequence[int]) -> dict[int, set[int]]:
        """For each sentence the stories that it stands in. Remembered until the next text comes: it's asked for twice."""
        asked = [key for key in dict.fromkeys(sentences) if key not in self._known]
        if asked:
            self._known.update((key, set(self._groups.get(key, ()))) for key in asked)
            for key, group_n in self._db.execute("select k, group_n from json_each(?) join sentence on k = value", (json.dumps(asked),)):
                self._known[key].add(group_n)
        return {key: self._known[key] for key in sentences}

    def forget(self, n: int, group_n: int, shingles: bytes, sentences: bytes) -> None:
        """A text's keys leave the tables; the caller reads the tail again."""
        self._db.executemany("delete from posting where k = ? and n = ?", [(key, n) for key in array("i", shingles)])
        self._db.executemany("delete from sentence where k = ? and group_n = ?", [(key, group_n) for key in array("i", sentences)])

    def forget_from(self, first: int) -> None:
        """What was merged of texts from that number on has left."""
        self._db.execute("update merged set up_to = min(up_to, ?)", (first - 1,))
