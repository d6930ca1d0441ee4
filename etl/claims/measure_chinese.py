"""Which metric a Chinese number measures: the word behind it (1310万台的出货量, 50家门店), else the nearest one before it in its clause.

A clause ends at a comma. One that names no metric goes on with that of the clause before (同比增长5%), unless it speaks of something
else (现金储备1132亿元): then the number is nobody's.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache

from etl.claims.changes import Change
from etl.claims.scan import CJK
from etl.claims.segments import find_segments
from etl.claims.spans import Quantity
from etl.claims.vocabulary import Cue, Vocabulary
from etl.claims.words import CueHit, Measure
from etl.model import Unit
from etl.spec.metrics import MetricSpec

_COMMA = re.compile(r"[，。；！？（(\n]|,(?!\d)")
_OF = re.compile(r"^(?:以上|左右|多|余|\+)?\s?的[^，。；：、！？（(\d]{0,8}$")
_DIRECT = re.compile(r"^(?:以上|左右|多|余|\+)?\s?的?(?:[^，。；：、！？（(\d的在为]{0,6})$")
_OWN_MIX = re.compile(
    r"占(?:了|到|据|比|其|去年|全年|公司|集团|小米|华为|苹果|三星|整体|总|全部|全球|同期|当期|的|\s)*(?:总?(?:营收|收入|销售收入|营业额|员工|人数|雇员|总数|销量|出货量|销售额|利润|支出|成本|用户))[^，。；\d]{0,6}$"
    r"|(?:贡献|带来|占据?|占比)(?:了|约|近|超过|超|逾|达到|达|为|高达)*$"
)
_MIX_BEHIND = re.compile(r"^(?:以上|左右|多)?的?(?:销量|出货量?|销售额|营收|收入|销售|利润)")
_CHANNEL = re.compile(r"线上|线下|电商|渠道|门店")
_NO_METRIC = re.compile(
    r"(?:锁单|大定|小订|下定|订单|预订|预约|裁员|裁减|裁撤|优化|补贴|优惠|降价|便宜|立减|捐赠?|罚款?|观看|播放|阅读|粉丝|转发|评论|点赞|参观|报名|涉及|现金|储备|负债|资产|回购|股息|派息|市销率|市盈率|目标价|股价|"
    r"换机|满意度|好评|召回|行驶|续航)[^，。；\d]{0,12}$"
)
_PER_PIECE = re.compile(r"(?:每(?:部|台|辆|股|人|户|月)|单车|单机|人均|单台|平均)[^，。；\d]{0,6}$")
_PART_ONLY = re.compile(r"[^，。；]{0,4}占比(?:约|近|达到?|为|高达|超过?|逾|首次|已)*$")
_FILL = re.compile(
    r"\d{1,2}月[份底末]?|\d{2,4}年|\d[\d.,]*\s?[万亿千百]*(?:美元|元|台|部|家|名|人|辆|件|项|港元|卢比|韩元|人民币|%|个百分点)?|提前|如期|超额|提出|冲击|冲刺|定下|设定|新?目标|挑战|力争|争取|计划|希望|打算|规划|承诺|确保|今后|未来|要|可|拟|[一二两三四五六七八九十]+年|开(?:设|到|至)?(?!发)|扩|"
    r"[一二][九零〇○][零〇○一二三四五六七八九]{2}年|其中|同期|去年|今年|上年|前年|明年|年[底末]|月[底末]|第?[一二三四首]个?季度?|[上下]半年|全年|当季|单季|当月|单月|期内|本季度?|上季度?|\d{2,4}年|\d{1,2}月|同比|环比|按年|按季|分别|达到|超过|高达|突破|接近|大约|只有|不到|不足|至少|最多|依次|"
    r"历史|新高|纪录|紧随其后|位列|位居|排名|占据|占有|拥有|取得|获得|拿下|录得|实现|完成|建成|投产|量产|[一二三]期|后|累计|合计|总计|共计|总共|一共|目前|已经|预计|有望|将|方面|市场|公司|集团|平均|整体|总体|继续|连续|首次|依然|仍然|大幅|略有|小幅|"
    r"增长率?|增加|上升|上涨|提升|提高|下降|下滑|减少|下跌|降低|增幅|降幅|跌幅|增速|升至|降至|增至|跌至|升到|降到|"
    r"[其该则而但也又还已并且均都仅只有为是达超逾约近至到的了在和与以占较比从由升降增减涨跌高低多少再共计约、：:\s“”\"'%—\-~+]"
)
_NO_STANDING = re.compile(r"\d个(?:国家|市场|地区|城市)|增速|增幅|市值|满意度|销售额增|好评|单价|均价")
_PRICED = re.compile(r"ASP|均价|售价|单价")
_ADDED = re.compile(r"(?:净增|新增)[^，。；\d]{0,10}$")
_MADE_HERE = re.compile(r"^(?:以上|左右|多)?的?[^，。；：！？\d]{0,16}$")
_REASON = re.compile(r"(?:凭借|受益于|得益于|随着|由于|受|借助|依靠)[^，。；]*$")
_NOUNS = {  # what a count word can count; a metric that isn't named here takes numbers without a count word only
    "shipments": ("unit", "phone"), "sales_units": ("unit", "phone"), "production": ("unit", "phone", "vehicle"),
    "production_capacity": ("unit", "phone", "vehicle"), "ev_deliveries": ("vehicle", "unit"), "iot_devices": ("unit", "item"),
    "installed_base": ("unit", "item"), "users": ("person", "user", "household"), "employees": ("person", "employee"),
    "hires": ("person", "employee", "engineer"), "stores": ("store",), "sales_points": ("store",), "service_centers": ("store",),
    "plants": ("plant", "store"), "countries": ("country",), "patents_filed": ("patent", "item"), "patents_granted": ("patent", "item"),
    "contracts": ("item",),
}  # fmt: skip
_HIRED = re.compile(r"招聘|扩招|招募|招收|新招|增聘|招(?:约|近|超过?|逾)*(?=\d|$)")
_NEEDS_NOUN = frozenset(("stores", "countries", "contracts"))  # their verbs alone say nothing: 新开 what?

_CLAUSE = 300  # characters: no clause is longer
_SIGN = re.compile(r"[\u4e00-\u9fff，。；：（）]")

Best = Callable[[CueHit], MetricSpec | None]


def is_chinese(text: str, quantity: Quantity) -> bool:
    """Whether a number stands among Chinese words."""
    return _has_sign(text) and _SIGN.search(text, max(0, quantity.start - 14), quantity.end + 4) is not None


@lru_cache(maxsize=8)
def _has_sign(text: str) -> bool:
    return not text.isascii() and _SIGN.search(text) is not None


def measure_in_chinese(
    text: str,
    quantity: Quantity,
    kind: str,
    change: Change,
    hits: Sequence[CueHit],
    vocabulary: Vocabulary,
    start: int,
    end: int,
    best: Best,
    before: Measure | None,
    carried: Measure | None,
) -> Measure | None:
    """The metric of a number, None where its clause speaks of none. [start, end) is its sentence, `before` the number before it in there."""
    opening = clause_start(text, quantity, start)
    clause = text[opening : quantity.start]
    if kind == "rank":  # of growth, of a value, in so many countries: no standing in a market
        return None if _NO_STANDING.search(clause) else Measure(vocabulary.metrics["rank"], "attached", text[quantity.start : quantity.end])
    if _speaks_of_none(clause, kind, change):
        return None
    if kind == "percent" and (re.match(r"/[+\-−]?\d", text[quantity.end : quantity.end + 3]) or re.search(r"%/[+\-−]?$", clause)):
        return None  # one of a row: of which metric or year, only the row before it says
    if kind == "percent" and change.role == "level" and _has_a_share(text, quantity, clause, before, hits, vocabulary):
        return Measure(vocabulary.metrics["market_share"], "attached", "its part of what was counted")
    if kind == "percent" and change.role != "change" and (mixed := _mix(text, quantity, clause, end, vocabulary)):
        return mixed if mixed.metric.name == "channel_share" else None
    fitting = _counts(text, quantity, opening, end, hits, vocabulary) if kind == "count" else best
    if kind != "percent" and (paired := _by_order(text, quantity, hits, opening, fitting)):
        return paired
    if behind := _behind(text, quantity, kind, change, hits, vocabulary, end, fitting):
        return behind
    for hit in hits[bisect_left(hits, opening, key=lambda h: h.start) : bisect_left(hits, quantity.number_start, key=lambda h: h.start)][::-1]:
        if hit.end > quantity.number_start:
            continue
        if kind == "count" and not quantity.unit and all(vocabulary.metrics[c.metric].unit is Unit.CURRENCY for c in hit.cues):
            return None  # "盈利从1000万增长到2000万": money that leaves its currency out
        if metric := fitting(hit):
            is_research = "研发" in clause + text[quantity.end : quantity.end + 6].partition("，")[0]
            if metric.name == "investment" and (is_research or (before is not None and before.metric.name == "rd_spend")):
                metric = vocabulary.metrics["rd_spend"]
            return Measure(metric, "before", hit.words)
    return _from_elsewhere(text, quantity, kind, change, hits, vocabulary, start, opening, fitting, before, carried)


def _by_order(text: str, quantity: Quantity, hits: Sequence[CueHit], opening: int, fitting: Best) -> Measure | None:
    """The metric of a number in a row behind a row of metrics: 营收/归母净利687/55亿元."""
    row = re.search(r"(?:\d[\d,.]*[万亿]*/)*$", text[opening : quantity.number_start])
    index = row[0].count("/") if row else 0
    begins = quantity.number_start - (len(row[0]) if row else 0)
    named = [h for h in hits if opening <= h.start and h.end <= begins]
    run = [h for h in named if "/" in (text[h.end : h.end + 1], text[h.start - 1 : h.start])]
    if len(run) < 2 or index >= len(run) or named[-1] is not run[-1]:
        return None
    metric = fitting(run[index])
    return Measure(metric, "before", run[index].words) if metric else None


def _speaks_of_none(clause: str, kind: str, change: Change) -> bool:
    """Whether the clause up to the number says that no metric is meant: orders, lay-offs, what one costs, an addition, a part of what isn't said."""
    if _NO_METRIC.search(clause) or (kind == "money" and _PER_PIECE.search(clause) and not _PRICED.search(clause)):
        return True
    if kind == "count":
        return bool(_ADDED.search(clause) and not re.search(r"专利|交付|出货", clause))
    return kind == "percent" and change.role == "level" and _PART_ONLY.fullmatch(clause) is not None


