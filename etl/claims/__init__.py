"""`Article` → `Claim`s: which figures a text states: whose, what, how much, when, where, on whose word.

Rules, no model. Numbers, units, periods and clauses are grammar and stand here; names, spellings and cues stand in config/.
Start at reading.py.
"""

from __future__ import annotations

from etl.claims.reading import read_claims
from etl.claims.vocabulary import Vocabulary

__all__ = ["Vocabulary", "read_claims"]
