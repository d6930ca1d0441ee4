"""Whose word a figure is, and whether it is fact, aim or forecast."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.claims.mentions import COREF, PRONOUN, Mention
from etl.claims.scan import Kept, Worded, any_of
from etl.claims.vocabulary import Vocabulary, spelling
from etl.model import Kind

_SAYS = (
    r"said|says|saying|announced|announces|revealed|reveals|reported|reports|claims|claimed|stated|states|confirmed|confirms|noted|notes|added|adds|told|tells|disclosed|wrote|writes|"
    r"tweeted|posted|shared|declared|asserts|asserted|explained|mentioned|boasts|ha anunciado|afirmó|表示|称|宣布|公布|发布|透露|显示|指出|认为|预计|预测|预期|强调|披露|介绍|坦言|写道|公告|承诺|解释|回应|说(?!明)"
)
_SAYING = Kept(re.compile(any_of(_SAYS), re.IGNORECASE), *re.sub(r"\(.*?\)", "", _SAYS).split("|"))
_SAID_AFTER = re.compile(rf"^[^.;]{{0,60}}?\b(?:{_SAYS})\b|^(?:集团|公司)?[^。；，、：\d]{{0,12}}?(?:{_SAYS})", re.IGNORECASE)
_FORESEES = re.compile(
    r"^[^.;,]{0,30}?(?:,[^.;,]{0,40},)?\s?\b(?:expect(?:s|ed)?|predict(?:s|ed)?|forecasts?|project(?:s|ed)?|estimate[sd]?|believe[sd]?|sees|revised|lowered|raised|cut|reckons?|puts|anticipates?|has (?:lowered|raised|cut|revised))\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"(?:\b(?:according to|per|data from|numbers from|numbers form|figures from|report (?:from|by|of)|said|says|told|by|as per|cited|notes|noted|added|adds|explained|writes|wrote|estimates|según|courtesy)|根据|据)\s+(?:\w+\s+){0,6}$|[:“\"]\s*$",
    re.IGNORECASE,
)
_COMPANY_WORD = re.compile(
    r"\b(?:announced|reported|reports|posted|revealed|disclosed|claims|claimed|said|says|confirmed|stated|pledged|aims?|plans?|targets?|expects?|hopes|intends|wants|goal|promised|declared)\b|(?:公布|发布|宣布|财报)|ha anunciado",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|plan(?:s|ned|ning)?|target(?:s|ed|ing)?|goals?|objectives?|hop(?:es?|ed|ing)|want(?:s|ed)?|pledge[sd]?|intend(?:s|ed)?|look(?:s|ing) to|committed to|commit(?:s|ted)? to|"
    r"set (?:its|their|his) sights|ambition|vow(?:s|ed)|promise[sd]?|guidance|guide[sd]?|budget(?:s|ed)?|need to hire|would (?:enroll|hire|recruit|open|invest|ship|sell)|coming up|on track to|strive)\b|目标|计划|力争|预计",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:(?<!you may )(?<!you might )(?<!you would )(?<!you'd )expect(?:s|ed|ing)?(?!ation)|forecast(?:s|ed|ing)?|predict(?:s|ed|ing|ion)?|projects|projected|projections?|project(?= (?:that|sales|shipments|revenue|growth|an?|the|it|its)\b)|anticipat(?:es?|ed)|estimates? (?:that|for)|outlook|looks? for|looked for|pencil(?:s|led|ling) in|should (?:more than |nearly |almost |at least |then |soon )?(?:reach|grow|double|triple|rise|fall|hit|sell|ship|come|be|see|pass|exceed|top|make|open|total|climb|drop|decline|increase)|is likely to|are likely to|(?:is|are) (?:going|set|poised|bound) to|"
    r"(?:will|would|could|may|might|shall) (?:\w+ ){0,3}?(?:reach|grow|jump|soar|surge|fall|decline|sell|ship|hit|be|drop|rise|increase|exceed|account|shrink|decrease|open|hire|invest|deliver|have|surpass|cross|produce|employ|spend|pass|top|climb|double|triple|build|make|add|generate|post|see|contract|slip|rebound|recover|remain|come|total|number|stay))\b|预测|有望|将达",
    re.IGNORECASE,
)
_NO_AIM = re.compile(
    r"\b(?:exceeded|beat|beating|above|surpassed|than|missed|below|superando|met|achieved|superó) (?:\w+ ){0,4}$", re.IGNORECASE
)
_DONE = re.compile(  # "which plans to list, shipped 28 million": what is done stands between the aim and the number
    rf"\b(?<!to have ){any_of('shipped|sold|reported|posted|was|were|rose|grew|fell|dropped|declined|had|has|reached|recorded|registered|saw|captured|earned|accounted|increased|totalled|totaled|stood|achieved|generated|came to|amounted')}\b",
    re.IGNORECASE,
)
_HAD_PROMISED = re.compile(r"^[^.;,]{0,25}\b(?:the company|it|they|he|she|we|[A-Z]\w+) had ((?:promised|guided|targeted|forecast|planned|projected|aimed)\b)")
_AN_AIM = re.compile(r"(?:target|goal|objective|ambition|budget|plan|aim)s?$", re.IGNORECASE)
_AIM_WAS = re.compile(r"[^,;.\d]{0,50}?\b(?:was|were|had been|has been|stood at) (?:set at )?(?:about |around |over |nearly |almost )?(?:[$€£¥₹]|Rs\.? |RMB )?$", re.IGNORECASE)
_ESTIMATE_CUT = re.compile(
    r"\b(?:lower|rais|revis|cut|reduc|trimm|estimat|forecast)\w* .{0,60}(?:estimate|forecast|prediction|projection)", re.IGNORECASE
)


_MEASURER = Kept(re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s(?:(?:market|same|independent)\s)?(?:(?:research|analysts?|analytics|analysis|consulting|consultancy|market intelligence|data|tracking)\s"
    r"(?:firm|company|house|group|agency|organi[sz]ation|outfit)|researchers?|analysts?|tracker|market watchers?)\b"
), "research", "analy", "consult", "market intelligence", "market watcher", "data", "track")  # fmt: skip


_AIMS = re.compile(r"(?:aim|plan|target|expect|hope|intend|want|goal)s?", re.IGNORECASE)
_WRITER = re.compile(
    r"[Ww]e\s(?:(?:had|have|also|already|previously|recently)\s)*(?:reported|wrote|told you|covered|noted|mentioned)\b(?!\s(?:a|an|record|strong|net|revenue|sales)\b)"
)

_ON_ITS_WORD = Worded(
    re.compile(r"(?:according to|as per|said|says|told|added|report (?:from|by))\s+(?:\w+\s+){0,4}$|据$", re.IGNORECASE),
    *("according to", "as per", "said", "says", "told", "added", "report", "据"),
)
_COMPANY_WORD_SOON = Kept(_COMPANY_WORD, "report", "announced", "posted", "revealed", "disclosed", "claim", "said", "says", "confirmed",
    "stated", "pledged", "aim", "plan", "target", "expect", "hopes", "intends", "wants", "goal", "promised", "declared", "anunciado", "公布",
    "发布", "宣布", "财报")  # fmt: skip
_AIM_SOON = Worded(_AIM, "aim", "plan", "target", "goal", "objective", "hop", "want", "pledge", "intend", "look", "commit", "sights", "ambition",
    "vow", "promise", "guid", "budget", "hire", "would", "coming up", "on track", "striv", "目标", "计划", "力争", "预计")  # fmt: skip
_FORECAST_SOON = Worded(_FORECAST, "looks for", "look for", "looked for", "pencil", "should", "expect", "forecast", "predict", "project", "anticipat", "estimate", "outlook", "likely", "is ", "are ",
    "will", "would", "could", "may", "might", "shall", "预测", "有望", "将达")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Who is named as the source at [start, end). `is_company` tells a company's own word from a measurer's."""

    start: int
    end: int
    name: str
    is_company: bool
    words: str


