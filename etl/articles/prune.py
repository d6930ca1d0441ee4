"""Takes out of the tree what is no article by its own mark-up: captions, promos, related links, author boxes, comments, share bars.

Rules go by the words of class, id and role, never by a site's name. A marked element is kept when most of the page's prose is in it:
sites call their whole page `has-sidebar` or `comments-open`.
"""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from collections.abc import Callable

import lxml.html

Heard = Callable[[str, str], None]  # (rule, the words that were dropped)

_TAGS = {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "button", "select", "dialog", "nav", "form", "input", "textarea", "audio", "video", "map", "menu"}
_BEFORE = {"sidebar": " "}  # `elementor-widget-text` holds the article on every page of a builder of sites; `widget-text` doesn't
_DOUBTFUL = {"sidebar", "promo", "navigation", "byline", "newsletter", "hidden", "tags"}
_SILENT = {"script", "style", "noscript", "template", "svg"}
_CLUTTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:^|{_BEFORE.get(name, '[ _-]')})(?:{words})(?:$|[ _-])"))
    for name, words in (
        ("caption", r"(?:wp-|image-|img-|photo-|media-|figure-|gallery-)?caption(?:-text|s)?|captiontext|photo-?credit|image-?credit|media-?credit|figcaption|img-desc"),
        ("comments", r"comments?(?:-(?:list|area|section|wrap(?:per)?|container|thread|block|respond|form))?|disqus(?:-thread)?|respond|reader-?comments|livefyre|fb-comments|coral|discussion-?thread|commentlist"),
        ("related", r"related(?:-?(?:articles?|posts?|stories|links?|content|news|reading|topics?|items?|list|block|wrap(?:per)?|coverage|box|videos?|products?))?|jp-relatedposts|yarpp[\w-]*|recirc(?:ulation)?|read-?(?:more|next|also|on)|see-?also|more-?(?:from|on|stories|news|articles)|"
                    r"recommend(?:ed|ations?)?(?:-[\w-]+)?|you-?may-?(?:also-?)?like|most-?(?:read|popular|viewed)|popular-?posts|trending|taboola|outbrain|also-?read|up-?next|next-?article|prev-?next|post-?navigation|nav-?links|suggested|further-?reading|teaser-?list"),
        ("promo", r"promo(?:tion|s|-?box)?|advert(?:s|isement|ising|orial)?|ads?-?(?:container|wrap(?:per)?|slot|unit|banner|block|box)|adsbygoogle|sponsor(?:ed)?(?:-[\w-]+)?|affiliate(?:-[\w-]+)?|buy-?(?:box|button|now)|shop-?(?:box|widget)|deal-?box|banner|paywall-?(?:promo|offer)|subscription-?(?:offer|promo|box)|donat(?:e|ion)(?:-[\w-]+)?"),
        ("newsletter", r"newsletters?(?:-[\w-]+)?|subscribe(?:-[\w-]+)?|sign-?up(?:-[\w-]+)?|mailing-?list|mc4wp[\w-]*|mailchimp|email-?(?:signup|capture)|optin(?:-[\w-]+)?"),
        ("author", r"author-?(?:bio|box|info|card|description|desc|profile|about|details?|block|area|footer)|about-?(?:the-)?author|post-?author-?(?:bio|box)|bio(?:graphy)?-?(?:box|text)?|writer-?bio|contributor-?bio|abh_[\w-]+|saboxplugin[\w-]*|m-a-box[\w-]*|pp-multiple-authors[\w-]*"),
        ("tags", r"(?:post-?|article-?|entry-?)?tags?(?:-?(?:list|links|cloud|wrap(?:per)?|container))?|tagcloud|taxonomy|post-?categories|cat-?links|entry-?(?:footer|utility)|topic-?list|keywords?"),
        ("share", r"shar(?:e|ing)(?:-?(?:bar|buttons?|tools?|links?|icons?|this|daddy|wrap(?:per)?))?|sharedaddy|sd-sharing[\w-]*|social(?:-?(?:links?|share|media|bar|icons?|buttons?|tools?|sharing))?|addtoany[\w-]*|a2a_[\w-]+|addthis[\w-]*|follow-?us|like-?button|print-?(?:link|button)|reactions?"),
        ("consent", r"cookie(?:s|-?(?:banner|consent|notice|law|policy|bar))?(?:-[\w-]+)?|consent(?:-[\w-]+)?|gdpr[\w-]*|onetrust[\w-]*"),
        ("navigation", r"breadcrumbs?|pagination|pager|page-?links|skip-?link|site-?(?:header|footer|nav)|menu|submenu|navbar|toolbar|screen-reader-text|sr-only|visually-?hidden|toc|table-of-contents|ez-toc[\w-]*|lwptoc[\w-]*|jump-?(?:links?|to)"),
        ("sidebar", r"sidebar(?:-[\w-]+)?|widget(?:-?area)?|side-?bar|rail|right-?(?:rail|col|column)"),
        ("rating", r"(?:kk-?)?star-?ratings?|rating-?(?:box|form|widget)|post-?ratings?|gdrts[\w-]*|vote(?:s|-?(?:box|count))?"),
        ("byline", r"(?:post-?|entry-?|article-?)?byline|(?:post|entry|article)-?meta|meta-?(?:info|data)|posted-?(?:on|by)|entry-?date|dateline-?box|reading-?time|view-?count|comment-?count"),
    )
)  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HINT = re.compile("caption|credit|comment|disqus|respond|livefyre|coral|relat|recirc|read|also|more|recommend|you|popular|most|trending|taboola|outbrain|next|nav|suggest|teaser|promo|ad|sponsor|affil|buy|shop|deal|product|commerce|banner|paywall|subscri|donat|news|sign|mail|mc4wp|optin|author|bio|writer|contrib|abh|sabox|pp-|m-a|tag|taxo|cat|entry|topic|keyword|shar|sd-|social|a2a|follow|like|print|react|cookie|consent|gdpr|onetrust|bread|pag|skip|site|menu|tool|screen|sr-|visual|toc|table-of|jump|side|widget|rail|right|rating|gdrts|vote|meta|posted|date|reading|view|byline|figcaption|img-desc|discussion|yarpp|image|photo|media|gallery|jp-|fb-")


