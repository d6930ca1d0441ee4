"""The same in Chinese: 2018年第三季度, 去年同期, 上半年, 年底, 十月份, 1—9月, 全年, 未来五年, 2025/26财年第三财季, 截至9月30日止九个月."""

# ruff: noqa: E501 (a pattern's line is one group)

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from etl.claims.calendars import fiscal_quarter, fiscal_start, fiscal_year, month_end, months, quarter, quarter_of, years_before
from etl.claims.timewords import HAN, Days, Reading, Scene, begun, rule
from etl.model import Basis, Nature

_HAN_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年度?(?:的)?|(?P<rel>今年|去年|前年|明年|本年|上年)(?:的)?)"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_AHEAD = re.compile(r"目标|预计|预期|预测|有望|计划|力争|争取|将|拟|冲刺|冲击|指引|明年|规划")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"十": 10, "两": 2}


def _number(printed: str) -> int:
    """A small number in digits or Chinese numerals, up to 99."""
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def _clause(scene: Scene) -> str:
    """The rest of the sentence round the expression, up to 40 characters on either side."""
    start, end = scene.match.span()
    before = re.split(r"[。！？；\n]", scene.text[max(0, start - 40) : start])[-1]
    return before + re.split(r"[。！？；\n]", scene.text[end : end + 40], maxsplit=1)[0]


def _latest(month: int, scene: Scene) -> int | None:
    """The year of a month that is named without one: the anchor's if it lies in it, else the latest that has begun."""
    if scene.published is None:
        return None
    ahead = month > scene.published.month and not _AHEAD.search(_clause(scene))
    return scene.published.year - ahead


def _han_year(scene: Scene) -> int | None:
    if scene.match["year"]:
        return int(scene.match["year"])
    if not scene.match["rel"] or scene.published is None:
        return None
    return scene.published.year + {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}[scene.match["rel"]]


@rule(
    "季",
    "半年",
    "半财年",
    re.compile(r"[qh][1-4](?![0-9a-z])"),
    pattern=rf"(?=[\dQH第一二三四上下前首今去明本季])(?:{_HAN_YEAR}|(?<![\d.])(?P<short>(?:20)?[12]\d)(?=[QH][1-4](?!\d)))?(?:第?(?P<q>[一二三四1-4])个?季度?(?P<end>末)?(?!军)|Q(?P<q2>[1-4])(?=[\u4e00-\u9fff\s，。；：、（）)]|$)|(?P<half>上半年|下半年|上半财年|下半财年)(?P<end2>末)?"
    rf"|[前首](?P<three>[二两三])个?季度?|第?首个?季度?|H(?P<half2>[12])(?![A-Za-z0-9]))(?!连)",
)
def _han_quarter(scene: Scene) -> Reading | None:
    m = scene.match
    if not m["year"] and not m["rel"] and re.search(r"连续(?:第|\d|[一二三四五六七八九十])*$", scene.before(6)):
        return None  # "for the fifth quarter in a row"
    if m["half"] or m["half2"]:
        is_first = (m["half"] or "上")[0] == "上" and m["half2"] != "2"
        shape: Callable[[int], Days] = lambda y: months(y, 1 if is_first else 7, 6)  # noqa: E731
    elif m["three"]:
        shape = lambda y: months(y, 1, 9 if m["three"] == "三" else 6)  # noqa: E731
    else:
        number = HAN[m["q"] or m["q2"] or "首"]
        shape = lambda y: quarter(y, number)  # noqa: E731
    year = int(m["short"]) % 100 + 2000 if m["short"] else _han_year(scene)
    how = "absolute" if m["year"] or m["short"] else "relative"
    days = shape(year) if year else _near(shape, scene)
    if days and (m["end"] or m["end2"]):
        return Reading(days=(days[1], days[1]), how=how, nature=Nature.ASOF)
    return Reading(days=days, how=how)


def _near(shape: Callable[[int], Days], scene: Scene) -> Days | None:
    """A quarter or half without a year: of the year spoken of, if it had begun by publication, else the latest that has begun."""
    if scene.published and _AHEAD.search(scene.before(12).rpartition("。")[2]) and not scene.anchor:
        latest = begun(shape, scene)  # "预计前三季度营收…" of October is of this year, "预计四季度…" of August too
        if latest and (scene.published - latest[1]).days > 150:
            return next((d for d in map(shape, (scene.published.year, scene.published.year + 1)) if d[1] >= scene.published), None)
        return latest
    if scene.anchor and scene.published and 300 < (scene.anchor[1] - scene.anchor[0]).days < 370 and scene.published.year - scene.anchor[0].year in (0, 1):
        days = shape(scene.anchor[0].year)
        return days if days[0] <= scene.published else begun(shape, scene)
    return begun(shape, scene)


