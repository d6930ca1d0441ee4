"""Quantities: a number, its unit, its bound, and what only looks like one."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from etl.claims.quantities import find_quantities
from etl.claims.stated import SHOWN, stated_quantities
from etl.cli import main
from etl.model import Bound

REAL = SHOWN

# feature | sentence | value, or low..high; unit; bound where it matters
CASES = """
number words | The firm delivered four hundred and twelve scooters. | 412 scooter
number words | They made one and a half million tablets. | 1500000 tablet
decimal words | It shipped eleven point four million handsets. | 11400000 handset
a hundred-million | Its aim is a hundred-million devices. | 100000000 device
half a million | Half a million watches were sold. | 500000 watch
glued suffix | The maker sold 3.4m tablets. | 3400000 tablet
glued suffix | Sales came to $12.6bn. | 12600000000 USD
glued suffix | It is worth $2.2tn. | 2200000000000 USD
glued suffix | Orders of 40k scooters came in. | 40000 scooter
range | It forecasts sales of $11 billion to $12 billion. | 11000000000..12000000000 USD range
range | It will hire 2,000 to 3,000 engineers. | 2000..3000 engineer range
range | Shipments may fall by 5 to 8 percent. | 5..8 percent range
range | It will sell between 20 and 25 million phones. | 20000000..25000000 phone range
range | A case costs $20 – $35. | 20..35 USD range
bound | Profit jumped more than 40%. | 40 percent gt
bound | It runs at least 90 stores. | 90 store gt
bound | Nearly 6 million tablets left the plant. | 6000000 tablet approx
bound | It has up to 700 employees. | 700 employee lt
bound | It has 300+ stores. | 300 store gt
bound | About ~50 cities are served. | 50 city approx
lakh and crore | The plant makes 25 lakh phones. | 2500000 phone
lakh and crore | Revenue was Rs 1,204 crore. | 12040000000 INR
Indian grouping | It sold 4,50,000 tablets. | 450000 tablet
wan and yi | 营收达到320亿元。 | 32000000000 CNY
wan and yi | 出货量为1200万台。 | 12000000 unit
currency before | It earned RMB 3.1 billion. | 3100000000 CNY
currency before | It earned CNY2.5 billion. | 2500000000 CNY
currency before | It raised HK$9.4 billion. | 9400000000 HKD
currency before | It made NT$31 billion. | 31000000000 TWD
currency before | It earned US$8.8 billion. | 8800000000 USD
currency before | It lost €40 million. | 40000000 EUR
currency before | It lost £7 million. | 7000000 GBP
currency before | It costs ₹7,499 today. | 7499 INR
currency after | Turnover came to 5.2 trillion won. | 5200000000000 KRW
currency after | It earned 31.2 billion renminbi. | 31200000000 CNY
conversion | It made 7 billion yuan ($1 billion). | 7000000000 CNY; 1000000000 USD
percent | Its share is eleven percent. | 11 percent
percent | It gained 3 percentage points. | 3 percentage point
percent | The margin fell 40 basis points. | 40 basis point
percent | 同比增长12.5%。 | 12.5 percent
percent | 提高2个百分点。 | 2 percentage point
rank | It is the No. 3 brand. | 3 rank
rank | It ranked 4th in Spain. | 4 rank
rank | It is the third largest vendor. | 3 rank
rank | It entered the top five. | 5 rank
rank | The maker did badly, positioning 7th behind the others. | 7 rank
rank | It grew, placing third after its older rivals. | 3 rank
rank | In Peru it came in 4th. | 4 rank
rank | Last year it finished second to Nokia. | 2 rank
rank | The firm placed first in Chile. | 1 rank
rank | The phone came first to Chile. |
rank | The firm is second only to Nokia. | 2 rank
ordinal that counts | It opened its second bicycle factory near Porto. | 2 factory
ordinal that counts | The chain opened its 250th store. | 250 store
ordinal that counts | They plan a third plant. | 3 plant
ordinal that counts | Its second quarter store count fell. |
ordinal that counts | A second store manager was hired. |
ordinal that counts | Its second largest plant was shut. | 2 rank
fraction | A quarter of sales came from there. | 0.25 fraction
fraction | Two-thirds of its shops are abroad. | 2/3 fraction
fraction | 三分之一的手机 | 1/3 fraction
multiple | Orders tripled. | 3 times
multiple | Output halved. | 0.5 times
multiple | It saw a sixfold rise. | 6 times
multiple | It is 12 times what it was. | 12 times
rate | It builds 3 million phones per month. | 3000000 phone/month
rate | It paid $2.10 a share. | 2.10 USD/share
elided unit | Sales rose to 9.2 billion yuan from 7.05 billion. | 9200000000 CNY; 7050000000 CNY
elided unit | Shares of 14 and 12 percent followed. | 14 percent; 12 percent
elided unit | Its subscriber base stood at 31 million. | 31000000 subscriber
decimal comma | Der Anteil stieg auf 14,7 Prozent. | 14.7
Spanish | En el trimestre los ingresos de la firma fueron de 31.400 millones de euros, un 8,5% más. | 31400000000 EUR; 8.5 percent
Spanish | Las ventas del grupo llegaron a los 61,7 millones de unidades, el 12 por ciento del total. | 61700000 unit; 12 percent
Spanish | El beneficio por acción del grupo fue de 0,532 euros en el trimestre. | 0.532 EUR
Spanish | La firma ocupa el tercer lugar en el mundo, con 4 mil millones de dólares. | 3 rank; 4000000000 USD
Spanish | En el trimestre los ingresos de la firma fueron de 3 billones de yenes. | 3000000000000 JPY
Spanish | En el trimestre los ingresos de la firma fueron de 3.5 billones de yenes. | 3500000000 JPY
Portuguese | Os envios da empresa foram de 5,2 milhões de unidades, 7 por cento do total. | 5200000 unit; 7 percent
not Spanish | The sales of the El Paso store in the trimestre rose to 12,345 phones. | 12345 phone
negative | Its sales changed by -7.3%. | -7.3 percent
negative | Its sales changed by −4.1%. | -4.1 percent
negative | Its net loss was $(3.4) billion. | -3400000000 USD
negative | Operating profit: (81.5) million euros | -81500000 EUR
negative | A net profit (6 billion yuan) was seen. | 6000000000 CNY
negative | Sales grew (2.5) million | 2.5
table | (RMB in millions) Net loss (712.5) | -712500000 CNY
table | Sales (RMB in millions) 4,310.5 | 4310500000 CNY
units | It opened 48 flagship stores. | 48 store
units | It has 75 million monthly active users. | 75000000 user
units | It has 9 million daily users. | 9000000 user
units | It holds 3,310 patents. | 3310 patent
units | A staff of 9,100 people works there. | 9100 people
measure | It has a 4,200 mAh battery. | 4200 milliampere hour
measure | The video is 40 minutes long. | 40 minute
model | The Redmi 5A and the Mi 6 came out. |
model | The Galaxy Note 20 beat the Mate 30. |
model | An OPPO R11 and an iPhone 8 were shown. |
version | A 4G phone runs Android 9. |
year | It began in 2012. |
date | It started on June 3. |
date | This was in Q4 2018. |
date | It came in the third quarter of 2019. |
event | The 618 shopping festival begins. |
event | The Double 12 festival begins. |
idiom | One of the reasons is price. |
idiom | No one knew. |
time | It begins at 10:30 am. |
range | Sales will grow from $4 to $6 billion. | 4000000000 USD; 6000000000 USD
range | Prices go from $300 to $2 million. | 300..2000000 USD range
elided unit | It costs seven or eight euros. | 7 EUR; 8 EUR
elided unit | Output rose to 2.1 mln bpd from 1.9 mln. | 2100000 barrel per day; 1900000 barrel per day
units | It sold 31,000 Model 7 sedans. | 31000 sedan
units | About 320 Fiat and Lancia cars were recalled. | 320 car
units | Some 45 local fishermen took part. | 45 local fisherman
units | It rose for four straight quarters. | 4 quarter
units | Some 1,400 or so people work there. | 1400 people
units | A 70-page report was sent. | 70 page
units | A 300-store chain was bought. | 300 store
units | It sold 12 million within 4 months. | 12000000; 4 month
measure | The engine gives 340 Nm and 190 PS. | 340 newton metre; 190 horsepower
measure | The sensor has 2.4 µm pixels. | 2.4 micrometre
measure | It melts at 180 degrees Celsius. | 180 celsius
measure | A 40,000 barrel-a-day plant closed. | 40000 barrel/day
negative | The tilt was minus-2.5 degrees. | -2.5 degree
bound | A sub-30 nanometre chip was shown. | 30 nanometre lt
currency before | It gained 40 sen to RM5.20. | 40 sen; 5.20 MYR
currency after | It raised 90 mln dlrs. | 90000000 USD
currency after | It paid 30 Rupees 50. | 30.50 INR
model | The Mate 10 and 10 Pro came out. |
model | It uses the Motorola 68030 processor. |
resolution | A handful of 4K TVs were reduced. |
odds | About 7 in 10 Germans have it. |
odds | One out of five Danes wants it. |
exchange rate | The yen stood at 110.25 per dollar. |
nonstop | The plant runs 24/7 in summer. |
age | The plan pleases its founder, Maria Lopez, 58. |
idiom | The two hold a stake in a lender. |
table row | Africa 31 42 27 |
rating | It carries a Zacks Rank #2 (Buy). |
rating | It lost its triple A rating. |
idiom | Its shops double as warehouses. |
"""


def cases() -> list[tuple[str, str, list[str]]]:
    """Feature, sentence and what is expected, from the table above."""
    rows = [[cell.strip() for cell in line.split("|")] for line in CASES.strip().splitlines()]
    return [(row[0], row[1], [part.strip() for part in row[2].split(";") if part.strip()]) for row in rows]


def number(printed: str) -> Decimal:
    """A decimal, or a fraction such as 2/3."""
    above, _, below = printed.partition("/")
    return Decimal(above) / Decimal(below) if below else Decimal(above)


@pytest.mark.parametrize(("feature", "sentence", "expected"), cases(), ids=[f"{c[0]}: {c[1]}" for c in cases()])
def test_every_feature_of_the_grammar(feature: str, sentence: str, expected: list[str]) -> None:
    """Each way of printing a quantity is read; each trap is left out."""
    found = [q for q in find_quantities(sentence) if q.trap in REAL]
    assert len(found) == len(expected), [(q.value, q.unit) for q in found]
    for quantity, wanted in zip(found, expected, strict=True):
        value, _, rest = wanted.partition(" ")
        words = rest.split()
        bound = Bound(words.pop()) if words and words[-1] in {b.value for b in Bound} else None
        low, dots, high = value.partition("..")
        assert quantity.value == number(low)
        assert quantity.high == (number(high) if dots else None)
        assert quantity.unit == " ".join(words)
        assert bound is None or quantity.bound is bound


def test_a_conversion_in_brackets_is_one_amount_twice() -> None:
    """The two readings point at each other."""
    one, two = find_quantities("a profit of $2 billion (14 billion yuan)")
    assert (one.alt, two.alt) == (1, 0)


def test_spans_read_back_what_was_printed() -> None:
    """The number's span holds sign, digits, scale word and a percent sign or currency that touches it."""
    text = "It sold over 31.5 million phones, up 12%, for $4.2 billion."
    assert [text[q.number_start : q.number_end] for q in find_quantities(text)] == ["31.5 million", "12%", "$4.2 billion"]