def strip(body: lxml.html.HtmlElement, heard: Heard | None = None) -> None:
    """Remove what holds no words for a reader whatever its name is: scripts, styles, controls, navigation. In place."""
    total = max(prose_size(body), 1)
    for element in list(body.iter(*_TAGS)):
        if element.tag == "form" and prose_size(element) > total / 3:  # some sites wrap their whole page in one
            continue
        remove(element, element.tag, heard if element.tag not in _SILENT else None)


def prune(body: lxml.html.HtmlElement, heard: Heard | None = None) -> None:
    """Remove the marked clutter from a stripped body, in place. `heard` is told each rule and what it took."""
    total = max(prose_size(body), 1)
    waiting = [body]
    while waiting:
        for element in list(waiting.pop()):
            rule = "caption" if element.tag == "figcaption" else _rule(element)
            if rule and _is_small(element, rule, total):
                remove(element, rule, heard)
            elif len(element):
                waiting.append(element)


def paragraphs(element: lxml.html.HtmlElement) -> int:
    """How many of its paragraphs are prose: long, and no links."""
    return sum(1 for p in element.iter("p") if len(p.text_content()) > 150 and prose_size(p) > 100)


def prose_size(element: lxml.html.HtmlElement) -> int:
    """How many characters of it are no link."""
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return sum(len(t) for t in element.itertext() if not t.isspace()) - linked


def remove(element: lxml.html.HtmlElement, rule: str, heard: Heard | None) -> None:
    """Take the element out and keep the text that follows it. An element without a parent is gone already."""
    if element.getparent() is None:
        return
    if heard is not None and (words := " ".join(element.text_content().split())):
        heard(rule, words)
    element.drop_tree()


def _rule(element: lxml.html.HtmlElement) -> str | None:
    if element.get("hidden") is not None or (element.get("aria-hidden") == "true" and element.tag in ("div", "span", "section")):
        return "hidden"
    style = element.get("style")
    if style and re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style):
        return "hidden"
    mark = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(mark) < 3 or len(mark) > 400:
        return None
    if element.get("role") in ("navigation", "complementary", "banner", "contentinfo", "search", "dialog"):
        return "navigation"
    mark = _CAMEL.sub("-", mark).lower().replace("__", " ").replace("--", " ")
    if not _HINT.search(mark):
        return None
    return next((name for name, pattern in _CLUTTER if pattern.search(mark)), None)


def _is_small(element: lxml.html.HtmlElement, rule: str, total: int) -> bool:
    """Whether the element may go: it isn't where the page's prose stands."""
    if element.tag in ("html", "body", "main", "article", "h1"):
        return rule == "comments" and element.tag == "article"
    size = prose_size(element)
    if rule == "caption":
        return size < min(1200, total * 0.5)
    if rule == "comments":
        return size < total * 0.7
    if rule in _DOUBTFUL and element.tag != "aside" and paragraphs(element) >= 2:
        return False
    if rule == "share" and next(element.iter("blockquote"), None) is not None:  # a post that the article quotes
        return False
    return size < total * 0.3 and (size < 600 or (size < total * 0.15 and size < 2500))
