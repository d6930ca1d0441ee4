"""Duplicates: who had it first, what is a copy, and what only looks like one.

An article is looked up by its address, by its words and by a sample of its runs of words; up to eight known texts are laid
beside it, and the numbers
in the same places decide. A text with another value (revision, template) or a figure of its own (expanded) is news and is kept;
only a copy is dropped.
What is no version of a known text may still tell of the same event: it is linked by rare figures and names, and kept.
"""

from etl.duplicates.index import Document, Holders, Index, Known, Record
from etl.duplicates.telling import remember, tell_apart

__all__ = ["Document", "Holders", "Index", "Known", "Record", "remember", "tell_apart"]
