"""Whose number it is: the company at its side, else what the clause is about, else what went before."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.claims.mentions import COREF, MARKET_NOUN, PRONOUN, STRANGER, Mention
from etl.claims.scan import CJK
from etl.claims.sentences import side_clauses
from etl.claims.spans import Quantity
from etl.model import MARKET

_WITH = re.compile(
    r"^(?:['’]s)?\s*(?:[(:：—–-]|(?:,\s)?(?:with|at|on|had|has|held|holds|took|takes|got|captured|captures|commands|grabbed|recorded|saw|grew|rose|fell|(?:came|comes) in (?:\w+ )?(?:with|at)|"
    r"占|为|以))?\s*(?:a\s|an\s|its\s|the\s|about\s|around\s|over\s|nearly\s|~|just\s|by\s|massive\s|was\s|the\s|share\s|market\s|of\s|second\s|third\s|fourth\s|fifth\s|first\s|place\s|spot\s)*$",
    re.IGNORECASE,
)
_OF_COMPANY = re.compile(r"^[^,.;()]{0,40}?\b(?:by|for|of|from|to|at)\s+(?:the\s)?$|^\s*(?:of\s)?(?:all\s)?$", re.IGNORECASE)
_TAKEOVER = re.compile(
    r"followed (?:closely )?by\s*$|ahead of\s*$|more than\s*$|comes?\s*$|next (?:is|was|came)\s*$|(?:dominated|led|headed|topped) by\s*$",
    re.IGNORECASE,
)


_PASSING = re.compile(
    r"(?:surpass|overtak|overtook|beat|dethron|toppl|pass|leapfrogg|outsell|outsold|edg|replac|dislodg|unseat|knock|oust|displac|eclips)(?:t?ing|ed|e)?(?: out| past| off)?\s*$|(?:compet\w+|partner\w+|agreement|deal|rivalry)\s\w+\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The company of a number, the segment that the name implies, and the rule that chose it."""

    company: str
    segment: str | None
    rule: str  # beside, listed, subject, behind, pointed, carried, topic
    words: str
    mention: Mention | None = None
    is_next: bool = False  # stands right behind the number
    is_of_paragraph: bool = False  # the one company that the paragraph names, not the text's main one


@dataclass(slots=True)
class Topic:
    """What the text is about so far."""

    company: str | None = None  # the last company that a clause was about
    segment: str | None = None
    subject: str | None = None  # company or MARKET
    main: str | None = None  # the company named most
    homes: dict[str, str] | None = None  # company → country
    recent: tuple[str, ...] = ()  # companies, newest last
    is_strange: bool = False  # the text as a whole is about somebody undeclared: "the company" is that one
    is_quoting_other: bool = False  # the last source named is no company: its "we" is nobody's figure

    def resolve(self, mention: Mention) -> str | None:
        """Whom a word that points back means: a description of a country's firm looks for one from there."""
        if mention.home and self.homes:
            if self.company and self.homes.get(self.company) == mention.home:
                return self.company
            for company in reversed(self.recent):
                if self.homes.get(company) == mention.home:
                    return company
            return None
        return self.company


_OPENING = re.compile(
    r"(?:^|[.;:,–—\n]\s*(?:(?:and|but|while|whereas|meanwhile|however|then|though|although)\s)?|\b(?:and|but|while|whereas|that)\s)(?:its\s(?:\w+\s){0,3}|the\s)?$",
    re.IGNORECASE,
)


def _opens_clause(text: str, mention: Mention) -> bool:
    """Whether a name stands where a clause begins: what it then says is about that name."""
    return bool(_OPENING.search(text[max(0, mention.start - 40) : mention.start])) and not re.match(
        r"\s(?:technolog|phone|smartphone|device|product|store)", text[mention.end : mention.end + 12]
    )


