"""Fetching a page: http(s) only, from public addresses only, within the limits, and as robots.txt allows.

The address that is checked is the address that is connected to, at every redirect, so a name that answers
differently a moment later gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from onrecord._version import __version__
from onrecord.errors import PageNotFetched, PageTooLarge
from onrecord.pages.limits import Limits

USER_AGENT = f"onrecord/{__version__} (reads single news pages on a person's request)"
_ROBOTS_BYTES = 500 * 1024  # RFC 9309 asks for at least this much
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_CHUNK = 64 * 1024

AddressCheck = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Version:
    """What a server calls the state of a page, to ask whether it has changed: ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """How servers are asked: what for, whether for what is newer only, and at what pace.

    ``turn`` is entered with a host's name around each request to it, and may wait; that time is not the
    server's. ``permits`` keeps what the sites' robots.txt say, from one page to the next.
    """

    accept: str = "text/html, text/plain"
    known: Version = field(default_factory=Version)
    turn: Callable[[str], AbstractContextManager[object]] = nullcontext
    permits: dict[str, RobotFileParser | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as a server gave it: its bytes, the address that answered, and the encoding that it stated."""

    content: bytes
    url: str
    charset: str | None
    version: Version = field(default_factory=Version)
    unchanged: bool = False  # what the caller knows is still what the server has; there is no content


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content: bytes
    location: str | None
    charset: str | None
    version: Version


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local or reserved."""
    ip = ipaddress.ip_address(address.split("%")[0])
    # An IPv4 address in the clothes of an IPv6 one is judged as what it is.
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip
        if isinstance(ip, ipaddress.IPv6Address) and ip in ipaddress.ip_network("64:ff9b::/96"):
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(
    url: str, limits: Limits, *, allowed: AddressCheck = is_public, asking: Asking | None = None
) -> Fetched:
    """Fetch a page; raise PageNotFetched with the rule or the fault, or PageTooLarge.

    ``allowed`` judges each IP address before it is connected to.
    """
    visit = _Visit(limits, allowed, asking or Asking(), time.monotonic() + limits.seconds)
    at = url.strip()
    for _ in range(limits.redirects + 1):
        parts = _checked(at)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in visit.asking.permits:
            visit.asking.permits[origin] = _robots(origin, visit)
        permit = visit.asking.permits[origin]
        if permit is not None and not permit.can_fetch(USER_AGENT, at):
            raise PageNotFetched(
                "the site's robots.txt does not allow it; save the page yourself", at, "robots"
            )
        answer = visit.ask(parts, limits.bytes)
        if answer.status in _REDIRECTS and answer.location:
            at = urljoin(at, answer.location)
            continue
        unchanged = answer.status == 304
        if answer.status in _BUSY:
            raise PageNotFetched(f"the server answered {answer.status}; try again later", at, "busy")
        if answer.status != 200 and not unchanged:
            raise PageNotFetched(f"the server answered {answer.status}; check the address", at, "status")
        return Fetched(answer.content, at, answer.charset, answer.version, unchanged)
    raise PageNotFetched(f"it was redirected more than {limits.redirects} times", url, "redirects")


@dataclass(slots=True)
class _Visit:
    """One page's fetching, with all that it leads to."""

    limits: Limits
    allowed: AddressCheck
    asking: Asking
    deadline: float

    def ask(self, parts: SplitResult, most: int, *, robots: bool = False) -> _Answer:
        """Ask when it is our turn at the host."""
        before = time.monotonic()
        with self.asking.turn(parts.hostname or ""):
            self.deadline += time.monotonic() - before
            headers = {"Accept": "text/plain"} if robots else _headers(self.asking)
            return _ask(parts, most, self.limits, self.deadline, self.allowed, headers, cut=robots)


def _headers(asking: Asking) -> dict[str, str]:
    headers = {"Accept": asking.accept}
    if asking.known.etag:
        headers["If-None-Match"] = asking.known.etag
    if asking.known.modified:
        headers["If-Modified-Since"] = asking.known.modified
    return headers


def _checked(url: str) -> SplitResult:
    """Take an address apart; raise PageNotFetched unless it is a plain http(s) one."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise PageNotFetched(f"this is no address: {error}", url, "address") from error
    if parts.scheme not in ("http", "https"):
        raise PageNotFetched("only http and https addresses are fetched", url, "scheme")
    if not host or parts.username is not None or any(ord(c) <= 32 or ord(c) == 127 for c in url):
        raise PageNotFetched("the address has no host, a user name or a space in it", url, "address")
    return parts


def _robots(origin: str, visit: _Visit) -> RobotFileParser | None:
    """Read a site's robots.txt: None where there is none; one that forbids all where the server
    fails (RFC 9309).
    """
    rules = RobotFileParser()
    at = f"{origin}/robots.txt"
    for _ in range(visit.limits.redirects + 1):
        answer = visit.ask(_checked(at), _ROBOTS_BYTES, robots=True)
        if answer.status in _REDIRECTS and answer.location:
            at = urljoin(at, answer.location)
            continue
        if answer.status >= 500:
            rules.parse(["User-agent: *", "Disallow: /"])
            return rules
        if answer.status != 200:
            return None
        rules.parse(answer.content.decode("utf-8", "replace").splitlines())
        return rules
    return None


def _ask(
    parts: SplitResult,
    most: int,
    limits: Limits,
    deadline: float,
    allowed: AddressCheck,
    headers: dict[str, str],
    *,
    cut: bool = False,
) -> _Answer:
    """Ask one server one thing; ``cut`` takes the first ``most`` bytes of a longer answer instead of
    refusing it.
    """
    url = parts.geturl()
    address = _address(parts, allowed)
    connection = _Pinned(parts, address, _left(deadline, url))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **headers}
    # A server that sends a byte now and then never runs into a socket's own time limit; this ends it.
    alarm = threading.Timer(_left(deadline, url), connection.abort)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request("GET", path.encode("ascii", "ignore").decode(), headers=headers)
        response = connection.getresponse()
        content = (
            b"" if response.status in _REDIRECTS else _body(response, connection, most, deadline, url, cut)
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        _left(deadline, url)
        raise PageNotFetched(f"the server could not be read: {error}", url, "network") from error
    finally:
        alarm.cancel()
        connection.close()
    if response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip"):
        content = _unfolded(content, most, limits, url, cut)
    told = response.headers
    version = Version(told.get("ETag"), told.get("Last-Modified"))
    return _Answer(response.status, content, told.get("Location"), told.get_content_charset(), version)


def _address(parts: SplitResult, allowed: AddressCheck) -> tuple[str, int]:
    """Resolve a host; raise PageNotFetched unless every address it has may be connected to."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise PageNotFetched(f"the host is not known: {error}", parts.geturl(), "host") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(address) for address in addresses):
        raise PageNotFetched(
            "the host is not on the public internet, so it is not asked", parts.geturl(), "private"
        )
    return addresses[0], port


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, whatever its name answers by now."""

    def __init__(self, parts: SplitResult, address: tuple[str, int], seconds: float) -> None:
        super().__init__(parts.hostname or "", address[1], timeout=seconds)
        self._address = address
        self._secure = parts.scheme == "https"
        if self._secure:
            self.default_port = 443

    def connect(self) -> None:
        self.sock = socket.create_connection(self._address, self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def abort(self) -> None:
        """End whatever is being waited for."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _body(
    response: http.client.HTTPResponse,
    connection: _Pinned,
    most: int,
    deadline: float,
    url: str,
    cut: bool,
) -> bytes:
    """Read an answer a piece at a time, so that a slow server cannot hold on beyond the deadline."""
    pieces: list[bytes] = []
    size = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline, url))
        piece = response.read1(_CHUNK)
        if not piece:
            _left(deadline, url)
            if response.length:
                raise PageNotFetched("the server broke off in the middle; try again", url, "network")
            return b"".join(pieces)
        size += len(piece)
        pieces.append(piece)
        if size > most and cut:
            return b"".join(pieces)[:most]
        if size > most:
            raise PageTooLarge(f"the page has more than {most:,} bytes; raise Limits.bytes to read it", url)
        _left(deadline, url)


def _unfolded(content: bytes, most: int, limits: Limits, url: str, cut: bool) -> bytes:
    """Undo the server's compression within the limits."""
    bound = min(most, max(limits.ratio * len(content), 1024))
    try:
        page = zlib.decompressobj(wbits=31).decompress(content, bound + 1)
    except zlib.error as error:
        raise PageNotFetched(f"the server's compression is damaged: {error}", url, "network") from error
    if len(page) > bound and not cut:
        raise PageTooLarge(f"the page unfolds to more than {bound:,} bytes", url, "unfolds-too-far")
    return page[:bound]


def _left(deadline: float, url: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise PageNotFetched("the server took too long; try again or raise Limits.seconds", url, "too-slow")
    return left
