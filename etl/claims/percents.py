"""Percents and multiples that are real quantities, but no figure of a business: how a stock moved, a stake, a coupon, a duty, a test.

    "Shares of the chain closed up 3.4 percent" → market_move        "trades at 31 times forward earnings" → valuation
    "a 9% stake in the lender" → stake        "62 percent of respondents said" → survey        "20% faster" → benchmark
    "bonds yield 2.7 percent" → economy       "a 25% duty" → levy                              "5.3 percent bonds due 2025" → coupon
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.claims.scan import Worded, has_chinese
from etl.claims.spans import Quantity

_TRADED = (
    r"(?:(?<!market )shares(?! of (?:the |their |its |all )?(?:\w+ )?(?:market|shipments|sales|industry|total))|stocks?|stock price|share price|futures|futures contracts?|(?-i:Index|ETF|S&P 500|Nasdaq(?: 100)?|Nasdaq Composite"
    r"|Dow(?: Jones)?(?: Industrial Average)?|Nikkei(?: 225)?|Hang Seng|FTSE(?: 100)?|DAX|CAC(?: 40)?|CSI 300|Topix|TOPIX|Kospi|KOSPI|Sensex"
    r"|Nifty|Brent|WTI)|ind(?:ex|ices|exes)|gauge|benchmark|equities|yen|(?:the|a|US|U\.S\.) dollar|greenback|euro|(?:the|British) pound"
    r"|sterling|(?:offshore |onshore |the )yuan|renminbi|currency|crude|oil|gold|silver|copper|bonds?|yields?|Treasur(?:y|ies)|bitcoin)"
)
_MOVED = (
    r"(?:rose|rises?|risen|rising|fell|falls?|fallen|falling|gain(?:ed|s|ing)?|lost|loses?|losing|drop(?:ped|s|ping)?|slid(?:es?|ing)?"
    r"|climb(?:ed|s|ing)?|add(?:ed|s|ing)|dip(?:ped|s|ping)?|surg(?:ed|es|ing)|jump(?:ed|s|ing)?|plung(?:ed|es|ing)|plummet(?:ed|s|ing)?"
    r"|clos(?:ed|es|ing)|end(?:ed|s|ing)|finish(?:ed|es|ing)|up|down|higher|lower|trad(?:ed|es|ing)|weaken(?:ed|s|ing)?"
    r"|strengthen(?:ed|s|ing)?|advanc(?:ed|es|ing)|declin(?:ed|es|ing)|slump(?:ed|s|ing)?|tumbl(?:ed|es|ing)|soar(?:ed|s|ing)?"
    r"|rall(?:ied|ies|ying)|shed|retreat(?:ed|s|ing)?|rebound(?:ed|s|ing)?|slip(?:ped|s|ping)?|eas(?:ed|es|ing)|sank|sinks?|shot up"
    r"|appreciat(?:ed|es|ing)|depreciat(?:ed|es|ing)|crash(?:ed|es|ing)?|popp(?:ed|ing)|skidd(?:ed|ing))"
)
_HOW_MUCH = (
    r"(?:(?:by|about|around|nearly|almost|over|some|only|just|another|a|an|as much as|more than|less than|up|down|higher|lower|further"
    r"|roughly|approximately|at least)[ ])*(?:\(|[~+−–-])?"
)
_STOCK_MOVED = re.compile(
    rf"(?<![\w&-]){_TRADED}(?:['’]s?)?(?:[ ](?:of|in|on|for|at|listed)[ ][\w.&’'<>() -]{{1,40}}?)?,?[ ](?:[\w.’'&<>-]+[ ]){{0,5}}?"
    rf"{_MOVED}[ ](?:\w+ly[ ])?{_HOW_MUCH}$",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"(?<![\w-])(?:shipments?|sales|revenues?|turnover|profits?|income|earnings|margins?|market share|units|volumes?|deliver(?:y|ies)|output"
    r"|production|users|subscribers|exports|imports|demand|costs|prices? of (?:its|the) (?:phones?|smartphones?|handsets?))(?![\w-])",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?<![\w-])(?:closed?|closing|settled|ended(?: the)?(?: day| session| week)|trading)[ ](?:up|down|higher|lower|off)?[ ]?"
    r"(?:(?:by|about|around|nearly|almost|over|at|more than|as much as)[ ])*$",
    re.IGNORECASE,
)
_ON_THE_FLOOR = re.compile(
    r"[ ](?:(?:lower|higher)[ ])?(?:in|during|at|on|by)[ ](?:the[ ])?(?:[\w.’'-]+[ ]){0,4}?(?:trading|trade|premarket|pre-market|after-hours"
    r"|after hours|the close|midday|stock exchange|the opening bell)(?![\w-])|[ ]to[ ][\d.,]+[ ](?:per|against the|versus the)[ ](?:dollar|euro)",
    re.IGNORECASE,
)
_STAKE = re.compile(
    r"[ -](?:[\w-]+[ ]){0,3}?(?:stakes?|shareholding|ownership|holding|equity|interest[ ]in|owned)(?![\w-])"
    r"|[ ]of[ ](?:its|the company['’]s|their|the firm['’]s|[A-Z][\w.]+['’]s?)[ ](?:outstanding[ ]|own[ ]|common[ ]|total[ ])*"
    r"(?:stock|shares|equity|share capital)(?![\w-])",
    re.IGNORECASE,
)
_STAKE_BEFORE = re.compile(r"(?<![\w-])(?:stake|shareholding|holding)[ ](?:of|to|from|at)[ ](?:[\w-]+[ ]){0,3}$", re.IGNORECASE)
_COUPON = re.compile(
    r"[ -](?:[\w-]+[ ]){0,2}?(?:bonds?|notes?|coupons?|debentures?|convertibles?|gilts?)[ ](?:due|maturing|were|was|fell|rose|that|at)(?![\w-])",
    re.IGNORECASE,
)
_LEVY = re.compile(
    r"[ -](?:(?:import|export|additional|punitive|corporate|sales|customs|retaliatory|basic|flat|withholding|\w+[ ]goods)[ ]){0,2}"
    r"(?:tariffs?|dut(?:y|ies)|tax(?:es)?|lev(?:y|ies)|VAT|GST|interest[ ]rate|discounts?|off(?=[ ]|[.,;)])|cash-?back|dividends?|APR)(?![\w-])",
    re.IGNORECASE,
)
_LEVY_BEFORE = re.compile(r"(?<![\w-])(?:tariffs?|dut(?:y|ies)|tax(?:es)?|lev(?:y|ies)|interest[ ]rates?|discounts?)[ ](?:of|at|to|by)[ ](?:[\w-]+[ ]){0,2}$",
    re.IGNORECASE)  # fmt: skip
_BENCHMARK = re.compile(
    r"[ ](?:faster|quicker|brighter|thinner|lighter|slimmer|smoother|cooler|sharper|louder|more[ ](?:efficient|powerful|accurate|durable|light|heat"
    r"|battery|power)|less[ ](?:power|energy|heat|battery)|longer[ ]battery|better[ ](?:performance|battery|graphics|efficiency|heat)"
    r"|(?:screen|body)[ -]to[ -](?:body|screen)|screen-to-body|(?:battery|charge|charged)(?![\w-]))",
    re.IGNORECASE,
)
_SURVEY = re.compile(
    r"[ ]of[ ](?:all[ ]|the[ ])?(?:(?:[\w-]+[ ]){0,3}?respondents|those[ ](?:surveyed|polled|asked|questioned)|(?:[\w-]+[ ]){0,4}?(?:surveyed"
    r"|polled|interviewed)|(?:[\w-]+[ ]){0,3}?(?:consumers|people|users|customers|buyers|owners|participants|adults|parents|gamers|shoppers|workers"
    r"|executives|teens|teenagers|voters|americans|women|men)[ ](?:said|say|says|told|prefer|plan|planned|intend|would|want|believe|think|feel"
    r"|agree|are[ ](?:likely|willing|satisfied|happy)|were[ ](?:likely|willing|satisfied|happy)))(?![\w-])",
    re.IGNORECASE,
)
_EARNINGS = re.compile(
    r"[ -](?:(?:forward|projected|estimated|trailing|expected|annual|future|12-month|its|the|this|next|year['’]s)[ ]){0,3}"
    r"(?:earnings|EBITDA|book(?:[ ]value)?|cash[ ]flow|sales|revenues?|profits?)(?![\w-])",
    re.IGNORECASE,
)
_VALUED = re.compile(r"(?<![\w-])(?:trad(?:es|ed|ing)|valued|valuing|valuation|multiple|priced)[ ](?:[\w-]+[ ]){0,3}$", re.IGNORECASE)
_FORWARD = re.compile(r"[ -](?:forward|projected|trailing|estimated)[ ]")
_MOVE_ZH = re.compile(r"(?:股价|股票|股份|指数|汇率|港股|美股|收盘)[^，。；]{0,14}$")
_ECONOMY = re.compile(
    r"(?<![\w-])(?:yields?|extra yield|spreads?|(?:interest|key|repo|policy|lending|deposit|discount|prime|jobless|unemployment|inflation"
    r"|benchmark)[ ]rates?|its benchmark|(?:import|export|consumer|wholesale|producer|house|home)[ ]prices|inflation|unemployment|GDP"
    r"|gross domestic product|the economy|housing starts|money supply)(?![\w-])[^;]{0,70}$",
    re.IGNORECASE,
)
_REACH = 120  # characters looked at before a number


_UNITS = frozenset(["percent", "percentage point", "basis point", "times"])
# The same, tried only where one of their words stands.
_STOCK_SOON = Worded(
    _STOCK_MOVED,
    *("shares", "stock", "share price", "futures", "index", "etf", "s&p", "nasdaq", "dow", "nikkei", "hang seng", "ftse", "dax", "cac", "csi"),
    *("topix", "kospi", "sensex", "nifty", "brent", "wti", "indices", "gauge", "benchmark", "equities", "yen", "dollar", "greenback", "euro"),
    *("pound", "sterling", "yuan", "renminbi", "currency", "crude", "oil", "gold", "silver", "copper", "bond", "yield", "treasur", "bitcoin"),
)
_CLOSED_SOON = Worded(_CLOSED, "clos", "settled", "ended", "trading")
_FLOOR_SOON = Worded(_ON_THE_FLOOR, "trad", "market", "hours", "close", "midday", "exchange", "bell", "dollar", "euro")
_ECONOMY_SOON = Worded(_ECONOMY, "yield", "spread", "rate", "benchmark", "prices", "inflation", "unemployment", "gdp", "gross", "economy",
    "housing", "money")  # fmt: skip
_BENCHMARK_WORDS = ("faster", "quicker", "brighter", "thinner", "lighter", "slimmer", "smoother", "cooler", "sharper", "louder", "more", "less",
    "longer", "better", "screen", "body", "batter", "charge")  # fmt: skip
_BEHIND = (
    ("stake", Worded(_STAKE, "stake", "holding", "owne", "equity", "interest", "stock", "shares", "share capital")),
    ("coupon", Worded(_COUPON, "bond", "note", "coupon", "debenture", "convertible", "gilt")),
    ("levy", Worded(_LEVY, "tariff", "dut", "tax", "lev", "vat", "gst", "interest", "discount", "off", "cash", "dividend", "apr")),
    ("benchmark", Worded(_BENCHMARK, *_BENCHMARK_WORDS)),
    ("survey", Worded(_SURVEY, " of ")),
)
_AHEAD = (
    ("stake", Worded(_STAKE_BEFORE, "stake", "holding")),
    ("levy", Worded(_LEVY_BEFORE, "tariff", "dut", "tax", "lev", "rate", "discount")),
)


def mark_percents(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, those that speak of no business marked by their `trap`."""
    return [replace(q, trap=trap) if q.unit in _UNITS and q.trap is None and (trap := _why(text, q)) else q for q in found]