def point_back(text: str, mentions: Sequence[Mention], topic: Topic) -> None:
    """Give each word that points back its company, from left to right, and move the topic on."""
    has_subject = False
    for mention in mentions:
        if mention.what in (COREF, PRONOUN):
            mention.company = topic.resolve(mention) if has_subject or not topic.is_strange else None
            if text[mention.start : mention.end] in _LATTER and len(topic.recent) > 1:
                mention.company = topic.recent[_LATTER[text[mention.start : mention.end]]]
            if topic.is_quoting_other and text[mention.start : mention.end].lower() in ("we", "our"):
                mention.company = None
            if mention.home and mention.company:
                topic.company = topic.subject = mention.company
                has_subject = True
            continue
        if mention.what == MARKET_NOUN:
            if not mention.is_blocked and not has_subject:
                topic.subject = MARKET
            continue
        if mention.what == STRANGER:
            if not mention.is_blocked and not has_subject:
                topic.company = topic.subject = topic.segment = None
            continue
        if mention.company and mention.what in ("name", "brand", "product", "nickname", "person", "device", "os"):
            topic.recent = (*[c for c in topic.recent if c != mention.company][-6:], mention.company)
            is_part = bool(topic.company and mention.company.startswith(topic.company + " "))  # LG Display beside LG
            is_subject = not mention.is_blocked and mention.listed < 2 and not is_part
            if is_subject and topic.company and not has_subject and _stands_behind_a_figure(text, mention):
                continue
            if (is_subject and (not has_subject or _opens_clause(text, mention))) or (topic.company is None and not mention.is_blocked):
                has_subject = True
                topic.company, topic.subject = mention.company, mention.company
                topic.segment = mention.segment


_LATTER = {"后者": -1, "前者": -2}  # of the two companies named last
_TELLS = re.compile(r"^[^，。；\d]{0,12}?(?:说|称|表示|解释|写道|披露|公布|公告|财报|宣布|透露|指出|介绍)")


def owner_behind(text: str, end: int, named: Sequence[Mention]) -> Mention | None:
    """For a Chinese sentence that names its company last: 收入366亿元，小米解释说…; 收入355亿元，占小米总收入的50%."""
    if len({m.company for m in named}) != 1 or named[0].start < end:
        return None
    is_whole = re.search(r"占(?:到|据|了)?$", text[max(end, named[0].start - 3) : named[0].start])
    return named[0] if is_whole or _TELLS.match(text[named[0].end : named[0].end + 20]) else None


_FIGURE_BEFORE = re.compile(r"\d[^。！？\n]*?[%亿万台部家辆元名件项][^。！？\n]*[，、；][^。！？\n]*$")


def _stands_behind_a_figure(text: str, mention: Mention) -> bool:
    """Whether a Chinese sentence has stated a figure before it names this one: it went on about what was spoken of."""
    before = text[max(0, mention.start - 80) : mention.start]
    return ("，" in before or "、" in before or "；" in before) and _FIGURE_BEFORE.search(before) is not None


def subject_of(
    text: str,
    quantity: Quantity,
    mentions: Sequence[Mention],
    start: int,
    end: int,
    left: int,
    right: int,
    before: Subject | None,
    topic: Topic,
) -> Subject | None:
    """Whose the number is. [start, end) is its sentence, [left, right) the stretch between its neighbours."""
    here = [m for m in mentions if m.company]
    if stranger := _strange(text, mentions, quantity, start, left):
        return Subject("", None, "stranger", text[stranger.start : stranger.end], stranger)
    behind = [m for m in here if m.end <= quantity.start + 1 and m.start >= start and not _goes_on(text, m, before, start)]
    behind = [m for m in behind if m.segment != "volume" or not CJK.match(text, m.start) or not _owned(text, behind, m)]
    if len(behind) > 1 and (aside := side_clauses(text, start, end)):
        behind = [m for m in behind if not any(a <= m.start < b <= quantity.start for a, b in aside)] or behind
    if behind and _is_beside(text, behind[-1], quantity, start, left):
        last = behind[-1]
        if last.listed > 1 and _HAVE.match(text, last.end) and _is_of_several(here, last):
            return Subject("", None, "several", text[last.start : last.end], last)
        is_compared = last.is_blocked and _OWN_IN_CHINESE.fullmatch(text, last.end, quantity.start)
        return Subject(last.company or "", last.segment, "compared" if is_compared else "beside", text[last.start : last.end], last)
    if quantity.unit == "rank" and (placed := next((m for m in here if m.start == quantity.end + 1 and m.what in ("name", "nickname", "brand")), None)) and _PLACED.search(text, quantity.start, quantity.end):
        return Subject(placed.company or "", placed.segment, "behind", text[placed.start : placed.end], placed)
    if whole := next((m for m in here if m.start > quantity.end and m.what in ("name", "nickname", "brand", "device") and _WERE.fullmatch(text, quantity.number_end, m.start)), None):
        return Subject(whole.company or "", None, "behind", text[whole.start : whole.end], whole)
    if for_whom := _for_whom(text, quantity, here, right, start):
        return for_whom
    if owner := _whose(text, behind, quantity, left) or _possessor(text, behind, quantity):
        return owner
    product = _product_of(text, quantity, here, end)
    if subject := _of_clause(text, quantity, here, behind, start, left, before, product):
        return subject
    if before is None and (pointing := [m for m in behind if m.what in (PRONOUN, COREF) and m.company]):
        last = pointing[-1]
        return Subject(last.company or "", None, "pointed", text[last.start : last.end], last)
    if before:
        return Subject(before.company, before.segment, "carried", before.words, before.mention)
    if product:
        return product
    for mention in here:  # "99% of Xiaomi phones", "sales of 7 million by Huawei"
        if (
            quantity.end <= mention.start < right
            and mention.what not in (PRONOUN,)
            and _OF_COMPANY.match(text[quantity.end : mention.start])
        ):
            return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention)
    return _only_one(text, quantity, mentions, start)


