"""Telling visitors apart for one day, in this process's memory only. No address is kept anywhere."""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

HOUSEHOLD = 64  # bits of an IPv6 address that stay the same for one household or phone
_daily: dict[date, bytes] = {}


def address_of(meta: Mapping[str, Any], proxies: int) -> str:
    """Where a request came from, as the nearest of `proxies` trusted proxies saw it; or nothing.

    Every proxy appends to X-Forwarded-For whom it heard from; what stands further left a client
    may have written itself. Behind a proxy that says nothing everybody would be one visitor, so
    the answer is empty then.
    """
    if not proxies:
        return _readable(str(meta.get("REMOTE_ADDR", "")))
    told = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    return _readable(told[-proxies]) if len(told) >= proxies else ""


def mark_of(address: str, day: date) -> str:
    """A mark for one visitor on one day; nothing for an unknown one. Tomorrow the key is gone."""
    if not address:
        return ""
    if day not in _daily:
        _daily.clear()
        _daily[day] = secrets.token_bytes(32)
    return hmac.new(_daily[day], address.encode(), hashlib.sha256).hexdigest()


def _readable(told: str) -> str:
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
