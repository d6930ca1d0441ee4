"""A sample newsroom: news sites on loopback addresses with cluttered pages, feeds and more than thirty articles of our own words.

`figurewatch demo` reads it over real HTTP. What it holds is in articles/, what must come out of it is in expected.toml, written
apart from the pipeline, and `check.compare` tells the two apart.
"""

from etl.newsroom.check import Expectation, compare, read_expected
from etl.newsroom.server import Newsroom, Request

__all__ = ["Expectation", "Newsroom", "Request", "compare", "read_expected"]