def find_sources(
    text: str, start: int, end: int, vocabulary: Vocabulary, mentions: Sequence[Mention], last: str | None, measurer: str | None = None
) -> list[Source]:
    """The sources named in the sentence: measurers by name or as `the research firm`; companies and their people where they are said to say it."""
    found = []
    for match in _MEASURER.all(text, start, end) if measurer else ():
        said = _SAID_AFTER.match(text[match.end() : min(end, match.end() + 40)]) or _FORESEES.match(
            text[match.end() : min(end, match.end() + 40)]
        )
        if said or _SAID_BEFORE.search(text[max(start, match.start() - 30) : match.start()]):
            found.append(Source(match.start(), match.end(), measurer or "", False, match[0]))
    for match in vocabulary.authority_pattern.finditer(text, start, end):
        spec = vocabulary.authorities.get(spelling(match[0])) or vocabulary.authorities.get(match[0])
        if spec is None:
            continue
        said = (
            _SAID_AFTER.match(text[match.end() : min(end, match.end() + 90)])
            or _FORESEES.match(text[match.end() : min(end, match.end() + 90)])
            or _SAID_BEFORE.search(text[max(start, match.start() - 60) : match.start()])
        )
        if spec.kind in ("research",) or said:
            found.append(Source(match.start(), match.end(), spec.name, False, match[0]))
    for mention in mentions:
        if mention.what in ("product", "device") or _WRITER.match(text, mention.start):
            continue
        company = (
            mention.company
            if mention.what not in (COREF, PRONOUN)
            else (last if text[mention.start : mention.end].lower() not in ("its", "their", "our", "it") else None)
        )
        if not company or company == "MARKET" or company.startswith(("GROUP:", "OS:")):
            continue
        is_said = any(mention.end <= m.start() < mention.end + 90 for m in _SAYING.all(text, start, end))
        said_after = _SAID_AFTER.match(text[mention.end : min(end, mention.end + 90)]) if is_said else None
        if said_after and (_MEASURER.pattern.search(said_after[0]) or any(mention.end <= s.start < mention.end + said_after.end() for s in found)):
            said_after = None  # "Apple held 14 %, the researcher added"
        said_before = _ON_ITS_WORD.within(text, max(start, mention.start - 60), mention.start)
        if (said_after and not mention.is_blocked) or said_before:
            words = text[mention.start : mention.end] + (said_after[0] if said_after else "")
            found.append(Source(mention.start, mention.end, company, True, words[:60]))
    return sorted(found, key=lambda s: s.start)


