"""How a page is looked at: who opens it, how it is found, and when it is there with all its parts."""

import time
from dataclasses import dataclass

from playwright.sync_api import Page

SECONDS_TO_SETTLE = 30
# The parts that a page asks for itself when it opens: known from the moment htmx asks until it has put them in.
WATCH = """(() => {
  const asked = new Set(); let open = 0;
  document.addEventListener('htmx:beforeRequest', e => { asked.add(e.detail.elt); open += 1; });
  for (const end of ['htmx:afterSettle', 'htmx:responseError', 'htmx:sendError', 'htmx:timeout'])
    document.addEventListener(end, () => { open -= 1; });
  window.isSettled = () => document.readyState === 'complete' && open <= 0
    && [...document.querySelectorAll('[hx-trigger~="load"]')].every(part => asked.has(part));
})()"""


def settle(page: Page) -> None:
    """Wait until the page is there with all its parts; without script it has none to wait for."""
    patience = time.monotonic() + SECONDS_TO_SETTLE
    while not page.evaluate("!window.isSettled || window.isSettled()"):
        assert time.monotonic() < patience, f"{page.url} keeps waiting for a part"
        page.wait_for_timeout(20)


@dataclass(frozen=True)
class Seen:
    """A page as one person finds it: its address, or the first link like `link` on the page at that address."""

    who: str
    address: str
    link: str = ""

    def open(self, page: Page) -> None:
        """Go there."""
        page.goto(self.address)
        if self.link:
            settle(page)
            found = page.locator(f"main a{self.link}").first.get_attribute("href", timeout=10_000)
            page.goto(found or "/not-found/")
        settle(page)
