"""Every page of the demo municipality: who looks at it, and how it is found from a page with links."""

from playwright.sync_api import Page

from . import pages_of_the_logbook as logbook
from .seeing import WATCH as WATCH
from .seeing import Seen, settle

CASE = "[href^='/cases/0']:not([href*='#'])"
EDITION = "[href^='/accountability/editions/0']"
LINE = "[href^='/accountability/register/0']"
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
    "search": Seen("caseworker", "/search/?q=koelkast"),
    "organisation:notices": Seen("caseworker", "/notices/"),
    "organisation:deputies": Seen("manager", "/deputies/"),
    "organisation:preferences": Seen("caseworker", "/preferences/"),
    "organisation:view-list": Seen("caseworker", "/views/"),
    "organisation:view-new": Seen("caseworker", "/views/new/?page=cases:list&query=state%3Don_hold"),
    "organisation:view-change": Seen("caseworker", "/cases/?state=on_hold"),
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
    "cases:classify": Seen("caseworker", "/cases/?state=closed", CASE),
    "cases:place-hold": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:lift-hold": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:reopen": Seen("caseworker", "/cases/?state=closed", CASE),
    "cases:change-entry": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:addendum": Seen("caseworker", "/cases/?whose=mine", CASE),
    "cases:routine-list": Seen("policy", "/routines/"),
    "cases:routine-new": Seen("policy", "/routines/new/"),
    "cases:routine": Seen("policy", "/routines/INK-03/"),
    "cases:routine-edit": Seen("policy", "/routines/INK-03/edit/"),
    "cases:routine-version": Seen("policy", "/routines/INK-03/new-version/"),
    "cases:routine-correct": Seen("policy", "/routines/INK-03/versions/1/correct/"),
    "deviations:list": Seen("caseworker", "/deviations/"),
    "deviations:new": Seen("caseworker", "/cases/?whose=mine", CASE),
    "deviations:deviation": Seen("caseworker", "/deviations/?state=agreed", "[href^='/deviations/0']"),
    "deviations:precedents": Seen("caseworker", "/deviations/?state=agreed", "[href^='/deviations/0']"),
    "deviations:edit": Seen("caseworker", "/deviations/?state=draft&mine=on", "[href^='/deviations/0']"),
    "deviations:evaluate": Seen("caseworker", "/deviations/?state=agreed&mine=on", "[href^='/deviations/0']"),
    "deviations:letter": Seen("caseworker", "/deviations/?state=agreed&mine=on", "[href^='/deviations/0']"),
    "deviations:revise": Seen("caseworker", "/deviations/?state=agreed&mine=on", "[href^='/deviations/0']"),
    "deviations:decision": Seen("caseworker", "/deviations/?state=agreed&mine=on", "[href^='/deviations/0']"),
    "deviations:advice-list": Seen("caseworker", "/deviations/advice/"),
    "deviations:advice-ask": Seen("caseworker", "/deviations/?state=awaiting&mine=on", "[href^='/deviations/0']"),
    "deviations:advice-receive": Seen("caseworker", "/deviations/?state=awaiting&mine=on", "[href^='/deviations/0']"),
    "deviations:consultation": Seen("caseworker", "/deviations/advice/", "[href^='/deviations/advice/0']"),
    "deviations:advice-settle": Seen("caseworker", "/deviations/?q=gewone+bijstand&mine=on", "[href^='/deviations/0']"),
    "deviations:unease-list": Seen("caseworker", "/signals/"),
    "deviations:unease-new": Seen("caseworker", "/signals/new/"),
    "deviations:unease": Seen("policy", "/signals/", "[href^='/signals/0']"),
    "deviations:queue": Seen("manager", "/queue/"),
    "deviations:generalise": Seen("manager", "/queue/general/?routine=INK-08"),
    "deviations:generalised": Seen("manager", "/queue/general/?routine=INK-05"),
    "deviations:decide": Seen("manager", "/queue/", "[href^='/deviations/0']"),
    "deviations:space-list": Seen("manager", "/space/"),
    "deviations:space": Seen("manager", "/space/", "[href^='/space/0']"),
    "deviations:space-evaluate": Seen("manager", "/space/", "[href^='/space/0']:has-text('Passende inrichting')"),
    "deviations:space-new": Seen("manager", "/space/new/"),
    "deviations:space-edit": Seen("manager", "/space/", "[href^='/space/0']:has-text('Kleine terugvorderingen')"),
    "deviations:simulate": Seen("manager", "/space/", "[href^='/space/0']:has-text('Passende inrichting')"),
    "deviations:space-request-list": Seen("manager", "/space/requests/"),
    "deviations:space-request-new": Seen("caseworker", "/space/requests/new/"),
    "deviations:space-request": Seen("manager", "/space/requests/", "[href^='/space/requests/0']"),
    "deviations:space-request-reply": Seen("colleague", "/space/requests/", "[href^='/space/requests/0']"),
    "deviations:ground-list": Seen("policy", "/deviations/grounds/"),
    "deviations:ground-new": Seen("policy", "/deviations/grounds/new/"),
    "deviations:ground": Seen("policy", "/deviations/grounds/", "[href^='/deviations/grounds/']:not([href$='/new/'])"),
    "deviations:cause-new": Seen("policy", "/deviations/causes/new/"),
    "deviations:cause": Seen("policy", "/deviations/grounds/", "[href^='/deviations/causes/']:not([href$='/new/'])"),
    "deviations:import-list": Seen("policy", "/deviations/imports/"),
    "deviations:import-new": Seen("policy", "/deviations/imports/new/"),
    "deviations:import": Seen("policy", "/deviations/imports/", "[href^='/deviations/imports/0']"),
    "learning:dashboard": Seen("policy", "/learning/"),
    "learning:signal-list": Seen("policy", "/learning/signals/"),
    "learning:signal": Seen("policy", "/learning/signals/", "[href^='/learning/signals/0']"),
    "learning:question-list": Seen("policy", "/learning/questions/"),
    "learning:question-new": Seen("policy", "/learning/questions/new/"),
    "learning:question": Seen("policy", "/learning/questions/", "[href^='/learning/questions/0']"),
    "learning:question-edit": Seen("policy", "/learning/questions/", "[href^='/learning/questions/0']"),
    "learning:report-list": Seen("policy", "/learning/reports/"),
    "learning:report-new": Seen("policy", "/learning/reports/new/"),
    "learning:report": Seen("policy", "/learning/reports/", "[href^='/learning/reports/0']"),
    "learning:report-run": Seen("policy", "/learning/reports/", "[href^='/learning/reports/0']"),
    "learning:report-write": Seen("policy", "/learning/reports/", "[href^='/learning/reports/0']"),
    "accountability:retention": Seen("privacy", "/accountability/retention/"),
    "accountability:retention-case-list": Seen("privacy", "/accountability/retention/cases/?which=due"),
    "accountability:retention-classify": Seen(
        "privacy", "/accountability/retention/cases/?which=due", "[href$='/class/']"
    ),
    "accountability:access-request-list": Seen("privacy", "/accountability/access-requests/"),
    "accountability:access-request-new": Seen(
        "privacy", "/accountability/retention/cases/?which=kept", "[href^='/accountability/access-requests/cases/']"
    ),
    "accountability:access-request": Seen(
        "privacy", "/accountability/retention/cases/?which=kept", "[href^='/accountability/access-requests/cases/']"
    ),
    "accountability:hold-list": Seen("privacy", "/accountability/retention/holds/"),
    "accountability:hold-new": Seen("privacy", "/accountability/retention/holds/new/"),
    "accountability:hold-lift": Seen("privacy", "/accountability/retention/holds/", "[href$='/lift/']"),
    "accountability:retention-class-list": Seen("privacy", "/accountability/retention/classes/"),
    "accountability:retention-class-new": Seen("privacy", "/accountability/retention/classes/new/"),
    "accountability:retention-class": Seen("privacy", "/accountability/retention/classes/8.4.1/"),
    "accountability:destruction-make": Seen("privacy", "/accountability/retention/lists/"),
    "accountability:destruction-list": Seen("controller", "/accountability/retention/", "[href*='/retention/lists/0']"),
    "accountability:destruction-take-off": Seen("privacy", "/accountability/retention/lists/"),
    "accountability:certificate-list": Seen("privacy", "/accountability/retention/certificates/"),
    "accountability:certificate": Seen(
        "controller", "/accountability/retention/certificates/", "[href*='/certificates/0']"
    ),
    "accountability:access": Seen("privacy", "/accountability/access/"),
    "accountability:standing": Seen("controller", "/accountability/standing/"),
    **logbook.PAGES,
    "accountability:dossier": Seen("caseworker", "/deviations/?state=evaluated&mine=on", "[href^='/deviations/0']"),
    "accountability:dossier-card": Seen(
        "caseworker", "/deviations/?state=evaluated&mine=on", "[href^='/deviations/0']"
    ),
    "accountability:control-list": Seen("controller", "/accountability/control/"),
    "accountability:review-list": Seen("caseworker", "/accountability/reviews/"),
    "accountability:review": Seen("caseworker", "/accountability/reviews/", "[href^='/accountability/reviews/0']"),
    "accountability:review-round": Seen(
        "controller", "/accountability/reviews/", "[href^='/accountability/reviews/rounds/0']"
    ),
    "accountability:review-round-new": Seen("controller", "/accountability/reviews/rounds/new/"),
    "accountability:reviews-of-space": Seen("manager", "/space/", "[href^='/space/0']:has-text('Passende inrichting')"),
    "accountability:equality": Seen("policy", "/accountability/equality/"),
    "accountability:edition-list": Seen("reporter", "/accountability/editions/"),
    "accountability:edition-new": Seen("reporter", "/accountability/editions/new/"),
    "accountability:edition": Seen("reporter", "/accountability/editions/", EDITION),
    "accountability:edition-write": Seen("reporter", "/accountability/editions/", EDITION),
    "accountability:edition-stories": Seen("reporter", "/accountability/editions/", EDITION),
    "accountability:edition-story": Seen("reporter", "/accountability/editions/", EDITION),
    "accountability:block-list": Seen("policy", "/accountability/blocks/"),
    "accountability:building-block-new": Seen("policy", "/accountability/blocks/new/"),
    "accountability:building-block-edit": Seen("policy", "/accountability/blocks/meaning/edit/"),
    "accountability:team-scans": Seen("manager", "/accountability/blocks/", "[href^='/accountability/scans/teams/']"),
    "accountability:scan": Seen("caseworker", "/accountability/blocks/", "[href^='/accountability/scans/0']"),
    "accountability:scan-answer": Seen("caseworker", "/accountability/blocks/", "[href^='/accountability/scans/0']"),
    "accountability:pulse-new": Seen("policy", "/accountability/pulses/new/"),
    "accountability:pulse": Seen("caseworker", "/accountability/blocks/", "[href^='/accountability/pulses/0']"),
    "accountability:register": Seen("caseworker", "/accountability/register/"),
    "accountability:register-propose": Seen("policy", "/accountability/register/propose/"),
    "accountability:register-line": Seen(
        "reporter", "/accountability/register/", "[href^='/accountability/register/0']"
    ),
    "accountability:register-write": Seen("policy", "/accountability/register/?state=written", LINE),
    "learning:rollup-list": Seen("policy", "/learning/rollups/"),
}
# The same address is another first screen for each role.
FIRST_SCREENS = {
    f"work-{who}": Seen(who, "/") for who in ("manager", "policy", "reporter", "privacy", "controller", "admin")
}
SCREENS = PAGES | FIRST_SCREENS
# The page that was found leads to these; the words are what stands behind its address.
BEHIND = {
    **logbook.BEHIND,
    "cases:edit": "edit/",
    "cases:share": "share/",
    "cases:hand-over": "hand-over/",
    "cases:hold": "hold/",
    "cases:close": "close/",
    "cases:reopen": "reopen/",
    "cases:classify": "retention/",
    "cases:place-hold": "retention/hold/",
    "organisation:person-edit": "edit/",
    "organisation:team-edit": "edit/",
    "deviations:precedents": "precedents/",
    "deviations:edit": "edit/",
    "deviations:advice-ask": "advice/",
    "deviations:advice-receive": "advice/received/",
    "deviations:evaluate": "evaluate/",
    "deviations:letter": "letter/",
    "deviations:revise": "revise/",
    "deviations:space-edit": "edit/",
    "deviations:space-evaluate": "evaluate/",
    "deviations:simulate": "simulate/",
    "deviations:decide": "decide/",
    "learning:question-edit": "edit/",
    "learning:report-write": "write/",
    "accountability:edition-write": "write/",
    "accountability:register-write": "write/",
    "accountability:edition-stories": "stories/",
    "accountability:edition-story": "stories/",
    "deviations:space-request-reply": "reply/",
}
# The page that was found links to these, each with a key of its own.
LINKED = {
    "accountability:edition-story": "main a[href^='/accountability/editions/stories/']",
    "learning:report-run": "main a[href*='/reports/making/']",
    "deviations:decision": "main a[href^='/deviations/decisions/']",
    "accountability:scan-answer": "main a[href*='/blocks/'][href^='/accountability/scans/']",
    "deviations:advice-settle": "main a[href$='/followed/']",
}
# The page of something else about the thing that was opened: its id goes in.
ABOUT = {
    "accountability:dossier": "/accountability/dossiers/{}/",
    "accountability:dossier-card": "/accountability/dossiers/{}/card/",
    "accountability:reviews-of-space": "/accountability/reviews/of-space/{}/",
    "deviations:new": "/deviations/new/?case={}",
    "organisation:history": "/history/cases.case/{}/",
}
_found: dict[str, str] = {}
# Parts of pages and files: the matrix and other tests cover them.
NOT_PAGES = {
    "api-description", "api-unknown", "learning:api-release-list", "learning:api-release", "learning:api-figure",
    "learning:api-report-list", "learning:api-report", "accountability:api-edition-list", "accountability:api-account",
    "accountability:api-register-list",
    "set_language", "house_style", "organisation:healthz", "organisation:readyz", "organisation:security-txt",
    "organisation:notice-open", "organisation:view", "cases:export", "cases:attachment",
    "cases:block-mine", "cases:search-block", "deviations:block-needs-me",
    "deviations:search-block", "deviations:of-case", "deviations:block-queue", "deviations:block-my-room",
    "deviations:block-room-given", "deviations:import-example", "deviations:import-faults", "learning:block-figures",
    "deviations:block-unease", "learning:block-signals", "learning:block-line", "learning:block-mine",
    "learning:block-loop", "learning:story", "learning:block-sign", "learning:block-passed-on", "learning:late",
    "learning:report-file", "learning:report-pdf",
    "learning:figure", "learning:figure-file", "learning:page-file", "accountability:certificate-pdf",
    "accountability:access-request-file",
    "accountability:dossier-pdf",
    "accountability:control-file",
    "accountability:block-reviews", "accountability:review-round-file", "accountability:review-round-pdf",
    "accountability:log-file", "accountability:evidence-file", "accountability:verify-log",
    "accountability:block-editions",
    "accountability:block-equality", "accountability:equality-file", "accountability:equality-figure",
    "accountability:block-due",
    "accountability:edition-file", "accountability:register-file",
    # Switched off, unless a test switches them on.
    "accountability:public-accounts", "accountability:public-account", "accountability:public-register",
    "accountability:public-register-file",
}  # fmt: skip


