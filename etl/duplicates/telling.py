"""The way of one article through this room: address, words, candidates, verdict, link, record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import xxhash
from numpy.typing import NDArray

from etl.duplicates.addresses import address_key
from etl.duplicates.boilerplate import boilerplate_sentences, wire_credits
from etl.duplicates.compare import compare
from etl.duplicates.decide import CONTAINS, Decision, decide
from etl.duplicates.events import Features, features, find_link
from etl.duplicates.index import Document, Index, Known, Record
from etl.duplicates.reading import Mask, Reading
from etl.duplicates.shingles import sample, short_key, signed
from etl.duplicates.tokens import read
from etl.duplicates.vocabulary import IS_CUE
from etl.model import Telling, Verdict

CANDIDATES = 8
FEWEST_WORDS = 8  # a shorter text is no article and copies nothing
FEWEST_LIVE = 25  # where fewer are left by the mask, the whole text is compared
FULLER, FULLER_WORDS = 0.1, 25  # so much longer, a copy's text is kept for comparison beside its original's
CROWD = 32  # a run of words that so many texts hold counts for a fifth
SAME_GROUP = (Verdict.COPY, Verdict.REVISION, Verdict.EXPANDED)


@dataclass(frozen=True, slots=True)
class _Finding:
    known: Known
    decision: Decision
    coverage: float
    is_fuller: bool  # the new text has the known one in it, and more


def tell_apart(doc: Document, index: Index) -> Telling:
    """The verdict on one article, which the index remembers. An id that was told before gets its stored verdict."""
    return index.told(doc.id) or _take_in(doc, index, None)


def remember(doc: Document, telling: Telling, index: Index) -> None:
    """Take in an article whose verdict stands already: later ones are compared with it as if it had been told apart just now."""
    if index.told(doc.id) is None:
        _take_in(doc, index, telling)


def _take_in(doc: Document, index: Index, stored: Telling | None) -> Telling:
    reading, links = read(doc.text), _links(doc)
    is_told = len(reading) >= FEWEST_WORDS
    words = signed(reading.digest) if is_told else None
    exact = index.by_words(words) if words is not None else None
    if exact is not None and (stored is None or stored.verdict is Verdict.COPY):
        original = index.known(exact)
        telling = stored or _told(doc, original, Verdict.COPY, 1.0, _exact_reason(links, original))
        index.add(_record(doc, telling, words, links))
        return telling
    sentences = _sentence_keys(doc.source, reading)
    live = _live(reading, sentences, index)
    finding = _closest(reading, live, links, doc, index) if is_told else None
    own = features(reading, live)
    telling = stored or _verdict(doc, finding)
    if not stored and telling.of is None and is_told:
        telling = _linked(doc, telling, own, index)
    if telling.verdict is Verdict.COPY:
        fuller = finding is not None and finding.is_fuller
        shingles = sample(_live_runs(reading, live), keep=True) if fuller else ()
        record = _record(doc, telling, words, links, text=doc.text if fuller else None, shingles=shingles)
        record = replace(record, sentences=_beyond(finding, reading, sentences))
    else:
        shingles = sample(_live_runs(reading, live), keep=True)
        record = _record(doc, telling, words, links, text=doc.text, shingles=shingles)
        record = replace(record, sentences=tuple(dict.fromkeys(sentences)), features=own.keys)
    index.add(record)
    return telling


def _links(doc: Document) -> tuple[int, ...]:
    """Keys of the article's addresses, its own first."""
    urls = [url for url in (doc.url, doc.canonical_url) if url]
    return tuple(dict.fromkeys(signed(xxhash.xxh3_64_intdigest(address_key(url).encode("utf-8", "surrogatepass"))) for url in urls))


def _exact_reason(links: tuple[int, ...], original: Known) -> str:
    shared = [place for place, link in enumerate(links) if link in original.links]
    return ("url" if shared[0] == 0 else "canonical") if shared else "exact"


def _sentence_keys(source: str, reading: Reading) -> tuple[int, ...]:
    """A key for each sentence on this host."""
    return tuple(
        short_key(xxhash.xxh3_64_intdigest(f"{source}|{sentence.strip().lower()}".encode("utf-8", "surrogatepass")))
        for _, sentence in reading.sentences
    )


def _live(reading: Reading, sentences: tuple[int, ...], index: Index) -> Mask:
    """For each word whether it's the article's own: not of a site's line, nor of a block that recurs on the host."""
    count = len(reading)
    if not count:
        return np.zeros(0, bool)
    recurring = index.recurring(sentences)
    cued = np.zeros(len(sentences), bool)
    cued[reading.sentence_of[(reading.flags & IS_CUE) != 0]] = True
    masked = boilerplate_sentences(reading.sentences, cued.tolist(), [key in recurring for key in sentences])
    live: Mask = ~np.array(masked)[reading.sentence_of]
    return live if np.count_nonzero(live) >= FEWEST_LIVE else np.ones(count, bool)


