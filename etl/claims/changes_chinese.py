"""Level or change in Chinese: 同比增长5%, 降幅为3%, 较去年同期的19%, 从12%升至15%, 42%的增幅.

The words of a change stand right before the number, with nothing but words of measure between (增长了近5%), or right behind it (5%的增长).
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

_UP = (
    r"增长率|增长|增加|增速|增幅|涨幅|升幅|上升|上涨|上扬|上调|上修|提升|提高|改善|攀升|飙升|跃升|回升|反弹|扩大|走高|[大猛激暴劲微小剧陡飙急狂]增|[大暴微急飙]涨|[大急飙微跳]升|"
    r"增|涨|升|高出|多出|(?<![最更])高(?!达)|(?<!最)多"
)
_DOWN = (
    r"负增长|下降|下滑|下跌|下挫|下调|下修|减少|降低|降幅|跌幅|减幅|缩水|萎缩|缩减|回落|滑落|收窄|衰退|骤减|[大微急暴猛小骤]降|[大微急暴猛小狂]跌|[大锐骤微]减|跳水|降|跌|减|(?<![至不最])少|(?<!最)低"
)
_FILL = r"(?:同比|环比|按年|按季|大幅|略微|小幅|幅度|率|幅|速|了|约|近|达到|达|超过|超|逾|高达|仅|只有|为|是|有|至少|接近|将近|大约|不到|不足|突破|[:：+~(（\s])*"
_LEFT = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP})){_FILL}[+\-−–~]?$")
_DELTA = re.compile(rf"(?:(?:{_DOWN})|(?:{_UP}))(?:了|约|近|超过|超|逾|大约|接近)*$")
_BARE_BASIS = re.compile(r"(?:同比|环比|按年|按季|年增率?|季增率?|[Yy][Oo][Yy]|[Qq][Oo][Qq])[约近逾超过为达\s:：]*[+\-−–±]?$")
_RIGHT = re.compile(
    r"^(?:以上|左右|多|余)?\s?的?(?:同比|环比|按年|年均|季度|平均|正)?(?:(?P<down>负增长|下降|下滑|下跌|跌幅|降幅|减幅|缩水|萎缩)|(?P<up>增长率|增长|增幅|增速|涨幅|升幅|提升))"
)
_TO = re.compile(
    rf"(?:(?:{_UP}|{_DOWN}|调整|扩展|扩充|扩张|恢复|发展|缩小|来|拉)?(?<!达)[至到](?:了)?|(?:{_UP}|{_DOWN})[为成])(?:约|近|超过|超|逾|高达|接近|将近|大约|不到|不足|历史新高的|创纪录的|\s|[^，。；、\d]{{0,2}}(?:新高|新低))*$"
)
_START = re.compile(r"(?:从(?!事|而)|(?<!自)由(?!于)|自(?=去年|上年|前年|\d|[今上前])(?!营|主|研|有))(?P<gap>[^，。；\d]*(?:\d{2,4}年)?(?:\d{1,2}月)?[^，。；\d]*)$")
_GOES = re.compile(rf"^(?:[^，。；、\d]{{0,10}}(?:[\d.]+(?:%|个百分点))?(?:至|到|成)|[，,]?(?:{_UP}|{_DOWN})(?:至|到|为)|[^，。；、\d%]{{0,4}}(?:{_UP}|{_DOWN}))")
_AGAINST = re.compile(
    r"(?:(?<![比])较|(?<![占同环对])比(?![亚如例重较])|低于|高于|不及|不如|相比(?:于)?|相较(?:于)?|对比|优于|逊于|好于|多于|少于)(?P<gap>[^，。；：%]*?)(?P<of>的|为|是|时)?$"
)
_POINT = re.compile(r"年|季|月|半|同期|此前|之前|原|先前|期")
_EARLIER = re.compile(r"(?:^|[，。；：（(、])(?:而|但|相比之下|其)?(?:去年|上年|上一年|前年|(?:19|20)\d\d年?)(?:的)?同期[^，。；\d]{0,9}$")
_ANY = re.compile(rf"(?P<down>{_DOWN})|(?P<up>{_UP})")
_HAN = re.compile(r"[\u4e00-\u9fff，。；：（）]")


def change_in_chinese(before: str, after: str, *, is_relative: bool) -> tuple[str, int, str] | None:
    """Role (level, change, before, delta), sign and words; None where no Chinese stands round the number.

    A `delta` is an amount by which something moved (增加500万台): no level, and no percentage of one.
    """
    if not _HAN.search(before[-14:]) and not _HAN.search(after[:4]):
        return None
    if (match := _START.search(before)) and _GOES.match(after) and not _ANY.search(match["gap"]) and "看" not in match["gap"]:
        return "before", 1, match[0]
    if _TO.search(before):
        return "level", 1, "to"
    if (match := _AGAINST.search(before)) and (match["of"] or not is_relative) and _POINT.search(match["gap"]) and not _ANY.search(match["gap"]):
        return "before", 1, match[0]
    if (match := _EARLIER.search(before)) and not _ANY.search(match[0]):
        return "before", 1, match[0].lstrip("，。；：（(、")
    if not is_relative:
        return ("delta", 1, match[0]) if (match := _DELTA.search(before)) else ("level", 1, "")
    if match := _RIGHT.match(after):
        return "change", -1 if match["down"] else 1, match[0]
    if match := _LEFT.search(before):
        return "change", -1 if match["down"] else 1, match[0].strip()
    if match := _BARE_BASIS.search(before):
        return "change", 1, match[0]
    return "level", 1, ""


_YOY = r"同比|(?i:yoy)|按年|年增|(?:较|比|与|相比|低于|高于)(?:去年|上年|上一年|前年|前一年|(?:19|20)\d\d年)|(?:去年|上年|上一年)同期"
_QOQ = r"环比|(?i:qoq)|按季|季增|(?:较|比|与|相比|低于|高于)(?:上一?个?季度?|前一?个?季度?|(?:今年)?第?[一二三]季度?)"
_BASIS = re.compile(rf"(?P<yoy>{_YOY})|(?P<qoq>{_QOQ})|(?P<since>上一?代|前代|前作)|(?P<multi>年均复合|复合年|年复合)")


def basis_in_chinese(before: str, after: str) -> tuple[str, str] | None:
    """Against what the change is said, and the word: the last one before the number, else one in the rest of its clause."""
    found = list(_BASIS.finditer(before)) or list(_BASIS.finditer(re.split("[，。；：、）]", after, maxsplit=1)[0]))[:1]
    return (str(found[-1].lastgroup), found[-1][0]) if found else None


def leads_to(text: str, start: int, end: int, number: int, number_end: int) -> bool:
    """Whether the time at [start, end) dates the level that something moved from: 从2022年的21.7%降至19.4%."""
    if not end <= number <= end + 8 or "的" not in text[end - 1 : number]:
        return False
    words = change_in_chinese(text[max(0, number - 40) : number], text[number_end : number_end + 30], is_relative=True)
    return words is not None and words[0] == "before"
