"""What a page says on every article: datelines, credits, subscription lines, and blocks that recur on a host."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_AGENCIES = (
    r"Reuters|AP|IANS|PTI|Bloomberg|PR ?Newswire|AFP|Business ?Wire|UPI|dpa|ANI|Xinhua|GLOBE ?NEWSWIRE|Kyodo|Yonhap|TASS|EFE|ANSA|Dow Jones"
)
_DATELINE = re.compile(
    rf"^\s*(?:[A-Z][A-Za-z .,/-]{{2,40}},?\s*(?:[A-Z][a-z]{{2,8}}\.?"
    rf" \d{{1,2}},?\s*(?:\d{{4}})?)?\s*)?[(\[](?:{_AGENCIES})[)\]]\s*[-–—]+\s*",
    re.I,
)
_CREDIT = re.compile(rf"\b({_AGENCIES})\b")
_AGENCY_SITES = {
    "reuters.com": "REUTERS", "apnews.com": "AP", "ianslive.in": "IANS", "ptinews.com": "PTI", "bloomberg.com": "BLOOMBERG",
    "afp.com": "AFP", "upi.com": "UPI", "prnewswire.com": "PRNEWSWIRE", "businesswire.com": "BUSINESSWIRE",
    "globenewswire.com": "GLOBENEWSWIRE",
    "aninews.in": "ANI", "xinhuanet.com": "XINHUA", "news.cn": "XINHUA", "english.kyodonews.net": "KYODO", "en.yna.co.kr": "YONHAP",
    "tass.com": "TASS", "efe.com": "EFE", "ansa.it": "ANSA",
}  # fmt: skip
_LINE = re.compile(
    r"all rights reserved|©|\bcopyright (?:\d{4}|\w+ \d{4})|subscribe (?:to|now|for)|unsubscribe|newsletter|follow"
    r" (?:us|our)|\blike (?:us|our page)"
    r"|sign up (?:for|to|here)|(?:use|our use of) cookies|download (?:the|our) .{0,30}\bapp\b|affiliate"
    r" (?:commission|link)|leave a comment|comments are"
    r"|share (?:this|it) (?:with|on|story|article|post)|^share this|^\s*tags?:|see also|^(?:related|read(?: more|"
    r" also)?|trending(?: now)?|also read)\b"
    r"|about the author|with inputs from|not been edited|auto-generated|have a tip|contact our|(?:reach|email) (?:him|her|us) at"
    r"|views are (?:his|her|their) own|advertisement|story continues|min read|\bviews$|^updated .{0,20}ago|appeared"
    r" first on|continue reading"
    r"|read the full story|investment advice|image (?:credit|source)|版权所有|责任编辑|未经授权|转载请注明|关注我们|扫码",
)  # on lower case, which is quicker than a pattern that ignores it
_EMAIL = re.compile(r"\S@\S+\.\w")
CUES = frozenset([
    "rights", "copyright", "subscribe", "unsubscribe", "newsletter", "follow", "sign", "cookies", "download", "affiliate",
    "leave", "comments", "share", "tags", "tag", "also", "related", "read", "trending", "author", "inputs", "edited", "auto",
    "tip", "contact", "reach", "email", "views", "advertisement", "story", "min", "updated", "appeared", "continue", "full",
    "investment", "image", "版", "责", "未", "转", "关", "扫",
])  # fmt: skip  # one of these words stands in each line that the pattern finds; it's asked for first, since it's quicker


def without_dateline(line: str) -> str:
    """The line without "TAIPEI, Jul 3 (AFP) -" at its beginning, also where two stand one after the other."""
    if "(" not in line[:120] and "[" not in line[:120]:
        return line
    return _DATELINE.sub("", _DATELINE.sub("", line))


def wire_credits(text: str, source: str) -> frozenset[str]:
    """The agencies named at a text's beginning or end ("(Reuters)", "with inputs from IANS"), and the one whose own site it stands on."""
    named = {name.upper().replace(" ", "") for name in _CREDIT.findall(text[:200] + "\n" + text[-200:])}
    own = _AGENCY_SITES.get(source.removeprefix("www."))
    return frozenset(named | {own} if own else named)


def is_line(sentence: str) -> bool:
    """Whether the sentence reads like a site's own line rather than the article's."""
    return ("@" in sentence and _EMAIL.search(sentence) is not None) or _LINE.search(sentence.lower()) is not None


def boilerplate_sentences(sentences: Sequence[tuple[int, str]], cued: Sequence[bool], recurring: Sequence[bool]) -> list[bool]:
    """For each sentence, whether it's left out of the comparison: known to recur on the host, or in a paragraph of a site's own lines.

    `cued` says which sentences hold one of `CUES`. A paragraph counts as a whole if it is short or stands at the end.
    """
    masked = [
        bool(seen or ((cue or "©" in sentence or "@" in sentence) and is_line(sentence)))
        for (_, sentence), cue, seen in zip(sentences, cued, recurring, strict=True)
    ]
    lines = [mask and not seen for mask, seen in zip(masked, recurring, strict=True)]
    if not any(lines):
        return masked
    length: Counter[int] = Counter()
    for paragraph, sentence in sentences:
        length[paragraph] += len(sentence)
    last = sentences[-1][0]
    whole = {
        p
        for (p, _), line in zip(sentences, lines, strict=True)
        if line and (p >= last - 3 or p == 0 or length[p] < 420) and length[p] < 900
    }
    return [mask or paragraph in whole for mask, (paragraph, _) in zip(masked, sentences, strict=True)]
