"""The declared names and cues, compiled once: one pattern per class of names, for any number of texts."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.claims.scan import CJK, Spellings
from etl.spec.authorities import AuthoritySpec
from etl.spec.companies import CompanySpec
from etl.spec.metrics import MetricSpec
from etl.spec.regions import RegionSpec

_STOP = r"(?![^\W\u3400-\u9fff])"  # a word ends here: Chinese signs go on without a blank ("vivo出货量", "SU7十月份")
_MODEL = (
    rf"(?:\d{{1,4}}[A-Za-z]{{0,3}}{_STOP}(?!\s*(?:million|billion|lakh|crore|mn|bn|thousand|percent|per cent|%|stores|employees|patents|countries|years|months|万|亿|台|部|家|%|名|个|年|月|日))"
    rf"(?!(?<=\d{{3}})\s*(?:phones|units|smartphones|models|devices|handsets))(?![.,]\d|%)|[A-Z]{{1,2}}\d{{1,3}}[A-Za-z]{{0,2}}{_STOP})"
)
_TAIL = r"(?:\s(?:Pro\+?|Plus|Max|Ultra|Lite|Mini|Note|SE|Prime|Edge|Fold|Flip|Explorer|5G|4G|XL|FE)(?![^\W\u3400-\u9fff])|\+)*(?:\s[Ss]eries)?"


NAME, ADJECTIVE, CITY = "name", "adjective", "city"


@dataclass(frozen=True, slots=True)
class Name:
    """What a spelling stands for. `what`: name, brand, person, nickname, product, group, os."""

    company: str
    what: str
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A spelling of a metric. `role`: cue (a name of the quantity), verb, noun (the counted thing)."""

    metric: str
    role: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that reading needs to know of config/, compiled. Made by `Vocabulary.of`; it can be pickled."""

    metrics: dict[str, MetricSpec]
    companies: dict[str, CompanySpec]
    names: dict[str, Name]
    name_pattern: Spellings
    product_pattern: Spellings
    product_lines: dict[str, str]  # spelling of a line → company
    car_lines: tuple[str, ...]  # product lines that are cars
    cues: dict[str, tuple[Cue, ...]]
    cue_pattern: Spellings
    regions: dict[str, tuple[str, str]]  # spelling → (code, name, adjective or city)
    region_pattern: Spellings
    authorities: dict[str, AuthoritySpec]  # spelling → who
    authority_pattern: Spellings
    homes: dict[str, str]  # adjective → code of the country
    marks: dict[str, tuple[str, bool]]  # shop or festival → code of the country, and whether it's a festival
    mark_pattern: Spellings
    devices: dict[str, str] = field(default_factory=dict)
    contexts: dict[str, Spellings] = field(default_factory=dict)  # metric → the words that its texts hold

    @classmethod
    def of(
        cls,
        companies: Sequence[CompanySpec],
        metrics: Sequence[MetricSpec],
        regions: Sequence[RegionSpec],
        authorities: Sequence[AuthoritySpec],
    ) -> Vocabulary:
        """The vocabulary of the given declarations."""
        names = _names(companies)
        lines = _product_lines(companies)
        cues = _cues(metrics)
        places = {
            name: (r.code, kind) for r in regions for kind, group in ((NAME, r.names), (ADJECTIVE, r.adjectives), (CITY, r.cities)) for name in group
        }
        marks = {name: (r.code, is_festival) for r in regions for is_festival, group in ((True, r.festivals), (False, r.shops)) for name in group}
        sources = {
            name: a for a in authorities for name in (a.name, *a.aliases) if a.name not in ("company", "press", "filing") or name != a.name
        }
        return cls(
            metrics={m.name: m for m in metrics},
            companies={c.name: c for c in companies},
            names=names,
            name_pattern=_any_of(names),
            product_pattern=_products(companies, lines),
            product_lines=lines,
            car_lines=tuple(line for c in companies for line in c.cars),
            cues=cues,
            cue_pattern=_any_of(cues, re.IGNORECASE),
            regions=places,
            region_pattern=_any_of(places),
            authorities=sources,
            authority_pattern=_any_of(sources),
            homes={adjective: r.code for r in regions for adjective in r.adjectives},
            marks=marks,
            mark_pattern=_any_of(marks),
            contexts={m.name: _any_of(m.context) for m in metrics if m.context},
            devices={d: c.name for c in companies for d in c.devices},
        )

    def absent(self, text: str) -> frozenset[str]:
        """The metrics that the text can't be about, since it holds none of their context's words."""
        return frozenset(name for name, words in self.contexts.items() if next(words.finditer(text), None) is None)

    def is_car(self, segment: str) -> bool:
        """Whether a segment is a car: `product:SU7`."""
        line = segment.removeprefix("product:")
        return line != segment and any(re.search(rf"(?:^|\s){re.escape(car)}[\s-]?\w", line) for car in self.car_lines)

    def owner(self, company: str, day: date | None) -> tuple[str, str | None]:
        """Whose figure it is on that day, and the segment it then is: Honor's are Huawei's until it became independent."""
        spec = self.companies.get(company)
        if spec and spec.part_of and spec.independent_from and day and day < spec.independent_from:
            return spec.part_of, f"segment:{company}"
        return company, None


def _any_of(words: Iterable[str], flags: int = 0) -> Spellings:
    """One pattern for all the words, longest first. Latin words stand alone, blanks match any space or hyphen."""
    latin = sorted((w for w in words if not CJK.search(w)), key=len, reverse=True)
    cjk = sorted((w for w in words if CJK.search(w)), key=len, reverse=True)
    parts = []
    if latin:
        groups: dict[str, list[str]] = {}  # by first letter, so that most places fail at once
        for word in latin:
            first = word[0].lower() if flags & re.IGNORECASE else word[0]
            tail = re.escape(word[1:]).replace(r"\ ", r"[\s-]").replace("'", "['’]").replace(r"\-", "[-‐‑]")
            groups.setdefault(first, []).append(tail)
        body = "|".join(f"{re.escape(first)}(?:{'|'.join(tails)})" for first, tails in groups.items())
        parts.append(rf"(?<![^\W\u3400-\u9fff])(?<!&)(?=\w)(?:{body}){_STOP}(?!&)")
    if cjk:
        parts.append("(?:" + "|".join(re.escape(w) for w in cjk) + ")")
    return Spellings(re.compile("|".join(parts) or r"(?!)", flags), latin, signs="".join({w[0] for w in cjk}))


def spelling(text: str) -> str:
    """The declared form of a matched text: single blanks, straight apostrophes."""
    return re.sub(r"\s+", " ", text).replace("’", "'")


def _names(companies: Sequence[CompanySpec]) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for company in companies:
        kind = {"group": "group", "os": "os"}.get(company.kind, "name")
        own = company.name.partition(":")[2] if kind != "name" else company.name
        for word in (own, *company.aliases) if kind == "name" else company.aliases:
            names[word] = Name(company.name, kind)
            if kind == "name" and len(word) > 3 and word.isascii():
                names.setdefault(word.upper(), Name(company.name, kind))
        for brand in company.brands:
            for word in (brand.name, *brand.aliases):
                names[word] = Name(company.name, "brand", f"segment:{brand.name}" if brand.is_segment else None)
        for word in company.people:
            names.setdefault(word, Name(company.name, "person"))
        for word in company.nicknames:
            names.setdefault(spelling(word), Name(company.name, "nickname"))
        for word in company.devices:
            names.setdefault(word, Name(company.name, "device"))
    return names


def _product_lines(companies: Sequence[CompanySpec]) -> dict[str, str]:
    return {line: c.name for c in companies for line in c.products}


def _products(companies: Sequence[CompanySpec], lines: dict[str, str]) -> Spellings:
    """A product line with its model. A line of one letter needs its maker's name before it: `OPPO R9`, never `R9`."""
    names = [w for c in companies if c.kind == "company" for w in sorted((c.name, *c.aliases), key=len, reverse=True)]
    makers = "|".join(map(re.escape, names))
    long = sorted((line for line in lines if len(line) > 1 and not CJK.search(line)), key=len, reverse=True)
    cjk = sorted((line for line in lines if CJK.search(line)), key=len, reverse=True)
    short = sorted(line for line in lines if len(line) == 1)
    model = rf"[\s-]?{_MODEL}{_TAIL}"
    series = r"(?:\s[Ss]eries)"
    pattern = re.compile(
        rf"(?<![^\W\u3400-\u9fff])(?:(?:{makers})(?:['’]s)?\s(?P<short>(?:{'|'.join(short) or '(?!)'})\d{{1,3}}[A-Za-z0-9]{{0,2}}{_STOP}{_TAIL})"
        rf"|(?P<long>(?:{'|'.join(map(re.escape, long)) or '(?!)'})(?:{model}|{series})))"
        rf"|(?P<cjk>(?:{'|'.join(map(re.escape, cjk)) or '(?!)'})(?!Q[1-4](?!\d)|H[12](?!\d)|\d{{0,2}}[QH]\d)[A-Z]{{0,2}}\d{{1,2}}"
        r"(?!\d|[.,/]\d|%|万|亿|年|月|日|家|款|个|台|部))"
    )
    return Spellings(pattern, [*names, *long], signs="".join({w[0] for w in (*names, *cjk) if CJK.search(w)}), prefix=True)


def _cues(metrics: Sequence[MetricSpec]) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, list[Cue]] = {}
    for metric in metrics:
        for role, words in (("cue", metric.cues), ("verb", metric.verbs), ("noun", metric.nouns)):
            for word in words:
                forms = {word.lower()}
                if role == "noun" and not CJK.search(word):
                    forms.add(plural(word.lower()))
                for form in forms:
                    cues.setdefault(form, []).append(Cue(metric.name, role))
    return {word: tuple(found) for word, found in cues.items()}


def plural(noun: str) -> str:
    """The plural of a counted noun: factory → factories, branch → branches."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
