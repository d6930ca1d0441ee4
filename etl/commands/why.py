"""`figurewatch why`: where a figure comes from. The sentence with the number marked, who else says so, and who says otherwise."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from etl.adapters.warehouse.reader import Snapshot, open_snapshot
from etl.commands.chosen import add_filters, where
from etl.commands.tables import amount, plain
from etl.errors import UsageError
from etl.places import Places

Row = dict[str, Any]
_SHORTEST = 4  # digits of an id


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("why", help="where a figure comes from, and who says otherwise")
    parser.add_argument("id", nargs="?", help="the first digits of a fact's or a claim's id, as the other commands print it")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    condition, values = where(args)
    if not args.id and not values:
        raise UsageError("which figure? Give the first digits of an id, or say for example --company Xiaomi --metric shipments")
    with open_snapshot(Places.at(args.home)) as snapshot:
        facts = _facts(snapshot, args.id, condition, values, 20 if args.limit is None else args.limit)
        stories = [_story(snapshot, fact) for fact in facts]
    if args.json:
        print(json.dumps(stories, ensure_ascii=False, indent=1, default=plain))
    else:
        print("\n\n".join(_told(story, color=sys.stdout.isatty()) for story in stories))
    return 0


def _facts(snapshot: Snapshot, prefix: str | None, condition: str, values: list[Any], limit: int) -> list[Row]:
    if prefix is not None:
        if len(prefix) < _SHORTEST:
            raise UsageError(f"'{prefix}' is too short: at least {_SHORTEST} digits of the id")
        said_by = "fact_id in (select fact_id from provenance where starts_with(claim_id, ?))"
        condition, values = f"({condition}) and (starts_with(fact_id, ?) or {said_by})", [*values, prefix, prefix]
    order = "company, metric, segment, region, period_end, period_start, authority, fact_id"
    found = snapshot.rows(f"select * from facts where {condition} order by {order} limit {limit}", values)
    if not found:
        raise UsageError(f"no fact or claim whose id begins with '{prefix}'" if prefix else "no fact like that is held")
    return found


def _story(snapshot: Snapshot, fact: Row) -> Row:
    """The fact with its claims, those who contradict it, and what others hold about the same."""
    claims = snapshot.rows(
        f"select {_SAID}, p.is_best from provenance as p join meta.claims as said using (claim_id) {_TEXT} where fact_id = ?"
        " order by p.is_best desc, said.published_at nulls last, claim_id",
        [fact["fact_id"]],
    )
    against = []
    for dispute in fact["disputes"]:
        query = f"select {_SAID}, false as is_best from meta.claims as said {_TEXT} where claim_id = ?"
        others = snapshot.rows(query, [dispute["claim_id"]])
        against.append(dispute | {"claim": _claim(others[0]) if others else None})
    same = " and ".join(f"{name} is not distinct from ?" for name in _SAME)
    elsewhere = snapshot.rows(
        f"select fact_id, authority, amount, amount_high, unit, currency, per, bound, standing from facts where {same}"
        " and fact_id <> ? order by authority",
        [*(fact[name] for name in _SAME), fact["fact_id"]],
    )
    return fact | {"claims": [_claim(claim) for claim in claims], "disputes": against, "others": elsewhere}


_SAID, _TEXT = "said.*, read.text", "left join meta.texts as read on read.article_id = said.article_id"
_SAME = ("company", "metric", "segment", "region", "period", "basis", "compared_to", "kind", "unit", "currency", "per")


def _claim(row: Row) -> Row:
    names = ("claim_id", "printed", "quote", "url", "title", "source", "authority", "published_at", "confidence", "rules", "is_best")
    span = (row["span_start"], row["span_end"])
    return {name: row[name] for name in names} | {"span": list(span), "mark": _place(row["text"] or "", row["quote"], row["printed"], span)}


def _place(text: str, quote: str, printed: str, span: tuple[int, int]) -> list[int] | None:
    """Where the number stands in the quote: its place in the text says which of several equal ones is meant."""
    begin = text.rfind(quote, 0, span[0] + len(quote))
    if begin >= 0 and quote[span[0] - begin : span[1] - begin] == printed:
        return [span[0] - begin, span[1] - begin]
    first = quote.find(printed)
    return [first, first + len(printed)] if first >= 0 else None


def _told(story: Row, *, color: bool) -> str:
    where_when = ", ".join(story[name] for name in ("segment", "region", "period") if story[name])
    change = "" if story["basis"] == "abs" else f" {story['basis']}{' against ' + story['compared_to'] if story['compared_to'] else ''}"
    kind = "" if story["kind"] == "actual" else f" ({story['kind']})"
    lines = [f"{story['company']} {story['metric']}, {where_when}: {amount(story)}{change}{kind}"]
    if story["alt_amount"] is not None:
        other = {"amount": story["alt_amount"], "amount_high": None, "currency": story["alt_currency"]}
        lines.append(f"  also given as {amount(story | other)}")
    sources = _counted(story["sources"], "independent source")
    lines.append(f"  {story['standing']} · authority {story['authority']} · {sources} · {story['fact_id'][:10]}")
    if story["restates"] is not None:
        lines.append(f"  restates {amount(story | {'amount': story['restates'], 'amount_high': None, 'bound': 'exact'})}")
    for claim in story["claims"]:
        lines += ["", *_sentence(claim, color=color)]
        lines += [f"      {rule['field']}: {rule['rule']}" for rule in claim["rules"] or ()]
    for dispute in story["disputes"]:
        lines += ["", f"  contradicted over {dispute['over']}: {dispute['detail']}"]
        lines += _sentence(dispute["claim"], color=color) if dispute["claim"] else []
    if story["others"]:
        lines += ["", "  others give:"]
        lines += [f"    {other['authority']}: {amount(other)} ({other['standing']}) · {other['fact_id'][:10]}" for other in story["others"]]
    return "\n".join(lines)


def _sentence(claim: Row, *, color: bool) -> list[str]:
    said = f"{claim['published_at']:%Y-%m-%d}" if claim["published_at"] else "no date"
    voice = claim["authority"] or "the writer's own voice"
    return [
        f"  “{marked(claim['quote'], claim['mark'], color=color)}”",
        f"    {claim['url']}",
        f"    {said} · {claim['source']} · {voice} · confidence {claim['confidence']:.2f} · {claim['claim_id'][:10]}",
    ]


def marked(quote: str, mark: list[int] | None, *, color: bool) -> str:
    """The sentence with its number in bold, or between » and « where there is no bold."""
    if mark is None:
        return quote
    before, number, after = quote[: mark[0]], quote[mark[0] : mark[1]], quote[mark[1] :]
    return f"{before}\x1b[1m{number}\x1b[0m{after}" if color else f"{before}»{number}«{after}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
