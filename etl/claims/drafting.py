"""One number's claim in the making: level or change, metric, company, then what place, time and voice add."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from etl.claims.around import Around
from etl.claims.attribution import voice_of
from etl.claims.changes import Change, change_of, has_direction
from etl.claims.classes import class_of
from etl.claims.compose import Draft, exact
from etl.claims.dating import look_ahead, time_of
from etl.claims.measure import find_cues, fits, measure
from etl.claims.measure_chinese import is_chinese, speaks_of_another
from etl.claims.mentions import COREF, STRANGER
from etl.claims.payments import is_payment
from etl.claims.periods import find_periods
from etl.claims.segments import find_segments
from etl.claims.shares import implied, listed
from etl.claims.spans import Quantity
from etl.claims.state import Line, State
from etl.claims.stocks import is_among_shares, is_of_shares
from etl.claims.subject import Subject, owner_behind, subject_of
from etl.claims.tables import Cell, in_header, is_growth
from etl.claims.unsaid import beyond_hundred, counted_volume, growth, of_money, of_these, patents_too
from etl.claims.vocabulary import Vocabulary
from etl.claims.whereabouts import CAUSE, place
from etl.claims.wholes import OF_MANY, is_shipped, is_together
from etl.claims.words import Measure
from etl.model import GLOBAL, MARKET, Unit

OF_MARKETS = ("shipments", "sales_units", "market_share", "asp", "channel_share", "installed_base", "production", "ev_deliveries", "rank")


def draft_of(here: Around, state: State, vocabulary: Vocabulary) -> Draft | None:
    """All that is said of one number, or None where it is no figure of a declared company."""
    if (in_table := _in_table(here, state)) is None or is_of_shares(here) or _is_code(here) or _is_lead(here):
        return None
    here = in_table
    text, quantity, line = here.text, here.quantity, here.line
    kind = class_of(quantity)
    change = _change(here, kind)
    if kind == "other" or change is None or change.role == "delta":
        return None
    subject = _subject(here, state)
    if subject is None or not subject.company:
        return None
    found, change = _measure(here, kind, change, subject, state, vocabulary)
    if found is not None and _is_unfit(here, state, kind, change, subject, found):
        return None
    if found is not None and found.metric.name == "market_share" and change.role != "change" and _is_of_its_own(here):
        found = Measure(vocabulary.metrics["channel_share"], found.rule, found.words)
    if found is None or (kind == "percent" and change.role == "level" and found.metric.unit is not Unit.PERCENT):
        return None
    if subject.rule == "topic" and subject.company == MARKET and found.metric.name not in OF_MARKETS:
        if state.topic.company is None:
            return None
        subject = Subject(state.topic.company, None, "topic", "")
    if found.metric.name == "channel_share" and subject.company != MARKET and found.words.lower() in ("of sales", "of total sales"):  # noqa: SIM102
        if subject.mention is not None and subject.mention.end <= quantity.start and not find_segments(text, here.start, here.end, "channel"):
            found = Measure(vocabulary.metrics["market_share"], found.rule, found.words)
    draft = Draft(quantity=quantity, metric=found.metric, measure=found, subject=subject, change=change, sentence=(here.start, here.end))
    place(text, draft, line, state, here.left, here.right)
    if draft.metric.name in ("shipments", "sales_units") and vocabulary.is_car(draft.segment):
        draft.metric = vocabulary.metrics["ev_deliveries"]
    time_of(text, draft, line, state, here.drafts, here.left, here.right, here.published)
    _time_of_column(here, draft)
    voice_of(text, draft, line, state, here.left, here.right, here.published)
    look_ahead(draft, state, here.published)
    if draft.subject.company == MARKET and draft.metric.name == "market_share":
        if draft.segment not in ("segment:online", "segment:offline"):
            return draft if draft.segment != draft.metric.segment and draft.change.role == "level" else None
        if draft.change.role == "change":
            return None
        draft.metric = vocabulary.metrics["channel_share"]
    if draft.subject.company == MARKET and not _can_be_a_market(here, draft):
        return None
    if draft.segment == "smartphones" and draft.why.get("segment") == "default" and not state.is_of_phones and not _makes_phones(draft.subject.company, vocabulary):
        return None  # "second biggest", "up 41 %": nothing in the text speaks of phones
    return draft if _makes_sense(draft, kind) else None


_LOOSE = ("carried", "growth", "sibling", "sentence")  # how a metric was found that no word beside its number names
_OF_FIRMS = ("valuation", "funding", "loans_disbursed", "employees", "hires", "stores")  # a market has none
_OF_ROUNDS = ("funding", "valuation", "investment")
_STARTUP = re.compile(r"\b(?:start-?ups?|lender|fintech|unicorn|its investors|[A-Z]\w+-backed|Series [A-H])\b")


def _is_unfit(here: Around, state: State, kind: str, change: Change, subject: Subject, found: Measure) -> bool:
    """Whether the metric that was found can't be what this number of this subject tells."""
    name = found.metric.name
    if name in _OF_ROUNDS and _is_of_a_startup(here, name, subject, state):
        return True
    if kind == "count" and _is_too_few(here.quantity, found):
        return True
    if kind in ("percent", "ratio") and change.role == "change" and found.rule in _LOOSE and is_among_shares(here):
        return True
    if subject.is_of_paragraph and found.rule not in ("before", "attached"):
        return True
    if change.role == "change" and kind == "percent" and _is_of_two(here):
        return True
    return (name == "investment" and _is_into(here, subject)) or (name in _OF_FIRMS and subject.company == MARKET)


