"""`figurewatch clean`: pages in, articles out, a JSON line each. `--explain` shows what was kept and dropped, and by which rule."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from etl.articles import Sites, clean
from etl.articles.tree import MAX_BYTES
from etl.commands.filters import Row, run_filter
from etl.errors import FetchError, UsageError
from etl.model import Article, Dropped, Page
from etl.places import config_dir
from etl.spec.sites import read_sites


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("clean", help="pages in, articles out (JSON Lines)", description=__doc__)
    parser.add_argument("--explain", metavar="URL-or-FILE", help="clean one page and show what was kept and dropped, and by which rule")
    parser.add_argument("--url", default="", help="with --explain FILE: the address it came from, for site rules")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    sites = Sites.of(read_sites(config_dir(args.config)))
    now = datetime.now(UTC)
    if args.explain:
        return explain(args.explain, args.url, sites, now)
    return run_filter(lambda row: [answer(row, sites, now)])


def answer(row: Row, sites: Sites, now: datetime) -> Row:
    """The line for one page. Raises ValueError where it has no page and OSError where its file can't be read."""
    found = clean(page_of(row, now), sites, now=now)
    if isinstance(found, Dropped):
        empty = dict.fromkeys(("title", "published", "language", "canonical_url"))
        return {"doc_id": row["doc_id"], **empty, "byline": [], "text": "", "dropped": found.reason.value, "detail": found.detail}
    return {
        "doc_id": row["doc_id"],
        "title": found.title or row.get("title"),
        "byline": list(found.byline),
        "published": _iso(local(found)) or row.get("published"),
        "language": found.language,
        "canonical_url": found.canonical_url,
        "text": found.text,
        "dropped": None,
        "updated": _iso(found.updated),
        "published_from": found.published_from,
        "site_name": found.site_name,
    }


def local(article: Article) -> datetime | None:
    """The time of publication in the zone in which the site printed it: its day is the one that readers saw."""
    if article.published is None or article.utc_offset_min is None:
        return article.published
    return article.published.astimezone(timezone(timedelta(minutes=article.utc_offset_min)))


def page_of(row: Row, now: datetime) -> Page:
    """The page that a line names: `html` or `text` as it is, or the bytes at `html_path` or `text_path`."""
    url = row.get("url") or ""
    given = row.get("html") if row.get("html") is not None else row.get("text")
    if isinstance(given, str):
        return page(given.encode("utf-8", "surrogatepass"), url, "text/html; charset=utf-8", now)
    path = row.get("html_path") or row.get("text_path")
    if not isinstance(path, str):
        raise ValueError("has neither 'html' nor 'html_path'")
    return page(body_at(Path(path)), url, "", now)


def body_at(path: Path) -> bytes:
    """The file's bytes, unpacked where its name ends in .gz, and never more of them than a page may have."""
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as file:
            return file.read(MAX_BYTES + 1)
    except EOFError as error:
        raise ValueError(f"{path} is cut short") from error


def page(body: bytes, url: str, content_type: str, now: datetime) -> Page:
    """A page as if fetched now."""
    return Page(
        url=url,
        requested_url=url,
        status=200,
        content_type=content_type,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=now,
    )


def explain(target: str, url: str, sites: Sites, now: datetime) -> int:
    """Print what was dropped by which rule, then the article. Returns 1 where there is none."""
    where = Path(target)
    if target.startswith(("http://", "https://")):
        found_page = fetched(target, now)
    elif where.is_file():
        found_page = page(body_at(where), url or where.absolute().as_uri(), "", now)
    else:
        raise UsageError(f"no file {target}, and no address that begins with http")
    out = sys.stdout.write

    def heard(rule: str, words: str) -> None:
        out(f"- {rule:28} {_short(words)}\n")

    found = clean(found_page, sites, now=now, heard=heard)
    if isinstance(found, Dropped):
        out(f"dropped: {found.reason.value}: {found.detail}\n")
        return 1
    _show(found)
    return 0


def fetched(url: str, now: datetime) -> Page:
    """The page at the address, asked for once. Raises FetchError."""
    request = urllib.request.Request(url, headers={"User-Agent": "figurewatch", "Accept": "text/html,*/*;q=0.5"})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return page(response.read(MAX_BYTES + 1), response.url, response.headers.get("Content-Type", ""), now)
    except (urllib.error.URLError, TimeoutError, ValueError) as error:
        raise FetchError(f"can't be fetched: {error}", url=url, reason="refused") from error


def _show(article: Article) -> None:
    out = sys.stdout.write
    published = f"{_iso(local(article))} (from {article.published_from})" if article.published else None
    for name, value in (("title", article.title), ("byline", ", ".join(article.byline)), ("published", published),
                        ("updated", _iso(article.updated)),
                        ("language", article.language), ("site", article.site_name), ("canonical", article.canonical_url)):  # fmt: skip
        out(f"= {name:28} {value or '–'}\n")
    for line in article.text.split("\n"):
        out(f"+ {line}\n")


def _short(words: str) -> str:
    return words if len(words) <= 100 else f"{words[:80]}… ({len(words)} characters)"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
