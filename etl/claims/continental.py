"""Spanish and Portuguese figures printed the English way, place for place: 42.600 millones → 42,600  million.

Only a text whose small words are Spanish or Portuguese is touched; every character keeps its place, so that spans hold.
"""



from __future__ import annotations

import re
from bisect import bisect_left

from etl.claims.scan import words_of

_SIGNS_OF_IT = ("millones", "milhões", "bilhões", "trilhões", "billones", "por ciento", "por cento", "trimestre", "lugar", "unidades", "%")
_THEIRS = frozenset(
    ["el", "los", "las", "del", "que", "por", "una", "con", "para", "de", "en", "os", "da", "do", "dos", "das", "em", "na", "uma", "com",
    "fue", "foi"]
)  # fmt: skip
_OURS = frozenset(["the", "of", "and", "to", "is", "was", "by", "with", "from", "its"])
_DIGITS = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![.,]?\d)")
_SWAP = str.maketrans(".,", ",.")
_BILLIONS = re.compile(r"\d\.\d{1,2}\sbillones", re.IGNORECASE)  # a decimal point betrays an English billion, translated by its sound
_WORDS = {
    "miles de millones": "thousand million",
    "mil millones": "thousand mln",
    "mil milhões": "thousand mn",
    "millones": "million",
    "milhões": "million",
    "bilhões": "billion",
    "trilhões": "trillion",
    "primer lugar": "first  place",
    "segundo lugar": "second  place",
    "tercer lugar": "third  place",
    "cuarto lugar": "fourth place",
    "terceiro lugar": "third    place",
    "quarto lugar": "fourth place",
}
_WORD = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS)}|billones)(?!\w)", re.IGNORECASE)
_LOOK = 20_000  # characters that tell the language


def in_english(text: str) -> str:
    """The text with its figures printed the English way, as long as before; an English text as it is."""
    if not any(sign in text for sign in _SIGNS_OF_IT):
        return text
    places = words_of(text)
    theirs, ours = (sum(bisect_left(sorted(places[w]), _LOOK) for w in words & places.keys()) for words in (_THEIRS, _OURS))
    if theirs < 3 or theirs < 4 * ours:
        return text
    billones = "billion" if _BILLIONS.search(text) else "trillion"
    text = _DIGITS.sub(lambda m: m[0].translate(_SWAP), text)
    return _WORD.sub(lambda m: _WORDS.get(m[0].lower(), billones).rjust(len(m[0])), text)
