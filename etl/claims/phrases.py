"""Counted things in full: "460 Kia and Hyundai vehicles" counts kia hyundai vehicles, "a crew of 14 deck hands" deck hands.

The reader keeps the head noun alone, which is enough to tell phones from stores. Whoever asks for the quantities of a text wants to know what was
counted, with the words that tell one kind from another.
"""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re

from etl.claims.units import IRREGULAR, STOP_WORDS, singular

_TOKEN = re.compile(r"[ \u00a0]{1,2}((?!to-)[A-Za-z0-9][A-Za-z0-9’'&-]{0,29})(?![.]\d)")
_MOST = 7  # words of a phrase
_ENDS = STOP_WORDS | frozenset(
    ["again", "ahead", "alone", "already", "all", "along", "altogether", "any", "anyway", "apart", "apiece", "available", "away", "back", "both",
    "became", "become", "began", "came", "come", "did", "do", "does", "down", "either", "else", "enough", "ever", "except", "fell", "few", "first",
    "following", "former", "gave", "get", "goes", "got", "grew", "half", "him", "himself", "i", "including", "inside", "instead", "left", "less", "least", "like", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "direct", "net", "extra", "made", "many",
    "me", "missing", "most", "much", "must", "my", "near", "never", "no", "nor", "once", "one", "onto", "our", "outside", "overall", "per", "please", "plus", "rose", "said",
    "saw", "second", "should", "side", "since", "some", "soon", "still", "straight", "such", "sure", "than", "them", "these", "third", "though", "those",
    "together", "tonight", "tomorrow", "too", "took", "total", "towards", "toward", "two", "unless", "until", "upon", "us", "using", "very", "via", "was", "went", "whether",
    "whose", "whom", "why", "without", "yet", "your", "did", "does", "might", "shall", "according", "across", "ahead", "amid", "above", "below", "behind",
    "beyond", "beside", "despite", "alike", "high", "low", "long", "wide", "tall", "deep", "away", "apart", "worth", "aged", "am", "pm", "x", "de", "del", "la", "el", "y", "en", "por", "th", "nd", "rd", "st",
    "cheaper", "higher", "lower", "larger", "bigger", "smaller", "better", "worse", "faster", "slower", "older", "younger", "heavier", "lighter",
    "longer", "shorter", "greater", "stronger", "weaker"]
)  # fmt: skip
_NO_THINGS = frozenset(
    [
        "mark",
        "milestone",
        "barrier",
        "threshold",
        "level",
        "figure",
        "target",
        "goal",
        "total",
        "record",
        "range",
        "territory",
        "estimate",
        "forecast",
        "average",
        "limit",
        "ceiling",
        "floor",
        "peak",
        "mode",
        "version",
        "series",
        "edition",
    ]
)
_SKIPPED = frozenset(["combined", "total", "additional", "entire", "full"])
# Participles that stand before a noun as adjectives; any other word in -ed is taken for the verb that ends the phrase.
_ADJECTIVES = frozenset(
    ["advanced", "aged", "armed", "automated", "certified", "confirmed", "connected", "dedicated", "detached", "disabled", "displaced", "educated",
    "electrified", "experienced", "fixed", "gifted", "infected", "injured", "licensed", "limited", "listed", "married", "mixed", "paid", "planned",
    "proposed", "red", "refurbished", "registered", "related", "retired", "skilled", "speed", "seed", "talented", "tapered", "trained", "unlocked", "unmanned",
    "unnamed", "used", "wounded", "bed", "need", "breed", "weed", "feed", "shed", "sacred", "naked", "wicked", "hundred", "united", "assisted", "unarmed", "untested"]
)  # fmt: skip
_NO_ADVERBS = frozenset(["family", "assembly", "supply", "daily", "weekly", "monthly", "quarterly", "yearly", "early", "elderly", "friendly", "deadly",
    "likely", "ally", "fly", "lonely", "costly", "orderly", "butterfly", "anomaly", "monopoly", "jelly", "reply"])  # fmt: skip
