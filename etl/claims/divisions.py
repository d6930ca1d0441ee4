"""Parts of a company's business that money is made in: `its EV arm`, `Internet services rose 11 percent to …`, `revenue from smartphones`.

A division's revenue is no company's revenue: what the text calls the part is kept as `segment:<name>`.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.claims.scan import Kept

_SAME: dict[str, str] = {
    "segment:EV": "ev evs car cars auto automotive electric-vehicle electric-vehicles electric-car electric-cars smart-ev smart-evs young-car vehicle smart-electric-vehicle new-energy-vehicle",
    "segment:smartphones": "phone phones smartphone smartphones handset handsets",
    "segment:mobile": "mobile mobile-communications mobile-phone mobile-devices mobile-device",
    "segment:IM": "im it-and-mobile-communications it-&-mobile-communications it-and-mobile it-&-mobile",
    "segment:chips": "chip chips semiconductor semiconductors memory memory-chip memory-chips chipmaking",
    "segment:services": "internet-services internet-service services service",
    "segment:IoT": "iot aiot iot-and-lifestyle-products iot-&-lifestyle-products iot-and-lifestyle iot-and-consumer-products",
    "segment:overseas": "overseas international overseas-markets international-markets foreign foreign-markets non-china",
    "segment:cloud": "cloud cloud-computing google-cloud",
    "segment:AWS": "aws amazon-web-services",
    "segment:iPhone": "iphone iphones",
    "segment:Mac": "mac macs",
    "tablets": "tablet tablets ipad ipads",
    "wearables": "wearable wearables",
    "smartwatches": "smartwatch smartwatches apple-watch watch watches",
    "smart TVs": "tv tvs television televisions smart-tv smart-tvs",
    "segment:gaming": "gaming games",
    "segment:PCs": "pc pcs laptop laptops notebook notebooks personal-computer personal-computers",
    "segment:display": "display displays display-panel panel panels",
    "segment:consumer": "consumer consumer-business-group",
    "segment:carrier": "carrier-network carrier-networks carrier carriers network networks ict-infrastructure",
    "segment:advertising": "advertising ads ad",
}
_CANON = {name: segment for segment, names in _SAME.items() for name in names.split()}
_WORD = r"(?!(?i:the|its|their|his|our|a|an|and|or|of|in|from|to|by|for|with|that|which|whose|while|but|as|at|on|was|were|is|has|had|said|posted|reported|business|division|unit|core|own|entire|whole|new|young|former|main|this|last|first|second|third|fourth|quarterly|annual|operating|net|gross|total|company|group|revenue|sales|profit|biggest|largest|smallest|best|fastest|most|least|other|another|one|two|three|only|key|big|small|strong|weak)\b)[A-Za-z][\w&-]*"
_NAMED = Kept(re.compile(
    rf"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Oo]ur|whose|[A-Z]\w+['’]s)\s|^|(?<=\n)|(?<=[-•*–]\s)|(?<=[.;:]\s)|(?<=,\s)|\b(?:and|while|but)\s(?:the\s|its\s)?)(?:(?:core|young|new|own|entire|whole|former|main|fast-growing|loss-making|so-called|struggling|nascent|flagship)\s)*"
    rf"(?P<name>{_WORD}(?:,?\s(?:and\s|&\s|and\sother\s)?{_WORD}){{0,4}}?)\s(?:division|business(?:es)?(?!\s(?:model|group|in|day|partner))|segment|unit|arm|operations|branch|activities)\b(?!['’]s\s(?:head|chief))",
), "division", "business", "segment", "unit", "arm", "operations", "branch", "activities")  # fmt: skip
_NOUN = (
    r"(?:IoT(?: (?:and|&) (?:lifestyle|consumer)(?: products)?)?|internet services?|subscription services|services|smart ?phones?|handsets?|(?:smart )?EVs?|electric (?:vehicles?|cars?)|cars|vehicles|"
    r"wearables?|tablets?|iPads?|iPhones?|Macs?|PCs?|laptops|notebooks|(?:smart )?TVs?|televisions|advertising(?: and other)?|ads|accessories|other products|(?:Google |Alibaba )?[Cc]loud(?: computing)?|AWS|Amazon Web Services|"
    r"(?:overseas|international|foreign)(?: markets)?|markets outside (?:mainland )?China|outside (?:mainland )?China|chips?|semiconductors?|memory|displays?|carriers?|enterprise|appliances|home appliances|gaming|games|smartwatches|watches)"
)
_INCOME = r"(?i:revenues?|turnover|sales|income|takings|profits?|operating (?:profit|income|loss)|(?:(?:gross|operating|profit) )?margins?)"
_ATTACHED = re.compile(
    rf"(?<![\w-])(?:{_INCOME}\s(?:from|of|in|at|to|to its|at its|from its|of its|from the|in the)\s(?:the\s|its\s|their\s)?(?P<behind>{_NOUN})\b|(?P<front>(?i:{_NOUN}|mobile|consumer|carrier network|network))\s(?:(?:segment|business|division|unit)\s)?(?:gross\s|adjusted\s|net\s|segment\s)?{_INCOME}\b|{_INCOME}\s(?P<abroad>outside (?:of )?(?:mainland )?China)\b"
    rf"|\bthat (?:of|for|from)\s(?:the\s|its\s)?(?P<that>(?i:{_NOUN}))\b)"
)
_VERBS = (
    r"(?:brought|bring|brings|accounted|contributed|contributes|generated|generates|added|rose|grew|fell|dropped|declined|were|was|made|makes|earned|set|hit|reached|climbed|increased|jumped|slipped|took|posted|"
    r"surged|soared|shrank|slid|came|stood|totall?ed|had|delivered|chipped|pulled|raked|went|lost|dipped|sank|leapt|leaped|slumped|expanded|doubled|tripled|halved|edged|crept|shrunk|eased|rebounded|yielded|remained|remains|recorded|saw|swung|gained|advanced|plunged|tumbled|grossed|ran)"
)
_SUBJECT = re.compile(
    rf"(?<!\S)(?=[A-Za-z])(?:^|(?<=\n)|(?<=[.;:]\s)|(?<=[-•*–]\s)|(?<=,\s)|(?<=\band\s)|(?<=\bwhile\s)|(?<=\bwhereas\s)|(?<=\bbut\s)|(?<=\bwhich\s)|(?<=\bthat,\s)|(?<=\bits\s)|(?<=\bthe\s))(?P<name>{_NOUN}|(?:Other products|Services|Internet services?|Subscription services|Smartphones?|Handsets|Overseas markets|International markets|Overseas|Advertising|Wearables|Accessories|Chips|Cloud|Carrier|Enterprise|Tablets|Memory|Displays?|Gaming))"
    rf"(?:,\s[^,.;]{{2,80}},)?\s(?:also\s|alone\s|still\s|now\s)?(?:{_VERBS}\b|(?=(?:RMB|US\$|\$|€|£|₹|Rs\.?|USD|CNY)\s?\d)|(?=\d[\d.,]*\s(?:billion|million|trillion|bn|mn|crore)\b)|for\s(?=(?:RMB|US\$|\$|€|£|₹|Rs|USD|CNY)?\s?\d))"
)


_HEAD = Kept(re.compile(rf"(?:^|(?<=\n)|(?<=\]\s))[\s*•–-]*(?P<name>{_NOUN})(?=\s?[:–]\s|[ ]-[ ])", re.IGNORECASE), ":", "–", " - ")


@dataclass(frozen=True, slots=True)
class Division:
    """The words for a part of a business at [start, end); `is_subject`: the clause is about it."""

    start: int
    end: int
    segment: str
    is_subject: bool


_NO_PART = frozenset("online offline premium super-premium ultra-premium budget mid mid-range midrange entry-level low-end high-end price mass affordable flagship 5g 4g mainstream consumer-electronics retail e-commerce market smartphone-market".split())


def segment_of(name: str) -> str:
    """The segment that a part's name stands for: `EV arm` and `car unit` are one."""
    words = re.sub(r"\s+", " ", name.strip().replace(",", ""))
    key = words.lower().replace(" ", "-")
    if key in _CANON:
        return _CANON[key]
    if key.startswith(("markets-outside", "outside")):
        return "segment:overseas"
    if key.startswith(("ev-and-", "ev-ai-", "smart-ev-", "smart-evs-", "electric-vehicles-and-", "electric-vehicle-and-")):
        return "segment:EV"  # with "AI and other new initiatives"
    return "segment:" + " ".join(w if w.isupper() or not w[1:].islower() else w.lower() for w in words.split())


