"""The whole way: feeds → pages → articles → originals → claims → facts → shifts → alerts → mails. Start reading here.

`run_once` walks it from end to end; the daemon takes the same steps, each in its own time (see `schedule`).
Between the steps lies the queue, so that a slow host holds nobody up, and what one step has stored the next one finds
again after any stop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from etl.alerts import compose
from etl.articles import MOST, next_part
from etl.duplicates import Document, tell_apart
from etl.duplicates.addresses import address_key
from etl.errors import EtlError, FetchError
from etl.facts import kin, reconcile
from etl.feeds import FeedState, due, next_poll
from etl.ledger import Ending, Ledger
from etl.model import (
    AMOUNT_LIMIT,
    Alert,
    Article,
    Batch,
    Claim,
    Dropped,
    DropReason,
    Evidence,
    Fact,
    Page,
    Shift,
    Telling,
    Verdict,
    identity,
)  # fmt: skip
from etl.pages import keep_page
from etl.ports import Item
from etl.reading import claims_of, clean_page, parse_feed
from etl.shifts import notice
from etl.spec.feeds import FeedSpec
from etl.world import World

HANDED_IN = "ingest:"  # how the entry of a document that came by hand names its feed; the manifest's source follows
_GIVE_UP = {"status_404", "status_410", "status_451", "private", "robots", "scheme", "too_large"}  # trying again would change nothing

log = logging.getLogger(__name__)


async def run_once(world: World) -> Ledger:
    """Carry everything due from the feeds to the mailboxes, once. A second call finds nothing new and sends nothing."""
    ledger = Ledger()
    states = feed_states(world)
    await asyncio.gather(*(poll(world, feed, states.get(feed.url), ledger) for feed in due(world.spec.feeds, states, world.now())))
    while items := world.state.wanted(world.now(), 100):
        await asyncio.gather(*(fetch(world, item, ledger) for item in items))
    world.state.line_up()
    while items := world.state.ready(world.spec.settings.daemon.load_at_most):
        await load(world, items, ledger)
    await deliver(world, ledger)
    return ledger


def feed_states(world: World) -> dict[str, FeedState]:
    """What is remembered of each feed."""
    return {url: FeedState.from_json(text) for url, text in world.state.feed_states().items()}


# ------------------------------------------------------------------ from a feed to the queue


async def poll(world: World, feed: FeedSpec, state: FeedState | None, ledger: Ledger) -> None:
    """Ask one feed what is new; its unknown entries join the queue together with the feed's new state."""
    now, settings = world.now(), world.spec.settings.fetch
    state = state or FeedState.new(feed.url)
    document, outcome = None, None
    try:
        outcome = await world.web.fetch(
            state.address, etag=state.etag, last_modified=state.last_modified, max_bytes=settings.max_feed_bytes, accept="feed"
        )
        if outcome.status == 200:
            document = await world.workers.run(parse_feed, outcome.body, outcome.url, outcome.content_type, now, feed.url)
    except EtlError as error:
        ledger.fail("feeds", feed.url, error)
        world.state.keep_poll(feed.url, next_poll(state, error, None, feed, now).to_json(), (), now, may_mail=False)
        return
    entries = [(address_key(entry.url), entry) for entry in (document.entries if document else ())]
    later = next_poll(state, outcome, document, feed, now)
    queued = world.state.keep_poll(feed.url, later.to_json(), entries, now, may_mail=state.first_polled_at is not None)
    ledger.keep("feeds", feed.url, f"{outcome.status}: {len(queued)} new of {len(entries)}")