def _behind(
    text: str, quantity: Quantity, kind: str, change: Change, hits: Sequence[CueHit], vocabulary: Vocabulary, end: int, fitting: Best
) -> Measure | None:
    """The metric right behind the number: 1310万台的出货量, 50家门店, 2800万活跃用户, 95%以上为本地制造."""
    is_thing = kind == "count" and quantity.unit.partition("/")[0] not in ("unit", "phone", "vehicle", "")
    for hit in hits[bisect_left(hits, quantity.number_end, key=lambda h: h.start) :]:
        if hit.end > end or hit.start > quantity.end + 40:
            break
        gap, names = text[quantity.end : hit.start], {c.metric for c in hit.cues}
        if kind == "percent" and change.role == "level" and "local_production_share" in names and _MADE_HERE.match(gap):
            return Measure(vocabulary.metrics["local_production_share"], "attached", hit.words)
        is_word = is_thing and hit.start <= quantity.end and hit.end <= quantity.end + 8  # the count word itself: 名员工
        is_owned = kind == "count" and hit.start == quantity.end and not names.isdisjoint(("iot_devices", "installed_base", "users"))
        is_near = hit.start >= quantity.end and (_DIRECT if is_thing else _OF).match(gap) and any(c.role != "verb" for c in hit.cues)
        if (is_word or is_owned or is_near) and (metric := fitting(hit)):
            return Measure(metric, "attached", hit.words)
    return None


