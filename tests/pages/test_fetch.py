"""The rules of fetching, against a server on this machine; nothing else is asked."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.errors import PageNotFetched, PageTooLarge
from onrecord.pages import Limits, open_page
from onrecord.pages.fetch import USER_AGENT, fetch, is_public

PAGE = b"<html><body><p>Said here.</p></body></html>"


class Site(BaseHTTPRequestHandler):
    """A site with the ways that sites have."""

    robots = b"User-agent: *\nDisallow: /private\n"
    agents: list[str] = []  # noqa: RUF012

    def do_GET(self):
        self.agents.append(self.headers["User-Agent"])
        if self.path == "/robots.txt":
            self.answer(200 if self.robots else 404, self.robots)
        elif self.path == "/packed":
            self.answer(200, gzip.compress(PAGE), encoding="gzip")
        elif self.path == "/bomb":
            self.answer(200, gzip.compress(b"a" * 3_000_000), encoding="gzip")
        elif self.path == "/long":
            self.answer(200, b"a" * 50_000)
        elif self.path == "/loop":
            self.answer(302, b"", location="/loop")
        elif self.path == "/moved":
            self.answer(301, b"", location="/page")
        elif self.path == "/inward":
            self.answer(302, b"", location="http://inward.invalid/")
        elif self.path == "/file":
            self.answer(302, b"", location="file:///etc/hostname")
        elif self.path == "/cut":
            self.answer(200, PAGE, length=len(PAGE) + 10)
        elif self.path == "/drip":
            self.drip()
        elif self.path == "/gone":
            self.answer(404, b"gone")
        else:
            self.answer(200, PAGE)

    def answer(self, status, content, *, location=None, encoding=None, length=None):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=iso-8859-2")
        self.send_header("Content-Length", str(length or len(content)))
        if location:
            self.send_header("Location", location)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(content)

    def drip(self):
        try:
            for _ in range(100):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def anywhere(_address):
    return True


LIMITS = Limits(bytes=20_000, seconds=5)


def test_a_page_comes_with_its_address_and_the_servers_encoding(site):
    fetched = fetch(f"{site}/page", LIMITS, allowed=anywhere)
    assert (fetched.content, fetched.url, fetched.charset) == (PAGE, f"{site}/page", "iso-8859-2")


def test_we_say_who_we_are(site):
    fetch(f"{site}/page", LIMITS, allowed=anywhere)
    assert set(Site.agents) == {USER_AGENT}
    assert USER_AGENT.startswith("onrecord/")


def test_a_redirect_is_followed_and_compression_undone(site):
    assert fetch(f"{site}/moved", LIMITS, allowed=anywhere).url == f"{site}/page"
    assert fetch(f"{site}/packed", LIMITS, allowed=anywhere).content == PAGE


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/private/page", "robots"),
        ("/loop", "redirects"),
        ("/file", "scheme"),
        ("/gone", "status"),
        ("/cut", "network"),
    ],
)
def test_what_gives_no_page_says_why(site, path, reason):
    with pytest.raises(PageNotFetched) as caught:
        fetch(site + path, LIMITS, allowed=anywhere)
    assert caught.value.reason == reason


@pytest.mark.parametrize("path", ["/long", "/bomb"])
def test_a_page_beyond_the_limits_is_refused(site, path):
    with pytest.raises(PageTooLarge):
        fetch(site + path, LIMITS, allowed=anywhere)


def test_a_server_that_drips_is_given_up_in_time(site):
    began = time.monotonic()
    with pytest.raises(PageNotFetched) as caught:
        fetch(f"{site}/drip", Limits(seconds=0.5), allowed=anywhere)
    assert caught.value.reason == "too-slow"
    assert time.monotonic() - began < 3


def test_loopback_is_refused_by_default(site):
    for address in (site, site.replace("127.0.0.1", "localhost")):
        with pytest.raises(PageNotFetched) as caught:
            open_page(address)
        assert caught.value.reason == "private"


def test_a_redirect_to_a_private_address_is_refused_and_what_was_checked_is_connected_to(site, monkeypatch):
    import socket

    asked = []

    def resolve(host, port, **_):
        asked.append(host)
        address = {"127.0.0.1": "127.0.0.1", "inward.invalid": "10.0.0.7"}[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(
        socket, "create_connection", lambda address, timeout: _connected(socket, address, timeout)
    )
    with pytest.raises(PageNotFetched) as caught:
        fetch(f"{site}/inward", LIMITS, allowed=lambda address: address == "127.0.0.1")
    assert caught.value.reason == "private"
    # Once a request, none for the connection: a second answer of the name server is never asked for.
    assert asked == ["127.0.0.1", "127.0.0.1", "inward.invalid"]


def _connected(socket, address, timeout):
    assert address[0] == "127.0.0.1"
    connection = socket.socket()
    connection.settimeout(timeout)
    connection.connect(address)
    return connection


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.1", "100.64.0.1",
    "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1",
     "2002:7f00:1::", "ff02::1", "240.0.0.1"],
)  # fmt: skip
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_outside_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url", ["http://", "http://user:word@127.0.0.1/", "http://[::1", "http://a b/", "http://x:99999/"]
)
def test_odd_addresses_are_refused_before_anything_is_asked(url):
    with pytest.raises(PageNotFetched) as caught:
        fetch(url, LIMITS, allowed=anywhere)
    assert caught.value.reason == "address"
