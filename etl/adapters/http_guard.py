"""Which addresses may be connected to. The check sits where the socket is made: no redirect and no changed DNS answer gets round it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

from aiohttp import AddrInfoType

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddress(OSError):
    """The name leads to an address that isn't on the public internet."""


def may_connect(host: str, *, loopback: bool, private: bool) -> bool:
    """Whether this numeric address may be connected to: public ones always; link-local, multicast and reserved ones never."""
    address = _inner(ipaddress.ip_address(host.partition("%")[0]))
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    if address.is_loopback:
        return loopback or private
    if address.is_global:
        return True
    return private and address.is_private and not address.is_reserved


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 address wraps (mapped, NAT64, 6to4, Teredo), else itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        return wrapped or address
    return address


def socket_factory(*, loopback: bool, private: bool) -> Callable[[AddrInfoType], socket.socket]:
    """What makes the sockets of a connector. It raises PrivateAddress instead of making one that leads inside."""

    def make(info: Any) -> socket.socket:
        family, kind, proto, _, place = info
        if not may_connect(str(place[0]), loopback=loopback, private=private):
            raise PrivateAddress(f"private address {place[0]}")
        made = socket.socket(family=family, type=kind, proto=proto)
        made.setblocking(False)
        return made

    return make


def is_private(error: BaseException | None) -> bool:
    """Whether the guard is behind this error; several refused addresses come as one OSError that only quotes them."""
    while error is not None:
        if isinstance(error, PrivateAddress) or (isinstance(error, OSError) and "private address" in str(error)):
            return True
        error = getattr(error, "os_error", None) or error.__cause__
    return False
