"""Chinese: what is read from sentences of our own, and where a word nearby misleads. A case is a few lines in golden/chinese.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from etl.model import Claim

Read = Callable[..., list[Claim]]
GOLDEN = Path(__file__).parent / "golden" / "chinese.txt"


def cases() -> Iterator[tuple[str, str, list[str]]]:
    """Each text with its day and the lines of its figures."""
    day, text, figures = "", "", list[str]()
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            figures.append(line.strip())
        elif line and not line.startswith("#"):
            if text:
                yield day, text, figures
            (day, _, text), figures = line.partition(" "), []
    yield day, text, figures


def told(claim: Claim) -> str:
    """A claim as golden/chinese.txt writes it."""
    high = f"..{plain(claim.amount_high)}" if claim.amount_high is not None else ""
    amount = f"{plain(claim.amount)}{high} {claim.currency or claim.unit.value}"
    period = claim.period.label if claim.period else "-"
    parts = (claim.printed, claim.company, claim.metric, claim.segment, amount, period, claim.region, claim.basis.value, claim.kind.value)
    return " | ".join(map(str, parts))


def plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


@pytest.mark.parametrize(("day", "text", "figures"), [pytest.param(*case, id=case[1][:24]) for case in cases()])
def test_every_figure_of_the_sentence_and_no_other(read: Read, day: str, text: str, figures: list[str]) -> None:
    """All that belongs to each figure is as written down, and nothing else is claimed."""
    assert [told(claim) for claim in read(text.replace("\\n", "\n"), day)] == figures


@pytest.mark.parametrize(
    "text",
    [
        "小米SU7上市24小时大定88898台，锁单量超过4万台。",
        "小米裁员900多人，占员工总数近3%。",
        "小米手机新品开售5分钟，直播间观看人数超过500万。",
        "小米集团现金储备1132亿元，存货385亿元。",
        "小米第三代折叠屏、第二条产线和第一季度的第五次发布会。",
        "小米印度被冻结55.5亿卢比资金。",
        "小米在全球49个市场份额位列前三，进入全球前五。",
        "小米出货量同比增加500万台，营收增加20亿元。",
        "印度是小米的第二大市场，也是全球第二大智能手机市场。",
        "小米平板配1.2万毫安时电池，屏幕14英寸，工厂占地58亩。",
    ],
)
def test_orders_lay_offs_additions_and_ordinals_are_no_figures(read: Read, text: str) -> None:
    """What is ordered, laid off, watched, held in cash or added is no metric's level, and not each ordinal is a rank."""
    assert [(c.metric, c.printed) for c in read(text, "2024-08-21")] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("小米预计2025年汽车交付35万辆。", "target"),
        ("机构预计小米2025年汽车交付35万辆。", "forecast"),
        ("小米2025年汽车交付量有望达到35万辆。", "forecast"),
        ("小米今年的目标是交付35万辆汽车。", "target"),
        ("小米2024年汽车交付13.5万辆，完成了全年目标。", "actual"),
        ("高盛上调小米目标价，预计其2025年交付35万辆汽车。", "forecast"),
    ],
)
def test_who_foresees_tells_aim_from_forecast(read: Read, text: str, kind: str) -> None:
    """A company's own view is its target, anybody else's a forecast, and a 目标价 is nobody's aim."""
    assert [c.kind.value for c in read(text, "2025-03-01")] == [kind]


def test_a_latin_name_needs_no_blank_beside_chinese(read: Read) -> None:
    """`vivo出货量`, `和OPPO的` and `SU7十月份`: a name ends where its letters end."""
    (claim,) = read("2023年vivo出货量为8700万台。")
    assert (claim.company, claim.amount) == ("vivo", 87_000_000)
    (claim,) = read("小米SU7十月份交付量突破20000辆。", "2024-10-31")
    assert (claim.segment, claim.period and claim.period.label) == ("product:小米SU7", "2024-10")


def test_what_is_compared_with_keeps_its_own_number_only(read: Read) -> None:
    """`超过特斯拉的252亿美元` is Tesla's; the clause behind it is again about the one that overtook."""
    text = "比亚迪三季度营收2011亿元，首次超过特斯拉的252亿美元，净利润116亿元。"
    assert [(c.company, c.metric) for c in read(text, "2024-10-29")] == [("BYD", "revenue"), ("Tesla", "revenue"), ("BYD", "net_profit")]
