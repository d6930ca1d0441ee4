"""Chinese numerals: signs to a value."""

from __future__ import annotations

from decimal import Decimal

_ONE = Decimal(1)
HAN_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
HAN_TEN = {"十": 10, "百": 100, "千": 1000}
HAN_SCALE = {"万": 10**4, "亿": 10**8, "兆": 10**12}


def han_value(signs: str) -> tuple[Decimal | None, Decimal]:
    """The value of Chinese numerals and the worth of their last sign; None where they are no number."""
    total = section = digit = Decimal(0)
    whole, _, fraction = signs.partition("点")
    if fraction:
        scale = _ONE
        while fraction and fraction[-1] in HAN_SCALE:
            scale, fraction = scale * HAN_SCALE[fraction[-1]], fraction[:-1]
        if not fraction or any(c not in HAN_DIGIT for c in fraction):
            return None, _ONE
        base, _ = han_value(whole) if whole else (Decimal(0), _ONE)
        if base is None:
            return None, _ONE
        places = "".join(str(HAN_DIGIT[c]) for c in fraction)
        return (base + Decimal(f"0.{places}")) * scale, scale * Decimal(10) ** -len(places)
    step = _ONE
    for c in whole:
        if c in HAN_DIGIT:
            digit = Decimal(HAN_DIGIT[c])
            step = _ONE
        elif c in HAN_TEN:
            section += (digit or _ONE) * HAN_TEN[c]
            digit, step = Decimal(0), Decimal(HAN_TEN[c])
        elif c in HAN_SCALE:
            total = (total + section + digit) * HAN_SCALE[c] if HAN_SCALE[c] > 10**4 else total + (section + digit) * HAN_SCALE[c]
            section, digit, step = Decimal(0), Decimal(0), step * HAN_SCALE[c]
    return total + section + digit, step
