"""Rules and mails."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from etl.alerts import compose, example_fires, is_wanted
from etl.errors import ConfigError
from etl.facts import reconcile
from etl.model import Alert, Basis, Event, Evidence, Unit
from etl.shifts import notice
from etl.spec.alerts import AlertRule, read_alerts
from etl.spec.baseline import read_baseline
from tests.facts.made import DAY0, said

CONFIG = Path(__file__).resolve().parents[2] / "config"
RULES = read_alerts(CONFIG)
PHONES = {"printed": "42.4 million", "quote": "It shipped 42.4 million <phones> & more.", "rounding": "50000"}


def mails(new: list[Evidence], old: list[Evidence] | None = None, hours: float = 3, rules: tuple[AlertRule, ...] = RULES) -> list[Alert]:
    """The mails of new evidence, some hours after it was published."""
    every = {e.claim.claim_id: e for e in (*(old or []), *new)}
    facts = reconcile(list(every.values()))
    found = notice(facts, reconcile(old or []), read_baseline(CONFIG), frozenset(e.claim.claim_id for e in new), every)
    return compose(found, rules, every, DAY0 + timedelta(hours=hours), facts)


def read(alert: Alert) -> tuple[EmailMessage, str, str]:
    """The mail as a mail program reads it: its headers, its text, its HTML."""
    mail = email.message_from_bytes(alert.raw, policy=email.policy.default)
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text and page
    return mail, text.get_content(), page.get_content()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_keeps_its_examples(rule: AlertRule) -> None:
    """The shift that a rule says fires it does, and the silent one doesn't."""
    assert example_fires(rule, rule.fires) and not example_fires(rule, rule.silent)


def test_the_same_shifts_make_the_same_bytes() -> None:
    """Composed twice, a mail has the same id, Message-ID and bytes; a moment later still the same id."""
    new = [said("42400000", "a1", period="2025-Q2", **PHONES)]
    first, again, later = mails(new), mails(new), mails(new, hours=4)
    assert first == again and first[0].alert_id == later[0].alert_id and first[0].message_id == later[0].message_id


def test_the_mail_tells_in_order() -> None:
    """Figure, what it was, the marked quote, the link, the command; in both parts."""
    (alert,) = mails([said("42400000", "a1", period="2025-Q2", **PHONES)])
    mail, text, page = read(alert)
    assert mail["Message-ID"] == alert.message_id and mail["To"] == "analysts@figurewatch.example"
    for part, marked in ((text, "[42.4 million]"), (page, "<mark>42.4 million</mark>")):
        order = [part.rindex("42.4 million", 0, part.index("23.16 million")), part.index("23.16 million"), part.index(marked)]
        assert order == sorted(order) and "+83.1 %" in part and "https://a1.example/news" in part and "figurewatch why" in part
    assert "&lt;phones&gt; &amp; more" in page and "<phones>" not in page


def test_the_whole_number_is_marked() -> None:
    """3.1 million isn't marked within 13.1 million, which the sentence tells first."""
    quote = "It sold 13.1 million phones in India and 3.1 million in Indonesia."
    (alert,) = mails([said("3100000", "a1", period="2025-Q2", quote=quote, printed="3.1 million")])
    _, text, page = read(alert)
    assert "and [3.1 million] in Indonesia" in text and "and <mark>3.1 million</mark> in Indonesia" in page and "1<mark>" not in page


def test_the_figure_has_its_own_bar() -> None:
    """A restated year stands out in the chart though a later year is held too."""
    old = [said("38000000", "a1", period="2023"), said("42000000", "a2", period="2024")]
    (alert,) = mails([said("39000000", "a3", owner="a1", days=0.1, period="2023")], old)
    page = read(alert)[2]
    own = page.index('class="now"')
    assert page.index("2023", own - 300) < own and own < page.index("42 million", own)