def _live_runs(reading: Reading, live: Mask) -> NDArray[np.uint64]:
    """The long runs that begin and end in the article's own words."""
    runs = reading.long
    width = len(live) - len(runs)
    return runs[live[: len(runs)] & live[width:]] if len(runs) else runs


def _candidates(reading: Reading, live: Mask, index: Index) -> list[int]:
    """The known texts that share the most sampled runs, the best first."""
    shingles = sample(_live_runs(reading, live), keep=False)
    held = index.with_shingles(shingles)
    votes = Counter(chain.from_iterable(held))
    rare = Counter(chain.from_iterable(holders for holders in held if len(holders) < CROWD))
    weights = {number: count + 4 * rare[number] for number, count in votes.items()}
    enough = min(2.0, 0.3 * len(shingles))
    likely = sorted(weights, key=lambda number: (-weights[number], -number))
    return [number for number in likely[: 2 * CANDIDATES] if votes[number] >= enough and weights[number] >= 5 * min(enough, 1.0)]


def _closest(reading: Reading, live: Mask, links: tuple[int, ...], doc: Document, index: Index) -> _Finding | None:
    """The known text that decides: a copy's original if there is one, else the one that is most alike."""
    at_address = index.by_link(links)[:2]
    numbers = list(dict.fromkeys([*at_address, *_candidates(reading, live, index)]))[:CANDIDATES]
    credits = wire_credits(doc.text, doc.source) if numbers else frozenset()
    best: _Finding | None = None
    for number in numbers:
        known = index.known(number)
        if known.text is None:
            continue
        shared = [place for place, link in enumerate(links) if link in known.links]
        reason = ("url" if shared[0] == 0 else "canonical") if shared else ("url" if number in at_address else None)
        text = read(known.text)
        found = compare(reading, live, text)
        shares_agency = not credits.isdisjoint(known.credits) if credits and known.credits else None
        decision = decide(found, reason, shares_agency=shares_agency)
        if best is None or decision.rank > best.decision.rank:
            longer = int(np.count_nonzero(live)) - len(text)
            is_fuller = found.reverse >= CONTAINS and longer >= max(FULLER_WORDS, FULLER * len(text))
            best = _Finding(known, decision, found.coverage, is_fuller)
        if decision.verdict is Verdict.COPY and found.coverage > 0.95:
            break
    return best


def _verdict(doc: Document, finding: _Finding | None) -> Telling:
    if finding is None or finding.decision.verdict is Verdict.ORIGINAL:
        return Telling(article_id=doc.id, verdict=Verdict.ORIGINAL, of=None, coverage=0.0, reason="new", group_id=doc.id)
    verdict, reason, coverage = finding.decision.verdict, finding.decision.reason, finding.coverage
    if not finding.decision.same_subject:  # two companies' reports in one form: the other one is no source of this
        form = Verdict.TEMPLATE if verdict in (Verdict.REVISION, Verdict.TEMPLATE) else Verdict.ORIGINAL
        return Telling(article_id=doc.id, verdict=form, of=None, coverage=round(coverage, 3), reason=reason, group_id=doc.id)
    return _told(doc, finding.known, verdict, coverage, reason)


def _told(doc: Document, known: Known, verdict: Verdict, coverage: float, reason: str) -> Telling:
    group = known.group_id if verdict in SAME_GROUP else doc.id
    return Telling(article_id=doc.id, verdict=verdict, of=known.article_id, coverage=round(coverage, 3), reason=reason, group_id=group)


def _linked(doc: Document, telling: Telling, own: Features, index: Index) -> Telling:
    """The same verdict, or a link to the report of the same event."""
    when = int(doc.published.timestamp()) if doc.published else index.latest()[1]
    link = find_link(own, when, index)
    if link is None or not link.holds:
        return telling
    known = index.known(link.number)
    rewrite = link.figures >= 3 and link.figures + link.names >= 0.5 * len(own.keys)
    return Telling(
        article_id=doc.id,
        verdict=Verdict.REWRITE if rewrite else Verdict.SAME_EVENT,
        of=known.article_id,
        coverage=telling.coverage,
        reason="figures" if link.figures else "names",
        group_id=doc.id,
    )


def _beyond(finding: _Finding | None, reading: Reading, sentences: tuple[int, ...]) -> tuple[int, ...]:
    """The sentences of a copy that its original doesn't have: what the host adds to every article."""
    known = {sentence.strip().lower() for _, sentence in read(finding.known.text).sentences} if finding and finding.known.text else set()
    return tuple(
        dict.fromkeys(key for key, (_, sentence) in zip(sentences, reading.sentences, strict=True) if sentence.strip().lower() not in known)
    )


def _record(
    doc: Document, telling: Telling, words: int | None, links: tuple[int, ...], *, text: str | None = None, shingles: Sequence[int] = ()
) -> Record:
    return Record(
        telling=telling,
        published=doc.published,
        learnt=doc.learnt,
        source=doc.source,
        length=len(doc.text),
        words=words,
        links=links,
        credits=tuple(sorted(wire_credits(doc.text, doc.source))),
        text=text,
        shingles=tuple(shingles),
        sentences=(),
        features=(),
    )
