"""The words that flow between the rooms, in the order in which they come to be.

    Entry → Page → Article → Verdict → Claim → Evidence → Fact → Shift → Alert

All are frozen; times are aware and UTC; amounts are `Decimal`s; ids are hashes of what they name and hold no clock.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.ledger import Ending


def identity(*parts: object) -> str:
    """A name of 32 hex digits for the given parts: the same parts, the same name, on any day and machine."""
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# ---------------------------------------------------------------- feeds and pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed announced. `published` is the feed's own word, None where it gives none that can be believed."""

    feed: str  # the feed's url as declared in config/feeds.toml
    url: str  # absolute, http or https
    guid: str | None
    title: str
    summary: str  # plain text, may be empty
    author: str | None
    published: datetime | None
    updated: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server answered, redirects followed. Only 2xx and 304 come as a Response; all else is a FetchError."""

    url: str  # where the redirects ended
    requested_url: str
    status: int
    headers: Mapping[str, str]  # names in lower case; of a repeated header all values, joined by ", "
    body: bytes  # decompressed
    permanent_url: str | None  # how far permanent redirects (301, 308) alone led; None where the first hop was none
    fetched_at: datetime
    elapsed_s: float  # for the whole exchange, without the wait for the host's turn

    @property
    def content_type(self) -> str:
        """The header as sent, "" where there was none."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a site sent, byte for byte. The body is kept compressed under its sha256."""

    url: str  # where the redirects ended
    requested_url: str
    status: int
    content_type: str  # the header as sent, "" where there was none
    body: bytes
    sha256: str  # of body, hex
    fetched_at: datetime
    parts: tuple[Page, ...] = ()  # the pages that follow in an article of several parts, in their order


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a reader would read. `text` has a paragraph a line, without the title; a table row is `header: cell` pairs."""

    article_id: str  # identity(url, text)
    url: str
    canonical_url: str | None
    title: str
    text: str
    byline: tuple[str, ...]  # people only
    published: datetime | None
    published_from: str | None  # json-ld, meta, time, url, printed, htmldate, feed, manifest; None where there is no date
    updated: datetime | None
    language: str | None  # ISO 639-1
    site_name: str | None
    source: str  # the host without www., or the manifest's source
    page_sha256: str | None  # the raw page it was made from; None for text that was handed in
    utc_offset_min: int | None = None  # the zone in which the site printed `published`, minutes east of UTC; None where it named none


class DropReason(StrEnum):
    """Why an item ended without being an error. docs/dropped.md says what each means."""

    NOT_HTML = "not_html"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    TOO_SHORT = "too_short"
    PAYWALL = "paywall"
    CONSENT_WALL = "consent_wall"
    ERROR_PAGE = "error_page"
    GALLERY = "gallery"
    VIDEO = "video"
    LISTING = "listing"
    BROKEN = "broken"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    SYNDICATED_COPY = "syndicated_copy"
    NO_CLAIM = "no_claim"
    ROBOTS = "robots"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A result, not an error: the item goes no further, and why."""

    reason: DropReason
    detail: str = ""


# ---------------------------------------------------------------- duplicates


