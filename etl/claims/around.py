"""A number and what stands around it, as the rules for its fields see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.claims.compose import Draft
from etl.claims.spans import Quantity
from etl.claims.state import Line
from etl.claims.subject import Subject
from etl.claims.tables import Cell


@dataclass(frozen=True, slots=True)
class Around:
    """A number and all that stands around it: its sentence, its stretch [left, right) between its neighbours, the drafts before it."""

    text: str
    quantity: Quantity
    line: Line
    left: int
    right: int
    drafts: Sequence[Draft]
    pairs: dict[int, Subject]  # companies of a row of numbers, by the number's start
    entering: str | None  # whom the sentence before was about
    published: date | None
    cell: Cell | None = None  # of a table with a header

    @property
    def start(self) -> int:
        """Where the sentence begins."""
        return self.line.sentence.start

    @property
    def end(self) -> int:
        """Where the sentence ends."""
        return self.line.sentence.end