_PLURAL_FIRST = frozenset("sales sports goods operations savings news arms systems communications electronics women men".split())
_NO_PLURAL = ("ss", "us", "is", "’s", "'s", "ous")
_ADJECTIVAL = ("able", "ible", "ous", "ful", "ing", "est", "ish", "ive", "-old", "ial", "cal", "ual", "nal", "tal", "ic", "ary")


def noun_phrase(text: str, at: int, *, one: bool = False, few: bool = False) -> tuple[str, int] | None:
    """What the number that ends at `at` counts, in the singular and lower case, and where it ends.

    `one`: the number is one, its noun
    singular. `few`: a small number, whose noun may be singular too ("a three course meal"), where "a 5.4 million loss" counts no losses.
    """
    words: list[str] = []
    place, before = at, ""
    for _ in range(_MOST):
        token = _TOKEN.match(text, place)
        if token is None:
            break
        raw = token[1].rstrip("-'’")
        low = raw.lower()
        if low in ("and", "&", "or") and words and _joins(text, token.end()):
            place = token.end()
            continue
        if raw.isdigit() and not (before[:1].isupper() and "’" not in before and "'" not in before):
            return None  # "45 of the world's top 50 carriers"; the Model 3 has its number
        participle = not words and low.endswith("ed") and _plural_behind(text, token.end())
        if (_closes(raw, low) and not participle) or (
            one and (_is_plural(low) or raw[0].isdigit() or (raw[0].isupper() and before.islower()))
        ):
            break
        before = raw
        place = token.start(1) + len(raw)
        if low not in _SKIPPED:
            words.append(low.removesuffix("’s").removesuffix("'s"))
        if (
            (_is_plural(low) or (raw[:-1].isupper() and raw[-1] == "s"))
            and not (low in _PLURAL_FIRST and _plural_behind(text, place))
            and low not in _SKIPPED
        ):
            return " ".join([*words[:-1], singular(raw)]), place
    return _of_singulars(text, words, place, one=one) if one or few else None


def _of_singulars(text: str, words: list[str], place: int, *, one: bool) -> tuple[str, int] | None:
    """A phrase without a plural ("a three course meal", "one area"): only where it is short and its last word can be a noun."""
    if not words or len(words) > (2 if one else 3) or words[-1].isdigit() or len(words[-1]) < 3 or words[-1] in _NO_THINGS:
        return None
    if not text[place - len(words[-1]) : place].islower():
        return None  # "One Belt, One Road"
    return None if not one and words[-1].endswith(_ADJECTIVAL) else (" ".join(words), place)


def _closes(raw: str, low: str) -> bool:
    """Whether the phrase ends before this word: a function word, an adverb, a verb in -ed."""
    if low in _ENDS and low not in _SKIPPED:
        return True
    if low.endswith("ed") and "-" not in raw and low not in _ADJECTIVES and not low.startswith("un"):
        return low not in _SKIPPED
    return low.endswith("ly") and low not in _NO_ADVERBS


def _is_plural(low: str) -> bool:
    return (
        low in IRREGULAR or (low.endswith("s") and len(low) > 3 and not low.endswith(_NO_PLURAL)) or (low.endswith("men") and len(low) > 5)
    )


def _plural_behind(text: str, place: int) -> bool:
    token = _TOKEN.match(text, place)
    return token is not None and _is_plural(token[1].lower()) and not _closes(token[1], token[1].lower())


def _joins(text: str, place: int) -> bool:
    """Whether "and" joins two words of one phrase ("digital and physical sales"): a plural stands close behind it."""
    for _ in range(3):
        token = _TOKEN.match(text, place)
        if token is None or _closes(token[1], token[1].lower()) or token[1][0].isdigit():
            return False
        if _is_plural(token[1].lower()):
            return True
        place = token.end()
    return False