def _time_of_column(here: Around, draft: Draft) -> None:
    """The time that a table's header tells for the column, unless its line tells a later one."""
    if here.cell is None or not (times := [p.period for p in find_periods(here.cell.header, here.published) if p.period]):
        return
    if is_growth(here.cell) and (others := [t.period for t in find_periods(" | ".join(here.cell.headers), here.published) if t.period]):
        times = others  # "Change from 1Q16", beside "1Q17 Market Share"
    latest = max(times, key=lambda p: p.last)
    if not is_growth(here.cell) or len({t.label for t in times}) > 1 or draft.period is None or latest.last >= draft.period.last:
        draft.period, draft.why["period"] = latest, f"header: {here.cell.header}"


def _is_of_a_startup(here: Around, metric: str, subject: Subject, state: State) -> bool:
    """Whether money raised, or a valuation, is rather that of a young firm which the text is about and config/ doesn't declare."""
    if subject.company in state.investors and (metric != "investment" or subject.rule not in ("beside", "listed", "subject")):
        return True
    if subject.rule in ("beside", "listed", "subject"):
        return False
    is_about = state.first_company != subject.company and _STARTUP.search(here.text, 0, 600) is not None
    return is_about or _STARTUP.search(here.text, here.start, here.end) is not None


def _makes_phones(company: str, vocabulary: Vocabulary) -> bool:
    return company in vocabulary.companies and vocabulary.companies[company].tracked


_WORLD_QUARTER = 50_000_000  # smartphones: the world has bought more than twice as many in every quarter since 2011


def _can_be_a_market(here: Around, draft: Draft) -> bool:
    """Whether a figure can be a market's: no rank but that of a market among markets, and no handful of phones for the world."""
    if draft.metric.name == "rank":
        return re.search(r"\bmarkets?\b|\bmaker\b|市场", here.text[draft.quantity.end : min(here.end, draft.quantity.end + 50)]) is not None
    is_world = draft.region == GLOBAL and draft.segment == "smartphones" and draft.metric.name in ("shipments", "sales_units")
    return not (is_world and class_of(draft.quantity) == "count" and draft.change.role != "change" and draft.quantity.value < _WORLD_QUARTER)


_SAID = 12  # up to here, numbers are said in passing more often than counted


