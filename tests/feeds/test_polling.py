"""When and where a feed is polled next: values in, values out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import EtlError, FetchError, LayoutError
from etl.feeds import CONFIRMATIONS, FeedDocument, FeedState, due, next_poll, pace_complaint
from etl.model import Entry, Response
from etl.spec.feeds import Expected, FeedSpec

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL, NEW = "https://a.example/feed", "https://b.example/feed"
SPEC = FeedSpec(url=URL, name="A", publisher="A", owner="A", min_every_s=900, max_every_s=21_600)


def document(*ages_h: float, **more: object) -> FeedDocument:
    entries = tuple(
        Entry(feed=URL, url=f"{URL}/{n}", guid=None, title="", summary="", author=None, published=NOW - timedelta(hours=age), updated=None)
        for n, age in enumerate(ages_h)
    )
    empty = FeedDocument(
        format="rss20",
        title="",
        entries=entries,
        skipped=0,
        language=None,
        site_url=None,
        self_url=None,
        hub_urls=(),
        next_url=None,
        moved_to=None,
        ttl_s=None,
    )
    return empty if not more else FeedDocument(**{**{f: getattr(empty, f) for f in empty.__slots__}, **more})


def response(status: int = 200, permanent: str | None = None, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(
        url=permanent or URL,
        requested_url=URL,
        status=status,
        headers=named,
        body=b"",
        permanent_url=permanent,
        fetched_at=NOW,
        elapsed_s=0.1,
    )


def failed(reason: str, retry_after_s: float | None = None) -> FetchError:
    return FetchError(reason, url=URL, reason=reason, retry_after_s=retry_after_s)


def wait(state: FeedState, now: datetime = NOW) -> float:
    assert state.next_poll_at
    return (state.next_poll_at - now).total_seconds()


def polled(*outcomes: Response | EtlError, state: FeedState | None = None, found: FeedDocument | None = None) -> FeedState:
    state = state or FeedState.new(URL)
    for outcome in outcomes:
        is_whole = isinstance(outcome, Response) and outcome.status == 200
        state = next_poll(state, outcome, (found or document(1.0, 5.0)) if is_whole else None, SPEC, NOW)
    return state


def test_validators_are_kept_for_the_next_request() -> None:
    """What the server named as ETag and Last-Modified goes back to it, and stays through a 304."""
    state = polled(response(etag='W/"1"', last_modified="Mon"), response(304))
    assert (state.etag, state.last_modified, state.outcome, state.failures) == ('W/"1"', "Mon", "not_modified", 0)
    assert polled(response(), state=state).etag is None


def test_a_document_that_could_not_be_read_leaves_no_validator() -> None:
    """Else the next poll would get a 304 for something that was never read."""
    state = polled(LayoutError("no feed", url=URL))
    assert (state.outcome, state.etag, state.first_polled_at) == ("error", None, None)


def test_endless_304_is_put_to_the_test() -> None:
    """After a week of nothing but 304 the whole document is asked for again."""
    state = polled(response(etag='"1"'))
    assert next_poll(state, response(304), None, SPEC, NOW + timedelta(days=6)).etag
    assert next_poll(state, response(304), None, SPEC, NOW + timedelta(days=7)).etag is None


def test_a_busy_feed_is_polled_more_often_than_a_slow_one() -> None:
    """The interval follows the entries' own pace, within the declared limits."""
    busy, brisk, slow, dead = (
        wait(polled(response(), found=document(*ages)))
        for ages in ([n / 10 for n in range(1, 40)], [n * 2.0 for n in range(1, 20)], [n * 6.0 for n in range(1, 20)], [9000.0, 9100.0])
    )
    assert SPEC.min_every_s <= busy < brisk < slow < dead <= SPEC.max_every_s


def test_entries_are_not_lost_between_two_polls() -> None:
    """A feed that shows the last hour is polled at least twice an hour."""
    assert wait(polled(response(), found=document(0.1, 0.5, 1.0))) <= 1800


@pytest.mark.parametrize("asked", [{"ttl": 7200.0}, {"header": "max-age=7200"}, {"header": "public, max-age=9000", "age": "1800"}])
def test_a_feed_that_asks_for_rest_gets_it(asked: dict[str, object]) -> None:
    """ttl and max-age lengthen the interval."""
    ages = [n / 10 for n in range(1, 40)]
    found = document(*ages, ttl_s=asked.get("ttl"))
    headers = {"cache_control": str(asked["header"]), "age": str(asked.get("age", ""))} if "header" in asked else {}
    assert 7200 <= wait(polled(response(**headers), found=found)) <= 7200 * 1.11


def test_a_ttl_does_not_push_a_feed_beyond_its_limit() -> None:
    """A ttl of a year doesn't silence a feed."""
    assert wait(polled(response(), found=document(1.0, ttl_s=3e7))) <= SPEC.max_every_s * 5


