"""Looking quickly finds what looking at each character finds."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import etl.claims
from etl.claims import Vocabulary, mentions, numbers, segments, standings, voice, wordings, wordings_chinese
from etl.claims.scan import Cells, Kept, Spellings, Tail, Worded
from etl.claims.timewords import RULES

MODULES = [importlib.import_module(f"etl.claims.{m.name}") for m in pkgutil.iter_modules(etl.claims.__path__)]
TAILS = {f"{m.__name__}.{name}": x for m in MODULES for name, x in vars(m).items() if isinstance(x, Tail)}
WORDED = {f"{m.__name__}.{name}": x for m in MODULES for name, x in vars(m).items() if isinstance(x, Worded)}
KEPT = {f"{m.__name__}.{name}": x for m in MODULES for name, x in vars(m).items() if isinstance(x, Kept)}
PIECES = st.sampled_from(
    ["the", "The", "market", "smartphone", "global", "shipments", "Xiaomi", "Redmi Note 8", "No. 3", "no5", "#2", "doubled", "a third of",
    "top-5", "second largest", "its fifth store", "5", "2.5-fold", "5mUSD", "five hundred and six", "½", "1,234", "3e5", "10 million", "5mn",
    "2018", "2018-19", "Q2", "in", "to", "from", "a year earlier", "quarter ended June 30", "last year", "the same period", "May", ",", ".",
    "\n", "it", "We", "’s", "(", "half a", "point", "小米", "三千万", "第三", "3季度", "É", "_", "-", "  "]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=80)
SIGNS = "年季度月半上下第一二三四今初以来至迄截止日底财前首个九末的全内份政本–’é"  # of each rule of time some
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture,
    HealthCheck.filter_too_much, HealthCheck.data_too_large])  # fmt: skip


@pytest.fixture(scope="module")
def patterns(vocabulary: Vocabulary) -> list[Spellings]:
    """Those of the shipped vocabulary."""
    v = vocabulary
    return [v.name_pattern, v.cue_pattern, v.region_pattern, v.authority_pattern, v.product_pattern]


def without_looks(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern without the looks ahead that scan.opening gives."""
    return re.compile(re.sub(r"\(\?=\(\?-i:.*?\)\)(?=\(\?:)", "", pattern.pattern), pattern.flags)


def spans(matches: object) -> list[tuple[int, int]]:
    return [m.span() for m in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(WORDED))
def test_what_a_guarded_pattern_matches_holds_one_of_its_words(name: str) -> None:
    """Add an alternative to such a pattern, and its word must be added beside it."""
    worded = WORDED[name]

    @settings(parent=RELAXED, max_examples=80)
    @given(st.from_regex(worded.pattern, fullmatch=False))
    def check(words: str) -> None:
        assert (worded.search(words) is None) == (worded.pattern.search(words) is None)

    check()


