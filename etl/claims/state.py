"""What the reader holds of one sentence, and what it remembers from one to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.claims.mentions import Mention
from etl.claims.places import Place
from etl.claims.sentences import Sentence
from etl.claims.spans import Quantity, TimeExpression
from etl.claims.subject import Subject, Topic
from etl.claims.tables import Tables
from etl.claims.voice import Source
from etl.claims.words import CueHit, Measure
from etl.model import Period


@dataclass(frozen=True, slots=True)
class Placed:
    """The last figure whose place was named: where its sentence starts, and what it was."""

    sentence: int
    paragraph: int
    metric: str
    company: str | None
    region: str | None


@dataclass(slots=True)
class State:
    """What the reader remembers from one sentence to the next."""

    topic: Topic
    title: str = ""
    region: str | None = None  # what the text as a whole is about
    tables: Tables = field(default_factory=lambda: Tables((), ()))
    absent: frozenset[str] = frozenset()  # metrics that the text can't be about
    is_market_report: bool = False  # the text is about a market, not about one company's own figures
    is_region_sure: bool = False  # the title speaks of what goes on in it
    is_country_unit: bool = False  # a company's branch in that region, so that money is the branch's too
    local: str | None = None  # the region that the paragraph is about
    local_paragraph: int = -9
    marks: tuple[tuple[int, str], ...] = ()  # where a shop or festival of a country is named, and the country
    placed: Placed | None = None
    before: int = -1  # where the sentence before starts
    period: Period | None = None  # the last one named
    lead: Period | None = None  # the first one named, or that of the first figure
    is_lead_title: bool = False  # the title named it
    is_lead_sure: bool = False  # a figure, or the title, was about it
    frame: Period | None = None  # the one that a sentence was opened with: "In the second quarter, …"
    frame_paragraph: int = -9
    sale: Period | None = None  # the days of the sale or festival that the text is about
    launched: Period | None = None  # the month or day when a product came out, told last
    counted: Period | None = None  # the time of the last sentence's first figure, for its parts: "Of these, …"
    told: Period | None = None  # that of the last figure that named one
    told_paragraph: int = -9
    measure: Measure | None = None
    measure_paragraph: int = -9
    goods: str | None = None
    last_goods: str | None = None  # the goods named last: "the segment"
    shared: tuple[int, int, str] | None = None  # sentence, paragraph and goods of the last share whose goods were named
    local_goods: str | None = None  # of the sentence or heading before
    goods_paragraph: int = -9
    is_goods_heading: bool = False  # a heading named them: its rows are about them
    money: str | None = None
    money_paragraph: int = -9
    volume: Measure | None = None  # the last count of devices
    title_volume: Measure | None = None  # what the heading says is counted, sales too
    market: str | None = None  # the region of the market spoken of last
    quarter: Period | None = None  # the last quarter named
    year: Period | None = None  # the last year named
    measurer: str | None = None  # the research firm named last
    speaker: str | None = None  # the company that spoke last
    speaker_paragraph: int = -9
    paragraph: int = -9
    country: str | None = None
    subject: Subject | None = None
    heading: str | None = None  # the company that is all a heading says: the rows below are its
    first_company: str | None = None  # whom the title, else the text, names first as its subject
    is_of_phones: bool = True  # the text speaks of phones or their makers' products at all
    investors: frozenset[str] = frozenset()  # who puts money into somebody else, at the beginning of the text
    has_money: bool = True  # the text states a sum of a million or more
    is_results: bool = False  # a company tells its own results
    is_release: bool = False  # the text opens with a company's "announced its results": they are its word throughout
    title_company: str | None = None
    is_title_alone: bool = False  # the title names no other
    companies: set[str] = field(default_factory=set)  # that the paragraph has spoken of


@dataclass(slots=True)
class Line:
    """One sentence with all that was found in it."""

    sentence: Sentence
    quantities: list[Quantity]
    mentions: list[Mention]
    times: list[TimeExpression]
    hits: list[CueHit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
