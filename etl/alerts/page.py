"""The mail's HTML part: tables and inline styles, as mail programs want it; no image, no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.alerts.letter import Told

_STYLE = """
body{margin:0;padding:0;background:#f3f4f6;color:#111827}
.sheet{background:#ffffff}.soft{color:#5b6472}.rule{border-color:#e5e7eb}.bar{background:#cbd5e1}.now{background:#ea580c}
.quote{background:#f8fafc;border-left:4px solid #ea580c}mark{background:#fde68a;color:#111827;padding:0 2px}
.warn{background:#fef3c7;color:#78350f}a{color:#c2410c}
@media (prefers-color-scheme:dark){body{background:#0b0f14;color:#e5e7eb}.sheet{background:#161b22}.soft{color:#9aa4b2}
.rule{border-color:#30363d}.bar{background:#475569}.now{background:#f97316}.quote{background:#1f2630}.warn{background:#3b2f12;color:#fcd34d}a{color:#fb923c}}
@media (max-width:480px){.pad{padding:18px 16px!important}.figure{font-size:27px!important}}
"""
_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'


def render(told: Sequence[Told], subject: str, rule: str) -> str:
    """The whole page."""
    sheets = "".join(_sheet(t) for t in told)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(subject)}</title><style>{_STYLE}</style></head><body>'
        f'{_TABLE}><tr><td align="center" style="padding:16px 8px">'
        f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;{_FONT}">{sheets}'
        f'<tr><td class="soft" style="padding:8px 16px;font-size:12px;line-height:18px">Sent by the rule “{escape(rule)}” of '
        "config/alerts.toml.</td></tr></table></td></tr></table></body></html>\n"
    )


def _sheet(t: Told) -> str:
    parts = [
        f'<div class="soft" style="font-size:12px;letter-spacing:.04em;text-transform:uppercase;font-weight:600">{escape(t.event)}</div>',
        f'<div style="font-size:16px;line-height:23px;padding-top:4px">{escape(t.about)}</div>',
        f'<div class="figure" style="font-size:34px;line-height:42px;font-weight:700;padding:6px 0 10px">{escape(t.figure)}</div>',
        _was(t), _chart(t), _quote(t), _others(t), _disputes(t), _actions(t),
    ]  # fmt: skip
    inner = "".join(parts)
    return (
        f'<tr><td class="sheet pad" style="padding:24px 28px;border-radius:10px;overflow-wrap:anywhere">{inner}</td></tr>'
        '<tr><td style="height:12px;line-height:12px;font-size:0">&nbsp;</td></tr>'
    )


def _was(t: Told) -> str:
    if not t.was:
        return ""
    line = "border-top-width:1px;border-top-style:solid"
    cell = f"padding:7px 12px 7px 0;white-space:nowrap;{line}"
    rows = "".join(
        f'<tr><td class="soft rule" valign="top" style="{cell}">{escape(against)}</td>'
        f'<td class="rule" valign="top" style="{cell};font-weight:600">{escape(moved)}</td>'
        f'<td class="soft rule" valign="top" width="100%" style="padding:7px 0;{line}">{escape(then)}</td></tr>'
        for against, moved, then in t.was
    )
    return f'{_TABLE} style="font-size:14px;line-height:20px;margin-bottom:12px">{rows}</table>'


def _chart(t: Told) -> str:
    if not t.bars:
        return ""
    rows = "".join(
        f'<tr><td class="soft" style="padding:3px 10px 3px 0;white-space:nowrap">{escape(label)}</td>'
        '<td width="100%" style="padding:3px 0">'
        f'{_TABLE}><tr><td class="{"now" if is_own else "bar"}" width="{size}%" '
        f'style="height:16px;border-radius:3px;font-size:0;line-height:16px">&nbsp;</td><td>&nbsp;</td></tr></table></td>'
        f'<td style="padding:3px 0 3px 10px;white-space:nowrap;text-align:right">{escape(said)}</td></tr>'
        for label, said, size, is_own in t.bars
    )
    return f'{_TABLE} style="font-size:13px;line-height:18px;margin-bottom:16px">{rows}</table>'


def _quote(t: Told) -> str:
    before, number, after = map(escape, t.quote)
    link = f'<a href="{escape(t.url, quote=True)}">{escape(t.title or t.url)}</a>' if t.url else escape(t.title)
    said = escape(t.said)
    quoted = f"“{before}<mark>{number}</mark>{after}”" if number else f"“{before}”"
    return (
        f'{_TABLE}><tr><td class="quote" style="padding:10px 14px;font-size:15px;line-height:23px">{quoted}</td></tr></table>'
        f'<div style="font-size:14px;line-height:20px;padding-top:8px;overflow-wrap:anywhere">{link}</div>'
        f'<div class="soft" style="font-size:13px;line-height:20px">{said}</div>'
    )


def _others(t: Told) -> str:
    if not t.others:
        return ""
    return f'<div class="soft" style="font-size:13px;line-height:20px;padding-top:6px">Also said by: {escape("; ".join(t.others))}</div>'


def _disputes(t: Told) -> str:
    return "".join(
        f'<div class="warn" style="margin-top:10px;padding:9px 12px;border-radius:6px;font-size:13px;line-height:20px">'
        f"<b>In dispute.</b> {escape(detail)}{'<br>' + escape(quote) if quote else ''}</div>"
        for detail, quote in t.disputes
    )


def _actions(t: Told) -> str:
    source = f'<a href="{escape(t.url, quote=True)}" style="font-weight:600">Open the source</a>' if t.url else ""
    return (
        f'<div style="padding-top:14px;font-size:14px;line-height:22px">{source}</div>'
        '<div class="soft" style="font-size:12px;line-height:18px;'
        f'overflow-wrap:anywhere">The whole way: <code>{escape(t.why)}</code></div>'
    )