def visit(page: Page, name: str) -> None:
    """Open one of `SCREENS`."""
    SCREENS[name].open(page)
    if name in BEHIND and not page.url.endswith(BEHIND[name]):
        page.goto(page.url.rstrip("/") + "/" + BEHIND[name])
    elif name in ABOUT:
        page.goto(ABOUT[name].format(page.url.rstrip("/").rpartition("/")[2]))
    elif name == "accountability:destruction-take-off":
        _look_through_a_list(page)
    elif name in LINKED:
        page.goto(page.locator(LINKED[name]).first.get_attribute("href") or "/not-found/")
    elif name in DONE_FIRST:
        DONE_FIRST[name](page)
    settle(page)


def _change_an_entry(page: Page) -> None:
    page.goto(_entry(page))


def _add_to_an_entry(page: Page) -> None:
    page.goto(_entry(page).replace("/edit/", "/addendum/"))


def _entry(page: Page) -> str:
    _write_in_the_journal(page)
    return page.locator("main a[href*='/journal/'][href$='/edit/']").first.get_attribute("href") or ""


def _answer_in_general(page: Page) -> None:
    """Once: after that there is nothing left to answer."""
    if "general" not in _found:
        page.check("[name=give][value=keep]")
        with page.expect_navigation():
            page.locator("#general-form button[type=submit]").click()
        _found["general"] = page.url
    page.goto(_found["general"])