def _of_clause(
    text: str,
    quantity: Quantity,
    here: Sequence[Mention],
    behind: Sequence[Mention],
    start: int,
    left: int,
    before: Subject | None,
    product: Subject | None,
) -> Subject | None:
    """What the number's clause is about: the last name before it that isn't merely compared with."""
    for mention in reversed(behind):
        if mention.start < left and before and before.rule != "behind":
            return None
        if mention.is_blocked and not _TAKEOVER.search(text[max(start, mention.start - 30) : mention.start]):
            continue
        if mention.what == "person" and any(
            not m.is_blocked and m.what in (PRONOUN, COREF, "name") and m.start > mention.end for m in behind
        ):
            continue
        if mention.what == MARKET_NOUN and mention.segment == "volume" and _owned(text, behind, mention):
            continue
        if mention.listed > 1 and mention.what not in (PRONOUN, COREF) and _is_of_several(here, mention):
            return Subject(
                "", None, "several", text[mention.start : mention.end], mention
            )  # a figure of several together is nobody's alone
        if mention.listed > 1 and mention.what == "brand" and _with_its_maker(here, mention):
            return Subject(mention.company or "", None, "subject", text[mention.start : mention.end], mention)
        return _with_product(
            Subject(
                mention.company or "",
                mention.segment,
                "pointed" if mention.what in (COREF, PRONOUN) else "subject",
                text[mention.start : mention.end],
                mention,
            ),
            product,
        )
    return None


def _strange(text: str, mentions: Sequence[Mention], quantity: Quantity, start: int, left: int) -> Mention | None:
    """The undeclared name that the number is of: the last name before it in its sentence, unless that is merely compared with."""
    before = [m for m in mentions if start <= m.start and m.end <= quantity.start and (m.what != PRONOUN or m.start < left)]
    if not before or before[-1].what != STRANGER:
        return None
    last = before[-1]
    return None if last.is_blocked and not _is_beside(text, last, quantity, start, left) else last


_ONLY = ("name", "nickname", "brand")


def _only_one(text: str, quantity: Quantity, mentions: Sequence[Mention], start: int) -> Subject | None:
    """The one company that a sentence names, behind the number: `Net profit rose 5 % to 6 billion yuan at Xiaomi`."""
    if any(m.company is None and m.what in (COREF, STRANGER) and start <= m.start < quantity.start for m in mentions):
        return None  # "The company counts 2 million customers, Xiaomi's Jain said", of a company that isn't known
    here = [m for m in mentions if m.company]
    named = {m.company for m in here if m.start >= start and m.what not in (PRONOUN, COREF)}
    if len(named) != 1 or any(m.end <= quantity.start for m in here if m.what not in (PRONOUN, COREF)):
        return None
    mention = next((m for m in here if m.start >= quantity.end and m.what in _ONLY), None)
    if mention is None or re.search(r"，|;|\b(?:behind|with|and|like|than|after|trailing|where|from|demand for|demand for the|led by|backed by|investors? include|including)\s$", text[quantity.end : mention.start]) or _REASON.search(text[quantity.end : mention.start]):
        return None
    return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention)


