"""Who measures or says figures, ranked: config/authorities.toml."""

from __future__ import annotations

from pathlib import Path

import msgspec

from etl.spec.toml import complain, read_toml

KINDS = ("filing", "company", "research", "analyst", "press")


class AuthoritySpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source. A lower `rank` is preferred where authorities differ; companies count with the rank of kind `company`."""

    name: str
    aliases: tuple[str, ...] = ()
    rank: int
    kind: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    authority: tuple[AuthoritySpec, ...]


def read_authorities(config_dir: Path) -> tuple[AuthoritySpec, ...]:
    """The declared authorities, best first. Raises ConfigError for an unknown kind or a name said twice."""
    path = config_dir / "authorities.toml"
    authorities = read_toml(path, _File).authority
    seen: dict[str, str] = {}
    for index, authority in enumerate(authorities):
        if authority.kind not in KINDS:
            raise complain(path, ("authority", index, "kind"), f"unknown kind '{authority.kind}'; known: {', '.join(KINDS)}")
        for name in (authority.name, *authority.aliases):
            if name in seen:
                raise complain(path, ("authority", index, "name"), f"'{name}' is said twice: {seen[name]}, {authority.name}")
            seen[name] = authority.name
    return tuple(sorted(authorities, key=lambda a: (a.rank, a.name)))
