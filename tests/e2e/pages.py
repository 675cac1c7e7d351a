"""Every page of the demo municipality: who looks at it, and how it is found from a page with links."""

from dataclasses import dataclass

from playwright.sync_api import Page


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
            page.wait_for_load_state("networkidle")
            found = page.locator(f"main a{self.link}").first.get_attribute("href", timeout=10_000)
            page.goto(found or "/not-found/")
        page.wait_for_load_state("networkidle")


CASE = "[href^='/cases/0']:not([href*='#'])"
PAGES = {
    "account_login": Seen("", "/login/"),
    "account_logout": Seen("caseworker", "/logout/"),
    "account_change_password": Seen("caseworker", "/password/change/"),
    "account_reset_password": Seen("", "/password/reset/"),
    "account_reset_password_done": Seen("", "/password/reset/done/"),
    "account_reset_password_from_key": Seen("", "/password/reset/key/x-y/"),
    "account_reset_password_from_key_done": Seen("", "/password/reset/key/done/"),
    "accessibility": Seen("", "/accessibility/"),
    "privacy": Seen("", "/privacy/"),
    "work": Seen("caseworker", "/"),
    "search": Seen("caseworker", "/search/?q=kaart"),
    "organisation:notices": Seen("caseworker", "/notices/"),
    "organisation:preferences": Seen("caseworker", "/preferences/"),
    "organisation:history": Seen("caseworker", "/cases/?whose=mine", CASE),
    "organisation:people": Seen("admin", "/organisation/people/"),
    "organisation:person-new": Seen("admin", "/organisation/people/new/"),
    "organisation:person": Seen("admin", "/organisation/people/", "[href^='/organisation/people/0']"),
    "organisation:person-edit": Seen("admin", "/organisation/people/", "[href^='/organisation/people/0']"),
    "organisation:team-list": Seen("admin", "/organisation/teams/"),
    "organisation:team-new": Seen("admin", "/organisation/teams/new/"),
    "organisation:team": Seen("admin", "/organisation/teams/", "[href^='/organisation/teams/0']"),
    "organisation:team-edit": Seen("admin", "/organisation/teams/", "[href^='/organisation/teams/0']"),
    "organisation:term-list": Seen("admin", "/organisation/terms/"),
    "organisation:term-new": Seen("admin", "/organisation/terms/", "[href$='/new/']"),
    "organisation:term": Seen("admin", "/organisation/terms/", "[href^='/organisation/terms/'][href*='/0']"),
    "organisation:settings-check": Seen("admin", "/organisation/settings/"),
    "cases:list": Seen("caseworker", "/cases/"),
    "cases:new": Seen("caseworker", "/cases/new/"),
    "cases:left-behind": Seen("manager", "/cases/left-behind/"),
    "cases:case": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:edit": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:share": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:hand-over": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:hold": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:close": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:reopen": Seen("caseworker", "/cases/?state=closed", CASE),
    "cases:change-entry": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:addendum": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:routine-list": Seen("policy", "/routines/"),
    "cases:routine-new": Seen("policy", "/routines/new/"),
    "cases:routine": Seen("policy", "/routines/INK-03/"),
    "cases:routine-version": Seen("policy", "/routines/INK-03/new-version/"),
    "cases:routine-correct": Seen("policy", "/routines/INK-03/versions/1/correct/"),
    "deviations:list": Seen("caseworker", "/deviations/"),
    "deviations:new": Seen("caseworker", "/cases/?whose=mine", CASE),
    "deviations:deviation": Seen("caseworker", "/deviations/?state=agreed", "[href^='/deviations/0']"),
    "deviations:edit": Seen("caseworker", "/deviations/?state=draft&mine=on", "[href^='/deviations/0']"),
    "deviations:evaluate": Seen("caseworker", "/deviations/?state=agreed&mine=on", "[href^='/deviations/0']"),
    "deviations:queue": Seen("manager", "/queue/"),
    "deviations:decide": Seen("manager", "/queue/", "[href^='/deviations/0']"),
    "deviations:space-list": Seen("manager", "/space/"),
    "deviations:space": Seen("manager", "/space/", "[href^='/space/0']"),
    "deviations:space-new": Seen("manager", "/space/new/"),
    "deviations:space-edit": Seen("manager", "/space/", "[href^='/space/0']:has-text('Kleine terugvorderingen')"),
    "deviations:ground-list": Seen("policy", "/deviations/grounds/"),
    "deviations:ground-new": Seen("policy", "/deviations/grounds/new/"),
    "deviations:ground": Seen("policy", "/deviations/grounds/", "[href^='/deviations/grounds/']:not([href$='/new/'])"),
    "deviations:cause-new": Seen("policy", "/deviations/causes/new/"),
    "deviations:cause": Seen("policy", "/deviations/grounds/", "[href^='/deviations/causes/']:not([href$='/new/'])"),
    "deviations:import-list": Seen("policy", "/deviations/imports/"),
    "deviations:import-new": Seen("policy", "/deviations/imports/new/"),
    "deviations:import": Seen("policy", "/deviations/imports/", "[href^='/deviations/imports/0']"),
    "learning:dashboard": Seen("policy", "/learning/"),
    "learning:rollup-list": Seen("policy", "/learning/rollups/"),
}
# The page that was found leads to these; the words are what stands behind its address.
BEHIND = {
    "cases:edit": "edit/",
    "cases:share": "share/",
    "cases:hand-over": "hand-over/",
    "cases:hold": "hold/",
    "cases:close": "close/",
    "cases:reopen": "reopen/",
    "organisation:person-edit": "edit/",
    "organisation:team-edit": "edit/",
    "deviations:edit": "edit/",
    "deviations:evaluate": "evaluate/",
    "deviations:space-edit": "edit/",
}
# Parts of pages and files: the matrix and other tests cover them.
NOT_PAGES = {
    "set_language", "house_style", "organisation:healthz", "organisation:readyz", "organisation:security-txt",
    "organisation:notice-open", "cases:export", "cases:block-mine", "cases:search-block", "deviations:block-needs-me",
    "deviations:search-block", "deviations:of-case", "deviations:block-queue", "deviations:block-my-room",
    "deviations:block-room-given", "deviations:import-example", "deviations:import-faults", "learning:block-figures",
    "learning:figure", "learning:figure-csv",
}  # fmt: skip


def visit(page: Page, name: str) -> None:
    """Open one of `PAGES`."""
    PAGES[name].open(page)
    if name in BEHIND and not page.url.endswith(BEHIND[name]):
        page.goto(page.url.rstrip("/") + "/" + BEHIND[name])
    elif name == "deviations:new":
        page.goto("/deviations/new/?case=" + page.url.rstrip("/").rpartition("/")[2])
    elif name == "organisation:history":
        page.goto("/history/cases.case/" + page.url.rstrip("/").rpartition("/")[2] + "/")
    elif name in ("cases:change-entry", "cases:addendum"):
        _write_in_the_journal(page)
        entry = page.locator("main a[href*='/journal/'][href$='/edit/']").first.get_attribute("href") or ""
        page.goto(entry if name == "cases:change-entry" else entry.replace("/edit/", "/addendum/"))
    elif name == "deviations:decide" and not page.url.endswith("/decide/"):
        page.goto(page.url + "decide/")
    page.wait_for_load_state("networkidle")


def _write_in_the_journal(page: Page) -> None:
    """What was written just now can still be changed."""
    page.fill("textarea[name=text]", "Gebeld: de papieren zijn er.")
    page.locator("form:has(textarea[name=text]) button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")