_CONSENSUS_BEFORE = re.compile(
    r"\b(?:(?:market|analysts?['’]?|street|wall street|mean|average|median|poll(?:ed)?|survey(?:ed)?) (?:\w+ ){0,2}?(?:consensus|estimates?|expectations?|forecasts?|projections?)|consensus)\b[^.;]{0,40}$"
    r"|\banalysts?(?:,| had| have| were| on average| polled[^,.;]{0,40}| surveyed[^,.;]{0,40})? (?:had |have |were |on average )*(?:pencilled in|expect(?:ed|ing)?|forecast|predict(?:ed)?|estimated?|looked for|projected|anticipated)\b[^.;]{0,40}$"
    r"|\b(?:poll|survey|consensus) [^.;]{0,40}?(?:is|stands|stood|was) at\b[^.;]{0,30}$"
    r"|\b(?:against|versus|vs\.?|compared (?:with|to)|above|below|beating|topping|missing|than) (?:(?:an?|the|average|analysts?['’]?|market|consensus) )*(?:estimates?|forecasts?|expectations?|projections?|consensus)(?: (?:of|for))? $"
    r"|\b(?:wall street|the street|the market|investors) (?:had |have )?(?:on average )?(?:expected|forecast|looked for|pencilled in|anticipated)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_CONSENSUS_AFTER = re.compile(
    r"^[^.;,]{0,30}?\s(?:(?:that )?(?:analysts?|brokers|economists|the market|investors|Wall Street)\b[^.;]{0,50}?\b(?:expected|forecast|looked for|predicted|estimated|pencilled in|anticipated|projected|hoped for)"
    r"|(?:expected|forecast|predicted|estimated|projected|anticipated|seen)\s(?:on average )?(?:by|in|among)\s(?:the |an? )?(?:[\w.&/-]+ ){0,5}?(?:analysts?|brokers|brokerages?|economists|poll|survey|Bloomberg|Refinitiv|LSEG|FactSet|Reuters)"
    r"|(?:of|in) (?:the )?(?:market |analysts?['’] )?(?:consensus|expectations|estimates)\b|in (?:a|an) [^.;]{0,40}?(?:poll|survey)\b)",
    re.IGNORECASE,
)

_EXPECTING = Kept(  # one stands in each of their matches
    re.compile(any_of("consensus|estimat|expect|forecast|project|pencilled|anticipat|looked for|predict|hoped|seen|poll|survey"), re.IGNORECASE),
    *("consensus", "estimat", "expect", "forecast", "project", "pencilled", "anticipat", "looked for", "predict", "hoped", "seen", "poll", "survey"),
)


def is_consensus(text: str, start: int, end: int, at: int, to: int) -> bool:
    """Whether the number at [at, to) is what analysts or the market had expected: `the 60 trillion won the market had looked for`."""
    if _EXPECTING.search(text, start, end) is None:
        return False
    return _CONSENSUS_BEFORE.search(text[max(start, at - 110) : at]) is not None or _CONSENSUS_AFTER.match(text[to : min(end, to + 160)]) is not None


def has_been(text: str, start: int, end: int, at: int) -> bool:
    """Whether the words before a number at `at` tell of what was done, in its sentence [start, end): `recorded a growth of 2 per cent`."""
    done = next((m for m in reversed(_DOING.all(text, start, end)) if m.end() <= at), None)
    if done is None:
        return False
    return _AIM_SOON.within(text, done.end(), at) is None and _FORECAST_SOON.within(text, done.end(), at) is None