class Verdict(StrEnum):
    """What a text is to the texts known before it. Only a copy is dropped."""

    ORIGINAL = "original"
    COPY = "copy"
    REVISION = "revision"  # the same text with other values
    EXPANDED = "expanded"  # a known text and a figure that it didn't have
    TEMPLATE = "template"  # the same wording about other figures
    REWRITE = "rewrite"  # the same story in other words
    SAME_EVENT = "same_event"  # an independent report of the same event


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The verdict on one article. `group_id` joins the copies of one text: independent evidence comes from other groups."""

    article_id: str
    verdict: Verdict
    of: str | None  # the article it copies, revises or is linked to
    coverage: float  # share of this text's words that stand in `of`, 0 to 1
    reason: str  # url, canonical, exact, coverage, numbers, figures…
    group_id: str  # the id of the syndication group's first article


# ---------------------------------------------------------------- claims


class Unit(StrEnum):
    UNITS = "units"
    CURRENCY = "currency"
    PERCENT = "percent"
    PP = "pp"
    RATIO = "ratio"
    ORDINAL = "ordinal"
    COUNT = "count"


class Bound(StrEnum):
    EXACT = "exact"
    APPROX = "approx"
    GT = "gt"
    LT = "lt"
    RANGE = "range"


class Basis(StrEnum):
    ABS = "abs"
    YOY = "yoy"
    QOQ = "qoq"
    MULTI = "multi"
    SINCE = "since"


class Kind(StrEnum):
    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"


class Nature(StrEnum):
    """How a period holds its figure: over a span, at a point in time, or summed up since a beginning."""

    SPAN = "span"
    ASOF = "asof"
    CUM = "cum"


AMOUNT_LIMIT = Decimal(10) ** 27  # what the warehouse's columns hold; nothing that is counted or paid comes near
MARKET, GLOBAL, PRESS = "MARKET", "GLOBAL", "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of calendar days with the label it is printed as: `2017-Q2`, `asof:2017-07`, `cum:2014-01/2017-06`, `2017-03/2017-06`.

    `first` is None only for a cumulative figure without a known beginning.
    """

    nature: Nature
    first: date | None
    last: date
    label: str

    @classmethod
    def parse(cls, label: str) -> Period:
        """Read a label of the grammar YYYY, YYYY-H1, YYYY-Q1, YYYY-MM, YYYY-MM-DD, A/B, asof:…, cum:A/B. Raises ValueError."""
        nature, _, rest = label.rpartition(":")
        kind = Nature(nature) if nature else Nature.SPAN
        begin, slash, end = rest.partition("/")
        if not slash:
            first, last = _days(begin)
            return cls(nature=kind, first=first, last=last, label=label)
        if not begin and kind is not Nature.CUM:
            raise ValueError(f"{label!r} has no beginning")
        first_day = _days(begin)[0] if begin else None
        last_day = _days(end)[1]
        if first_day and first_day > last_day:
            raise ValueError(f"{label!r} ends before it begins")
        return cls(nature=kind, first=first_day, last=last_day, label=label)

    @property
    def days(self) -> int | None:
        """Its length in days, None without a beginning."""
        return (self.last - self.first).days + 1 if self.first else None


_LABEL = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?")


