"""What an element's class, id and role say that it is: a kind of clutter, or the article's text. Rules know words, never sites."""

# ruff: noqa: E501 (word lists stay on their line: broken up they read worse)
from __future__ import annotations

import re
from functools import lru_cache

import lxml.html

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BEFORE = {"sidebar": " "}  # `elementor-widget-text` holds the article on every page of a builder of sites; `widget-text` doesn't
_WORDS = (
    ("caption", r"(?:wp-|image-|img-|photo-|media-|figure-|gallery-)?caption(?:-text|s)?|captiontext|photo-?credit|image-?credit|media-?credit|figcaption|img-desc"),
    ("comments", r"comments?(?:-(?:list|area|section|wrap(?:per)?|container|thread|block|respond|form))?|disqus(?:-thread)?|respond|reader-?comments|livefyre|fb-comments|coral|discussion-?thread|commentlist"),
    ("related", r"related(?:-?(?:articles?|posts?|stories|links?|content|news|reading|topics?|items?|list|block|wrap(?:per)?|coverage|box|videos?|products?))?|jp-relatedposts|yarpp[\w-]*|recirc(?:ulation)?|read-?(?:more|next|also|on)|see-?also|more-?(?:from|on|stories|news|articles)|"
                r"recommend(?:ed|ations?)?(?:-[\w-]+)?|you-?may-?(?:also-?)?like|most-?(?:read|popular|viewed)|popular-?posts|trending|taboola|outbrain|also-?read|up-?next|next-?article|prev-?next|post-?navigation|nav-?links|suggested|further-?reading|teaser-?list"),
    ("promo", r"promo(?:tion|s|-?box)?|advert(?:s|isement|ising|orial)?|ads?-?(?:container|wrap(?:per)?|slot|unit|banner|block|box)|adsbygoogle|sponsor(?:ed)?(?:-[\w-]+)?|affiliate(?:-[\w-]+)?|buy-?(?:box|button|now)|shop-?(?:box|widget)|deal-?box|banner|pay-?(?:wall|note|gate|meter)(?:-[\w-]+)?|reg-?wall|subscription-?(?:offer|promo|box)|donat(?:e|ion)(?:-[\w-]+)?"),
    ("newsletter", r"newsletters?(?:-[\w-]+)?|subscribe(?:-[\w-]+)?|sign-?up(?:-[\w-]+)?|mailing-?list|mc4wp[\w-]*|mailchimp|email-?(?:signup|capture)|optin(?:-[\w-]+)?"),
    ("author", r"author-?(?:bio|box|info|card|description|desc|profile|about|details?|block|area|footer)|about-?(?:the-)?author|post-?author-?(?:bio|box)|bio(?:graphy)?-?(?:box|text)?|writer-?bio|contributor-?bio|abh_[\w-]+|saboxplugin[\w-]*|m-a-box[\w-]*|pp-multiple-authors[\w-]*"),
    ("tags", r"(?:post-?|article-?|entry-?)?tags?(?:-?(?:list|links|cloud|wrap(?:per)?|container))?|tagcloud|taxonomy|post-?categories|cat-?links|entry-?(?:footer|utility)|topic-?list|keywords?"),
    ("share", r"shar(?:e|ing)(?:-?(?:bar|buttons?|tools?|links?|icons?|this|daddy|wrap(?:per)?))?|sharedaddy|sd-sharing[\w-]*|social(?:-?(?:links?|share|media|bar|icons?|buttons?|tools?|sharing))?|addtoany[\w-]*|a2a_[\w-]+|addthis[\w-]*|follow-?us|like-?button|print-?(?:link|button)|reactions?"),
    ("consent", r"cookie(?:s|-?(?:banner|consent|notice|law|policy|bar))?(?:-[\w-]+)?|consent(?:-[\w-]+)?|gdpr[\w-]*|onetrust[\w-]*"),
    ("navigation", r"breadcrumbs?|pagination|pager|page-?links|skip-?link|site-?(?:header|footer|nav)|menu|submenu|navbar|toolbar|screen-reader-text|sr-only|visually-?hidden|toc|table-of-contents|ez-toc[\w-]*|lwptoc[\w-]*|jump-?(?:links?|to)"),
    ("sidebar", r"sidebar(?:-[\w-]+)?|widget(?:-?area)?|side-?bar|rail|right-?(?:rail|col|column)"),
    ("rating", r"(?:kk-?)?star-?ratings?|rating-?(?:box|form|widget)|post-?ratings?|gdrts[\w-]*|vote(?:s|-?(?:box|count))?"),
    ("byline", r"(?:post-?|entry-?|article-?)?byline|(?:post|entry|article)-?meta|meta-?(?:info|data)|posted-?(?:on|by)|entry-?date|dateline-?box|reading-?time|view-?count|comment-?count"),
)  # fmt: skip
_CLUTTER = tuple((name, re.compile(rf"(?:^|{_BEFORE.get(name, '[ _-]')})(?:{words})(?:$|[ _-])")) for name, words in _WORDS)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STORY = re.compile(r"(?:article|story|post|entry|news|page|main|blog|text|body)[_-]*(?:body|content|text|copy|main|inner|entry)|(?:^|[ _-])(?:article|story|post|entry|prose|content|richtext|rich-text|wysiwyg)(?:$|[ _-])")
ROLES = frozenset(("navigation", "complementary", "banner", "contentinfo", "search", "dialog"))


_NAMES = frozenset(("class", "id", "itemprop", "data-testid", "data-component"))
_MAX_MARKS = 400  # characters: more classes than that are a style sheet's, and say nothing
_ANY = re.compile(rf"(?:^|[ _-])(?:{'|'.join(words for _, words in _WORDS)})(?:$|[ _-])")  # one pass for the many marks that are no clutter


def told_by(element: lxml.html.HtmlElement) -> tuple[str | None, bool]:
    """The kind of clutter that the element's marks speak of, or None; and whether they speak of the article's text.

    Marks are classes, id and what frameworks put beside them. Size and place are weighed elsewhere.
    """
    marks, role, hidden = "", None, False
    for name, value in element.items():
        if name in _NAMES:
            marks += " " + value
        elif name == "role":
            role = value
        elif name == "hidden" or (name == "style" and HIDDEN_STYLE.search(value)):
            hidden = True
    clutter, story = _told(marks) if marks else (None, False)
    if hidden:
        clutter = "hidden"
    elif role in ROLES:
        clutter = "navigation"
    return clutter, story


@lru_cache(maxsize=50_000)
def _told(marks: str) -> tuple[str | None, bool]:
    if not 3 <= len(marks) <= _MAX_MARKS:
        return None, False
    found = [_told_by_one(mark) for mark in marks.split()]
    return next((clutter for clutter, _ in found if clutter), None), any(story for _, story in found)


@lru_cache(maxsize=50_000)
def _told_by_one(mark: str) -> tuple[str | None, bool]:
    if not 3 <= len(mark) <= 120:
        return None, False
    spelt = _CAMEL.sub("-", mark).lower().replace("__", " ").replace("--", " ")  # `PostBody__caption` → `post-body caption`
    clutter = next((name for name, pattern in _CLUTTER if pattern.search(spelt)), None) if _ANY.search(spelt) else None
    return clutter, bool(_STORY.search(spelt))
