"""Page → Article: what a reader would read, and nothing else.

A page is decoded, parsed once and asked about itself (`metadata`, `titles`, `bylines`, `dates`); its blocks (`blocks`, `marks`) are
described (`features`) and weighed by trained trees (`classifier`), with a library to ask where those are in doubt (`body`). A live blog
is its entries (`live`), an article in several parts is one (`parts`). Single lines are weighed (`lines`), and what isn't an article ends
by its name (`walls`). Text that was handed in goes through `plain`. Site rules (`sites`) correct all this where it is known to fail.
"""

from etl.articles.cleaning import block_keys, clean
from etl.articles.parts import MOST, next_part
from etl.articles.plain import clean_text
from etl.articles.sites import Sites, host_of, silent_rules

__all__ = ["MOST", "Sites", "block_keys", "clean", "clean_text", "host_of", "next_part", "silent_rules"]