@rule(
    "年",
    "月",
    pattern=rf"{_HAN_YEAR}(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号])?)?(?P<end>[年月]?[底末])?(?!同期|以来)|(?<!\d)(?P<month2>1[0-2]|0?[1-9])月(?P<day2>[12]\d|3[01]|0?[1-9])[日号]",
)
def _han_date(scene: Scene) -> Reading | None:
    m = scene.match
    month, number = m["month"] or m["month2"], m["day"] or m["day2"]
    year = _han_year(scene)
    how = "absolute" if m["year"] else "relative"
    if year is None and scene.published:
        year = scene.published.year - (int(month or 1) > scene.published.month)
    if year is None:
        return Reading(days=None, how="relative")
    if number:
        only = date(year, int(month), int(number))
        return Reading(days=(only, only), how=how)
    if m["end"]:
        last = month_end(year, int(month or 12))
        return Reading(days=(last, last), how=how, nature=Nature.ASOF)
    days = months(year, int(month), 1) if month else months(year, 1, 12)
    return Reading(days=days, how=how, basis=Basis.YOY if m["rel"] in ("去年", "上年", "前年") else None)


@rule(
    "年",
    "季",
    "月",
    pattern=r"(?:去年|上年|上一年)(?:的)?(?:同期|同一时期)|(?P<before>上一?个?季度|上季)|(?P<now>本季度?(?!报))|(?P<month>上个?月)|(?P<this>本月"
    r"|这个月)|(?P<end>(?<!去)年[底末](?!前两))|(?P<ago>(?:前一|此前一)年|一年前)",
)
def _han_relative(scene: Scene) -> Reading | None:
    m, published = scene.match, scene.published
    if published is None:
        return Reading(days=None, how="relative", is_comparison="同" in m.group(), basis=Basis.YOY if "同" in m.group() else None)
    if m["now"] and not _AHEAD.search(_clause(scene)):  # in a report the quarter reported on
        is_quarter = scene.anchor is not None and 80 < (scene.anchor[1] - scene.anchor[0]).days < 100
        return Reading(days=scene.anchor, how="relative") if is_quarter else None
    if m["before"] or m["now"]:
        return Reading(
            days=quarter(published.year, quarter_of(published) - bool(m["before"])),
            how="relative",
            basis=Basis.QOQ if m["before"] else None,
        )
    if m["ago"]:
        days = years_before(scene.anchor, 1) if scene.anchor else months(published.year - 1, 1, 12)
        return Reading(days=days, how="relative", basis=Basis.YOY)
    if m["month"] or m["this"]:
        return Reading(days=months(published.year, published.month - bool(m["month"]), 1), how="relative")
    if m["end"]:
        is_over = re.search(r"截[至止](?:到)?$", scene.before(4)) is not None and published.month < 12
        last = date(published.year - is_over, 12, 31)
        return Reading(days=(last, last), how="relative", nature=Nature.ASOF)
    days = years_before(scene.anchor, 1) if scene.anchor else months(published.year - 1, 1, 12)
    return Reading(days=days, how="relative", is_comparison=True, basis=Basis.YOY)


@rule("月", pattern=rf"(?:(?<![\d年/.\-])(?=\d)|(?<![年一二三四五六七八九十第])(?=[一二三四五六七八九十]))(?P<month>{_MONTH})月(?:份)?(?![\d一二三四五六七八九十]|[日号活均销产]|[—–\-~至到])(?P<end>[底末])?")
def _bare_month(scene: Scene) -> Reading | None:
    month = _number(scene.match["month"])
    year = _latest(month, scene)
    if year is None:
        return Reading(days=None, how="relative")
    days = months(year, month, 1)
    if scene.match["end"]:
        return Reading(days=(days[1], days[1]), how="relative", nature=Nature.ASOF)
    return Reading(days=days, how="relative")


@rule(
    "月",
    pattern=rf"{_HAN_YEAR}?(?:(?<!\d)(?P<one>{_MONTH})月?(?:份)?[ ]?(?:[—–\-~～]{{1,2}}|至|到)[ ]?(?:(?:19|20)\d\d年)?(?P<two>{_MONTH})月(?:份)?(?![\d日号])|[前首](?P<count>1[0-1]|[2-9]|十一?|[二两三四五六七八九])个?月)",
)
def _month_range(scene: Scene) -> Reading | None:
    m = scene.match
    first, last = (1, _number(m["count"])) if m["count"] else (_number(m["one"]), _number(m["two"]))
    if not 1 <= first < last <= 12:
        return None
    year = _han_year(scene) or _latest(last, scene)
    if year is None:
        return Reading(days=None, how="relative")
    return Reading(days=months(year, first, last - first + 1), how="absolute" if m["year"] else "relative")


@rule("全年", "整年", "年度", "年内", pattern=r"(?<![\d年半上财报本])(?:(?P<whole>全年|整年)|(?P<yearly>年度)(?!报告|业绩|旗舰|盛典|人物|最)|(?P<within>年内))")
def _whole_year(scene: Scene) -> Reading | None:
    if scene.published is None:
        return Reading(days=None, how="relative")
    clause = _clause(scene)
    year = scene.published.year
    if not scene.match["within"] and not _AHEAD.search(clause):
        if scene.anchor:
            year = scene.anchor[0].year
        elif scene.published.month <= 4:
            year -= 1
    elif scene.published.month == 1 and not scene.match["within"] and re.search(r"完成|达成|实现了|超额", clause):
        year -= 1
    return Reading(days=months(year, 1, 12), how="relative")