def test_approx_doubles_the_rounding() -> None:
    """ "About 30 million" is less sure than "30 million"."""
    (sharp,), (soft,) = find_quantities("It has 30 million users."), find_quantities("It has about 30 million users.")
    assert soft.rounding == 2 * sharp.rounding == 1_000_000


def test_a_price_is_told_from_a_turnover() -> None:
    """A price tag is marked; billions are not."""
    price, turnover = find_quantities("Priced at $199, the phone helped sales to $3 billion.")
    assert price.is_price_like
    assert not turnover.is_price_like


def test_the_filter_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line gets its error, the others their quantities."""
    lines = b'{"doc_id": "a", "text": "It sold 2.5 million phones."}\n{"doc_id": "b"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="utf-8"))
    assert main(["quantities"]) == 1
    good, bad = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (good["doc_id"], good["value"], good["unit"], good["bound"]) == ("a", 2500000, "phone", "exact")
    assert bad["doc_id"] == "b"
    assert "text" in bad["error"]


def test_the_shared_probes_pass() -> None:
    """At least 72 of the 74 shared probes give exactly what they expect."""
    probes = Path(__file__).resolve().parents[2] / "../shared/quantities/probes.jsonl"
    if not probes.exists():
        pytest.skip("the shared probes are not here")
    same = [{"phone", "smartphone", "handset", "unit"}]
    right = 0
    for case in map(json.loads, probes.read_text(encoding="utf-8").splitlines()):
        found = stated_quantities(case["text"])
        wanted = case["expect"]
        right += len(found) == len(wanted) and all(
            (q.unit == w["unit"] or any({q.unit, w["unit"]} <= s for s in same))
            and [float(q.value), *([float(q.high)] if q.high is not None else [])]
            == pytest.approx(w["value"] if isinstance(w["value"], list) else [w["value"]])
            for q, w in zip(found, wanted, strict=True)
        )
    assert right >= 72