_REASON = re.compile(r"\b(?:thanks to|due to|because|driven by|led by|helped by|against|than|over|versus|compared)\b", re.IGNORECASE)


def _is_of_several(here: Sequence[Mention], mention: Mention) -> bool:
    """Whether the enumeration that a mention belongs to names more than one company: `MIUI and HyperOS` are one's."""
    index = here.index(mention)
    row = [m.company for m in here[max(0, index - mention.listed + 1) : index + 1] if m.listed]
    return len(set(row)) > 1


def _with_its_maker(here: Sequence[Mention], mention: Mention) -> bool:
    """Whether a brand stands in a row with its maker: `Xiaomi and POCO together had 42 %`, all of it Xiaomi's."""
    index = here.index(mention)
    return any(m.what == "name" and m.company == mention.company for m in here[max(0, index - mention.listed + 1) : index])


_HAVE = re.compile(r",?\s(?:also\s|then\s)?(?:held?|holds?|had|have|took|takes?|got|captured?|commands?|commanded|grabbed|recorded|saw|grew|rose|fell)\b", re.IGNORECASE)  # "Samsung, Apple and Xiaomi held 50 %"
_ITS_WORLD = re.compile(r"全球[^市]*(?:销量|出货量?)")


def _goes_on(text: str, mention: Mention, before: Subject | None, start: int) -> bool:
    """Whether the world's shipments are those of the company that the sentence is about: 手机收入350亿元，全球智能手机出货量为3040万台."""
    if mention.what != MARKET_NOUN or before is None or before.company == MARKET or "，" not in text[start : mention.start]:
        return False
    return _ITS_WORLD.fullmatch(text, mention.start, mention.end) is not None


_OWN_IN_CHINESE = re.compile(r"的(?:约|近|超过?|逾|不到)?|(?:为|是|占|占据|仅为?|只有)(?:约|近|超过?|逾|不到|了)?")


def _is_beside(text: str, last: Mention, quantity: Quantity, start: int, left: int) -> bool:
    """Vivo with 19%, Apple (17%), followed by OnePlus at 20.2%: the name stands right before its number."""
    gap = text[last.end : quantity.start]
    if last.what not in (MARKET_NOUN, PRONOUN, COREF) and _OWN_IN_CHINESE.fullmatch(gap):
        return True  # "超过苹果的1.9亿部": what is compared with has its own number
    if last.end < left or last.what == PRONOUN or not _WITH.match(gap):
        return False
    if last.what == COREF:
        return bool(re.match(r"\s\(?(?:with\s|at\s)?$", gap))
    if not last.is_blocked:
        return True
    if last.what == MARKET_NOUN:
        return False
    if last.is_blocked and CJK.search(text, last.start, quantity.end + 1) and not re.search(r"[(（:：]", gap):
        return False  # 首超三星登顶
    if not gap.strip() and not _PASSING.search(text[max(start, last.start - 24) : last.start]):
        return True  # "of Apple 17%"
    if _TAKEOVER.search(text[max(start, last.start - 30) : last.start]) or gap.strip() in ("(", "'s", "’s", "'s (", "’s (", ":"):
        return True
    if re.match(r"on\s", gap.lstrip()):
        return True  # "with Samsung on 26 %"
    return bool(re.match(r"(?:,\s)?(?:with|at)\b", gap.strip())) and not _PASSING.search(text[max(start, last.start - 24) : last.start])


_WERE = re.compile(  # "56 % were Apple's", "52.6% of smartphones sold in Japan were iPhones"
    r"\s?(?:%|per ?cent|percent)?(?:\sof (?:all )?(?:the )?(?:[\w'’-]+\s){0,2}?(?:phones|smartphones|handsets|tablets|devices|units)\s(?:sold|shipped|bought)\b[^.;,%]{0,50}?)?\s(?:were|are|was|came from|went to|belonged to)\s(?:an?\s|from\s|made by\s|those of\s)?"
)
_PLACED = re.compile(r"(?:[-\s]place[dr]?|\b(?:number|no\.?)\s?\w+)$", re.IGNORECASE)  # "third-place Lenovo", "number two Xiaomi"
_FOR = re.compile(
    r"^\s?(?:%|per ?cent|percent)?\sfor\s(?:the\s)?(?:(?:number|No\.?)\s?\w+\s|(?:second|third|fourth|fifth)-placed\s|rival\s|market leader\s|runner-up\s)?$",
    re.IGNORECASE,
)