def _from_elsewhere(
    text: str,
    quantity: Quantity,
    kind: str,
    change: Change,
    hits: Sequence[CueHit],
    vocabulary: Vocabulary,
    start: int,
    opening: int,
    fitting: Best,
    before: Measure | None,
    carried: Measure | None,
) -> Measure | None:
    """For a clause without a metric's word: what the number before it measured, else the last word before it in the sentence."""
    if speaks_of_another(text, quantity, start, vocabulary):
        return None
    if _told_of_another(text, opening, start, hits, vocabulary):
        return None
    if before and before.metric.name == "market_share" and change.role == "change" and kind in ("percent", "ratio"):
        return Measure(vocabulary.metrics["shipments"], "sibling", before.words)  # a share grows by points, shipments by percent
    if kind == "count" and _HIRED.search(text[opening : quantity.start]) and quantity.unit in _NOUNS["hires"]:
        return Measure(vocabulary.metrics["hires"], "before", "招")
    if before and _goes_on(before.metric, kind, change, quantity):
        return Measure(before.metric, "sibling", before.words)
    for hit in reversed(hits):
        if start <= hit.start and hit.end <= opening and (metric := fitting(hit)) and not all(c.role == "verb" for c in hit.cues):
            return Measure(metric, "sentence", hit.words)
    if carried and kind in ("count", "percent") and (carried.metric.unit is Unit.UNITS or (carried.metric.unit is Unit.PERCENT and change.role != "change")):
        return Measure(carried.metric, "carried", carried.words) if _goes_on(carried.metric, kind, change, quantity) else None
    return None


