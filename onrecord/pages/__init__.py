"""Pages: bytes in, Document out, or a PageError that says why not."""

from onrecord.pages.limits import Limits
from onrecord.pages.opening import open_page, page_of_text

__all__ = ["Limits", "open_page", "page_of_text"]