def _is_too_few(quantity: Quantity, found: Measure) -> bool:
    """Whether a bare number is too small to be devices that no word beside it counts: `a team of 3,000`."""
    if quantity.value <= _SAID and not quantity.unit and found.rule != "attached":
        return True  # "and seven on the web"
    if found.metric.unit is not Unit.UNITS or quantity.unit or found.metric.segment == "company":
        return False
    return quantity.value < (20_000 if found.rule in ("sentence", "after", "carried", "sibling") else 1_000)


_AHEAD = re.compile(r"\s?(?:units?\s|phones?\s|smartphones?\s|handsets?\s|devices?\s)?(?:ahead(?=\sof|\sin|[.,;])|behind|short of|apart)\b", re.IGNORECASE)
_MIX = re.compile(r"['’]s?\s(?:(?:smart ?phone|phone|handset|total|global|overall|worldwide|overseas|device)\s)*(?:shipments|sales|volumes?|output|production)\b", re.IGNORECASE)


def _is_lead(here: Around) -> bool:
    """Whether a count is how far one is from another: `15 million units ahead of OPPO`."""
    return class_of(here.quantity) in ("count", "money") and _AHEAD.match(here.text, here.quantity.number_end) is not None


def _is_of_its_own(here: Around) -> bool:
    """Whether a percentage is a part of one company's own volume: `10 % of Xiaomi's smartphone shipments`."""
    text, end = here.text, here.quantity.number_end
    owner = next((m for m in here.line.mentions if m.start >= end and m.what in ("name", "nickname", COREF)), None)
    return owner is not None and text[here.quantity.end : owner.start] in (" of ", " of all ", "of ") and _MIX.match(text, owner.end) is not None


_MORE_THAN = re.compile(r"\s?(?:%|per ?cent|percent)?\s(?:more|less|higher|lower|fewer|ahead|above|behind|below)\s(?:than\s|of\s)?(?:that of\s)?(?:the\s)?$", re.IGNORECASE)


def _is_of_two(here: Around) -> bool:
    """Whether a percentage sets one company beside another: `0.2 percent more than Oppo`."""
    other = next((m for m in here.line.mentions if m.start >= here.quantity.end and m.what in ("name", "brand", "nickname")), None)
    return other is not None and _MORE_THAN.fullmatch(here.text, here.quantity.number_end, other.start) is not None


def _is_into(here: Around, subject: Subject) -> bool:
    """Whether money went into the company, from somebody else: `pumped $500 million into Xiaomi`."""
    return any(m.company == subject.company and here.text[here.quantity.end : m.start] in (" into ", " in ") for m in here.line.mentions)


_CODE = re.compile(r"(?:\((?-i:[A-Z]{2,7})|stock code|ticker|code)\s?:\s?$", re.IGNORECASE)


def _is_code(here: Around) -> bool:
    """Whether a number is a share's code: `(HKG: 1810)`."""
    return class_of(here.quantity) == "count" and _CODE.search(here.text[max(here.start, here.quantity.number_start - 14) : here.quantity.number_start]) is not None


def _in_table(here: Around, state: State) -> Around | None:
    """The number as its column's header has it; None for one in a row that no header explains."""
    place = here.quantity.number_start
    cell = state.tables.cell_at(place)
    if cell is None:
        return None if state.tables.is_in_row(place) else here
    quantity = in_header(here.text, here.quantity, cell)
    return None if quantity is None else replace(here, quantity=quantity, cell=cell)