def _has_a_share(text: str, quantity: Quantity, clause: str, before: Measure | None, hits: Sequence[CueHit], vocabulary: Vocabulary) -> bool:
    """Whether a bare percentage behind a maker's name or its shipments is its share: 苹果1260万台，占31.7%; 三星21%、苹果16%."""
    counts = before is not None and before.metric.name in ("shipments", "sales_units", "market_share")
    if counts and not clause and text[quantity.start - 1] in "（(":  # "出货1320万台（18.5%）"
        return True
    if counts and before is not None and before.metric.unit is Unit.UNITS and re.fullmatch(r"占(?:据|有|了)?(?:约|近|超过?|逾)?", clause):
        return True
    name = next((m for m in reversed(list(vocabulary.name_pattern.finditer(text, max(0, quantity.start - 16), quantity.start)))), None)
    is_listed = re.match(r"[、，；]", text[quantity.end : quantity.end + 1]) or text[name.start() - 1 : name.start()] in "、，；" if name else False
    is_counted = counts or any(c.metric in ("shipments", "sales_units", "market_share") for h in hits for c in h.cues if h.end <= quantity.start)
    return bool(name and is_counted and is_listed and not text[name.end() : quantity.start].strip())


def clause_start(text: str, quantity: Quantity, start: int) -> int:
    """Where the clause of a number begins: behind the last comma, bracket or sentence end before it."""
    return _clause_start(text, quantity.start, start)


def _clause_start(text: str, at: int, start: int) -> int:
    start = max(start, at - _CLAUSE)
    marks = [m for m in _COMMA.finditer(text, start, at) if m[0] not in "（(" or not re.search("[）)]", text[m.end() : at])]
    return max([start, *(m.end() for m in marks)])  # an aside in brackets that is closed begins no clause


def speaks_of_another(text: str, quantity: Quantity, start: int, vocabulary: Vocabulary) -> bool:
    """Whether the words before a number name something that is no metric: 现金储备1132亿元, 渗透率达30%."""
    return _names_another(text, clause_start(text, quantity, start), quantity.start, vocabulary)


_FIGURE = re.compile(r"\d[\d,.]*\s?[万亿]*(?:美元|元|港元|韩元|卢比|欧元|日元|台|部|家|辆|件|项|名|人|个百分点|%)")


def _told_of_another(text: str, opening: int, start: int, hits: Sequence[CueHit], vocabulary: Vocabulary) -> bool:
    """Whether the clause before states a figure of something else, so that 同比增长459% behind it is of that: 税前利润8.56亿美元."""
    first = _clause_start(text, opening - 1, start)
    figure = _FIGURE.search(text, first, opening)
    if figure is None or any(first <= h.start < figure.start() for h in hits):
        return False
    return _names_another(text, first, figure.start(), vocabulary)


