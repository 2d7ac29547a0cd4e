"""Where a request came from, as rate limits count it."""

import ipaddress

# A household or a school gets a whole network of this length; single addresses in it are free.
IPV6_NETWORK = 64


def client_address(*, remote: str, forwarded: str, proxies: int) -> str:
    """Return the IPv4 address or the IPv6 network that a request came from.

    ``remote`` is the other end of the connection, ``forwarded`` the header X-Forwarded-For, to
    which each of the ``proxies`` of the house adds whom it saw; what stands further left is only
    the sender's claim. With fewer hops than proxies, or no address there, ``remote`` counts.
    """
    hops = [hop.strip() for hop in forwarded.split(",")]
    if 0 < proxies <= len(hops):
        return _network(hops[-proxies]) or _network(remote)
    return _network(remote)


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed, IPV6_NETWORK), strict=False))
