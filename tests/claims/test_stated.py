"""What `figurewatch quantities` prints: units in full, one thing counted, rates, fractions of a measure. Claims read none of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.claims.quantities import find_quantities
from etl.claims.stated import stated_quantities

# sentence | value, or low..high, and unit of each quantity; "-" for none
CASES = """
The fire burned 31 Opel and Skoda vehicles. | 31 opel skoda vehicle
They hired 14 deck hands and two junior cooks. | 14 deck hand; 2 junior cook
It sold 1.3m digital and illustrated guides. | 1300000
It sold 1.3m legal and medical guides. | 1300000 legal medical guide
The bay holds 75 Type R hatchbacks. | 75 type r hatchback
She cooked a five course dinner. | 5 course dinner
The yard has 12 unmanned cranes, up from eight. | 12 unmanned crane; 8
We lost 30 combined sensors. | 30 sensor
It opened 40 Mi Home stores and sold 900 5G smartphones. | 40 store; 900 smartphone
It counts 3 million monthly active users. | 3000000 user
Two of Miller's assistants left. | 2 assistant
Three of the ferries sank. | 3 ferry
Revenue went up 40k again. | 40000
Around 25k cheaper than before. | 25000
You need one key that opens all. | 1 key
The mould is in just one corner. | 1 corner
It is one of my favourite songs. | 1 favourite song
This is one of the finest songs. | -
It was one of her best songs. | -
It is one major reason. | -
No one came, and one day they left. | -
One can say that. | -
Gas rose to $3.15 per mmBTU. | 3.15 USD/mega british thermal unit
Lithium costs $11 per kilogram. | 11 USD/kilogram
The current density is 2.1 A/cm2. | 2.1 ampere/square centimetre
The beam failed at 7.5 ksi, or 51.7 MPa. | 7.5 kilopound/square inch; 51.7 megapascal
The wax has a 54 C melting range. | 54 celsius
A boiler of 9,000 BTU heats it. | 9000 british thermal unit
It burned 300 metric tons of straw. | 300 tonne
The ridge lies at an altitude of 90' there. | 90 foot
The parcel weighs 14 pounds. | 14 pound
Bake it with 3 pounds of flour. | 3 pound
The club paid 3 million pounds of debt. | 3000000 GBP
The trail is 4 1/2 miles long. | 4.5 mile
They ran a 3/4 mile lap on 3/4. | 0.75 mile; 3
He is 6 feet 3 inches tall. | 6.25 foot
The talk took 2 hours and 20 minutes. | 2 hour; 20 minute
It is 1.9m tall. | 1.9 metre
I'm 1.7m tall. | 1.7 metre
Life expectancy there is around 71. | 71 year
It polled women aged 30 to 44. | 30..44 year
Tolls range from $150 to $3 million. | 150..3000000 USD
They waited for one to two years. | 1..2 year
It goes 0-to-60-mph in 4 seconds. | 0..60 mile per hour; 4 second
It was built between A.D. 900 and 1180. | -
They bought COVID -19 kits. | -
His name is the Fab Five today. | -
It is worth 2.1 billion ($2.6bn), the other 350 billion ($440bn). | 2100000000; 2600000000 USD; 350000000000; 440000000000 USD
Moreno had 31 points and Duval 12 rebounds. | 31 point; 12 rebound
The Redmi 12 C sells well. | -
It earned 38 cts per full share. | 38 CENT/share
They paid R4.2 billion, KSh300 million and P1,500. | 4200000000 ZAR; 300000000 KES; 1500 PHP
The Audi R8 and the Yamaha R15 are fast. | -
It took a 5.4 mln loss. | 5400000
It plans a one-for-six bonus issue. | 6
The lead was 20 - 13 halfway. | 20; 13
Two of the four leading banks failed. | 2 leading bank; 4 leading bank
It hit the 30 million mark. | 30000000
One Belt, One Road is a slogan. | -
The price is US$ 184 / Rs. 13,250 there. | 184 USD; 13250 INR
Discs of 8- or 10-inch, or 20, 30 and 40 mm. | 8 inch; 10 inch; 20 millimetre; 30 millimetre; 40 millimetre
The valve's lift grew from 11.5 to 12 mm. | 11.5..12 millimetre
The rate fell from 6.1 to 5.9 percent. | 6.1..5.9 percent
He drove from about 80 km to nearly 95 km. | 80..95 kilometre
Oil fell from $81 per barrel to $64. | 81..64 USD/barrel
Sales rose to 9 million from 7 million. | 9000000; 7000000
It fell from first to 4 points. | 4 point
Six of the ten jurors agreed. | 6 juror; 10 juror
Kneading 4 eggs takes a minute. | 4 egg
Boeing 747 jets flew by. | -
The barge carries 900 crates and a crew of 12. | 900 crate; 12 person
A flat costs $310 per square foot. | 310 USD/square foot
She lost 35 pounds in a year. | 35 pound
She earned a 3.7 GPA. | 3.7
It holds 2,000 undocumented migrants, 40 reported cases and 30 RBIs. | 2000 undocumented migrant; 40 reported case; 30 rbi
Only one survivor was found. | 1 survivor
All 3 hit 60 m.p.h. | 3; 60 mile per hour
"""


def _rows() -> list[tuple[str, str]]:
    return [(one, two) for line in CASES.strip().splitlines() for one, _, two in [line.partition(" | ")]]


@pytest.mark.parametrize(("sentence", "expected"), _rows(), ids=[row[0] for row in _rows()])
def test_quantities_are_printed_in_full(sentence: str, expected: str) -> None:
    """Each quantity of the sentence with its whole unit, and nothing else."""
    got = []
    for q in stated_quantities(sentence):
        high = f"..{q.high.normalize():f}" if q.high is not None else ""
        got.append(f"{q.value.normalize():f}{high} {q.unit}".strip())
    assert got == ([] if expected == "-" else expected.split("; "))


def test_claims_read_the_head_noun() -> None:
    """The full unit is for the filter alone: rules of claims see "vehicle"."""
    text = "The fire burned 31 Opel and Skoda vehicles in one suburb."
    assert [q.unit for q in find_quantities(text) if q.trap is None] == ["vehicle"]


def test_claims_keep_both_ends() -> None:
    """What a change began and ended with is one pair for the filter, and two figures for claims."""
    text = "Its share rose from 11.5 to 12 percent."
    assert [q.high for q in stated_quantities(text)] == [12]
    assert [(q.value, q.high) for q in find_quantities(text)] == [(Decimal("11.5"), None), (Decimal(12), None)]


def test_spans_hold_the_noun() -> None:
    """A quantity ends with the noun that it counts."""
    text = "It has one solution and 12 unmanned cranes here."
    assert [text[q.start : q.end] for q in stated_quantities(text)] == ["one solution", "12 unmanned cranes"]
