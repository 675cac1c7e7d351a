"""The pages of the logbook in the demo municipality."""

from playwright.sync_api import Page

from .seeing import Seen

PAGES = {
    "accountability:ask-file": Seen("privacy", "/accountability/log/ask/"),
    "accountability:log": Seen("privacy", "/accountability/log/"),
    "accountability:seal": Seen("controller", "/accountability/log/seal/"),
    "accountability:verification": Seen(
        "controller", "/accountability/log/seal/", "[href^='/accountability/log/seal/0']"
    ),
    "accountability:find-file": Seen("privacy", "/accountability/log/files/"),
    "accountability:file-log": Seen(
        "privacy", "/accountability/log/?book=opened", "[href^='/accountability/log/files/0']"
    ),
    "accountability:person-log": Seen("controller", "/accountability/log/", "[href^='/accountability/log/people/0']"),
    "accountability:file-evidence": Seen(
        "privacy", "/accountability/log/?book=opened", "[href^='/accountability/log/files/0']"
    ),
    "accountability:person-evidence": Seen(
        "controller", "/accountability/log/", "[href^='/accountability/log/people/0']"
    ),
    "accountability:evidence": Seen(
        "privacy", "/accountability/log/?book=opened", "[href^='/accountability/log/files/0']"
    ),
}
BEHIND = {"accountability:file-evidence": "evidence/", "accountability:person-evidence": "evidence/"}
_found: dict[str, str] = {}


def ask_for_evidence(page: Page) -> None:
    """Once; the file is there when a worker has made it."""
    if "evidence" not in _found:
        page.goto(page.url.rstrip("/") + "/evidence/")
        page.fill("[name=reason]", "Vraag van de inwoner: wie bekeek mijn dossier?")
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
        _found["evidence"] = page.url
    page.goto(_found["evidence"])


DONE_FIRST = {"accountability:evidence": ask_for_evidence}