def _look_through_a_list(page: Page) -> None:
    """A list of what is due; once made, there is nothing left to make another of."""
    if "list" not in _found:
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
        _found["list"] = page.url
    page.goto(_found["list"])
    page.goto(page.locator("main a[href$='/take-off/']").first.get_attribute("href") or "/not-found/")


def _answer_a_request(page: Page) -> None:
    """Asked once; after that it stands among the earlier ones."""
    if "access" not in _found:
        page.fill("[name=reference]", "INZ-2026-014")
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
        _found["access"] = page.url
    page.goto(_found["access"])


def _hold_the_destruction(page: Page) -> None:
    """A case that is held already has the link at once."""
    lift = page.locator("main a[href$='/lift/']")
    if not lift.count():
        page.goto(page.url + "retention/hold/")
        page.check("[name=kind][value=objection]")
        page.fill("[name=reason]", "Bezwaar 2026-118")
        with page.expect_navigation():
            page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
    page.goto(lift.first.get_attribute("href") or "/not-found/")


def _keep_a_view(page: Page) -> None:
    """The filters of the list of cases under a name, once."""
    page.goto("/views/")
    if not page.locator("main a[href$='/change/']").count():
        page.goto("/views/new/?page=cases:list&query=state%3Don_hold")
        page.fill("main [name=name]", "Wat stilligt")
        page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
        page.wait_for_url("**/cases/?**")
        page.goto("/views/")
    page.goto(page.locator("main a[href$='/change/']").first.get_attribute("href") or "/not-found/")


def _write_in_the_journal(page: Page) -> None:
    """What was written just now can still be changed."""
    page.fill("textarea[name=text]", "Gebeld: de papieren zijn er.")
    page.locator("form:has(textarea[name=text]) button[type=submit]").first.click()
    settle(page)


# Pages that are there only after something was done.
DONE_FIRST = {
    **logbook.DONE_FIRST,
    "cases:change-entry": _change_an_entry,
    "cases:addendum": _add_to_an_entry,
    "organisation:view-change": _keep_a_view,
    "accountability:access-request": _answer_a_request,
    "cases:lift-hold": _hold_the_destruction,
    "deviations:generalised": _answer_in_general,
}
