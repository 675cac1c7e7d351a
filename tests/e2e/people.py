"""What people do in the browser, in the words of the trade."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page

# Work instructions that no space of the demo covers: the field of work they are listed under, and their code.
ROUTINE = ("Burgerzaken", "BRG-02")
OTHER_ROUTINE = ("Jeugdhulp", "JGD-01")


def send(page: Page) -> None:
    """Send the form of the page, as its first button says."""
    press(page, page.locator("main form[method=post] button[type=submit]:not([name])").first)


def press(page: Page, button: Locator) -> None:
    """Press a button and wait for the page it leads to; a form that keeps itself is saved before it is sent."""
    page.wait_for_load_state()  # the load of this page is not the one to wait for
    with page.expect_event("load"):
        button.click()


def path(page: Page) -> str:
    """The address of the page, without the site."""
    return re.sub(r"^https?://[^/]+", "", page.url)


def open_case(page: Page, subject: str, routine: tuple[str, str] = ROUTINE) -> str:
    """A caseworker opens a case to which one routine applies; answers its address."""
    page.goto("/cases/new/")
    page.fill("[name=subject]", subject)
    page.fill("[name=question]", "Ik heb geen geld voor een nieuwe kaart. Hoe kan ik mij dan melden?")
    field, code = routine
    page.wait_for_load_state()
    fold = page.locator("details", has=page.locator("summary", has_text=field))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.locator("label", has_text=code).first.click()
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
    page.locator("summary", has_text="andere beleidsdomeinen").click()
    page.locator("summary", has_text=ROUTINE[0]).click()
    page.locator("label", has_text=ROUTINE[1]).first.click()
    page.click("[name=preset][value=work_instruction]")
    page.wait_for_selector("[name=preset][value=work_instruction][aria-pressed=true]")
    page.locator("summary", has_text="Bedoeling:").click()
    page.check("[name=purpose_slider][value='4']")
    page.fill("[name=valid_until]", (timezone.localdate() + timedelta(days=90)).isoformat())
    send(page)
    assert re.fullmatch(r"/space/[0-9a-f-]{36}/", path(page)), page.inner_text("main")
    return path(page)


def figures_of(page: Page) -> tuple[int, int]:
    """How often the routine was applied and departed from, as the manager of the team reads it: exact, up to today."""
    page.goto("/learning/?part=routines")
    rows = page.locator("#figure-routines table tr", has=page.locator("th", has_text=ROUTINE[1]))
    cells = rows.first.locator("td").all_text_contents() if rows.count() else []
    numbers = [int("".join(re.findall(r"\d", text)) or 0) for text in cells[:2]]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)
