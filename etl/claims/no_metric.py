"""Numbers whose own wording shows that none of the metrics is meant: loose ranks, bands of prices, fines, parts of a few."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.changes import Change
from etl.claims.spans import Quantity

_LOOSE_RANK = re.compile(
    r"\bone of (?:the )?[\w\s-]*$|(?<!out of the )(?<!out of )\btop[- ](?!one\b|1\b|spot|slot|place)\w+$", re.IGNORECASE
)
_OWN_MIX = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\sof (?:[\w'’-]+\s){0,4}?(?:revenues?|turnover|income|customers|users|employees|workforce|staff|buyers|orders|shares|stock|stake|equity|votes|voting rights|capital|gross profit|operating profit|operating income|net profit)\b",
    re.IGNORECASE,
)
_PER_ONE = re.compile(r"\s(?:\([^)]{1,24}\)\s)?(?:per|for (?:each|every)|on (?:each|every)|an?)\s(?:vehicle|car|phone|smartphone|handset|unit|device|watch|TV|customer|user)\b", re.IGNORECASE)  # "lost 6,500 yuan per vehicle"
_CHARGE_OF = re.compile(
    r"\b(?:charges?|write-?downs?|write-?offs?|impairments?|fines?|penalt(?:y|ies)|provisions?|dividends?|debts?|borrowings?|bonds?|liabilit(?:y|ies)|cash(?: pile| reserves?| holdings?)?|damages|settlements?|subsid(?:y|ies)|savings|compensation|lawsuits?|bonus(?:es)?)\s"
    r"(?:(?:and [\w-]+ |on [\w-]+ )?(?:of|was|were|stood at|came to|totall?ed|totall?ing|worth|at|reached|to|amounted to)\s)(?:about\s|around\s|over\s|nearly\s|a record\s|up to\s|more than\s|almost\s|some\s|the\s)*$",
    re.IGNORECASE,
)
_OF_THE_SUM = re.compile(r"\s(?:of|off)\s(?:the|its|that|this)\s(?:loss|profit|revenue|total|sum|decline|drop|increase|charge)\b|\s(?:it\s|was\s|has\s)?(?:paid|fine|penalty|charge|write-?down|impairment|settlement|dividend)\b", re.IGNORECASE)
_OTHER_MAKER = re.compile(
    r"[\s-](?:[\w-]+\s){0,2}?(?:gear|equipment|network(?:ing)?|chip|semiconductor|memory|display|panel|car|auto|EV|appliance|battery|software|internet|e-commerce|search|cloud|telecoms?|lender|mobile (?:phone )?network|wireless|online|video|music|game|gaming|camera|sensor|solar|bank|insurance)[\s-]"
    r"(?:[\w-]+\s)?(?:maker|vendor|manufacturer|supplier|company|firm|provider|player|retailer|giant|operator|carrier|service|group)s?\b",
    re.IGNORECASE,
)
_SAY_SO = re.compile(r"\s(?:customers?|users?|people|buyers|owners|readers|consumers|shoppers|respondents|reviewers)\s(?:have\s|has\s|also\s)?(?:rat(?:e|ed)|say|said|complain\w*|review\w*|voted?|gave|give|survey\w*|poll\w*|respond\w*|answer\w*|recommend\w*|worked on)\b", re.IGNORECASE)
_FEW = 100
_BAND = re.compile(r"(?:segment of|market of|above|below|under|sub-|between|over|price band of|range of|than)\s*$", re.IGNORECASE)
_THAN_PRICE = re.compile(r"^\s?(?:%|per ?cent|percent)?\s(?:more|less|above|below|higher|lower|cheaper|over|under)\s(?:than\s)?[^.;,]{0,40}\bprices?\b", re.IGNORECASE)
_OUT_OF = re.compile(r"^\sof\s(?:its|the|their|those|our|his)\s[\d.,]+\d")  # "107,000 of its 195,000 employees"
_PART_OF_ITS = re.compile(r"^\sof\s(?:its|the|their|his|her|those|these|our)\s(?!own\b)", re.IGNORECASE)  # "two of its patents"
_NO_LONGER = re.compile(
    r"\b(?:former|formerly|previous|ex-?|erstwhile|once|no longer|(?:is|was)(?:n['’]t| not)|not|out of|tied?|battle|fight|race|vying|compet\w+|contend\w*|bid|contest|aspir\w+|lost)\s(?:(?:the|its|their|a|an|for|in|at|as|on)\s)*$|"
    r"\b(?:wants?|wanted|eyes|eyeing|covets|threatens?|challenges?|attacks?|after|for|takes?|took|takes over|steals?|stole|grabs?|grabbed|snatch\w+)\s[A-Z][\w&]*['’]s?\s$",
    re.IGNORECASE,
)
_FEWER_THAN = re.compile(r"^\s?(?:fewer|more|less|higher|lower)\s(?:\w+\s){0,2}?than\b(?!\s?\d)", re.IGNORECASE)  # an amount of change, no level
_BAND_AFTER = re.compile(
    r"^[)\s]*(?:and above\s?|to \S+ )?[)\s]*(?:price|segment|band|category|tier|range|mark|handsets|phones|smartphones)", re.IGNORECASE
)
_NO_SHOP = re.compile(r"^\s(?:[\w-]+\s){0,3}?(?:online|web|internet|e-?commerce|app) (?:shops?|stores?|outlets?)\b", re.IGNORECASE)
_NO_RANK = re.compile(
    r"^[\s-](?:(?!for\b|in\b|with\b|at\b|on\b|behind\b|after\b|ahead\b|during\b)[\w-]+\s){0,3}?(?:markets?|econom|cit(?:y|ies)|carriers?|countr|quarters?|plants?|generation|sales?|phone\b(?! maker| brand| vendor)|smartphone\b(?! maker| brand| vendor| manufacturer| company| player| seller| OEM| supplier)|half|day|week|month|year|time|most valuable|device\b|model|one\b)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:to\s)?(?:lead|led|top|head)(?:s|ped|ed)?$", re.IGNORECASE)  # a verb: what it leads may be a market


def names_nothing(text: str, quantity: Quantity, change: Change, kind: str, start: int, end: int) -> bool:
    """Whether the number's own wording shows that no metric is meant: a loose rank, a band of prices, a part of its own mix."""
    before, after = text[max(start, quantity.start - 24) : quantity.start], text[quantity.end : end]
    if kind == "rank":
        printed = text[quantity.start : quantity.end]
        if _OTHER_MAKER.match(after):
            return True
        if _NO_LONGER.search(before) and not printed.lower().startswith("top "):
            return True
        return bool(_LOOSE_RANK.search(before + printed)) or bool(_NO_RANK.match(after) and not _LEADS.match(printed))
    if kind == "money":
        if _PER_ONE.match(after):
            return True
        if _CHARGE_OF.search(text[max(start, quantity.start - 60) : quantity.start]) or _OF_THE_SUM.match(after):
            return True
        if re.search(r"(?:segment|market|category|tier) of\s*$", before):
            return True
        is_band = _BAND.search(before[-16:]) or re.search(r"\($", before[-12:])
        return bool(is_band and _BAND_AFTER.match(after))
    if kind == "percent" and _THAN_PRICE.match(text[quantity.number_end : end]):
        return True
    if kind == "count" and _OUT_OF.match(text[quantity.end : end]):
        return True
    if kind == "count" and _SAY_SO.match(text[quantity.number_end : end]):
        return True
    if kind == "count" and quantity.value < _FEW and _PART_OF_ITS.match(text[quantity.end : end]):
        return True
    if kind in ("count", "money") and _FEWER_THAN.match(text[quantity.end : end]):
        return True
    if kind == "percent":
        return change.role != "change" and bool(_OWN_MIX.match(text[quantity.number_end : end]))
    return kind == "count" and bool(_NO_SHOP.match(text[quantity.number_end : quantity.number_end + 60]))  # somebody's sites, no shops
