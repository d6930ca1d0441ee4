"""Countries and groups of countries that a figure may be about: config/regions.toml."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from etl.spec.toml import complain, read_toml


class RegionSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A region: its code (ISO 3166-1 alpha-2, GLOBAL, or a group's name) and how texts call it."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()  # "Indian": of the market, or of a firm
    cities: tuple[str, ...] = ()  # cities and provinces: a place only behind "in", "at", "near"
    festivals: tuple[str, ...] = ()  # a headline or paragraph that names one and no country is about this one
    shops: tuple[str, ...] = ()  # a paragraph that names one and no country is about this one


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    region: tuple[RegionSpec, ...]


def read_regions(config_dir: Path) -> tuple[RegionSpec, ...]:
    """The declared regions. Raises ConfigError for a code or name said twice."""
    path = config_dir / "regions.toml"
    regions = read_toml(path, _File).region
    seen: dict[str, str] = {}
    for index, region in enumerate(regions):
        if not re.fullmatch(r"[A-Z][A-Z_]*", region.code):
            raise complain(path, ("region", index, "code"), f"'{region.code}' is no code")
        for name in (region.code + " (code)", *region.names, *region.adjectives, *region.cities, *region.festivals, *region.shops):
            if name in seen:
                raise complain(path, ("region", index, "code"), f"'{name}' is said twice: {seen[name]}, {region.code}")
            seen[name] = region.code
    return regions
