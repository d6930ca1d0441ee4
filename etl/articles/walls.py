"""Pages that answer 200 and are no article: errors, consent walls, paywalls, galleries, videos, listings, forums. Each by its own name."""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re

import lxml.html

from etl.articles.metadata import Head, types_of
from etl.model import Dropped, DropReason

_ERROR = re.compile(r"^\W*(?:error\s*)?(?:404|403|410|500|502|503)\b|page (?:not|can(?:no|['’])t be) found|page (?:does|doesn['’]t|no longer) exist|not found$|access denied|just a moment|attention required|are you (?:a )?(?:human|robot)|service unavailable|bad gateway|forbidden$|seite nicht gefunden|page introuvable|页面不存在|captcha|security check", re.I)
_ERROR_TEXT = re.compile(r"enable (?:javascript|js)|checking your browser|unusual traffic|page you (?:are|were|requested)[\w ']{0,20}looking for|page you requested|has been (?:moved|removed|deleted)|verify (?:that )?you are (?:a )?human|ray id|reference #\d", re.I)
_CONSENT = re.compile(r"(?:we|our partners|sites?)\b.{0,80}\bcookies?\b|\bconsent\b|\bpersonal data\b|\bprivacy (?:policy|settings|choices)\b|\bpersonali[sz]ed ads\b|\baccept (?:all|and continue)\b|\bgdpr\b|\bwir und unsere partner\b", re.I)
_PAYWALL = re.compile(r"subscri(?:be|ption) (?:now |today )?(?:to|is required|required)\b.{0,40}|already a (?:subscriber|member)|to (?:continue|keep) reading|this (?:article|content|story) is (?:for|only|exclusive|available)[\w ]{0,30}(?:subscribers|members)|subscribers only|unlock (?:this|the full)|log ?in to (?:read|continue)|start your (?:free )?trial|remaining free articles?|premium (?:article|content)|want to read more|weiterlesen mit", re.I)
ENOUGH = 600  # characters of text with which a page is an article whatever else it shows


def refuse(root: lxml.html.HtmlElement, head: Head, title: str, status: int) -> Dropped | None:
    """Why the page can't be an article, judged before its text is read."""
    name = title or head.title
    if status >= 400:
        return Dropped(reason=DropReason.ERROR_PAGE, detail=f"status {status}")
    if root.find("body") is not None and _ERROR.search(name) and len(_words(root)) < 1500:
        return Dropped(reason=DropReason.ERROR_PAGE, detail=f"the title says {name[:80]!r}")
    return None


def judge(root: lxml.html.HtmlElement, head: Head, lines: list[str]) -> Dropped | None:
    """Why what was read of the page is no article, or None."""
    text = "\n".join(lines)
    if locked(head) and len(text) < 250:
        return Dropped(reason=DropReason.PAYWALL, detail="the page declares that it isn't free, and shows little of it")
    if len(text) >= ENOUGH:
        return None
    whole = _words(root)
    kinds = types_of(head)
    sentences = len(re.findall(r"[.!?。！？][\s\"”’)]|[.!?。！？]$", text, re.M))
    if _ERROR_TEXT.search(whole[:3000]) and len(whole) < 1500:
        return Dropped(reason=DropReason.ERROR_PAGE, detail="the page says that it can't be shown")
    about = sum(len(line) for line in lines if _CONSENT.search(line))
    if (about > 0.5 * len(text) and len(_CONSENT.findall(whole)) >= 2) or (len(text) < 200 and len(whole) < 4000 and len(_CONSENT.findall(whole)) >= 4 and sentences < 3):
        return Dropped(reason=DropReason.CONSENT_WALL, detail="a text about cookies and consent stands in the article's place")
    if _PAYWALL.search(whole) and (len(text) < 350 or _PAYWALL.search(text)):
        return Dropped(reason=DropReason.PAYWALL, detail="the text breaks off before a request to subscribe")
    if len(text) < 300:
        if ("videoobject" in kinds and not kinds & {"newsarticle", "article", "blogposting"}) or (head.first("og:type") or "").startswith("video"):
            return Dropped(reason=DropReason.VIDEO, detail="a video with a line of text")
        if kinds & {"imagegallery", "mediagallery"} or (len(list(root.iter("figure"))) >= 8 and sentences < 4):
            return Dropped(reason=DropReason.GALLERY, detail="pictures with a line of text")
        if kinds & {"collectionpage", "searchresultspage"} and not kinds & {"newsarticle", "article", "blogposting"}:
            return Dropped(reason=DropReason.LISTING, detail="a list of articles")
    if not text.strip():
        return Dropped(reason=DropReason.NO_TEXT, detail=f"no paragraph in {len(whole)} characters")
    if len(text) < 60 and sentences < 1:
        return Dropped(reason=DropReason.TOO_SHORT, detail=f"{len(text)} characters")
    return None


def locked(head: Head) -> bool:
    """Whether the page declares that the article isn't free to read."""
    if any(str(t.get("isAccessibleForFree", "")).lower() == "false" for t in head.things):
        return True
    return (head.first("article:content_tier") or "").lower() in ("locked", "metered-locked")


def _words(root: lxml.html.HtmlElement) -> str:
    """All that the page shows, without scripts and styles."""
    skipped = {"script", "style", "noscript", "template", "head", "title"}
    parts: list[str] = []
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in skipped and element.text:
            parts.append(element.text)
        if element.tail:
            parts.append(element.tail)
    return " ".join(" ".join(parts).split())
