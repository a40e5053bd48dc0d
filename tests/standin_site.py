"""A site on this machine for tests: pages with their headers, ETags honoured, requests noted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from onrecord.sources import Visits


@dataclass
class Site:
    """What the site has by path: its type, its bytes, its ETag; ``asked`` are the paths in order."""

    address: str = ""
    pages: dict[str, tuple[str, bytes, str | None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    status: int = 200

    def put(self, path: str, text: str, kind: str = "text/plain", etag: str | None = None) -> str:
        """Put a page up; give its address."""
        self.pages[path] = (kind, text.encode(), etag)
        return self.address + path

    def feed(self, path: str, links: list[str], *, etag: str | None = None, following: str = "") -> str:
        """Put a feed up; give its address."""
        entries = "".join(f"<entry><id>{link}</id><link href='{link}'/></entry>" for link in links)
        more = f"<link rel='next' href='{following}'/>" if following else ""
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbor</title>{more}{entries}</feed>"
        return self.put(path, feed, "application/atom+xml", etag)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site until the block ends."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            page = site.pages.get(self.path)
            status = 404 if page is None else site.status
            kind, content, etag = page or ("text/plain", b"", None)
            if status == 200 and etag and self.headers.get("If-None-Match") == etag:
                status, content = 304, b""
                site.unchanged.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if etag:
                self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def visits() -> Visits:
    """Give a door to this machine's sites, without pauses."""
    return Visits(pause=0.0, allowed=lambda _: True)