_CAME_FROM = re.compile(r"\b(?:came|come|coming) from\b")
_FROM_WHOM = re.compile(r"\s(?:(?:units|phones|devices)\s)?(?:came\s)?from\s")  # "12.8 million came from Apple, 6.6 million from Xiaomi"


def _for_whom(text: str, quantity: Quantity, here: Sequence[Mention], right: int, start: int) -> Subject | None:
    """`17.7 million for Apple, 15.7 million for number two Xiaomi`: the name right behind its number."""
    for mention in here:
        if (
            quantity.end <= mention.start <= right
            and mention.what in ("name", "nickname", "group", "os")
            and (_FOR.match(text[quantity.number_end : mention.start]) or (_CAME_FROM.search(text, start, mention.start) and _FROM_WHOM.fullmatch(text, quantity.number_end, mention.start)))
            and re.match(r"[,;.]|\s(?:and|in|while|as)\b|$", text[mention.end : mention.end + 8])
        ):
            return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention)
    return None


_WHOSE = re.compile(r",?\s(?:whose|which|who)\b")


def _whose(text: str, behind: Sequence[Mention], quantity: Quantity, left: int) -> Subject | None:
    """`as it edged past Samsung, whose share fell to 12 %`: the name right before the relative clause that the number stands in."""
    for mention in reversed(behind):
        if mention.what in ("name", "nickname", "brand") and _WHOSE.match(text, mention.end) and (mention.listed < 2 or text.startswith(", whose", mention.end)) and not re.search(r",\s(?:and|but|while|it|its|they|the|he|she|[A-Z])|;", text[mention.end + 6 : quantity.start]):
            return Subject(mention.company or "", mention.segment, "subject", text[mention.start : mention.end], mention)
        if mention.what not in (PRONOUN, MARKET_NOUN):
            return None
    return None


def _possessor(text: str, behind: Sequence[Mention], quantity: Quantity) -> Subject | None:
    """Xiaomi's market share in China was 5%: a possessive before the number's own noun, even after a preposition."""
    for mention in reversed(behind[-2:]):
        gap = text[mention.end : quantity.start]
        if (
            mention.what in ("name", "brand", "product", "nickname")
            and re.match(
                r"['’]s?\s[\w\s-]{2,45}\b(?:was|is|were|stood at|reached|of|to|at|by|fell|rose|grew|declined|hit)\b[\w\s~]{0,20}$", gap
            )
            and not re.search(r"(?:than|that of|over)\s*$", text[max(0, mention.start - 10) : mention.start])
        ):
            return Subject(mention.company or "", mention.segment, "subject", text[mention.start : mention.end], mention)
    return None


def _owned(text: str, behind: Sequence[Mention], market: Mention) -> bool:
    """`Global smartphone shipments` of a company that the clause is already about."""
    return any(
        "，" not in text[m.end : market.start]
        and m is not market
        and not m.is_blocked
        and (m.what in ("name", "nickname", "brand", COREF) or (m.what == PRONOUN and CJK.match(text, m.start)))
        and m.end <= market.start
        for m in behind
    )


def _product_of(text: str, quantity: Quantity, here: Sequence[Mention], right: int) -> Subject | None:
    """300,000 units of the Mi 9, 4 lakh units of its new Redmi Note 7, 2.5 million Realme 3 phones."""
    for mention in here:
        if mention.what in ("product", "brand", "device") and quantity.number_end <= mention.start < right:
            gap = text[quantity.number_end : mention.start]
            if (
                len(gap) < 60
                and re.match(
                    r"^\s*(?:or [\d.,]+ (?:lakh|crore|million)\s)?(?:(?:[\w-]+\s){0,3}?of\s)?(?:its\s|the\s|their\s)?(?:new\s)?(?:Xiaomi\s)?$",
                    gap,
                )
                and not re.search(r"\b(?:by|than|like|against|with|on|from|for|in)\s$", gap)
            ):
                is_next = mention.start - quantity.number_end <= 1 and mention.what == "product"
                return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention, is_next=is_next)
    for mention in here:
        if mention.what == "product" and mention.end <= quantity.start and _SALE.match(text[mention.end : quantity.start]):
            return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention)
        if (
            mention.what in ("product", "brand")
            and mention.end <= quantity.start
            and re.search(r"\b(?:sales|shipments|units|volumes?) of (?:the |its )?$", text[max(0, mention.start - 24) : mention.start])
            and not any(mention.end <= m.start < quantity.start and m.what == "name" and not m.is_blocked for m in here)
        ):
            return Subject(mention.company or "", mention.segment, "behind", text[mention.start : mention.end], mention)
    return None