def _why(text: str, quantity: Quantity) -> str | None:
    far = max(0, quantity.start - _REACH)
    line = max(text.rfind("\n", far, quantity.start), text.rfind(". ", far, quantity.start), text.rfind("; ", far, quantity.start))
    before, after = (line + 1 if line >= 0 else far, quantity.number_start), (quantity.end, quantity.end + 80)
    if quantity.unit == "times":
        is_valued = _VALUED.search(text[slice(*before)]) or _FORWARD.match(text[slice(*after)])
        return "valuation" if is_valued and _EARNINGS.match(text[slice(*after)]) else None
    if _moves_on_the_market(text, before, after):
        return "market_move"
    for trap, worded in _BEHIND:
        if worded.opens(text, *after):
            return trap
    for trap, worded in _AHEAD:
        if worded.within(text, *before):
            return trap
    told = _ECONOMY_SOON.within(text, *before)
    return "economy" if told is not None and _BUSINESS.search(told[0]) is None else None


def _moves_on_the_market(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the clause, by the stretches before and after a number, tells how a stock, an index, a currency or a commodity moved."""
    if has_chinese(text) and _MOVE_ZH.search(text[slice(*before)]):
        return True
    if _FLOOR_SOON.opens(text, *after) or _CLOSED_SOON.within(text, *before):
        return _BUSINESS.search(text[slice(*before)]) is None
    moved = _STOCK_SOON.within(text, *before)
    return moved is not None and _BUSINESS.search(moved[0]) is None