async def fetch(world: World, item: Item, ledger: Ledger) -> None:
    """Bring one announced page into the blob store, or put it off, or say why it is dropped."""
    now, settings = world.now(), world.spec.settings.fetch
    try:
        if not await world.web.allowed(item.url):
            _drop(world, item, Dropped(reason=DropReason.ROBOTS, detail="robots.txt"), ledger)
            return
        response = await world.web.fetch(item.url, max_bytes=settings.max_page_bytes, accept="page")
    except FetchError as error:
        ledger.fail("pages", item.url, error)
        if error.reason in _GIVE_UP or item.attempts + 1 >= settings.attempts:
            world.state.end(item.item_id, "failed", error.reason, now)
        else:
            wait = timedelta(seconds=error.retry_after_s or 60 * 4**item.attempts)
            world.state.postpone(item.item_id, now + wait, error.reason)
        return
    page = keep_page(item.url, response, now)
    if isinstance(page, Dropped):
        _drop(world, item, page, ledger)
        return
    page = replace(page, parts=await _following(world, page))
    for each in (page, *page.parts):
        world.blobs.keep(each.body)
    world.state.keep_fetched(item.item_id, page)
    ledger.keep("pages", item.url)


async def _following(world: World, page: Page) -> tuple[Page, ...]:
    """The further pages of an article in several parts. A part that can't be had ends them: the parts before it are an article too."""
    parts: list[Page] = []
    while len(parts) + 1 < MOST:
        last = parts[-1] if parts else page
        try:
            address = await world.workers.run(next_part, last)
            if address is None or not await world.web.allowed(address):
                break
            response = await world.web.fetch(address, max_bytes=world.spec.settings.fetch.max_page_bytes, accept="page")
        except EtlError as error:
            log.warning("%s is read without its further parts: %s", page.url, error)
            break
        part = keep_page(address, response, world.now())
        if isinstance(part, Dropped) or part.sha256 in {p.sha256 for p in (page, *parts)}:
            break
        parts.append(part)
    return tuple(parts)


def _drop(world: World, item: Item, why: Dropped, ledger: Ledger) -> None:
    world.state.end(item.item_id, "dropped", why.reason.value, world.now())
    ledger.drop("pages", item.url, why)