def test_failures_double_the_wait_and_never_end() -> None:
    """Back-off grows to a day, and stays there; the first good poll forgets it."""
    waits = [wait(polled(*[failed("timeout")] * n)) for n in (1, 2, 3, 4, 30, 3000)]
    assert all(a < b for a, b in pairwise(waits[:5]))
    assert all(w <= 86_400 * 1.2 for w in waits)
    state = polled(*[failed("timeout")] * 5, response())
    assert (state.failures, state.outcome, state.error) == (0, "ok", "")


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("status_429", "backoff"),
        ("status_503", "backoff"),
        ("private", "blocked"),
        ("status_403", "blocked"),
        ("timeout", "error"),
        ("status_404", "error"),
        ("dns", "error"),
    ],
)
def test_each_failure_has_its_word(reason: str, word: str) -> None:
    """Busy, forbidden and broken are told apart."""
    assert polled(failed(reason)).outcome == word


def test_retry_after_is_obeyed() -> None:
    """At least as long as asked, at most a week."""
    assert wait(polled(failed("status_429", 50_000))) >= 50_000
    assert wait(polled(failed("status_503", 1e9))) <= 7 * 86_400
    assert wait(polled(failed("status_429", 1))) >= SPEC.min_every_s


def test_gone_ends_a_feed() -> None:
    """After 410 it is never due again."""
    state = polled(failed("status_410"))
    assert (state.gone, state.next_poll_at) == (True, None)
    assert due([SPEC], {URL: state}, NOW + timedelta(days=999)) == []


def test_a_permanent_move_is_followed_once_confirmed() -> None:
    """One 301 moves nothing; the same one several polls in a row does."""
    moves = [response(permanent=NEW)] * CONFIRMATIONS
    assert polled(*moves[:-1]).address == URL
    moved = polled(*moves)
    assert (moved.address, moved.outcome, moved.url) == (NEW, "moved", URL)


def test_a_move_that_wavers_is_not_followed() -> None:
    """Another target, a failure or a poll without the redirect starts the count anew."""
    other, move = response(permanent="https://c.example/"), response(permanent=NEW)
    for between in (other, response(), failed("timeout")):
        assert polled(move, move, between, move, move).address == URL


def test_a_move_from_https_to_http_is_not_followed() -> None:
    """What was encrypted isn't given up for good."""
    assert polled(*[response(permanent="http://a.example/feed")] * 9).address == URL


def test_a_feed_says_itself_that_it_moved() -> None:
    """A new-feed-url in the document counts like a 301."""
    assert polled(*[response()] * CONFIRMATIONS, found=document(1.0, moved_to=NEW)).address == NEW


def test_a_move_into_nowhere_is_taken_back() -> None:
    """When the new address keeps failing, the declared one is tried again."""
    moved = polled(*[response(permanent=NEW)] * CONFIRMATIONS)
    assert polled(*[failed("dns")] * 8, state=moved).address == URL


def test_the_first_poll_is_the_first_that_was_read() -> None:
    """A failed first poll is no first poll: the entries after it would otherwise mail."""
    state = polled(failed("timeout"))
    assert state.first_polled_at is None
    assert polled(response(), state=state).first_polled_at == NOW


def test_due() -> None:
    """New feeds first, then the longest waiting; those whose time hasn't come wait."""
    specs = [FeedSpec(url=f"https://{n}.example/", name=n, publisher=n, owner=n) for n in "abcd"]
    times = {"a": NOW - timedelta(hours=1), "b": NOW - timedelta(hours=2), "c": NOW + timedelta(seconds=1)}
    states = {f"https://{n}.example/": FeedState(url="", address="", next_poll_at=t) for n, t in times.items()}
    assert [s.name for s in due(specs, states, NOW)] == ["d", "b", "a"]


def test_pace_complaint() -> None:
    """A feed that brings far less or more than declared is told."""
    spec = FeedSpec(url=URL, name="A", publisher="A", owner="A", entries_a_week=Expected(min=50, max=60))
    assert "expected 50 to 60" in (pace_complaint(polled(response(), found=document(100.0, 300.0)), spec) or "")
    assert pace_complaint(FeedState.new(URL), spec) is None


OUTCOMES = st.one_of(
    st.sampled_from([response(), response(304), response(permanent=NEW), response(etag='"x"', cache_control="max-age=99")]),
    st.sampled_from([failed("timeout"), failed("status_429", 1e5), failed("private"), LayoutError("no feed", url=URL)]),
)


@given(st.lists(OUTCOMES, max_size=30))
def test_whatever_happens_the_next_poll_is_planned(outcomes: list[Response | EtlError]) -> None:
    """Never sooner than allowed, never later than a week, the same on every machine, and stored without loss."""
    state = polled(*outcomes)
    assert state == polled(*outcomes)
    assert FeedState.from_json(state.to_json()) == state
    assert not outcomes or SPEC.min_every_s <= wait(state) <= 7 * 86_400


def test_a_state_of_another_version_is_read() -> None:
    """Unknown fields are left out, missing ones take their default."""
    assert FeedState.from_json('{"url": "u", "address": "u", "mood": "good"}') == FeedState.new("u")