_TOLD_OF_YEARS = re.compile(r"交付|出货|营收|收入|净利|归母|经调整|全年|目标|销量|研发|毛利|利润")


@rule(
    "年",
    pattern=r"(?P<way>未来|今后|接下来|过去|近|最近)?(?P<count>[二两三四五六七八九十]|\d{1,2})年(?P<within>内|之内|时间内|间)?(?!前|后|来|多|以|度|级|期|\d)",
)
def _years(scene: Scene) -> Reading | None:
    """未来五年, 三年内, 过去两年: so many whole years from the month of publication, or before it."""
    m, published = scene.match, scene.published
    if m["count"].isdigit() and int(m["count"]) > 9 and not m["way"] and not m["within"] and _TOLD_OF_YEARS.match(scene.text, m.end()):
        return Reading(days=months(2000 + int(m["count"]), 1, 12))  # 25年交付目标: a year in two digits, as brokers write it
    if not m["way"] and m["within"] not in ("内", "之内", "时间内"):
        return None
    if published is None:
        return Reading(days=None, how="relative")
    count = _number(m["count"])
    if not 1 < count <= 20:
        return None
    if m["way"] in ("过去", "近", "最近"):
        return Reading(days=months(published.year - count, 1, 12 * count), how="relative")
    return Reading(days=months(published.year, published.month, 12 * count), how="relative")


@rule(
    "财年",
    "财季",
    "财政",
    pattern=r"(?:(?P<one>20\d\d|\d\d)(?:[/-](?P<two>20\d\d|\d\d))?(?:财年|财政年度)(?:的)?|(?P<this>本财年|上财年))?(?:第?(?P<q>[一二三四1-4])(?:财季|财政季度)|(?<=财年)第?(?P<q3>[一二三四1-4])季度?|(?P<alone>(?<=财年)))(?P<half>上半财?年|下半财?年)?",
)
def _fiscal(scene: Scene) -> Reading | None:
    """A fiscal year is named after the calendar year in which it ends; 2025/26财年 names both."""
    m, published = scene.match, scene.published
    if not (m["q"] or m["one"] or m["this"]):
        return None
    first = fiscal_start(scene.text, m.start(), m.end())
    number = HAN[m["q"] or m["q3"]] if m["q"] or m["q3"] else None
    if m["two"] or m["one"]:
        year = int(m["two"] or m["one"]) % 100 + 2000
    elif published is None:
        return Reading(days=None, how="fiscal")
    elif number is None:
        year = published.year + (published.month >= first > 1) - (m["this"] == "上财年")
    else:
        year = next(y for y in range(published.year + 2, published.year - 3, -1) if fiscal_quarter(y, number, first)[1] <= published)
    if number is not None:
        return Reading(days=fiscal_quarter(year, number, first), how="fiscal")
    days = fiscal_year(year, first)
    if m["half"]:
        days = months(days[0].year, days[0].month + (6 if m["half"][0] == "下" else 0), 6)
    return Reading(days=days, how="fiscal")


@rule(
    "截至",
    "截止",
    "月底",
    "止",
    "季度",
    "个月",
    "半年",
    "年度",
    "财年",
    "一年",
    pattern=rf"(?:截至|截止)?(?:{_HAN_YEAR})?(?P<month>{_MONTH})月(?:(?:(?P<day>[123]?\d|[一二三十]{{1,3}})日|[底末])(?:止)?的?|(?=季度))(?:(?P<count>[三六九369]|十二|12)个月|(?P<q>季度|三个月)|(?P<half>半年|半年度)|(?P<whole>年度|财年|财政年度|一年))",
)
def _ended(scene: Scene) -> Reading | None:
    """截至9月30日止九个月: the stretch that ends with that month."""
    m = scene.match
    month = _number(m["month"])
    year = _han_year(scene) or _latest(month, scene)
    if year is None:
        return Reading(days=None, how="relative")
    count = _number(m["count"]) if m["count"] else 3 if m["q"] else 6 if m["half"] else 12
    return Reading(days=months(year, month - count + 1, count), how="absolute" if m["year"] else "relative")


@rule("以来", "至今", "迄今", pattern=r"(?:今年|年初)(?:以来|至今|迄今)|(?P<since>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:以来|至今)")
def _since(scene: Scene) -> Reading | None:
    published = scene.published
    if published is None:
        return Reading(days=None, how="relative")
    first = date(int(scene.match["since"]) if scene.match["since"] else published.year, 1, 1)
    return Reading(days=(first, month_end(published.year, published.month)), how="relative", nature=Nature.CUM)