# ------------------------------------------------------------------ from the queue to the warehouse


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one load adds to the warehouse."""

    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    shifts: tuple[Shift, ...]
    alerts: tuple[Alert, ...]


async def load(world: World, items: Sequence[Item], ledger: Ledger, *, at: datetime | None = None, mail: bool = True) -> None:
    """Clean, tell apart, read and reconcile these pages, and commit the outcome in one transaction.

    They are told apart in the order in which they stand here, the queue's: how many of them make a load changes no verdict.
    The index and the outbox hold their rows as pending under the load's id until the warehouse has committed it. That id is the same
    when a stop makes the load be done again, and another one when a page comes again, even if it is word for word the same.
    """
    now = at or world.now()
    own = Ledger()
    pages = {item.item_id: world.page(item) for item in items}
    load_id = identity("load", *sorted(f"{item.place} {item.url} {pages[item.item_id].sha256}" for item in items))
    cleaned = await asyncio.gather(*(_clean(world, item, pages[item.item_id], now, own) for item in items))
    articles = [pair for pair in cleaned if pair]
    async with world.loading:
        ended = world.state.unaccounted()
        tellings = await asyncio.to_thread(_tell_apart, world, load_id, [a for _, a in articles], now, own)
        originals = [(i, a) for i, a in articles if tellings[a.article_id].verdict is not Verdict.COPY]
        claims = await asyncio.gather(*(_read(world, article, own) for _, article in originals))
        evidence = tuple(
            weigh(world, item, article, tellings[article.article_id], claim)
            for (item, article), found in zip(originals, claims, strict=True)
            for claim in found
        )
        held = await asyncio.to_thread(conclude, world, [a for _, a in originals], evidence, now, mail)
        world.outbox.put(held.alerts, load_id)
        batch = Batch(
            load_id=load_id, recorded_at=now, articles=tuple(a for _, a in articles), tellings=tuple(tellings.values()),
            evidence=held.evidence, facts=held.facts, shifts=held.shifts, alerts=held.alerts,
            endings=(*_fetched(items, ended), *own.endings),
        )  # fmt: skip
        await asyncio.to_thread(world.warehouse.load, batch)
        settle(world, load_id)
    ends = {e.item: e for e in own.endings if e.outcome != "kept"}
    accounted = [(item_id, stage, reason) for item_id, _, stage, reason in ended]
    world.state.end_load(load_id, [*((i.item_id, *_stage(ends, i)) for i in items), *accounted], now)
    ledger.merge(own)


def _fetched(items: Sequence[Item], ended: Sequence[tuple[int, str, str, str]]) -> list[Ending]:
    """How the pages ended: those that this load takes, and those that came to no page since the load before."""
    kept = [(item.url, "kept", "") for item in items if not item.entry.feed.startswith(HANDED_IN)]
    return [
        Ending(room="pages", item=url, outcome=outcome, reason=reason, detail="")
        for url, outcome, reason in (*kept, *((url, stage, reason) for _, url, stage, reason in ended))
    ]


def settle(world: World, load_id: str) -> None:
    """The warehouse has the load: what was pending under its id now holds."""
    world.index.confirm(load_id)
    world.outbox.confirm(load_id)


def recover(world: World) -> None:
    """After a stop at any moment: what the warehouse has committed holds, the rest is forgotten and will be done again."""
    for load_id in {*world.index.pending_loads(), *world.outbox.pending_loads()}:
        if world.warehouse.has_load(load_id):
            settle(world, load_id)
        else:
            world.index.discard(load_id)
            world.outbox.discard(load_id)


async def _clean(world: World, item: Item, page: Page, now: datetime, ledger: Ledger) -> tuple[Item, Article] | None:
    try:
        found = await world.workers.run(clean_page, page, item.entry, now, frozenset())
    except EtlError as error:
        ledger.fail("articles", item.url, error)
        return None
    if isinstance(found, Dropped):
        ledger.drop("articles", item.url, found)
        return None
    ledger.keep("articles", item.url)
    if source := item.entry.feed.removeprefix(HANDED_IN) if item.entry.feed.startswith(HANDED_IN) else "":
        found = replace(found, source=source)  # a manifest knows whose text it is
    return item, found


def _tell_apart(world: World, load_id: str, articles: Sequence[Article], now: datetime, ledger: Ledger) -> dict[str, Telling]:
    world.index.begin(load_id)
    tellings = {}
    for article in articles:
        document = Document(
            id=article.article_id, url=article.url, canonical_url=article.canonical_url, title=article.title,
            text=article.text, published=article.published, source=article.source, learnt=now,
        )  # fmt: skip
        telling = tellings[article.article_id] = tell_apart(document, world.index)
        if telling.verdict is Verdict.COPY:
            ledger.drop("duplicates", article.url, Dropped(reason=DropReason.SYNDICATED_COPY, detail=f"of {telling.of}: {telling.reason}"))
        else:
            ledger.keep("duplicates", article.url, telling.verdict.value)
    return tellings


async def _read(world: World, article: Article, ledger: Ledger) -> list[Claim]:
    try:
        claims = [claim for claim in await world.workers.run(claims_of, article) if _is_sane(claim)]
    except EtlError as error:
        ledger.fail("claims", article.url, error)
        return []
    if claims:
        ledger.keep("claims", article.url, f"{len(claims)} claims")
    else:
        ledger.drop("claims", article.url, Dropped(reason=DropReason.NO_CLAIM))
    return claims


def _is_sane(claim: Claim) -> bool:
    """Whether the warehouse has room for the claim's amounts: a text may print a number of forty digits."""
    amounts = (claim.amount, claim.amount_high, claim.alt_amount, claim.rounding)
    return all(amount is None or abs(amount) < AMOUNT_LIMIT for amount in amounts)


