"""A municipality's own colours and fonts: only plain design tokens get through."""

import pytest
from django.urls import reverse

from organisation.kernel.house_style import read

FILE = """
/* Gemeente Voorbeeld */
--basis-text-font-family-default: 'Fira Sans', sans-serif;
--voorbeeld-kleuren-violet-500: #0a5f38
--hr-radius: 4px;
[dark]
--voorbeeld-kleuren-violet-500: #8fd3b0;
"""


def test_tokens_are_read_for_light_and_dark():
    style = read(FILE)
    assert style.faults == ()
    assert style.light["--voorbeeld-kleuren-violet-500"] == "#0a5f38"
    assert style.dark == {"--voorbeeld-kleuren-violet-500": "#8fd3b0"}


def test_a_light_colour_stays_out_of_the_dark_but_a_font_does_not():
    everywhere, light, dark = read(FILE).css().split("@media")
    assert "Fira Sans" in everywhere
    assert "#0a5f38" in light
    assert "#8fd3b0" in dark


@pytest.mark.parametrize(
    "line",
    [
        "--a: url(https://example.org/x.png)",
        "--a: red; } body { display: none",
        "--a: expression(alert(1))",
        "--a: red /* */",
        "--a: rgb(1, 2, 3",
        "color: red",
        "@import 'x.css'",
        "--a: 'open",
        "--a: \\75rl(x)",
        "--a: <script>",
    ],
)
def test_anything_else_is_refused_with_its_line_number(line):
    style = read(f"--fine: 1px\n{line}\n")
    assert style.light == {"--fine": "1px"}
    assert len(style.faults) == 1
    assert style.faults[0].startswith("line 2:")


def test_without_a_house_style_no_page_asks_for_it(client, db):
    assert client.get(reverse("house_style")).content == b""
    assert reverse("house_style") not in client.get(reverse("account_login")).content.decode()


def test_the_sheet_is_linked_and_served(client, db, settings, tmp_path):
    settings.HOUSE_STYLE = tmp_path / "style.txt"
    settings.HOUSE_STYLE.write_text(FILE)
    assert reverse("house_style") in client.get(reverse("account_login")).content.decode()
    answer = client.get(reverse("house_style"))
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "Fira Sans" in answer.content.decode()


def test_a_faulty_file_is_refused_at_the_start(settings, tmp_path):
    from config.checks import house_style

    settings.HOUSE_STYLE = tmp_path / "style.txt"
    settings.HOUSE_STYLE.write_text("--a: url(x)")
    assert [error.id for error in house_style([])] == ["config.E010"]
