"""Where a figure holds, and which goods or part of a business it is of."""

# ruff: noqa: E501 (a text is one line)

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.model import Claim

Read = Callable[..., list[Claim]]

REGIONS = [
    # the clause's own place
    ("Oppo sold 9 million phones last year, and Latin America, where it is young, took a tenth of them.", "", "9 million", "GLOBAL"),
    ("Vivo's shipments slid to 20 million from 24 million, and Honor overtook it at home.", "", "24 million", "GLOBAL"),
    ("Realme shipped 7 million phones as buyers in Egypt turned to cheaper ones.", "Realme's quarter", "7 million", "GLOBAL"),
    ("Xiaomi has a 17% market share in Kenya, with Samsung on 21% and Oppo in third place on 9%.", "", "9", "KE"),
    # 'there', 'in the latter', 'on the continent'
    ("Europe is Oppo's biggest market outside China. It shipped 4 million phones there in the quarter.", "", "4 million", "EU"),
    ("Most of the gain came from Indonesia. Vivo shipped 2 million phones there in the quarter.", "Vivo grows in Southeast Asia", "2 million", "ID"),
    ("In France Xiaomi is second; there, its share was 19%.", "", "19", "FR"),
    ("Transsion had 41% of Africa's phone market in 2019. On the continent Samsung held a share of 20%.", "", "20", "AFRICA"),
    # home
    ("Apple kept its lead abroad. At home, Huawei led the market with a share of 20%, and Apple had a share of 15%.", "Huawei is back", "15", "CN"),
    ("The domestic market is the weak spot. Honor led it with a share of 16%.", "Lenovo sheds jobs", "16", "CN"),
    # carried on
    ("Shipments in Brazil shrank 8% to 9 million. Motorola had a share of 25%.", "", "25", "BR"),
    ("The American market has opened up since LG left. Motorola doubled its share to 10%.", "", "10", "US"),
    ("Realme wanted to sell 60 million phones globally. It sold 58 million.", "Realme's year in Europe", "58 million", "GLOBAL"),
    ("Abroad, it sold more. Outside China, Honor shipped 12 million phones.", "Honor and the Chinese market", "12 million", "GLOBAL"),
    # no place of a figure
    ("As per the firm's Worldwide Quarterly Phone Tracker, Oppo had a share of 12%.", "Oppo leads India's phone market", "12", "IN"),
    ("Spain (Portugal included) is strong. In Western Europe (Spain included), Xiaomi shipped 5 million phones.", "", "5 million", "W_EUROPE"),
    ("In EU5 (Germany, Great Britain, France, Italy, Spain), Huawei's market share was 22%.", "", "22", "EU"),
    ("Vivo makers' numbers are out. Samsung, the only one in the list not from China, shipped 2.4 million phones.", "Phone sales in Indonesia", "2.4 million", "ID"),
    ("Two friends sat in a flat in Shenzhen and named it. Realme shipped 15 million phones in the quarter.", "A letter to all fans", "15 million", "GLOBAL"),
    # shops, festivals, accounts
    ("On Flipkart, Xiaomi sold 40,000 phones within a minute.", "", "40,000", "IN"),
    ("Xiaomi sold over 3 million smartphones in five days.", "A record festive season for Xiaomi", "3 million", "IN"),
    ("The company made a loss. Its revenue was Rs 35,000 crore in FY21.", "Oppo's sales in India grow, losses mount", "35,000 crore", "IN"),
    ("Japan brought in $6 billion of revenue for Apple.", "", "$6 billion", "JP"),
]  # fmt: skip

