"""The Chinese names of businesses and goods, and which of them a number's clause is about.

    智能手机业务收入366亿元，毛利率12.1% → both of the phones' business        总营收888.9亿元 → of the company
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

_SUM = r"(?:收入|营收|销售收入|销售额|毛利率?|利润率?|经营利润|净利润|亏损|经营亏损|经营收益)"
_PART = r"(?:业务|分部|板块|部门|事业部)"

GOODS = (
    ("5G smartphones", r"5G(?:智能)?手机"),
    ("segment:foldables", r"折叠屏?(?:智能)?手机|折叠屏|折叠机"),
    ("ultra-premium smartphones", r"超高端(?:智能)?(?:手机|机型|市场)"),
    ("premium smartphones", r"高端(?:智能)?(?:手机|机型|市场|机)|高端价位"),
    ("feature phones", r"功能(?:手)?机"),
    ("tablets", r"平板(?:电脑)?"),
    ("wearable bands", r"(?:智能)?手环|腕带"),
    ("smartwatches", r"(?:智能)?手表"),
    ("wearables", r"可?穿戴(?:腕带)?(?:设备)?(?:市场)?|腕戴(?:设备)?"),
    ("smart speakers", r"智能音箱|音箱"),
    ("smart TVs", r"(?:智能)?电视(?:机)?"),
    ("segment:true wireless earbuds", r"TWS(?:耳机)?|真无线(?:蓝牙)?(?:立体声)?耳机|蓝牙耳机|耳机"),
    ("segment:PCs", r"个人电脑|笔记本(?:电脑)?|PC(?![A-Za-z])"),
    ("segment:air conditioners", r"空调"),
    ("segment:refrigerators", r"冰箱"),
    ("segment:washing machines", r"洗衣机"),
    ("segment:smart glasses", r"(?:智能|AI)眼镜"),
)
MONEY = (
    ("segment:smartphone x AIoT", r"手机\s?[×xX]\s?AIoT"),
    ("segment:smartphones", rf"(?:智能)?手机(?:{_PART}的?(?:总)?|(?=的?(?:总)?{_SUM}))"),
    ("segment:services", rf"互联网(?:增值)?服务|互联网{_PART}|服务{_PART}|(?<!项)服务(?=(?:总)?(?:收入|营收))"),
    ("segment:IoT", rf"A?IoT(?:与|和|及)(?:生活)?消费(?:类)?产品|A?IoT{_PART}|物联网{_PART}|A?IoT(?=的?{_SUM})|IoT平台"),
    ("segment:overseas", r"(?:境外|海外|国际)(?:市场|业务)?(?=的?(?:总)?(?:收入|营收|销售|业务|业绩))"),
    ("segment:EV", rf"(?:智能)?(?:电动|新能源)?汽车(?:及AI)?(?:等创新|及创新)?{_PART}|(?:智能)?电动汽车(?:及AI)?等?创新?业务|(?:智能)?(?:电动)?汽车(?=的?(?:收入|营收))|造车(?:业务)?"),
    ("segment:cloud", rf"(?:智能)?云(?:计算|服务|智能集团|业务)|云{_PART}|云(?=的?{_SUM})"),
    ("segment:consumer business", r"消费者业务|终端业务"),
    ("segment:carrier", r"运营商业务"),
    ("segment:ICT infrastructure", r"(?:ICT|信息通信)基础设施业务"),
    ("segment:intelligent automotive", r"智能汽车解决方案(?:业务)?"),
    ("segment:enterprise", r"企业业务"),
    ("segment:licensing", r"专利(?:许可|授权)?(?=的?(?:许可)?(?:收入|营收))|专利许可|许可(?=收入)"),
    ("segment:PCs", rf"(?:个人电脑|PC){_PART}"),
    ("segment:intelligent devices", r"智能设备业务(?:集团)?"),
    ("segment:infrastructure", r"基础设施方案业务(?:集团)?"),
    ("segment:solutions and services", r"方案服务业务(?:集团)?"),
    ("segment:semiconductors", rf"半导体{_PART}?|芯片{_PART}|存储{_PART}"),
    ("segment:mobile", rf"移动(?:体验|通信)?{_PART}"),
    ("segment:home appliances", rf"(?:智能)?大?家电(?:{_PART})?"),
    ("segment:wearables", rf"可穿戴{_PART}"),
    ("segment:iPhone", rf"iPhone(?:{_PART}|(?=的?{_SUM}))"),
    ("segment:Mac", rf"(?<![A-Za-z])Mac(?:{_PART}|(?=的?{_SUM}))"),
    ("segment:iPad", rf"(?<![A-Za-z])iPad(?:{_PART}|(?=的?{_SUM}))"),
    ("segment:advertising", rf"广告{_PART}?(?=的?(?:收入|营收))"),
)  # fmt: skip

_WHOLE = re.compile(r"总(?:营业)?(?:收入|营收|营业额)|集团|公司整体|整体|归母|全公司|合并")
_INHERITS = frozenset(("margin", "operating_profit", "gross_profit", "adjusted_net_profit"))
_COMMA = re.compile(r"[，。；！？\n]|,(?!\d)")


def is_inherited(text: str, stop: int, at: int, opening: int, metric: str, rule: str) -> bool:
    """Whether the business named in front, up to `stop`, is still spoken of by the number at `at`, whose clause begins at `opening`."""
    between = re.sub(r"占[^，。；]*", "", text[stop:at])  # "，占总收入的67.4%，" is said of the business
    if _WHOLE.search(between) or len(re.findall(r"收入|营收|销售额", between[:-1])) > 1:
        return False
    return stop > opening or rule in ("sibling", "sentence") or (metric in _INHERITS and len(_COMMA.findall(text, stop, at)) <= 2)
