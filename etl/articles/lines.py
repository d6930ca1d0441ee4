"""Lines of an article, and which of them a reader wouldn't count as its text: promos, teasers, bylines with counters, author notes, share words.

The same rules serve pages (after their mark-up has done its part) and texts that were handed in without any.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b

Heard = Callable[[str, str], None]  # (rule, the line)

_SPACE = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_SEE_ALSO = r"see also|also (?:read|see|on)|read (?:also|more|next|too)|more (?:on|from|about)(?: [\w'’ .&-]{1,40})?|related(?: (?:articles?|posts?|stories|reading|news|coverage|links?|topics?|content))?|recommended(?: (?:for you|reading|stories|articles|videos))?|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|don['’]t miss|must[- ]read|further reading|trending(?: now)?|most (?:read|popular)|more stories|up next|next (?:article|story|post)|previous (?:article|story|post)|editor['’]s? (?:picks?|choice)|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|leggi anche|lees ook|相关(?:阅读|文章|新闻)|推荐阅读|関連記事"
HEADING_RELATED = re.compile(rf"^(?:{_SEE_ALSO})\s*[:：…>»-]*$", re.I)
_INLINE_RELATED = re.compile(r"^\W*(?:see also|also read|read also|read more|read next|related(?: (?:articles?|posts?|stories|reading|coverage))?|also see|recommended(?: reading)?|must[- ]read|don['’]t miss|further reading|watch(?: now)?|more|lesen sie auch|lire aussi|lea también|leggi anche|相关阅读)\s*[:：|»>–-]+\s*\S.{0,220}$", re.I)
COMMENTS_BEGIN = re.compile(r"^\W*(?:\d+\s+)?(?:(?:leave|post|add|write|join) (?:a|your|the) (?:comment|reply|conversation|discussion)s?|comments?\s*(?:\(\d+\)|:|\d+)?|\d+ (?:comments?|replies|responses|thoughts on .*)|(?:reader |user )?comments|show comments|view (?:all )?comments|load comments|be the first to comment|discussion|评论|コメント|kommentare)\W*$", re.I)  # fmt: skip
_AUTHOR_BEGIN = re.compile(r"^\W*(?:about (?:the )?(?:authors?|writer)|written by|author bio|more about the author)\W*$", re.I)
_NOISE = re.compile(
    r"^\W*(?:advertisements?|ads?|sponsored(?: (?:content|post|links?))?|promoted(?: content)?|(?:[\w-]+ )?promotion|highlights|share|share (?:this|on|via)(?: [\w ]{1,30})?|tweet|pin(?: it)?|email|print|facebook|twitter|whatsapp|linkedin|reddit|telegram|copy link|follow(?: us)?(?: on [\w ,&]{1,60})?|"
    r"subscribe(?: now| today)?|sign (?:up|in)|log ?in|register|newsletter|loading\W*|play video|watch video|video|photos?|gallery|image|logo|(?:back )?to top|skip to (?:main )?content|menu|search|close|continue reading|read (?:full|the full) (?:story|article)|click here.{0,80}|story continues below.{0,40}|article continues (?:below|after).{0,40}|scroll (?:down|to continue).{0,40}|"
    r"view (?:full |all )?(?:profile|posts|gallery|comments).{0,60}|more posts by .{1,60}|all posts by .{1,60}|tags?|categories|topics?|filed under|posted in|source|via|contents|table of contents|in this article|related|share this(?: article| story| post)?|like this|like loading|thanks for (?:reading|signing up).{0,60}|thank you for (?:reading|subscribing).{0,60}|the post .{3,200} appeared first on .{2,60}|"
    r"all rights reserved.{0,80}|©.{0,120}|copyright\b.{0,120}|\d+\s*(?:shares?|views?|likes?|comments?|min(?:ute)?s? read|reads?)|(?:\d+|an?|one|two|three|few) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago|buy (?:it )?(?:now|here|on amazon)|buy [\w&'’.+-]+(?: [\w&'’.+-]+){0,4}|check price.{0,40}|see (?:it )?at .{1,30}|view (?:deal|at amazon)|shop now|download (?:the|our) app.{0,60}|"
    r"(?:contact|about) us|get started(?: (?:today|now|for free))?|(?:book|request|schedule|get) (?:a|your) (?:free |live )?(?:demo|quote|call|consultation|estimate|appointment|trial)(?: (?:today|now))?|learn more|(?:start|try)(?: (?:it|for))?(?: your)? free(?: trial)?(?: today| now)?|"
    r"(?:privacy|cookies?|advertising|editorial|affiliate) (?:policy|notice|disclosure|disclaimer)|terms (?:of (?:service|use)|(?:and|&) conditions)|advertiser disclosure|(?:return |back )to (?:the )?(?:blog|home|news|articles|all posts)|subscribe to (?:us|our .{1,40})|share your (?:story|thoughts)|"
    r"donate(?: now)?|become a (?:member|patron|supporter)|support (?:us|our work)|bookmark|listen(?: now)?|(?:view|show|load|see) (?:more|all|less)|previous|next|my account|add to cart|join (?:us|now|the (?:conversation|discussion))|sign up (?:now|today|for free)|stay (?:connected|informed|updated|up to date)|was this (?:article|page|post)? ?helpful|"
    r"(?:file )?(?:photo|image|picture)(?: credit| source)?s?\s*[:：|].{0,120}|(?:photo|image)s? (?:by|via|courtesy).{0,100}|credits?\s*[:：].{0,100}|(?:image|photo) credits?.{0,100}|getty images|(?:tags|filed under|posted in|categories|topics|keywords|labels)\s*[:：].{0,300}|(?:source|sources|via)(?: ?\d)?\s*[:：|].{0,80}|(?:\(?via\)?|source)\s+[\w.-]+\.(?:com|net|org|cn|in))\W*$",
    re.I,
)  # fmt: skip
_PROMO = re.compile(
    r"\b(?:subscribe|sign up|signup|register)\b.{0,60}\b(?:newsletters?|mailing list|inbox|updates|alerts|channel|free trial)\b|\b(?:our|free|daily|weekly) newsletters?\b.{0,80}(?:inbox|sign|subscri)|\bdelivered (?:straight |right |directly )?to your inbox\b|\bfollow (?:us|me|him|her|them) on\b|\blike us on facebook\b|^join (?:our|the|my) (?:mailing list|(?:facebook|telegram|whatsapp|discord) (?:group|server|channel))\b|^(?:follow|join) me on\b|\bif you (?:liked|enjoyed) this (?:article|post|story|episode|piece)\b.{0,60}\b(?:consider|subscribe|share|follow|support|sign|check)\b|\bshare (?:this|the) (?:show|episode|article|post) with\b|\bjoin our (?:telegram|whatsapp|discord|facebook|community|channel)\b|"
    r"\bwe may (?:earn|receive|get) (?:a |an )?(?:small )?(?:affiliate )?commissions?\b|\baffiliate (?:links?|commission)\b|\bindependently (?:selected|reviewed|chosen) by (?:our|the) (?:\w+ )?(?:editors?|team|experts?)\b|\bif you (?:buy|purchase|click)\b.{0,120}\bwe may (?:earn|receive)\b|\bpurchase a product or register\b|\b(?:get|download) (?:our|the) (?:\w+ )?app\b.{0,40}(?:store|play)|\bcookies? (?:policy|settings|to (?:improve|ensure|give))\b|\bby (?:signing up|subscribing|submitting|entering your)\b.{0,60}\b(?:agree|terms|email|privacy)\b|\byour email address will not be published\b|\brequired fields are marked\b|\bthis (?:article|story|post) (?:was |has been )?(?:originally )?(?:published|appeared) (?:first )?(?:on|at|in)\b|"
    r"\bto (?:leave|post) a comment\b|\bfor (?:the latest|more) (?:tech )?(?:news|stories|updates|reviews)\b.{0,80}\b(?:follow|subscribe|visit|check)\b|\bfollow .{2,40} on (?:twitter|facebook|instagram|google news|x)\b|\bsend (?:us )?(?:tips|news tips)\b|\bopens in (?:a )?new (?:window|tab)\b|\badvertis(?:er|ing) (?:disclosure|policy)\b|\bhelp (?:me|us) spread the word\b|\b(?:read on|subscribe|subscriptions?|(?:unlimited|full|digital|premium) access|keep reading|try)\b.{0,40}\b(?:for|from) (?:only |just )?(?:[£$€]\s?\d|\d+ ?(?:p|c|cents)\b).{0,40}\b(?:weeks?|months?|years?)\b",
    re.I,
)  # fmt: skip
_BIO = re.compile(
    r"\b(?:is|was) (?:an?|the|our) (?:[\w,'’&-]+ ){0,6}?(?:writer|journalist|reporter|editor|editor-in-chief|correspondent|blogger|columnist|contributor|author|enthusiast|freelancer|geek|tech lover)\b(?! (?:of|who (?:said|told)) )|^an? (?:[\w-]+ ){0,3}(?:columnist|journalist|writer|blogger|reporter|editor|enthusiast|geek|engineer|consultant)\b.{0,80}\b(?:he|she|who|they|loves|writes|covers|and)\b|"
    r"\b(?:writes|covers|reports) (?:news(?: stories)?|stories|articles|about|on)\b.{0,160}\b(?:for|at|since|across|range of topics|including|profile)\b|\bview full profile\b|\bin (?:his|her|their) (?:spare|free) time\b|\bwhen (?:he|she|they)(?:['’]s|['’]re| is| are)n?(?:['’]t)? not (?:writing|working|busy|blogging)\b|\bhas been (?:writing|covering|blogging)\b.{0,80}\bsince\b|\b(?:reach|contact|email) (?:him|her|them|me|the author)\b|\b(?:he|she|they) can be reached\b|\byou can (?:follow|find|reach) (?:him|her|them|me)\b",
    re.I,
)  # fmt: skip
_PROMO_WORDS = ("subscri", "sign", "regist", "newsletter", "follow", "facebook", "join", "commission", "affiliate", "independently", "you buy", "you purchase",
                "you click", "purchase a", "app", "cookie", "submitting", "entering", "inbox", "email", "required", "article", "story", "post", "comment", "latest", "for more",
                "send", "opens in", "episode", "piece", "show", "advertis", "spread", "read on", "access", "keep reading", "try ")  # fmt: skip
_BIO_WORDS = ("writer", "journalist", "reporter", "editor", "correspondent", "blogger", "columnist", "contributor", "author", "enthusiast", "freelancer", "geek", "tech lover",
              "engineer", "consultant", "writes", "covers", "reports", "profile", "time", "writing", "working", "busy", "blogging", "covering", "reach", "contact", "email", "you can")  # fmt: skip
_BYLINE = re.compile(r"^\W*(?:by|von|par|por|posted by|written by|published by|author)[:：]?\s+(?:[A-Z][\w.'’-]*\s*){1,4}(?:\d+|[|•·–—-].{0,80}|(?:on|,|\d|in|at|for|updated|published|posted|@|senior|staff).{0,80})?$")
_STAMP = re.compile(r"^\W*(?:(?:last )?(?:updated|published|posted|modified)(?: on| at)?\s*[:：]?\s*)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s*)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{4}|\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[/.]\d\d?[/.]\d{4})(?:[,\s|•·-]*(?:at\s*)?\d\d?[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*\(?(?:[A-Z]{2,5}|[+-]\d\d:?\d\d)?\)?)?\W*(?:\d+ min(?:ute)?s? read)?\W*$", re.I)
_COUNTED = re.compile(r"^[^.!?]*\b(?:19|20)\d\d\b[^.!?]*\b\d+ (?:comments?|shares?|replies|views)\W*$", re.I)  # `Jane Doe in Lyon July 7, 2017 37 comments`
_FULL_STOP = re.compile(r"[.!?…:。！？”\"’)]\s*$")


def tidy(text: str) -> str:
    """The line with single spaces and without invisible marks."""
    return _SPACE.sub(" ", text).replace("\u00ad", "").strip()


@lru_cache(maxsize=4096)
def line_rule(line: str) -> str | None:
    """The rule by which a single line is clutter wherever it stands, or None."""
    if len(line) <= 320:
        if _NOISE.match(line):
            return "line: label"
        if _INLINE_RELATED.match(line) or HEADING_RELATED.match(line):
            return "line: related"
        if len(line) <= 160 and (_BYLINE.match(line) or _STAMP.match(line) or _COUNTED.search(line)):
            return "line: byline"
        if not re.search(r"\w", line) or re.fullmatch(r"https?://\S+", line):
            return "line: no words"
    if len(line) <= 450 and _holds(line, _PROMO_WORDS) and _PROMO.search(line):
        return "line: promo"
    return None


def _holds(line: str, words: tuple[str, ...]) -> bool:
    """Whether any of the words is in the line: many times faster than a pattern that can match only where one is."""
    folded = line.lower()
    return any(word in folded for word in words)


def is_teaser(line: str) -> bool:
    """Whether a line under a heading of related links can be one of them, a headline or its age; prose ends the list."""
    return len(line) <= 140 and not (ends_sentence(line) and len(line) > 60)


def is_bio(line: str) -> bool:
    """Whether a line at the end of an article presents its author."""
    return len(line) <= 700 and " I " not in line and _holds(line, _BIO_WORDS) and bool(_BIO.search(line))


def ends_sentence(line: str) -> bool:
    """Whether the line ends as prose does."""
    return bool(_FULL_STOP.search(line))


def drop_lines(lines: Iterable[str], title: str, recurring: frozenset[str], heard: Heard) -> list[str]:
    """The lines without clutter: those that are some by themselves, repeats of the title, what recurs on the site, and the tail."""
    kept: list[str] = []
    folded = _folded(title)
    related = 0  # how many teasers may still follow a heading of related links
    for number, line in enumerate(lines):
        rule = line_rule(line)
        if HEADING_RELATED.match(line) and line.endswith((":", "：")):
            related = 6
        elif related := related - 1 if related > 0 and is_teaser(line) else 0:
            rule = rule or "line: related"
        if rule is None and number < 4 and folded and _folded(line) == folded:
            rule = "line: title"
        if rule is None and recurring and block_key(line) in recurring:
            rule = "recurring"
        if rule is None and len(line) > 40 and line in kept[-30:]:
            rule = "line: repeated"
        if rule:
            heard(rule, line)
        else:
            kept.append(line)
    return drop_tail(kept, heard)


def drop_tail(lines: list[str], heard: Heard) -> list[str]:
    """The lines without what follows the article's end: comments, an author's note, a list of other stories."""
    for number, line in enumerate(lines):
        if number >= max(2, 0.6 * len(lines)) and (COMMENTS_BEGIN.match(line) or _AUTHOR_BEGIN.match(line)):
            for gone in lines[number:]:
                heard("tail: comments" if COMMENTS_BEGIN.match(line) else "tail: author", gone)
            lines = lines[:number]
            break
    while len(lines) > 2 and is_bio(lines[-1]):
        heard("tail: author", lines[-1])
        lines = lines[:-1]
        if len(lines) > 2 and is_name(lines[-1]):
            heard("tail: author", lines[-1])
            lines = lines[:-1]
    return lines


def is_name(line: str) -> bool:
    """Whether the line is a name and nothing else: one to four capitalised words without a full stop."""
    words = line.split()
    return 1 <= len(words) <= 4 and len(line) <= 40 and not ends_sentence(line) and all(w[0].isupper() for w in words)


def block_key(line: str) -> str:
    """A short hash of a line's words, by which blocks that recur over a host's pages are counted."""
    return blake2b(_folded(line).encode("utf-8", "ignore"), digest_size=8).hexdigest()


def _folded(text: str) -> str:
    return re.sub(r"[^\w]+", " ", text.lower()).strip()
