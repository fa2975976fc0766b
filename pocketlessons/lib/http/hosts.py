"""Names and addresses of the computer that a request was made to."""

import ipaddress

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port


def host_of(request: HttpRequest) -> str:
    """The name under which the browser knows us, without its port; empty for one that we do not answer to."""
    try:
        name, _port = split_domain_port(request.get_host())
    except DisallowedHost:  # also asked for by the page that refuses it
        return ""
    return name.strip("[]")


def is_address(host: str) -> bool:
    """Whether this host is named by numbers."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_this_computer(host: str) -> bool:
    """Whether this host can only ever be the computer itself."""
    return host == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)
