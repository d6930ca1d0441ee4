"""The same in Chinese: 2018年第三季度, 去年同期, 上半年, 年底."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from etl.claims.calendars import month_end, months, quarter, quarter_of, years_before
from etl.claims.timewords import HAN, Days, Reading, Scene, begun, rule
from etl.model import Basis, Nature

_HAN_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<rel>今年|去年|前年|明年|本年|上年))"


def _han_year(scene: Scene) -> int | None:
    if scene.match["year"]:
        return int(scene.match["year"])
    if not scene.match["rel"] or scene.published is None:
        return None
    return scene.published.year + {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}[scene.match["rel"]]


@rule(
    "季",
    "半年",
    re.compile(r"q[1-4](?=[\u4e00-\u9fff]|\n?\Z)"),
    pattern=rf"{_HAN_YEAR}?(?:第?(?P<q>[一二三四1-4])季度?(?!军|末)|Q(?P<q2>[1-4])(?=[\u4e00-\u9fff]|$)|(?P<half>上半年"
    rf"|下半年)|前(?P<three>[二两三])个?季度|第?首季)",
)
def _han_quarter(scene: Scene) -> Reading | None:
    m = scene.match
    if m["half"]:
        shape: Callable[[int], Days] = lambda y: months(y, 1 if m["half"] == "上半年" else 7, 6)  # noqa: E731
    elif m["three"]:
        shape = lambda y: months(y, 1, 9 if m["three"] == "三" else 6)  # noqa: E731
    else:
        number = HAN[m["q"] or m["q2"] or "首"]
        shape = lambda y: quarter(y, number)  # noqa: E731
    year = _han_year(scene)
    how = "absolute" if m["year"] else "relative"
    return Reading(days=shape(year) if year else begun(shape, scene), how=how)


@rule(
    "年",
    "月",
    pattern=rf"{_HAN_YEAR}(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[12]\d|3[01]|0?[1-9])[日号])?)?(?P<end>[年月]?底"
    rf"|末)?(?!同期)|(?<!\d)(?P<month2>1[0-2]|0?[1-9])月(?P<day2>[12]\d|3[01]|0?[1-9])[日号]",
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
    return Reading(days=days, how=how, basis=Basis.YOY if m["rel"] in ("去年", "上年") else None)


@rule(
    "年",
    "季",
    "月",
    pattern=r"(?:去年|上年|上一年)(?:的)?(?:同期|同一时期)|(?P<before>上一?个?季度|上季)|(?P<now>本季度?)|(?P<month>上个?月)|(?P<this>本月"
    r"|这个月)|(?P<end>年底)",
)
def _han_relative(scene: Scene) -> Reading | None:
    m, published = scene.match, scene.published
    if published is None:
        return Reading(days=None, how="relative", is_comparison="同" in m.group(), basis=Basis.YOY if "同" in m.group() else None)
    if m["before"] or m["now"]:
        return Reading(
            days=quarter(published.year, quarter_of(published) - bool(m["before"])),
            how="relative",
            basis=Basis.QOQ if m["before"] else None,
        )
    if m["month"] or m["this"]:
        return Reading(days=months(published.year, published.month - bool(m["month"]), 1), how="relative")
    if m["end"]:
        last = date(published.year, 12, 31)
        return Reading(days=(last, last), how="relative", nature=Nature.ASOF)
    days = years_before(scene.anchor, 1) if scene.anchor else months(published.year - 1, 1, 12)
    return Reading(days=days, how="relative", is_comparison=True, basis=Basis.YOY)
