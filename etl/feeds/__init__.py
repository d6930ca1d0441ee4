"""What was announced, and when do we look again?

`read_feed` turns the bytes of an RSS, Atom, RDF, CDF or JSON Feed document into entries: addresses absolute, titles and
summaries as plain text, dates that can't be true left out. `next_poll` weighs what a poll brought and says when the next
one is due and at which address; `due` picks the feeds whose time has come. None of it touches the network or the clock.
"""

from etl.feeds.document import FeedDocument, plain_text
from etl.feeds.polling import CONFIRMATIONS, FeedState, due, next_poll, pace_complaint
from etl.feeds.reading import read_feed

__all__ = ["CONFIRMATIONS", "FeedDocument", "FeedState", "due", "next_poll", "pace_complaint", "plain_text", "read_feed"]
