"""What a text as a whole is about, from its title and first sentences: whose, where, when, which goods, on whose word."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from etl.claims.events import sale_of
from etl.claims.measure import find_cues
from etl.claims.measure_chinese import is_chinese
from etl.claims.mentions import COREF, PRONOUN, STRANGER, Mention, find_mentions
from etl.claims.periods import find_periods
from etl.claims.places import HOME, Place, find_places
from etl.claims.scan import CJK
from etl.claims.segments import find_segments
from etl.claims.sentences import side_clauses
from etl.claims.state import Line, State
from etl.claims.subject import Topic, point_back
from etl.claims.timing import compares, dates_an_event, is_spoken_of, is_too_short
from etl.claims.vocabulary import CITY, Vocabulary, spelling
from etl.claims.voice import find_sources
from etl.claims.words import CueHit, Measure
from etl.model import GLOBAL, MARKET, Article, Period

_HEADLINE = 2_000  # characters: what a title or first line holds beyond them is no headline
_LEAD = 900  # characters of the headline and the first sentences below it
_OF_TRADE = re.compile(
    r"market|share|shipments|shipped|\bsold\b|\bsales\b|\bsell|growth|makers?\b|vendors?\b|brands?\b|smart ?phones|handsets|dealers|Q[1-4]|quarter"
    r"|出货|销量|份额|市场|销售|卖|售出|业务",
    re.IGNORECASE,
)
_COUNTRY_UNIT = re.compile(r"^\s(?:arm|unit|subsidiary|business|division|operations?|entity)\b", re.IGNORECASE)


_PHONES = re.compile(r"phone|handset|\bmobile|\bcell|smart device|\bdevices?\b|\bunits\b|gadget|4G|5G|LTE|Android|\bvendors?\b|móvil|手机|机型|智能机|出货|销量|终端|移动", re.IGNORECASE)


def beginning(
    article: Article, vocabulary: Vocabulary, mentions: Sequence[Mention], published: date | None, lines: Sequence[Line]
) -> State:
    """What the title and the first sentences say the text is about."""
    named = [m.company for m in mentions if m.company and m.what in ("name", "brand", "product", "device")]
    main = Counter(named).most_common(1)[0][0] if named else None
    homes = {c.name: c.home for c in vocabulary.companies.values() if c.home}
    is_strange = _is_of_a_stranger(article, mentions, main)
    state = State(topic=Topic(main=None if is_strange else main, homes=homes, is_strange=is_strange), title=article.title[:_HEADLINE])
    first = article.text[: min(lines[0].sentence.end, _HEADLINE)] if lines else ""
    head = article.title[:_HEADLINE] if article.title else first
    title = find_mentions(head, vocabulary, published)
    title_hits = find_cues(head, 0, len(head), vocabulary)
    point_back(head, title, state.topic)
    state.volume = volume_of(title_hits, vocabulary)
    state.title_volume = volume_of(title_hits, vocabulary) or _sales_of(title_hits, vocabulary)
    spoken = len(head) if article.title else _opening_words(head, lines)
    state.goods = _topic_goods(find_segments(head, 0, spoken, "goods"), article.text[: min(lines[min(2, len(lines) - 1)].sentence.end, _HEADLINE)] if lines else "")
    sources = find_sources(head, 0, len(head), vocabulary, title, None)
    times = [t.period for t in find_periods(article.title, published) if t.period and not t.is_comparison and not is_too_short(t.period)]
    state.period = state.lead = next((p for p in times if is_spoken_of(p, published)), None)
    state.is_lead_title = state.lead is not None
    state.is_lead_sure = state.is_lead_title and state.lead is not None and (published is None or state.lead.last <= published)
    state.measurer = next((s.name for s in sources if not s.is_company), None)
    _set_region(article, vocabulary, title, lines, state)
    state.marks = tuple((m.start(), vocabulary.marks[m[0]][0]) for m in vocabulary.mark_pattern.finditer(article.text))
    state.is_market_report = _is_market_report(article, vocabulary, lines)
    in_title = [m.company for m in title if m.company and m.what in ("name", "brand", "nickname")]
    named_first = next((m for m in (title or mentions) if m.what in ("name", "brand", "nickname", "product", "stranger")), None)
    state.first_company = named_first.company if named_first is not None and not named_first.is_blocked else None
    state.is_of_phones = _PHONES.search(article.text) is not None or _PHONES.search(article.title) is not None or any(m.what in ("product", "device") for m in mentions)
    state.title_company = in_title[0] if len(set(in_title)) == 1 else (main if main in in_title else None)
    state.sale = sale_of(article.text, lines, published)
    state.investors = _investors(article, mentions, lines)
    state.has_money = any(q.currency and q.value >= _A_SUM for line in lines for q in line.quantities)
    state.is_release = state.title_company is not None and _ANNOUNCED.search(article.text, 0, 900) is not None
    state.is_title_alone = len(set(in_title)) == 1
    if state.lead is None and state.is_market_report:  # until a figure names one
        state.lead = _first_time(article.text, lines, published)
    state.is_results = not state.is_market_report and state.title_company is not None and any(_RESULTS.search(words) for words in _lead(article, lines))
    return state


def _is_of_a_stranger(article: Article, mentions: Sequence[Mention], main: str | None) -> bool:
    """Whether a name that config/ doesn't declare is spoken of before any that it does, and at least as often as the one spoken of most."""
    strange = {article.text[m.start : m.end] for m in mentions if m.what == STRANGER}
    subjects = [m for m in mentions if m.company and m.company != MARKET and not m.is_blocked and m.what not in (PRONOUN, COREF)]
    known = min((m.start for m in subjects), default=len(article.text))
    most = sum(m.company == main for m in subjects)
    for name in sorted(strange)[:_NAMES]:
        spoken = re.compile(rf"\b{re.escape(name)}\b")
        first = spoken.search(article.text)
        if first is not None and first.start() < known and sum(1 for _ in spoken.finditer(article.text)) >= max(2, most):
            return True
    return False


