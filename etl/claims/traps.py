"""Numbers that are no quantity: years, dates, times, model names, versions, events, idioms, phone numbers, list numbers, scores.

Each rule looks at a few characters on either side of the number; what it gives is the trap's name.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.numbers import Number
from etl.claims.units import Unit

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(rf"(?<![A-Za-z]){_MONTH}\.?,?[ ]?['’]?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,|\s?[-–]\s?))?[ ]?$", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?[ -]?(?:of[ ])?{_MONTH}(?![A-Za-z])", re.IGNORECASE)
_ZONE_AFTER = re.compile(r"[ ](?:GMT|EDT|EST|IST|PT|UTC|PST|PDT)(?![A-Za-z])")
_TIME_AFTER = re.compile(r"(?::\d\d|[ ]?(?:a\.?m\.?|p\.?m\.?|o'clock|hrs|GMT|EDT|EST|IST|PT)(?![A-Za-z])|点|时)", re.IGNORECASE)
_DATE_AFTER = re.compile(r"(?:[-/]\d{1,2}[-/]\d{2,4}(?!\d)|年|月|日|号|季度|Q[1-4]|H[12])", re.IGNORECASE)
_YEARISH_BEFORE = re.compile(
    r"(?:^|[\s(\[/–-])(?:in|since|by|of|from|to|until|till|through|and|during|for|before|after|between|early|late|mid|end"
    r"|fiscal|fy|year|than|around|circa|ad|a\.d\.|q[1-4]|h[12]"
    r"|quarter|half|spring|summer|autumn|winter|calendar|the|mid-|end-|early-|late-|ended|ending|on|vs\.?|versus|this|with|its"
    r"|into|over|through)\s?[-’']?\s?$",
    re.IGNORECASE,
)
_QUARTER_BEFORE = re.compile(r"(?<![A-Za-z])(?:Q|H|FY|CY|FQ|第)[ ’']?$")
_QUARTER_AFTER = re.compile(r"(?:Q|H|FY)(?:[ ’']?\d{2,4}|[ ]?FY\d*)?(?![A-Za-z])")
_EVENT = re.compile(r"(?:double|singles?|black|prime|super|big)[ -]$", re.IGNORECASE)
_EVENT_AFTER = re.compile(
    r"[ -]?(?:online[ ])?(?:shopping|sales?[ ](?:festival|event|day)|festival|mid-year|购物节|大促|双十一)", re.IGNORECASE
)
_IDIOM_AFTER = re.compile(
    r"[ ](?:of[ ](?:the|its|his|her|our|their|my|those|these|them|us|many|several)|another|day"
    r"|or[ ]the[ ]other|by[ ]one|hand|thing|such|major|reason|more)(?![a-z])",
    re.IGNORECASE,
)
_IDIOM_BEFORE = re.compile(r"(?<![A-Za-z])(?:no|any|the|this|that|every|each|some|another|which|only|as|is|day|square)[ ]$", re.IGNORECASE)
_MODEL_BEFORE = re.compile(r"([A-Z][A-Za-z0-9+’'&.]*|i[A-Z][a-z]+|[a-z]*[A-Z][A-Za-z]+)[ -]$")
_COMMON_START = frozenset(
    ["a", "an", "the", "in", "on", "at", "of", "to", "from", "by", "for", "with", "and", "or", "but", "as", "than",
    "that", "this", "these", "those", "is", "was", "are", "were", "be", "its", "it", "they", "we", "he", "she",
    "about", "around", "over", "under", "nearly", "almost", "up", "down", "more", "less", "some", "only", "just",
    "at", "least", "between", "some", "another", "all", "both", "each", "every", "after", "before", "since",
    "during", "until", "while", "when", "where", "who", "what", "which", "our", "his", "her", "their", "if", "so",
    "not", "no", "yes", "also", "then", "there", "here", "has", "have", "had", "will", "would", "can", "could",
    "may", "might", "must", "now", "still", "yet", "even", "most", "many", "few", "several", "other", "such", "own",
    "same", "total", "shipped", "sold", "approximately", "roughly", "exceeding", "exceeded", "reached", "reaching",
    "hit", "rose", "fell", "grew", "dropped", "opened", "plans", "says", "said", "revenue", "sales", "shipments",
    "profit", "net", "market", "quarter", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "updated", "published", "top", "no", "nearly", "some", "minus",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "plus", "last", "next", "first", "second", "third", "rs", "usd", "cny", "rmb", "inr", "hkd", "gbp", "eur", "krw", "jpy", "and"]
)
_BASIS_BEFORE = re.compile(r"(?:yoy|qoq)[+-]?$", re.IGNORECASE)  # yoy+8.6%，qoq-1.9%
_CODE_BEFORE = re.compile(r"(?:[A-Za-z]|[A-Za-z][-–]|[A-Za-z0-9]/)$")
_NO_CODE = re.compile(r"(?<![A-Za-z])(?:minus|sub)-$", re.IGNORECASE)
_TIER_AFTER = re.compile(r"[ ](?:Pro|Max|Plus|Ultra|Lite|Mini)(?![A-Za-z])(?![ ][a-z-]+s(?![a-z]))")  # "the 12 and 12 Pro"
_VERSION_BEFORE = re.compile(r"(?<![A-Za-z])(?:v|ver\.?|version|android|ios|miui|coloros|emui|harmonyos|hyperos|bluetooth|usb"
                             r"|wi-fi|wifi|windows|oreo|marshmallow|nougat|type|gen|generation"
    r"|chapter|page|part|figure|table|section|article|level|phase|version:|room|flight|route|episode|season|series|model|no|nr"
    r"|nrs|issue)\.?[ ]?$", re.IGNORECASE)  # fmt: skip
_GENERATION = re.compile(r"[1-9]G(?![A-Za-z0-9])")
_GLUED_AFTER = re.compile(r"(?:[A-Z][A-Za-z0-9+]*|[A-Za-z]\d|[a-z](?![A-Za-z]))(?![a-z])")
_SCORE = re.compile(
    r"[-–]\d{1,2}(?![\d%.,]|[ -]*(?:million|billion|thousand|crore|lakh|per|percent|bn|mn|inch|year|month|day"
    r"|hour|minute|time|fold)|[A-Za-z])"
)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_LIST = re.compile(r"(?:^|\n)[ \t]*$")
_PHONE = re.compile(r"(?:\+?\d[\d()]{0,4}[-. ])?\(?\d{3,4}\)?[-. ]\d{3,4}[-. ]\d{3,4}")
_READER_AFTER = re.compile(
    r"[ ](?:comments?|likes|retweets|replies|reads?|min(?:ute)?[ ]read|points[ ]in[ ]antutu"
    r"|shares[ ]on)(?![a-z])",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"[A-Z][a-z]+,[ ]$")
_INDEX_BEFORE = re.compile(
    r"(?<![A-Za-z])(?:S&P|S[ ]P|Nasdaq|FTSE|Fortune|Top|Forbes|Russell|Nikkei|CSI|Dow|CAC|DAX|Hang[ ]Seng|Big"
    r"|Class[ ]of)[ ]$",
    re.IGNORECASE,
)


def trap_of(text: str, number: Number, before: Unit | None, after: Unit | None) -> str | None:
    """Why this number is no quantity, None where it is one."""
    head = text[max(0, number.start - 24) : number.start]
    tail = text[number.end : number.end + 24]
    if not head and not tail.strip():
        return None
    if number.is_words:
        return _word_trap(text, number, head, tail, after)
    if before is not None or (after is not None and after.currency):
        return None
    percent = after is not None and after.name in ("percent", "percentage point", "basis point")
    if percent or (number.scale > 1 and not number.suffix):
        return "event" if not percent and _EVENT.search(head) else None
    return _digit_trap(text, number, head, tail, after)


def _word_trap(text: str, number: Number, head: str, tail: str, after: Unit | None) -> str | None:
    if number.value == 1 and _ONE_TO_TWO.match(tail):
        return None
    if _NAMED_SO.search(head) and text[number.start].isupper() and after is None:
        return "name"
    if number.value == 1 and (_IDIOM_AFTER.match(tail) or _IDIOM_BEFORE.search(head)):
        return "idiom"
    if (
        number.value == 1
        and (after is None or (after.name not in _ONE_COUNTS and not after.currency and not after.name.startswith("perc")))
        and tail.strip(" .,")
    ):
        return "idiom"
    if after is None and number.value <= 12 and _THE_FEW.search(head):
        return "idiom"
    if _in_so_many(number, tail, after) or (number.value in _SO_MANY and _SO_MANY_BEFORE.search(head)):
        return "odds"
    if _EVENT.search(head):
        return "event"
    if _MONTH_AFTER.match(tail) and number.value <= 31:
        return "date"
    if re.match(r"[ -](?:quarter|half)(?![a-z])", tail) and number.value < 5 and not after:
        return "date"
    if tail[:1] in ("月", "日", "号", "年") or head[-1:] == "第" or head[-1:] == "双":
        return "event" if head[-1:] == "双" else "date"
    if number.value <= 10 and number.is_words and not tail[:1].isascii() and tail[:1] and after is None:
        return "idiom"
    return None


_ONE_TO_TWO = re.compile(r"[ -](?:to|or)[ -](?:two|three|four|five|six|2|3|4|5)(?![\w.,%])", re.IGNORECASE)  # "one to two years"
_NAMED_SO = re.compile(r"(?:^|[ ])(?!The|A|An|In|At|All|These|Those|Its|And|But|Only|About)[A-Z][a-z]+[ ]$")  # "the Kick Six"
_THE_FEW = re.compile(r"(?<![A-Za-z])(?:the|these|those|other)[ ]$", re.IGNORECASE)  # "the two hold a stake"
_IN_SO_MANY = re.compile(
    r"[ ](?:in|out[ ]of)[ ](?:every[ ])?(?:10|100|3|4|5|ten|five|three|four|a[ ]hundred)(?=[ ][A-Za-z]|[.,;])(?![ ](?:years|months|weeks|days"
    r"|hours|minutes|countries|cities|markets|states|quarters))"
)
_EXCHANGE_AFTER = re.compile(r"[ ](?:per|to[ ](?:the|one|a)|against[ ]the|versus[ ]the)[ ](?:U\.?S\.?[ ])?(?:dollar|euro|pound|yuan|yen)(?![a-z])")
_RESOLUTION_AFTER = re.compile(
    r"[ -](?:and[ ](?:\w+[ ]){0,2})?(?:TVs?|QLED|OLED|LCD|LED|U?HD|HDR|Ultra|video|display|screen|resolution|content|streaming"
    r"|gaming|camera|recording|footage|monitor|projector|smart|panel|at[ ]\d+[ ]?fps)",
    re.IGNORECASE,
)
_SO_MANY = frozenset([3, 4, 5, 10, 100])
_SO_MANY_BEFORE = re.compile(
    r"(?<![\w.,])(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)[ ](?:in|out[ ]of)[ ](?:every[ ])?$", re.IGNORECASE
)
_NONSTOP = re.compile(r"24[-/x]7(?!\d)")


def _in_so_many(number: Number, tail: str, after: Unit | None) -> bool:
    """ "8 in 10 Americans", "one out of five": a share told in heads."""
    return after is None and number.scale == 1 and number.value < 10 and _IN_SO_MANY.match(tail) is not None


_ONE_COUNTS = frozenset(
    ["phone", "smartphone", "handset", "unit", "device", "store", "car", "person", "user", "customer", "month",
    "year", "week", "day", "hour", "minute", "second", "mile", "share"]
)


_LOW_BEFORE = re.compile(r"(?<![A-Za-z-])[a-z]{3,}-$")  # "a mid-60 mph wind"
_ERA_BEFORE = re.compile(r"(?:A\.?D\.?|B\.?C\.?(?:E\.?)?)[ ](?:\d{1,4}[ ]?(?:and|to|or|-|–)[ ]?)?$")  # "between A.D. 1000 and 1260"


def _digit_trap(text: str, number: Number, head: str, tail: str, after: Unit | None) -> str | None:
    value, plain = number.value, number.digits.isdigit()
    if _GENERATION.match(text, number.start):
        return "version"
    is_code = _CODE_BEFORE.search(head) is not None and _BASIS_BEFORE.search(head) is None and not _NO_CODE.search(head)
    is_code = is_code and not (head[-1:] == "-" and after is not None and after.measure and _LOW_BEFORE.search(head))
    if number.digits and not head[-1:].isspace() and is_code and (head[-1:].isalpha() or tail[:1] != "-"):
        return _code_trap(head)
    if number.suffix == "K" and number.mantissa < 10 and "." not in number.digits and _RESOLUTION_AFTER.match(tail):
        return "resolution"
    if _NONSTOP.match(text, number.start) or text[number.start - 3 : number.end] in ("24-7", "24/7", "24x7"):
        return "idiom"
    if _EXCHANGE_AFTER.match(tail) and after is None:
        return "exchange_rate"
    if _in_so_many(number, tail, after) or ((after is None or not after.measure) and _SO_MANY_BEFORE.search(head) and value in _SO_MANY):
        return "odds"
    if _QUARTER_BEFORE.search(head) or (plain and len(number.digits) == 1 and _QUARTER_AFTER.match(tail)):
        return "date"
    if plain and value <= 31 and (_MONTH_BEFORE.search(head) or _MONTH_AFTER.match(tail)):
        return "date"
    if plain and _ZONE_AFTER.match(tail):
        return "time"
    if (_TIME_AFTER.match(tail) and value <= 24) or (head[-1:] == ":" and head[-2:-1].isdigit()):
        return "time"
    if (tail[:1] == ":" and tail[1:2].isdigit()) or (_DATE_AFTER.match(tail) and plain):
        return "date"
    if plain and _is_year(text, number, head, tail, after):
        return "year"
    if _ORDINAL_AFTER.match(tail):
        return "ordinal"
    if plain and value < 3000 and _ERA_BEFORE.search(head):
        return "year"
    return _name_trap(text, number, head, tail, after)


def _code_trap(head: str) -> str | None:
    if re.search(r"(?:^|[^A-Za-z])(?:Q|FY|CY|H|FQ|AD)$", head):
        return "date"
    return "model"


def _name_trap(text: str, number: Number, head: str, tail: str, after: Unit | None) -> str | None:
    plain = number.digits.isdigit()
    if _EVENT.search(head) or (plain and len(number.digits) == 3 and _EVENT_AFTER.match(tail)):
        return "event"
    if head.endswith(" ") and _INDEX_BEFORE.search(head) and not (head.lower().endswith("top ") and number.value <= 10):
        return "name"
    if _VERSION_BEFORE.search(head) and not (after is not None and after.measure) and not re.search(r"(?:^|[^A-Za-z])no\.?[ ]?$", head, re.IGNORECASE):
        return "version"
    if tail[:1] == "." and tail[1:2].isdigit():
        return "version"
    if plain and not number.suffix and _GLUED_AFTER.match(tail) and (after is None or (not after.measure and after.name != "times")):
        return "model"
    if plain and number.value < 1000 and after is None and not number.suffix and _TIER_AFTER.match(tail):
        return "model"
    if plain and _SCORE.match(tail) and number.value < 20 and after is None:
        return "score"
    if head[-1:] in "-–" and head[-2:-1].isdigit() and number.value < 20 and plain and after is None:
        return "score"
    if head[-1:] == "#" and plain:
        return "list_number"
    if _LIST.search(head) and re.match(r"[.)][ ]", tail) and number.value < 100:
        return "list_number"
    if plain and _READER_AFTER.match(tail):
        return "reader_count"
    if _PHONE.match(text, number.start) and plain:
        return "phone"
    if plain and after is None and 18 <= number.value < 100 and _AGE_BEFORE.search(head) and tail[:2] in (". ", ".", ".\n", "; ", ") "):
        return "age"
    if plain and number.value < 110 and _AGE_BEFORE.search(head) and tail[:1] == ",":
        return "age"
    name = _MODEL_BEFORE.search(head)
    if (
        name
        and not (after is not None and plain and after.name in _NO_MODELS)
        and number.scale == 1
        and (len(number.digits) <= 4 or (plain and len(number.digits) == 5 and after is None))
        and name[1].lower().strip(".") not in _COMMON_START
        and not _sentence_start(head, name, after)
    ) and (after is None or not (after.measure or after.name == "times") or after.name in ("inch", "celsius")):
        return "model"
    return None


# What no maker numbers its models of: "Durant 30 points", "Fairview 12 children".
_NO_MODELS = frozenset(
    ["point", "rebound", "assist", "yard", "goal", "run", "win", "loss", "game", "people", "person", "man", "woman", "child", "kid", "student", "vote",
    "job", "home", "house", "death", "ticket", "seat", "bedroom", "touchdown", "carry", "catch", "strikeout", "hit", "homer", "tackle", "sack"]
)  # fmt: skip


_OPENING = re.compile(
    r"(?:within|without|with|despite|through|beyond|barely|fewer|including|like|via|besides|once|exactly|precisely|today|yesterday|tomorrow|counting|add|take|use|police|officials|doctors|scientists|researchers|(?!boe|noth|beij|nanj)[a-z]{2,}ing|(?!ital|all)[a-z]{3,}ly)",
    re.IGNORECASE,
)  # "Using 5 eggs", "Police 10 years ago"


def _sentence_start(head: str, name: re.Match[str], after: Unit | None) -> bool:
    """Whether the capital is the first letter of a sentence that opens with an ordinary word, a number of things behind it."""
    lead = head[: name.start()].rstrip(" ")
    return after is not None and (not lead or lead[-1:] in ".!?\n\"“(") and _OPENING.fullmatch(name[1]) is not None


def _is_year(text: str, number: Number, head: str, tail: str, after: Unit | None) -> bool:
    if len(number.digits) != 4 or not 1900 <= number.value <= 2100:
        return False
    if tail[:1] == "个":  # 2000个服务中心
        return False
    if after is None or _YEARISH_BEFORE.search(head) or _MONTH_BEFORE.search(head):
        return True
    return not (after.measure or after.name in _STRONG)


_STRONG = frozenset(["phone", "smartphone", "handset", "unit", "device", "store", "patent", "employee", "worker",
    "person", "user", "customer", "people", "times"])
