"""What people do in the browser, in the words of the trade."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

# Work instructions that no space of the demo covers: the field of work they are listed under, and their code.
ROUTINE = ("Burgerzaken", "BRG-02")
OTHER_ROUTINE = ("Jeugdhulp", "JGD-01")


def send(page: Page) -> None:
    """Send the form of the page, as its first button says."""
    page.locator("main form[method=post] button[type=submit]:not([name])").first.click()
    page.wait_for_load_state()


def path(page: Page) -> str:
    """The address of the page, without the site."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def open_case(page: Page, subject: str, routine: tuple[str, str] = ROUTINE) -> str:
    """A caseworker opens a case to which one routine applies; answers its address."""
    page.goto("/cases/new/")
    page.fill("[name=subject]", subject)
    page.fill("[name=question]", "Ik heb geen geld voor een nieuwe kaart. Hoe kan ik mij dan melden?")
    field, code = routine
    page.locator("summary", has_text=field).click()
    page.locator("label", has_text=code).first.click()
    send(page)
    assert re.fullmatch(r"/cases/[0-9a-f-]{36}/", path(page)), page.inner_text("main")
    return path(page)


def fill_in_deviation(page: Page, case: str) -> None:
    """The five fields of the quick record."""
    page.goto(case)
    page.locator("a[href*='/deviations/new/']").first.click()
    page.select_option("[name=routine]", page.get_attribute("[name=routine] option:not([value=''])", "value"))
    page.fill("[name=if_followed]", "Zonder kaart kan deze inwoner geen inkomen aanvragen.")
    page.fill("[name=instead]", "We stellen vast wie het is met twee collega's die de inwoner kennen.")
    page.fill("[name=why_here]", "Een nieuwe kaart kost geld dat er pas is na de aanvraag.")


def record_deviation(page: Page, case: str) -> str:
    """A caseworker records a deviation in a case and sends it in; answers its address."""
    fill_in_deviation(page, case)
    send(page)
    assert re.fullmatch(r"/deviations/[0-9a-f-]{36}/", path(page)), page.inner_text("main")
    return path(page)


def agree_with_conditions(page: Page, deviation: str) -> None:
    """A manager finds the request in the queue and answers it."""
    page.goto("/queue/")
    page.locator(f"main a[href*='{deviation.split('/')[2]}']").first.click()
    if not path(page).endswith("/decide/"):
        page.goto(f"{deviation}decide/")
    page.check("[name=action][value=agree_with_conditions]")
    page.fill("[name=conditions]", "Leg in het journaal vast wie de inwoner kende.")
    send(page)


def give_space(page: Page, holder: str) -> str:
    """A manager gives room for the same routine; answers its address."""
    page.goto("/space/new/")
    page.fill("[name=name]", "Aanvragen zonder geldige kaart")
    page.fill("[name=purpose]", "Eerst helpen, daarna de kaart in orde maken.")
    page.locator("label", has_text=holder).first.click()
    page.locator("label", has_text=ROUTINE[1]).first.click()
    for slider, position in (("purpose", 4), ("rules", 2), ("means", 0), ("deciding", 4), ("sight", 2)):
        page.check(f"[name={slider}_slider][value='{position}']")
    page.fill("[name=valid_until]", (timezone.localdate() + timedelta(days=90)).isoformat())
    send(page)
    assert re.fullmatch(r"/space/[0-9a-f-]{36}/", path(page)), page.inner_text("main")
    return path(page)


def figures_of(page: Page) -> tuple[int, int]:
    """How often the routine was applied and departed from, on the page of a policy officer."""
    page.goto("/learning/")
    cells = page.locator("table tr", has=page.locator("td", has_text=ROUTINE[1])).last.locator("td").all_inner_texts()
    numbers = [int(re.sub(r"\D", "", text)) for text in cells[1:3]]
    return numbers[0], numbers[1]