_SALE = re.compile(r"^\s(?:(?:flash|first|online|latest)\s)*sales?\b", re.IGNORECASE)  # "at the first Redmi 7 sale 90,000 phones went"


def _with_product(subject: Subject, product: Subject | None) -> Subject:
    if product and product.company != subject.company and product.is_next:
        return product  # "8 million Galaxy S9 units", in a sentence about somebody else
    if product and product.company == subject.company and product.segment:
        return Subject(subject.company, product.segment, subject.rule, f"{subject.words} … {product.words}", subject.mention)
    return subject


def listed_pairs(text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention], start: int, end: int) -> dict[int, Subject]:
    """Xiaomi, Vivo and OnePlus grew 15x, 24x and 18x: as many companies in a row as numbers in a row, by their order."""
    pairs: dict[int, Subject] = {}
    index = 0
    while index < len(mentions):
        size = mentions[index].listed
        row = [m for m in mentions[index : index + max(1, size)] if m.company]
        index += max(1, size)
        if size < 2 or len(row) != size:
            continue
        if any(row[0].end <= q.start < row[-1].start for q in quantities):
            continue
        after = [q for q in quantities if q.start >= row[-1].end]
        for run in _runs(text, after):
            is_other = any(row[-1].end < m.start < run[0].start for m in mentions if m.company and m.what not in (PRONOUN, COREF))
            if len(run) != size or is_other or len({_sort(q) for q in run}) > 1:
                continue
            for number, mention in zip(run, row, strict=True):
                pairs[number.start] = Subject(mention.company or "", mention.segment, "listed", text[mention.start : mention.end], mention)
    return pairs


_EACH_AFTER = re.compile(r"\s?(?:%|per ?cent|percent)?(?:\s(?:units|phones|smartphones|devices|market share|share|of the market|of the total))?\s(?:each|apiece)\b", re.IGNORECASE)
_EACH_BEFORE = re.compile(r"\s(?:each|both)\s[^,;.]{0,40}", re.IGNORECASE)


def of_each(text: str, quantity: Quantity, mentions: Sequence[Mention], start: int) -> list[Subject]:
    """`Vivo and Oppo with 6 per cent each`: the companies of the row before a number that every one of them has."""
    before = [m for m in mentions if start <= m.start and m.end <= quantity.start and m.what not in (PRONOUN, COREF, MARKET_NOUN)]
    if not before or before[-1].listed < 2:
        return []
    row = before[-before[-1].listed :]
    gap = text[row[-1].end : quantity.start]
    if not (_EACH_AFTER.match(text, quantity.number_end) or _EACH_BEFORE.fullmatch(gap)) or any(c.isdigit() for c in gap) or len({m.company for m in row}) < len(row):
        return []
    return [Subject(m.company or "", m.segment, "listed", text[m.start : m.end], m) for m in row if m.company]


_LIST_GAP = re.compile(r"\s*(?:,|and|, and|&|、|和|/)\s*(?:\w+\s)?")


def _runs(text: str, numbers: Sequence[Quantity]) -> list[list[Quantity]]:
    """The numbers in rows: `15x, 24x and 18x`."""
    runs: list[list[Quantity]] = []
    for number in numbers:
        if runs and _LIST_GAP.fullmatch(text, runs[-1][-1].end, number.start) and _sort(runs[-1][-1]) in (_sort(number), "count"):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _sort(quantity: Quantity) -> str:
    """What may stand in one row: percentages, ranks, multiples, amounts of one currency, counts."""
    return quantity.currency or (quantity.unit if quantity.unit in ("percent", "percentage point", "times", "rank") else "count")