_INVESTS = re.compile(
    r"(?:['’]s)?(?:\s(?:and|&)\s[\w\s]{2,30}?|,\s[^,;.]{2,60},|\s\([^)]{1,30}\))?\s(?:\w+\s){0,4}?"
    r"(?:invest(?:s|ed|ing|ments?)?\b[^.;\n]{0,80}?\b(?:in|into)\s(?:\w+\s){0,5}?[A-Z]|(?:picks?|picked|picking|buys?|bought|acquires?|acquired|takes?|took|holds?|owns?)\b[^.;\n]{0,60}?\bstakes?\b|"
    r"(?:leads?|led|co-led|leading|participat\w+|joins?|joined|joining|back(?:s|ed|ing)?|puts?|putting|pumps?|pumped|pumping|infuses?|infused|pours?|poured)\b[^.;\n]{0,80}?\b(?:round|funding|financing|Series [A-H]|start-?up|stake)\b)"
)
_INVESTED_BY = re.compile(r"\b(?:from|by|investors?|backers?|shareholders?|including|such as|like|along with)\s(?:(?:[A-Z][\w’'&.-]*|and|its|existing|investors?|the|such as|like|including|backers?|firm|maker|giant|smartphone|phone|fund|asset|manager|others),?\s){0,12}?$")
_MONEY_IN = re.compile(r"\b(?:rais(?:e[sd]?|ing)|funding|fundraise|financing|round|Series [A-H]|investors?|infusion|stake)\b")


def _investors(article: Article, mentions: Sequence[Mention], lines: Sequence[Line]) -> frozenset[str]:
    """The companies that the beginning of the text has put money into others: what is raised, and what it is worth, is not theirs."""
    text, found = article.text, set()
    for line in lines[:8]:
        start, end = line.sentence.start, line.sentence.end
        for mention in line.mentions:
            if mention.company is None or mention.what in (PRONOUN, COREF):
                continue
            gives = _INVESTS.match(text, mention.end, end) is not None
            behind = _INVESTED_BY.search(text[max(start, mention.start - 120) : mention.start])
            if gives or (behind and _MONEY_IN.search(text, start, end)) or text.startswith("-backed", mention.end):
                found.add(mention.company)
    return frozenset(found)


_A_SUM = 1_000_000  # of any currency: no price
_NAMES = 40  # undeclared names that are counted in one text


def _topic_goods(found: Sequence[tuple[int, int, str]], first: str) -> str | None:
    """The goods that a headline is about: of a kind of phones only where the first sentence isn't of phones as a whole."""
    if not found:
        return None
    opening = find_segments(first, 0, len(first), "goods")
    is_kind = found[0][2] == "segment:4G phones"
    return opening[0][2] if is_kind and opening else found[0][2]


