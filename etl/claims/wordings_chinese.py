"""Chinese quantities that are worded: ranks (排名第三, 位居榜首), tenths (两成), percents in words (百分之十五), doublings (翻番).

    "小米位列第四" → rank 4        "份额居首" → rank 1        "近七成" → 70 percent        "第二季度", "第三代", "前五大厂商" → no rank

An ordinal is a rank where a verb of ranking or the name of a market stands before it and no counted noun behind it.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from decimal import Decimal

from etl.claims.numerals_chinese import han_value
from etl.claims.scan import CJK
from etl.claims.spans import Quantity
from etl.model import Bound

_HAN = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "半": 5}
_NUMERAL = r"(?:十[一二三四五六七八九]|[一二三四五六七八九十]|\d{1,2})"
_RANKS = (
    r"排名|排行|排位|排在|排到|排至|位居|位列|位于|位次|位|名列|列居|分列|分居|并列|居于|居|列|处于|跻身|跃居|跃升|跃至|升至|升到|升为|上升至|上升到|晋升|降至|降到|跌至|跌到|滑落至|滑落到|滑至|退居|退至|"
    r"雄踞|高居|独占|占得|重回|重返|回到|回归|重夺|夺得|夺回|夺下|拿下|拿到|斩获|摘得|蝉联|稳居|稳坐|稳占|坐稳|坐上|保持|维持|守住|获得|取得|登上|首登|荣登|成为|做到|冲到|达到|占据|卫冕|问鼎"
)
_MARKET = r"全球|世界|国内|中国|全国|大陆|内地|印度|欧洲|非洲|拉美|东南亚|中东|北美|西欧|日本|韩国|美国|俄罗斯|印尼|巴西|市场|行业|业内|品牌|厂商|份额|销量|出货量?|年度|季度"
_NO_ORDER = (
    r"季|次|代|款|批|期|年|个|方|时间|步|台|部|件|家|轮|届|天|周|月|梯队|阵营|曲线|线|产能|工厂|财|颗|块|场|章|条|点|辆|份(?!额)|阶|集团|把(?!交椅)|套|座|间|站|页|集|版|股|产业|世界|[一二三四五六七八九十百千万亿\d]"
)
_MAKER = r"[^，。；、！？\d]{0,10}?(?:厂商|品牌|公司|企业|制造商|供应商|巨头|厂家|厂|玩家|手机商)"
_SIGNS = "".join(sorted({word[0] for word in f"{_RANKS}|{_MARKET}".split("|")})) + "第位列居夺获领登折拔前一二两三四五六七八九十百翻腰减"
_WORDED = re.compile(
    rf"""(?=[{_SIGNS}])(?:(?:(?P<verb>{_RANKS})(?P<gap>[^，。；：！？（(\d第]{{0,14}}?)|(?P<place>{_MARKET})|(?P<list>(?<=[、和与及]))|(?P<alone>(?<=[，、（(])(?=第.{{1,2}}(?:位|名)?(?:[，。；）)]|$)))|(?P<also>(?<=[\u4e00-\u9fffA-Za-z])(?=第[^，。；、！？）)]{{1,3}}(?:[，。；、！？）)]|$))))
         第(?P<rank>{_NUMERAL})(?:(?:位|名)(?!员工)|大(?={_MAKER})|(?!{_NO_ORDER}|大|位|名))
      |(?:(?P<first_verb>{_RANKS})(?P<first_gap>[^，。；：！？（(\d第]{{0,12}}?)(?P<first>之首|榜首|首位|头名|头把交椅|魁首|桂冠|冠军(?!联赛|杯)|龙头(?:地位|位置|宝座)?(?!企业|公司)|TOP\s?1(?!\d)))
      |(?:(?:位居|位列|居|夺得|获得|列)(?P<second>次席|亚军|次位)|(?P<runner>位?居次(?=[，。；、]|$)))
      |(?P<leads>(?<!离)居首|领跑(?!者)|夺冠|登顶|折桂|拔得头筹)
      |前(?P<top>{_NUMERAL})(?:名|大|位|强|席)?(?!季|个|月|年|天|周|期|半|款|代|[十百千万亿\d])
      |(?<![第完百十万亿\d])(?P<tenths>[一二两三四五六七八九])成(?P<more>[一二三四五六七八九半])?(?!立|为|本|功|长|员|果|交|都|就|熟|绩|型|品|片|套|效|新|分)
      |百分之(?P<percent>[零一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)
      |(?P<below>[二三四五六七八九十])分之(?P<above>[一二三四五六七八九])
      |(?P<double>翻(?:了)?(?:一)?番|翻倍|(?<=[增长加升高大多超近约了])一倍)|(?P<halved>腰斩|减半|折半))
    """,
    re.VERBOSE,
)
_COMPETES = re.compile(r"份额|市场|销量|出货|市占|排名|排行|榜|厂商|品牌|第[一二三四五]")
_ORDERED = re.compile(rf"第{_NUMERAL}(?!{_NO_ORDER})[^。！？]*$")
_BOUND_BEFORE = re.compile(r"(?:(?P<gt>超过|超|逾|至少|突破|高于|不低于)|(?P<lt>不到|不足|低于|最多|少于)|(?P<approx>接近|将近|大约|大概|近|约))$")
_BOUND_AFTER = re.compile(r"(?P<gt>以上|多)|(?P<approx>左右|上下)")


def find_chinese_wordings(text: str) -> list[Quantity]:
    """The worded quantities of the text, in their order; `前五` is kept as a trap, since it tells no place."""
    if not CJK.search(text):
        return []
    found = []
    for match in _WORDED.finditer(text):
        if (reading := _reading(text, match)) is not None:
            found.append(_quantity(text, match, *reading))
    return found


def _reading(text: str, match: re.Match[str]) -> tuple[Decimal, str, int, str | None] | None:
    """Value, unit, where the number begins, and why it is no quantity; None for what is no quantity at all."""
    if match["rank"]:
        if match["alone"] is not None and not _COMPETES.search(text[max(0, match.start() - 40) : match.start()]):
            return None
        reach = 8 if match["list"] is not None else 30 if match["also"] is not None else 0
        if reach and not _ORDERED.search(text[max(0, match.start() - reach) : match.start()]):
            return None  # "苹果第二" follows another place, else it's no place
        return Decimal(_count(match["rank"])), "rank", match.start("rank") - 1, None
    if match["second"] or match["runner"]:
        return Decimal(2), "rank", match.start("second" if match["second"] else "runner"), None
    if match["first"] or match["leads"]:
        group = "first" if match["first"] else "leads"
        if not _COMPETES.search(text[max(0, match.start() - 40) : match.end() + 16]):
            return None
        return Decimal(1), "rank", match.start(group), None
    if match["top"]:
        return Decimal(_count(match["top"])), "rank", match.start("top"), "name"
    if match["tenths"]:
        return Decimal(10 * _HAN[match["tenths"]] + _HAN.get(match["more"] or "", 0)), "percent", match.start(), None
    if match["percent"]:
        value = Decimal(match["percent"]) if match["percent"][0].isascii() else han_value(match["percent"])[0]
        return (value, "percent", match.start(), None) if value is not None else None
    if match["below"]:
        return Decimal(_HAN[match["above"]]) / _HAN[match["below"]], "fraction", match.start(), None
    return Decimal("0.5" if match["halved"] else "2"), "times", match.start(), None


def _quantity(text: str, match: re.Match[str], value: Decimal, unit: str, start: int, trap: str | None) -> Quantity:
    end, bound, lead, first = match.end(), Bound.EXACT, "", start
    if unit != "rank":
        if before := _BOUND_BEFORE.search(text[max(0, start - 4) : start]):
            bound, lead, first = Bound(str(before.lastgroup)), before[0], start - len(before[0])
        elif after := _BOUND_AFTER.match(text, end):
            bound, lead = Bound(str(after.lastgroup)), after[0]
    step = {"percent": Decimal("0.5"), "times": Decimal("0.05"), "fraction": Decimal("0.05")}.get(unit, Decimal(0))
    return Quantity(
        start=first, end=end, number_start=start, number_end=end, value=value, high=None, unit=unit, currency=None, per=None, bound=bound,
        rounding=step * (2 if bound is Bound.APPROX else 1), alt=None, is_price_like=False, trap=trap, elided=False, lead=lead,
    )  # fmt: skip


def _count(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    return 10 + _HAN[numeral[1]] if len(numeral) == 2 else _HAN[numeral]
