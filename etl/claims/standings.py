"""A first place that no number tells: `leads the market`, `tops the list`, `the world's largest smartphone maker`."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from etl.claims.mentions import Mention
from etl.claims.scan import Cells, opening
from etl.claims.spans import Quantity
from etl.model import Bound

_KIND = r"(?:smart ?phone|mobile phone|feature phone|phone|handset|wearables?|tablet|smart ?watch|smart TV|TV)"
_HEADS = (  # how each of the alternatives begins
    "lea,led,top,hea,to ,too,tak,reg,ret,kep,kee,hol,hel,mai,sta,sto,rem,sit,sat,fin,is ,was,are,bac,com,cam,mar,as ,bec,bei,sti,cla,cap,sei,gra,rec,sec,occ,hit,lar,big"
)
_FIRST = re.compile(
    rf"\b{opening(_HEADS.split(','))}(?:(?:leads|led|tops|topped|heads|headed|to (?:lead|top|head))(?=\s(?:the|India['’]s|China['’]s|Europe['’]s)\s(?:[\w'’-]+\s){{0,3}}?(?:list|chart|charts|ranking|rankings|table|market)\b(?!\s(?:share|value|research)))"
    rf"|(?:leads|led)(?=\swith\s(?:an?\s|about\s|around\s|nearly\s|over\s)*[\d.]+\s?(?:%|per))"
    rf"|(?:took|takes|taken|regained|retained|kept|holds|held|maintain(?:s|ed)) the lead(?=\s(?:in|with|from|over|of|among)\b|[.,])"
    rf"|(?:stay(?:s|ed)|remain(?:s|ed)|sit(?:s|ting)?|sat|finish(?:es|ed)|stands?|stood|is|was|are|keeps?|kept|back|came in|comes in|came|comes) (?:at|on|out on) (?:the )?top(?=\s(?:of the (?:[\w'’-]+\s){{0,3}}?(?:list|chart|charts|ranking|rankings|table|market|pile|heap|leader ?board)|with|in|spot|place|position|again|worldwide|globally)\b|[.,;:])"
    rf"|[Mm]arket leader(?=(?:,| and)?\s(?:[A-Z]|its\b|with\b|in\b|at\b)|[,.;])"
    rf"|(?:is|was|are|as|became|becomes|become|remain(?:s|ed)?|being|still) (?:still |now |again |once more )?the (?:clear |undisputed |outright |new |current |overall )?(?:market )?leader(?=\s(?:in|with|of|on|at|by)\b|[,.;])"
    rf"|(?:is|was|as|became|becomes|become|remain(?:s|ed)?) (?:still |now |again )?the (?:top|leading|biggest|largest|number one) (?:brand|vendor|seller|player|company)(?=\s(?:in|with|of|on|at|by|globally|worldwide)\b|[,.;])"
    rf"|(?:remain(?:s|ed)|stay(?:s|ed)|is|was) (?:well |comfortably |still |far )?(?:ahead|in (?:the )?(?:lead|front))(?=\s(?:with|at|on) (?:a |an |about )?\d)"
    rf"|(?:took|takes|claim(?:s|ed)|regain(?:s|ed)|retain(?:s|ed)|retak(?:es|ing)|retook|captur(?:es|ed)|seiz(?:es|ed)|grab(?:s|bed)|reclaim(?:s|ed)|secur(?:es|ed)|occup(?:ies|ied)|holds?|held|hit|keeps?|kept|maintain(?:s|ed)) (?:the |its )?(?:(?:top|first|pole|leading|leadership) (?:spot|place|position|rank|slot)|top(?= with))"
    rf"|(?:leads|led)(?=\s(?:there|here|again|comfortably|clearly|globally|worldwide)\swith\s)"
    rf"|(?:stay(?:s|ed)|remain(?:s|ed)) (?:the )?(?:market )?leader(?=\s(?:in|with|of|on|at|by)\b|[,.;])"
    rf"|(?:is|was|remain(?:s|ed)?|being) (?:still |now |again |once more )*the (?:largest|biggest|top|leading) (?:single )?brand(?=\s(?:in|with|of|on|at|by)\b|[,.;])"
    rf"|(?:is|was|are|became|becomes|become|remain(?:s|ed)?) (?:(?:still|now|again|once more|currently) )*the (?:best-selling|first|top-selling) (?:{_KIND} )?(?:brand|vendor|maker|seller)(?=\s(?:in|with|of|on|at|by|globally|worldwide|there)\b|[,.;])"
    rf"|finish(?:es|ed) (?:the )?(?:year|quarter|month|half|period) (?:at|on|out on) (?:the )?top\b"
    rf"|(?:largest|biggest|top|leading) (?:seller|maker|vendor|supplier|manufacturer|shipper)(?=\sof\s(?:[\w-]+\s){{0,2}}?(?:smart ?phones|phones|handsets|wearables?|tablets|smart ?watches|TVs|smart TVs|mobile phones)\b)"
    rf"|(?<!-)(?:largest|biggest|leading|top)(?=\s{_KIND} (?:maker|vendor|brand|seller|manufacturer|supplier)\b))",
    re.IGNORECASE,
)
_FIRST_NEEDS = ("lead", "led", "top", "head", "front", "first", "pole", "largest", "biggest", "best-selling")  # one stands in each of its matches
_NOT_FIRST = re.compile(
    r"(?:\b(?:one of|among|amongst|not|no longer|hop\w+|want\w*|aim\w*|plan\w*|could|would|may|might|will|overtak\w+|overtook|surpass\w*|than|previously|formerly|once|former)\b[^.;]{0,30}"
    r"|\b(?:second|third|fourth|fifth|sixth|\d(?:st|nd|rd|th)|two|three|four|five|ten|other|many|several|some|next|local|of the|by)[\s-])$",
    re.IGNORECASE,
)


_MARKET_ITSELF = re.compile(r"\s(?:markets?|econom)", re.IGNORECASE)


def find_standings(text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Quantity]:
    """The first places told by a word alone, as ranks of 1; none where a number beside it tells the place."""
    taken = [(q.start, q.end) for q in quantities if q.unit == "rank"]
    found = []
    for match in Cells(text, reach=3).finditer(_FIRST_NEEDS, _FIRST, text):
        start, end = match.span()
        if _NOT_FIRST.search(text[max(0, start - 50) : start]) or any(a < end + 30 and start - 30 < b for a, b in taken):
            continue
        if _MARKET_ITSELF.match(text[end : end + 12]):
            continue
        found.append(_place(start, end, 1))
    for match in Cells(text, reach=3).finditer((_PLACE_TAKEN,), _IN_WORDS, text):
        name = "front" if match["front"] else "place"
        start, end = match.span(name)
        if not any(a < end and start < b for a, b in taken) and not any(q.start < end and start < q.end for q in found):
            found.append(_place(start, end, _PLACES.index(match[name].lower()) + 1))
    for mention in mentions:
        if mention.what not in ("name", "brand") or not (behind := _BEHIND_NAME.match(text, mention.end)):
            continue
        start, end = behind.span("place")
        if any(a < end and start < b for a, b in taken) or any(q.start < end and start < q.end for q in found):
            continue
        found.append(_place(start, end, _PLACES.index(behind["place"].lower()) + 1))
    return sorted(found, key=lambda q: q.start)


_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_IN_WORDS = re.compile(  # "Third came Xiaomi", "was again second in India and third in Europe with 23 %", "first among phone brands"
    rf"(?:(?<=[.;]\s)|(?<=\n)|^)(?P<front>{'|'.join(p.capitalize() for p in _PLACES)})(?=\s(?:came|comes|was|is|place went to)\s[A-Z])"
    rf"|\b(?:(?:is|was|are|were|became|becomes|remain(?:s|ed)|stay(?:s|ed)|came|comes|ranks|ranked|finished|placed)\s(?:again\s|once more\s|still\s|now\s|only\s)*|\s(?<=\w\s)and\s)(?P<place>{'|'.join(_PLACES)})"
    rf"(?=\s(?:there\s|worldwide\s|globally\s)?(?:in\s(?:the\s(?:world|country|region|market)|[A-Z]\w+)|among\s(?:all\s|the\s)?(?:[\w-]+\s)?(?:brands|vendors|makers|manufacturers))\b)"
)
_PLACE_TAKEN = re.compile(rf"(?:{'|'.join(_PLACES)})\s(?:came|comes|was|is|place|there|worldwide|globally|in|among)\s")  # is in each of these
_BEHIND_NAME = re.compile(  # "Xiaomi, third, reached", "Xiaomi second and Realme third"
    rf"(?:,\s|\s(?:is|was|came|comes|ranks|ranked|finished)\s|\s)(?:a\s(?:close|distant)\s)?(?P<place>{'|'.join(_PLACES)})(?=[,.;)]|\sand\b(?!\s(?:half|quarter))|\s(?:with|on|at)\s(?:a\s)?\d)"
)


def _place(start: int, end: int, place: int) -> Quantity:
    return Quantity(
        start=start,
        end=end,
        number_start=start,
        number_end=end,
        value=Decimal(place),
        high=None,
        unit="rank",
        currency=None,
        per=None,
        bound=Bound.EXACT,
        rounding=Decimal(0),
        alt=None,
        is_price_like=False,
        trap=None,
        elided=False,
        lead="",
    )
