"""The components drawn without a template: the same markup as one would have written, and nothing unescaped."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.urls import reverse
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from organisation.templatetags.components import SMALL

ICON = '<svg class="hr-icon" aria-hidden="true" focusable="false"><use href="/static/vendor/icons.svg#{}"></use></svg>'
pytestmark = pytest.mark.usefixtures("strict")
MOMENT = datetime(2026, 11, 12, 22, 31, 5, tzinfo=UTC)


@pytest.fixture
def strict(settings):
    """As where we develop."""
    settings.STRICT_COMPONENTS = True


def draw(source, **values):
    template = Template(CottonCompiler().process(source), engine=Engine.get_default())
    with translation.override("nl"):
        return template.render(Context(values))


def badge(tone, icon, words):
    look = f"utrecht-status-badge utrecht-status-badge--{tone} hr-badge hr-badge--{tone}"
    return f'<span class="{look}">{ICON.format(icon)}{words}</span>'


@pytest.mark.parametrize(
    ("source", "values", "markup"),
    [
        ('<c-icon name="bell" />', {}, ICON.format("bell")),
        ('<c-icon name="{{ which }}" />', {"which": "x"}, ICON.format("x")),
        ("<c-icon />", {}, ICON.format("circle")),
        ('<c-badge :state="state">Wacht</c-badge>', {"state": "awaiting"}, badge("warning", "hourglass", "Wacht")),
        ('<c-badge state="draft">Concept</c-badge>', {}, badge("quiet", "pencil", "Concept")),
        ('<c-badge tone="success" icon="check">Ja</c-badge>', {}, badge("success", "check", "Ja")),
        ('<c-badge :state="nothing">?</c-badge>', {"nothing": None}, badge("quiet", "minus", "?")),
        ('<c-when :at="at" />', {"at": date(2026, 3, 9)}, '<time datetime="2026-03-09">9 maart 2026</time>'),
        ('<c-when :at="at" short />', {"at": date(2026, 3, 9)}, '<time datetime="2026-03-09">09-03-2026</time>'),
        ('<c-when :at="at" time />', {"at": date(2026, 3, 9)}, '<time datetime="2026-03-09">9 maart 2026</time>'),
        (
            '<c-when :at="at" time />',
            {"at": MOMENT},
            '<time datetime="2026-11-12T23:31:05+01:00">12 november 2026, 23:31</time>',
        ),
        (
            '<c-when :at="at" short time />',
            {"at": MOMENT},
            '<time datetime="2026-11-12T23:31:05+01:00">12-11-2026, 23:31</time>',
        ),
        ('<c-when :at="at" />', {"at": None}, "–"),
        ('<c-money :cents="cents" />', {"cents": 123450}, '<span class="hr-numeric hr-money">€\xa01.234,50</span>'),
        ('<c-money :cents="cents" />', {"cents": 0}, '<span class="hr-numeric hr-money">€\xa00,00</span>'),
        ('<c-money :cents="cents" />', {"cents": None}, '<span class="hr-numeric hr-money">–</span>'),
    ],
)
def test_the_markup_is_the_markup_of_the_house(source, values, markup):
    assert draw(source, **values) == markup


@pytest.mark.parametrize(
    ("source", "markup"),
    [('<c-when :at="nothing" />', "–"), ('<c-icon :name="thing.nothing" />', ICON.format("circle"))],
)
def test_an_attribute_that_names_nothing_is_told_at_once_and_spoils_no_page_in_use(source, markup, settings):
    with pytest.raises(TemplateSyntaxError, match="names nothing that is known"):
        draw(source)
    settings.STRICT_COMPONENTS = False
    assert draw(source) == markup


@pytest.mark.parametrize(
    "source",
    [
        '<c-icon name="{{ bad }}" />',
        '<c-icon :name="bad" />',
        '<c-badge :tone="bad" :icon="bad">{{ bad }}</c-badge>',
        '<c-badge :state="bad">{{ bad }}</c-badge>',
    ],
)
def test_what_came_from_people_is_escaped(source):
    drawn = draw(source, bad='"><script>')
    assert "<script>" not in drawn
    assert '""' not in drawn


def test_a_small_component_says_what_it_takes():
    assert [name for name, draws in SMALL.items() if not draws.__doc__] == []


def test_the_words_of_a_page_follow_the_language_of_the_reader():
    template = Template('{% load i18n %}{% translate "Cases" %}|{% translate "Save" as save %}{{ save }}')
    with translation.override("nl"):
        assert template.render(Context()) == "Zaken|Bewaren"
    with translation.override("en"):
        assert template.render(Context()) == "Cases|Save"
    with translation.override("nl"):
        assert template.render(Context()) == "Zaken|Bewaren"


def test_pages_without_the_thing_they_may_show_name_nothing_unknown(cast, as_user):
    assert as_user(cast.admin).get(reverse("organisation:settings-check")).status_code == 200  # no sign of life yet
    assert as_user(cast.manager).post(reverse("deviations:space-in-words"), {"name": "Room"}).status_code == 200
