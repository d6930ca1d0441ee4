"""Numbers as they are printed: digits, words, a mix of both, and Chinese numerals, each with its place, value and rounding.

    "twenty-three point one million" → 23100000 ± 50000        "1,00,000" → 100000 ± 50000        "2.5亿" → 250000000 ± 5000000

One pass of a tokenizer, then a reader that takes each token once: the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from etl.claims.numerals_chinese import HAN_SCALE, HAN_TEN, han_value
from etl.claims.scan import any_of

_UNITS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {"naught": 0, "nought": 0}
_TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety"], 2)} | {"fourty": 40}
_SCALES = {
    "thousand": 10**3, "thousands": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "lkh": 10**5, "lkhs": 10**5,
    "million": 10**6, "millions": 10**6, "mln": 10**6, "mn": 10**6, "mio": 10**6, "crore": 10**7, "crores": 10**7, "cr": 10**7,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "bln": 10**9, "trillion": 10**12, "trillions": 10**12, "tn": 10**12, "trn": 10**12,
    "m": 10**6, "dozen": 12, "dozens": 12,
}  # fmt: skip
_GLUED = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "mn": 10**6, "bn": 10**9, "tn": 10**12, "cr": 10**7, "l": 10**5}
_VULGAR = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "1/3",
    "⅔": "2/3",
    "⅕": "0.2",
    "⅖": "0.4",
    "⅗": "0.6",
    "⅘": "0.8",
    "⅛": "0.125",
    "⅙": "1/6",
}

_MONEY = ("usd", "eur", "gbp", "aud", "cad", "sek", "inr", "cny")  # "5mUSD"
_SMALL_WORDS = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_SCALE_WORDS = "|".join(sorted(_SCALES.keys() - {"m"}, key=len, reverse=True))
_DIGITS = (
    r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?![\d,]*\d)"  # 1,234,567.8 and 12,34,567
    r"|\d{1,3}(?:\.\d{3})+,\d+(?![\d.])"  # 1.234,56
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
    r"|\d{1,3}(?:\ \d{3}){2,}(?:\.\d+)?(?![\d,])"  # 1 234 567 with spaces that don't break
    r"|\d+\.\d+|\.\d+|\d+,\d{1,2}(?![\d,])|\d+"
)
TOKEN = re.compile(
    rf"""(?=[\d.])(?:(?<![\w.,])|(?<=[A-Za-z]))(?P<digits>(?<!\w\.)(?:{_DIGITS}))
         (?P<exponent>[eE][+-]?\d{{1,2}}(?![\w.])|\s?[×x]\s?10\s?(?:\^|\*\*)?\s?[-−+]?\d{{1,2}}(?!\w))?
         (?P<suffix>(?:mm|mn|bn|tn|cr|[kmbl])(?![\w²³]|-\d))?(?P<half>[½¼¾⅓⅔⅕⅖⅗⅘⅛⅙])?
       | (?<![A-Za-z'’])(?=[zontfseh])(?P<small>{_SMALL_WORDS})(?![A-Za-z])
       | (?=[tlmcbd])(?:(?<![A-Za-z'’])|(?<=\d))(?P<scale>(?:{_SCALE_WORDS})(?![A-Za-z])
           |m(?=(?:{"|".join(_MONEY)})(?![A-Za-z])))
       | (?<![A-Za-z'’])(?:(?P<hundred>hundreds?)|(?P<glue>point|and|an?|half|quarter))(?![A-Za-z])
       | (?P<vulgar>[½¼¾⅓⅔⅕⅖⅗⅘⅛⅙])
       | (?P<han>[一二两三四五六七八九十百千万亿零〇兆][一二两三四五六七八九十百千万亿零〇兆点多余几]*)
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
# Where a token can begin: matching there only is quicker than searching at each character.
_WORDS = frozenset([*_UNITS, *_TENS, *(_SCALES.keys() - {"m"}), *(f"m{c}" for c in _MONEY),
    "hundred", "hundreds", "point", "and", "a", "an", "half", "quarter"])
_ANY_WORD = any_of("|".join(sorted(_WORDS, key=lambda word: (-len(word), word))))
_PLACE = re.compile(rf"(?i:(?<![a-z]){_ANY_WORD}(?![a-z]))|[\d.½¼¾⅓⅔⅕⅖⅗⅘⅛⅙一二两三四五六七八九十百千万亿零〇兆]", re.ASCII)
_FIGURE = re.compile(r"[0-9½¼¾⅓⅔一二两三四五六七八九十百千万亿零]")
_FIRST = (
    *("zero", "one", "two", "three", "four", "five", "fif", "six", "seven", "eight", "nin", "ten", "eleven", "twel", "thir"),
    *("hundred", "thousand", "illion", "dozen", "lakh", "crore", "half", "quarter", "second", "doubl", "tripl", "quadrup"),
    *("halv", "fold", "top", "couple", "first", "twic", "thric", "trebl", "quintup"),
)
_GAP = re.compile(r"[ \t\u00a0]{0,3}[-‐‑]?[ \t\u00a0]{0,2}")
_WIDEST = 6  # characters of such a gap
_BLANKS = re.compile(r"[\u00a0\u2009\u202f ]")
_COMMA = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+,\d+")  # is for the decimals
_HALF, _ONE = Decimal("0.5"), Decimal(1)
_MOST = 3_000  # numbers in one text: what holds more is no article, and the rest is left unread
_LONGEST = 24  # digits: beyond that it's no number that a text states


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as printed, before its unit is known."""

    start: int
    end: int
    value: Decimal
    rounding: Decimal
    scale: Decimal  # the last scale word's worth, 1 for none
    mantissa: Decimal  # value / scale
    digits: str  # the digits as printed where it begins with digits, else ""
    is_words: bool
    is_vague: bool = False  # "thousands", 两千多万
    suffix: str = ""  # a glued letter: 1.2m


def has_number(text: str) -> bool:
    """Whether any number can stand in the text: a cheap first look."""
    if _FIGURE.search(text):
        return True
    low = text.lower()
    return any(word in low for word in _FIRST)


def find_numbers(text: str) -> list[Number]:
    """The numbers of the text in their order, none overlapping another; of a text with more than 3,000 the first 3,000."""
    tokens = list(islice(_tokens(text), 8 * _MOST))
    found: list[Number] = []
    at, count = 0, len(tokens)
    while at < count and len(found) < _MOST:
        token = tokens[at]
        digits = token["digits"]
        if digits and len(digits) > _LONGEST:
            at += 1
            continue
        number: Number | None
        if token["han"]:
            number, at = _read_han(text, token, found), at + 1
        elif digits and not (token["exponent"] or token["half"]) and (at + 1 == count or tokens[at + 1].start() > token.end() + _WIDEST):
            number, at = _alone(token, digits), at + 1
        else:
            reader = _Reader(text, tokens, at)
            number, at = reader.read(), max(reader.at, at + 1)
        if number:
            if found and number.start < found[-1].end:
                found[-1] = number
            else:
                found.append(number)
    return found


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """What TOKEN.finditer gives."""
    end = 0
    for place in islice(_PLACE.finditer(text), 100 * _MOST):
        if place.start() < end:
            continue
        if token := TOKEN.match(text, place.start()):
            end = token.end()
            yield token


def _alone(token: re.Match[str], digits: str) -> Number:
    """Digits, perhaps with a glued letter, that no other token goes on from: what _Reader makes of them, sooner."""
    value, step = read_digits(digits)
    suffix = token["suffix"] or ""
    scale = Decimal(_GLUED[suffix.lower()]) if suffix else _ONE
    value, step = (value or Decimal(0)) * scale, step * scale
    if scale == 1 and value and step <= 1 and value == value.to_integral_value():
        step = trailing_step(value)
    return Number(
        start=token.start(), end=token.end(), value=value, rounding=step / 2, scale=scale, mantissa=value / scale,
        digits=digits, is_words=False, suffix=suffix,
    )  # fmt: skip


class _Reader:
    """Reads one number from the tokens that touch one another."""

    def __init__(self, text: str, tokens: list[re.Match[str]], at: int) -> None:
        self.text, self.tokens, self.at = text, tokens, at
        self.first = at
        self.end = tokens[at].start()
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.last_scale = Decimal(10) ** 30
        self.step = _ONE  # the worth of the last printed digit in the group
        self.scale = _ONE
        self.digits, self.suffix = "", ""
        self.plural = False

    def peek(self, ahead: int = 0) -> re.Match[str] | None:
        """The token so many steps ahead, if only a blank or hyphen lies between it and the one before."""
        at = self.at + ahead
        if at >= len(self.tokens):
            return None
        if at == self.first:
            return self.tokens[at]
        before = self.tokens[at - 1].end()
        gap = _GAP.match(self.text, before)
        return self.tokens[at] if gap and gap.end() == self.tokens[at].start() else None

    def word(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.group().lower() if token else ""

    def take(self, count: int = 1) -> None:
        self.at += count
        self.end = self.tokens[self.at - 1].end()

    def read(self) -> Number | None:
        token = self.tokens[self.at]
        if token.lastgroup == "scale" and token.group()[-1:].lower() != "s":  # "million" alone is no number
            self.at += 1
            return None
        while (following := self.peek()) is not None and self._step(following):
            pass
        if self.end <= self.tokens[self.first].start():
            self.at = self.first + 1
            return None
        return self._number()

    def _step(self, token: re.Match[str]) -> bool:
        if token["digits"] is not None:
            return self._take_digits(token)
        if token["vulgar"] is not None:
            return self._take_vulgar(token["vulgar"])
        if token["small"] is not None:
            return self._take_small(token["small"].lower())
        if token["hundred"] is not None:
            return self._take_hundred()
        if token["scale"] is not None:
            return self._take_scale(_SCALES[token["scale"].lower()])
        if token["glue"] is not None:
            return self._take_glue(token["glue"].lower())
        return False

    def _take_digits(self, token: re.Match[str]) -> bool:
        if self.group is not None or (token["suffix"] and self.at > self.first):
            return False
        if self.at > self.first and not self._goes_on(token):
            return False
        if len(token["digits"]) > _LONGEST:
            return False
        self.group, self.step = read_digits(token["digits"])
        self.digits = self.digits or token["digits"]
        if token["exponent"]:
            power = Decimal(10) ** int(
                re.sub(r".*?([-−+]?\d+)$", r"\1", token["exponent"].replace("×10", "").replace("x10", "")).replace("−", "-")
            )
            self.group, self.step = self.group * power, self.step * power
        if token["half"]:
            self.group, self.step = self.group + read_vulgar(token["half"]), Decimal("0.1")
        self.take()
        if token["suffix"]:
            self.suffix = token["suffix"]
            self._scale_group(Decimal(_GLUED[self.suffix.lower()]))
            return False
        return True

    def _goes_on(self, token: re.Match[str]) -> bool:
        """Digits after a scale word belong to it only before another: "4 thousand 3 hundred"."""
        value, _ = read_digits(token["digits"])
        after = self.peek(1)
        return value < 10 and after is not None and after["hundred"] is not None and self.last_scale >= 1000 and not self.digits.count(".")

    def _has_scale_behind(self) -> bool:
        """Whether the next word but one is a scale: digits go on in words only so, "15 million twelve months ago" doesn't."""
        after = self.peek(1)
        return after is not None and bool(after["hundred"] or after["scale"])

    def _take_vulgar(self, sign: str) -> bool:
        self.group = (self.group or Decimal(0)) + read_vulgar(sign)
        self.step = Decimal("0.1")
        self.take()
        return True

    def _take_small(self, word: str) -> bool:
        value = Decimal(_UNITS[word] if word in _UNITS else _TENS[word])
        if self.group is None:
            if self.at > self.first and (self.last_scale <= 12 or (self.digits and not self._has_scale_behind())):
                return False
            self.group = value
        elif self.digits:
            return False
        elif (value < 10 and self.group % 100 in (20, 30, 40, 50, 60, 70, 80,
            90) and word in _UNITS) or (self.group % 100 == 0 and self.group >= 100):
            self.group += value
        else:
            return False
        self.step = _ONE
        self.take()
        return True

    def _take_hundred(self) -> bool:
        if self.group is None and self.at > self.first and self.word(-1) not in ("a", "an", "-"):
            return False
        if self.group is not None and self.group >= 100 and not self.digits:
            return False
        if self.group is None:
            if self.at == self.first:
                self.plural = self.word().endswith("s")
                if not self.plural:
                    return False
            self.group = _ONE
        self.group, self.step = self.group * 100, self.step * 100
        self.take()
        return True

    def _take_scale(self, worth: int) -> bool:
        if self.group is None:
            if self.at > self.first and self.total and worth > self.last_scale:  # 1.2 lakh crore
                self.total, self.scale, self.step, self.last_scale = (
                    self.total * worth,
                    self.scale * worth,
                    self.step * worth,
                    Decimal(worth),
                )
                self.take()
                return True
            if self.at > self.first:
                return False
            return False
        if self.total and worth >= self.last_scale:
            return False
        self.take()
        self._scale_group(Decimal(worth))
        return True

    def _scale_group(self, worth: Decimal) -> None:
        self.total += (self.group if self.group is not None else _ONE) * worth
        self.step, self.scale, self.last_scale, self.group = self.step * worth, worth, worth, None

    def _take_glue(self, word: str) -> bool:
        after = self.peek(1)
        if word == "point":
            return self._take_point()
        if word == "and":
            return self._take_and(after)
        if word in ("a", "an"):
            if self.at != self.first or after is None:
                return False
            if after["hundred"] or after["scale"]:
                self.take()
                self.group = _ONE
                return True
            return False
        return self._take_half(word)

    def _take_half(self, word: str) -> bool:
        """ "half a million", "quarter million"."""
        if self.at != self.first:
            return False
        skip = 1 if self.word(1) in ("a", "an") else 0
        scale = self.peek(1 + skip)
        if scale is None or not scale["scale"]:
            return False
        self.take(1 + skip)
        self.group, self.step = (_HALF, Decimal("0.1")) if word == "half" else (Decimal("0.25"), Decimal("0.01"))
        return True

    def _take_point(self) -> bool:
        after = self.peek(1)
        if after is None or not (after["small"] or after["digits"]) or (self.at > self.first and self.group is None):
            return False
        whole, fraction, count = self.group or Decimal(0), "", 1
        while (token := self.peek(count)) is not None and (token["small"] or token["digits"]) and count < 12:
            if token["small"]:
                value = _UNITS.get(token.group().lower())
                if value is None:
                    value = _TENS[token.group().lower()]
                    if (unit := self.word(count + 1)) in _UNITS and 0 < _UNITS[unit] < 10:
                        value, count = value + _UNITS[unit], count + 1
                fraction += str(value)
            else:
                fraction += token["digits"]
            count += 1
        if not fraction.isdigit():
            return False
        self.take(count)
        self.group = whole + Decimal(f"0.{fraction}")
        self.step = Decimal(10) ** -len(fraction)
        return True

    def _take_and(self, after: re.Match[str] | None) -> bool:
        if self.at == self.first or after is None:
            return False
        if after.group().lower() in ("a", "an") and self.word(2) in ("half", "quarter"):
            part = _HALF if self.word(2) == "half" else Decimal("0.25")
            self.take(3)
            if self.group is not None:
                self.group, self.step = self.group + part, Decimal("0.1")
            else:
                self.total += part * self.scale
                self.step = self.scale / 10
            return True
        if after["small"]:
            low = _UNITS.get(after["small"].lower(), 20) < 100
            follows_hundred = self.group is not None and self.group % 100 == 0 and self.group >= 100
            follows_scale = self.group is None and self.total > 0 and not self.digits and self.last_scale >= 1000
            if low and ((follows_hundred and not self.digits) or follows_scale):
                self.take()
                return True
        if after["digits"] and self.digits and self.group is not None and self.tokens[self.at - 1]["hundred"]:
            value, _ = read_digits(after["digits"])
            if len(self.digits) == 1 and 10 < value < 100 and not after["suffix"]:  # 3 hundred and 21
                self.take(2)
                self.group += value
                self.step = _ONE
                return True
        return False

    def _number(self) -> Number | None:
        value = self.total + (self.group or Decimal(0))
        scale = _ONE if self.group is not None and self.total else self.scale
        step = self.step
        if scale == 1 and value and value == value.to_integral_value() and step <= 1:
            step = trailing_step(value)
        first = self.tokens[self.first]
        return Number(
            start=first.start(), end=self.end, value=value, rounding=step / 2, scale=scale, mantissa=value / scale,
            digits=self.digits, is_words=not self.digits, is_vague=self.plural, suffix=self.suffix,
        )  # fmt: skip


def read_digits(printed: str) -> tuple[Decimal, Decimal]:
    """The value of a group of digits and the worth of its last printed digit."""
    if printed.isdigit():
        return Decimal(printed), _ONE
    plain = _BLANKS.sub("", printed)
    if _COMMA.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    plain = plain.replace(",", "")
    _, _, fraction = plain.partition(".")
    value = Decimal(plain if not plain.startswith(".") else "0" + plain)
    return value, Decimal(10) ** -len(fraction)


def read_vulgar(sign: str) -> Decimal:
    """The worth of a fraction printed as one sign."""
    above, _, below = _VULGAR[sign].partition("/")
    return Decimal(above) / Decimal(below) if below else Decimal(above)


def trailing_step(value: Decimal) -> Decimal:
    """The worth of the last digit of a whole number that isn't a trailing zero: 250,000 → 10,000."""
    normal = value.normalize()
    exponent = normal.as_tuple().exponent
    return Decimal(10) ** max(int(exponent), 0)


def _read_han(text: str, token: re.Match[str], found: list[Number]) -> Number | None:
    """Chinese numerals, or the scale that follows digits: 2.5亿, 两千多万, 十二."""
    printed = token.group()
    vague = "多" in printed or "余" in printed or "几" in printed
    signs = printed.replace("多", "").replace("余", "").replace("几", "")
    before = found[-1] if found else None
    glued = before is not None and before.scale == 1 and before.digits and text[before.end : token.start()].strip(" 多余") == ""
    if glued and before is not None and all(c in HAN_TEN or c in HAN_SCALE for c in signs):
        scale = _ONE
        for c in signs:
            scale *= HAN_TEN.get(c) or HAN_SCALE[c]
        vague = vague or "多" in text[before.end : token.start()] or "余" in text[before.end : token.start()]
        _, step = read_digits(before.digits)
        return Number(
            start=before.start, end=token.end(), value=before.value * scale, rounding=step * scale / 2, scale=scale,
            mantissa=before.value, digits=before.digits, is_words=False, is_vague=vague,
        )  # fmt: skip
    if signs[:1] in HAN_SCALE or signs[:1] in ("百", "千") or len(signs) > _LONGEST:
        return None
    if signs[:1] == "零" and (signs[1:2] in HAN_TEN or signs[1:2] in HAN_SCALE):
        return None  # 零百加速: from nought to a hundred
    value, step = han_value(signs)
    if value is None:
        return None
    return Number(
        start=token.start(),
        end=token.end(),
        value=value,
        rounding=step / 2,
        scale=_ONE,
        mantissa=value,
        digits="",
        is_words=True,
        is_vague=vague,
    )
