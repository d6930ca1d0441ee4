"""Two addresses of one article: with and without tracking, AMP, print and mobile parts."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"(?:utm|ga|mc|pk|piwik|hsa|mtm|oly|vero|at|itm)_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|ref|refer|referer|referrer|ref_src|ref_url|source|src|cmpid|cmp|campaign|ncid|ocid|"
    r"partner|share|smid|sr_share|spm|from|feed|feedtype|rss|guccounter|guce_referrer|guce_referrer_sig|mod|tag|via|amp|outputtype|output|print|printable|view|mobile|m|cid|icid|soc_src|soc_trk|_ga|xtor",
    re.I,
)
_HOST = re.compile(r"^(?:(?:www\d?|amp|m|mobile|wap|touch|print)\.)+")
_PATH = re.compile(r"/(?:amp|print|mobile|amp-story|single-page)(?=/|$)|\.amp(?=\.|$)")
_ENDING = re.compile(r"(?:/index)?(?:\.(?:html?|php|aspx?|shtml))?/*$")


def address_key(url: str) -> str:
    """What stays of an address when its tracking, AMP, print and mobile parts are gone: "site.example/2017/07/story?id=7"."""
    try:
        parts = urlsplit(url.strip().lower())
    except ValueError:
        return url.strip().lower()
    host = _HOST.sub("", parts.netloc.rpartition("@")[2].removesuffix(":80").removesuffix(":443"))
    path = _ENDING.sub("", _PATH.sub("", parts.path))
    if host.endswith(".cdn.ampproject.org"):
        inner = re.match(r"^/(?:[acv]/)?(?:s/)?([^/]+)(/.*)?$", path)
        if inner:
            host, path = _HOST.sub("", inner.group(1)), _ENDING.sub("", inner.group(2) or "")
    kept = sorted((name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name))
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")
