"""The smallest components, drawn without a template: a page of a list shows a hundred of them (ADR 0016).

They are written like every other component, `<c-badge state="draft">Concept</c-badge>`; all others are templates.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.dates import MONTHS
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django_cotton.templatetags import UnprocessableDynamicAttr
from django_cotton.templatetags._component import AttrKind, CottonComponentNode, cotton_component

from .design import look
from .house import money

register = template.Library()


@cache
def _sprite() -> str:
    return conditional_escape(static("vendor/icons.svg"))


def draw_icon(slot: str = "", name: str = "circle") -> SafeString:
    """name: a name from scripts/vendor/icons.txt. Decoration only: words stand beside it."""
    use = f'<use href="{_sprite()}#{conditional_escape(name)}"></use>'
    return SafeString(f'<svg class="hr-icon" aria-hidden="true" focusable="false">{use}</svg>')


def draw_badge(slot: str, state: object = "", tone: str = "", icon: str = "") -> SafeString:
    """state: code of a state, kind, weight … (gives colour and icon); or tone: neutral|success|warning|danger|quiet,
    with icon. Slot: the words.
    """
    known = look(state)
    colour = conditional_escape(tone or known.tone)
    look_of = f"utrecht-status-badge utrecht-status-badge--{colour} hr-badge hr-badge--{colour}"
    return SafeString(f'<span class="{look_of}">{draw_icon(name=icon or known.icon)}{slot}</span>')


def draw_when(slot: str, at: date | datetime | None = None, time: object = "", short: object = "") -> SafeString:
    """at: date or moment; time: with hours and minutes; short: 21-11-2026. A dash when None."""
    if not at:
        return SafeString("–")
    here = template_localtime(at)
    words = f"{here:%d-%m-%Y}" if short else f"{here.day} {MONTHS[here.month]} {here.year}"
    if time and isinstance(here, datetime):
        words += f", {here:%H:%M}"
    return SafeString(f'<time datetime="{here.isoformat()}">{words}</time>')


def draw_money(slot: str, cents: int | None = None) -> SafeString:
    """cents: whole cents; a dash when None."""
    return SafeString(f'<span class="hr-numeric hr-money">{money(cents)}</span>')


SMALL: dict[str, Callable[..., SafeString]] = {
    "icon": draw_icon,
    "badge": draw_badge,
    "when": draw_when,
    "money": draw_money,
}


class Small(Node):
    """One use of a small component: its attributes as cotton reads them, and its slot."""

    def __init__(self, use: CottonComponentNode) -> None:
        self.draw = SMALL[use.component_name]
        self.nodelist: NodeList = use.nodelist
        self.attributes = use._prepared_attrs

    def render(self, context: Context) -> SafeString:
        """The markup. An attribute that names something unknown is a fault: told where we look, else not given."""
        given: dict[str, Any] = {}
        for attribute in self.attributes:
            try:
                given[attribute.key] = _value(attribute, context)
            except UnprocessableDynamicAttr as fault:
                if settings.STRICT_COMPONENTS:
                    words = f':{attribute.key}="{attribute.value}" of a small component names nothing that is known.'
                    raise TemplateSyntaxError(words) from fault
        return self.draw(self.nodelist.render(context), **given)


def _value(attribute: Any, context: Context) -> Any:
    if attribute.compiled is None:
        return attribute.value
    if attribute.kind is AttrKind.ESCAPED:
        return attribute.compiled.render(context)
    return attribute.compiled.resolve(context)


@register.tag("cotton")
def component(parser: Parser, token: Token) -> Node:
    """Stands for cotton's own tag: the small ones are drawn here, the others are templates."""
    use = cotton_component(parser, token)
    return Small(use) if use.component_name in SMALL else use