def weigh(world: World, item: Item, article: Article, telling: Telling, claim: Claim) -> Evidence:
    """The claim with what must be known of its article to weigh it."""
    return Evidence(
        claim=claim, article_id=article.article_id, url=article.url, title=article.title, source=article.source,
        owner=world.owner_of(item.entry.feed, article.source), group_id=telling.group_id, published_at=article.published,
        may_mail=item.may_mail and article.published is not None,
    )  # fmt: skip


def conclude(world: World, articles: Sequence[Article], evidence: tuple[Evidence, ...], now: datetime, mail: bool) -> Held:
    """What is held once this evidence joins what is known, what that changes, and whom it concerns.

    What an earlier version of one of these articles said is withdrawn where the new version no longer says it.
    """
    replaced = world.warehouse.recall_versions(articles)
    keys = kin((e.claim.company, e.claim.metric) for e in (*evidence, *replaced))
    known, held = world.warehouse.recall_evidence(keys), world.warehouse.recall_facts(keys)
    seen = {e.claim.claim_id for e in known}
    fresh = tuple({e.claim.claim_id: e for e in evidence if e.claim.claim_id not in seen}.values())
    everything = {e.claim.claim_id: e for e in (*known, *fresh)}
    withdrawn = {e.article_id for e in replaced} | world.warehouse.superseded(e.url for e in known)
    kept_apart = {metric.name for metric in world.spec.metrics if not metric.held}
    facts = reconcile([e for e in everything.values() if e.claim.metric not in kept_apart], withdrawn)
    before = {fact.vintage_id for fact in held}
    ranks = {authority.name: authority.rank for authority in world.spec.authorities}
    stocks = frozenset(metric.name for metric in world.spec.metrics if metric.stock)
    shifts = notice(facts, held, world.spec.baseline, frozenset(e.claim.claim_id for e in fresh), everything, ranks, stocks)
    sender = world.spec.settings.mail.sender
    alerts = compose(shifts, world.spec.alerts, everything, now, facts, sender) if mail else []
    return Held(evidence=fresh, facts=tuple(f for f in facts if f.vintage_id not in before), shifts=tuple(shifts), alerts=tuple(alerts))


def _stage(ends: Mapping[str, Ending], item: Item) -> tuple[str, str]:
    ending = ends.get(item.url)
    return (ending.outcome, ending.reason) if ending else ("loaded", "")


# ------------------------------------------------------------------ from the outbox to the mailboxes


async def deliver(world: World, ledger: Ledger, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Send what is due. A mail that can't be sent now stays and is tried again, ever less often."""
    for letter in world.outbox.due(world.now()):
        if is_stopping():
            return
        try:
            world.outbox.mark_sending(letter.alert_id, world.now())
            await asyncio.to_thread(world.mail.send, letter)
        except EtlError as error:
            world.outbox.mark_failed(letter.alert_id, error, world.now())
            ledger.fail("mails", letter.alert_id, error)
        else:
            world.outbox.mark_sent(letter.alert_id, world.now())
            ledger.keep("mails", letter.alert_id)


# ------------------------------------------------------------------ looking without keeping


async def look(world: World) -> Ledger:
    """`once --dry-run`: the way up to what would be loaded; nothing is committed to the warehouse and nothing is sent."""
    ledger = Ledger()
    await asyncio.gather(*(poll(world, feed, None, ledger) for feed in due(world.spec.feeds, {}, world.now())))
    while items := world.state.wanted(world.now(), 100):
        await asyncio.gather(*(fetch(world, item, ledger) for item in items))
    world.state.line_up()
    for item in world.state.ready(10_000):
        if pair := await _clean(world, item, world.page(item), world.now(), ledger):
            await _read(world, pair[1], ledger)
    return ledger


def age_limit(world: World) -> datetime:
    """What the index may forget: postings of texts learnt before this moment."""
    return world.now() - timedelta(days=world.spec.settings.duplicates.keep_days)