def _change(here: Around, kind: str) -> Change | None:
    """Level or change, and which way; None for a multiple that tells of no growth."""
    text, quantity = here.text, here.quantity
    change = change_of(text, quantity.start, quantity.end, here.left, here.right, is_relative=kind in ("percent", "pp", "ratio"))
    if change.sign == 0:
        before = here.drafts[-1].change if here.drafts else None
        change = Change(change.role, before.sign if before and before.role == "change" else 1, change.words)
    if kind == "percent" and change.role == "level" and here.drafts and _goes_on(here, here.drafts[-1]):
        return here.drafts[-1].change
    is_loss = bool(here.drafts) and here.drafts[-1].metric.name == "profit_share" and quantity.value < 0  # "LG took -1%"
    if kind in ("percent", "pp") and change.role == "level" and not is_loss and (sign := _sign_of(here)):
        return Change("change", sign, text[quantity.number_start : quantity.number_end])
    if kind == "percent" and change.role == "level" and here.drafts and here.drafts[-1].change.role == "change":
        last = here.drafts[-1]
        if text[last.quantity.end : quantity.start] in ("和", "、", "与", "及"):  # 分别增长94%和162%
            return Change("change", last.change.sign, last.change.words)
    if kind != "ratio":
        return change
    if not _multiplies(text, quantity, here.start) or _OF_A_FIGURE.match(text, quantity.end):
        return None
    return change if change.role == "before" else Change("change", 1, text[quantity.start : quantity.end])


_LIST = re.compile(r"\s?(?:%|per ?cent|percent)?\s?(?:,|,? and|,? while|, followed by|&|;)\s", re.IGNORECASE)


_BY_PLACE = re.compile(  # "rose over 300% in Latin America, 150% in Africa and 50% in Western Europe"
    r"\s(?:in|at|for|across)\s(?:the\s)?(?:[A-Z][\w&]*)(?:[\s-](?:and\s|&\s)?[A-Z][\w&]*){0,3}(?:,|,?\sand(?:\sby)?|,\sby)\s(?:by\s)?(?:in\s(?:the\s)?[A-Z]\w*(?:\s[A-Z]\w*){0,2}\s(?:by\s)?)?"
)


def _goes_on(here: Around, before: Draft) -> bool:
    """Whether a percentage goes on with a list of changes: `Samsung gained 47%, Nokia 7%`, `a decline of 2% and 4%`."""
    if before.change.role != "change" or class_of(before.quantity) != "percent":
        return False
    gap = here.text[before.quantity.end : here.quantity.start]
    if _LIST.fullmatch(gap) or _BY_PLACE.fullmatch(gap):
        return True
    between = [m for m in here.line.mentions if before.quantity.end <= m.start and m.end <= here.quantity.start]
    if len(between) != 1 or between[0].what not in ("name", "brand"):
        return False
    head, tail = here.text[before.quantity.end : between[0].start], here.text[between[0].end : here.quantity.start]
    return _LIST.fullmatch(head) is not None and tail in (" ", " (", " by ")


_SIGN = re.compile(r"(?:^|[\s(,;|:/（：])([+\-−])$|[(,;|:/]\s?(–)$")


def _sign_of(here: Around) -> int:
    """The sign that is printed before a percentage in brackets or in a row: `(+6%)`, `21%, -5%`; 0 for none."""
    text, at = here.text, here.quantity.number_start
    printed = text[at : at + 1]
    if printed and printed in "+-−":
        return 1 if printed == "+" else -1
    match = _SIGN.search(text[max(here.start, at - 3) : at])  # "Samsung – 29%" is a row, no fall
    return 0 if match is None else 1 if match[1] == "+" else -1


def _subject(here: Around, state: State) -> Subject | None:
    text, quantity, line = here.text, here.quantity, here.line
    before = next((d.subject for d in reversed(here.drafts) if d.subject.rule != "compared"), None)
    subject = here.pairs.get(quantity.start) or subject_of(
        text, quantity, line.mentions, here.start, here.end, here.left, here.right, before, state.topic
    )
    is_measured = state.is_market_report or (quantity.unit != "" and any(not s.is_company for s in line.sources))
    if is_measured and (subject is None or subject.rule in ("carried", "topic")) and is_shipped(text, quantity, line):
        return Subject(MARKET, None, "market", text[quantity.start : quantity.end])
    if subject is None and state.heading is not None and not any(m.company for m in line.mentions):
        return Subject(state.heading, None, "heading", state.heading)
    if (subject is None or subject.rule not in ("beside", "listed")) and is_together(text, quantity, line, here.left):
        return None
    return subject or _topic_subject(text, quantity, state, line, here.entering, here.right) or _own_results(here, state)