def _opening_words(head: str, lines: Sequence[Line]) -> int:
    """How much of the first line tells what the text is about: in Chinese what stands before its first figure."""
    first = lines[0].quantities[0] if lines and lines[0].quantities else None
    return first.start if first is not None and is_chinese(head, first) else len(head)


_RESULTS = re.compile(
    r"\b(?:revenues?|turnover|net (?:profit|income|loss)|operating (?:profit|income|loss)|profits?|earnings|results|annual report|financial (?:results|report)|(?:net )?sales (?:up|down|rise|rose|grew|grow|fell|fall|jump(?:ed)?|climb(?:ed)?|hit|reach(?:ed)?))\b|营收|净利|财报", re.IGNORECASE
)


_ANNOUNCED = re.compile(
    r"\b(?:announced|reported|released|published|presented|unveiled|posted|ha (?:anunciado|presentado|publicado)|anunció|presentó)\s(?:today\s|hoy\s)?(?:its|their|sus|the)\s(?:[\w-]+\s){0,4}?(?:results|resultados)\b|(?:发布|公布|披露)[^，。]{0,12}(?:财报|业绩|年报|季报)", re.IGNORECASE
)
_MONEY_RESULTS = re.compile(r"\b(?:revenues?|turnover|(?:net|operating) (?:profit|income|loss)|profits?|earnings|results)\b|营收|净利|财报", re.IGNORECASE)


def _is_market_report(article: Article, vocabulary: Vocabulary, lines: Sequence[Line]) -> bool:
    """Whether the headline or the first sentence tells of a market or quotes a research firm, and of no company's results."""
    lead = _lead(article, lines)
    more = [article.text[line.sentence.start : line.sentence.end][:_LEAD] for line in lines[:4]]
    for words in dict.fromkeys((*lead, *more)):
        names = (spelling(m[0]) for m in vocabulary.authority_pattern.pattern.finditer(words))
        is_measured = any(vocabulary.authorities[n].kind == "research" for n in names if n in vocabulary.authorities)
        if (is_measured and not _MONEY_RESULTS.search(words)) or (words in lead and _MARKET_LEAD.search(words)):
            return True
        if _RESULTS.search(words):
            return False
    return False


_MARKET_LEAD = re.compile(
    r"\b(?:smart ?phone|phone|handset|wearables?|tablet|smart ?watch|PC|TV|mobile) (?:market|shipments|sales|demand)\b(?! share)|\bmarket (?:share|leader|grew|grows|shr[aiu]nk|declined|contracted)|手机市场|出货量",
    re.IGNORECASE,
)


_CAUSE = re.compile(r"\s(?:as|because|after|amid|since|due to|thanks to|despite)\s(?!of\b|per\b|well\b|much\b|many\b|a result\b)[^,;.]*", re.IGNORECASE)
_SITE = re.compile(r"\b(?:factory|factories|plants?|campus|facility|facilities|units?|stores?|shops?|outlets?|lines?|cent(?:re|er)s?)\s(?:\w+\s){0,2}?(?:in|at|near)\s$", re.IGNORECASE)
_IN = re.compile(r"(?:^|\b(?:in|within|across|for|to)\s)(?:the\s)?(?:whole |entire |urban |rural |mainland |neighbouring )?$", re.IGNORECASE)
_OWNS = re.compile(
    r"^(?:['’]s)?(?:\s[\w-]+){0,3}?\s(?:market|sales|shipments|smart ?phone|phone|handset|tablet|wearables?|buyers|dealers|consumers|arm|unit|operations|business|users|plants?|factor)", re.IGNORECASE
)


def _first_time(text: str, lines: Sequence[Line], published: date | None) -> Period | None:
    """The first quarter, year or the like that the beginning of the text is about, for figures that stand before it."""
    for line in lines[:12]:
        for time in line.times:
            period = time.period
            if period and is_spoken_of(period, published) and not compares(text, time) and not dates_an_event(text, time) and time.how != "event":
                return period
    return None