def _days(label: str) -> tuple[date, date]:
    match = _LABEL.fullmatch(label)
    if not match:
        raise ValueError(f"{label!r} is no period")
    year, half, quarter, month, day = match.groups()
    y = int(year)
    if day:
        only = date(y, int(month), int(day))
        return only, only
    if half:
        start, end = 6 * int(half) - 5, 6 * int(half)
    elif quarter:
        start, end = 3 * int(quarter) - 2, 3 * int(quarter)
    elif month:
        start = end = int(month)
    else:
        start, end = 1, 12
    return date(y, start, 1), date(y, end, calendar.monthrange(y, end)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one article says about one number. Never edited, only superseded."""

    claim_id: str  # identity(article_id, span, company, metric, basis, …)
    article_id: str
    company: str  # "Xiaomi", see config/companies.toml; MARKET for a whole market; GROUP:…; OS:…
    metric: str  # "shipments", see config/metrics/
    segment: str  # "smartphones", "company", "product:Mi 5", "segment:Redmi"
    region: str | None  # GLOBAL, ISO 3166-1 alpha-2 or a group of config/regions.toml; None if unclear
    period: Period | None  # calendar days; None where the text gives none that can be resolved
    amount: Decimal  # whole devices, currency units, percent 0-100; a fall is negative
    amount_high: Decimal | None  # upper end of a range
    unit: Unit
    currency: str | None  # ISO 4217, with unit currency
    alt_amount: Decimal | None  # the same amount in brackets in another currency
    alt_currency: str | None
    per: str | None  # second, minute, day, month, quarter, year: the rate as printed, never scaled
    rounding: Decimal  # half of the last printed digit, in the amount's unit; approx doubles it
    bound: Bound
    basis: Basis
    compared_to: Period | None  # the earlier period of a change
    kind: Kind
    authority: str | None  # who measured or said it ("IDC"); None for the writer's own voice
    printed: str  # the number as printed: text[span[0]:span[1]]
    quote: str  # the sentence, word for word
    span: tuple[int, int]  # where `printed` stands in Article.text, [start, end) in code points
    confidence: float  # 0 to 1
    rules: tuple[tuple[str, str], ...] = ()  # (field, "rule: words") for `why`


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A claim with what must be known of its article to weigh it."""

    claim: Claim
    article_id: str
    url: str
    title: str
    source: str  # host
    owner: str  # the publisher's owner group, or the host where none is declared
    group_id: str  # syndication group
    published_at: datetime | None
    may_mail: bool  # polled live, with a date of its own or of its entry, and not the first poll of its feed
    recorded_at: datetime | None = None  # None: learnt in this load


# ---------------------------------------------------------------- facts


class Standing(StrEnum):
    SINGLE = "single"  # one independent source
    CORROBORATED = "corroborated"  # two or more independent sources agree
    DISPUTED = "disputed"  # sources contradict each other, in amount, basis or period
    RESTATED = "restated"  # the same authority gave another amount later on
    RETRACTED = "retracted"  # the text that said it was corrected and no longer does


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Another claim that can't be true together with this fact, and over what: amount, basis or period."""

    over: str  # "amount" | "basis" | "period"
    claim_id: str
    fact_id: str  # the fact which that claim supports
    detail: str  # "70 % is said against the quarter before and against the year before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is held about one grain. A new vintage is appended when any of it changes; none is edited.

    The grain is company × metric × segment × region × period × basis × compared_to × kind × unit × currency × per × authority.
    """

    fact_id: str  # identity of the grain
    vintage_id: str  # identity of the grain and all that is held about it
    company: str
    metric: str
    segment: str
    region: str | None
    period: Period | None
    basis: Basis
    compared_to: Period | None
    kind: Kind
    unit: Unit
    currency: str | None
    per: str | None
    authority: str  # PRESS for the writer's own voice
    amount: Decimal
    amount_high: Decimal | None
    alt_amount: Decimal | None
    alt_currency: str | None
    rounding: Decimal
    bound: Bound
    standing: Standing
    claim_id: str  # the best claim: its quote is shown
    claim_ids: tuple[str, ...]  # all that support it, oldest first
    sources: int  # independent ones: other syndication group and other owner
    disputes: tuple[Dispute, ...]
    restates: Decimal | None  # the amount held before a restatement
    first_said_at: datetime | None
    last_said_at: datetime | None


# ---------------------------------------------------------------- shifts and alerts


class Event(StrEnum):
    """What a fact's new vintage is to what was held before."""

    NEW = "new"
    RESTATED = "restated"
    DISPUTED = "disputed"
    CORROBORATED = "corroborated"  # evidence for what was held; never mails
    UNPLACED = "unplaced"  # no period, so it can't be told from what was held; never mails
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How far a fact is from its counterpart: like with like, the same part of the year."""

    against: str  # "2017" | "year_ago"
    reference: str  # "curated" (config/baseline) | "news" (a held fact)
    reference_id: str  # the baseline entry's id, or the fact_id
    reference_period: str  # its label
    reference_amount: Decimal
    change: Decimal  # in the fact's unit; percentage points for shares; places for ranks
    change_pct: Decimal | None  # None for shares, ranks and a reference of zero
    change_unit: Unit
    note: str  # "eve of 2017", "nearest date in 2017", or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What one new vintage of a fact changes."""

    shift_id: str  # identity(vintage_id, event)
    fact: Fact
    event: Event
    known: Decimal | None  # the amount held before, for a restatement or a dispute
    comparisons: tuple[Comparison, ...]
    without: tuple[tuple[str, str], ...]  # (against, why there is no counterpart)
    may_mail: bool  # the newest claim behind it came live and with a date
    published_at: datetime | None  # when the newest claim behind it was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One mail's worth: the shifts of one rule and one group, for one set of receivers."""

    alert_id: str  # identity(rule, group, shift ids)
    rule: str
    group: str
    receivers: tuple[str, ...]
    shift_ids: tuple[str, ...]
    subject: str
    message_id: str  # fixed, made from alert_id
    raw: bytes  # the whole mail as it goes out


# ---------------------------------------------------------------- loads


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one load carries into the warehouse, in one transaction."""

    load_id: str  # a hash of what was taken in; the same load again changes nothing
    recorded_at: datetime
    articles: tuple[Article, ...]  # copies too; their text isn't stored
    tellings: tuple[Telling, ...]
    evidence: tuple[Evidence, ...]  # new claims only
    facts: tuple[Fact, ...]  # new vintages only
    shifts: tuple[Shift, ...]
    alerts: tuple[Alert, ...]  # the events; the mails' raw bytes lie in the outbox
    endings: tuple[Ending, ...]  # the ledger of the load
