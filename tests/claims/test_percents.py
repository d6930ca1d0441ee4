"""Percents and multiples that are no figure of a business keep their name; those that are stay."""

from __future__ import annotations

import pytest

from etl.claims.quantities import find_quantities

CASES = """
market_move | Shares of the chain closed up 2.7 percent in Madrid.
market_move | The stock has gained 41 percent since spring and is dear.
market_move | The Nikkei 225 fell 1.4%.
market_move | The offshore yuan weakened 0.3 percent.
market_move | Copper futures on the exchange slid as much as 2%.
market_move | The retailer lost 3.1 percent in after-hours trading.
market_move | 公司股价上涨5%。
valuation | The stock trades at 27.5 times forward earnings.
stake | The fund took a 14% stake in the lender.
stake | It raised its stake to 11 percent.
stake | It bought back 3% of its stock.
coupon | Its 4.75 percent bonds due 2031 were sold.
levy | Parts face a 20% duty from May.
levy | Earbuds are 30% off this week.
benchmark | The new chip is 35 percent faster.
survey | Some 64 percent of respondents want a bigger battery.
survey | A poll found that 58% of young adults said no.
economy | The ten-year yield rose to 3.4 percent.
economy | The central bank kept its key rate at 5 percent.
None | Shipments rose 12 percent.
None | Its market share was 17 percent.
None | Smartphone sales were up 9% in London.
None | Their shares of the market were 20 and 17 percent.
None | It closed the quarter with 6 percent more revenue.
None | Revenue of its stock photo arm grew; phone sales fell 8 percent.
None | Oil and phone shipments rose 4 percent.
None | 80% of its users are in Asia.
None | Sales were 3 times last year's sales.
"""


@pytest.mark.parametrize("case", [line.split(" | ") for line in CASES.strip().splitlines()], ids=lambda case: case[1])
def test_a_percent_of_no_business_keeps_its_name(case: list[str]) -> None:
    """What speaks of a stock, a stake, a duty … is named so; growth, shares and parts are not."""
    name, text = case
    found = [q for q in find_quantities(text) if q.unit in ("percent", "times")]
    assert found
    assert {str(q.trap) for q in found} == {name}