def _set_region(article: Article, vocabulary: Vocabulary, title: Sequence[Mention], lines: Sequence[Line], state: State) -> None:
    """The one country that the headline or the sentence below it speaks of, where trade is spoken of or the country comes back."""
    parts = _lead(article, lines)
    whole = " ".join(parts)
    for words in parts:
        aside = side_clauses(words, 0, len(words))
        reach = len(words) if words == article.title or not CJK.search(words) else _until_figure(words)
        places = [p for p in find_places(words, 0, len(words), vocabulary) if p.start < reach and not any(a <= p.start < b for a, b in aside)]
        if any(p.code == GLOBAL and not p.of_rank for p in places):
            return
        is_head = words is parts[0] or words == article.title
        if not is_head:
            causes = [m.span() for m in _CAUSE.finditer(words)]
            places = [p for p in places if not any(a <= p.start < b for a, b in causes) and not _is_mere_town(words, p, vocabulary)]
        stated = [p for p in places if p.code not in (GLOBAL, HOME) and (is_head or _IN.search(words[max(0, p.start - 30) : p.start]) or _OWNS.match(words[p.end : p.end + 40]))]
        countries = list(dict.fromkeys(p.code for p in stated))
        homes = [home for p in places if p.code == HOME and (home := (state.topic.homes or {}).get(state.topic.main or ""))]
        if set(homes) - set(countries):
            break  # "at home and in Europe": in more than one
        if countries and (len(countries) == 1 or re.search(r"[Mm]arket", words)):
            state.region = countries[0]
        if state.region:
            state.is_country_unit = _is_country_unit(words, vocabulary, title if words == parts[0] else ())
            break
    if state.region is None:
        festivals = {code for m in vocabulary.mark_pattern.finditer(article.title) for code, is_festival in (vocabulary.marks[m[0]],) if is_festival}
        state.region = festivals.pop() if len(festivals) == 1 else None
        return
    headline = article.title[:_HEADLINE] if article.title else parts[0] if parts else ""
    stated = [p for p in find_places(headline, 0, len(headline), vocabulary) if p.code == state.region]
    state.is_region_sure = any(_IN.search(headline[max(0, p.start - 30) : p.start]) or _OWNS.match(headline[p.end : p.end + 40]) for p in stated)
    again = sum(p.code == state.region for p in find_places(article.text, 0, len(article.text), vocabulary))
    is_of_trade = _OF_TRADE.search(whole) is not None and (state.is_region_sure or not stated or again >= 2)
    if not is_of_trade and again < (1 if state.is_region_sure else 2):
        state.region, state.is_country_unit, state.is_region_sure = None, False, False


_FIGURE = re.compile(r"\d[\d,.]*\s?(?:%|[万亿]|台|部|家|元|辆)")


def _until_figure(words: str) -> int:
    """In a Chinese sentence the place of the text stands before its first figure; one behind it is of that clause."""
    match = _FIGURE.search(words)
    return match.start() if match else len(words)


def _is_mere_town(words: str, place: Place, vocabulary: Vocabulary) -> bool:
    """Whether a town is only where something happened: a flat in Shenzhen says nothing of a market, a plant in Noida does."""
    is_town = vocabulary.regions.get(spelling(place.words), ("", ""))[1] == CITY
    return is_town and not _SITE.search(words[max(0, place.start - 48) : place.start])


def _lead(article: Article, lines: Sequence[Line]) -> list[str]:
    """The title, a heading that opens the text, and the first sentence of its prose."""
    parts = [article.title[:_HEADLINE]] if article.title else []
    for line in lines[:4]:
        words = article.text[line.sentence.start : line.sentence.end][:_LEAD]
        if words not in parts:
            parts.append(words)
        if not line.sentence.is_heading:
            break
    return parts


def _is_country_unit(words: str, vocabulary: Vocabulary, mentions: Sequence[Mention]) -> bool:
    """Whether a company's branch is spoken of: Xiaomi India, its Indian arm. Money is then the branch's too."""
    names = {m.end for m in mentions if m.what == "name"}
    for match in vocabulary.region_pattern.finditer(words):
        if match.start() - 1 in names and words[match.start() - 1 : match.start()] == " ":
            return True
        if _COUNTRY_UNIT.match(words, match.end()):
            return True
    return False


def _sales_of(hits: Sequence[CueHit], vocabulary: Vocabulary) -> Measure | None:
    """Sales, where a heading on a market speaks of them: the devices sold."""
    hit = next((h for h in hits if any(c.metric == "sales_units" and c.role == "cue" for c in h.cues)), None)
    return Measure(vocabulary.metrics["sales_units"], "carried", hit.words) if hit else None


def volume_of(hits: Sequence[CueHit], vocabulary: Vocabulary) -> Measure | None:
    """Shipments, where the words say that these are counted."""
    hit = next((h for h in hits if any(c.metric == "shipments" and c.role == "cue" for c in h.cues)), None)
    return Measure(vocabulary.metrics["shipments"], "carried", hit.words) if hit else None