@lru_cache(maxsize=16)
def find_divisions(text: str, start: int, end: int) -> tuple[Division, ...]:
    """The parts of a business that text[start:end] speaks of, in order."""
    found: list[Division] = []
    for match in _NAMED.all(text, start, end):
        words = match["name"].lower().split()
        if words[0] in _NO_PART or words[-1] in _NO_PART:
            continue  # a price band or a channel
        found.append(Division(match.start("name"), match.end(), segment_of(match["name"]), True))
    for match in _ATTACHED.finditer(text, start, end):
        group = match.lastgroup or "front"
        found.append(Division(match.start(), match.end(), segment_of(match[group]), False))
    for match in _HEAD.all(text, start, end):
        found.append(Division(match.start("name"), match.end("name"), segment_of(match["name"]), True))
    for match in _SUBJECT.finditer(text, start, end):
        found.append(Division(match.start("name"), match.end("name"), segment_of(match["name"]), True))
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[Division] = []
    for division in found:
        if not kept or division.start >= kept[-1].end:
            kept.append(division)
    return tuple(kept)


_OPENING = re.compile(
    rf"(?:The |Its )?(?P<name>{_NOUN}|(?i:home appliances|displays?|chips|smartphones|handsets|phones))\s(?:are|is|will|was|were|also|still|held|saved|did|had|has|have|proved|stayed|remain\w*|became|fared|stood)\b", re.IGNORECASE
)


def opening_part(text: str, start: int, end: int) -> str | None:
    """The segment of the part of a business that a sentence opens with, or None."""
    match = _OPENING.match(text, start, end)
    return segment_of(match["name"]) if match else None
