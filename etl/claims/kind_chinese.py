"""Fact, aim or forecast in Chinese: 计划…, 全年目标…, 机构预测…, 公司预计…

A word of aim or foresight holds for the numbers behind it in its sentence, until a word says that something has been (已, 目前, 去年).
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.model import Kind

_AIM = re.compile(r"目标(?!价|股价|客户|用户|市场|人群|消费)|计划|力争|争取|拟(?!合|态)|承诺|规划|冲刺|冲击(?!波)|剑指|瞄准|希望|打算|确保|指引|定下|立志|挑战(?=\d|全年|年度)|预算")
_FORESIGHT = re.compile(
    r"预计|预测|预估|预期(?!相符|一致|的)|有望|料(?:将)?(?=达|增|降|升|下|同比|全年|今年)|或将|或(?=达|降|增|超)|(?<!即)将(?=达|会|增|降|升|超|突破|下|同比|超过|扩|提|从|由|在|投入|继续|保持|新|减|涨|回|于)|可能(?=达|增|降|升|超|下)|会(?=达到|超过|突破)"
)
_NO_FORESIGHT = re.compile(r"(?:超过?|超出|高于|低于|符合|好于|不及|优于|略超|远超|大超|达到)(?:了)?(?:市场|此前|分析师|机构|公司|外界|的)*$")
_DONE = re.compile(
    r"已经?(?!定|计划)|目前|截至|此前(?!预计|预测|计划)|去年(?!同期|底|末)|上年(?!同期)|前年|实际|最终|(?<!提前)(?:达成|完成)(?!后|[^，。]{0,14}目标)|录得|现有|同期为|总数(?=约|为|有|近|超|\d)"
)
_REACHED = re.compile(r"(?:完成|达成|实现|超额|超过|达到|突破|兑现)[^，。；]{0,10}$")
_AIM_BEHIND = re.compile(r"^[^，。；\d]{0,12}(?:目标|计划|指引)")
_MOVES = re.compile(r"[至到将增扩新再要开招拟并超]|突破|覆盖|建成|目标|预计|年底|前$")
_ADVERB = re.compile(r"(?:此前|还|也|则|方面|曾|今年|目前|集团|公司|内部|管理层|高层|官方|在[^，。]{1,10}[上中里])*")
_SELF = re.compile(r"(?:公司|集团|管理层|其|总裁|董事长|CEO|CFO|高管|财报|[)）])[^，。；\d]{0,4}$")


def kind_in_chinese(sentence: str, at: int, end: int, names: tuple[int, ...], *, is_company: bool, is_own: bool, by_other: bool, is_before: bool, is_stock: bool) -> tuple[Kind, str]:
    """Kind of the number at [at, end) of its sentence, and the word that tells it.

    `names`: where the names of companies and of their people end; `is_own`: a company is quoted; `by_other`: somebody else is;
    `is_before`: the level that something moved from, which has been unless it is an aim itself; `is_stock`: a level that holds at a point in time.
    """
    before, behind = sentence[:at], sentence[end:]
    beaten = re.search(r"(?:超额(?:完成|达成|实现)|超过|超出|高于|低于|未达|未能完成|不及|上调(?:了)?)[^，。；\d]{0,10}$", before) and _AIM_BEHIND.match(behind)
    if beaten and is_company:
        return Kind.TARGET, "目标"
    aim, foresight = _last(_AIM, before), _last(_FORESIGHT, before)
    if foresight and _NO_FORESIGHT.search(before[: foresight.start()]):
        foresight = None
    aim, foresight = (None if word and _is_over(sentence, word.end(), at) else word for word in (aim, foresight))
    if aim and is_stock and re.search("[，；]", before[aim.end() :]) and not _MOVES.search(re.split("[，；]", before)[-1]):
        aim = None  # "计划投资5亿美元，工厂年产能1.2亿部": a plan, and then how things stand
    if aim and _NO_FORESIGHT.search(before[: aim.start()]) and not foresight:
        aim = None
    if is_before and not (aim and "目标" in aim[0]):
        return Kind.ACTUAL, ""
    if foresight is None and aim is None:
        word = _AIM_BEHIND.match(behind)
        if word and is_company and not _REACHED.search(before):
            return Kind.TARGET, word[0].strip("的")
        return Kind.ACTUAL, ""
    if not is_company:
        return Kind.FORECAST, (foresight or aim or [""])[0]
    if aim and (foresight is None or foresight.start() < aim.start() or not by_other):
        return Kind.TARGET, aim[0]
    assert foresight is not None
    is_view = foresight[0] in ("预计", "预期", "预测", "预估")
    is_said = is_own or (is_view and (_SELF.search(before[: foresight.start()]) or any(name <= foresight.start() and _ADVERB.fullmatch(before, name, foresight.start()) for name in names)))
    is_plain_future = foresight[0] == "将" and not by_other
    return (Kind.TARGET if (is_said or is_plain_future) and not by_other else Kind.FORECAST), foresight[0]


def _is_over(sentence: str, start: int, at: int) -> bool:
    """Whether a word between the aim and the number says that this one has been reached."""
    return any(m.end() <= at for m in _DONE.finditer(sentence, start, at + 16))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
