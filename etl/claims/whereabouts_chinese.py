"""Which business or goods a Chinese figure is about: named in its clause or right behind it, else by the clauses before."""

from __future__ import annotations

import re

from etl.claims.compose import Draft
from etl.claims.measure_chinese import clause_start
from etl.claims.segments import find_segments
from etl.claims.segments_chinese import is_inherited
from etl.claims.state import State
from etl.model import Unit

_SENTENCE = 600  # characters looked through before a number
_RESEARCHERS = re.compile(r"研发(?:人员|团队|工程师)")
_CARS = re.compile(r"汽车|整车|新车|交付|车型")
_SUM = re.compile(r"收入|营收|利润|亏损|毛利")
_OWN_INCOME = re.compile(
    r"(?<![\u4e00-\u9fff])(?!公司|集团|实现|录得|当期|当季|整体|总|季度)([\u4e00-\u9fff]{2,4}?(?=(?:业务)?(?:收入|营收))|[\u4e00-\u9fff]{5,10}?(?=业务|分部|板块))(?:业务|分部|板块)?(?:收入|营收)[约近超为达到]*$"
)
_ONLY_INCOME = re.compile(r"(?:收入|营收)[约近超为达到]*")


def segment_in_chinese(text: str, draft: Draft, state: State, start: int, paragraph: int) -> tuple[str, str]:
    """The segment and what gave it. `start`: where the figure's sentence begins."""
    metric, quantity = draft.metric, draft.quantity
    start = max(start, quantity.start - _SENTENCE)
    opening = clause_start(text, quantity, start)
    behind = text[quantity.end : quantity.end + 8].partition("，")[0]
    if metric.name == "employees" and _RESEARCHERS.search(text[opening : quantity.end] + behind):
        return "segment:R&D", "named: 研发"
    if metric.name == "rank" and "专利" in text[opening : quantity.start]:
        return "segment:patents", "named: 专利"
    if (metric.unit is Unit.CURRENCY and metric.name != "asp") or metric.name == "margin":
        return _business(text, draft, state, start, opening, paragraph)
    if metric.segment != "smartphones":
        return metric.segment, "default"
    channel = find_segments(text, opening, quantity.end, "channel")
    if channel and metric.name in ("channel_share", "market_share", "rank"):
        return channel[-1][2], f"named: {text[channel[-1][0] : channel[-1][1]]}"
    return _goods(text, draft, state, start, opening)


def _business(text: str, draft: Draft, state: State, start: int, opening: int, paragraph: int) -> tuple[str, str]:
    """Of money: the business named last, if it is still spoken of; the one that 该业务 points back to."""
    metric, at = draft.metric, draft.quantity.start
    found = find_segments(text, start, at, "money")
    is_only = bool(found) and not _SUM.search(text, start, found[0][0])  # nothing was said of the whole company before
    name = "operating_profit" if metric.name == "net_profit" and is_only else metric.name
    named = [s for s in found if is_inherited(text, s[1], at, opening, name, draft.measure.rule)]
    if named:
        state.money, state.money_paragraph = named[-1][2], paragraph
        return named[-1][2], f"named: {text[named[-1][0] : named[-1][1]]}"
    own = _OWN_INCOME.search(text, opening, at)
    if found and own and metric.name == "revenue" and not re.search("[区国洲]$|市场$", own[1]):  # 互联网服务收入59亿元，游戏收入10亿元
        return f"segment:{own[1]}", f"named: {own[0]}"
    goods = find_segments(text, start, start + 8, "goods")
    if metric.name == "revenue" and goods and _ONLY_INCOME.fullmatch(text, opening, at):  # 智能手机销量3210万部，收入323亿元
        return f"segment:{goods[0][2].removeprefix('segment:')}", f"named: {text[goods[0][0] : goods[0][1]]}"
    if state.money and re.search(r"该(?:业务|分部|板块|部门)", text[start:at]):
        return state.money, "pointed back"
    return metric.segment, "default"


def _goods(text: str, draft: Draft, state: State, start: int, opening: int) -> tuple[str, str]:
    """Of devices: the goods named in the clause, right behind the number, or before in the sentence."""
    quantity = draft.quantity
    behind = find_segments(text, quantity.number_end, quantity.end + 10, "goods")
    near = tuple(s for s in behind if not re.search(r"[，。；、\n]", text[quantity.end : s[0]]))
    for goods in (find_segments(text, opening, quantity.start, "goods"), near, find_segments(text, start, quantity.start, "goods")):
        if goods:
            return goods[-1][2], f"named: {text[goods[-1][0] : goods[-1][1]]}"
    if quantity.unit == "vehicle":
        return "segment:EV", "counted: 辆"
    if draft.metric.name in ("production", "production_capacity") and (cars := _CARS.search(text, *draft.sentence)):
        return "segment:EV", f"named: {cars[0]}"
    if state.goods and state.goods != "smartphones":
        return state.goods, "topic"
    return draft.metric.segment, "default"
