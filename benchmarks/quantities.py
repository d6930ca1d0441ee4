"""How long quantities and periods take: sentences a second on one core, and a megabyte of each kind of trouble.

python benchmarks/quantities.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from etl.claims.periods import find_bases, find_periods
from etl.claims.quantities import find_quantities

SENTENCES = (
    "Revenue rose 12.4% to 61.2 billion yuan ($9.1 billion) in the quarter ended June 30, from 54.4 billion yuan a year earlier.",
    "The company opened 214 stores last year and plans 1,000 more by 2020, an executive said on Monday.",
    "Shipments fell by 15 to 20 percent in the first half, while its rival sold more than 40 million phones in Q2 2019.",
    "The new phone has a 6.5-inch display, 8 GB of memory and a 5,000 mAh battery.",
    "Nobody at the company was available for a comment on the plan when this newspaper asked.",
)
TROUBLE = {
    "digits": "7", "digits and commas": "1,234,", "brackets": "(", "bracketed": "(1)",
    "one hundred and": "one hundred and ", "million": "3 million ",
    "thousand five": "five thousand ", "minus": "- ", "dollars": "$ 5 ", "percent": "5% to ", "Chinese": "三千万",
    "years": "2017 to ", "months": "March 3 ",
    "quarters": "first quarter of ", "blanks": " ", "words": "phones of the ", "dots": "1.",
    "same period": "the same period ", "months of": "first nine months of ",
}  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """The processor time that the work takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    """Print the table."""
    day = date(2019, 8, 20)
    for name, read in (
        ("quantities", lambda s: find_quantities(s)),
        ("periods", lambda s: find_periods(s, day)),
        ("bases", lambda s: find_bases(s)),
    ):
        spent = seconds(lambda read=read: [read(s) for _ in range(400) for s in SENTENCES])  # type: ignore[misc]
        print(f"{name:12} {spent / 2000 * 1000:.3f} ms a sentence, {2000 / spent:,.0f} a second")
    for name, piece in TROUBLE.items():
        text = piece * (1_000_000 // len(piece))
        print(
            f"{name:20} {seconds(lambda t=text: find_quantities(t)):6.2f} s {seconds(lambda t=text: find_periods(t, day)):6.2f} s",
            flush=True,
        )  # type: ignore[misc]


if __name__ == "__main__":
    main()
