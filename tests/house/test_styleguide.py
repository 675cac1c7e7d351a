"""One page with something of everything: every component renders, and plain forms get the markup of the house."""

import re
from copy import deepcopy

import pytest
from django.conf import settings
from django.shortcuts import render
from django.test import RequestFactory

from organisation.templatetags.components import SMALL

from .styleguide.sample import context

STYLEGUIDE = settings.BASE_DIR / "tests" / "house" / "styleguide"
COMPONENTS = sorted((settings.BASE_DIR / "templates" / "cotton").glob("*.html"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(settings, cast):
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].append(STYLEGUIDE)

    def page(**kwargs):
        request = RequestFactory().get("/", {"page": 2})
        request.user = cast.caseworker
        return render(request, "styleguide.html", context(**kwargs)).content.decode()

    return page


def test_every_component_renders(guide):
    assert "<c-" not in guide()
    assert guide().count("<h1") == 1


@pytest.mark.parametrize("component", [*(path.stem for path in COMPONENTS), *SMALL])
def test_every_component_is_in_the_styleguide(component):
    tag = re.escape("<c-" + component.replace("_", "-"))
    frame = "".join(path.read_text() for path in (settings.BASE_DIR / "templates" / "parts").glob("*.html"))
    within = "".join(path.read_text() for path in COMPONENTS)
    assert re.search(tag + r"[\s/>]", (STYLEGUIDE / "styleguide.html").read_text() + frame + within)


def test_a_plain_form_field_says_what_is_wrong_where_it_is_wrong(guide):
    page = guide(bad=True)
    area = re.search(r"<textarea[^>]*>", page)[0]
    assert 'aria-invalid="true"' in area
    assert 'aria-describedby="id_instead_helptext id_instead_error"' in area
    assert 'id="id_instead_error"' in page
    assert '<a href="#id_instead">' in page


def test_a_choice_between_radio_buttons_is_a_fieldset_with_a_legend(guide):
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Waarom week u af\?</legend>", guide())


def test_only_the_optional_fields_are_marked(guide):
    page = guide()
    assert re.search(r'for="id_amount">Bedrag <span class="hr-optional">', page)
    assert re.search(r'for="id_routine">Routine</label>', page)


def test_a_date_goes_to_the_browser_as_it_wants_it(guide):
    assert re.search(r'<input type="date"[^>]*value="2026-11-12"', guide())


def test_numbers_for_a_bar_are_not_grouped(guide):
    assert re.search(r'<progress[^>]*value="1200" max="3000"', guide())