@pytest.mark.parametrize("name", sorted(KEPT))
def test_what_is_kept_of_a_stretch_is_what_it_holds(name: str) -> None:
    """The matches of the stretch asked about, whatever was asked before."""
    kept = KEPT[name]
    plain = without_looks(kept.pattern)

    @settings(parent=RELAXED, max_examples=80)
    @given(st.from_regex(plain, fullmatch=False))
    def check(words: str) -> None:
        for start, end in ((0, len(words)), (0, len(words) // 2), (len(words) // 2, len(words)), (0, len(words))):
            assert spans(kept.all(words, start, end)) == spans(plain.finditer(words, start, end))

    check()


@pytest.mark.parametrize("pattern", [standings._FIRST, wordings_chinese._WORDED], ids=["first places", "Chinese wordings"])
def test_every_alternative_begins_with_a_head_that_is_looked_for(pattern: re.Pattern[str]) -> None:
    """Add an alternative, and how it begins must be added beside it."""
    plain = re.compile(re.sub(r"\(\?=\[[\u4e00-\u9fff]+\]\)", "", without_looks(pattern).pattern), pattern.flags)
    assert plain.pattern != pattern.pattern

    @settings(parent=RELAXED, max_examples=300)
    @given(st.from_regex(plain))
    def check(words: str) -> None:
        assert spans(pattern.finditer(words)) == spans(plain.finditer(words))

    check()


@pytest.mark.parametrize("pattern", [voice._CONSENSUS_BEFORE, voice._CONSENSUS_AFTER])
def test_what_was_expected_is_told_by_a_word_that_is_looked_for(pattern: re.Pattern[str]) -> None:
    """Add an alternative, and its word must be added to _EXPECTING."""

    @settings(parent=RELAXED, max_examples=200)
    @given(st.from_regex(pattern))
    def check(words: str) -> None:
        assert voice._EXPECTING.search(words, 0, len(words)) is not None

    check()


@pytest.mark.parametrize("name", sorted(TAILS))
def test_a_pattern_that_ends_a_stretch_is_found_there(name: str) -> None:
    """Whatever matches before a place is seen, and nothing else."""
    tail = TAILS[name]

    @settings(parent=RELAXED, max_examples=80)
    @given(st.from_regex(tail.pattern, fullmatch=True) | TEXTS)
    def check(words: str) -> None:
        text = f"Then, {words}Xiaomi"
        assert tail.ends(text, 4, len(text) - 6) == (tail.pattern.search(text[4 : len(text) - 6]) is not None)

    check()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule[2].__name__)
def test_what_a_rule_of_time_matches_holds_one_of_its_words(rule: tuple[tuple[str | re.Pattern[str], ...], re.Pattern[str], object]) -> None:
    """Add an alternative to a rule, and its word must be added to the rule's needs."""
    needs, pattern, _ = rule
    # a look ahead at the beginning is drawn beside what follows, and nearly all that is drawn so is thrown away
    drawn = re.compile(re.sub(r"^\(\?=\[[^\]]*\]\)", "", pattern.pattern), pattern.flags)

    @RELAXED
    @given(st.from_regex(drawn, fullmatch=True, alphabet=st.characters(max_codepoint=0x7F) | st.sampled_from(SIGNS)))
    def check(words: str) -> None:
        for filler in ("", "word " * 60):
            text = filler + words + " " + filler
            assert spans(Cells(text).finditer(needs, pattern, text)) == spans(pattern.finditer(text))

    check()


@settings(parent=RELAXED, max_examples=150)
@given(text=TEXTS)
def test_quick_looks_find_all(patterns: list[Spellings], text: str) -> None:
    """Names, cues, numbers and wordings: the same matches as by their patterns alone."""
    names = [x for x in vars(mentions).values() if isinstance(x, Spellings)]
    for words in (*patterns, *names):
        assert spans(words.finditer(text)) == spans(words.pattern.finditer(text))
        middle = len(text) // 2
        assert spans(words.finditer(text, middle)) == spans(words.pattern.finditer(text, middle))
    assert spans(numbers._tokens(text)) == spans(numbers.TOKEN.finditer(text))
    low = text.lower()
    assert spans(wordings._matches(low)) == spans(wordings.WORDING.finditer(low))


@RELAXED
@given(st.from_regex(wordings.WORDING, fullmatch=True))
def test_every_wording_begins_with_a_word_that_is_looked_for(words: str) -> None:
    """Add an alternative to WORDING, and its first word must be added beside it."""
    text = f". {words.lower()} ."
    assert spans(wordings._matches(text)) == spans(wordings.WORDING.finditer(text))


@pytest.mark.parametrize("what", ["goods", "channel", "money"])
def test_every_segment_begins_with_a_head_that_is_looked_for(what: str) -> None:
    """Add an alternative to a table, and how it begins must be added to the table's heads."""
    quick, table = segments._PATTERNS[what]
    plain = re.compile(rf"(?:(?<![A-Za-z])(?=[A-Za-z45])|(?=[\u4e00-\u9fff])){quick.pattern.pattern}", re.IGNORECASE)

    for _, alternative in table:

        @RELAXED
        @given(st.from_regex(re.compile(alternative, re.IGNORECASE)))
        def check(words: str) -> None:
            for start in (0, len(words) // 2):
                assert spans(quick.finditer(words, start, len(words))) == spans(plain.finditer(words, start, len(words)))

        check()
