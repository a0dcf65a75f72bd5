# SPDX-License-Identifier: Apache-2.0
"""No call to an address of the own network unless an administrator allows its host (server-side request forgery).

The name is resolved once, every address it has is checked, and the connection goes to the address that was checked;
the certificate is still checked against the name.
"""

import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

BLOCKED = tuple(
    ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.0.0.0/24")
)
"""Ranges Python calls global that lead into one's own network: NAT64, 6to4, Teredo, protocol assignments."""


class Blocked(Exception):
    """The host leads into an inner network. Says which host, never the whole address."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(host)


def is_outside(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public Internet."""
    inner = getattr(address, "ipv4_mapped", None) or address
    if any(inner.version == net.version and inner in net for net in BLOCKED):
        return False
    return inner.is_global and not inner.is_multicast


def checked(host: str, port: int, allowed: Collection[str]) -> str:
    """An address of ``host`` that may be called.

    Raises:
        Blocked: one of its addresses lies in an inner network, and the host is not allowed.
        OSError: the name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]).partition("%")[0] for row in found]
    if host not in allowed and not all(is_outside(ip_address(one)) for one in addresses):
        raise Blocked(host)
    return addresses[0]


class GuardedTransport(httpx.BaseTransport):
    """Sends each request to a checked address; redirects are not followed, so nothing leads elsewhere."""

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self.allowed = allowed
        self.inner = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Check, then send.

        Raises:
            Blocked: the host leads into an inner network.
        """
        url = request.url
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            address = checked(url.host, port, self.allowed)
        except (OSError, UnicodeError):
            raise httpx.ConnectError("the name is not known") from None
        request.extensions = {**request.extensions, "sni_hostname": url.host}
        request.url = url.copy_with(host=address)
        return self.inner.handle_request(request)

    def close(self) -> None:
        """End the connections."""
        self.inner.close()