def _names_another(text: str, opening: int, at: int, vocabulary: Vocabulary) -> bool:
    """Whether the words from `opening` to the number at `at` are more than names, times, goods and words of measure."""
    clause = _REASON.sub("", re.sub(r"[（(][^（()）]*[）)]", "", text[opening:at]))
    for begin, stop, _ in reversed(find_segments(text, opening, at, "goods")):
        clause = clause.replace(text[begin:stop], "")
    for pattern in (vocabulary.name_pattern, vocabulary.region_pattern, vocabulary.authority_pattern):
        clause = pattern.pattern.sub("", clause)
    return len(CJK.findall(_FILL.sub("", clause))) > 2


def _mix(text: str, quantity: Quantity, clause: str, end: int, vocabulary: Vocabulary) -> Measure | None:
    """A part of a company's own sales, staff or income: a channel's share where a channel is named, else no metric (marked by its name)."""
    behind = _MIX_BEHIND.match(text[quantity.end : end])
    if not (match := _OWN_MIX.search(clause)) or (match[0].startswith(("贡献", "带来", "占")) and "的" not in match[0] and not behind and not re.search(r"[收销员人总]", match[0])):
        return None
    is_sales = re.search(r"销量|出货|销售", match[0] + (behind[0] if behind else ""))
    metric = "channel_share" if is_sales and _CHANNEL.search(clause) else "margin"
    return Measure(vocabulary.metrics[metric], "attached", match[0])


def _counts(text: str, quantity: Quantity, opening: int, end: int, hits: Sequence[CueHit], vocabulary: Vocabulary) -> Best:
    """How a cue is read beside a count: by the count word, and for patents by the verb."""
    noun = quantity.unit.partition("/")[0]
    clause = text[opening : quantity.end] + _COMMA.split(text[quantity.end : min(end, quantity.end + 8)], maxsplit=1)[0]

    def fitting(hit: CueHit) -> MetricSpec | None:
        for cue in hit.cues:
            metric = vocabulary.metrics[cue.metric]
            if metric.name == "sales_units" and noun == "vehicle":
                metric = vocabulary.metrics["ev_deliveries"]
            if metric.name.startswith("patents_"):
                metric = vocabulary.metrics[name] if (name := _patents(clause, hit, cue)) else None  # type: ignore[assignment]
            if metric is None or (noun and noun not in _NOUNS.get(metric.name, ())):
                continue
            if metric.unit not in (Unit.UNITS, Unit.COUNT) or (cue.role == "verb" and metric.name in _NEEDS_NOUN):
                continue
            if metric.name == "hires" and cue.role == "noun":
                continue
            if metric.name == "employees" and _HIRED.search(clause):
                metric = vocabulary.metrics["hires"]
            if metric.name == "countries" and not any(c.metric == "countries" and c.role == "verb" for h in hits for c in h.cues):
                continue
            if metric.name == "ev_deliveries" and noun == "unit" and cue.role != "cue" and "交" not in hit.words:
                continue
            return metric
        return None

    return fitting


def _patents(clause: str, hit: CueHit, cue: Cue) -> str | None:
    """Filed or granted, by the word nearest to the number; a verb alone needs its patents."""
    if "专利" not in clause and cue.role == "verb":
        return None
    if "申请" in hit.words or "授权" in hit.words:
        return "patents_filed" if "申请" in hit.words else "patents_granted"
    if "专利" not in clause:
        return None
    filed, granted = clause.rfind("申请"), max(clause.rfind(w) for w in ("授权", "持有", "拥有", "获得", "有效"))
    if max(filed, granted) < 0:
        return None
    return "patents_filed" if filed > granted else "patents_granted"


def _goes_on(metric: MetricSpec, kind: str, change: Change, quantity: Quantity) -> bool:
    if kind == "money":
        return metric.unit is Unit.CURRENCY and metric.name != "price"
    if kind in ("percent", "ratio", "pp") and change.role == "change":
        return (metric.unit is Unit.PERCENT if kind == "pp" else metric.unit is not Unit.ORDINAL) and metric.name != "price"
    if kind in ("percent", "pp"):
        return metric.unit is Unit.PERCENT
    noun = quantity.unit.partition("/")[0]
    return kind == "count" and metric.unit in (Unit.UNITS, Unit.COUNT) and (noun in _NOUNS.get(metric.name, ()) or (not noun and quantity.value >= 1000))
