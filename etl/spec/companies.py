"""Companies, groups of brands and operating systems that figures are claimed for: config/companies.toml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from etl.spec.toml import complain, read_toml

KINDS = ("company", "group", "os")


class BrandSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sub-brand: its figures are the maker's, with segment `segment:<name>`."""

    name: str
    aliases: tuple[str, ...] = ()
    is_segment: bool = True  # False where the brand stands for the maker itself, as MIUI's users do


class CompanySpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entity of claims. `name` is the canonical one: `Xiaomi`, `GROUP:Chinese brands`, `OS:iOS`."""

    name: str
    kind: str = "company"
    home: str | None = None  # ISO 3166-1 alpha-2
    tracked: bool = False  # a vendor that alerts and baselines follow
    sells_devices: bool = True  # False where "grew 5 %" without a metric can't be its shipments of devices
    aliases: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # who speaks for it: what they say is the company's word
    nicknames: tuple[str, ...] = ()  # "the iPhone maker"
    brands: tuple[BrandSpec, ...] = ()
    products: tuple[str, ...] = ()  # product lines; with a model after them they are `product:<line> <model>`
    cars: tuple[str, ...] = ()  # which of the product lines are cars: shipped or sold, these are ev_deliveries
    devices: tuple[str, ...] = ()  # words for its own default goods: "iPhones" are Apple's smartphones
    part_of: str | None = None  # the maker that it belonged to
    independent_from: date | None = None  # first day on its own


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    company: tuple[CompanySpec, ...]


def read_companies(config_dir: Path) -> tuple[CompanySpec, ...]:
    """The declared companies in the order of the file. Raises ConfigError for a name said twice or an unknown maker."""
    path = config_dir / "companies.toml"
    companies = read_toml(path, _File).company
    names: dict[str, str] = {}
    for index, company in enumerate(companies):
        if company.kind not in KINDS:
            raise complain(path, ("company", index, "kind"), f"unknown kind '{company.kind}'; known: {', '.join(KINDS)}")
        if (company.part_of is None) != (company.independent_from is None):
            raise complain(path, ("company", index), "'part_of' and 'independent_from' belong together")
        spellings = (company.name, *company.aliases, *(s for b in company.brands for s in (b.name, *b.aliases)))
        for spelling in set(spellings):
            if names.setdefault(spelling, company.name) != company.name:
                raise complain(path, ("company", index, "name"), f"'{spelling}' is also {names[spelling]}")
    known = {c.name for c in companies}
    for index, company in enumerate(companies):
        if company.part_of and company.part_of not in known:
            raise complain(path, ("company", index, "part_of"), f"unknown company '{company.part_of}'")
    return companies