_DOING = Kept(_DONE)
_AIMING, _FORESEEING = Kept(_AIM, *_AIM_SOON.needs), Kept(_FORECAST, *_FORECAST_SOON.needs)
_ANALYST = Kept(re.compile(
    r"\b(?:(?:an? |the |its |local |senior |industry |market )*(?:analysts?|brokerages?|brokers|economists|market watchers|observers|industry watchers)\b(?:\s(?:at|with|from|of)\s(?P<firm>(?-i:[A-Z])[\w&’'-]*(?:\s(?-i:[A-Z])[\w&’'-]*){0,3}))?"
    r"|(?P<house>(?-i:[A-Z])[\w&’'-]*(?:\s(?-i:[A-Z])[\w&’'-]*){0,2}?\s(?-i:Securities|Capital|Investments?|Markets|Partners|Advisors|Research|Equities|Financial Investment|Investment Bank))\b)",
    re.IGNORECASE,
), "analyst", "brokerage", "broker", "economist", "watchers", "observers", "securities", "capital", "investment", "markets", "partners", "advisors",
    "research", "equities")  # fmt: skip
_ANALYST_SAYS = re.compile(
    r"\b(?:said|says|expects?|forecasts?|sees|believes?|estimates?|predicts?|thinks?|reckons?|projects?|wrote|told|noted|puts?|poll(?:ed)?|according to|survey|in a note)\b", re.IGNORECASE
)


@lru_cache(maxsize=16)
def find_analysts(text: str, start: int, end: int) -> tuple[Source, ...]:
    """Analysts and brokerages that the sentence quotes, by their house where it is named."""
    found = []
    for match in _ANALYST.all(text, start, end):
        around = text[max(start, match.start() - 60) : min(end, match.end() + 60)]
        if _ANALYST_SAYS.search(around):
            found.append(Source(match.start(), match.end(), (match["firm"] or match["house"] or ""), False, match[0]))
    return tuple(found)


def speaks(text: str, start: int, end: int, at: int) -> str | None:
    """The word by which a company tells its own figure at `at` ("posted", "aims"), if the stretch has one: an aim tells only what stands behind it."""
    for match in _COMPANY_WORD_SOON.all(text, start, end):
        if match.start() > at and _AIMS.fullmatch(match[0]):
            continue
        if not re.search(r"\b[Ww]e\s(?:\w+\s)?$", text[max(start, match.start() - 16) : match.start()]):
            return match[0]
    return None


def kind_of(
    text: str, start: int, left: int, right: int, *, is_company: bool, by_other: bool, is_future: bool, end: int, sentence: tuple[int, int]
) -> tuple[Kind, str]:
    """Fact, aim or forecast, by the words of the clause [left, right) round the number: an aim must stand before it."""
    before = text[left:start]
    aim = _AIM_SOON.last(text, left, start) if _AIMING.all(text, *sentence) else None
    if aim and _DONE.search(before, aim.end()) and not (_AN_AIM.match(aim[0]) and _AIM_WAS.match(before, aim.end())):
        aim = None
    if aim and not _NO_AIM.search(before[: aim.start()]) and is_company and not by_other:
        return Kind.TARGET, aim[0]
    if is_company and not by_other and (promised := _HAD_PROMISED.match(text[end : min(right, end + 80)])):
        return Kind.TARGET, promised[1]
    seen = _FORECAST_SOON.last(text, left, start) if _FORESEEING.all(text, *sentence) else None
    seen = None if seen and _DONE.search(before, seen.end()) else seen
    foresight = seen or (_FORECAST.search(text[end : min(right, end + 40)]) if is_future else None)
    if aim is None and foresight is None and is_future:
        aim_after = _AIM.search(text[end : min(right, end + 30)])
        if aim_after and is_company:
            return Kind.TARGET, aim_after[0]
    word = seen or (aim if by_other else None) or foresight or (_ESTIMATE_CUT.search(text[left:right]) if by_other and is_future else None)
    if word and not _NO_AIM.search(before[: word.start()] if foresight and word.string == before else ""):
        passive = re.search(rf"\b(?:is|are|was|were|been)\s+{re.escape(word[0])}", before)
        is_guess = re.match(r"(?:could|may|might)\b|(?:is|are) (?:likely|set|poised|bound)\b", word[0], re.IGNORECASE)
        if is_company and not by_other and not passive and not is_guess:
            return Kind.TARGET, word[0]
        return Kind.FORECAST, word[0]
    return Kind.ACTUAL, ""


def is_aim(words: str) -> bool:
    """Whether the words are those of an aim: `goal`, `plans`."""
    return _AIM.fullmatch(words) is not None and not words.lower().startswith("would")