def _own_results(here: Around, state: State) -> Subject | None:
    """`Net profit fell 7 % to …` where a company tells its results and the sentence names nobody."""
    if not state.is_results or state.title_company is None or class_of(here.quantity) not in ("money", "percent"):
        return None
    if any(m.company or m.what == STRANGER for m in here.line.mentions):
        return None
    return Subject(state.title_company, None, "topic", "")


def _measure(
    here: Around, kind: str, change: Change, subject: Subject, state: State, vocabulary: Vocabulary
) -> tuple[Measure | None, Change]:
    """The metric, and the change as the metric shows it."""
    text, quantity, line, left = here.text, here.quantity, here.line, here.left
    told = [d.measure for d in here.drafts if kind == "percent" or d.measure.rule != "implied"]  # "24 million, or 60 %, Vivo 5.5 million"
    before = told[-1] if told else None
    if here.cell is not None:
        return _by_header(here, here.cell, kind, vocabulary, state), (Change("change", 1, here.cell.header) if is_growth(here.cell) else change)
    found = measure(text, _to_the_end_of_its_row(here), change, line.hits, vocabulary, left, here.right, here.start, here.end, before, state.measure, is_market_report=state.is_market_report)
    if found is None and is_chinese(text, quantity) and speaks_of_another(text, quantity, here.start, vocabulary):
        return None, change
    if kind == "percent" and change.role == "level" and found is None and quantity.value > 100:
        found, change = beyond_hundred(text, quantity, line, vocabulary, left, change)
    is_of_before = found is not None and before is not None and found.rule == "before" and before.rule == "attached" and found.words == before.words
    if found is None or (is_of_before and change.role == "change" and kind == "percent") or (
        found.metric.unit is Unit.PERCENT
        and found.rule in (("carried", "sentence") if change.role == "level" else ("carried", "sentence", "sibling"))
    ):
        found, change = growth(text, quantity, line, left, change, found, vocabulary, subject, state, before)
    if (share := implied(here, kind, change, found, vocabulary)) is not None:
        return share, change
    if (money := of_money(here, kind, change, found, subject, state, vocabulary)) is not None:
        return money, change
    if found is not None and kind == "percent" and found.metric.name == "revenue" and found.words.lower() == "sales" and not state.has_money and state.volume is not None and state.volume.metric.name == "sales_units":
        return Measure(state.volume.metric, found.rule, found.words), change  # "sales had soared 227%" in a text that counts phones
    if found is not None and kind == "money" and found.metric.name == "revenue":
        is_loose = found.rule == "sentence" and found.words.lower() in ("sales", "sold")  # "a ban on sales … $400 million in escrow"
        if is_loose or is_payment(text, here.start, (quantity.number_start, quantity.number_end)):
            return None, change
    found = found or of_these(here, kind, state) or patents_too(here, kind, state)
    found = found or counted_volume(text, quantity, change, line, state, vocabulary)
    return (found, change) if found else listed(here, kind, change, subject, state, vocabulary)


def _to_the_end_of_its_row(here: Around) -> Quantity:
    """The first of `21 per cent and 18 per cent of the market` looks at what stands behind the last."""
    quantity = here.quantity
    if class_of(quantity) != "percent" or quantity.start not in here.pairs:
        return quantity
    end = quantity
    for following in (q for q in here.line.quantities if q.start >= quantity.end):
        if class_of(following) != "percent" or not _LIST.fullmatch(here.text, end.end, following.start):
            break
        end = following
    return replace(quantity, number_end=end.number_end, end=end.end)