SEGMENTS = [
    # goods
    ("Oppo had a market share of 33% in phones above Rs 30,000.", "", "33", "premium smartphones"),
    ("Shipments of phones priced at or above RMB3,000 reached 18 million units at Xiaomi.", "", "18 million", "premium smartphones"),
    ("Vivo sold 5 million phones for Rs 9,000 and more.", "", "5 million", "smartphones"),
    ("In super-premium smartphones Samsung took 49% of the market.", "", "49", "ultra-premium smartphones"),
    ("Phones at $600 and above sell well. Apple's share in the segment is 71%. Samsung's rose to 17%.", "", "71", "premium smartphones"),
    ("HMD's smartphone shipments were 2 million, up from 1.7 million, and those of feature phones reached 11 million.", "", "1.7 million", "smartphones"),
    ("Apple shipped 7 million phones in China, even without any 5G phone in the shops.", "", "7 million", "smartphones"),
    ("LG's profit rose on brisk sales of TVs. It shipped 13 million smartphones.\n\nIn Korea its shipments grew to 4 million units.", "LG's third quarter", "4 million", "smartphones"),
    ("PCs held up better. Lenovo shipped 14 million units in the quarter.", "Lenovo's quarter", "14 million", "segment:PCs"),
    ("Over 250,000 Mi TVs were sold by Xiaomi.", "", "250,000", "smart TVs"),
    ("Xiaomi sold 13 million devices in a month, smart TVs and phones included.", "", "13 million", "smart devices"),
    ("Xiaomi holds 46% of the online smartphone market and overall 17% of the market.", "", "46", "segment:online"),
    ("ZTE held 10% of the world market for network equipment.", "", "10", "segment:network equipment"),
    ("Mac sales slipped 2 percent to 5.3 million units at Apple.", "", "5.3 million", "segment:Mac"),
    # brands and products
    ("Smartphone shipments (Honor phones included) came to 118 million units at Huawei.", "Huawei's first half of 2019", "118 million", "smartphones"),
    ("Transsion, which sells the Tecno, Infinix and itel brands, shipped 28 million phones.", "", "28 million", "smartphones"),
    ("Xiaomi sold around 95,000 Redmi Note 8 Pro phones in six rounds.", "", "95,000", "product:Redmi Note 8 Pro"),
    # parts of a business
    ("Sales of IoT products sank 9% to 19 billion yuan at Xiaomi.", "", "19 billion", "segment:IoT"),
    ("Xiaomi's revenue was 80 billion yuan. Net income fell after the EV arm lost 1 billion yuan. Net profit was 3 billion yuan.", "", "3 billion", "company"),
    ("Amazon Web Services remains the profit engine. Its revenue climbed to $4.6 billion.", "Amazon's quarter", "$4.6 billion", "segment:AWS"),
    ("Xiaomi's EV revenue was 6 billion yuan. The segment had a gross margin of 15%.", "", "15", "segment:EV"),
    ("Xiaomi posted revenue of 92 billion yuan, up 30%, with its young car business starting to count.", "", "30", "company"),
    ("Xiaomi's smartphone gross margin was 12%.", "", "12", "segment:smartphones"),
    ("Xiaomi's internet services brought in 6 billion yuan and advertising 3 billion yuan.", "", "3 billion", "segment:advertising"),
    ("Xiaomi's revenue outside China was 30 billion yuan.", "", "30 billion", "segment:overseas"),
]  # fmt: skip


def found(claims: list[Claim], printed: str) -> Claim:
    """The claim whose number was printed so."""
    return next(c for c in claims if c.printed.rstrip(" %").endswith(printed) and not c.printed.rstrip(" %").removesuffix(printed)[-1:].isdigit())


@pytest.mark.parametrize(("text", "title", "printed", "region"), REGIONS)
def test_a_figure_holds_where_its_clause_or_the_text_says(read: Read, text: str, title: str, printed: str, region: str) -> None:
    assert found(read(text, title=title), printed).region == region


@pytest.mark.parametrize(("text", "title", "printed", "segment"), SEGMENTS)
def test_a_figure_is_of_the_goods_or_part_that_is_spoken_of(read: Read, text: str, title: str, printed: str, segment: str) -> None:
    assert found(read(text, title=title), printed).segment == segment