def test_an_article_makes_one_mail() -> None:
    """Two figures of one article come in one mail, those of two articles in two."""
    one, share = said("42400000", "a1", period="2025-Q2"), said("15", "a1", period="2025-Q2", metric="market_share", unit=Unit.PERCENT)
    assert len(mails([one, share])) == 1
    assert len(mails([one, said("15", "a2", period="2025-Q2", metric="market_share", unit=Unit.PERCENT)])) == 2


def test_a_dispute_stands_in_the_mail_with_the_other_quote() -> None:
    """The mail about 70 % against the year before quotes who said the quarter before."""
    old = [said("70", "a1", period="2025-Q2", basis=Basis.QOQ, unit=Unit.PERCENT, quote="Up 70% on the quarter.", printed="70%")]
    new = [said("70", "a2", period="2025-Q2", basis=Basis.YOY, unit=Unit.PERCENT, quote="Up 70% on the year.", printed="70%")]
    (alert,) = mails(new, old)
    _, text, page = read(alert)
    assert alert.subject.startswith("In dispute") and "Up 70% on the quarter." in text and "Up 70% on the quarter." in page


@pytest.mark.parametrize(
    ("changes", "hours"), [({"may_mail": False}, 3), ({"published_at": None}, 3), ({}, 49), ({}, -13)]
)  # fmt: skip
def test_what_is_not_fresh_stays_silent(changes: dict[str, object], hours: float) -> None:
    """No mail for what may not mail, has no date, is older than the window or lies in the future."""
    from dataclasses import replace

    fresh = said("42400000", "a1", period="2025-Q2")
    assert mails([fresh], hours=3)
    assert mails([replace(fresh, **changes)], hours=hours) == []  # type: ignore[arg-type]


def test_a_restatement_says_what_was_held() -> None:
    """The subject of a restated figure without a counterpart names the amount before, on one line."""
    old = said("40000000", "a1", period="2025-Q3")
    (alert,) = mails([said("41000000", "a2", owner="a1", days=0.1, period="2025-Q3")], [old])
    mail, text, _ = read(alert)
    assert alert.subject.endswith("41 million, was 40 million") and mail["Subject"] == alert.subject and "Held before: 40 million" in text


def test_a_name_cannot_break_into_the_headers() -> None:
    """Line breaks and tags in titles and names stay words."""
    odd = said("42400000", "a1", period="2025-Q2", segment="product:X\r\nBcc: all@example.org", quote="<script>42400000</script>")
    (alert,) = mails([odd])
    mail, _, page = read(alert)
    assert mail["Bcc"] is None and "<script>" not in page


def rule_file(folder: Path, text: str) -> Path:
    (folder / "alerts.toml").write_text(text, encoding="utf-8")
    return folder


GOOD = '[[alert]]\nname = "x"\nto = ["a@b.example"]\nfires = {}\nsilent = { event = "corroborated" }\n'


@pytest.mark.parametrize(
    ("wrong", "place", "says"),
    [
        (GOOD.replace("name", "nmae", 1), 2, "did you mean 'name'"),
        (GOOD + 'fresh = "soon"\n', 6, "no span of time"),
        (GOOD.replace("a@b.example", "nobody"), 3, "no mail address"),
        (GOOD + 'events = ["corroborated"]\n', 6, "never mails"),
        (GOOD + GOOD, 7, "second rule"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, wrong: str, place: int, says: str) -> None:
    """File and line of what can't be meant in alerts.toml."""
    with pytest.raises(ConfigError) as caught:
        read_alerts(rule_file(tmp_path, wrong))
    assert caught.value.line == place and says in str(caught.value)


def test_events_that_never_mail_never_do() -> None:
    """Whatever a rule says, what only confirms is no mail."""
    wide = RULES[0]
    for event in (Event.CORROBORATED, Event.UNPLACED):
        assert not is_wanted(
            wide, company="Xiaomi", metric="shipments", event=event, kind=wide.kinds[0], confidence=1, age=timedelta(hours=1)
        )
    assert re.fullmatch(r"\d+h", wide.fresh)