def _by_header(here: Around, cell: Cell, kind: str, vocabulary: Vocabulary, state: State) -> Measure | None:
    """The metric that a column's header names; growth without one is of what the text counts."""
    hits = find_cues(cell.header, 0, len(cell.header), vocabulary) or find_cues(cell.caption, 0, len(cell.caption), vocabulary)
    change = Change("change" if is_growth(cell) else "level", 1, "")
    found = [
        Measure(metric, "header", hit.words)
        for hit in hits
        for cue in hit.cues
        if fits(metric := vocabulary.metrics[cue.metric], cue, kind, change, here.quantity.unit.partition("/")[0])
    ]
    found.sort(key=lambda m: m.metric.unit is not Unit.UNITS if kind == "count" else 0)
    if not found and cell.is_part and not is_growth(cell):
        return Measure(vocabulary.metrics["market_share"], "header", cell.header)
    if not found and (is_growth(cell) or (kind == "count" and _VOLUMES.search(cell.header))):
        return state.volume or state.title_volume
    return found[0] if found else None


_VOLUMES = re.compile(r"\bunits?\b|\bvolumes?\b|台", re.IGNORECASE)




def _multiplies(text: str, quantity: Quantity, start: int) -> bool:
    """Whether a multiple is one of growth: a word (doubled, threefold), or a number behind a word of growth."""
    printed = text[quantity.number_start : quantity.end]
    if not printed[:1].isdigit() and not printed.lower().endswith((" times", " time")):
        return True
    if re.match(r"\s(?:more|as|the|that|what|higher|larger|bigger|greater|its|their|last)\b", text[quantity.end : quantity.end + 10]):
        return True
    if re.match(r"\s?(?:zoom|faster|optical)|\s(?:in|since|during|this|a|per|every)\b", text[quantity.end : quantity.end + 10]) and _OCCURS.search(text, max(start, quantity.start - 40), quantity.start):
        return False
    return has_direction(text, max(start, quantity.start - 60), quantity.start) is not None


_OF_A_FIGURE = re.compile(r"\s(?:(?:the|its|last year['’]s)\s(?:about\s|around\s)?[$€£¥₹]?\d|(?:its|the)\s(?:growth\s)?(?:rate|pace)\b)")  # "double the 8.3 percent of last year", "twice its growth rate"
_OCCURS = re.compile(r"\b(?:cut|cuts|raise[sd]?|hike[sd]?|lower(?:s|ed)|drop(?:s|ped)|dropped|delayed|postponed)\s(?:[\w'’-]+\s){1,3}$")  # "cut rates three times in 1998"


_SHORT = 60  # characters: "Lenovo had a fine quarter too. Shipments of 4.7 million …"


def _topic_subject(text: str, quantity: Quantity, state: State, line: Line, entering: str | None, right: int) -> Subject | None:
    """For a sentence that names nobody but in a cause behind the number: what the one before was about."""
    named = [m for m in line.mentions if m.company and not m.is_blocked and m.what in ("name", "brand", "product") and m.start < right]
    if is_chinese(text, quantity) and (owner := owner_behind(text, quantity.end, named)) is not None:
        return Subject(owner.company or "", owner.segment, "behind", text[owner.start : owner.end], owner)
    if is_chinese(text, quantity) and entering is not None:  # a name behind a comma opens another clause
        named = [m for m in named if m.start < quantity.end or "，" not in text[quantity.end : m.start]]
    if any(m.start < quantity.end or not CAUSE.search(text, quantity.end, m.start) for m in named):
        return None
    subject = state.topic.subject if entering is None else entering
    if subject is None or state.topic.is_strange:
        return None
    if state.is_market_report and subject != MARKET and OF_MANY.search(text, line.sentence.start, quantity.start):
        return None
    segment = state.topic.segment if subject == state.topic.company else None
    paragraph = text.rfind("\n", 0, line.sentence.start) + 1
    if subject not in (MARKET, state.topic.main) and (state.companies != {subject} or line.sentence.start - paragraph > _SHORT):
        return None  # of others than the text's main company only a paragraph goes on that a short sentence about them opens
    return Subject(subject, segment, "topic", "", is_of_paragraph=subject not in (MARKET, state.topic.main))


def _makes_sense(draft: Draft, kind: str) -> bool:
    metric, value = draft.metric, draft.quantity.value
    if draft.change.role == "change" or kind == "ratio":
        return abs(value) < Decimal(100000)
    return exact(metric.plausible.min) <= abs(value) <= exact(metric.plausible.max)
